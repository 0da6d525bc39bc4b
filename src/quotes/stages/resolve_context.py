"""What a document knows of its speakers: its names, people and their descriptions, its countries and its day."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from quotes.lexicon import CUES
from quotes.records import Article, Quotation, SpeakerType
from quotes.registry import Country, Organisation, Outlet, Person, Registry, fold
from quotes.registry.rows import Gender
from quotes.registry.words import MENTION_WORDS, NAME_WORDS
from quotes.stages.resolve_names import Known, Name, find_names, names_in
from quotes.stages.resolve_offices import Description, describe, holds
from quotes.stages.resolve_people import Entity, Occurrence, People, is_strong

_NEXT = re.compile(r" ([\w-]+)")
_LAST = re.compile(r"(\w+) $")
_PERSON_BEHIND = re.compile(r", (?:\d\d[,.]|(?:a|an|the|who|whose|chief|executive|president|director|chairman)\b)")
_NOUN_CUES = frozenset({"report", "claim", "comment", "call", "demand", "promise", "address", "tweet", "post"})
_MODIFIED = (
    NAME_WORDS["title"] | NAME_WORDS["organisation"] | MENTION_WORDS["person_head"] | MENTION_WORDS["body"]
    | MENTION_WORDS["document"] | MENTION_WORDS["group"]
) - {"state", "states", "report", "reports", "post", "show"}
_YEAR = re.compile(r"(?<![\d.,-])(?:19|20)\d\d(?![\d,]\d|\d)")
_BEFORE = re.compile(r"((?:[\w'’.-]+ ){1,8})$")
_AFTER = re.compile(r",? (?:\(([^()\n]{3,80})\)|((?:the|a|an|his|her|its|who is|who was|[a-z])[^,.;:\n\"“”()]{2,110})(?=[,.;:\n)]))")


@dataclass(frozen=True, slots=True)
class Referent:
    """Somebody or something that can speak. ``key`` is the same for every mention of the same one."""

    key: str
    name: str | None
    id: str | None
    type: SpeakerType
    country: str | None
    gender: Gender | None = None
    row: Known | None = None
    entity: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """A place where the narrator names a possible speaker: ``weight`` 2 where as subject, 0 where possessive."""

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
        self.names = find_names(article, registry)
        self.starts = [name.span.start for name in self.names]
        title = article.document.title or ""
        self.title_names = [name for name in names_in(title, registry) if _trusted(name)]
        self.people = People(self.text, self.names, self.title_names, title, registry, self.supports)
        self.referents: dict[str, Referent] = {}
        self._regions = _regions(quotations)
        self._sentence_starts = [sentence.start for sentence in article.sentences]
        self._occurrences = {occurrence.name.span.start: occurrence for occurrence in self.people.occurrences}
        self.descriptions = [self._described(entity) for entity in self.people.entities]

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
        for name in (*self.title_names, *self.names):
            row = name.known
            country = row.id if isinstance(row, Country) else row.country if row is not None else None
            if country is not None and not isinstance(row, Person):
                counts[country] = counts.get(country, 0) + 1
        if self.home:
            counts.setdefault(self.home, 1)
        return counts

    @cached_property
    def day(self) -> str | None:
        """When the document was printed, as EDTF: where it does not say, the time since the latest year it names."""
        if self.article.document.published:
            return self.article.document.published
        dateline = self.article.dateline
        if dateline is not None and dateline.year:
            return f"{dateline.year:04d}"
        years = sorted(year for year in _YEAR.findall(self.text) if year < "2100")
        return f"{years[-1]}/.." if years else None

    def supports(self, person: Person, name: Name | None = None) -> bool:
        """Whether the document names one of the offices that this person bears, or a country of a rare name."""
        if person.country is not None and person.country not in self.countries:
            return False
        if not person.common:
            return True
        return name is not None and self._names_office(person, name)

    def _names_office(self, person: Person, name: Name) -> bool:
        description = describe([*self._before(name), *name.titles], self.registry)
        behind = self._after(name)
        titles = (*description.titles, *(behind.titles if behind else ()))
        return holds(person, titles, (), None, self.registry)

    # --- who is described how -------------------------------------------------------------------------------

    def _described(self, entity: Entity) -> list[Description]:
        found: list[Description] = []
        for name in entity.places:
            front = [*self._before(name), *name.titles]
            if front:
                found.append(describe(front, self.registry))
            behind = self._after(name)
            if behind:
                found.append(behind)
        return [description for description in dict.fromkeys(found) if description]

    def _before(self, name: Name) -> list[str]:
        """Title words in small letters, and the country before them, that stand before a name."""
        start = name.span.start
        window = self.text[max(0, start - 70) : start]
        window = window[window.rfind("\n") + 1 :]
        match = _BEFORE.search(window)
        if match is None:
            return []
        words: list[str] = []
        for raw in reversed(match[1].split()):
            word = fold(raw)
            titled = word in NAME_WORDS["title"] or word in self.registry.titles or word in MENTION_WORDS["rank"]
            if not (titled or raw[0].isupper() or word in ("of", "state", "foreign", "defence", "defense")):
                if raw in ("the", "The", "a"):
                    words.append("the")
                break
            words.append(word)
        words.reverse()
        while words and words[0] in ("of", "the"):
            words = words[1:]
        titles = list(name.titles)
        # The sequence of capitals right before the name is known already.
        if titles and words[-len(titles) :] == titles:
            words = words[: -len(titles)]
        return words

    def _after(self, name: Name) -> Description | None:
        match = _AFTER.match(self.text, name.span.end)
        if match is None or not match[0].startswith(","):
            return None
        phrase = match[2] or ""
        words = phrase.removeprefix("who is ").removeprefix("who was ").split()
        head = describe(words[:12], self.registry)
        return head if head.titles or words[0] in MENTION_WORDS["determiner"] else None

    # --- where the narrator names whom ----------------------------------------------------------------------

    def region(self, position: int) -> int:
        """Index of the outermost quotation around a position, -1 for the narrator's voice."""
        k = bisect_right(self._regions, (position, 1 << 60)) - 1
        return k if k >= 0 and position < self._regions[k][1] else -1

    def sentence(self, position: int) -> int:
        """Index of the sentence at or before a position."""
        return bisect_right(self._sentence_starts, position) - 1

    def occurrence(self, name: Name) -> Occurrence | None:
        """The occurrence that stands at a name of a person."""
        return self._occurrences.get(name.span.start)

    def names_between(self, start: int, end: int) -> list[Name]:
        """Names that begin in a stretch of the text."""
        return self.names[bisect_right(self.starts, start - 1) : bisect_right(self.starts, end - 1)]

    @cached_property
    def events(self) -> list[Event]:
        """Possible speakers in the order of the text."""
        return sorted(self._events())

    def _events(self) -> Iterator[Event]:
        for name in self.names:
            referent: Referent | None
            if name.kind == "person":
                occurrence = self._occurrences[name.span.start]
                referent = self.referent(occurrence.entity) if occurrence.entity else None
                subject = occurrence.subject
            else:
                referent = self.body(name.known) if name.known else None
                subject = self.people.is_subject(name)
            if referent is not None:
                weight = self._weight(name, subject)
                if name.kind == "person" and not self._is_person(occurrence.entity):
                    weight = min(weight, 1)
                yield Event(name.span.start, name.span.end, weight, self.region(name.span.start), referent.key)

    def _weight(self, name: Name, subject: bool) -> int:
        """3 where a verb of saying follows, 2 for another subject, 1 for other places, 0 for a modifier."""
        match = _NEXT.match(self.text, name.span.end)
        word = match[1].lower() if match else ""
        if word in CUES and word not in _NOUN_CUES:
            return 3
        if name.possessive or word in _MODIFIED:
            return 0
        return 2 if subject else 1

    def _is_person(self, entity: Entity | None) -> bool:
        """Whether a name in capitals is surely a person's: a verb of saying follows it somewhere, or its form tells."""
        return entity is not None and (is_strong(entity) or entity.index in self._speaking)

    @cached_property
    def _speaking(self) -> frozenset[int]:
        """Entities that the text reports to say something, or gives an age."""
        found = set()
        for occurrence in self.people.occurrences:
            entity, name = occurrence.entity, occurrence.name
            if entity is None or entity.index in found:
                continue
            behind = _NEXT.match(self.text, name.span.end)
            before = _LAST.search(self.text, max(0, name.lead - 20), name.lead)
            if (
                (behind and behind[1].lower() in CUES)
                or (before and before[1].lower() in CUES)
                or name.gender is not None
                or any(title in NAME_WORDS["title"] for title in name.titles)
                or _PERSON_BEHIND.match(self.text, name.span.end)
            ):
                found.add(entity.index)
        return frozenset(found)

    # --- referents ------------------------------------------------------------------------------------------

    def referent(self, entity: Entity) -> Referent:
        """The person that an entity of the document is."""
        if entity.row is not None:
            return self.person(entity.row, entity.index)
        key = f"e{entity.index}"
        if key not in self.referents:
            self.referents[key] = Referent(key, entity.name, None, "person", None, entity.gender, None, entity.index)
        return self.referents[key]

    def person(self, row: Person, entity: int | None = None) -> Referent:
        """A person of the registry."""
        if row.id not in self.referents:
            self.referents[row.id] = Referent(
                row.id, row.name, row.id, "person", self.country_name(row.country), row.gender, row, entity
            )
        return self.referents[row.id]

    def body(self, row: Known) -> Referent:
        """An outlet, organisation or country of the registry."""
        if row.id not in self.referents:
            country = row.id if isinstance(row, Country) else row.country
            kind: SpeakerType = "outlet" if isinstance(row, Outlet) else "organisation"
            self.referents[row.id] = Referent(
                row.id, row.name, row.id, kind, self.country_name(country), None, row
            )
        return self.referents[row.id]

    def country_name(self, identifier: str | None) -> str | None:
        """The name of a country by its id."""
        row = self.registry.row(identifier) if identifier else None
        return row.name if row is not None else None


def _regions(quotations: Sequence[Quotation]) -> list[tuple[int, int]]:
    regions: list[tuple[int, int]] = []
    for start, end in sorted((quotation.outer.start, quotation.outer.end) for quotation in quotations):
        if not regions or start >= regions[-1][1]:
            regions.append((start, end))
        elif end > regions[-1][1]:
            regions[-1] = (regions[-1][0], end)
    return regions


def _trusted(name: Name) -> bool:
    """Names of a title, where every word may have a capital: those that the registry knows, and plain ones."""
    return name.known is not None or len(name.words) <= 3


__all__ = ["Context", "Event", "Organisation", "Referent"]
