"""Validate the registry: every rule looks at all rows, and a contradiction names both of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, get_args

from quotes.errors import RegistryError
from quotes.registry.fold import bounds, fold, is_day
from quotes.registry.rows import Gender, OutletForm, OutletType
from quotes.registry.tables import Placed, Tables


class Named(Protocol):
    """What the rows with identifiers have in common."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...
    @property
    def evidence(self) -> str: ...


_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
KINDS = ("ministry", "party", "body", "company", "group")


def check(tables: Tables) -> None:
    """Raise `RegistryError` with every fault of the tables, one a line."""
    faults = [fault for rule in RULES for fault in rule(tables)]
    if faults:
        raise RegistryError("The registry contradicts itself:\n" + "\n".join(faults))


def collisions(rows: Iterable[Named]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Folded names that several rows bear, with the ids of the rows; such a name alone decides nothing."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for name in (row.name, *row.aliases):
            bearers[fold(name)].add(row.id)
    return tuple((name, tuple(sorted(ids))) for name, ids in sorted(bearers.items()) if len(ids) > 1)


def _identified(tables: Tables) -> Iterator[tuple[str, Placed[Named]]]:
    for prefix, rows in (("p:", tables.people), ("o:", tables.organisations), ("m:", tables.outlets),
                         ("c:", tables.countries), ("l:", tables.places)):
        for placed in rows:
            yield prefix, placed


def _unique_ids(tables: Tables) -> Iterator[str]:
    seen: dict[str, Placed[Named]] = {}
    for prefix, placed in _identified(tables):
        row = placed.row
        if not row.id.startswith(prefix) or not _SLUG.fullmatch(row.id[2:]):
            yield f"{placed.where}: id {row.id!r} of {row.name!r} must be {prefix!r} and a lower-case slug."
        other = seen.setdefault(row.id, placed)
        if other is not placed:
            yield (
                f"{placed.where} ({row.name!r}) and {other.where} ({other.row.name!r}) both have the id "
                f"{row.id!r}; give the new row an id of its own."
            )


def _unique_facts(tables: Tables) -> Iterator[str]:
    """Wikidata items and domains belong to one row each."""
    items = ((row.where, row.row.name, row.row.wikidata) for rows in
             (tables.people, tables.organisations, tables.outlets) for row in rows)
    yield from _once("Wikidata item", ((where, name, item) for where, name, item in items if item))
    yield from _once("domain", ((row.where, row.row.name, domain) for row in tables.outlets
                                for domain in row.row.domains))
    yield from _once("canonical name", ((row.where, row.row.name, fold(row.row.name)) for rows in
                                        (tables.outlets, tables.organisations, tables.countries)
                                        for row in rows))
    yield from _once("place name", ((row.where, row.row.name, fold(row.row.name)) for row in tables.places))
    yield from _once("title", ((row.where, row.row.word, fold(row.row.word)) for row in tables.titles))


def _once(what: str, facts: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    seen: dict[str, tuple[str, str]] = {}
    for where, name, fact in facts:
        other = seen.setdefault(fact, (where, name))
        if other != (where, name):
            yield f"{where} ({name!r}) and {other[0]} ({other[1]!r}) both have the {what} {fact!r}."


def _known_countries(tables: Tables) -> Iterator[str]:
    known = {row.row.id for row in tables.countries}
    bodies = {row.row.id for row in tables.organisations} | {row.row.id for row in tables.outlets}
    for rows in (tables.people, tables.organisations, tables.outlets, tables.places, tables.epithets):
        for placed in rows:
            country = placed.row.country
            if country is not None and country not in known:
                yield f"{placed.where}: country {country!r} is not in countries.jsonl."
    for place in tables.places:
        if place.row.speaks_for is not None and place.row.speaks_for not in known | bodies:
            yield f"{place.where}: {place.row.name!r} speaks for {place.row.speaks_for!r}, which is in no table."
    for person in tables.people:
        for office in person.row.offices:
            if office.of[1:2] == ":" and office.of not in known | bodies:
                yield (
                    f"{person.where}: {office.title} of {office.of!r}: no such country, organisation or "
                    "outlet; give a place by its name, without a colon."
                )


def _edtf_days(tables: Tables) -> Iterator[str]:
    for person in tables.people:
        for office in person.row.offices:
            days = [day for day in (office.start, office.end) if day is not None]
            for day in days:
                if not is_day(day):
                    yield f"{person.where}: {office.title} of {person.row.name!r}: {day!r} is no EDTF day."
            if len(days) == 2 and all(map(is_day, days)) and bounds(days[0])[0] > bounds(days[1])[1]:
                yield f"{person.where}: {office.title} of {person.row.name!r} ends before it begins."


def _closed_words(tables: Tables) -> Iterator[str]:
    for person in tables.people:
        if person.row.gender not in (None, *get_args(Gender)):
            yield f"{person.where}: gender {person.row.gender!r} must be female, male or empty."
    for outlet in tables.outlets:
        if outlet.row.type not in get_args(OutletType):
            yield f"{outlet.where}: type {outlet.row.type!r} is not in {get_args(OutletType)}."
        if outlet.row.form not in get_args(OutletForm):
            yield f"{outlet.where}: form {outlet.row.form!r} is not in {get_args(OutletForm)}."
    for organisation in tables.organisations:
        if organisation.row.kind not in KINDS:
            yield f"{organisation.where}: kind {organisation.row.kind!r} is not in {KINDS}."


def _known_titles(tables: Tables) -> Iterator[str]:
    titles = {row.row.title for row in tables.titles}
    people = {row.row.id for row in tables.people}
    for person in tables.people:
        for office in person.row.offices:
            if office.title not in titles:
                yield f"{person.where}: title {office.title!r} of {person.row.name!r} is not in titles.tsv."
    for epithet in tables.epithets:
        for title in epithet.row.titles:
            if title not in titles:
                yield f"{epithet.where}: title {title!r} of {epithet.row.phrase!r} is not in titles.tsv."
        if epithet.row.person is not None and epithet.row.person not in people:
            yield f"{epithet.where}: {epithet.row.phrase!r}: no person has the id {epithet.row.person!r}."
        if not epithet.row.titles and epithet.row.person is None:
            yield f"{epithet.where}: {epithet.row.phrase!r} stands for no title and no person."


def _evidence(tables: Tables) -> Iterator[str]:
    for _, placed in _identified(tables):
        if not placed.row.evidence.strip() or not placed.row.name.strip():
            yield f"{placed.where}: {placed.row.id!r} needs a name and evidence."


RULES: tuple[Callable[[Tables], Iterator[str]], ...] = (
    _unique_ids, _unique_facts, _known_countries, _edtf_days, _closed_words, _known_titles, _evidence,
)
