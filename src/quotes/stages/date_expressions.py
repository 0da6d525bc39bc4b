"""Date expressions: a grammar of the days, months and years that a text names, and what each means on a given day.

Calendars that count from a founding (Juche 113 is 2024) are read where the text gives the common year too, or where
the era is known. What is not known stays unknown: a day without a year is ``XXXX-05-09`` (EDTF, ISO 8601-2:2019).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from quotes.records import Article, Span

Kind = Literal["day", "month", "part", "year", "weekday", "relative"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "January Jan",
            "February Feb",
            "March Mar",
            "April Apr",
            "May",
            "June Jun",
            "July Jul",
            "August Aug",
            "September Sept Sep",
            "October Oct",
            "November Nov",
            "December Dec",
        ],
        1,
    )
    for name in names.split()
}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_ERA = r"(?P<era{0}>[A-Z][a-z]+) (?P<count{0}>\d{{1,3}})(?!\d)(?: \((?P<ad{0}>\d{{4}})\))?"
_EXPRESSION = re.compile(
    rf"\b(?P<month1>{_MONTH}) (?P<day1>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?(?:,? (?:(?P<year1>\d{{4}})\b"
    rf"|{_ERA.format(1)}))?"
    rf"|\b(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month2>{_MONTH})(?:,? (?P<year2>\d{{4}})\b)?"
    rf"|\b(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[ -](?:in )?(?P<month3>{_MONTH})(?:,? (?P<year3>\d{{4}})\b)?"
    rf"|\b(?P<month4>{_MONTH})(?:,? (?P<year4>\d{{4}})\b|,? {_ERA.format(4)})"
    r"|\b(?P<iso>\d{4}[-/]\d{2}[-/]\d{2})\b"
    rf"|\b(?:(?P<which>[Ll]ast|[Nn]ext|the previous|the following) )?(?P<weekday>{'|'.join(_DAYS)})\b"
    r"|\b(?P<relative>[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]his (?:morning|afternoon|evening)|[Ee]arlier (?:today"
    r"|this week|this month)"
    r"|(?:[Ll]ast|[Ee]arlier this) (?:week|month|year)|(?:the day before|two days ago|three days ago))\b"
    rf"|\b[Ii]n (?P<month5>{_MONTH})(?= |[.,;])"
)
_ERA_PAIR = re.compile(r"\b(?P<era>[A-Z][a-z]+) (?P<count>\d{1,3}) \((?P<ad>\d{4})\)")
_ERAS = {"Juche": 1911}


@dataclass(frozen=True, slots=True)
class Day:
    """A day as far as it is known; None stands for what is not."""

    year: int | None
    month: int | None
    day: int | None


@dataclass(frozen=True, slots=True)
class Expression:
    """A date named in the text, not yet placed in time. ``word`` is the weekday, part or relative word."""

    span: Span
    kind: Kind
    day: Day
    word: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """What an expression means: EDTF, and the single day where one follows."""

    date: str | None
    edtf: str | None


def expressions(article: Article) -> list[Expression]:
    """Every date expression of the reading, in order."""
    eras = {**_ERAS, **{m["era"]: int(m["ad"]) - int(m["count"]) for m in _ERA_PAIR.finditer(article.text)}}
    found = (_expression(match, eras) for match in _EXPRESSION.finditer(article.text))
    return [expression for expression in found if expression is not None]


def _expression(match: re.Match[str], eras: Mapping[str, int]) -> Expression | None:
    span = Span(*match.span())
    if match["iso"]:
        iso = [int(part) for part in re.split("[-/]", match["iso"])]
        return Expression(span, "day", Day(*iso)) if _is_day(*iso) else None
    if match["weekday"]:
        return Expression(span, "weekday", Day(None, None, None), f"{match['which'] or ''} {match['weekday']}".strip())
    if match["relative"]:
        return Expression(span, "relative", Day(None, None, None), match["relative"].lower())
    number = next(n for n in "12345" if match[f"month{n}"])
    month = _MONTHS[match[f"month{number}"].rstrip(".")]
    year = _year(match, number, eras)
    if match["part"]:
        return Expression(span, "part", Day(year, month, None), match["part"].lower())
    if number in "45":
        return Expression(span, "month", Day(year, month, None)) if number == "5" or year else None
    day = int(match[f"day{number}"])
    return Expression(span, "day", Day(year, month, day)) if _is_day(year or 2000, month, day) else None


def _year(match: re.Match[str], number: str, eras: Mapping[str, int]) -> int | None:
    if number != "5" and match[f"year{number}"]:
        return int(match[f"year{number}"])
    if number in "14" and match[f"era{number}"]:
        if match[f"ad{number}"]:
            return int(match[f"ad{number}"])
        era = eras.get(match[f"era{number}"])
        return era + int(match[f"count{number}"]) if era is not None else None
    return None


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def reference(article: Article) -> Day:
    """The day the document speaks from: its dateline, with what `published` adds, else `published`."""
    published = parse(article.document.published)
    line = article.dateline
    if line is None or line.month is None or line.day is None:
        return published
    year = line.year or _nearest_year(line.month, published)
    if year is not None and not _is_day(year, line.month, line.day):
        return published
    return Day(year, line.month, line.day)


def parse(edtf: str | None) -> Day:
    """An EDTF day, month or year; whatever is missing or cannot be read is None."""
    match = re.match(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", edtf or "")
    if match is None:
        return Day(None, None, None)
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or not _is_day(max(year, 1), month or 1, day or 1):
        return Day(None, None, None)
    return Day(year, month, day)


def place(expression: Expression, today: Day) -> Placed:
    """What the expression means in a document that speaks from ``today``."""
    if expression.kind == "weekday":
        return _weekday(expression.word, today)
    if expression.kind == "relative":
        return _relative(expression.word, today)
    named = expression.day
    year = named.year or (_nearest_year(named.month, today, named.day) if named.month else None)
    known = f"{year:04d}" if year is not None else "XXXX"
    if named.day is not None:
        edtf = f"{known}-{named.month:02d}-{named.day:02d}"
        valid = year is not None and named.month is not None and _is_day(year, named.month, named.day)
        return Placed(edtf if valid else None, edtf)
    if expression.kind == "part":
        return Placed(None, f"{known}-{named.month:02d}-{_PARTS[expression.word]}")
    if named.month is not None:
        return Placed(None, f"{known}-{named.month:02d}" if year is not None else None)
    return Placed(None, known if year is not None else None)


_PARTS = {"early": "0X", "mid": "1X", "late": "2X"}


def _nearest_year(month: int | None, today: Day, day: int | None = None) -> int | None:
    """The last year in which the month (and day) had come by ``today``; one day of tolerance at its end."""
    if today.year is None or month is None or today.month is None:
        return today.year
    if month > today.month:
        return today.year - 1
    if month == today.month and day and today.day and day > today.day + 1:
        return today.year - 1
    return today.year


def _full(today: Day) -> date | None:
    if today.year is None or today.month is None or today.day is None:
        return None
    return date(today.year, today.month, today.day)


def _weekday(word: str, today: Day) -> Placed:
    """The last such day up to today; "last" skips today; what is still to come is not said yet."""
    base = _full(today)
    which, _, name = word.rpartition(" ")
    if base is None or which in ("next", "Next", "the following"):
        return Placed(None, None)
    back = (base.weekday() - _DAYS.index(name)) % 7
    if back == 0 and which:
        back = 7
    return _placed(base - timedelta(days=back))


def _relative(word: str, today: Day) -> Placed:
    base = _full(today)
    if word in ("last month", "earlier this month") and today.year and today.month:
        month = today.year * 12 + today.month - 1 - (word == "last month")
        return Placed(None, f"{month // 12:04d}-{month % 12 + 1:02d}")
    if word in ("last year", "earlier this year") and today.year:
        return Placed(None, f"{today.year - (word == 'last year'):04d}")
    if base is None:
        return Placed(None, None)
    days = {"yesterday": 1, "the day before": 1, "two days ago": 2, "three days ago": 3}
    if word.endswith("week"):
        monday = base - timedelta(days=base.weekday())
        first, last = (monday, base) if word != "last week" else (monday - timedelta(7), monday - timedelta(1))
        return Placed(None, f"{first.isoformat()}/{last.isoformat()}")
    return _placed(base - timedelta(days=days.get(word, 0)))


def _placed(day: date) -> Placed:
    return Placed(day.isoformat(), day.isoformat())
