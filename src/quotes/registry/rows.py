"""The rows of the registry: people and offices, organisations, outlets, countries, places, titles, epithets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Gender = Literal["female", "male"]
OutletType = Literal["state_media", "government", "independent"]
OutletForm = Literal["agency", "newspaper", "broadcaster", "magazine", "site"]


@dataclass(frozen=True, slots=True)
class Office:
    """A title that somebody bore. ``of`` is the id of a country or organisation, or a place by its name.

    ``start`` and ``end`` are EDTF days, months or years, None where the office is open or its end unknown.
    """

    title: str
    of: str
    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is quoted in the press.

    ``family`` is the name that stands alone after the first mention. ``bare`` holds names that the press uses
    without any introduction ("Putin"). A ``common`` name is borne by many: it means this person only where
    the text names one of the offices too. ``country`` is the id of a country.
    """

    id: str
    name: str
    wikidata: str | None
    aliases: tuple[str, ...]
    family: str
    bare: tuple[str, ...]
    gender: Gender | None
    country: str | None
    offices: tuple[Office, ...]
    common: bool
    evidence: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """A ministry, party, company or body that speaks. ``kind`` is ministry, party, body, company or group."""

    id: str
    name: str
    wikidata: str | None
    aliases: tuple[str, ...]
    kind: str
    country: str | None
    evidence: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """An agency, newspaper, broadcaster, magazine or site. ``domains`` stand without ``www``."""

    id: str
    name: str
    wikidata: str | None
    aliases: tuple[str, ...]
    type: OutletType
    country: str | None
    lang: str | None
    domains: tuple[str, ...]
    form: OutletForm
    evidence: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country or union. ``adjectives`` qualify ("Russian"); ``metonyms`` mean its government, as places may.

    ``prefix`` is how the names of its ministries begin ("DPRK Foreign Ministry").
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    metonyms: tuple[str, ...]
    prefix: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Place:
    """A city, seat or site, and the ``country`` (id) it lies in, None where that is open.

    ``speaks_for`` is the id of the country or organisation that the press calls by the place ("the Kremlin said"),
    None where it is only a place.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    country: str | None
    speaks_for: str | None
    evidence: str


@dataclass(frozen=True, slots=True)
class Title:
    """A word for an office; offices are kept under one ``title`` ("premier" is prime minister)."""

    word: str
    title: str
    gender: Gender | None


@dataclass(frozen=True, slots=True)
class Epithet:
    """A phrase for a person: for a holder of one of ``titles`` ("the dictator"), or for ``person`` alone.

    ``country`` limits it to documents that name the country.
    """

    phrase: str
    titles: tuple[str, ...]
    country: str | None
    person: str | None
    gender: Gender | None
    evidence: str
