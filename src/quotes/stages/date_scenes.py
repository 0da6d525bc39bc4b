"""Scenes: the days on which the narrator tells that something happened."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quotes.records import Quotation, SaidOn
from quotes.stages.date_clauses import (
    at_venue,
    happened,
    has_cue,
    is_background,
    opens,
    reports,
    sentence_start,
    sets_scene,
    speaks_then,
)
from quotes.stages.date_expressions import Expression
from quotes.stages.date_narration import Narration, Places

DAYS = ("day", "weekday", "relative", "range")
_SIGHT = 400
_NOWADAYS = re.compile(r",? [^,.;:\n]{0,140}?\b(?:is|are|has|have) (?:now |been )?\w+(?:ing|ed|n)\b|,? when\b")
"""Behind a "today" that means the times: "Today the heirs of the fleet are spoiling the sea"."""
_SAID_BEHIND = re.compile(
    r"(?:[^\w\n]+\w+){4,50}?, (?:[\w’'-]+ ){1,6}"
    r"(?:said|says|noted|notes|added|stressed|stated|declared|told|deplored)\b"
)
_ONE_DAY = re.compile(r"\b[Oo]ne day in $")
"""In front of a month in which something happened on a day that nobody tells."""
_IS = re.compile(r" (?:\([^()]{1,20}\) )?(?:is|was|marks|marked) ")
"""Behind a day of which somebody speaks: "May 4 is the birthday of the port, the article says"."""
_IN_CONTENT = re.compile(
    r"\b(?:said|says|noted|notes|stressed|recalled|added|stated|wrote)(?: that)? (?:[\w’'-]+ ){1,12}?"
    r"(?:was|were|had been|has been)\b[^.;\n]*$"
)
"""In front of a day of which somebody speaks: "the bulletin said the port was founded on May 4, 1945"."""
_SAID_AHEAD = re.compile(r"\b(?:said|says|noted|stressed|recalled)(?: that)? (?:the )?$")
"""In front of a day that is the subject of what somebody says: "he said May 4 marks the birthday of the port"."""
_HEADING = 40
"""Characters from the beginning of an article in which its line of place and day ends."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A day on which something happened that the narrator tells.

    ``opens``: the sentence begins with the day, and so sets the scene for what follows. ``says``: the sentence tells
    that somebody said something.
    """

    said: SaidOn
    at: int
    paragraph: int
    sentence: int
    opens: bool
    says: bool


Resolve = Callable[[Expression, str], SaidOn]


def scene(one: Expression, told: Narration, places: Places, foreign: bool, resolve: Resolve) -> Scene | None:
    """The scene that a date sets; None where it only comes up."""
    start, at = sentence_start(places, told, one.span.start), one.span.start
    if one.kind == "month":
        if not _ONE_DAY.search(told.slice(max(start, at - _SIGHT), at)):
            return None
    elif one.kind != "range" and not is_single_day(one):
        return None
    if is_background(told, one, start) or reports(told, one, None) or not (
        sets_scene(told, one, start, foreign)
        or (places.paragraph(at) == 0 and (happened(told, one, start) or speaks_then(told, one, start)))
    ):
        return None
    if _is_heading(one, told):
        return None
    if _IN_CONTENT.search(told.slice(max(start, at - _SIGHT), at)):
        return None
    behind = told.slice(one.span.end, one.span.end + _SIGHT)
    if one.word == "days:0" and _NOWADAYS.match(behind):
        return None
    if (one.word == "days:0" or _IS.match(behind)) and _is_reported(behind):
        return None
    if _IS.match(behind) and _SAID_AHEAD.search(told.slice(max(start, at - _SIGHT), at)):
        return None
    said = resolve(one, "scene")
    if said.edtf is None:
        return None
    k = places.sentence(at)
    sentence = told.slice(max(start, at - _SIGHT), min(places.sentences[k].end, at + _SIGHT))
    says = at_venue(told, one) or has_cue(sentence)
    return Scene(said, at, places.paragraph(at), k, opens(told, one, start), says)


def is_single_day(one: Expression) -> bool:
    """Whether a date is that of one day: "May 4", "on Monday", "yesterday"."""
    return one.kind in ("day", "weekday") or (one.kind == "relative" and one.word.startswith("days:"))


def _is_reported(behind: str) -> bool:
    """Whether a clause and then its speaker follow: "Today the sea is rough everywhere, the minister said"."""
    return _SAID_BEHIND.match(re.split(r"[.!?]\s|\n", behind, maxsplit=1)[0]) is not None


def _is_heading(one: Expression, told: Narration) -> bool:
    """Whether the day stands in the line of place and day that opens an article: "Vensara, 6 juin."."""
    if one.span.start >= told.span.start + _HEADING or told.span.start:
        return False
    ahead = told.slice(told.span.start, one.span.start).lstrip()
    behind = told.slice(one.span.end, one.span.end + 40)
    if "\n" in ahead:
        return False
    return (ahead.startswith("(") and ")" in behind) or (ahead.endswith(", ") and behind.startswith("."))


class Scenes:
    """All scenes of an article, in order."""

    def __init__(self, found: Sequence[Scene]) -> None:
        self.found = found
        self._places = [each.at for each in found]
        days = [each.said.edtf for each in found]
        self._alone = next((k for k, day in enumerate(days) if day != days[0]), len(days))

    def last(self, position: int) -> Scene | None:
        """The last scene before a position."""
        k = bisect_left(self._places, position)
        return self.found[k - 1] if k else None

    def first(self, position: int) -> Scene | None:
        """The first scene of the article, if it stands before a position."""
        return self.found[0] if self.found and self.found[0].at < position else None

    def is_only_day(self, position: int) -> bool:
        """Whether no more than one day is told of before a position."""
        return bisect_left(self._places, position) <= self._alone

    def part(self, before: Quotation, after: Quotation, said: SaidOn) -> bool:
        """Whether another day is told of between two quotations."""
        first = bisect_left(self._places, before.outer.end)
        last = bisect_left(self._places, after.outer.start)
        return any(each.said.edtf != said.edtf for each in self.found[first:last])
