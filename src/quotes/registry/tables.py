"""Read the tables of a registry folder, each row with the place it stands at."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Generic, TypeVar

from quotes.errors import RegistryError
from quotes.registry.rows import Country, Epithet, Office, Organisation, Outlet, Person, Place, Title

R = TypeVar("R", covariant=True)


@dataclass(frozen=True, slots=True)
class Placed(Generic[R]):
    """A row and where it stands (``people.jsonl:12``)."""

    row: R
    where: str


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows of one folder, in the order of its files."""

    people: tuple[Placed[Person], ...]
    organisations: tuple[Placed[Organisation], ...]
    outlets: tuple[Placed[Outlet], ...]
    countries: tuple[Placed[Country], ...]
    places: tuple[Placed[Place], ...]
    titles: tuple[Placed[Title], ...]
    epithets: tuple[Placed[Epithet], ...]


def read(folder: Traversable | Path) -> Tables:
    """The tables of ``folder``; a file that is not there has no rows.

    Raises `RegistryError` where a line cannot be read or lacks a field.
    """
    return Tables(
        _rows(folder, "people.jsonl", _person),
        _rows(folder, "organisations.jsonl", _organisation),
        _rows(folder, "outlets.jsonl", _outlet),
        _rows(folder, "countries.jsonl", _country),
        _rows(folder, "places.jsonl", _located),
        _rows(folder, "titles.tsv", _title),
        _rows(folder, "epithets.tsv", _epithet),
    )


def _rows(
    folder: Traversable | Path, name: str, build: Callable[[Mapping[str, Any]], R]
) -> tuple[Placed[R], ...]:
    file = folder / name
    if not file.is_file():
        return ()
    lines = _json_lines if name.endswith(".jsonl") else _tab_lines
    placed: list[Placed[R]] = []
    for number, fields in lines(file.read_text(encoding="utf-8"), str(file)):
        try:
            placed.append(Placed(build(fields), f"{folder.name}/{name}:{number}"))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise RegistryError(
                f"{file}:{number}: field {error} is missing or of another form than in the shipped {name}."
            ) from error
    return tuple(placed)


def _json_lines(text: str, file: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
        except json.JSONDecodeError as error:
            raise RegistryError(f"{file}:{number}: not JSON ({error.msg}); one object a line.") from error
        if not isinstance(fields, dict):
            raise RegistryError(f"{file}:{number}: not an object; one object a line.")
        yield number, fields


def _tab_lines(text: str, file: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    for number, fields in enumerate(rows, 2):
        if None in fields or None in fields.values():
            raise RegistryError(f"{file}:{number}: {len(rows.fieldnames or ())} columns parted by tabs.")
        yield number, fields


def _person(row: Mapping[str, Any]) -> Person:
    return Person(
        row["id"], row["name"], row.get("wikidata") or None, _words(row, "aliases"),
        row.get("family") or row["name"].split()[-1], _words(row, "bare"), row.get("gender") or None,
        row.get("country") or None, tuple(_office(office) for office in row.get("offices", ())),
        bool(row.get("common")), row["evidence"],
    )


def _office(fields: Sequence[str]) -> Office:
    title, of, start, end = fields
    return Office(title, of, start or None, end or None)


_SHORT = " of the DPRK"
_LONG = ("of the Democratic People's Republic of Korea", "of Democratic People's Republic of Korea")


def _written_out(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names that end in the short name of the country, with its long name as well."""
    long = (f"{name.removesuffix(_SHORT)} {ending}" for name in names if name.endswith(_SHORT) for ending in _LONG)
    return (*names, *long)


def _organisation(row: Mapping[str, Any]) -> Organisation:
    return Organisation(
        row["id"], row["name"], row.get("wikidata") or None, _written_out(_words(row, "aliases")), row["kind"],
        row.get("country") or None, row["evidence"],
    )


def _outlet(row: Mapping[str, Any]) -> Outlet:
    return Outlet(
        row["id"], row["name"], row.get("wikidata") or None, _words(row, "aliases"), row["type"],
        row.get("country") or None, row.get("lang") or None, _words(row, "domains"), row["form"],
        row["evidence"],
    )


def _country(row: Mapping[str, Any]) -> Country:
    adjectives = _words(row, "adjectives")
    return Country(
        row["id"], row["name"], _words(row, "aliases"), adjectives, _words(row, "metonyms"),
        row.get("prefix") or (adjectives or (row["name"],))[0], row["evidence"],
    )


def _located(row: Mapping[str, Any]) -> Place:
    return Place(
        row["id"], row["name"], _words(row, "aliases"), row.get("country") or None, row.get("speaks_for") or None,
        row["evidence"],
    )


def _words(row: Mapping[str, Any], field: str) -> tuple[str, ...]:
    words = row.get(field, [])
    if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
        raise ValueError(field)
    return tuple(words)


def _title(row: Mapping[str, Any]) -> Title:
    return Title(row["word"], row["title"], row["gender"] or None)


def _epithet(row: Mapping[str, Any]) -> Epithet:
    return Epithet(
        row["phrase"], tuple(filter(None, row["titles"].split("|"))), row["country"] or None,
        row["person"] or None, row["gender"] or None, row["evidence"],
    )
