"""WARC files, as Common Crawl and the Internet Archive write them: one page a response."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from quotes.errors import DocumentError
from quotes.readers.bytes_of import FAILURES, opened, unreadable
from quotes.readers.discover import Source
from quotes.readers.limits import MAX_PAGE
from quotes.readers.raw import PassedOver, Raw

_PAGES = ("text/html", "application/xhtml+xml")
_DAMAGED = (ArchiveLoadFailed, ValueError, KeyError, AttributeError, TypeError, IndexError)
"""What the parser raises on records that are cut short or no records."""


def rows(source: Source) -> Iterator[Raw | PassedOver | DocumentError]:
    """Each page as ``file:record``, records counted from 1; its id is the record's, its url where it was fetched.

    Requests, pictures, answers other than 200 and whatever else is no page are passed over.
    """
    return _records(source, pages=True)


def keys(source: Source) -> Iterator[Raw | PassedOver | DocumentError]:
    """The same with ids alone."""
    return _records(source, pages=False)


def _records(source: Source, *, pages: bool) -> Iterator[Raw | PassedOver | DocumentError]:
    number = 0
    try:
        with opened(source.path) as file:
            for number, record in enumerate(_iterator(file), start=1):
                yield _record(record, f"{source.name}:{number}", pages=pages)
        if not number:
            yield DocumentError(source.name, "no WARC record in the file", "Fetch the file again")
    except _DAMAGED as error:
        reason = f"not a WARC record: {next(iter(str(error).split(chr(10))), '')[:100].strip() or type(error).__name__}"
        yield DocumentError(f"{source.name}:{number + 1}", reason, "Fetch the file again; what stood before is read")
    except FAILURES as error:
        yield unreadable(f"{source.name}:{number + 1}", error)


class _AtOnce:
    """A file that gives what it has: of one that is cut short, all that stands before the cut."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file: Any = file

    def read(self, size: int = -1) -> bytes:
        data: bytes = self._file.read1(size)
        return data


def _iterator(file: IO[bytes]) -> Any:  # noqa: ANN401
    return ArchiveIterator(_AtOnce(file), no_record_parse=False, check_digests=False)


def _record(record: Any, where: str, *, pages: bool) -> Raw | PassedOver | DocumentError:  # noqa: ANN401
    headers, http = record.rec_headers, record.http_headers
    if record.rec_type not in ("response", "resource"):
        return PassedOver(where, f"a record of type {record.rec_type}")
    kind = (http or headers).get_header("Content-Type") or ""
    if http is not None and http.get_statuscode() != "200":
        return PassedOver(where, f"an answer with status {http.get_statuscode()}")
    if not kind.lower().startswith(_PAGES):
        return PassedOver(where, f"of type {kind.partition(';')[0].strip() or 'not known'}")
    fields = {
        "doc_id": (headers.get_header("WARC-Record-ID") or "").strip("<>"),
        "url": headers.get_header("WARC-Target-URI"),
    }
    if not pages:
        return Raw(where, fields)
    page = record.content_stream().read(MAX_PAGE + 1)
    if len(page) > MAX_PAGE:
        reason = f"the page is longer than {MAX_PAGE:,} bytes"
        return DocumentError(where, reason, "Save the article as plain text instead", doc_id=fields["doc_id"])
    charset = kind.partition("charset=")[2].partition(";")[0].strip(" \"'")
    return Raw(where, fields, page, charset or None)
