"""The words of a quotation, which several stages ask for one after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from unicodedata import normalize

_WORD = re.compile(r"[^\W_]++(?:['’-][^\W_]++)*+")
_KEPT = 10_000
"""Characters of the longest text whose words are worth their room."""


def quoted_words(text: str) -> Sequence[str]:
    """The words of a text in order; "nation's" and "anti-war" are one each, and letters that are written as two."""
    if not text.isascii():
        text = normalize("NFC", text)
    return _kept(text) if len(text) <= _KEPT else _WORD.findall(text)


@lru_cache(maxsize=64)
def _kept(text: str) -> Sequence[str]:
    return tuple(_WORD.findall(text))
