"""The files that an evaluation reads. A fault in one ends it: a figure over half a file misleads."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from quotes.errors import DocumentError, UsageError
from quotes.evaluate.match import Row
from quotes.readers import Source, json_lines

_GOLD = {"doc_id": str, "quote_start": int, "quote_end": int, "kind": str}
_PREDICTED = {"doc_id": str, "start": int, "end": int}
_SPAN = {"doc_id": str, "quote_start": int, "quote_end": int}
_NUMBERS = ("start", "end", "speaker_start", "speaker_end")


@dataclass(frozen=True, slots=True)
class Gold:
    """Gold rows, and the ids of all documents that were read for them (some may hold no quotation)."""

    rows: tuple[Row, ...]
    doc_ids: frozenset[str]


def read_gold(path: Path) -> Gold:
    """Gold from JSON Lines: one row a line, or one document a line with its rows in a list ``gold``.

    Raises `UsageError` where a line is neither.
    """
    rows: list[Row] = []
    doc_ids: set[str] = set()
    for where, line in _lines(path):
        doc_id = line.get("doc_id")
        nested = line.get("gold")
        if isinstance(nested, list):
            of_line = [{"doc_id": doc_id, **row} if isinstance(row, dict) else {} for row in nested]
        else:
            of_line = [line]
        for row in of_line:
            rows.append(_checked(row, _GOLD, where))
        doc_ids.add(_checked(line, {"doc_id": str}, where)["doc_id"])
    return Gold(tuple(rows), frozenset(doc_ids))


def read_predicted(path: Path) -> list[Row]:
    """Rows of the ``quotes`` table from JSON Lines, Parquet or CSV, as `quotes extract` writes them."""
    readers = {".parquet": _parquet, ".csv": _csv, ".jsonl": _lines, ".ndjson": _lines, ".gz": _lines}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise UsageError(f"{path}: predictions are .jsonl, .parquet or .csv, as quotes extract writes them")
    return [_checked(row, _PREDICTED, where) for where, row in reader(path)]


def read_spans(path: Path) -> dict[str, list[tuple[int, int]]]:
    """Spans by document from JSON Lines of ``doc_id, quote_start, quote_end``."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for where, line in _lines(path):
        row = _checked(line, _SPAN, where)
        spans.setdefault(row["doc_id"], []).append((row["quote_start"], row["quote_end"]))
    return spans


def read_doc_ids(path: Path) -> frozenset[str]:
    """The ``doc_id`` of each line of a JSON Lines file."""
    return frozenset(_checked(line, {"doc_id": str}, where)["doc_id"] for where, line in _lines(path))


def _lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    _must_exist(path)
    for row in json_lines.rows(Source(path, path.as_posix(), "json_lines", path.name)):
        if isinstance(row, DocumentError):
            raise UsageError(str(row))
        yield row.where, dict(row.fields)


def _parquet(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    _must_exist(path)
    try:
        rows = pq.read_table(path).to_pylist()
    except (pa.ArrowException, OSError) as error:
        raise UsageError(
            f"{path}: not a Parquet file that can be read ({str(error).splitlines()[0]})"
        ) from None
    for number, row in enumerate(rows, start=1):
        yield f"{path.as_posix()}:{number}", row


def _csv(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    _must_exist(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, cells in enumerate(csv.DictReader(file), start=1):
            where = f"{path.as_posix()}:{number}"
            row: dict[str, Any] = {name: _bare(cell) for name, cell in cells.items()}
            try:
                numbers = {name: int(row[name]) for name in _NUMBERS if row.get(name) is not None}
            except ValueError as error:
                raise UsageError(f"{where}: an offset is no whole number: {error}") from None
            yield where, row | numbers


def _bare(cell: str | None) -> str | None:
    """A cell without the apostrophe that keeps spreadsheets from running it; empty is None."""
    if cell and len(cell) > 1 and cell[0] == "'" and cell[1] in "=+-@\t\r":
        return cell[1:]
    return cell or None


def _checked(row: Mapping[str, Any], types: Mapping[str, type], where: str) -> Row:
    faults = [name for name, type_ in types.items() if not isinstance(row.get(name), type_)]
    if faults:
        raise UsageError(
            f"{where}: {_and(faults)} missing or of a wrong type; needed are {_and(list(types))}"
        )
    return row


def _and(names: Sequence[str]) -> str:
    return ", ".join(names)


def _must_exist(path: Path) -> None:
    if not path.is_file():
        raise UsageError(f"{path}: no such file; check the spelling and where the path starts")
