"""Date expressions: the days, months and years that a text names, as a grammar.

Months, weekdays and words such as "yesterday" are read in English and in the document's own language
(``date_languages.json``). Calendars that count from a founding (Juche 113 is 2024) are read where the text gives the
common year too, or where the era is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from quotes.edtf import UNKNOWN, Day, is_day, parse
from quotes.records import Span
from quotes.stages.date_triggers import counted, named
from quotes.stages.date_words import Names, names

Kind = Literal["day", "range", "month", "part", "year", "weekday", "relative"]

_ERAS = {"Juche": 1911}
_ERA_PAIR = re.compile(r"\b(?P<era>[A-Z][a-z]+) (?P<count>\d{1,3}) \((?P<common>\d{4})\)")
_BRACKETED = re.compile(r"\(\d{4}\)")
_LONGEST_ERA = 40
_WHICH = "[Ll]ast|[Nn]ext|[Cc]oming|[Tt]he (?:previous|following)|[Tt]his coming"
_ENDING = r"(?:st|nd|rd|th|er|º|\.)?(?!\d)"
_TO = r"(?:\s?[-–]\s?| to | and | bis | und | au | et | al | y | и )"
_ERA = r"(?P<era{0}>[A-Z][a-z]+) (?P<count{0}>\d{{1,3}})(?!\d)(?: \((?P<common{0}>\d{{4}})\))?"
_YEAR = rf"(?:(?:,| del?)? (?P<year{{0}}>\d{{{{4}}}})\b|,? {_ERA}| of (?P<that{{0}}>that year))?"
_NUMBERS = {word: n for n, word in enumerate("a two three four five six seven eight nine ten".split(), 1)} | {"one": 1}
_PARTS = {"early": "0X", "mid": "1X", "late": "2X"}
_COUNTED = (
    r"\b(?=[\daotfsenLlEeTtIi当同같])(?:(?P<iso>\d{4}-\d{2}-\d{2})\b|(?P<dotted>\d{1,2}\.\d{1,2}\.\d{4})\b"
    r"|(?P<ago>\d{1,3}|a|one|two|three|four|five|six|seven|eight|nine|ten) (?P<unit>day|week|month|year)s? ago\b"
    r"|(?P<span>[Ll]ast|[Ee]arlier this|[Ll]ater this|[Tt]his) (?P<of>week|month|year)\b"
    r"|(?P<same>(?:[Tt]he same|[Tt]hat) (?:day|morning|afternoon|evening|night)|当天|同じ日|같은 날)"
    r"|(?P<next>[Tt]he (?:next|following) (?:day|morning))\b"
    r"|(?:[Ii]n|[Ii]m Jahr|[Ee]n) (?P<year>(?:1[89]|20)\d{2})\b(?!年))"
)
"""Behind the edge of a word, one look at the first letter spares the trial of every alternative."""
_EAST_ASIAN = (
    r"(?:(?P<cjk_year>\d{4})[年년] ?)?(?:(?P<cjk_month>\d{1,2})[月월] ?)?"
    r"(?P<cjk_day>\d{1,2}|[一二三四五六七八九十]{1,3})[日일](?!本|间|間|の|報|报)"
)
_OTHERS, _OTHERS_AND_EAST_ASIAN = re.compile(_COUNTED), re.compile(f"{_COUNTED}|{_EAST_ASIAN}")
_IN_NAME = re.compile(r"\b[Tt]he $")
_NAME = re.compile(r" [A-Z][a-z]+ (?:[A-Z]|of [A-Z])")
"""Behind a day by which something is called: "the May 3 Boat Building Movement"."""
_IN_NOUN = re.compile(r"\b(?!(?:on|since|from|until|till|by|to|before|after|and|between|of) )[A-Za-z][a-z]+ $")
_NOUN = re.compile(r" [A-Za-z]")
_LONGEST_WORD = 20
_ON = re.compile(r"\b[Oo]n $")
_KANJI = {mark: n for n, mark in enumerate("一二三四五六七八九", 1)}


@dataclass(frozen=True, slots=True)
class Expression:
    """A date named in the text, not yet placed in time.

    ``word`` is the weekday (0 is Monday), the part of a month as EDTF digits, or how a relative word counts:
    ``days:1`` (that many before), ``week``/``month``/``year`` with a sign for last (-) and this (+).
    ``until`` is the end of a range, ``after`` the days to add ("the next day" after one that was named).
    ``coming`` says that the text looks ahead ("next Friday").
    """

    span: Span
    kind: Kind
    day: Day
    word: str = ""
    until: Day | None = None
    coming: bool = False
    after: int = 0


def expressions(text: str, language: str | None = None) -> list[Expression]:
    """Every date expression of ``text``, in order, without those that overlap an earlier one."""
    pairs = [match for at in _BRACKETED.finditer(text) if (match := _era_pair(text, at.start())) is not None]
    eras = {**_ERAS, **{m["era"]: int(m["common"]) - int(m["count"]) for m in pairs}}
    codes = tuple(dict.fromkeys(("en", (language or "en").lower()[:2])))
    spelt = [one for code in codes for one in _named(text, code, eras)]
    others = list(_others(text))
    spelt = _without_names(text, spelt)
    found = sorted((*spelt, *others, *_eras(pairs)), key=lambda one: (one.span.start, -one.span.end))
    result: list[Expression] = []
    year: int | None = None
    for one in found:
        if result and one.span.start < result[-1].span.end:
            continue
        if one.word == "that year":
            one = replace(one, day=replace(one.day, year=year), word="")
        if one.word in ("same", "next"):
            if not result or result[-1].kind not in ("day", "weekday", "relative"):
                continue
            one = replace(result[-1], span=one.span, after=result[-1].after + (one.word == "next"))
        if result and (both := _joined(text, result[-1], one)) is not None:
            result[-1] = both
            continue
        year = one.day.year or year
        result.append(one)
    return result


def _joined(text: str, one: Expression, other: Expression) -> Expression | None:
    """Two days of different months told as one time: "on June 29 and July 4"."""
    days = one.kind == other.kind == "day" and not (one.word or other.word)
    together = days and text[one.span.end : other.span.start] == " and "
    if not together or not _ON.search(text[max(0, one.span.start - 5) : one.span.start]):
        return None
    if (one.day.month or 0) >= (other.day.month or 0) or one.day.year != other.day.year:
        return None
    return replace(one, kind="range", span=Span(one.span.start, other.span.end), until=other.day)


def _without_names(text: str, found: Sequence[Expression]) -> list[Expression]:
    """Without the days by which something is called: "the May 3 Boat Building Movement", later "May 3 boats"."""
    called = {one.day for one in found if _is_part(text, one, _IN_NAME, _NAME)}
    return [one for one in found if one.day not in called or not _is_part(text, one, _IN_NOUN, _NOUN)]


def _is_part(text: str, one: Expression, before: re.Pattern[str], behind: re.Pattern[str]) -> bool:
    start = one.span.start
    ahead = text[max(0, start - _LONGEST_WORD) : start]
    return one.kind == "day" and behind.match(text, one.span.end) is not None and before.search(ahead) is not None


def _era_pair(text: str, bracket: int) -> re.Match[str] | None:
    """The year of a calendar of its own that stands before a common year in brackets."""
    return next(_ERA_PAIR.finditer(text, max(0, bracket - _LONGEST_ERA), bracket + len("(2024)")), None)


def _named(text: str, code: str, eras: Mapping[str, int]) -> Iterator[Expression]:
    """Days, months and weekdays by their names in one language."""
    grammar = _grammar(code)
    if grammar is None:
        return
    for start, end in named(text, code):
        for match in grammar.pattern.finditer(text, start, end):
            if (one := _read(match, grammar, eras)) is not None:
                yield one


def _read(match: re.Match[str], grammar: _Grammar, eras: Mapping[str, int]) -> Expression | None:
    span = Span(match.start(), match.end() - match[0].endswith("."))
    if match["weekday"]:
        which = (match["which"] or "").lower()
        coming = which in ("next", "coming", "the following", "this coming")
        number = grammar.names.weekdays[match["weekday"]]
        return Expression(span, "weekday", UNKNOWN, f"{'-' if which else ''}{number}", None, coming)
    if match["ago"]:
        return Expression(span, "relative", UNKNOWN, f"days:{grammar.names.days_ago[match['ago'].lower()]}")
    form = next(n for n in "1234" if match[f"month{n}"])
    month, year = grammar.names.months[match[f"month{form}"]], _year(match, form, eras)
    if form == "3":
        return Expression(span, "part", Day(year, month, None), _PARTS[match["part"].lower()])
    if form == "4":
        bare = year is None and not match["preposition"]
        span = Span(match.start("month4"), span.end)
        return None if bare else Expression(span, "month", Day(year, month, None))
    days = sorted(int(day) for day in (match[f"day{form}"], match[f"other{form}"]) if day)
    if not all(is_day(year, month, day) for day in days):
        return None
    named = [Day(year, month, day) for day in days]
    word = "that year" if match[f"that{form}"] else ""
    return Expression(span, "range" if len(named) > 1 else "day", named[0], word, named[1] if len(named) > 1 else None)


def _year(match: re.Match[str], number: str, eras: Mapping[str, int]) -> int | None:
    if match[f"year{number}"]:
        return int(match[f"year{number}"])
    if not match[f"era{number}"]:
        return None
    if match[f"common{number}"]:
        return int(match[f"common{number}"])
    first = eras.get(match[f"era{number}"])
    return first + int(match[f"count{number}"]) if first is not None else None


def _others(text: str) -> Iterator[Expression]:
    """Dates in figures, and what is counted from the day of the document or from the day named before."""
    pattern = _OTHERS_AND_EAST_ASIAN if "日" in text or "일" in text else _OTHERS
    for match in (match for part in counted(text) for match in pattern.finditer(text, *part)):
        span = Span(*match.span())
        if match["iso"] or match["dotted"]:
            edtf = match["iso"] or "-".join(f"{int(part):02d}" for part in reversed(match["dotted"].split(".")))
            if (day := parse(edtf)) != UNKNOWN:
                yield Expression(span, "day", day)
        elif match["ago"]:
            count = int(match["ago"]) if match["ago"].isdigit() else _NUMBERS[match["ago"]]
            yield Expression(span, "relative", UNKNOWN, f"{match['unit']}s:{count}")
        elif match["span"]:
            last, later = match["span"].lower() == "last", match["span"].lower() == "later this"
            yield Expression(span, "relative", UNKNOWN, f"{'-' if last else '+'}{match['of']}", None, later)
        elif match["same"] or match["next"]:
            yield Expression(span, "relative", UNKNOWN, "same" if match["same"] else "next")
        elif match["year"]:
            yield Expression(Span(*match.span("year")), "year", Day(int(match["year"]), None, None))
        elif (figures := _figures(match)) is not None:
            yield Expression(span, "day", figures)


def _figures(match: re.Match[str]) -> Day | None:
    """Chinese, Japanese and Korean days: 2024年5月9日, 5월 9일, 20日."""
    figure = match["cjk_day"]
    day = int(figure) if figure.isdigit() else _kanji(figure)
    month = int(match["cjk_month"]) if match["cjk_month"] else None
    year = int(match["cjk_year"]) if match["cjk_year"] else None
    return Day(year, month, day) if is_day(year, month or 1, day) else None


def _kanji(figure: str) -> int:
    tens, ten, ones = figure.rpartition("十")
    return (_KANJI.get(tens, 1) * 10 if ten else 0) + _KANJI.get(ones, 0)


def _eras(pairs: Iterable[re.Match[str]]) -> Iterator[Expression]:
    """Years of a calendar of its own, with the common year beside them."""
    for match in pairs:
        yield Expression(Span(*match.span()), "year", Day(int(match["common"]), None, None))


@dataclass(frozen=True, slots=True)
class _Grammar:
    pattern: re.Pattern[str]
    names: Names


@cache
def _grammar(code: str) -> _Grammar | None:
    """The dates of one language; groups end in the number of the alternative they stand in."""
    table = names(code)
    if table is None:
        return None
    edge = "" if code in ("ko", "ja", "zh") else r"\b"
    month = _one_of(table.months) if table.months else "(?!)"
    days_ago = [*table.days_ago, *(w[0].upper() + w[1:] for w in table.days_ago)]
    weekday, ago = _one_of(table.weekdays), _one_of(days_ago)
    patterns = (
        rf"\b(?P<month1>{month})\b\.? (?P<day1>\d{{1,2}}){_ENDING}"
        rf"(?:{_TO}(?P<other1>\d{{1,2}}){_ENDING}(?! [a-z]+s\b))?{_YEAR.format(1)}",
        rf"\b(?:(?P<other2>\d{{1,2}}){_ENDING}{_TO})?(?P<day2>\d{{1,2}}){_ENDING}(?: of| de)? "
        rf"(?P<month2>{month})\b\.?{_YEAR.format(2)}",
        rf"\b(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[ -](?:in )?(?P<month3>{month})\b\.?{_YEAR.format(3)}",
        rf"(?P<preposition>\b(?:[Ii]n|[Ll]ast|[Ee]n|im|в) )?\b(?P<month4>{month})\b(?!\.? \d{{1,2}}\b(?!:))\.?"
        rf"{_YEAR.format(4)}",
        rf"{edge}(?:(?P<which>{_WHICH}) )?{edge}(?P<weekday>{weekday}){edge}",
        rf"{edge}(?P<ago>{ago}){edge}",
    )
    # Where words have edges, one look at the first letter spares the trial of every alternative.
    first = sorted({name[0] for name in (*table.months, *table.weekdays, *days_ago)} | set("EeMmLlIiвNnCcTt"))
    opening = rf"\b(?=[\d{''.join(first)}])" if edge else ""
    return _Grammar(re.compile(rf"{opening}(?:{'|'.join(patterns)})"), table)


def _one_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
