"""Statements over all shards: quotations linked across documents, when all shards are done.

Linking looks at the quotations of all documents at once, so that they are in memory here, without contexts and titles:
what it takes grows with the number of quotations, not with the length of the documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from quotes import pipeline
from quotes.rows import Row
from quotes.stages import link_statements

_LINK = "statement_id"
_READ = (
    "quote_id doc_id quote quote_sha256 n_words start end speaker speaker_id date date_edtf source published "
    "statement_id"
).split()
"""Columns of `quotes` that linking and the table of statements read."""


def light_rows(paths: Sequence[Path]) -> list[Row]:
    """The quotations of all runs, with the columns that linking reads, linked."""
    rows: list[Row] = []
    for path in paths:
        with pa.OSFile(str(path), "rb") as file:
            rows += pa.ipc.open_file(file).read_all().select(_READ).to_pylist()
    return link_statements.link(rows)


def relinked(batches: Iterator[pa.Table], links: dict[str, str]) -> Iterator[pa.Table]:
    """The batches of `quotes`, each quotation with the identifier of its utterance."""
    for batch in batches:
        ids = pa.array([links[name] for name in batch.column("quote_id").to_pylist()], pa.string())
        yield batch.set_column(batch.column_names.index(_LINK), batch.field(_LINK), ids)


def statement_rows(paths: Sequence[Path]) -> list[Row]:
    """The table of statements, in order."""
    return pipeline.statements(light_rows(paths))


def links_of(paths: Sequence[Path]) -> dict[str, str]:
    """The identifier of the utterance of each quotation."""
    return {row["quote_id"]: row[_LINK] for row in light_rows(paths)}
