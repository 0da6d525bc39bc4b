"""Tables against what is not in them: the registry, and the version before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from quotes import schema
from quotes.release import digest
from quotes.release.tables import Register, Tables

FEWEST = 50
"""Rows of a collection, in both versions, from which on its shares are compared."""

FARTHEST = 0.1
"""How far the share of a label may move from one version to the next and not be told."""


def registered(register: Register) -> frozenset[str]:
    """Every identifier of the registry."""
    named = (register.people, register.organisations, register.outlets)
    return frozenset({row.id for rows in named for row in rows} | {row.id for row in register.countries})


def unknown_ids(tables: Tables, known: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Every identifier of a speaker, source or target is in the registry."""
    for name in ("quotes", "stances", "speakers", "sources"):
        key = schema.table(name).key
        columns = [c for c in ("speaker_id", "source_id", "target_id") if c in schema.columns(name)]
        for row in tables[name]:
            for column in columns:
                if row[column] is not None and row[column] not in known:
                    yield name, digest.row_id(row, key), f"{column} {row[column]!r} is not in the registry"


def label_shares(before: Tables, now: Tables) -> Iterator[tuple[str, str, str]]:
    """In no collection has the share of a label moved by more than a tenth since the version before."""
    for name in ("quotes", "stances", "rejected"):
        if name not in before:
            continue
        old, new = _by_collection(before, name), _by_collection(now, name)
        for collection in sorted(old.keys() & new.keys()):
            if min(len(old[collection]), len(new[collection])) < FEWEST:
                continue
            for column in schema.table(name).columns:
                if column.labels is not None:
                    for message in _moved(column.name, old[collection], new[collection]):
                        yield name, f"{collection}, {column.name}", message


def _by_collection(tables: Tables, name: str) -> dict[str, list[Mapping[str, Any]]]:
    collections = {row["doc_id"]: row["collection"] for row in tables["documents"]}
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in tables[name]:
        found.setdefault(collections[row["doc_id"]], []).append(row)
    return found


def _moved(column: str, old: list[Mapping[str, Any]], new: list[Mapping[str, Any]]) -> Iterator[str]:
    was, now = Counter(row.get(column) for row in old), Counter(row.get(column) for row in new)
    for label in sorted(was.keys() | now.keys(), key=str):
        shares = was[label] / len(old), now[label] / len(new)
        if abs(shares[1] - shares[0]) > FARTHEST:
            yield f"{label} was {shares[0]:.0%} of {len(old)} rows, now {shares[1]:.0%} of {len(new)}"
