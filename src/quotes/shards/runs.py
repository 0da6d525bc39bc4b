"""Runs: rows of a table in the order of its key, in Arrow files that are read batch by batch, and merged so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pyarrow as pa

FAN_IN = 64
"""Runs merged at once. More are merged in rounds: each has a batch in memory and a file open."""

_BATCH_ROWS = 1_024
_BATCH_BYTES = 1 << 18  # times as many as are merged at once, for each of two tables
_OPTIONS = pa.ipc.IpcWriteOptions(compression=pa.Codec("lz4"))

Key = tuple[tuple[bool, Any], ...]


def write_run(batches: Iterable[pa.Table], schema: pa.Schema, path: Path) -> None:
    """Writes sorted rows as a run, in small batches."""
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, schema, options=_OPTIONS) as writer:
        for table in batches:
            if table.num_rows:
                writer.write_table(table, max_chunksize=_rows(table))


def _rows(table: pa.Table) -> int:
    """Rows of a batch: fewer where they are long."""
    return int(max(1, min(_BATCH_ROWS, _BATCH_BYTES * table.num_rows // max(1, table.nbytes))))


class _Run:
    """One run being read: what is left of its present batch."""

    def __init__(self, file: pa.NativeFile, order: Sequence[str]) -> None:
        self._reader = pa.ipc.open_file(file)
        self._order, self._next = order, 0
        self.head: pa.RecordBatch | None = None
        self.advance()

    @property
    def is_last(self) -> bool:
        """Whether nothing comes after the present batch."""
        return bool(self._next >= self._reader.num_record_batches)

    def advance(self) -> None:
        """The next batch that holds rows, or None."""
        self.head = None
        while self.head is None and not self.is_last:
            batch = self._reader.get_batch(self._next)
            self._next += 1
            self.head = batch if batch.num_rows else None

    def key(self, row: int) -> Key:
        """What a row is sorted by, null before everything."""
        assert self.head is not None
        values = [self.head.column(name)[row].as_py() for name in self._order]
        return tuple((value is not None, value) for value in values)

    def take(self, bound: Key | None) -> pa.RecordBatch | None:
        """The rows of the present batch up to and with ``bound``; without one, all."""
        assert self.head is not None
        head, low, high = self.head, 0, self.head.num_rows
        if bound is not None and self.key(high - 1) > bound:
            while low < high:
                middle = (low + high) // 2
                low, high = (middle + 1, high) if self.key(middle) <= bound else (low, middle)
        if high == head.num_rows:
            self.advance()
        else:
            self.head = head.slice(high)
        return head.slice(0, high) if high else None


def merged(paths: Sequence[Path], order: Sequence[str], schema: pa.Schema, spare: Path) -> Iterator[pa.Table]:
    """The rows of all runs in one order, some at a time. ``spare`` is a folder for runs in between.

    What is in memory is a batch of each of at most `FAN_IN` runs.
    """
    level = 0
    while len(paths) > FAN_IN:
        groups = [paths[start : start + FAN_IN] for start in range(0, len(paths), FAN_IN)]
        larger = [spare / f"{schema.names[0]}-{level}-{number}.arrow" for number in range(len(groups))]
        for group, path in zip(groups, larger, strict=True):
            write_run(_merge(group, order), schema, path)
            if level:
                for done in group:
                    done.unlink()
        paths, level = larger, level + 1
    yield from _merge(paths, order)


def _merge(paths: Sequence[Path], order: Sequence[str]) -> Iterator[pa.Table]:
    with ExitStack() as stack:
        runs = [_Run(stack.enter_context(pa.OSFile(str(path), "rb")), order) for path in paths]
        while runs := [run for run in runs if run.head is not None]:
            bounds = [run.key(run.head.num_rows - 1) for run in runs if not run.is_last and run.head is not None]
            bound = min(bounds, default=None)
            taken = [batch for run in runs if (batch := run.take(bound)) is not None]
            table = pa.Table.from_batches(taken)
            yield table if len(taken) == 1 else table.take(sorted_rows(table, order))


def sorted_rows(table: pa.Table, order: Sequence[str]) -> pa.Array:
    """Where the rows go, null before everything."""
    import pyarrow.compute as pc  # slow to load, and those who only write runs do without

    keys = {}
    for name in order:
        column = table.column(name)
        if column.null_count:
            keys[f"{name} is there"] = column.is_valid()
        keys[name] = column
    return pc.sort_indices(pa.table(keys), sort_keys=[(name, "ascending") for name in keys])
