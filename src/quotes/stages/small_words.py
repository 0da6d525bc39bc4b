"""Words that a text writes in small letters: a capital makes no name of those."""

from __future__ import annotations

import re

_FEW = 24
"""Words that are looked for one by one before all of the text are gathered."""


class SmallWords:
    """The words of a text that begin with a small letter and match an expression, edges included.

    A few are looked for, for more the whole text is read.
    """

    def __init__(self, text: str, words: re.Pattern[str]) -> None:
        self._text = text
        self._words = words
        self._asked: dict[str, bool] = {}
        self._all: frozenset[str] | None = None

    def __contains__(self, word: str) -> bool:
        if word not in self._asked:
            self._asked[word] = word[:1].islower() and self._finds(word)
        return self._asked[word]

    def _finds(self, word: str) -> bool:
        if len(self._asked) < _FEW:
            return self._stands(word)
        if self._all is None:
            self._all = frozenset(self._words.findall(self._text))
        return word in self._all

    def _stands(self, word: str) -> bool:
        at = self._text.find(word) if self._words.fullmatch(word) else -1
        while at >= 0:
            end = at + len(word)
            match = self._words.match(self._text, at)
            if match is not None and match.end() == end:
                return True
            at = self._text.find(word, end)
        return False
