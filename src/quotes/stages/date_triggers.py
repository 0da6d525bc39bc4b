"""Where a text may name a day at all: near figures, names of months and weekdays, and words such as "yesterday".

The grammar of dates costs much at every character; what cannot begin or hold a date is passed over by cheaper means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from quotes.records import Span
from quotes.stages.date_words import names

_BEFORE, _BEHIND = 24, 48
"""Characters of a date before and behind the figure or name by which it is found, at most."""
_PART_OF_DAY = "(?:day|morning|afternoon|evening|night)"
_COUNTING = tuple(map(re.compile, (
    "week(?<=ast week|his week)", "month(?<=ast month|his month)", "year(?<=ast year|his year)", "ago(?<= ago)",
    f"same {_PART_OF_DAY}", f"hat {_PART_OF_DAY}", "next (?:day|morning)", "following (?:day|morning)",
    "当天", "같은 날", "日", "일",
)))
"""What is counted from another day, without the letters that may be capitals.

Each begins with letters that never vary, for which the engine looks about as fast as memory is read.
"""
_FIGURES = tuple(map(re.compile, (r"n (?:1[89]|20)\d", r"Jahr (?:1[89]|20)\d", r"-[01]\d-\d", r"\.\d\d?\.\d")))
"""A year behind "in", "en" or "Jahr"; the month of a date in figures. They begin in the same way."""


def counted(text: str) -> list[Span]:
    """Parts of the text outside of which no date in figures stands, nor one that is counted from another, in order."""
    return _around(text, [match.start() for sign in (*_FIGURES, *_COUNTING) for match in sign.finditer(text)])


def named(text: str, code: str) -> list[Span]:
    """Parts of the text outside of which no name for a day or month of this language (ISO 639-1) stands, in order."""
    capitals, words = _triggers(code)
    return _around(text, (*(match.start() for match in capitals.finditer(text)), *_places(text, words)))


def _around(text: str, found: Iterable[int]) -> list[Span]:
    result: list[Span] = []
    for at in sorted(found):
        start, end = max(0, at - _BEFORE), min(len(text), at + _BEHIND)
        if result and start <= result[-1].end:
            result[-1] = Span(result[-1].start, max(end, result[-1].end))
        else:
            result.append(Span(start, end))
    return result


def _places(text: str, words: Iterable[str]) -> Iterator[int]:
    for word in words:
        at = text.find(word)
        while at >= 0:
            yield at
            at = text.find(word, at + len(word))


@cache
def _triggers(code: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """Names with capitals as a pattern, which a search finds by their first letter; the rest as words."""
    table = names(code)
    every = [*table.months, *table.weekdays, *table.days_ago] if table else []
    capitals = sorted({name[:3] for name in every if name[0].isupper()})
    small = {name[1:] if name[0].isalpha() and len(name) > 3 else name for name in every if not name[0].isupper()}
    small = {name for name in small if not any(other in name for other in small - {name})}
    return re.compile("|".join(map(re.escape, capitals)) or "(?!)"), tuple(sorted(small))
