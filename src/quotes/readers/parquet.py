"""Parquet: one document a row, read in batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from quotes.errors import DocumentError
from quotes.readers.check import FIELDS
from quotes.readers.discover import Source

Row = tuple[str, dict[str, Any]]

_BATCH = 256  # documents: enough to be quick, few enough to keep long articles out of memory


def rows(source: Source) -> Iterator[Row | DocumentError]:
    """Each row as ``(file:row, fields)``, rows counted from 1."""
    return _batches(source, FIELDS)


def ids(source: Source) -> Iterator[str]:
    """The ids of the rows that can be read, in order."""
    for row in _batches(source, ("doc_id",)):
        if not isinstance(row, DocumentError) and isinstance(row[1].get("doc_id"), str):
            yield row[1]["doc_id"]


def _batches(source: Source, fields: Sequence[str]) -> Iterator[Row | DocumentError]:
    try:
        with pq.ParquetFile(source.path) as file:
            columns = file.schema_arrow.names
            lacking = [name for name in ("doc_id", "text") if name not in columns]
            if lacking:
                yield _lacking(source, lacking, columns)
                return
            number = 0
            for batch in file.iter_batches(_BATCH, columns=[name for name in fields if name in columns]):
                for row in batch.to_pylist():
                    number += 1
                    yield f"{source.name}:{number}", row
    except (pa.ArrowException, OSError, ValueError) as error:
        reason = f"not a Parquet file that can be read: {str(error).splitlines()[0]}"
        yield DocumentError(source.name, reason, "Fetch or write the file again")


def _lacking(source: Source, lacking: Sequence[str], columns: Sequence[str]) -> DocumentError:
    reason = f"no column {' and '.join(lacking)}"
    return DocumentError(source.name, reason, f"Rename the columns that hold them: {', '.join(columns)}")
