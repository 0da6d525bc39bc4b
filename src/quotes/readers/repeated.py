"""Documents that share an id: exactly one of them goes on, the same one in whatever order they come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import astuple

from quotes.errors import DocumentError
from quotes.records import Document


def repeated_ids(ids: Iterable[str]) -> tuple[frozenset[str], int]:
    """The ids that occur more than once, and how many there are, each counted as often as it occurs."""
    seen: set[str] = set()
    again: set[str] = set()
    count = 0
    for doc_id in ids:
        count += 1
        (again if doc_id in seen else seen).add(doc_id)
    return frozenset(again), count


def keep_one(
    documents: Iterable[tuple[str, Document] | DocumentError], again: Collection[str]
) -> Iterator[Document | DocumentError]:
    """Documents pass through; those whose id is in ``again`` wait for the last and are decided together."""
    waiting: dict[str, list[tuple[str, Document]]] = {}
    for item in documents:
        if isinstance(item, DocumentError):
            yield item
        elif item[1].doc_id in again:
            waiting.setdefault(item[1].doc_id, []).append(item)
        else:
            yield item[1]
    for doc_id in sorted(waiting):
        yield from _decide(waiting[doc_id])


def _decide(rivals: list[tuple[str, Document]]) -> Iterator[Document | DocumentError]:
    place, kept = min(rivals, key=lambda rival: _rank(rival[1]))
    yield kept
    for where, document in rivals:
        if where == place:
            continue
        if document == kept:
            reason = f"the same document as {place}; it is counted once"
            advice = "Nothing is lost; take the repetition out of the input to be rid of this line"
        else:
            reason = f"another document with the doc_id of {place}, which is longer or fuller and is kept"
            advice = "Give each document an id of its own"
        yield DocumentError(where, reason, advice, doc_id=document.doc_id)


def _rank(document: Document) -> tuple[int, int, tuple[str, ...]]:
    """Longest text first, then most fields known, then the fields themselves: no tie is left to the order."""
    fields = astuple(document)
    return -len(document.text), sum(field is None for field in fields), tuple(field or "" for field in fields)
