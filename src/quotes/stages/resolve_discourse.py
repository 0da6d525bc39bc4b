"""Discourse: who was named before, and the nearest subject to which a pronoun or a bare noun can go back."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import groupby, islice

from quotes.lexicon import CUES
from quotes.records import Span
from quotes.registry.rows import Gender
from quotes.registry.words import MENTION_WORDS, NAME_WORDS
from quotes.stages.resolve_context import Context, Event, Referent
from quotes.stages.resolve_offices import describe

_MAX_EVENTS = 40
_MOST_EVENTS = 400
_MAX_SENTENCES = 14
# Begins with one class, which the engine finds fastest.
_SUBJECT_PRONOUN = re.compile(r"[HhSs](?<!\w.)(?:(?<=[Hh])|(?<=[Ss])h)e\b")

_OFFICE = re.compile(r"(?:The|An?) (?:[\w'’-]+ ?){1,5}")
_OF = re.compile(r" (?:of|for) (?:the )?[A-Z][\w'’-]*(?: (?:(?:of|the|for|and|in|de) ){0,2}[A-Z][\w'’-]*)*")
_OF_A_PARTY = re.compile(r" of (?:the|an?) (?:visiting )?(?:delegation|group|party|mission|team|troupe|family)\b")
"""To what an office belongs that the narrator does not name: "The head of the delegation said"."""
_WORD = re.compile(r"[\w-]+")
_OFFICES = NAME_WORDS["title"] | MENTION_WORDS["person_head"]
_NOUNS = "|".join(sorted(MENTION_WORDS["body"] - {"side", "group", "team", "leadership", "regime", "force"}))
_CAPITALISED = "|".join(noun.capitalize() for noun in sorted(_NOUNS.split("|")))
_BODY = re.compile(
    rf"[Tt]he (?:[\w'’-]+ ){{0,4}}?(?:{_NOUNS}|{_CAPITALISED}|Group(?= of| for))\b"
    r"(?: (?:of|for) (?:the )?(?:[a-z]+ )?[A-Z][\w'’-]*(?: (?:(?:of|the|for|and) ){0,2}[A-Z\d][\w'’-]*)*)?"
)
_UNNAMED_MEDIUM = re.compile(
    r"An? (?:[\w-]+ ){0,3}?(?:newspaper|paper|daily|weekly|magazine|broadcaster|radio|TV|website|news agency)"
    r"(?= (?!of |called |named |titled )[a-z])"
)
"""An outlet that the narrator does not name: "A Lorrican newspaper said"."""
_FRONTED = re.compile(r"[A-Z][^,:;\n]{3,100}, (?=the )")
_ABOUT_TO, _FRONT = ", the ", 110
"""What stands in it, and the characters in which."""
_ARTICLES = ("The ", "the ")
_REPORT_BEHIND = re.compile(
    r"[\w)], (?P<who>he|she|it|the (?:[a-z-]+ ){0,2}[a-z-]+) (?:also |further |again |then )?(?P<verb>[a-z]+)"
    r"(?: further)?(?:,? (?:and (?:went on|continued|added)|adding|saying|stressing)(?: to say)?)?[.:]?\s*$"
)
_REPORT_SIGHT = 60
"""Characters at the end of a sentence in which a report behind what it reports is looked for."""
_LEADING = frozenset("when while after before as if since although though because once until asked".split())
"""Words that open a clause in front of "he said" that does not tell what he said."""
_APPOSED = 40
"""Characters between an office and the name of who bears it."""
_GENDERS: dict[str, Gender] = {"H": "male", "h": "male", "S": "female", "s": "female"}

_LONG_REPORT = 60
"""Sentences of one report in which no second person is named, at most."""
_NOBODY: tuple[None, str] = (None, "none:no-antecedent")

Fits = Callable[[Referent], bool]


class Discourse:
    """The narrator's mentions so far.

    What was resolved joins them, and so do the narrator's "he" and "she" and the offices that open his sentences
    ("The strongman appeared …") and the bodies ("The Norvanian ministry of works is …"), so that a pronoun can go on
    from the one before it. ``office`` and ``body`` resolve the latter.
    """

    def __init__(
        self, context: Context, office: Callable[[Span], Referent | None], body: Callable[[Span], Referent | None]
    ) -> None:
        self._context = context
        self._office = office
        self._body = body
        self._added: list[tuple[Span, Referent]] = []
        self._taken: set[int] = set()
        self._keys: set[str] = set()
        self._next = 0
        self._reports: dict[int, int] = {}
        """By sentence: where the report begins that stands behind what it reports, -1 where none does."""

    @cached_property
    def _events(self) -> list[Event]:
        """Mentions in the order of the text, read when somebody first looks back."""
        events = list(self._context.events)
        self._taken = {event.at for event in events}
        self._keys = {event.key for event in events}
        for span, referent in self._added:
            self._insert(events, span, referent)
        return events

    @cached_property
    def _waiting(self) -> list[Span]:
        context = self._context
        return sorted(
            span for span in (*_pronouns(context.text), *_offices(context), *_bodies(context), *_media(context))
            if context.region(span.start) < 0 or context.text[span.start] == "t"
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
            self._keys.add(referent.key)
            weight = 3 if self._context.says(span.end) else 2
            insort(events, Event(span.start, span.end, weight, self._context.region(span.start), referent.key))

    def known(self) -> list[Referent]:
        """Everyone mentioned so far, in the order of the text, each once."""
        keys = dict.fromkeys(event.key for event in self._events)
        return [self._context.referents[key] for key in keys]

    def names(self, key: str) -> bool:
        """Whether somebody has been mentioned so far."""
        return bool(self._events) and key in self._keys

    def spoke(self, key: str, start: int, end: int) -> bool:
        """Whether a verb of saying stands at a mention of somebody between two positions."""
        return any(event.key == key and event.weight == 3 for event in self._between(start, end))

    def people_between(self, start: int, end: int) -> bool:
        """Whether the narrator names somebody else as a subject between two positions."""
        return any(
            event.weight >= 2 and event.region < 0 and self._context.referents[event.key].type == "person"
            for event in self._between(start, end)
        )

    def _between(self, start: int, end: int) -> list[Event]:
        first = bisect_left(self._events, start, key=lambda event: event.at)
        last = bisect_left(self._events, end, key=lambda event: event.at)
        return self._events[max(first, last - _MOST_EVENTS) : last]

    def go_back(
        self, at: int, region: int, gender: Gender | None, besides: str | None = None
    ) -> tuple[Referent | None, str]:
        """The person whom a pronoun of this gender (None: of either) means: not the one of the key ``besides``."""
        found = self.antecedent(at, region, lambda one: _is_person(one, gender) and one.key != besides)
        if found[0] is not None or region >= 0:
            return found
        carried = self._carried_on(at, gender)
        return _NOBODY if carried[0] is not None and carried[0].key == besides else carried

    def _carried_on(self, at: int, gender: Gender | None) -> tuple[Referent | None, str]:
        """The subject of a long report behind which no other person comes: "he went on" a page later."""
        k = bisect_left(self._events, at, key=lambda event: event.at)
        here = self._context.told_sentences(at)
        for event in reversed(self._events[max(0, k - _MOST_EVENTS) : k]):
            one = self._context.referents[event.key]
            if event.region >= 0 or event.end > at or one.type != "person" or self._is_content(event):
                continue
            near = here - self._context.told_sentences(event.at) <= _LONG_REPORT
            return (one, "carried-on") if near and event.weight >= 2 and _is_person(one, gender) else _NOBODY
        return _NOBODY

    def antecedent(self, at: int, region: int, fits: Fits) -> tuple[Referent | None, str]:
        """The nearest sentence's first subject that fits, or the only one it names; else another mention near by.

        Inside a quotation its own mentions come first, the narrator's second.
        """
        self._advance(at)
        referent, rule = self._search(at, region, fits)
        if referent is None and region >= 0:
            return self._search(at, -1, lambda one: one.name is not None and fits(one))
        return referent, rule

    def before(self, at: int, region: int) -> Iterator[list[Event]]:
        """Mentions that end before ``at`` in the same voice, a sentence each, the nearest sentence first."""
        k = bisect_left(self._events, at, key=lambda event: event.at)
        window = reversed(self._events[max(0, k - _MOST_EVENTS) : k])
        told = (event for event in window if event.end <= at and event.region == region and not self._is_content(event))
        near = islice(told, _MAX_EVENTS)
        here = self._context.told_sentences(at)
        for _, events in groupby(near, key=lambda event: self._context.sentence(event.at)):
            spoken = sorted(events)
            if here - self._context.told_sentences(spoken[0].at) > _MAX_SENTENCES:
                return
            yield spoken

    def _is_content(self, event: Event) -> bool:
        """Whether somebody is named in what another is told to have said: "Brenn built the dyke, he noted."."""
        k = self._context.sentence(event.at)
        if k not in self._reports:
            self._reports[k] = _report_behind(self._context, k)
        return event.at < self._reports[k]

    def _advance(self, at: int) -> None:
        """Take in the narrator's pronouns and offices before ``at``."""
        events = self._events
        while self._next < len(self._waiting) and self._waiting[self._next].start < at:
            span = self._waiting[self._next]
            self._next += 1
            if span.start in self._taken:
                continue
            first = self._context.text[span.start]
            referent = self._bearer(span) if first in "TAt" else self._pronoun(span.start, _GENDERS[first])
            if referent is not None:
                self._insert(events, span, referent)

    def _bearer(self, span: Span) -> Referent | None:
        """Who bears an office; somebody without a name, where it is that of a body that nobody else belongs to."""
        phrase = self._context.text[span.start : span.end]
        of_party = _OF_A_PARTY.search(phrase) is not None
        if not of_party and _BODY.fullmatch(phrase):
            return self._body(span)
        if _UNNAMED_MEDIUM.match(self._context.text, span.start):
            return Referent(f"u:{span.start}", None, None, "outlet", None)
        found = self._office(span) if phrase.startswith("The ") else None
        if found is not None:
            return found
        of_body = _OF.search(phrase) is not None
        other = phrase.startswith("A") or of_party or of_body or bool(describe(phrase, self._context.registry).unknown)
        return Referent(f"u:{span.start}", None, None, "person", None) if other else None

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


