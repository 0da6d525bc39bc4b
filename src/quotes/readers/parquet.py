"""Parquet: one document a row, read in batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from quotes.errors import DocumentError
from quotes.readers.check import FIELDS
from quotes.readers.discover import Source
from quotes.readers.raw import Raw

_BATCH = 64  # documents: enough to be quick, few enough to keep long articles out of memory


def rows(source: Source) -> Iterator[Raw | DocumentError]:
    """Each row as ``file:row``, rows counted from 1."""
    return _batches(source, FIELDS)


def keys(source: Source) -> Iterator[Raw | DocumentError]:
    """The same rows with their ids alone, the other columns not read."""
    return _batches(source, ("doc_id",))


def _batches(source: Source, fields: Sequence[str]) -> Iterator[Raw | DocumentError]:
    number = 0
    try:
        with pq.ParquetFile(source.path) as file:
            columns = file.schema_arrow.names
            lacking = [source.column(name) for name in ("doc_id", "text") if source.lacks(name, columns)]
            if lacking:
                yield _lacking(source, lacking, columns)
                return
            wanted = [name for name in dict.fromkeys(source.column(name) for name in fields) if name in columns]
            for batch in file.iter_batches(_BATCH, columns=wanted or columns[:1]):
                for row in batch.to_pylist():
                    number += 1
                    yield Raw(f"{source.name}:{number}", row)
    except (pa.ArrowException, OSError, ValueError, KeyError, TypeError, OverflowError, MemoryError) as error:
        reason = f"not a Parquet file that can be read: {next(iter(str(error).splitlines()), type(error).__name__)}"
        where = f"{source.name}:{number + 1}" if number else source.name
        yield DocumentError(where, reason, "Fetch or write the file again")


def _lacking(source: Source, lacking: Sequence[str], columns: Sequence[str]) -> DocumentError:
    reason = f"no column {' and '.join(lacking)}"
    advice = f"Say which columns hold them, as in --column text=NAME: {', '.join(columns)}"
    return DocumentError(source.name, reason, advice)
