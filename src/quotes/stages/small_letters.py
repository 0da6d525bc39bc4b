"""Expressions that do not mind capitals, looked for in words made small.

The engine compares letter by letter where it is told to ignore case, and takes up to twenty times as long.
"""

from __future__ import annotations

import re


class Small:
    """An expression written in small letters, for text in any."""

    __slots__ = ("_pattern",)

    def __init__(self, pattern: str) -> None:
        self._pattern = re.compile(pattern)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in the text, made small."""
        return self._pattern.search(text.lower())