def _report_behind(context: Context, k: int) -> int:
    """Where the report begins with which a sentence ends: "…, he noted.", "…, she said, and went on:"."""
    start, end = context.article.sentences[k]
    match = _REPORT_BEHIND.search(context.text, max(start, end - _REPORT_SIGHT), end)
    if match is None or match["verb"] not in CUES or context.text[start:end].split()[0].lower() in _LEADING:
        return -1
    return match.start("who")


def _pronouns(text: str) -> Iterator[Span]:
    return (Span(*match.span()) for match in _SUBJECT_PRONOUN.finditer(text))


def _offices(context: Context) -> Iterator[Span]:
    """ "The Russian president", "A member of the Tolva Club" at the head of a sentence, without a name behind."""
    for sentence in context.article.sentences:
        match = _OFFICE.match(context.text, sentence.start) if context.text[sentence.start] in "TA" else None
        end = _office_end(context.text, match) if match is not None else None
        if end is None:
            continue
        party = _OF_A_PARTY.match(context.text, end)
        end = party.end() if party else end
        complement = _OF.match(context.text, end)
        end = complement.end() if complement else end
        if context.text[end : end + 1] not in ("'", "’") and not _is_named(context, end):
            yield Span(sentence.start, end)


def _office_end(text: str, match: re.Match[str]) -> int | None:
    """Where the first run of nouns for offices ends."""
    end = None
    for word in _WORD.finditer(text, match.start() + 2, match.end()):
        if word[0] in _OFFICES:
            end = word.end()
        elif end is not None:
            break
    return end


