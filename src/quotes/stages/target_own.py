"""The speaker's own side: seldom what he speaks about, and never whom he attacks when others attack it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from quotes.records import Span, Speaker
from quotes.stages.target_names import Called, Namer
from quotes.stages.target_phrases import Word
from quotes.stages.target_words import TABLES

_BODIES = TABLES["bodies"]
_HARM = TABLES["harm"]
_HARMING = TABLES["harming"]
_HOLDING = TABLES["holding"]
_REACH = 3
"""Words between the own side's name and what is done to it."""


class Own:
    """The speaker, his country, its bodies and its people. ``mention``: where the text names the speaker."""

    def __init__(self, namer: Namer, speaker: Speaker, mention: Span | None) -> None:
        self._namer, self._mention = namer, mention
        side = namer.side(speaker)
        self._country = side.id if side is not None else speaker.country
        self._ids = (speaker.id, speaker.country, self._country)
        known = side.name if side is not None else speaker.country
        self._names, self._stems = _names(speaker.name, speaker.country, known)

    def covers(self, span: Span, text: str) -> bool:
        """Whether the place names the speaker or his side."""
        mention = self._mention
        if mention is not None and span.start < mention.end and mention.start < span.end:
            return True
        words = text[span.start : span.end]
        called = self._namer.exact(words)
        return self._is_people(words) if called is None else self._is_own(called)

    def place(self, inside: Sequence[Word], span: Span) -> Literal["about", "aside", "harmed"]:
        """What the words do with the own side's name: speak of it, mention it by the way, or tell what others do to it.

        They speak of it where it does something itself, other than to hold an opinion.
        """
        first = bisect_left(inside, span.start, key=lambda word: word.start)
        last = bisect_left(inside, span.end, key=lambda word: word.start)
        if _is_harmed(inside, first):
            return "harmed"
        return "about" if _acts(inside, first, last) else "aside"

    def _is_own(self, called: Called) -> bool:
        if (called.id and called.id in self._ids) or called.name.casefold() in self._names:
            return True
        return called.kind == "organisation" and called.country is not None and called.country == self._country

    def _is_people(self, words: str) -> bool:
        """Whether the words are an adjective of the country and a body of people: "the Norvanian people"."""
        plain = words.casefold().removeprefix("the ").lstrip()
        if not plain.startswith(self._stems):
            return False
        bodies = plain.split()[1:]
        return bool(bodies) and all(part in _BODIES or part == "and" for part in bodies)


@lru_cache(maxsize=1024)
def _names(name: str | None, country: str | None, known: str | None) -> tuple[frozenset[str], tuple[str, ...]]:
    """What a speaker and his country are called, and how the adjectives of the country begin."""
    stems = tuple(part.casefold()[:-1] for part in (known or "").split() if len(part) > 4)
    return frozenset(words.casefold() for words in (name, country) if words), stems


def _is_harmed(inside: Sequence[Word], first: int) -> bool:
    """Whether a deed or its doer before the name is directed at it: "a threat to X", "they attack X"."""
    for k in range(first - 1, max(-1, first - 1 - _REACH), -1):
        word = inside[k]
        if word.kind == "," or (k + 1 < first and inside[k + 1].possessive):
            return False
        if word.word in _HARMING and (k + 1 == first or word.kind in "VLO"):
            return True
        if word.word in _HARM:
            return k + 1 < first and inside[k + 1].kind in "OW"
    return False


def _acts(inside: Sequence[Word], first: int, last: int) -> bool:
    """Whether a verb follows the name, which nothing leads in; neither a passive one nor one of opinion."""
    k = first - 1
    while k >= 0 and inside[k].kind == "D":
        k -= 1
    if k >= 0 and inside[k].kind not in ",KWY":
        return False
    if last >= len(inside) or inside[last - 1].possessive:
        return False
    while last < len(inside) and inside[last].kind == "Y":
        last += 1
    if last >= len(inside) or inside[last].kind not in "AV":
        return False
    behind = inside[last : last + 4]
    passive = any(word.word in ("been", "being", "is", "was", "were", "are", "be") for word in behind) and any(
        word.kind in "VL" and word.word.endswith("ed") for word in behind
    )
    return not passive and not any(word.word in _HOLDING for word in behind)
