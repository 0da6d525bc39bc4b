"""Place date expressions in time: what each means in a document that speaks from a certain day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from quotes.edtf import UNKNOWN, Day, full, is_day, moved, parse, text
from quotes.records import Article
from quotes.stages.date_expressions import Expression

_NOWHERE_DAYS = 7


@dataclass(frozen=True, slots=True)
class Placed:
    """What an expression means: EDTF, and the single day where one follows."""

    date: str | None
    edtf: str | None


NOWHERE = Placed(None, None)


def reference(article: Article) -> Day:
    """The day the document speaks from: its dateline, with what ``published`` adds, else ``published``."""
    published = parse(article.document.published)
    line = article.dateline
    if line is None or line.month is None or line.day is None:
        return published
    year = line.year or _year_of(Day(None, line.month, None), published)
    if not is_day(year, line.month, line.day):
        return published
    here = Day(year, line.month, line.day)
    printed, written = full(published), full(here)
    return published if printed and written and written > printed else here


def place(expression: Expression, today: Day) -> Placed:
    """What the expression means in a document that speaks from ``today``; what is still to come was not said yet."""
    if expression.coming:
        return NOWHERE
    if expression.after:
        return _later(expression, today)
    if expression.kind == "range" and expression.until is not None:
        return _range(expression, today)
    if expression.kind == "weekday":
        return _weekday(expression.word, today)
    if expression.kind == "relative":
        return _relative(expression.word, today)
    if expression.kind == "part":
        month = text(_dated(expression.day, today))
        return Placed(None, f"{month}-{expression.word}" if month and len(month) == 7 else None)
    return _placed(_dated(expression.day, today), today)


def _dated(named: Day, today: Day) -> Day:
    """The day with its year, and month where only a day of the month is named, as near before today as it can be."""
    if named.month is None and named.day is not None:
        if today.month is None:
            return UNKNOWN
        month = today.month if today.day is None or named.day <= today.day else today.month - 1
        named = replace(named, month=month or 12)
        if not is_day(None, month or 12, named.day or 1):
            return UNKNOWN
    if named.year is not None:
        return named
    year = _year_of(named, today)
    return replace(named, year=year if is_day(year, named.month or 1, named.day or 1) else None)


def _year_of(named: Day, today: Day) -> int | None:
    """The last year in which the month and day had come by today; a day that comes tomorrow is of this year."""
    if today.year is None or today.month is None or named.month is None:
        return today.year
    ahead = named.day is not None and today.day is not None and named.day > today.day + 1
    return today.year - (named.month > today.month or (named.month == today.month and ahead))


def _range(expression: Expression, today: Day) -> Placed:
    ends = [text(_dated(end, today)) for end in (expression.day, expression.until or UNKNOWN)]
    if None in ends or any("X" in (end or "") for end in ends):
        return NOWHERE
    return Placed(None, "/".join(sorted(end for end in ends if end)))


def _later(expression: Expression, today: Day) -> Placed:
    """So many days after the one that was named before."""
    before = place(replace(expression, after=0), today)
    return _placed(moved(parse(before.date), expression.after), today) if before.date else NOWHERE


def _weekday(word: str, today: Day) -> Placed:
    """The last such day up to today; with "last", before today.

    The weekday of tomorrow is not placed: it may be a week old, or a time zone ahead.
    """
    base = full(today)
    if base is None:
        return NOWHERE
    back = (base.weekday() - int(word.lstrip("-"))) % 7
    if back == _NOWHERE_DAYS - 1 and not word.startswith("-"):
        return NOWHERE
    return _placed(moved(today, -(back or (7 if word.startswith("-") else 0))), today)


def _relative(word: str, today: Day) -> Placed:
    unit, _, count = word.partition(":")
    if unit == "days":
        return _placed(moved(today, -int(count)), today)
    if unit in ("weeks", "months", "years"):
        return _about(unit, int(count), today)
    if today.year is None:
        return NOWHERE
    last = word.startswith("-")
    if word.endswith("year"):
        return Placed(None, text(Day(today.year - last, None, None))) if today.year > 1 else NOWHERE
    if word.endswith("month"):
        return Placed(None, _month(today, last))
    base = full(today)
    if base is None or base.toordinal() < 2 * _NOWHERE_DAYS:
        return NOWHERE
    monday = base - timedelta(days=base.weekday())
    first, end = (monday - timedelta(days=7), monday - timedelta(days=1)) if last else (monday, base)
    return Placed(None, f"{first.isoformat()}/{end.isoformat()}")


def _about(unit: str, count: int, today: Day) -> Placed:
    """So many weeks, months or years ago is a matter of a month or a year."""
    if unit == "years":
        known = today.year is not None and today.year > count
        return Placed(None, text(Day((today.year or 0) - count, None, None)) if known else None)
    if unit == "months":
        return Placed(None, _month(today, count))
    there = moved(today, -7 * count)
    return Placed(None, text(replace(there, day=None)) if there.year else None)


def _month(today: Day, back: int) -> str | None:
    if today.year is None or today.month is None:
        return None
    month = today.year * 12 + today.month - 1 - back
    return text(Day(month // 12, month % 12 + 1, None)) if month >= 12 else None


def _placed(day: Day, today: Day) -> Placed:
    """A day after the one that the document speaks from is known, and yet no day on which words were said."""
    edtf = text(day)
    if edtf is None:
        return NOWHERE
    there, here = full(day), full(today)
    if there is None or (here is not None and there > here):
        return Placed(None, None if there is not None and here is not None and _is_far(there, here) else edtf)
    return Placed(there.isoformat(), edtf)


def _is_far(there: date, here: date) -> bool:
    return (there - here).days > 1
