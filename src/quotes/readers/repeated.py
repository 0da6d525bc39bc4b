"""Documents that share an id: exactly one of them goes on, the same one in whatever order they come.

Neither step holds the documents in memory: of an id eight bytes are kept, and documents that wait for others of
their id wait in a file.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import astuple
from hashlib import blake2b
from itertools import groupby

from quotes.errors import DocumentError
from quotes.records import Document

Placed = tuple[str, Document]
"""Where a document stands, and the document."""


def mark_of(doc_id: str) -> int:
    """Eight bytes that stand for an id. Two ids that share them only wait together; they are not confused."""
    return int.from_bytes(blake2b(doc_id.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def repeated_ids(ids: Iterable[str]) -> tuple[frozenset[int], int]:
    """The marks of ids that occur more than once, and how many ids there are, each counted as it occurs."""
    import numpy as np

    marks = np.frombuffer(array("Q", map(mark_of, ids)) or b"", dtype=np.uint64)
    ordered = np.sort(marks)
    again = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    return frozenset(again.tolist()), len(marks)


class Rivals:
    """Documents whose ids occur more than once, kept in a file of the system until all have come."""

    def __init__(self) -> None:
        self._store: sqlite3.Connection | None = None

    def add(self, where: str, document: Document) -> None:
        """Let one wait."""
        if self._store is None:
            self._store = sqlite3.connect("")  # a file without a name, gone when it is closed
            self._store.execute("CREATE TABLE rivals (doc_id TEXT, place INTEGER PRIMARY KEY, content TEXT)")
        content = json.dumps([where, *astuple(document)])
        self._store.execute("INSERT INTO rivals (doc_id, content) VALUES (?, ?)", (document.doc_id, content))

    def decided(self) -> Iterator[Placed | DocumentError]:
        """The one of each id that goes on and, for each of the others, why not; sorted by id."""
        if self._store is None:
            return
        with closing(self._store) as store:
            found = store.execute("SELECT doc_id, content FROM rivals ORDER BY doc_id, place")
            for _, group in groupby(found, key=lambda row: row[0]):
                yield from _decide([_read(content) for _, content in group])


def _read(content: str) -> Placed:
    where, *fields = json.loads(content)
    return where, Document(*fields)


def is_repeated(doc_id: str, again: Collection[int]) -> bool:
    """Whether an id may occur more than once."""
    return bool(again) and mark_of(doc_id) in again


def _decide(rivals: list[Placed]) -> Iterator[Placed | DocumentError]:
    place, kept = min(rivals, key=lambda rival: _rank(rival[1]))
    yield place, kept
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
