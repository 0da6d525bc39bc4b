"""Fold names and read EDTF days: the two comparisons that every lookup of the registry makes."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_POSSESSIVE = re.compile(r"['’](?:s\b)?")
_SEPARATORS = re.compile(r"[\s\-‐‑–—_./,·・]+")
_DAY = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")
_FIRST, _LAST = "0000-01-01", "9999-12-31"


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The name as it is compared: without case, hyphens, dots, diacritics and possessive ``'s``."""
    if not name.isascii():
        # Hangul would fall apart into its letters, hence the second composition.
        letters = unicodedata.normalize("NFKD", name)
        name = unicodedata.normalize("NFC", "".join(c for c in letters if not unicodedata.combining(c)))
    return _SEPARATORS.sub(" ", _POSSESSIVE.sub("", name).replace(".", "")).strip().casefold()


def is_day(edtf: str) -> bool:
    """Whether the string is a day, month or year of the EDTF calendar."""
    return _DAY.fullmatch(edtf) is not None


def bounds(edtf: str | None) -> tuple[str, str]:
    """First and last day that an EDTF string allows, as ISO days; unknown ends are open.

    Read are days, months, years and intervals of them (``2019/..``); anything else allows every day.
    """
    first, slash, last = (edtf or "").partition("/")
    lower = _edge(first, 0)
    upper = _edge(last if slash else first, 1)
    return lower or _FIRST, upper or _LAST


def overlap(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two pairs of bounds share a day."""
    return one[0] <= other[1] and other[0] <= one[1]


def _edge(part: str, side: int) -> str | None:
    match = _DAY.fullmatch(part.strip())
    if match is None:
        return None
    year, month, day = match.groups()
    return f"{year}-{month or ('01', '12')[side]}-{day or ('01', '31')[side]}"
