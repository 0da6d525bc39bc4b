"""Plain text: one file, one document, its name the id."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.errors import DocumentError
from quotes.readers.bytes_of import FAILURES, opened, unreadable
from quotes.readers.discover import Source
from quotes.readers.encodings import decoded
from quotes.readers.limits import MAX_LINE
from quotes.readers.raw import Raw


def rows(source: Source) -> Iterator[Raw | DocumentError]:
    """The file as one document; line ends stay as they are: offsets count what is in the file."""
    try:
        with opened(source.path) as file:
            data = file.read(MAX_LINE + 1)
        if len(data) > MAX_LINE:
            reason = f"the file holds more than {MAX_LINE:,} bytes"
            yield DocumentError(source.name, reason, "Cut it into articles, each a document", doc_id=source.doc_id)
            return
        yield Raw(source.name, {"doc_id": source.doc_id, "text": decoded(data, source.name)})
    except FAILURES as error:
        yield unreadable(source.name, error)
    except DocumentError as error:
        yield error


def keys(source: Source) -> Iterator[Raw]:
    """The one id, without a look into the file."""
    yield Raw(source.name, {"doc_id": source.doc_id})
