"""Tables that count: what each shard says of a speaker or a source, added up over all shards.

A document is in one shard, so that counts of documents add up as those of quotations do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import pyarrow as pa

from quotes import schema
from quotes.rows import Row

FIRST = "_first"
"""The column of a run that tells which of several rows speaks for all in columns that are not added up."""

COUNTED = ("speakers", "sources")


def run_schema(name: str) -> pa.Schema:
    """The schema of a run of this table."""
    found = schema.arrow_schema(name)
    return found.append(pa.field(FIRST, pa.string(), nullable=False)) if name in COUNTED else found


def with_first(name: str, rows: Sequence[Row], quotes: Sequence[Row]) -> list[Row]:
    """The rows of a shard with the place of the quotation that speaks for each."""
    one, other = schema.table(name).key
    firsts: dict[tuple[Any, Any], str] = {}
    for row in quotes:
        key = row[one], row[other]
        firsts[key] = min(firsts.get(key, "~"), row["quote_id"])
    return [{**row, FIRST: firsts.get((row[one], row[other]), "")} for row in rows]


def added_up(name: str, batches: Iterable[pa.Table]) -> Iterator[Row]:
    """One row for each key of sorted rows, ``_first`` still in it."""
    key = schema.table(name).key
    rows = (row for batch in batches for row in batch.to_pylist())
    for _, group in groupby(rows, key=lambda row: tuple(row[column] for column in key)):
        yield combined(group)


def combined(rows: Iterable[Row]) -> Row:
    """Several rows of one key as one: counts added, the first and last day of all, the rest from the first."""
    stream = iter(rows)
    total = next(stream)
    for row in stream:
        spoken = min(total, row, key=lambda one: one[FIRST])
        total = {
            column: _SUMS[column](total[column], row[column]) if column in _SUMS else spoken[column]
            for column in spoken
        }
    return total


def _known(choose: Callable[[Iterable[str]], str]) -> Callable[[Any, Any], Any]:
    return lambda one, other: choose(day for day in (one, other) if day) if one or other else None


_SUMS: Mapping[str, Callable[[Any, Any], Any]] = {
    "n_quotes": lambda one, other: one + other,
    "n_documents": lambda one, other: one + other,
    "first_date": _known(min),
    "last_date": _known(max),
}
