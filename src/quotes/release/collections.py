"""The collections of data/raw: documents, and for each collection a sidecar that answers for it.

A sidecar says who wrote the documents, why, under which licence, and what the SHA-256 of the file is, so that
no file can change behind its back. Collections marked ``fictional`` are invented: they are published as a
configuration of their own and never enter the other tables. A folder holds a stand-off collection, whose
documents are kept elsewhere (see `quotes.release.standoff`).
"""

from __future__ import annotations

from collections.abc import Collection as Names
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from quotes.errors import ReleaseError
from quotes.release import digest, sidecar, standoff
from quotes.release.collection import DOCUMENT_FIELDS, Collection

__all__ = ["SIDECAR", "Collection", "files", "names", "read"]

SIDECAR = ".meta.json"
_REQUIRED = {**sidecar.REQUIRED, "sha256": str}


def names(raw: Path) -> list[str]:
    """The collections of a folder, sorted. Raises ReleaseError where there is no such folder."""
    if not raw.is_dir():
        raise ReleaseError(f"{raw} is no folder. Name the folder that holds the collections (*.jsonl)")
    found = {path.name.removesuffix(".jsonl") for path in raw.glob("*.jsonl")}
    found |= {path.name.removesuffix(SIDECAR) for path in raw.glob(f"*{SIDECAR}")}
    return sorted(found | set(standoff.names(raw)))


def files(raw: Path, name: str) -> list[Path]:
    """The files of a collection that a release reads, whether they are there or not."""
    if name in standoff.names(raw):
        return standoff.files(raw / name)
    return [raw / f"{name}.jsonl", raw / f"{name}{SIDECAR}"]


def read(raw: Path, only: Names[str] | None = None) -> list[Collection]:
    """The collections of a folder, sorted by name: all, or ``only`` those named.

    Raises ReleaseError where a file has no sidecar or a sidecar no file, where the file is not the one the
    sidecar describes, where a line is no document, and where two documents share an identifier.
    """
    found = names(raw)
    if not found:
        raise ReleaseError(f"{raw} holds no collection. Put a *.jsonl file and its *{SIDECAR} there")
    unknown = sorted(set(only or ()) - set(found))
    if unknown:
        raise ReleaseError(f"{raw} holds no collection {', '.join(unknown)}. There are: {', '.join(found)}")
    kept = [name for name in found if only is None or name in only]
    collections = [_read_collection(raw, name) for name in kept]
    _refuse_shared_ids(collections)
    return collections


def _read_collection(raw: Path, name: str) -> Collection:
    if name in standoff.names(raw):
        return standoff.read(raw / name)
    path, beside = raw / f"{name}.jsonl", raw / f"{name}{SIDECAR}"
    for needed in (path, beside):
        if not needed.is_file():
            raise ReleaseError(f"{needed} is missing. Every collection needs its documents and its sidecar")
    meta = sidecar.read(beside, _REQUIRED)
    found = digest.of_file(path)
    if found != meta["sha256"]:
        raise ReleaseError(
            f"{path} is not the file that {beside.name} describes (sha256 {found}, not {meta['sha256']}). "
            "Restore the file, or, if the change is meant, write the new sha256 and number of documents there"
        )
    rows = tuple(_read_rows(path))
    if len(rows) != meta["documents"]:
        said = f"{beside.name} says {meta['documents']}"
        raise ReleaseError(f"{path} holds {len(rows)} documents, {said}. Mend one of the two")
    return Collection(
        name=name, path=path, sidecar=beside, title=meta["title"], description=meta["description"],
        licence=meta["licence"], text_published=meta["text_published"], fictional=meta["fictional"],
        rows=rows,
    )  # fmt: skip


def _read_rows(path: Path) -> Iterator[dict[str, Any]]:
    for number, row in sidecar.read_lines(path):
        fault = _document_fault(row)
        if fault:
            raise ReleaseError(f"{path}:{number} is no document: {fault}. Mend the line")
        yield row


def _document_fault(row: object) -> str | None:
    if not isinstance(row, dict):
        return "it is no JSON object"
    for name in ("doc_id", "text"):
        if not isinstance(row.get(name), str) or not row[name]:
            return f"{name!r} is missing or empty"
    for name in DOCUMENT_FIELDS:
        if not isinstance(row.get(name), str | None):
            return f"{name!r} is {row[name]!r}, and needs a string"
    return None


def _refuse_shared_ids(collections: list[Collection]) -> None:
    seen: dict[str, Path] = {}
    for collection in collections:
        for row in collection.rows:
            doc_id = row["doc_id"]
            if doc_id in seen:
                places = f"in {seen[doc_id]} and in {collection.path}"
                raise ReleaseError(f"two documents are called {doc_id!r}, {places}. Rename one")
            seen[doc_id] = collection.path
