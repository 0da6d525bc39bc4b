"""A collection of data/raw, as a release reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotes.records import Document

DOCUMENT_FIELDS = ("doc_id", "text", "title", "published", "publisher", "url", "lang")


@dataclass(frozen=True, slots=True)
class Collection:
    """One collection: its sidecar and its documents as the file holds them, extra keys included.

    The documents of a stand-off collection are not here: its ``rows`` tell length (``n_chars``) and digest
    (``sha256``) of each text in place of the text, and ``extracted`` holds what was read from them.
    """

    name: str
    path: Path
    sidecar: Path
    title: str
    description: str
    licence: str
    text_published: bool
    fictional: bool
    rows: tuple[Mapping[str, Any], ...]
    extracted: Mapping[str, Sequence[Mapping[str, Any]]] | None = None

    @property
    def standoff(self) -> bool:
        """Whether the documents are kept elsewhere."""
        return self.extracted is not None

    def documents(self) -> list[Document]:
        """The documents as the pipeline reads them; none of a stand-off collection."""
        if self.standoff:
            return []
        fields: list[dict[str, Any]] = [{name: row.get(name) for name in DOCUMENT_FIELDS} for row in self.rows]
        return [Document(**values) for values in fields]
