"""Discourse: who was named before, and the nearest subject to which a pronoun or a bare noun can go back."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import groupby, islice

from quotes.records import Span
from quotes.registry.rows import Gender
from quotes.registry.words import MENTION_WORDS, NAME_WORDS
from quotes.stages.resolve_context import Context, Event, Referent

_MAX_EVENTS = 40
_MOST_EVENTS = 400
_MAX_SENTENCES = 14
_SUBJECT_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he)\b")

_OFFICE = re.compile(r"The (?:[\w'’-]+ ?){1,4}")
_WORD = re.compile(r"[\w-]+")
_OFFICES = NAME_WORDS["title"] | MENTION_WORDS["person_head"]
_GENDERS: dict[str, Gender] = {"H": "male", "h": "male", "S": "female", "s": "female"}

Fits = Callable[[Referent], bool]


class Discourse:
    """The narrator's mentions so far.

    What was resolved joins them, and so do the narrator's "he" and "she" and the offices that open his sentences
    ("The strongman appeared …"), so that a pronoun can go on from the one before it. ``office`` resolves the latter.
    """

    def __init__(self, context: Context, office: Callable[[Span], Referent | None]) -> None:
        self._context = context
        self._office = office
        self._added: list[tuple[Span, Referent]] = []
        self._taken: set[int] = set()
        self._next = 0

    @cached_property
    def _events(self) -> list[Event]:
        """Mentions in the order of the text, read when somebody first looks back."""
        events = list(self._context.events)
        self._taken = {event.at for event in events}
        for span, referent in self._added:
            self._insert(events, span, referent)
        return events

    @cached_property
    def _waiting(self) -> list[Span]:
        context = self._context
        return sorted(
            span for span in (*_pronouns(context.text), *_offices(context)) if context.region(span.start) < 0
        )

    def add(self, span: Span, referent: Referent) -> None:
        """A mention that was resolved."""
        if "_events" in self.__dict__:
            self._insert(self._events, span, referent)
        else:
            self._added.append((span, referent))

    def _insert(self, events: list[Event], span: Span, referent: Referent) -> None:
        self._context.keep(referent)
        if span.start not in self._taken:
            self._taken.add(span.start)
            weight = 3 if self._context.says(span.end) else 2
            insort(events, Event(span.start, span.end, weight, self._context.region(span.start), referent.key))

    def known(self) -> list[Referent]:
        """Everyone mentioned so far, in the order of the text, each once."""
        keys = dict.fromkeys(event.key for event in self._events)
        return [self._context.referents[key] for key in keys]

    def go_back(self, at: int, region: int, gender: Gender | None) -> tuple[Referent | None, str]:
        """The person whom a pronoun of this gender (None: of either) means."""
        return self.antecedent(at, region, lambda one: _is_person(one, gender))

    def antecedent(self, at: int, region: int, fits: Fits) -> tuple[Referent | None, str]:
        """The nearest sentence's first subject that fits, or the only one it names; else another mention near by.

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
        window = reversed(self._events[max(0, k - _MOST_EVENTS) : k])
        near = islice((event for event in window if event.end <= at and event.region == region), _MAX_EVENTS)
        here = self._context.told_sentences(at)
        for _, events in groupby(near, key=lambda event: self._context.sentence(event.at)):
            spoken = sorted(events)
            if here - self._context.told_sentences(spoken[0].at) > _MAX_SENTENCES:
                return
            yield spoken

    def _advance(self, at: int) -> None:
        """Take in the narrator's pronouns and offices before ``at``."""
        events = self._events
        while self._next < len(self._waiting) and self._waiting[self._next].start < at:
            span = self._waiting[self._next]
            self._next += 1
            if span.start in self._taken:
                continue
            first = self._context.text[span.start]
            referent = self._office(span) if first == "T" else self._pronoun(span.start, _GENDERS[first])
            if referent is not None:
                self._insert(events, span, referent)

    def _pronoun(self, at: int, gender: Gender) -> Referent | None:
        return self._search(at, -1, lambda one: _is_person(one, gender))[0]

    def _search(self, at: int, region: int, fits: Fits) -> tuple[Referent | None, str]:
        fallback: Referent | None = None
        for distance, events in enumerate(self.before(at, region)):
            fitting = [event for event in events if fits(self._context.referents[event.key])]
            best = max((event.weight for event in fitting), default=0)
            if best >= 2:
                first = next(event for event in fitting if event.weight == best)
                return self._context.referents[first.key], "nearest-subject"
            only = {event.key for event in fitting}
            if distance == 0 and best == 1 and len(only) == 1:
                return self._context.referents[only.pop()], "nearest-mention"
            if fitting and fallback is None and distance < 3:
                fallback = self._context.referents[fitting[-1].key]
        if fallback is not None:
            return fallback, "nearest-mention"
        return None, "none:no-antecedent"


def _pronouns(text: str) -> Iterator[Span]:
    return (Span(*match.span()) for match in _SUBJECT_PRONOUN.finditer(text))


def _offices(context: Context) -> Iterator[Span]:
    """ "The Russian president", "The dictator" at the head of a sentence."""
    for sentence in context.article.sentences:
        match = _OFFICE.match(context.text, sentence.start) if context.text.startswith("The ", sentence.start) else None
        if match is None:
            continue
        for word in _WORD.finditer(context.text, match.start() + 4, match.end()):
            if word[0] in _OFFICES:
                yield Span(match.start(), word.end())
                break


def _is_person(one: Referent, gender: Gender | None) -> bool:
    return one.type == "person" and (gender is None or one.gender in (gender, None))
