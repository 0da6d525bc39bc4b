"""A pattern looked for only near words without which it cannot match: what is there in plain sight costs little."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from quotes.records import Span
from quotes.stages.squeezed import squeezed

MASK = "\ue000"
"""Stands for each character of quoted words."""

class Signs(NamedTuple):
    """What is looked for in the place of a pattern that costs more: words, and patterns that cost no more than words.

    Such a pattern begins with letters that never vary, and tells more than they do. ``also`` are words of which every
    match holds one besides.
    """

    words: tuple[str, ...] = ()
    patterns: tuple[re.Pattern[str], ...] = ()
    also: tuple[str, ...] = ()


def shown(text: str) -> str:
    """The text with one mask for each run of them: all that the narrator says."""
    return squeezed(text, MASK).text


def places(text: str, words: Iterable[str], patterns: Iterable[re.Pattern[str]] = ()) -> list[int]:
    """Where any of the words or patterns stand, in order."""
    found: list[int] = []
    narration = squeezed(text, MASK)
    for word in words:
        found += narration[word]
    for pattern in patterns:
        for match in pattern.finditer(narration.text):
            found.append(narration.given(match.start()))
    found.sort()
    return found


def near(
    pattern: re.Pattern[str], text: str, signs: Signs, *, before: int, behind: int
) -> Iterator[re.Match[str]]:
    """Matches of ``pattern`` that hold one of ``signs`` and reach no farther from it than so many characters."""
    for start, end in _around(places(text, signs.words, signs.patterns), before, behind):
        if not signs.also or any(map(text[start:end].__contains__, signs.also)):
            yield from pattern.finditer(text, start, end)


def _around(found: Iterable[int], before: int, behind: int) -> Iterator[Span]:
    """The parts of the text that lie so near to one of the places, those that touch made one."""
    start, end = 0, -1
    for at in found:
        if at - before > end:
            if end > start:
                yield Span(start, end)
            start = max(0, at - before)
        end = at + behind
    if end > start:
        yield Span(start, end)


def any_of(text: str, words: Iterable[str]) -> bool:
    """Whether one of the words stands in the text."""
    return any(map(text.__contains__, words))
