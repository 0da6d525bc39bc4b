"""Where the marked candidates of an article stand, looked up by position."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from quotes.records import Candidate, Span


class Marked:
    """The candidates that stand in no other, in the order of the text."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self.candidates = candidates
        self.top = [i for i, candidate in enumerate(candidates) if candidate.parent is None]
        self.spans = [candidates[i].outer for i in self.top]

    def inside(self, span: Span) -> list[int]:
        first = bisect_left(self.spans, (span.start, 0))
        last = bisect_left(self.spans, (span.end, 0))
        return [i for i in self.top[first:last] if self.candidates[i].outer.end <= span.end]

    def covers(self, position: int) -> bool:
        k = bisect_right(self.spans, (position, 10**12)) - 1
        return k >= 0 and self.spans[k].start <= position < self.spans[k].end
