"""From what the pipeline found to every table of a release.

The pipeline gives ``quotes``, ``stances``, ``statements`` and ``rejected``; here the tables that describe
them are added (``documents``, ``speakers``, ``sources``), the invented collections become configurations of
their own, and the words of collections that may not be reprinted are withheld.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby
from operator import itemgetter
from typing import Any, Protocol

from quotes import schema
from quotes.errors import ReleaseError
from quotes.release import digest
from quotes.release.collection import Collection
from quotes.release.standoff_words import WITHHELD

Row = dict[str, Any]
Tables = Mapping[str, Sequence[Mapping[str, Any]]]

EXTRACTED = ("quotes", "stances", "statements", "rejected")
"""The tables that the pipeline gives."""

_UNKNOWN: Row = {"country": None, "wikidata": None, "evidence": None}
_COPIED = ("doc_id", "title", "published", "publisher", "url", "lang", "text")


class Named(Protocol):
    """A country of the registry."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def evidence(self) -> str: ...


class Entry(Protocol):
    """What the tables show of a person, body or outlet of the registry; ``country`` is the id of one."""

    @property
    def id(self) -> str: ...
    @property
    def wikidata(self) -> str | None: ...
    @property
    def country(self) -> str | None: ...
    @property
    def evidence(self) -> str: ...


class Register(Protocol):
    """The part of the registry that the tables read."""

    @property
    def people(self) -> Iterable[Entry]: ...
    @property
    def organisations(self) -> Iterable[Entry]: ...
    @property
    def outlets(self) -> Iterable[Entry]: ...
    @property
    def countries(self) -> Iterable[Named]: ...


def complete(
    extracted: Tables, collections: Sequence[Collection], register: Register
) -> dict[str, list[Row]]:
    """Every table of a release, nothing withheld yet. Raises ReleaseError where the pipeline left one out."""
    missing = [name for name in EXTRACTED if name not in extracted]
    if missing:
        raise ReleaseError(f"the pipeline gave no table {', '.join(missing)}. This is a fault of the program")
    tables = {name: [dict(row) for row in extracted[name]] for name in EXTRACTED}
    real = [collection for collection in collections if not collection.fictional]
    tables["documents"] = _documents(real, tables)
    tables["speakers"] = _speakers(tables["quotes"], register)
    tables["sources"] = _sources(tables["quotes"], register)
    for collection in collections:
        if collection.fictional:
            tables[collection.name] = _invented(collection)
    return {name: tables.get(name, []) for name in schema.NAMES}


def join(extracted: Tables, collections: Sequence[Collection]) -> dict[str, list[Mapping[str, Any]]]:
    """What was found in documents at hand, and what stand-off collections tell, as if found in one run."""
    return {
        name: [*rows, *(row for one in collections for row in (one.extracted or {}).get(name, ()))]
        for name, rows in extracted.items()
    }


def of_collections(tables: Tables, collections: Sequence[Collection]) -> dict[str, list[Mapping[str, Any]]]:
    """The quotations of each real collection, where there are several; collections without any are left out."""
    real = [collection for collection in collections if not collection.fictional]
    if len(real) < 2:
        return {}
    names = {row["doc_id"]: collection.name for collection in real for row in collection.rows}
    found: dict[str, list[Mapping[str, Any]]] = {collection.name: [] for collection in real}
    for row in tables["quotes"]:
        found[names[row["doc_id"]]].append(row)
    return {name: rows for name, rows in found.items() if rows}


def first_versions(tables: Tables, older: Tables | None, version: str) -> dict[str, list[Row]]:
    """The tables with the version in which each row appeared first, where they have a column for it."""
    result: dict[str, list[Row]] = {}
    for name, rows in tables.items():
        key = schema.table(name).key
        known = {digest.row_id(row, key): row.get("first_version") for row in (older or {}).get(name, ())}
        dated = "first_version" in schema.columns(name)
        result[name] = [
            {**row, "first_version": known.get(digest.row_id(row, key)) or version} if dated else dict(row)
            for row in rows
        ]
    return result


def withhold(
    tables: Tables, collections: Sequence[Collection], also: AbstractSet[str] = frozenset()
) -> dict[str, list[Row]]:
    """The tables without the words of collections whose text is not published; facts and digests stay.

    Of the documents in ``also``, text and context are withheld, but not the quotations.
    """
    private = [collection for collection in collections if not collection.text_published]
    withheld = {row["doc_id"] for collection in private for row in collection.rows}
    quotes = {row["quote_id"]: row["doc_id"] for row in tables["quotes"]}
    result: dict[str, list[Row]] = {}
    for name, rows in tables.items():
        every = WITHHELD.get(name, ())
        around = tuple(column for column in every if column not in ("quote", "title"))
        result[name] = [
            _without(row, every if row.get("doc_id") in withheld else around if row.get("doc_id") in also else ())
            for row in rows
        ]
    result["statements"] = [
        _without(row, ("quote",) if quotes.get(row["first_quote_id"]) in withheld else ())
        for row in tables["statements"]
    ]
    return result


