"""Look people, bodies, outlets and countries up by the names that texts give them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TypeVar
from urllib.parse import urlsplit

from quotes.registry.check import collisions
from quotes.registry.fold import bounds, fold, overlap
from quotes.registry.rows import Country, Epithet, Organisation, Outlet, Person, Place, Title

R = TypeVar("R", Person, Organisation, Outlet, Country, Place)
Named = Person | Organisation | Outlet | Country
_BRACKET = re.compile(r"\s*[(\[]([^)\]]*)[)\]]\s*")
_ARTICLE = re.compile(r"(?:the|a|an) ")
_ARTICLES = frozenset({"the", "a", "an"})


class Registry:
    """Immutable; every lookup is one step in a dictionary built at the start.

    Names are compared folded: case, hyphens, dots, diacritics and a possessive ``'s`` make no difference, nor
    does a leading article. Where several rows bear a name, the lookups that return one row return None.
    """

    def __init__(
        self,
        people: tuple[Person, ...],
        organisations: tuple[Organisation, ...],
        outlets: tuple[Outlet, ...],
        countries: tuple[Country, ...],
        places: tuple[Place, ...] = (),
        titles: tuple[Title, ...] = (),
        epithets: tuple[Epithet, ...] = (),
    ) -> None:
        self.people = people
        self.organisations = organisations
        self.outlets = outlets
        self.countries = countries
        self.places = places
        spoken = _index((place.speaks_for, name) for place in places for name in (place.name, *place.aliases))
        self.titles: Mapping[str, Title] = MappingProxyType({fold(title.word): title for title in titles})
        self.epithets: Mapping[str, tuple[Epithet, ...]] = MappingProxyType(
            _index((fold(epithet.phrase), epithet) for epithet in epithets)
        )
        self._people = _index((fold(name), row) for row in people for name in (row.name, *row.aliases))
        self._called = _index((fold(name), row) for row in people for name in (row.family, *row.bare))
        self._bare = _index((fold(name), row) for row in people for name in row.bare)
        self._organisations = _index(
            (fold(name), row)
            for row in organisations
            for name in (row.name, *row.aliases, *spoken.get(row.id, ()))
        )
        self._outlets = _index((fold(name), row) for row in outlets for name in (row.name, *row.aliases))
        self._countries = _index(
            (fold(name), row)
            for row in countries
            for name in (row.name, *row.aliases, *row.adjectives, *row.metonyms, *spoken.get(row.id, ()))
        )
        self._located = _index((fold(name), row) for row in places for name in (row.name, *row.aliases))
        self._domains = {domain.casefold(): row for row in outlets for domain in row.domains}
        self._ids: dict[str, Named] = {
            row.id: row for rows in (people, organisations, outlets, countries) for row in rows
        }
        self._all = _joined(self._people, self._organisations, self._outlets, self._countries)
        self._longest = _lengths(self._all)
        self._seats = frozenset(
            fold(office.of) for row in people for office in row.offices if office.of[1:2] != ":"
        )
        self._longest_phrases = _lengths(self._phrases())
        self._openings = frozenset(name.split(" ", 1)[0] for name in self._people if " " in name)
        self._bodies = _index(self._bodies_by_country())
        self._offices = _index(
            ((office.title, key), (office, row)) for row in people for office in row.offices
            for key in self._places(office.of)
        )

    def __reduce__(self) -> tuple[type[Registry], tuple[tuple[object, ...], ...]]:
        rows = (self.people, self.organisations, self.outlets, self.countries, self.places)
        epithets = tuple(dict.fromkeys(row for rows in self.epithets.values() for row in rows))
        return Registry, (*rows, tuple(self.titles.values()), epithets)

    @property
    def collisions(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Folded names that several rows of one table bear, with the ids of the rows."""
        return tuple(
            collision for rows in (self.people, self.organisations, self.outlets, self.countries, self.places)
            for collision in collisions(rows)
        )

    def row(self, identifier: str) -> Named | None:
        """The row with this id."""
        return self._ids.get(identifier)

    def persons_named(self, name: str) -> tuple[Person, ...]:
        """Everyone who bears this full name, in the order of the table; initials between names may differ."""
        folded = fold(name)
        found = self._people.get(folded)
        if found is None and " " in folded:
            first, *middle, last = folded.split()
            found = self._people.get(" ".join((first, *(word for word in middle if len(word) > 1), last)))
        return found or ()

    def named(self, name: str) -> Named | None:
        """The one row of any table with this full name; None where several tables or rows bear it."""
        return self.named_folded(fold(name))

    def named_folded(self, name: str) -> Named | None:
        """As `named`, of a name that is folded already."""
        found = self._all.get(name)
        return found[0] if found and len(found) == 1 else None

    def longest_name(self, first: str) -> int:
        """Words of the longest full name of any table that begins with this folded word; 0 where none does."""
        return self._longest.get(first, 0)

    def longest_phrase(self, first: str) -> int:
        """Words of the longest office, epithet, place, or name of a country or organisation that begins with this
        folded word, with an article before it or without; 0 where none does."""
        return self._longest_phrases.get(first, 0)

    def begins_person(self, word: str) -> bool:
        """Whether the full name of a person, of two words or more, begins with this word."""
        return fold(word).split(" ", 1)[0] in self._openings

    def persons_called(self, name: str) -> tuple[Person, ...]:
        """Everyone whom this short name may mean: a family name, or one that the press uses alone."""
        return self._called.get(fold(name), ())

    def persons_known_as(self, name: str) -> tuple[Person, ...]:
        """Those whom the press calls by this short name without any introduction."""
        return self._bare.get(fold(name), ())

    def outlet_named(self, name: str) -> Outlet | None:
        """The one outlet of this name."""
        return _one(self._outlets, name)

    def outlet_of_publisher(self, publisher: str | None, url: str | None) -> Outlet | None:
        """The outlet behind a document: by the domain of its address, else by the publisher's name.

        Of "The Korea Herald (Yonhap)" the part before the bracket counts, and what stands in it after that.
        """
        if url and (outlet := self._outlet_of_address(url)):
            return outlet
        if not publisher:
            return None
        bracket = _BRACKET.search(publisher)
        parts = [publisher, _BRACKET.sub(" ", publisher), *([bracket[1]] if bracket else [])]
        return next((outlet for part in parts if (outlet := self.outlet_named(part))), None)

    def organisation_named(self, name: str) -> Organisation | None:
        """The one organisation of this name."""
        return _one(self._organisations, name)

    def body_of(self, country: str, name: str) -> Organisation | None:
        """The organisation that a country (by id) calls so: ``body_of("c:ru", "Foreign Ministry")``."""
        found = self._bodies.get((country, _bare(name)), ())
        return found[0] if len(set(found)) == 1 else None

    def country_named(self, name: str) -> Country | None:
        """The one country of this name, adjective ("Russian") or metonym ("Moscow")."""
        return _one(self._countries, name)

    def place_named(self, name: str) -> Place | None:
        """The one place of this name."""
        return _one(self._located, name)

    def title_named(self, word: str) -> Title | None:
        """The office that a word or phrase names."""
        return self.titles.get(fold(word))

    def is_place(self, name: str) -> bool:
        """Whether somebody holds an office of a place of this name ("Florida")."""
        return fold(name) in self._seats

    def holders(self, title: str, country: str | None, day: str | None) -> tuple[Person, ...]:
        """Who held an office on a day, in the order of the table.

        ``title`` is any word for the office; ``country`` the id of a country or organisation, or a place by
        name; None stands for any. ``day`` is EDTF: a day, month, year, or interval (``2019/..``); of a longer
        span everyone who held the office in it is returned, of None everyone who ever did.
        """
        known = self.titles.get(fold(title))
        key = (known.title if known else title, None if country is None else _place(country))
        when = bounds(day)
        people = (
            person for office, person in self._offices.get(key, ())
            if overlap((bounds(office.start)[0], bounds(office.end)[1]), when)
        )
        return tuple(dict.fromkeys(people))

    def _phrases(self) -> Iterator[str]:
        """What `longest_phrase` counts, with and without a leading article."""
        indexes = (self.epithets, self.titles, self._countries, self._organisations, self._seats)
        for phrase in (name for index in indexes for name in index):
            bare = _ARTICLE.sub("", phrase, count=1)
            yield phrase
            yield bare
            yield from (f"{article} {bare}" for article in sorted(_ARTICLES))

    def _places(self, of: str) -> Iterator[str | None]:
        """Keys under which an office of ``of`` is found: itself, its country, and none."""
        yield _place(of)
        yield None
        row = self._ids.get(of)
        if isinstance(row, Organisation | Outlet) and row.country is not None:
            yield row.country

    def _bodies_by_country(self) -> Iterator[tuple[tuple[str, str], Organisation]]:
        adjectives = {row.id: {fold(word) for word in (row.name, row.prefix, *row.aliases, *row.adjectives)}
                      for row in self.countries}
        for row in self.organisations:
            if row.country is None:
                continue
            for name in dict.fromkeys((row.name, *row.aliases)):
                bare = _bare(name)
                for adjective in adjectives.get(row.country, ()):
                    bare = bare.removeprefix(adjective + " ").removesuffix(" of " + adjective)
                    bare = bare.removesuffix(" of the " + adjective)
                yield (row.country, bare), row

    def _outlet_of_address(self, url: str) -> Outlet | None:
        return next((outlet for suffix in _domains(url) if (outlet := self._domains.get(suffix))), None)


