"""Make a stand-off collection from its documents, or check one that was made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from quotes import readers, schema
from quotes.errors import DocumentError, ReleaseError
from quotes.models.ledger import LedgerScorer, append_ledger, read_ledger
from quotes.models.scorer import Scorer
from quotes.records import Document
from quotes.release import diff, digest, manifest, standoff
from quotes.release.collection import Collection
from quotes.release.diff import Content
from quotes.release.extraction import Extraction, Pipeline
from quotes.release.findings import Finding
from quotes.release.layout import Layout
from quotes.release.progress import Progress, silent
from quotes.release.standoff_words import WITHHELD

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Made:
    """A stand-off collection that was written: how many rows, and how many values were withheld as words."""

    folder: Path
    counts: Mapping[str, int]
    withheld: Mapping[str, int]
    scored: int


def read_documents(paths: Sequence[str | Path]) -> list[Document]:
    """The documents of files, sorted. Raises ReleaseError where one cannot be read."""
    found = list(readers.read(paths))
    failed = [str(one) for one in found if isinstance(one, DocumentError)]
    if failed:
        raise ReleaseError(f"{len(failed)} documents cannot be read, such as {failed[0]}")
    return sorted((one for one in found if isinstance(one, Document)), key=lambda one: one.doc_id)


def make(
    root: Path,
    name: str,
    documents: Sequence[Document],
    *,
    scorer: Scorer | None,
    workers: int = 1,
    progress: Progress = silent,
    extraction: Extraction | None = None,
) -> Made:
    """Read the documents, and write what may be told of them into data/raw/<name>.

    Scores that the ledger does not hold are computed by ``scorer`` and appended to it. Raises ReleaseError where
    the folder has no sidecar or its name is that of a table.
    """
    layout = Layout(root)
    folder = layout.raw / name
    if name in schema.NAMES:
        raise ReleaseError(f"a collection cannot be called {name}: a table has that name. Choose another")
    for needed in (folder / standoff.SIDECAR, folder / standoff.SOURCE):
        if not needed.is_file():
            raise ReleaseError(f"{needed} is missing. Write first what the collection is and where it is to be had")
    ledger = read_ledger(layout.ledger) if scorer else {}
    recorded = LedgerScorer(scorer, ledger) if scorer else None
    found, stripped = _extract(
        documents, recorded, workers=workers, progress=progress, extraction=extraction or Pipeline()
    )
    entries = [standoff.list_entry(asdict(document)) for document in documents]
    standoff.write(folder, entries, stripped, manifest.code())
    if recorded and recorded.added:
        append_ledger(layout.ledger, recorded.added)
    return Made(
        folder=folder,
        counts={"documents": len(entries), **{table: len(rows) for table, rows in stripped.items()}},
        withheld=dict(_withheld(found, stripped)),
        scored=len(recorded.added) if recorded else 0,
    )


def _extract(
    documents: Sequence[Document],
    scorer: Scorer | None,
    *,
    workers: int,
    progress: Progress,
    extraction: Extraction,
) -> tuple[Mapping[str, Sequence[Mapping[str, Any]]], dict[str, list[dict[str, Any]]]]:
    found = extraction.tables(documents, scorer=scorer, workers=workers, progress=progress)
    return found, standoff.strip(found, extraction.names([document.text for document in documents]))


def _withheld(found: Mapping[str, Any], stripped: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """How many values of each column that may hold a name held more."""
    for table, rows in stripped.items():
        for column in schema.columns(table):
            if column in WITHHELD.get(table, ()):
                continue
            lost = _filled(found[table], column) - _filled(rows, column)
            if lost:
                yield f"{table}.{column}", lost


def _filled(rows: Iterable[Mapping[str, Any]], column: str) -> int:
    return sum(row[column] is not None for row in rows)


def check(
    collection: Collection,
    documents: Sequence[Document],
    *,
    scorer: Scorer | None,
    workers: int,
    progress: Progress,
    extraction: Extraction,
) -> Iterator[Finding]:
    """Whether a stand-off collection is what its documents give: texts as listed, and every row.

    Documents are known by their text, whatever they are called. Those that are not of the collection are passed
    over; those that are not at hand are counted.
    """
    at_hand: dict[str, Document] = {}
    for document in documents:
        found = _entries(collection, document)
        for entry in found:
            at_hand[entry["doc_id"]] = _as_listed(document, entry)
        if not found and any(row["doc_id"] == document.doc_id for row in collection.rows):
            message = "the text at hand is not the one that was read"
            yield Finding("fault", collection.path.name, message, table="documents", row=document.doc_id)
    if not at_hand:
        return
    missing = len(collection.rows) - len(at_hand)
    if missing:
        message = f"{missing} of {len(collection.rows)} documents are not at hand"
        yield Finding("note", collection.path.name, message)
    _, stripped = _extract(
        list(at_hand.values()), scorer, workers=workers, progress=progress, extraction=extraction
    )
    for table, rows in stripped.items():
        kept = [row for row in (collection.extracted or {})[table] if row["doc_id"] in at_hand]
        yield from _differences(collection, table, kept, rows)


def _entries(collection: Collection, document: Document) -> list[Mapping[str, Any]]:
    """The documents of the list whose text this is: the one of this name, or all of them."""
    found = digest.of_bytes(document.text.encode("utf-8", "surrogatepass"))
    same = [row for row in collection.rows if row["sha256"] == found]
    return [row for row in same if row["doc_id"] == document.doc_id] or same


def _as_listed(document: Document, entry: Mapping[str, Any]) -> Document:
    """The document under the name, address and day of the list, by whatever others it came."""
    fields = {name: entry[name] for name in ("doc_id", "url", "published", "publisher", "lang")}
    return replace(document, **fields)


def _differences(
    collection: Collection, table: str, kept: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]
) -> Iterator[Finding]:
    key = schema.table(table).key
    columns = tuple({"name": name, "type": "", "nullable": True} for name in schema.columns(table))
    found = diff.compare({table: Content(key, columns, kept)}, {table: Content(key, columns, rows)})
    file = f"data/raw/{collection.name}/{table}.jsonl"
    lines = [line for part in found.tables for line in _lines(part)]
    for row, message in lines[:SHOWN]:
        yield Finding("fault", file, message, table=table, row=row)
    if len(lines) > SHOWN:
        yield Finding("fault", file, f"{len(lines) - SHOWN} more differences", table=table)


def _lines(part: diff.TableDiff) -> Iterator[tuple[str, str]]:
    yield from ((row, "the documents do not give this row") for row in part.removed)
    yield from ((row, "the documents give this row, and it is missing") for row in part.added)
    for change in (*part.changed, *part.derived):
        yield change.row, f"{change.column} is {change.old!r}, the documents give {change.new!r}"
