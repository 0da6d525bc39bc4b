"""Read a mention: the words that name a speaker, split into head, phrase and names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from quotes.lexicon import CUES
from quotes.records import Span
from quotes.registry import fold
from quotes.registry.words import MENTION_WORDS, NAME_WORDS
from quotes.stages.kept import Kept
from quotes.stages.resolve_sequences import Name

_LEAD = re.compile(r"[\s,;:—–\-\"“”‘'(\[]+")
_TRAIL = re.compile(r"[\s,;:—–\-\"“”‘(\[]+$")
_POSSESSIVE = re.compile(r"['’]s?$")
_SEGMENT = re.compile(r",|;|\(| [–—-]+ | (?:who|whom|whose|which|that|where|when) ")
_PREPOSITION = re.compile(r" (?:of|for|from|to|with|by|in|at|against|about|on|near|behind|among|including|as) ")
_AND = re.compile(r"(?:,| and| &| or) ")
_WORD = re.compile(r"[^\s]+")
_CLOSED = re.compile(r"['’]s?$|\W*$| (?:him|her)self$| (?:of|from|in|at|and|for|on|with|to) |,? (?:Jr|Sr)")
_TITLES = re.compile(r", (?:the |an? )?(?:[A-Z][\w.]*\.? )*")
_NOUNS = (
    NAME_WORDS["title"] | MENTION_WORDS["person_head"] | MENTION_WORDS["body"] | MENTION_WORDS["document"]
    | MENTION_WORDS["group"] | MENTION_WORDS["outlet"] | MENTION_WORDS["writing"] | MENTION_WORDS["kin"]
)
_AHEAD = 40
_PARTNER = re.compile(r"(?<=[\w.]) and (?P<whose>the(?= [a-z])|its|their|his|her|other) ")


class Mention(NamedTuple):
    """A mention in its parts.

    ``phrase`` is what stands before the first comma or relative clause, ``core`` the part of it before the first
    preposition, both folded words without the ``determiner``. ``name`` is the person's name at the head, where there
    is one, ``several`` tells of two speakers joined, ``beside`` is a name in apposition that is no person's.
    """

    span: Span
    text: str
    determiner: str
    phrase: tuple[str, ...]
    core: tuple[str, ...]
    name: Name | None
    beside: Name | None
    several: bool

    @property
    def head(self) -> str:
        """The noun that says what the speaker is."""
        return self.core[-1] if self.core else ""


def read(text: str, span: Span, names: Sequence[Name], before: Name | None) -> Mention:
    """The mention at ``span``.

    ``names`` are the names of the document that begin in it or shortly behind, ``before`` the last name before it.
    """
    start, end = _trimmed(text, span)
    cut = _SEGMENT.search(text, start + 1, end)
    phrase_end = cut.start() if cut else end
    head, several = _head(text, start, phrase_end, [name for name in names if name.span.end <= phrase_end])
    if _is_joint(text, start, phrase_end):
        head, several = None, True
    beside = None
    if head is None and not several and not _is_group(text[start:phrase_end]):
        head = _unfinished(start, end, names) or _in_front(text, start, end, before)
        beside = None if head else _apposition(text, phrase_end, names)
        if beside is not None and beside.kind == "person":
            head, beside = beside, None
    phrase = _FOLDED[text[start:phrase_end]]
    determiner = phrase[0] if len(phrase) > 1 and phrase[0] in MENTION_WORDS["determiner"] else ""
    preposition = _PREPOSITION.search(text, start, phrase_end)
    core = _FOLDED[text[start : preposition.start()]] if preposition else phrase
    skip = 1 if determiner else 0
    return Mention(
        Span(start, end), text[start:end], determiner, phrase[skip:], core[skip:], head, beside, several
    )


def _is_joint(text: str, start: int, end: int) -> bool:
    """ "Brenn and his aides", "Lorrica and the harbour regime": not "the minister for fish and the sea"."""
    partner = _PARTNER.search(text, start, end)
    if partner is None:
        return False
    return partner["whose"] != "the" or _PREPOSITION.search(text, start, partner.start()) is None


def _is_group(phrase: str) -> bool:
    words = _FOLDED[_PREPOSITION.split(phrase)[0]]
    return bool(words) and (words[-1] in MENTION_WORDS["group"] or words[0] in ("their", "our"))


def _trimmed(text: str, span: Span) -> tuple[int, int]:
    lead = _LEAD.match(text, span.start, span.end)
    start = lead.end() if lead else span.start
    words = text[start : span.end]
    trail = _TRAIL.search(words)
    words = words[: trail.start()] if trail else words
    possessive = _POSSESSIVE.search(words)
    return start, start + (possessive.start() if possessive else len(words))


def _folded(words: str) -> tuple[str, ...]:
    return tuple(folded for word in _WORD.findall(words) if (folded := fold(word.strip("\"“”‘’'"))))


_FOLDED = Kept(_folded)


def _head(text: str, start: int, end: int, inside: Sequence[Name]) -> tuple[Name | None, bool]:
    """The person's name that the phrase amounts to, and whether two are joined."""
    people = [name for name in inside if name.kind == "person"]
    for k in range(len(people) - 1, -1, -1):
        name = people[k]
        if not _closes(text[name.span.end : end]):
            continue
        preposition = _outside(text, start, name.span.start, inside)
        if preposition and not (preposition[0] == " of " and len(name.titles) > 1 and len(name.words) > 1):
            continue  # "a spokesman for Odo Venkar"; but "Secretary of State John Kerry"
        if k and _AND.fullmatch(text, people[k - 1].span.end, name.lead):
            return None, True
        return name, False
    return None, False


