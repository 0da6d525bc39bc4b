"""Documents in: JSON Lines, Parquet, plain text, web pages, folders of them, and the standard input.

`read` is the only door. What cannot be read comes out of it too, as a `DocumentError` among the documents,
so that one bad article never stops the others and none is lost silently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from quotes.errors import DocumentError
from quotes.readers import html, json_lines, parquet, plain_text
from quotes.readers.check import to_document
from quotes.readers.discover import ENDINGS, Found, Source, discover
from quotes.readers.repeated import keep_one, repeated_ids
from quotes.readers.standard_input import spooled
from quotes.records import Document

__all__ = ["ENDINGS", "Found", "Source", "discover", "read", "read_sources"]

_READERS = {
    "json_lines": json_lines,
    "parquet": parquet,
    "plain_text": plain_text,
    "html": html,
}


def read(paths: Sequence[str | Path]) -> Iterator[Document | DocumentError]:
    """Every document of these files and folders, and a `DocumentError` for each one that cannot be read.

    ``-`` is the standard input (JSON Lines). The order of the paths does not matter: files are read sorted by
    name, line by line. Two documents with one ``doc_id``: when they are the same, one is kept; when they
    differ, the one with the longest text (then the one that says most about itself); the others come out as
    errors.

    Raises `UsageError`, before anything is read, when a path does not exist or is of no kind known.
    """
    return read_sources(discover(paths).sources)


def read_sources(
    sources: Sequence[Source], *, counted: Callable[[int], None] | None = None
) -> Iterator[Document | DocumentError]:
    """The same for files found by `discover`; ``counted`` is told beforehand how many documents there are."""
    with spooled(sources) as files:
        again, count = repeated_ids(doc_id for file in files for doc_id in _READERS[file.kind].ids(file))
        if counted:
            counted(count)
        yield from keep_one(_documents(files), again)


def _documents(files: Sequence[Source]) -> Iterator[tuple[str, Document] | DocumentError]:
    for file in files:
        for row in _READERS[file.kind].rows(file):
            if isinstance(row, DocumentError):
                yield row
                continue
            where, fields = row
            try:
                yield where, to_document(fields, where)
            except DocumentError as error:
                yield error
