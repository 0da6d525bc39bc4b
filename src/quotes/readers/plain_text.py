"""Plain text: one file, one document, its name the id."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quotes.errors import DocumentError
from quotes.readers.bytes_of import FAILURES, decoded, opened, unreadable
from quotes.readers.discover import Source

Row = tuple[str, dict[str, Any]]


def rows(source: Source) -> Iterator[Row | DocumentError]:
    """The file as ``(file, fields)``; line ends stay as they are: offsets count what is in the file."""
    try:
        with opened(source.path) as file:
            yield source.name, {"doc_id": source.doc_id, "text": decoded(file.read(), source.name)}
    except FAILURES as error:
        yield unreadable(source.name, error)
    except DocumentError as error:
        yield error


def ids(source: Source) -> Iterator[str]:
    """The one id."""
    yield source.doc_id
