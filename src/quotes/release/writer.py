"""Tables as Parquet files whose bytes depend on the rows and on the version of pyarrow alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from quotes import schema
from quotes.errors import ReleaseError
from quotes.release import digest

ROWS_PER_GROUP = 10_000
COMPRESSION = "zstd"
COMPRESSION_LEVEL = 9

# What reading a damaged file can raise: it may break off, name sizes and types that do not exist, or hold
# bytes that are no UTF-8.
_DAMAGED = (OSError, pa.ArrowException, ValueError, TypeError, KeyError, OverflowError, MemoryError)


def arrange(name: str, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows of a table in the order of its file, columns in the order of the schema."""
    table = schema.table(name)
    wanted = schema.columns(name)
    ordered = sorted(rows, key=lambda row: digest.sort_key(row, table.order))
    return [{column: row[column] for column in wanted} for row in ordered]


def write(name: str, rows: Iterable[Mapping[str, Any]], path: Path) -> pa.Table:
    """Write a table and return it as it was written.

    No metadata of pandas or Arrow goes into the file, every page carries a checksum. A table without rows
    gets a file without row groups. Raises UsageError where a row does not fit the schema.
    """
    table = schema.to_arrow(name, arrange(name, rows))
    write_stream(name, [table], path)
    return table


def write_stream(name: str, tables: Iterable[pa.Table], path: Path) -> int:
    """Write rows that come in pieces, arranged as `arrange` does it; the same bytes however they are cut.

    A row group is in memory at a time. Returns the number of rows.
    """
    count, waiting, held = 0, list[pa.Table](), 0
    with _writer(name, path) as writer:
        for table in tables:
            waiting.append(table)
            count, held = count + table.num_rows, held + table.num_rows
            while held >= ROWS_PER_GROUP:
                whole = pa.concat_tables(waiting).combine_chunks()
                writer.write_table(whole.slice(0, ROWS_PER_GROUP), row_group_size=ROWS_PER_GROUP)
                held -= ROWS_PER_GROUP
                waiting = [whole.slice(ROWS_PER_GROUP)]
        if held:
            writer.write_table(pa.concat_tables(waiting).combine_chunks(), row_group_size=ROWS_PER_GROUP)
    return count


def _writer(name: str, path: Path) -> pq.ParquetWriter:
    return pq.ParquetWriter(
        path,
        schema.arrow_schema(name),
        compression=COMPRESSION,
        compression_level=COMPRESSION_LEVEL,
        store_schema=False,
        version="2.6",
        data_page_version="1.0",
        use_dictionary=True,
        write_statistics=True,
        write_page_index=True,
        write_page_checksum=True,
    )


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of a table's file, page checksums verified. Raises ReleaseError where it cannot be read."""
    try:
        rows: list[dict[str, Any]] = pq.read_table(path, page_checksum_verification=True).to_pylist()
    except _DAMAGED as error:
        raise _unreadable(path, error) from error
    return rows


def read_columns(path: Path) -> list[tuple[str, str, bool]]:
    """Name, type and nullability of the columns of a table's file, in order."""
    try:
        found = pq.read_schema(path)
    except _DAMAGED as error:
        raise _unreadable(path, error) from error
    return [(field.name, str(field.type), field.nullable) for field in found]


def _unreadable(path: Path, error: BaseException) -> ReleaseError:
    reason = next(iter(str(error).splitlines()), type(error).__name__)
    return ReleaseError(f"{path.name} cannot be read: {reason}. Fetch the file anew")
