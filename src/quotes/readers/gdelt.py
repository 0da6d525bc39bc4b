"""GDELT's Global Quotation Graph: an article a line, its quotations with the words before and behind each.

The graph names no speakers. Each quotation becomes a document of its own, its marks put back, so that we can.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from quotes.errors import DocumentError
from quotes.readers.raw import Raw

_LANGUAGES = {
    "ENGLISH": "en", "GERMAN": "de", "FRENCH": "fr", "SPANISH": "es", "RUSSIAN": "ru", "CHINESE": "zh",
    "JAPANESE": "ja", "KOREAN": "ko",
}  # fmt: skip


def is_entry(value: Mapping[str, Any]) -> bool:
    """Whether this object is an article of the graph: an address and quotations, and no text."""
    quotes = value.get("quotes")
    return "text" not in value and isinstance(value.get("url"), str) and isinstance(quotes, list)


def snippets(entry: Mapping[str, Any], where: str) -> Iterator[Raw | DocumentError]:
    """Each quotation of an article as a document: ``pre “quote” post``, ``url#k`` its id.

    Offsets of rows count characters of that snippet. The date is when GDELT saw the article.
    """
    for number, item in enumerate(entry["quotes"], start=1):
        place = f"{where}#{number}"
        parts = [item.get(name) for name in ("pre", "quote", "post")] if isinstance(item, Mapping) else []
        if not parts or not isinstance(parts[1], str) or not parts[1].strip():
            yield DocumentError(place, "the quotation has no words", "Fetch the file again")
            continue
        before, quote, after = (part.strip() if isinstance(part, str) else "" for part in parts)
        yield Raw(
            place,
            {
                "doc_id": f"{entry['url']}#{number}",
                "text": f"{before} “{quote}” {after}".strip(),
                "title": entry.get("title"),
                "published": _day(entry.get("date")),
                "url": entry["url"],
                "lang": _language(entry.get("lang")),
            },
        )


def _day(value: object) -> object:
    """``20240305120000`` as a day; whatever else as it is."""
    if isinstance(value, str) and len(value) >= 8 and value[:8].isascii() and value[:8].isdigit():
        return f"{value[:4]}-{value[4:6]}-{value[6:8]}"
    return value


def _language(value: object) -> object:
    return _LANGUAGES.get(value.upper(), value.lower() if len(value) == 2 else None) if isinstance(value, str) else None