def _outside(text: str, start: int, end: int, inside: Sequence[Name]) -> re.Match[str] | None:
    """The first preposition that is no part of another name ("Republic of Korea")."""
    for match in _PREPOSITION.finditer(text, start, end):
        if not any(name.span.start < match.start() and match.end() <= name.span.end for name in inside):
            return match
    return None


def _closes(rest: str) -> bool:
    """Whether a name before these words is still the head: "Tomblin of West Virginia", "Trump took"."""
    if _CLOSED.match(rest):
        return True
    words = rest.split()
    if len(words) == 1 and words[0].islower() and words[0].endswith("s") and fold(words[0]) not in _NOUNS:
        return True
    return len(words) <= 3 and not any(
        word[0].isupper() or fold(word) in _NOUNS for word in words
    ) and (words[0] in CUES or words[0].endswith("ed") or words[0] in MENTION_WORDS["aux"])


def _unfinished(start: int, end: int, names: Sequence[Name]) -> Name | None:
    """The mention stops among the titles of a name: "White House" [Press Secretary Josh Earnest]."""
    for name in names:
        if name.kind == "person" and name.lead < end <= name.span.start and start <= name.lead + 1:
            return name
    return None


def _in_front(text: str, start: int, end: int, before: Name | None) -> Name | None:
    """The mention is only the apposition of the name before it: "Michael Mulgrew, [president of the union]"."""
    if before is None or before.kind != "person" or len(before.words) < 2 or start - before.span.end > _AHEAD:
        return None
    between = text[before.span.end : start]
    if re.fullmatch(r", (?:\d{1,3}, )?", between):
        head = _FOLDED[_PREPOSITION.split(text[start:end])[0].split(",")[0]]
        return before if head and head[-1] in _NOUNS - MENTION_WORDS["group"] else None
    return before if re.fullmatch(r", (?:\d{1,3}, )?(?:of|from|in) (?:[A-Z][\w.]+, )?", between) else None


def _apposition(text: str, phrase_end: int, names: Sequence[Name]) -> Name | None:
    """The name after the comma: "the spokesman, Mirko Santel,", also where the mention ends before it."""
    for name in names:
        if phrase_end <= name.span.start <= phrase_end + _AHEAD:
            after = text[name.span.end : name.span.end + 1]
            if _TITLES.fullmatch(text, phrase_end, name.span.start) and (after in ",.)" or not after.strip()):
                return name
            return None
    return None
