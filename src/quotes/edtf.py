"""EDTF: days that are known in part, as strings of the Extended Date/Time Format (ISO 8601-2:2019).

Used are days, months and years (``2025-05-09``, ``2025-05``, ``2025``) with ``X`` for digits that are not known
(``XXXX-05-09``, ``2025-04-2X``), and intervals of them, open where an end is unknown (``2025-05-05/2025-05-09``,
``../2025-05-09``).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_DATE = re.compile(r"(?P<year>[0-9X]{4})(?:-(?P<month>[0-9X]{2})(?:-(?P<day>[0-9X]{2}))?)?")
_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Day:
    """A day as far as it is known; None stands for what is not."""

    year: int | None
    month: int | None
    day: int | None


UNKNOWN = Day(None, None, None)


@lru_cache(maxsize=4096)
def parse(edtf: str | None) -> Day:
    """A day, month or year of the calendar; whatever is missing, open or of another form is None.

    >>> parse("2025-05"), parse("2025-02-30"), parse(None) == UNKNOWN
    (Day(year=2025, month=5, day=None), Day(year=None, month=None, day=None), True)
    """
    match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", edtf or "", re.ASCII)
    if match is None:
        return UNKNOWN
    year, month, day = (int(part) if part else None for part in match.groups())
    return Day(year, month, day) if year and is_day(year, month or 1, day or 1) else UNKNOWN


def is_day(year: int | None, month: int, day: int) -> bool:
    """Whether the calendar has this day; in a year that is not known, February has 29 days."""
    if year is None:
        year = _LEAP_YEAR
    return 1 <= month <= 12 and 1 <= year <= 9999 and 1 <= day <= calendar.monthrange(year, month)[1]


def full(day: Day) -> date | None:
    """The day of the calendar, where nothing of it is missing and the calendar has it."""
    if day.year is None or day.month is None or day.day is None or not is_day(day.year, day.month, day.day):
        return None
    return date(day.year, day.month, day.day)


def text(day: Day) -> str | None:
    """The EDTF of what is known; None where that is neither a year nor a day of some year.

    >>> text(Day(None, 5, 9)), text(Day(2025, 5, None)), text(Day(None, 5, None))
    ('XXXX-05-09', '2025-05', None)
    """
    if day.year is None and (day.month is None or day.day is None):
        return None
    year = f"{day.year:04d}" if day.year is not None else "XXXX"
    if day.month is None:
        return year
    return f"{year}-{day.month:02d}" + (f"-{day.day:02d}" if day.day is not None else "")


def moved(day: Day, days: int) -> Day:
    """The day ``days`` later (earlier where negative); without a year as long as the month's length is known."""
    start = full(day)
    if start is not None:
        try:
            there = start + timedelta(days=days)
        except OverflowError:
            return UNKNOWN
        return Day(there.year, there.month, there.day)
    if day.month is None or day.day is None:
        return UNKNOWN
    there = date(_LEAP_YEAR, day.month, day.day) + timedelta(days=days)
    passes_february = {day.month, there.month} & {2} and {day.month, there.month} != {2}
    if there.year != _LEAP_YEAR or (passes_february and (2, 29) in ((there.month, there.day), (day.month, day.day))):
        return UNKNOWN
    return UNKNOWN if {day.month, there.month} == {2, 3} else Day(None, there.month, there.day)


def is_valid(edtf: str) -> bool:
    """Whether the string is a date of the forms above and names days that the calendar has.

    >>> [is_valid(each) for each in ("XXXX-05-09", "2025-04-2X", "../2025-05-09", "2025-02-30", "May 9")]
    [True, True, True, False, False]
    """
    first, slash, last = edtf.partition("/")
    if not slash:
        return _is_date(first)
    ends = [end for end in (first, last) if end != ".."]
    if not ends or not all(_is_date(end) for end in ends):
        return False
    return len(ends) < 2 or "X" in edtf or first <= last


def _is_date(part: str) -> bool:
    match = _DATE.fullmatch(part)
    if match is None:
        return False
    year = int(match["year"]) if match["year"].isdigit() else _LEAP_YEAR
    months = _allowed(match["month"], 1, 12)
    days = _allowed(match["day"], 1, 31)
    return any(is_day(year, month, day) for month in months for day in days)


def _allowed(digits: str | None, first: int, last: int) -> list[int]:
    """The numbers that two digits with ``X`` among them may stand for."""
    if digits is None:
        return [first]
    pattern = re.compile(digits.replace("X", r"\d"))
    return [number for number in range(first, last + 1) if pattern.fullmatch(f"{number:02d}")]
