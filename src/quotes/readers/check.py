"""From the fields of a file to a `Document`, or to the reason why not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from quotes.errors import DocumentError
from quotes.readers.limits import MAX_CHARACTERS
from quotes.records import Document

FIELDS = ("doc_id", "text", "title", "published", "publisher", "url", "lang")
"""What a document is made of; whatever else a row holds is passed over."""

# An unspecified month or day (XX) says nothing; the time of a timestamp may follow the day.
_TIME = r"(?:[T ]\d\d:?\d\d[0-9:.,]*(?: ?(?:Z|[+-]\d\d:?(?:\d\d)?))?)?"
_PUBLISHED = re.compile(rf"([0-9]{{4}})(?:-([0-9]{{2}}|XX)(?:-([0-9]{{2}}|XX){_TIME})?)?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")  # all of category Cc
_SURROGATE = re.compile("[\ud800-\udfff]")
_PUBLISHED_ADVICE = "Write a day, month or year as 2025-05-09, 2025-05 or 2025, or null where it is not known"


def to_document(fields: Mapping[str, Any], where: str) -> Document:
    """The document that these fields describe.

    Half of a surrogate pair, which no file can hold, becomes U+FFFD; every other character of the text stays
    as given, so that offsets count what the reader of the file counts. Other empty fields are None.

    Raises `DocumentError` for a missing or empty ``doc_id`` or ``text``, a text beyond all measure, a field of a
    wrong type, and a ``published`` that is no day, month or year.
    """
    doc_id = _identifier(fields, where)
    text = _string(fields.get("text"), "text", where, doc_id)
    if text is None or not text.strip():
        advice = "Give the article in the field text"
        raise DocumentError(where, "the text is missing or empty", advice, doc_id=doc_id)
    if len(text) > MAX_CHARACTERS:
        reason = f"the text has {len(text):,} characters, more than {MAX_CHARACTERS:,}"
        raise DocumentError(where, reason, "Cut it into articles, each a document", doc_id=doc_id)
    title, publisher, url, lang = (
        _string(fields.get(name), name, where, doc_id) for name in ("title", "publisher", "url", "lang")
    )
    try:
        published = edtf(fields.get("published"))
    except ValueError as error:
        raise DocumentError(where, f"published: {error}", _PUBLISHED_ADVICE, doc_id=doc_id) from None
    return Document(doc_id, text, title, published, publisher, url, lang)


def edtf(value: object) -> str | None:
    """A day, month or year in EDTF; of a timestamp, its day as written; None for nothing.

    >>> edtf("2025-05-09T23:30:00+09:00"), edtf("2025-05-XX"), edtf("")
    ('2025-05-09', '2025-05', None)

    Raises `ValueError` for anything else, and for days that the calendar does not have.
    """
    if _nothing(value):
        return None
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        raise ValueError(f"{_shown(value)} is {_kind(value)}, not text")
    if not value.strip():
        return None
    match = _PUBLISHED.fullmatch(value.strip())
    if match is None:
        raise ValueError(f"{_shown(value)} is not a day, month or year")
    year, month, day = match.groups()
    month, day = (None if part == "XX" else part for part in (month, day))
    if day and not month:
        raise ValueError(f"{_shown(value)} is not a day, month or year")
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise ValueError(f"{_shown(value)} is not in the calendar") from None
    return "-".join(part for part in (year, month, day) if part)


def _identifier(fields: Mapping[str, Any], where: str) -> str:
    doc_id = fields.get("doc_id")
    advice = "Give each document an id of its own, as text, in the field doc_id"
    if _nothing(doc_id) or (isinstance(doc_id, str) and not doc_id.strip()):
        raise DocumentError(where, "the doc_id is missing or empty", advice)
    if not isinstance(doc_id, str):
        raise DocumentError(where, f"the doc_id {_shown(doc_id)} is {_kind(doc_id)}, not text", advice)
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in doc_id):
        raise DocumentError(where, f"the doc_id {_shown(doc_id)} holds unprintable characters", advice)
    return doc_id


def _string(value: object, name: str, where: str, doc_id: str) -> str | None:
    if _nothing(value):
        return None
    if not isinstance(value, str):
        advice = "Write text between quotation marks, or null where it is not known"
        raise DocumentError(where, f"{name} is {_kind(value)}, not text", advice, doc_id=doc_id)
    value = _SURROGATE.sub("\ufffd", value)
    if name == "text":
        return value
    value = _CONTROL.sub(" ", value).strip()
    return value or None


def _nothing(value: object) -> bool:
    """None, and what tables made by pandas hold in its place (NaN and NaT differ from themselves)."""
    return value is None or bool(isinstance(value, (float, datetime)) and value != value)


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, list):
        return "a list"
    return "an object" if isinstance(value, dict) else f"a {type(value).__name__}"


def _shown(value: object) -> str:
    return ascii(value) if len(ascii(value)) <= 60 else f"{ascii(value)[:57]}..."
