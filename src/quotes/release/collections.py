"""The collections of data/raw: a JSON Lines file of documents each, with a sidecar that answers for it.

A sidecar says who wrote the documents, why, under which licence, and what the SHA-256 of the file is, so that
no file can change behind its back. Collections marked ``fictional`` are invented: they are published as a
configuration of their own and never enter the other tables.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotes.errors import ReleaseError
from quotes.records import Document
from quotes.release import digest

SIDECAR = ".meta.json"
_REQUIRED = {
    "title": str, "description": str, "authors": list, "created": str, "reason": str, "licence": str,
    "text_published": bool, "language": str, "fictional": bool, "documents": int, "sha256": str,
}  # fmt: skip
_DOCUMENT_FIELDS = ("doc_id", "text", "title", "published", "publisher", "url", "lang")


@dataclass(frozen=True, slots=True)
class Collection:
    """One collection: its sidecar and its documents as the file holds them, extra keys included."""

    name: str
    path: Path
    sidecar: Path
    title: str
    description: str
    licence: str
    text_published: bool
    fictional: bool
    rows: tuple[Mapping[str, Any], ...]

    def documents(self) -> list[Document]:
        """The documents as the pipeline reads them."""
        fields: list[dict[str, Any]] = [
            {name: row.get(name) for name in _DOCUMENT_FIELDS} for row in self.rows
        ]
        return [Document(**values) for values in fields]


def read(raw: Path) -> list[Collection]:
    """All collections of a folder, sorted by name.

    Raises ReleaseError where a file has no sidecar or a sidecar no file, where the file is not the one the
    sidecar describes, where a line is no document, and where two documents share an identifier.
    """
    if not raw.is_dir():
        raise ReleaseError(f"{raw} is no folder. Name the folder that holds the collections (*.jsonl)")
    names = {path.name.removesuffix(".jsonl") for path in raw.glob("*.jsonl")}
    names |= {path.name.removesuffix(SIDECAR) for path in raw.glob(f"*{SIDECAR}")}
    if not names:
        raise ReleaseError(f"{raw} holds no collection. Put a *.jsonl file and its *{SIDECAR} there")
    collections = [_read_collection(raw, name) for name in sorted(names)]
    _refuse_shared_ids(collections)
    return collections


def _read_collection(raw: Path, name: str) -> Collection:
    path, sidecar = raw / f"{name}.jsonl", raw / f"{name}{SIDECAR}"
    for needed in (path, sidecar):
        if not needed.is_file():
            raise ReleaseError(f"{needed} is missing. Every collection needs its documents and its sidecar")
    meta = _read_sidecar(sidecar)
    found = digest.of_file(path)
    if found != meta["sha256"]:
        raise ReleaseError(
            f"{path} is not the file that {sidecar.name} describes (sha256 {found}, not {meta['sha256']}). "
            "Restore the file, or, if the change is meant, write the new sha256 and number of documents there"
        )
    rows = tuple(_read_rows(path))
    if len(rows) != meta["documents"]:
        said = f"{sidecar.name} says {meta['documents']}"
        raise ReleaseError(f"{path} holds {len(rows)} documents, {said}. Mend one of the two")
    return Collection(
        name=name, path=path, sidecar=sidecar, title=meta["title"], description=meta["description"],
        licence=meta["licence"], text_published=meta["text_published"], fictional=meta["fictional"],
        rows=rows,
    )  # fmt: skip


def _read_sidecar(sidecar: Path) -> dict[str, Any]:
    try:
        meta = json.loads(sidecar.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ReleaseError(f"{sidecar} is no JSON: {error}. Mend it") from error
    if not isinstance(meta, dict):
        raise ReleaseError(f"{sidecar} holds no JSON object. Write one with the keys {', '.join(_REQUIRED)}")
    for key, wanted in _REQUIRED.items():
        if type(meta.get(key)) is not wanted:
            given = f"{key!r} is {meta.get(key)!r}" if key in meta else f"{key!r} is missing"
            raise ReleaseError(f"{sidecar}: {given}. Write it there, a {wanted.__name__}")
    return meta


def _read_rows(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise ReleaseError(f"{path}:{number} is no JSON: {error}. Mend the line") from error
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
    for name in _DOCUMENT_FIELDS:
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
