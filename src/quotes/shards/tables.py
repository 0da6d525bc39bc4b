"""The tables of all shards, streamed: merged, counted, linked, and written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any

import pyarrow as pa

from quotes import schema
from quotes.errors import DocumentError
from quotes.release.writer import write_stream
from quotes.rows import Row
from quotes.shards.groups import COUNTED, FIRST, added_up, run_schema
from quotes.shards.linked import quote_runs, statement_rows
from quotes.shards.plan import in_order
from quotes.shards.runs import merged

TABLES = tuple(name for name in schema.NAMES if name != "challenge")
"""The tables of any documents, as they are called."""

_ROWS = 1_000

_AT_ONCE = 2  # tables written side by side: of each a row group is in memory

_SOONER = ("documents", "quotes", "statements", "stances", "rejected", "speakers", "sources")
"""The tables as they are begun: what takes longest comes first, so that nobody waits for the last."""


def table_batches(folder: Path, name: str) -> Iterator[pa.Table]:
    """The rows of a table over all shards in the order of its file, some at a time."""
    spare = folder / "merged" / name
    spare.mkdir(parents=True, exist_ok=True)
    if name == "statements":
        return _in_batches(name, statement_rows(folder, spare))
    paths = quote_runs(folder) if name == "quotes" else [place / f"{name}.arrow" for place in in_order(folder)]
    batches = merged(paths, schema.table(name).order, run_schema(name), spare)
    if name not in COUNTED:
        return batches
    counted = ({column: row[column] for column in row if column != FIRST} for row in added_up(name, batches))
    return _in_batches(name, counted)


def _in_batches(name: str, found: Iterator[Row]) -> Iterator[pa.Table]:
    rows: list[Row] = []
    for row in found:
        rows.append(row)
        if len(rows) == _ROWS:
            yield schema.to_arrow(name, rows)
            rows = []
    yield schema.to_arrow(name, rows)


def table_rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """The same as plain rows."""
    for batch in table_batches(folder, name):
        yield from batch.to_pylist()


def write_tables(
    folder: Path, into: Path, advance: Callable[[str, int, int], None], workers: int = 1
) -> dict[str, int]:
    """Writes every table as a Parquet file, two at a time where there are ``workers``; gives their numbers of rows."""

    def written(name: str) -> int:
        return write_stream(name, table_batches(folder, name), into / f"{name}.parquet")

    rows = dict.fromkeys(TABLES, 0)
    # Threads do: packing and sorting, which is most of it, is done outside of Python.
    with ThreadPoolExecutor(min(workers, _AT_ONCE)) as pool:
        waiting = {pool.submit(written, name): name for name in sorted(TABLES, key=_SOONER.index)}
        for done, future in enumerate(as_completed(waiting)):
            rows[waiting[future]] = future.result()
            advance("writing tables", done + 1, len(TABLES))
    return rows


def errors(folder: Path) -> Iterator[DocumentError]:
    """Every document that failed, in the order of reading, some of it at a time."""
    for place in in_order(folder):
        with (place / "errors.jsonl").open(encoding="ascii") as file:
            for line in file:
                where, doc_id, reason, advice = json.loads(line)
                yield DocumentError(where, reason, advice, doc_id=doc_id)


def counts(folder: Path) -> Sequence[dict[str, Any]]:
    """What became of each shard."""
    return [json.loads((place / "done.json").read_text(encoding="ascii")) for place in in_order(folder)]
