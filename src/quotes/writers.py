"""Rows out: Parquet, JSON Lines or CSV, which appear whole under their name or not at all."""

from __future__ import annotations

import csv
import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Literal

import pyarrow as pa

from quotes import schema
from quotes.errors import DocumentError, UsageError
from quotes.release.writer import arrange, write_stream
from quotes.release.writer import write as write_parquet

__all__ = [
    "STANDARD_OUTPUT",
    "Format",
    "format_of",
    "harmless",
    "json_line",
    "replacing",
    "write",
    "write_batches",
    "write_errors",
    "write_lines",
    "write_parquet",
]

Row = Mapping[str, Any]
Format = Literal["parquet", "jsonl", "csv"]

STANDARD_OUTPUT = "-"

_FORMATS: Mapping[str, Format] = {".parquet": "parquet", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv"}

# A spreadsheet takes a cell that begins with one of these for a formula, and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

# Legal inside a JSON string, but many programs that read line by line take them for the end of the line.
_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def format_of(output: str | Path) -> Format:
    """The format that an output's name asks for; ``-``, the standard output, is JSON Lines.

    Raises `UsageError` for an ending that is not known and for a folder that does not exist.
    """
    if str(output) == STANDARD_OUTPUT:
        return "jsonl"
    path = Path(output)
    if path.suffix.lower() not in _FORMATS:
        raise UsageError(
            f"{output}: the name of the output must end in {', '.join(_FORMATS)}, or be - for JSON Lines"
        )
    if path.is_dir():
        raise UsageError(f"{output}: this is a folder; give the name of a file")
    if not path.parent.is_dir():
        raise UsageError(
            f"{output}: there is no folder {path.parent}; make it first (mkdir -p {path.parent})"
        )
    return _FORMATS[path.suffix.lower()]


def write(table: str, rows: Iterable[Row], output: str | Path) -> None:
    """Writes the rows of ``table``, sorted as its schema says, in the format of the output's name.

    Raises `UsageError` for rows that do not fit the schema and for an output that cannot be.
    """
    kind = format_of(output)
    if kind == "parquet":
        with replacing(Path(output)) as part:
            write_parquet(table, rows, part)
        return
    ordered = arrange(table, rows)
    schema.to_arrow(table, ordered)  # raises where a row does not fit
    if kind == "jsonl":
        write_lines(ordered, output)
        return
    with replacing(Path(output)) as part, part.open("w", encoding="utf-8", newline="") as file:
        _write_csv(table, ordered, file)


def write_batches(table: str, batches: Iterable[pa.Table], output: str | Path) -> int:
    """The same for sorted rows that come in pieces, of which few are in memory; gives the number of rows."""
    kind, count = format_of(output), 0

    def rows() -> Iterator[Row]:
        nonlocal count
        for batch in batches:
            count += batch.num_rows
            yield from batch.to_pylist()

    if kind == "parquet":
        with replacing(Path(output)) as part:
            return write_stream(table, batches, part)
    if kind == "jsonl":
        write_lines(rows(), output)
    else:
        with replacing(Path(output)) as part, part.open("w", encoding="utf-8", newline="") as file:
            _write_csv(table, rows(), file)
    return count


def write_lines(rows: Iterable[Row], output: str | Path) -> None:
    """Writes any objects as JSON Lines, in the order given."""
    if str(output) == STANDARD_OUTPUT:
        sys.stdout.writelines(map(json_line, rows))
        sys.stdout.flush()
        return
    with replacing(Path(output)) as part, part.open("w", encoding="utf-8", newline="") as file:
        file.writelines(map(json_line, rows))


def write_errors(errors: Iterable[DocumentError], output: Path) -> None:
    """Writes the list of documents that failed, one object a line: where, doc_id, reason, advice."""
    fields = ("where", "doc_id", "reason", "advice")
    write_lines(({name: getattr(error, name) for name in fields} for error in errors), output)


def json_line(row: Row) -> str:
    """One object as one line, line end included."""
    return json.dumps(row, ensure_ascii=False, allow_nan=False).translate(_LINE_ENDS) + "\n"


def harmless(cell: object) -> object:
    """A cell of a CSV file that no spreadsheet will run: text like a formula gets an apostrophe before it.

    A list becomes a JSON array, which begins with a bracket and is no formula.
    """
    if isinstance(cell, list | tuple):
        return json.dumps(cell, ensure_ascii=False)
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _write_csv(table: str, rows: Iterable[Row], file: IO[str]) -> None:
    columns = schema.columns(table)
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([harmless(row[name]) for name in columns] for row in rows)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A place beside ``path`` to write a file or folder; it takes the name of ``path`` once all went well.

    Raises `UsageError` where the place may not be written to.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(path)
    except PermissionError:
        raise UsageError(f"{path}: this place may not be written to; choose another") from None
    finally:
        if part.is_dir():
            shutil.rmtree(part)
        else:
            part.unlink(missing_ok=True)
