"""Documents in: JSON Lines, Parquet, CSV, plain text, web pages, WARC, datasets, folders, the standard input.

`read` is the only door. What cannot be read comes out of it too, as a `DocumentError` among the documents,
so that one bad article never stops the others and none is lost silently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType

from quotes.errors import DocumentError
from quotes.readers.discover import Found, Source, discover
from quotes.readers.raw import PassedOver, Raw
from quotes.readers.repeated import Rivals, is_repeated, repeated_ids
from quotes.readers.sniff import ENDINGS
from quotes.readers.standard_input import spooled
from quotes.readers.whole import field_of, finished, ready
from quotes.records import Document

__all__ = ["ENDINGS", "Found", "Item", "Raw", "Source", "discover", "finished", "read", "read_raw", "read_sources"]

Item = Document | Raw | PassedOver | DocumentError
"""What comes out of a file: a document, a page to be read (`finished`), no document, or why there is none."""

_READERS: Mapping[str, str] = {
    "json_lines": "json_lines",
    "parquet": "parquet",
    "csv": "csv_rows",
    "plain_text": "plain_text",
    "html": "html",
    "warc": "warc",
    "dataset": "dataset",
}
"""The module for each kind of file. They are loaded when one is met: what some of them need takes half a second."""


def read(
    paths: Sequence[str | Path], columns: Mapping[str, str] | None = None
) -> Iterator[Document | DocumentError]:
    """Every document of these files and folders, and a `DocumentError` for each one that cannot be read.

    ``-`` is the standard input and ``dataset:…`` a dataset (see `quotes.readers.dataset`). ``columns`` says which
    column holds a field, where it has another name: ``{"text": "body", "doc_id": "#"}``, ``#`` being the number
    of the row. The order of the paths does not matter: files are read sorted by name, line by line. Two documents
    with one ``doc_id``: when they are the same, one is kept; when they differ, the one with the longest text (then
    the one that says most about itself); the others come out as errors.

    Raises `UsageError`, before anything is read, when a path does not exist or is of no kind known.
    """
    found = discover(paths, columns)
    return _all(found)


def _all(found: Found) -> Iterator[Document | DocumentError]:
    yield from found.errors
    yield from read_sources(found.sources)


def read_sources(
    sources: Sequence[Source], *, counted: Callable[[int], None] | None = None
) -> Iterator[Document | DocumentError]:
    """The same for files found by `discover`; ``counted`` is told beforehand how many documents there are."""
    for item in read_raw(sources, counted=counted):
        if isinstance(item, Raw):
            yield finished(item)
        elif not isinstance(item, PassedOver):
            yield item


def read_raw(sources: Sequence[Source], *, counted: Callable[[int], None] | None = None) -> Iterator[Item]:
    """The same, pages left to be `finished` elsewhere, and what is passed over told too."""
    with spooled(sources) as files:
        again, count = repeated_ids(_ids(files))
        if counted:
            counted(count)
        rivals = Rivals()
        for item in _items(files):
            if isinstance(item, Raw) and is_repeated(str(item.fields.get("doc_id")), again):
                whole = finished(item)
                if isinstance(whole, DocumentError):
                    yield whole
                else:
                    rivals.add(item.where, whole)
            else:
                yield ready(item) if isinstance(item, Raw) else item
        yield from (item if isinstance(item, DocumentError) else item[1] for item in rivals.decided())


def _items(files: Sequence[Source]) -> Iterator[Raw | PassedOver | DocumentError]:
    for file in files:
        for item in _reader(file).rows(file):
            yield field_of(item, file) if isinstance(item, Raw) else item


def _reader(file: Source) -> ModuleType:
    return import_module(f"quotes.readers.{_READERS[file.kind]}")


def _ids(files: Sequence[Source]) -> Iterator[str]:
    """The ids of everything that can be read, in order; what cannot is told when it is read for good."""
    for file in files:
        reader = _reader(file)
        keys = getattr(reader, "keys", reader.rows)
        for item in keys(file):
            if isinstance(item, Raw):
                doc_id = field_of(item, file).fields.get("doc_id")
                if isinstance(doc_id, str):
                    yield doc_id
