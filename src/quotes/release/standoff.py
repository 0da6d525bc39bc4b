"""Stand-off collections: what is known of documents that may not be reprinted, without their words.

Such a collection is a folder of data/raw. ``SOURCE.md`` says where the documents are to be had and on which
terms; ``collection.json`` is its sidecar; ``documents.jsonl`` lists the documents (address, day, length and
SHA-256 of the text, no title); ``quotes.jsonl``, ``stances.jsonl`` and ``rejected.jsonl`` hold what the
pipeline read from them, everything but words. A release is built from these files alone; whoever has the
documents can make them again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from quotes import schema
from quotes.errors import ReleaseError
from quotes.release import digest, sidecar
from quotes.release.collection import Collection
from quotes.release.standoff_words import WITHHELD, Names, without_words
from quotes.release.writer import arrange

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]

SIDECAR = "collection.json"
SOURCE = "SOURCE.md"
LIST = "documents.jsonl"
TABLES = ("quotes", "stances", "rejected")
LISTED = ("doc_id", "url", "published", "publisher", "lang", "n_chars", "sha256")
"""What the list says of each document."""

_FILES = (LIST, *(f"{name}.jsonl" for name in TABLES))
_DOCUMENT = ("url", "published", "publisher", "lang")
_LEFT_OUT = (*_DOCUMENT, "reviewed", "first_version")
_REQUIRED = {**sidecar.REQUIRED, "origin": str, "terms": str, "files": dict, "made_with": dict}


def names(raw: Path) -> list[str]:
    """The stand-off collections of a folder, sorted."""
    return sorted(path.parent.name for path in raw.glob(f"*/{SIDECAR}"))


def files(folder: Path) -> list[Path]:
    """The files of a collection that a release reads."""
    return [folder / name for name in (SIDECAR, *_FILES)]


def read(folder: Path) -> Collection:
    """The collection in a folder.

    Raises ReleaseError where a file is missing or not the one that the sidecar describes, and where a row
    belongs to no document of the list.
    """
    beside = folder / SIDECAR
    meta = sidecar.read(beside, _REQUIRED)
    for name in (SOURCE, *_FILES):
        if not (folder / name).is_file():
            raise ReleaseError(f"{folder / name} is missing. Restore it, or make it: quotes release standoff")
    for name in _FILES:
        found = digest.of_file(folder / name)
        if found != meta["files"].get(name):
            said = f"sha256 {found}, not {meta['files'].get(name)}"
            raise ReleaseError(f"{folder / name} is not the file that {SIDECAR} describes ({said}). Restore it")
    listed = tuple(row for _, row in sidecar.read_lines(folder / LIST))
    documents = {row["doc_id"]: row for row in listed}
    return Collection(
        name=folder.name, path=folder / LIST, sidecar=beside, title=meta["title"],
        description=meta["description"], licence=meta["licence"], text_published=False, fictional=False,
        rows=listed,
        extracted={name: _read_rows(folder / f"{name}.jsonl", name, documents) for name in TABLES},
    )  # fmt: skip


def _read_rows(path: Path, table: str, documents: Mapping[str, Row]) -> list[dict[str, Any]]:
    rows = []
    for number, row in sidecar.read_lines(path):
        document = documents.get(row.get("doc_id"))
        if document is None:
            raise ReleaseError(f"{path}:{number} belongs to no document of {LIST}. Make the collection anew")
        rows.append(_whole(table, row, document))
    return rows


def _whole(table: str, row: Row, document: Row) -> dict[str, Any]:
    columns = schema.columns(table)
    filled: dict[str, Any] = {name: row.get(name) for name in columns}
    filled |= {name: document.get(name) for name in _DOCUMENT if name in columns}
    return {**filled, "reviewed": False} if "reviewed" in columns else filled


def list_entry(row: Row) -> dict[str, Any]:
    """What the list says of a document that is at hand."""
    text = row["text"].encode("utf-8", "surrogatepass")
    return {
        **{name: row.get(name) for name in LISTED[:-2]},
        "n_chars": len(row["text"]),
        "sha256": digest.of_bytes(text),
    }


def strip(extracted: Tables, names: Names) -> dict[str, list[dict[str, Any]]]:
    """What the pipeline found, without words, each table in its order."""
    return {
        name: arrange(name, [without_words(name, row, names) for row in extracted[name]]) for name in TABLES
    }


def write(folder: Path, documents: Sequence[Row], extracted: Tables, made_with: Mapping[str, Any]) -> None:
    """Write list and rows into the folder of a collection, and their digests into its sidecar.

    ``documents`` are entries of the list, ``extracted`` rows without words. The words of the sidecar itself
    (title, origin, terms) must be there; nothing else of the folder is touched.
    """
    beside = folder / SIDECAR
    meta = json.loads(beside.read_text(encoding="utf-8"))
    _put(folder / LIST, [{name: row[name] for name in LISTED} for row in documents])
    for name in TABLES:
        _put(folder / f"{name}.jsonl", [_short(name, row) for row in extracted[name]])
    meta |= {
        "documents": len(documents),
        "files": {name: digest.of_file(folder / name) for name in _FILES},
        "made_with": dict(made_with),
    }
    beside.write_text(json.dumps(meta, indent=2, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


def _short(table: str, row: Row) -> dict[str, Any]:
    """A row as the file holds it: what is null, and what the list of documents says, is left out."""
    left_out = {*_LEFT_OUT, *WITHHELD.get(table, ())}
    return {name: value for name, value in row.items() if value is not None and name not in left_out}


def _put(path: Path, rows: Sequence[Row]) -> None:
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
