"""A narration whose hidden words are left out, so that signs are looked for in the narrator's own words alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, lru_cache


class Squeezed(dict[str, list[int]]):
    """Where words stand in a text as given; each is looked for once, as several signs share their words.

    ``text`` has one mask for each run of masks; ``given`` tells where a place of it is in the text as given.
    """

    __slots__ = ("_places", "_shifts", "text")

    def __init__(self, given: str, mask: str) -> None:
        super().__init__()
        pieces: list[str] = []
        self._places, self._shifts = [0], [0]
        done = shift = 0
        for run in _runs(mask).finditer(given):
            start, end = run.span()
            pieces += given[done:start], mask
            done = end
            shift += end - start - 1
            self._places.append(end - shift)
            self._shifts.append(shift)
        self.text = "".join((*pieces, given[done:]))

    def given(self, place: int) -> int:
        return place + self._shifts[bisect_right(self._places, place) - 1]

    def __missing__(self, word: str) -> list[int]:
        found = self[word] = []
        at = self.text.find(word)
        while at >= 0:
            found.append(self.given(at))
            at = self.text.find(word, at + len(word))
        return found


@cache
def _runs(mask: str) -> re.Pattern[str]:
    return re.compile(f"{re.escape(mask)}{re.escape(mask)}+")  # it begins with a letter, which the engine finds fast


@lru_cache(maxsize=4)
def squeezed(given: str, mask: str) -> Squeezed:
    """The text without its hidden words; a stage asks for that of one text again and again."""
    return Squeezed(given, mask)
