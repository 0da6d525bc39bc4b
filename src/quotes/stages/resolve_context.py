"""What a document knows of its speakers: its names and people, its countries and its day, who is named where."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from quotes.lexicon import CUES
from quotes.records import Article, Quotation, SpeakerType
from quotes.registry import Country, Outlet, Person, Registry, fold
from quotes.registry.rows import Gender
from quotes.registry.words import MENTION_WORDS, NAME_WORDS
from quotes.stages.resolve_descriptions import Descriptions
from quotes.stages.resolve_names import SMALL_WORD, find_names, names_in
from quotes.stages.resolve_offices import Description, holds
from quotes.stages.resolve_people import Entity, Occurrence, People, is_strong
from quotes.stages.resolve_reports import FROM_BODY, NEXT, OFFICE_BEHIND, ROLES, says, says_word
from quotes.stages.resolve_sequences import Known, Name, written
from quotes.stages.small_words import SmallWords

_YEAR = re.compile(r"(?<![\d.,-])(?:19|20)\d\d(?![\d,]\d|\d)")
_PREFIX = re.compile("[a-z]-")
_OF_PLACE = re.compile(r" of [A-Z]\w+(?: [A-Z]\w+)? ([a-z]+)\b")
_LAST = re.compile(r"(\w+) $")
_ROLE_BEFORE = re.compile(r"\b(\w+), $")
_PERSON_BEHIND = re.compile(
    r", (?:\d\d[,.]|(?:a|an|the|who|whose|chief|executive|president|director|chairman)\b)", re.IGNORECASE
)
_LANDMARKS = frozenset("port mount lake cape fort bay point".split())
_NEWS_AGENCY = frozenset("news agency press telegraph".split())
_NATION = re.compile(r"\b([A-Z]\w+) $")
_HUMAN = frozenset("met sat stood walked smiled nodded laughed shrugged wept sang slept knelt waved blushed".split())
"""What people do, and no body or place."""
_BEFORE = 300
"""Characters before a name in which its sentence is looked at."""
_CLOSED = NAME_WORDS["function"] | NAME_WORDS["organisation"] | NAME_WORDS["place"] | NAME_WORDS["time"]
_UNKNOWN = "none:short-name-without-full"
_MODIFIED = (
    NAME_WORDS["title"] | NAME_WORDS["organisation"] | MENTION_WORDS["person_head"] | MENTION_WORDS["body"]
    | MENTION_WORDS["document"] | MENTION_WORDS["group"]
) - {"state", "states", "report", "reports", "post", "show", "speaks", "speak", "will", "may"}


class Referent(NamedTuple):
    """Somebody or something that can speak. ``key`` is the same for every mention of the same one."""

    key: str
    name: str | None
    id: str | None
    type: SpeakerType
    country: str | None
    gender: Gender | None = None
    row: Known | None = None
    carrier: tuple[str, str | None] | None = None  # name and registry id of the outlet that carried what he wrote


class Event(NamedTuple):
    """A place where the narrator (or, in ``region`` ≥ 0, a quotation) names a possible speaker.

    ``weight`` is 3 where a verb of saying follows, 2 for another subject, 1 elsewhere, 0 for a modifier.
    """

    at: int
    end: int
    weight: int
    region: int
    key: str


class Context:
    """Everything about one article that resolving needs, computed once."""

    def __init__(self, article: Article, quotations: Sequence[Quotation], registry: Registry) -> None:
        self.article = article
        self.registry = registry
        self.text = article.text
        self.common = SmallWords(self.text, SMALL_WORD)
        self.names = find_names(article, registry, self.common)
        self._name_starts = [name.span.start for name in self.names]
        title = article.document.title or ""
        self._title_names = [
            name for name in names_in(title, registry, SmallWords(title, SMALL_WORD))
            if name.known is not None or len(name.words) <= 3
        ]
        self._describer = Descriptions(self.text, article.lang, registry)
        self.people = People(self.text, self.names, self._title_names, title, registry, self._supports, self._holder)
        self.referents: dict[str, Referent] = {}
        self._descriptions: dict[int, tuple[Description, ...]] = {}
        self._persons: dict[int, bool] = {}
        self._of_entities: dict[int, Referent] = {}
        self._regions = _regions(quotations)
        self._region_starts = [start for start, _ in self._regions]
        self._sentence_starts = [sentence.start for sentence in article.sentences]
        self._occurrences = {occurrence.name.span.start: occurrence for occurrence in self.people.occurrences}

    # --- what the document is -------------------------------------------------------------------------------

    @cached_property
    def outlet(self) -> Outlet | None:
        """The outlet that printed or sent the document."""
        document = self.article.document
        outlet = self.registry.outlet_of_publisher(document.publisher, document.url)
        dateline = self.article.dateline
        if outlet is None and dateline is not None and dateline.agency:
            outlet = self.registry.outlet_named(dateline.agency)
        return outlet

    @cached_property
    def home(self) -> str | None:
        """The country (id) that the document takes for granted: that of its outlet."""
        return self.outlet.country if self.outlet else None

    @cached_property
    def countries(self) -> dict[str, int]:
        """Countries (ids) that text and title name, with how often; the home country counts too."""
        counts: dict[str, int] = {}
        for name in (*self._title_names, *self.names):
            row = name.known
            country = row.id if isinstance(row, Country) else row.country if row is not None else None
            if country is not None and not isinstance(row, Person):
                counts[country] = counts.get(country, 0) + 1
        if self.home:
            counts.setdefault(self.home, 1)
        return counts

    @cached_property
    def day(self) -> str | None:
        """When the document was printed, as EDTF; where it does not say, the time since the latest year it names."""
        if self.article.document.published:
            return self.article.document.published
        dateline = self.article.dateline
        if dateline is not None and dateline.year:
            return f"{dateline.year:04d}"
        years = sorted(year for year in _YEAR.findall(self.text) if year < "2100")
        return f"{years[-1]}/.." if years else None

    def _supports(self, person: Person, name: Name) -> bool:
        """Whether the text names the country, and an office, of a person of the registry whose name is common."""
        return person.country in self.countries and self._describer.names_office(person, name)

    def _holder(self, name: Name) -> Person | None:
        """Who of the registry bears a short name and holds the office that stands at it, in a country of the text."""
        called = [row for row in self.registry.persons_called(" ".join(name.words)) if row.country in self.countries]
        if not called:
            return None
        told = [one for one in (self._describer.before(name), self._describer.behind(name)) if one and one.titles]
        found = [
            row for row in called
            if any(holds(row, one.titles, one.places, self.day, self.registry) for one in told if not one.former)
        ]
        return found[0] if len(found) == 1 else None

    # --- who is described how -------------------------------------------------------------------------------

    def descriptions(self, index: int) -> tuple[Description, ...]:
        """What the text says of one of its people."""
        if index not in self._descriptions:
            names = (occurrence.name for occurrence in self._named.get(index, ()))
            self._descriptions[index] = self._describer.of(names)
        return self._descriptions[index]

    @cached_property
    def _named(self) -> dict[int, list[Occurrence]]:
        """Where each person is named, by the index of the entity."""
        places: dict[int, list[Occurrence]] = {}
        for occurrence in self.people.occurrences:
            if occurrence.entity is not None:
                places.setdefault(occurrence.entity.index, []).append(occurrence)
        return places

    def described_at(self, name: Name) -> Description | None:
        """The titles right before a name."""
        return self._describer.before(name)

    # --- where the text names whom --------------------------------------------------------------------------

    def region(self, position: int) -> int:
        """Index of the outermost quotation around a position, -1 for the narrator's voice."""
        k = bisect_right(self._region_starts, position) - 1
        return k if k >= 0 and position < self._regions[k][1] else -1

    def sentence(self, position: int) -> int:
        """Index of the sentence at or before a position."""
        return bisect_right(self._sentence_starts, position) - 1

    @cached_property
    def _told(self) -> list[int]:
        """For each sentence how many that do not begin inside a quotation stand before it."""
        outside = (self.region(start) < 0 for start in self._sentence_starts)
        return [0, *accumulate(map(int, outside))]

    def told_sentences(self, position: int) -> int:
        """How many sentences of the narrator begin at or before a position: what is quoted does not count."""
        return self._told[self.sentence(position) + 1]

    def says(self, position: int) -> bool:
        """Whether a verb of saying stands right behind a position."""
        return says(self.text, position)

    def name_around(self, position: int) -> Name | None:
        """The name that begins before a position and ends behind it."""
        k = bisect_right(self._name_starts, position - 1) - 1
        return self.names[k] if k >= 0 and self.names[k].span.end > position else None

    def occurrence(self, name: Name) -> Occurrence | None:
        """The occurrence that stands at a name of a person."""
        return self._occurrences.get(name.span.start)

    def names_between(self, start: int, end: int) -> list[Name]:
        """Names that begin in a stretch of the text."""
        return self.names[bisect_right(self._name_starts, start - 1) : bisect_right(self._name_starts, end - 1)]

    def last_name_before(self, position: int) -> Name | None:
        """The last name before a position, where it is that of a person who can be the subject."""
        k = bisect_right(self._name_starts, position - 1) - 1
        for name in reversed(self.names[max(0, k - 2) : k + 1]):
            occurrence = self._occurrences.get(name.span.start)
            if occurrence is None or name.span.end > position:
                return None
            entity = occurrence.entity
            if entity is not None and occurrence.full and occurrence.subject:
                return name if self._is_person(entity) else None
        return None

    @cached_property
    def events(self) -> list[Event]:
        """Possible speakers in the order of the text."""
        return sorted(self._events())

    def _events(self) -> Iterator[Event]:
        for name in self._behind_dateline():
            referent: Referent | None = None
            if name.kind == "person":
                occurrence = self._occurrences[name.span.start]
                entity, subject = occurrence.entity, occurrence.subject
                if entity is not None and self._is_person(entity):
                    referent = self.referent(entity)
                elif occurrence.rule == _UNKNOWN and self._is_titled(name):
                    referent = self.short(name)
            else:
                referent = self.body(name.known) if name.known else self.unknown_body(name)
                subject = self.people.is_subject(name)
            if referent is not None:
                weight = 0 if _is_adjective(name) and not self._is_noun(name) else self._weight(name, subject)
                yield Event(name.span.start, name.span.end, weight, self.region(name.span.start), referent.key)

    def _behind_dateline(self) -> Iterator[Name]:
        """Names behind the dateline."""
        dateline = self.article.dateline
        begin = dateline.span.end if dateline is not None else 0
        return (name for name in self.names if name.span.start >= begin)

    def _weight(self, name: Name, subject: bool) -> int:
        if self.text[max(0, name.lead - 1) : name.lead] == "(" and self._is_object(name):
            return 0  # "condemned the Joint Boat Agreement (JBA)"
        match = NEXT.match(self.text, name.span.end)
        word = match[1].lower() if match else ""
        if says_word(self.text, name.span.end, word) and not self._is_at_place(name):
            return 3
        if name.kind == "outlet" and (place := _OF_PLACE.match(self.text, name.span.end)) and place[1] in CUES:
            return 3
        if name.possessive or word in _MODIFIED or (_PREFIX.fullmatch(self.text, max(0, name.lead - 2), name.lead)):
            return 0
        return 2 if subject and not (name.kind == "country" and name.titles[-1:] == ("of",)) else 1

    def _is_noun(self, name: Name) -> bool:
        """ "The U.S. let them go": a name that is an adjective, too, does something itself."""
        behind = NEXT.match(self.text, name.span.end)
        return behind is not None and (behind[1] in MENTION_WORDS["aux"] or behind[1] == "let")

    def _is_object(self, name: Name) -> bool:
        """Whether a verb of saying stands before a name in its sentence."""
        start = self.article.sentences[self.sentence(name.lead)].start if self._sentence_starts else 0
        return any(word in CUES for word in self.text[max(start, name.lead - _BEFORE) : name.lead].lower().split())

    def _is_at_place(self, name: Name) -> bool:
        """ "Analysts in Port Selwick note": the place says nothing."""
        if name.titles[-1:] in (("of",), ("the",)):
            return True  # "TAMCA of Tamrin said"
        before = _LAST.search(self.text, max(0, name.lead - 20), name.lead)
        return before is not None and before[1] in ("in", "at", "from", "near", "of")

    def _stands_in_place(self, name: Name) -> bool:
        """ "In Lower Ostrel, chairman of nothing now": the name of a place."""
        before = _LAST.search(self.text, max(0, name.lead - 20), name.lead)
        return before is not None and before[1].lower() in ("in", "at", "from", "near")

    def _is_titled(self, name: Name) -> bool:
        """Whether a short name has the title or office of a person before it: "Mr. Wenn", "Secretary Wenn"."""
        titled = name.gender is not None or any(title in NAME_WORDS["title"] for title in name.titles[-1:])
        return titled and not any(word in self.common or word in _CLOSED for word in name.words)

    def _is_person(self, entity: Entity) -> bool:
        """Whether a name in capitals is a person's: its form tells, or the words around it do and none is a noun."""
        told = self._persons.get(entity.index)
        if told is None:
            told = self._persons[entity.index] = is_strong(entity) or (
                entity.words[0] not in _LANDMARKS
                and not any(word in self.common for word in entity.words)
                and (
                    any(self._acts(occurrence.name) for occurrence in self._named.get(entity.index, ()))
                    or bool(self.descriptions(entity.index))
                )
            )
        return told

    def _acts(self, name: Name) -> bool:
        """Whether the words around a name show that it is a person's."""
        behind = NEXT.match(self.text, name.span.end)
        before = _LAST.search(self.text, max(0, name.lead - 20), name.lead)
        role = _ROLE_BEFORE.search(self.text, max(0, name.lead - 30), name.lead)
        return (
            bool(behind and (behind[1].lower() in CUES or behind[1] in MENTION_WORDS["aux"] or behind[1] in _HUMAN))
            or bool(before and (before[1].lower() in CUES or before[1].lower() in ROLES))
            or bool(role and role[1].lower() in ROLES)
            or name.gender is not None
            or any(title in NAME_WORDS["title"] for title in name.titles)
            or _PERSON_BEHIND.match(self.text, name.span.end) is not None
            or (OFFICE_BEHIND.match(self.text, name.span.end) is not None and not self._stands_in_place(name))
            or ((sent := FROM_BODY.match(self.text, name.span.end)) is not None and sent["verb"] in CUES)
        )

    # --- referents ------------------------------------------------------------------------------------------

    def referent(self, entity: Entity) -> Referent:
        """The person that an entity of the document is."""
        known = self._of_entities.get(entity.index)
        if known is None:
            known = self.person(entity.row) if entity.row is not None else self.keep(
                Referent(f"e{entity.index}", entity.name, None, "person", None, entity.gender)
            )
            self._of_entities[entity.index] = known
        return known

    def person(self, row: Person) -> Referent:
        """A person of the registry."""
        return self.referents.get(row.id) or self.keep(
            Referent(row.id, row.name, row.id, "person", self.country_name(row.country), row.gender, row)
        )

    def body(self, row: Known) -> Referent:
        """An outlet, organisation or country of the registry."""
        if row.id in self.referents:
            return self.referents[row.id]
        country = row.id if isinstance(row, Country) else row.country
        kind: SpeakerType = "outlet" if isinstance(row, Outlet) else "organisation"
        return self.keep(Referent(row.id, row.name, row.id, kind, self.country_name(country), None, row))

    def short(self, name: Name) -> Referent:
        """Somebody of whom the document gives no more than a short name."""
        short = written(self.text[name.span.start : name.span.end])
        return self.keep(Referent(f"n:{' '.join(name.words)}", short, None, "person", None, name.gender))

    def unknown_body(self, name: Name) -> Referent:
        """An outlet or organisation that the registry does not hold, by the words of the text."""
        name = self._first_bodies.get(name.words, name)
        start = name.span.start
        if set(name.words) <= _NEWS_AGENCY and (nation := _NATION.search(self.text, max(0, start - 30), start)):
            start, name = nation.start(), name._replace(words=(fold(nation[1]), *name.words))
        name_ = written(self.text[start : name.span.end])
        kind: SpeakerType = "outlet" if name.kind == "outlet" else "organisation"
        return self.keep(Referent("b:" + " ".join(name.words), name_, None, kind, None))

    @cached_property
    def _first_bodies(self) -> dict[tuple[str, ...], Name]:
        """Where each body that the registry does not hold is named first; so it is written."""
        first: dict[tuple[str, ...], Name] = {}
        for name in self._behind_dateline():
            if name.kind != "person" and name.known is None:
                first.setdefault(name.words, name)
        return first

    def keep(self, referent: Referent) -> Referent:
        return self.referents.setdefault(referent.key, referent)

    def country_name(self, identifier: str | None) -> str | None:
        """The name of a country by its id."""
        row = self.registry.row(identifier) if identifier else None
        return row.name if row is not None else None


def _is_adjective(name: Name) -> bool:
    """ "The British branch": the country does nothing itself."""
    return isinstance(name.known, Country) and any(
        fold(adjective) == " ".join(name.words) for adjective in name.known.adjectives
    )


def _regions(quotations: Sequence[Quotation]) -> list[tuple[int, int]]:
    regions: list[tuple[int, int]] = []
    for start, end in sorted((quotation.outer.start, quotation.outer.end) for quotation in quotations):
        if not regions or start >= regions[-1][1]:
            regions.append((start, end))
        elif end > regions[-1][1]:
            regions[-1] = (regions[-1][0], end)
    return regions
