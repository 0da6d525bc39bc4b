"""From what a reader gives to a document: columns renamed, pages read, every field looked at."""

from __future__ import annotations

from dataclasses import replace

from quotes.errors import DocumentError
from quotes.readers import html
from quotes.readers.check import to_document
from quotes.readers.discover import NUMBER, Source
from quotes.readers.raw import Raw
from quotes.records import Document


def field_of(raw: Raw, source: Source) -> Raw:
    """The same with its columns called as the fields of a document; ``#`` is the number of the row."""
    if not source.columns:
        return raw
    fields = dict(raw.fields)
    row = raw.where.removeprefix(source.name).lstrip(":") or "1"
    for name, column in source.columns:
        fields[name] = f"{source.doc_id}:{row}" if column == NUMBER else raw.fields.get(column)
    return replace(raw, fields=fields)


def ready(raw: Raw) -> Document | Raw | DocumentError:
    """The document, or why there is none; a page stays as it is, to be `finished` where there is time."""
    return raw if raw.page is not None else finished(raw)


def finished(raw: Raw) -> Document | DocumentError:
    """The document, its page read where it is one; or why there is none. Never raises."""
    try:
        fields = raw.fields
        if raw.page is not None:
            given = {name: value for name, value in fields.items() if value is not None}
            fields = {**html.article(raw.page, raw.where, raw.charset), **given}
        return to_document(fields, raw.where)
    except DocumentError as error:
        doc_id = raw.fields.get("doc_id")
        if error.doc_id is None and isinstance(doc_id, str) and doc_id.isprintable():
            return DocumentError(error.where, error.reason, error.advice, doc_id=doc_id)
        return error
