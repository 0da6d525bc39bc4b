"""A pattern looked for only near words without which it cannot match: what is there in plain sight costs little."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from quotes.stages.squeezed import squeezed

MASK = "\ue000"
"""Stands for each character of quoted words."""
Signs = Iterable[str] | re.Pattern[str]
"""Words; or an expression, where all begin with capitals, which the engine finds fast by their first letters."""


def places(text: str, words: Signs) -> list[int]:
    """Where any of the words stand, in order."""
    if isinstance(words, re.Pattern):
        return [match.start() for match in words.finditer(text)]
    found: list[int] = []
    narration = squeezed(text, MASK)
    for word in words:
        at = narration.text.find(word)
        while at >= 0:
            found.append(narration.given(at))
            at = narration.text.find(word, at + len(word))
    return sorted(found)


def near(
    pattern: re.Pattern[str], text: str, words: Signs, *, before: int, behind: int
) -> Iterator[re.Match[str]]:
    """Matches of ``pattern`` that hold one of ``words`` and reach no farther from it than so many characters."""
    start = end = -1
    for at in places(text, words):
        if at - before > end:
            if end > start:
                yield from pattern.finditer(text, start, end)
            start = max(0, at - before)
        end = min(len(text), at + behind)
    if end > start:
        yield from pattern.finditer(text, start, end)


def any_of(text: str, words: Iterable[str]) -> bool:
    """Whether one of the words stands in the text."""
    return any(word in text for word in words)
