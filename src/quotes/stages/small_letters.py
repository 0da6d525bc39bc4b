"""Expressions that do not mind capitals, looked for in words made small.

The engine compares letter by letter where it is told to ignore case, and takes up to twenty times as long.
"""

from __future__ import annotations

import re
from functools import lru_cache

_SHORT = 80
"""Characters of the longest text whose match is kept: the words before a quotation are asked for again and again."""


class Small:
    """An expression written in small letters, for text in any.

    ``signs``, where given, are words of which every match holds one; a text without them is not searched.
    """

    __slots__ = ("_pattern", "_signs")

    def __init__(self, pattern: str, signs: tuple[str, ...] = ()) -> None:
        self._pattern = re.compile(pattern)
        self._signs = signs

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in the text, made small."""
        return _kept(self, text) if len(text) <= _SHORT else self.search_anew(text)

    def search_anew(self, text: str) -> re.Match[str] | None:
        """The same without a look at what is kept."""
        small = text.lower()
        if self._signs and not any(map(small.__contains__, self._signs)):
            return None
        return self._pattern.search(small)


@lru_cache(maxsize=8192)
def _kept(expression: Small, text: str) -> re.Match[str] | None:
    return expression.search_anew(text)