def _without(row: Mapping[str, Any], columns: Sequence[str]) -> Row:
    return {name: None if name in columns else value for name, value in row.items()}


def _documents(collections: Sequence[Collection], tables: Tables) -> list[Row]:
    quotes, rejected = _count(tables["quotes"]), _count(tables["rejected"])
    return [
        {
            **{name: row.get(name) for name in _COPIED},
            "collection": collection.name,
            "licence": collection.licence,
            **_text_of(row),
            "n_quotes": quotes.get(row["doc_id"], 0),
            "n_rejected": rejected.get(row["doc_id"], 0),
            "first_version": None,
        }
        for collection in collections
        for row in collection.rows
    ]


def _text_of(row: Mapping[str, Any]) -> Row:
    """Length and digest of a text that is at hand, or those that the list of a stand-off collection tells."""
    text = row.get("text")
    if text is None:
        return {"n_chars": row["n_chars"], "text_sha256": row["sha256"]}
    return {"n_chars": len(text), "text_sha256": digest.of_bytes(text.encode("utf-8", "surrogatepass"))}


def _count(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["doc_id"]] = counts.get(row["doc_id"], 0) + 1
    return counts


def _speakers(quotes: Sequence[Mapping[str, Any]], register: Register) -> list[Row]:
    kinds = (
        ("outlet", register.outlets),
        ("organisation", register.organisations),
        ("person", register.people),
    )
    types = {entry.id: kind for kind, entries in kinds for entry in entries}
    known = _known(register, *(entries for _, entries in kinds))
    for country in register.countries:
        known[country.id] = {**_UNKNOWN, "country": country.name, "evidence": country.evidence or None}
    return [
        {
            "speaker_id": speaker_id,
            "speaker": speaker,
            "type": types.get(speaker_id) or group[0]["speaker_type"],
            **known.get(speaker_id, _UNKNOWN),
            **_extent(group),
        }
        for (speaker_id, speaker), group in _groups(quotes, "speaker_id", "speaker")
    ]


def _sources(quotes: Sequence[Mapping[str, Any]], register: Register) -> list[Row]:
    known = _known(register, register.outlets)
    return [
        {
            "source_id": source_id,
            "source": source,
            "source_type": group[0]["source_type"],
            **known.get(source_id, _UNKNOWN),
            **_extent(group),
        }
        for (source_id, source), group in _groups(quotes, "source_id", "source")
    ]


def _known(register: Register, *entries: Iterable[Entry]) -> dict[str, Row]:
    """Country, by its name, Wikidata item and evidence of every entry, by its identifier."""
    names = {country.id: country.name for country in register.countries}
    return {
        entry.id: {
            "country": names.get(entry.country or "", entry.country),
            "wikidata": entry.wikidata,
            "evidence": entry.evidence or None,
        }
        for group in entries
        for entry in group
    }


def _groups(
    quotes: Sequence[Mapping[str, Any]], identifier: str, name: str
) -> list[tuple[tuple[Any, Any], list[Mapping[str, Any]]]]:
    """Quotations that name somebody, by identifier and name, in an order that does not depend on theirs."""

    def place(row: Mapping[str, Any]) -> tuple[Any, ...]:
        return digest.sort_key(row, (identifier, name, "quote_id"))

    named = sorted((row for row in quotes if row[name] is not None), key=place)
    return [(key, list(group)) for key, group in groupby(named, key=itemgetter(identifier, name))]


def _extent(group: Sequence[Mapping[str, Any]]) -> Row:
    dates = sorted(row["date"] for row in group if row["date"] is not None)
    return {
        "n_quotes": len(group),
        "n_documents": len({row["doc_id"] for row in group}),
        "first_date": dates[0] if dates else None,
        "last_date": dates[-1] if dates else None,
    }


def _invented(collection: Collection) -> list[Row]:
    if collection.name not in schema.NAMES:
        raise ReleaseError(
            f"{collection.path} is fictional, and the schema has no table {collection.name!r} for it. "
            "Fictional documents are published as a configuration of their own: add the table to "
            "schema.json, or move the documents to challenge.jsonl"
        )
    gold = next(column for column in schema.table(collection.name).columns if column.name == "gold")
    keys = [field.name for field in gold.fields]
    return [
        {
            **{name: row.get(name) for name in schema.columns(collection.name)},
            "gold": [{**dict.fromkeys(keys), **entry} for entry in row["gold"]],
        }
        for row in collection.rows
    ]