def _bodies(context: Context) -> Iterator[Span]:
    """ "The Norvanian ministry of works" at the head of a sentence, or behind what stands in front of its subject."""
    text = context.text
    for start, end in context.article.sentences:
        # Most sentences show by a few letters that neither expression, each of which tries many ways, can match.
        if text.find(_ABOUT_TO, start, min(end, start + _FRONT)) >= 0 and (lead := _FRONTED.match(text, start, end)):
            start = lead.end()
        match = _BODY.match(text, start, end) if text.startswith(_ARTICLES, start) else None
        if match is not None and context.text[match.end() : match.end() + 1] not in ("'", "’"):
            yield Span(*match.span())


def _media(context: Context) -> Iterator[Span]:
    """ "A Lorrican newspaper" at the head of a sentence."""
    for sentence in context.article.sentences:
        match = _UNNAMED_MEDIUM.match(context.text, sentence.start) if context.text[sentence.start] == "A" else None
        if match is not None:
            yield Span(*match.span())


def _is_named(context: Context, end: int) -> bool:
    """Whether the name of who bears an office follows, no verb before it: "A pilot, Dace Harrow, said"."""
    for name in context.names_between(end, end + _APPOSED):
        between = context.text[end : name.lead]
        if '"' in between or "“" in between:
            return False  # "The chairman of the Boat Union “Long Live Odo Venkar” said"
        words = between.split()
        return name.kind == "person" and not any(word in CUES or word in MENTION_WORDS["aux"] for word in words)
    return False


def _is_person(one: Referent, gender: Gender | None) -> bool:
    return one.type == "person" and (gender is None or one.gender in (gender, None))
