"""Pronouns and other words that go back to somebody named before: the nearest subject that fits."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterator
from itertools import groupby

from quotes.stages.resolve_context import Context, Event, Referent

_MAX_EVENTS = 60
_MAX_SENTENCES = 14


class Discourse:
    """The narrator's mentions so far; what was resolved joins them, so that "he" can go on from "he"."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._events = list(context.events)

    def add(self, start: int, end: int, key: str, weight: int = 2) -> None:
        """A mention that was resolved to ``key``."""
        insort(self._events, Event(start, end, weight, self._context.region(start), key))

    def before(self, at: int, region: int) -> Iterator[list[Event]]:
        """Mentions that end before ``at`` in the same voice, a sentence each, the nearest sentence first."""
        k = bisect_left(self._events, at, key=lambda event: event.at)
        window = [event for event in self._events[max(0, k - _MAX_EVENTS) : k] if event.end <= at]
        near = [event for event in reversed(window) if event.region == region]
        by_sentence = groupby(near, key=lambda event: self._context.sentence(event.at))
        here = self._context.sentence(at)
        for sentence, events in by_sentence:
            if here - sentence > _MAX_SENTENCES:
                return
            yield sorted(events)

    def antecedent(self, at: int, region: int, fits: Callable[[Referent], bool]) -> tuple[Referent | None, str]:
        """The nearest sentence's first subject that fits; else the nearest other mention of two sentences."""
        fallback: Referent | None = None
        for distance, events in enumerate(self.before(at, region)):
            fitting = [event for event in events if fits(self._context.referents[event.key])]
            subjects = [event for event in fitting if event.weight == 2]
            if subjects:
                return self._context.referents[subjects[0].key], "nearest-subject"
            if fitting and fallback is None and distance < 3:
                fallback = self._context.referents[fitting[-1].key]
        if fallback is not None:
            return fallback, "nearest-mention"
        return None, "none:no-antecedent"
