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


def key_of(article: Article, mention: Span | None, subject: Sequence[Key], registry: Registry) -> Key | None:
    """Names that tell a speaker from others; of a pronoun or "the leader" those of the subject before it.

    None where there is no mention; empty where no name is near.
    """
    if mention is None:
        return None
    words = article.text[mention.start : mention.end]
    if _PRONOUN.fullmatch(words.strip()) is None:
        named = NOBODY if _PEOPLE.fullmatch(words) else names_in(words, registry)
        if named:
            return named
        if body := _BODY.search(words):
            return frozenset((body[0],))
        if not _DEFINITE.match(words):
            return frozenset((words.casefold(),))
    sentence = sentence_at(article, mention.start)
    if not subject:
        return NOBODY
    begins = max(article.sentences[sentence].start, mention.start - _SIGHT)
    own = names_in(article.text[begins : mention.start], registry) & subject[sentence]
    return own or subject[max(0, sentence - 1)]
