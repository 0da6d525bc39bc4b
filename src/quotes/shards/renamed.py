"""Quotations written anew with the identifiers that linking gave them, several shards in a run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from quotes import schema
from quotes.shards.light import READ
from quotes.shards.runs import sorted_rows, write_run

LIGHT_ORDER = ("statement_id", "quote_id")
"""What the rows that become statements are sorted by."""

_LINK = "statement_id"
_HELD = 2 << 20  # bytes of quotations that are made one run: fewer runs are merged faster

Change = tuple[int, str]
"""The place of a quotation among those of all shards, and its new identifier."""


def light_schema() -> pa.Schema:
    """The columns that linking reads."""
    whole = schema.arrow_schema("quotes")
    return pa.schema([whole.field(name) for name in (_LINK, *(name for name in READ if name != _LINK))])


def write_renamed(shards: Sequence[Path], changes: Sequence[Change], into: Path) -> None:
    """Writes runs of `quotes` and of what statements are made of, from shards in order and sorted changes."""
    shape, order = light_schema(), schema.table("quotes").order
    for number, table in enumerate(_held(_renamed(shards, changes))):
        write_run([table.take(sorted_rows(table, order))], table.schema, into / f"{number:06}.quotes")
        light = table.select(shape.names)
        write_run([light.take(sorted_rows(light, LIGHT_ORDER))], shape, into / f"{number:06}.light")


def _renamed(shards: Sequence[Path], changes: Sequence[Change]) -> Iterator[pa.Table]:
    base, done = 0, 0
    for shard in shards:
        with pa.OSFile(str(shard / "quotes.arrow"), "rb") as file:
            table = pa.ipc.open_file(file).read_all()
        start, base, first = base, base + table.num_rows, done
        while done < len(changes) and changes[done][0] < base:
            done += 1
        if done > first:
            ids = table.column(_LINK).to_pylist()
            for place, name in changes[first:done]:
                ids[place - start] = name
            at = table.column_names.index(_LINK)
            table = table.set_column(at, table.field(_LINK), pa.array(ids, pa.string()))
        yield table


def _held(tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """Neighbours put together until they have some size."""
    waiting, held = list[pa.Table](), 0
    for table in tables:
        waiting.append(table)
        held += table.nbytes
        if held >= _HELD:
            yield pa.concat_tables(waiting).combine_chunks()
            waiting, held = [], 0
    if waiting:
        yield pa.concat_tables(waiting).combine_chunks()
