"""What the pictures show, counted from the tables `quotes` and `stances`: pure, nothing drawn.

A statement counts once for each of its targets, however often it was reprinted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Opinion:
    """One statement toward one target. ``day`` is None where neither day of speech nor of print is known."""

    speaker: str
    target: str
    day: date | None
    score: float
    label: str


@dataclass(frozen=True, slots=True)
class Point:
    """A statement in time."""

    day: date
    score: float
    label: str


@dataclass(frozen=True, slots=True)
class Series:
    """Statements of one speaker toward one target, by day, and the mean score of each period."""

    speaker: str
    target: str
    points: tuple[Point, ...]
    means: tuple[tuple[date, float], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """Mean score and number of statements of a speaker toward a target."""

    score: float
    count: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """``cells`` by (speaker, target); pairs without a statement are not in it."""

    speakers: tuple[str, ...]
    targets: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]


def opinions(quotes: Sequence[Row], stances: Sequence[Row], *, guesses: bool = False) -> list[Opinion]:
    """Scored statements by named speakers; without ``guesses`` those on which the model abstained are left out."""
    by_id = {(row["doc_id"], row["quote_id"]): row for row in quotes}
    seen: dict[tuple[str, str, str], Opinion] = {}
    for row in sorted(stances, key=lambda row: (row["doc_id"], row["quote_id"], row["target_start"], row["target"])):
        quote = by_id.get((row["doc_id"], row["quote_id"]))
        if quote is None or quote["speaker"] is None or row["stance_score"] is None:
            continue
        if row.get("abstained") and not guesses:
            continue
        day = _day(quote["date"]) or _day(quote["published"])
        opinion = Opinion(quote["speaker"], row["target"], day, row["stance_score"], row["stance"])
        seen.setdefault((quote["statement_id"], quote["speaker"], row["target"]), opinion)
    return list(seen.values())


def _day(written: str | None) -> date | None:
    """The day, or the middle of a month or year of which no more is known."""
    match = _DAY.match(written or "")
    if match is None:
        return None
    year, month, day = match.groups()
    try:
        return date(int(year), int(month or 7), int(day or (15 if month else 1)))
    except ValueError:
        return None


def series(found: Sequence[Opinion], most: int = 6) -> list[Series]:
    """The ``most`` speaker → target pairs with the most dated statements."""
    pairs: dict[tuple[str, str], list[Point]] = {}
    for one in found:
        if one.day is not None:
            pairs.setdefault((one.speaker, one.target), []).append(Point(one.day, one.score, one.label))
    chosen = sorted(pairs, key=lambda pair: (-len(pairs[pair]), pair))
    return [_series(*pair, pairs[pair]) for pair in chosen[:most]]


def _series(speaker: str, target: str, points: Sequence[Point]) -> Series:
    ordered = sorted(points, key=lambda point: (point.day, point.score, point.label))
    span = (ordered[-1].day - ordered[0].day).days
    periods: dict[tuple[int, ...], list[Point]] = {}
    for point in ordered:
        whole = (point.day.year, point.day.month, point.day.day)
        periods.setdefault(whole[: 3 if span < 62 else 2 if span < 3660 else 1], []).append(point)
    means = [
        (_middle([point.day for point in inside]), sum(point.score for point in inside) / len(inside))
        for inside in periods.values()
    ]
    return Series(speaker, target, tuple(ordered), tuple(means))


def _middle(days: Sequence[date]) -> date:
    return date.fromordinal(round(sum(day.toordinal() for day in days) / len(days)))


def matrix(found: Sequence[Opinion], most: int = 12) -> Matrix:
    """The ``most`` speakers and targets of the most statements, and the mean of each pair."""
    scores: dict[tuple[str, str], list[float]] = {}
    for one in found:
        scores.setdefault((one.speaker, one.target), []).append(one.score)
    targets = _most(Counter(one.target for one in found), most)
    speakers = _most(Counter(one.speaker for one in found if one.target in targets), most)
    cells = {
        pair: Cell(sum(values) / len(values), len(values))
        for pair, values in sorted(scores.items())
        if pair[0] in speakers and pair[1] in targets
    }
    return Matrix(speakers, targets, cells)


def _most(counts: Counter[str], most: int) -> tuple[str, ...]:
    return tuple(sorted(counts, key=lambda name: (-counts[name], name))[:most])