@lru_cache(maxsize=1024)
def _domains(url: str) -> tuple[str, ...]:
    """The host of an address and the domains that it lies in, the top one left out; asked for again and again."""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ()
    labels = host.split(".")
    return tuple(".".join(labels[i:]) for i in range(len(labels) - 1))


K = TypeVar("K")
V = TypeVar("V")


def _index(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    lists: dict[K, dict[int, V]] = {}
    for key, value in pairs:
        lists.setdefault(key, {})[id(value)] = value
    return {key: tuple(values.values()) for key, values in lists.items()}


def _joined(*indexes: Mapping[str, tuple[Named, ...]]) -> dict[str, tuple[Named, ...]]:
    joined: dict[str, tuple[Named, ...]] = {}
    for index in indexes:
        for name, rows in index.items():
            joined[name] = (*joined.get(name, ()), *rows)
    return joined


def _lengths(names: Iterable[str]) -> dict[str, int]:
    """For each first word of a folded name the words of the longest such name."""
    longest: dict[str, int] = {}
    for name in names:
        words = name.split(" ")
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return longest


def _bare(name: str) -> str:
    return _ARTICLE.sub("", fold(name), count=1)


def _place(of: str) -> str:
    return of if of[1:2] == ":" else fold(of)


def _one(index: Mapping[str, tuple[R, ...]], name: str) -> R | None:
    folded = fold(name)
    found = index.get(folded)
    if not found and " " in folded:
        article, _, bare = folded.partition(" ")
        found = index.get(bare) if article in _ARTICLES else None
    if not found and " " in folded:
        found = index.get(f"the {folded}")  # "Daily Lantern" for The Daily Lantern, but never "sun" for The Sun
    return found[0] if found and len(found) == 1 else None
