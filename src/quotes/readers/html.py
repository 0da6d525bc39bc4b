"""Web pages: the article, its title, day, site and address, found by trafilatura."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

from quotes.errors import DocumentError
from quotes.readers.bytes_of import FAILURES, opened, unreadable
from quotes.readers.discover import Source
from quotes.readers.encodings import decoded
from quotes.readers.limits import MAX_PAGE
from quotes.readers.page_title import title_by_class
from quotes.readers.raw import Raw

# A day is taken only where the page states it. The last day allowed is fixed: it would else be the day of
# reading, and the same page give different rows next year.
_DAY_STATED = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_LANG = re.compile(r"""<html\b[^>]{0,500}?\slang\s*=\s*["']?([A-Za-z]{2})(?![A-Za-z])""", re.IGNORECASE)
_Q_OPEN = re.compile(r"<q(?:\s[^<>]*)?>", re.IGNORECASE)
_Q_CLOSE = re.compile(r"</q\s*>", re.IGNORECASE)


def rows(source: Source) -> Iterator[Raw | DocumentError]:
    """The page, still to be read; offsets count characters of the article as taken out of it."""
    try:
        with opened(source.path) as file:
            page = file.read(MAX_PAGE + 1)
    except FAILURES as error:
        yield unreadable(source.name, error)
        return
    if len(page) > MAX_PAGE:
        reason = f"the page is longer than {MAX_PAGE:,} bytes"
        advice = "Save the article as plain text instead"
        yield DocumentError(source.name, reason, advice, doc_id=source.doc_id)
        return
    yield Raw(source.name, {"doc_id": source.doc_id}, page)


def keys(source: Source) -> Iterator[Raw]:
    """The one id, without a look into the file."""
    yield Raw(source.name, {"doc_id": source.doc_id})


def article(page: bytes, where: str, charset: str | None = None) -> dict[str, Any]:
    """Text, title, day, site, address and language of the article in a page.

    ``charset`` is what the server said. Raises `DocumentError` where the page holds no article or is in no
    encoding known.
    """
    return _article(_text(page, where, charset), where)


def _text(data: bytes, where: str, charset: str | None) -> str:
    """The page as text: UTF-8, or else the encoding that its server or the page itself states."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    declared = _CHARSET.search(data[:4096])
    stated = charset or (declared[1].decode("ascii") if declared else None)
    if stated is None:
        return decoded(data, where)
    try:
        # A stray byte in a page of a known encoding is no reason to lose the article.
        return data.decode(stated, errors="replace")
    except (LookupError, UnicodeError):
        reason = f"the page says that it is {ascii(stated)[1:-1]}, which is no encoding known"
        raise DocumentError(where, reason, "Convert it to UTF-8 first") from None


def _article(page: str, where: str) -> dict[str, Any]:
    # Imported here: it takes half a second, and most input is not HTML.
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # its remarks are in our errors
    logging.getLogger("htmldate").addHandler(logging.NullHandler())
    try:
        found = bare_extraction(
            _readable(page), with_metadata=True, include_comments=False, date_extraction_params=_DAY_STATED
        )
    except Exception as error:  # a page can be broken in more ways than a parser foresees
        reason = f"the page cannot be read: {type(error).__name__}"
        raise DocumentError(where, reason, "Save the article as plain text instead") from error
    if found is None or isinstance(found, dict) or not found.text:
        raise DocumentError(where, "no article found in the page", "Save the article as plain text instead")
    language = _LANG.search(page)
    return {
        "text": found.text,
        "title": title_by_class(page) or found.title,
        "published": found.date,
        "publisher": None if found.sitename == found.hostname else found.sitename,
        "url": found.url,
        "lang": language[1].lower() if language else None,
    }


def _readable(page: str) -> str:
    """The page as a browser would print it: with the marks of <q>, which the bare text would lose."""
    return _Q_CLOSE.sub("”", _Q_OPEN.sub("“", page.replace("\x00", "\ufffd")))
