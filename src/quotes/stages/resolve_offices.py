"""Offices: read "the former Russian president" as title, place and time, and find who bears such a description."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from quotes.registry import Country, Organisation, Outlet, Person, Registry, fold
from quotes.registry.fold import bounds, overlap
from quotes.registry.words import MENTION_WORDS

_FORMER = frozenset("former ex late then onetime one-time retired outgoing".split())
_JOINTS = frozenset("of for from to in at the".split())
_MAX_WORDS = 14
_WORD = re.compile(r"[^\s]+")


@dataclass(frozen=True, slots=True)
class Description:
    """What a phrase says of somebody.

    ``titles`` are forms under which the registry keeps offices, ``places`` ids of countries and organisations or
    folded names of places, ``words`` the nouns and adjectives left over, ``unknown`` those of them behind an "of".
    """

    titles: tuple[str, ...]
    places: tuple[str, ...]
    words: tuple[str, ...]
    former: bool
    country: str | None = None
    person: str | None = None
    unknown: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.titles or self.person or self.words)


def describe(phrase: str | Sequence[str], registry: Registry) -> Description:
    """The description that a phrase gives: "the former Russian president", "leader of North Korea"."""
    words = [fold(word) for word in (_WORD.findall(phrase) if isinstance(phrase, str) else phrase)]
    words = [word for word in words if word][:_MAX_WORDS]
    while words and words[0] in MENTION_WORDS["determiner"]:
        words = words[1:]
    return _described(tuple(words), registry)


@lru_cache(maxsize=8192)
def _described(words: tuple[str, ...], registry: Registry) -> Description:
    """The description that folded words give; the same few come again and again."""
    former = any(word in _FORMER or word.startswith("ex-") for word in words)
    titles: list[str] = []
    places: list[str] = []
    rest: list[str] = []
    unknown: list[str] = []
    joined = False
    country = person = None
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + min(6, registry.longest_phrase(words[at].partition(" ")[0]))), at, -1):
            stretch = " ".join(words[at:end])
            epithet = registry.epithets.get(stretch, ())
            title = registry.titles.get(stretch)
            if epithet or title:
                for one in epithet:
                    titles.extend(one.titles)
                    country = country or one.country
                    person = person or one.person
                if title:
                    titles.append(title.title)
                break
            if (place := _place(stretch, registry)) is not None:
                places.append(place)
                joined = False
                break
        else:
            end = at + 1
            joined = joined or words[at] in ("of", "for")
            if words[at] not in _JOINTS and words[at] not in _FORMER:
                rest.append(words[at])
                if joined and words[at] not in MENTION_WORDS["determiner"] | MENTION_WORDS["rank"]:
                    unknown.append(words[at])
        at = end
    if unknown and registry.persons_named(" ".join(unknown)):
        unknown = []  # "the sister of Aldo Brenn"
    return Description(
        tuple(dict.fromkeys(titles)), tuple(dict.fromkeys(places)), tuple(rest), former, country, person,
        tuple(unknown),
    )


def _place(words: str, registry: Registry) -> str | None:
    row = registry.country_named(words) or registry.organisation_named(words)
    if row is not None:
        return row.id
    return words if registry.is_place(words) else None


def holds(person: Person, titles: Sequence[str], places: Sequence[str], day: str | None, registry: Registry,
          *, former: bool = False) -> bool:
    """Whether somebody holds one of the titles on the day, of one of the places where any is given."""
    when = bounds(day)
    for office in person.offices:
        if office.title not in titles:
            continue
        term = bounds(office.start)[0], bounds(office.end)[1]
        if not (overlap(term, when) or (former and term[0] <= when[1])):
            continue
        if not places or any(_covers(office.of, place, registry) for place in places):
            return True
    return False


def _covers(of: str, place: str, registry: Registry) -> bool:
    if fold(of) == fold(place):
        return True
    row, where = registry.row(of), registry.row(place)
    if isinstance(where, Country) and fold(of) == fold(where.name):
        return True  # Georgia, the state and the country
    return isinstance(row, Organisation | Outlet | Person) and row.country == place


def fits_place(person: Person | None, places: Sequence[str], known: Sequence[str]) -> bool:
    """Whether a description's places speak for somebody: his country, or places the text gave him; none always do."""
    if not places:
        return True
    return any(place in known or (person is not None and place == person.country) for place in places)


def holders(
    description: Description, countries: Sequence[str], day: str | None, registry: Registry
) -> tuple[Person, ...]:
    """Who in the registry holds the office described, in the places described or else in ``countries``."""
    places: Sequence[str | None] = description.places or tuple(countries)
    if description.country is not None:
        places = [place for place in places if place == description.country] or (
            [] if description.places else [description.country]
        )
    for title in description.titles:
        found = {person.id: person for place in places for person in registry.holders(title, place, day)}
        if found:
            return tuple(found.values())
    return ()


def country_names(words: Sequence[str], registry: Registry) -> Iterator[Country]:
    """Countries named in folded words, longest names first, each word used once."""
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + 5), at, -1):
            country = registry.country_named(" ".join(words[at:end]))
            if country is not None:
                yield country
                at = end
                break
        else:
            at += 1
