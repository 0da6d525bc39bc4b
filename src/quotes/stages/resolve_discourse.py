"""Discourse: who was named before, and the nearest subject to which a pronoun or a bare noun can go back."""

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

Fits = Callable[[Referent], bool]


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
            (match.start(), match.end()) for match in _SUBJECT_PRONOUN.finditer(context.text)
            if context.region(match.start()) < 0
        ]
        self._next = 0

    def add(self, start: int, end: int, key: str, weight: int = 2) -> None:
        """A mention that was resolved to ``key``."""
        if start not in self._taken:
            self._taken.add(start)
            insort(self._events, Event(start, end, weight, self._context.region(start), key))

    def known(self) -> list[Referent]:
        """Everyone mentioned so far, in the order of the text, each once."""
        keys = dict.fromkeys(event.key for event in self._events)
        return [self._context.referents[key] for key in keys]

    def go_back(self, at: int, region: int, gender: Gender | None) -> tuple[Referent | None, str]:
        """The person whom a pronoun of this gender (None: of either) means."""
        return self.antecedent(at, region, lambda one: _is_person(one, gender))

    def antecedent(self, at: int, region: int, fits: Fits) -> tuple[Referent | None, str]:
        """The nearest sentence's first subject that fits; else the nearest other mention of three sentences.

        Inside a quotation its own mentions come first, the narrator's second.
        """
        self._advance(at)
        referent, rule = self._search(at, region, fits)
        if referent is None and region >= 0:
            return self._search(at, -1, fits)
        return referent, rule

    def before(self, at: int, region: int) -> Iterator[list[Event]]:
        """Mentions that end before ``at`` in the same voice, a sentence each, the nearest sentence first."""
        k = bisect_left(self._events, at, key=lambda event: event.at)
        window = [event for event in self._events[max(0, k - _MAX_EVENTS) : k] if event.end <= at]
        near = [event for event in reversed(window) if event.region == region]
        here = self._context.sentence(at)
        for sentence, events in groupby(near, key=lambda event: self._context.sentence(event.at)):
            if here - sentence > _MAX_SENTENCES:
                return
            yield sorted(events)

    def _advance(self, at: int) -> None:
        """Take in the narrator's pronouns before ``at``."""
        while self._next < len(self._pronouns) and self._pronouns[self._next][0] < at:
            start, end = self._pronouns[self._next]
            self._next += 1
            if start in self._taken:
                continue
            gender: Gender = "male" if self._context.text[start] in "Hh" else "female"
            referent, _ = self._search(start, -1, lambda one, gender=gender: _is_person(one, gender))
            if referent is not None:
                self.add(start, end, referent.key)

    def _search(self, at: int, region: int, fits: Fits) -> tuple[Referent | None, str]:
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


def _is_person(one: Referent, gender: Gender | None) -> bool:
    return one.type == "person" and (gender is None or one.gender in (gender, None))
