"""Pronouns and other words that go back to somebody named before: the nearest subject that fits."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Callable, Iterator
from itertools import groupby

from quotes.registry.rows import Gender
from quotes.stages.resolve_context import Context, Event, Referent

_MAX_EVENTS = 40
_MAX_SENTENCES = 14
_SUBJECT_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he)\b")


class Discourse:
    """The narrator's mentions so far.

    What was resolved joins them, and so does every "he" and "she" of the narrator, so that a pronoun can go on
    from the one before it.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._events = list(context.events)
        self._taken = {event.at for event in self._events}
        self._pronouns = [
            (match.start(), "male" if match[0][0] in "Hh" else "female", match.end())
            for match in _SUBJECT_PRONOUN.finditer(context.text)
        ]
        self._next = 0

    def add(self, start: int, end: int, key: str, weight: int = 2) -> None:
        """A mention that was resolved to ``key``."""
        if start not in self._taken:
            self._taken.add(start)
            insort(self._events, Event(start, end, weight, self._context.region(start), key))

    def go_back(self, at: int, region: int, gender: Gender) -> tuple[Referent | None, str]:
        """The person whom a pronoun of this gender means."""
        self._advance(at)
        return self._person(at, region, gender)

    def antecedent(self, at: int, region: int, fits: Callable[[Referent], bool]) -> tuple[Referent | None, str]:
        """The nearest sentence's first subject that fits; else the nearest other mention of two sentences."""
        self._advance(at)
        return self._search(at, region, fits)

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

    def _advance(self, at: int) -> None:
        """Take in the narrator's pronouns before ``at``."""
        while self._next < len(self._pronouns) and self._pronouns[self._next][0] < at:
            start, gender, end = self._pronouns[self._next]
            self._next += 1
            region = self._context.region(start)
            if region >= 0 or start in self._taken:
                continue
            referent, _ = self._person(start, region, "male" if gender == "male" else "female")
            if referent is not None:
                self.add(start, end, referent.key)

    def _person(self, at: int, region: int, gender: Gender) -> tuple[Referent | None, str]:
        return self._search(at, region, lambda one: one.type == "person" and one.gender in (gender, None))

    def _search(self, at: int, region: int, fits: Callable[[Referent], bool]) -> tuple[Referent | None, str]:
        fallback: Referent | None = None
        for distance, events in enumerate(self.before(at, region)):
            fitting = [event for event in events if fits(self._context.referents[event.key])]
            best = max((event.weight for event in fitting), default=0)
            if best >= 2:
                first = next(event for event in fitting if event.weight == best)
                return self._context.referents[first.key], "nearest-subject"
            if fitting and fallback is None and distance < 3:
                fallback = self._context.referents[fitting[-1].key]
        if fallback is not None:
            return fallback, "nearest-mention"
        return None, "none:no-antecedent"
