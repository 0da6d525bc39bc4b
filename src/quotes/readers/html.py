"""Web pages: the article, its title, day, site and address, found by trafilatura."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

from quotes.errors import DocumentError
from quotes.readers.bytes_of import FAILURES, decoded, not_utf8, opened, unreadable
from quotes.readers.discover import Source

Row = tuple[str, dict[str, Any]]

# A day is taken only where the page states it. The last day allowed is fixed: it would else be the day of
# reading, and the same page give different rows next year.
_DAY_STATED = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_LANG = re.compile(r"""<html\b[^>]{0,500}?\slang\s*=\s*["']?([A-Za-z]{2})(?![A-Za-z])""", re.IGNORECASE)
_Q_OPEN = re.compile(r"<q(?:\s[^<>]*)?>", re.IGNORECASE)
_Q_CLOSE = re.compile(r"</q\s*>", re.IGNORECASE)


def rows(source: Source) -> Iterator[Row | DocumentError]:
    """The page as ``(file, fields)``; offsets count characters of the article as taken out of the page."""
    try:
        with opened(source.path) as file:
            page = _page(file.read(), source.name)
        yield source.name, {"doc_id": source.doc_id, **_article(page, source.name)}
    except FAILURES as error:
        yield unreadable(source.name, error)
    except DocumentError as error:
        yield error


def ids(source: Source) -> Iterator[str]:
    """The one id."""
    yield source.doc_id


def _page(data: bytes, where: str) -> str:
    """The page as text: UTF-8, or else the encoding that it declares."""
    try:
        return decoded(data, where)
    except DocumentError:
        declared = _CHARSET.search(data[:4096])
        if declared is None:
            raise
        try:
            return data.decode(declared[1].decode("ascii"))
        except UnicodeDecodeError as error:
            raise not_utf8(where, error.start) from None
        except LookupError:
            reason = f"the page says that it is {declared[1].decode('ascii')}, which is no encoding known"
            raise DocumentError(where, reason, "Convert it to UTF-8 first") from None


def _article(page: str, where: str) -> dict[str, Any]:
    # Imported here: it takes half a second, and most input is not HTML.
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # its remarks are in our errors
    # Browsers print the marks of <q>; the bare text would lose them, and with them the quotation.
    marked = _Q_CLOSE.sub("”", _Q_OPEN.sub("“", page.replace("\x00", "\ufffd")))
    try:
        found = bare_extraction(
            marked, with_metadata=True, include_comments=False, date_extraction_params=_DAY_STATED
        )
    except Exception as error:  # a page can be broken in more ways than a parser foresees
        reason = f"the page cannot be read: {type(error).__name__}"
        raise DocumentError(where, reason, "Save the article as plain text instead") from error
    if found is None or isinstance(found, dict) or not found.text:
        raise DocumentError(where, "no article found in the page", "Save the article as plain text instead")
    language = _LANG.search(page)
    return {
        "text": found.text,
        "title": found.title,
        "published": found.date,
        "publisher": None if found.sitename == found.hostname else found.sitename,
        "url": found.url,
        "lang": language[1].lower() if language else None,
    }
