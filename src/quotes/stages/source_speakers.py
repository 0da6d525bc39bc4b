"""Whether two quotations have one speaker, as far as names and pronouns tell without knowing who is who."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import overload

from quotes.records import Article, Span
from quotes.registry import Registry
from quotes.stages.source_known import Mention
from quotes.stages.source_naming import NOT_A_NAME
from quotes.stages.source_reports import sentence_at

Key = frozenset[str]
NOBODY: Key = frozenset()

_WORD = r"[A-ZÀ-ÖØ-ÞА-ЯЁ][\w-]*(?:['’](?!s\b)\w+)?"
_NAMES = re.compile(rf"{_WORD}(?: {_WORD})*(?P<of>['’]s?\b)?")
_PRONOUN = re.compile(r"(?:he|she|they|it|him|her|his|er|sie|él|ella|il|elle|он|она)\b", re.IGNORECASE)
_PREFACE = re.compile(r"(?:In|At|On|During|Speaking|After|Before|Asked|According|Following|For|With|By)\b[^,]{0,160},")
_INHERITS = re.compile(r"\W*(?:He|She|They|His|Her|It|Er|Sie)\b")
_PREPOSITION = re.compile(r"\b(?:in|of|at|on|to|from|for|with|near|by|over|aus|von|im|nach) (?:the |der |dem |den )?$")
_DEFINITE = re.compile(r"the (?:[\w-]+ )*?[a-z]", re.IGNORECASE)
_SIGHT = 400
"""Characters before a pronoun in which its antecedent is looked for."""
_PEOPLE = re.compile(r"[Tt]he [A-Z]\w*(?:an|ese|ish|i) (?:leader|president|ruler|premier|minister|dictator|strongman)")
"""Somebody by country and office, which need not be one that the registry knows."""
_BODY = re.compile(
    r"\b(?:ministry|government|embassy|army|party|office|committee|council|company|administration|police|military|staff|"
    r"opposition|court|union|parliament|board|officials|analysts|experts)\b"
)


def same(one: Key, other: Key) -> bool:
    """Whether two keys may be one speaker's: the names of one are all among the other's."""
    return one <= other or other <= one if one and other else one == other


def names_in(text: str, registry: Registry) -> Key:
    """Words of the names of people and bodies in a text, without titles and countries."""
    found: set[str] = set()
    for match in _NAMES.finditer(text):
        found |= _words(match, registry)
    return frozenset(found)


def _words(match: re.Match[str], registry: Registry) -> set[str]:
    name = match[0].removesuffix(match["of"] or "")
    if registry.country_named(name) is not None:
        return set()
    return {word.casefold() for word in re.split(r"[ -]", name) if len(word) > 1 and word.casefold() not in NOT_A_NAME}


class Subjects(Sequence[Key]):
    """For each sentence the names of its first person or body; of one that begins with a pronoun, those before.

    A sentence is read when it is asked for: few are.
    """

    def __init__(self, article: Article, text: str, mentions: Sequence[Mention], registry: Registry) -> None:
        self._article, self._text, self._registry = article, text, registry
        self._outlets = {mention.span.start: mention.span.end for mention in mentions}
        self._skip = article.dateline.span.end if article.dateline else 0
        self._known: dict[int, Key] = {}

    def __len__(self) -> int:
        return len(self._article.sentences)

    @overload
    def __getitem__(self, index: int) -> Key: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Key]: ...
    def __getitem__(self, index: int | slice) -> Key | Sequence[Key]:
        """The names of one sentence, or of several."""
        if isinstance(index, slice):
            return [self[k] for k in range(*index.indices(len(self)))]
        at = range(len(self))[index]
        first, found = at, NOBODY
        while first >= 0 and not (found := self._known[first] if first in self._known else self._own(first)):
            if first in self._known:
                break
            first -= 1
        self._known.update(dict.fromkeys(range(max(0, first), at + 1), found))
        return found

    def _own(self, sentence: int) -> Key:
        span = self._article.sentences[sentence]
        start = max(span.start, min(self._skip, span.end))
        return _subject(self._article, self._text, Span(start, span.end), self._outlets, self._registry)


def _subject(article: Article, text: str, span: Span, outlets: dict[int, int], registry: Registry) -> Key:
    preface = _PREFACE.match(text, span.start, span.end)
    start = preface.end() if preface else span.start
    if _INHERITS.match(text, start, span.end):
        return NOBODY
    for match in _NAMES.finditer(text, start, min(span.end, start + 200)):
        if match["of"] or any(at in outlets for at in range(match.start(), match.end())):
            continue
        if _PREPOSITION.search(text, max(start, match.start() - 20), match.start()):
            continue
        if article.lang == "de" and " " not in match[0]:
            continue  # every noun has a capital
        if words := _words(match, registry):
            return frozenset(words)
    return NOBODY


class Keys:
    """For each mention the names that tell a speaker from others, read when they are asked for: few are."""

    def __init__(
        self, article: Article, starts: Sequence[int], mentions: Sequence[Span | None], subjects: Subjects,
        registry: Registry,
    ) -> None:
        self._article, self._starts, self._mentions = article, starts, mentions
        self._subjects, self._registry = subjects, registry
        self._known: dict[int, Key | None] = {}

    def __getitem__(self, index: int) -> Key | None:
        """None where there is no mention; empty where no name is near."""
        if index not in self._known:
            mention = self._mentions[index]
            self._known[index] = None if mention is None else self._of(mention)
        return self._known[index]

    def _of(self, mention: Span) -> Key:
        words = self._article.text[mention.start : mention.end]
        key = _key_of(words, self._registry)
        return self._before(mention) if key is None else key

    def _before(self, mention: Span) -> Key:
        """Of a pronoun or "the leader" the names of the subject before it."""
        sentence = sentence_at(self._starts, mention.start)
        if not self._subjects:
            return NOBODY
        begins = max(self._starts[sentence], mention.start - _SIGHT)
        ahead = names_in(self._article.text[begins : mention.start], self._registry)
        own = ahead & self._subjects[sentence] if ahead else ahead
        return own or self._subjects[max(0, sentence - 1)]


def _key_of(words: str, registry: Registry) -> Key | None:
    """The names in a mention, or else the words themselves; None where they stand for somebody named before."""
    if _PRONOUN.fullmatch(words.strip()) is not None:
        return None
    named = NOBODY if _PEOPLE.fullmatch(words) else names_in(words, registry)
    if named:
        return named
    if body := _BODY.search(words):
        return frozenset((body[0],))
    return None if _DEFINITE.match(words) else frozenset((words.casefold(),))
