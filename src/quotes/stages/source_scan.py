"""A pattern looked for only near words without which it cannot match: what is there in plain sight costs little."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from quotes.stages.squeezed import squeezed

MASK = "\ue000"
"""Stands for each character of quoted words."""
Sign = str | re.Pattern[str]
"""A word, or an expression that begins with letters which the engine finds fast and tells more than a word would."""


def shown(text: str) -> str:
    """The text with one mask for each run of them: all that the narrator says."""
    return squeezed(text, MASK).text


def places(text: str, signs: Iterable[Sign]) -> list[int]:
    """Where any of the signs stand, in order."""
    found: list[int] = []
    narration = squeezed(text, MASK)
    for sign in signs:
        if isinstance(sign, str):
            found += narration.places(sign)
        else:
            found += [narration.given(match.start()) for match in sign.finditer(narration.text)]
    found.sort()
    return found


def near(
    pattern: re.Pattern[str], text: str, signs: Iterable[Sign], *, before: int, behind: int
) -> Iterator[re.Match[str]]:
    """Matches of ``pattern`` that hold one of ``signs`` and reach no farther from it than so many characters."""
    start = end = -1
    for at in places(text, signs):
        if at - before > end:
            if end > start:
                yield from pattern.finditer(text, start, end)
            start = max(0, at - before)
        end = min(len(text), at + behind)
    if end > start:
        yield from pattern.finditer(text, start, end)


def any_of(text: str, words: Iterable[str]) -> bool:
    """Whether one of the words stands in the text."""
    return any(map(text.__contains__, words))
