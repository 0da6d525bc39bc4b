"""A stream of documents cut into shards, the same ones from the same stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from quotes.errors import DocumentError
from quotes.readers import Item, Raw
from quotes.readers.raw import PassedOver
from quotes.records import Document

FIRST = 200_000
"""Characters of the first shards: enough for a second or two of work, few enough for two processes to share little."""

MOST = 1_600_000
"""Characters of a shard at most; what one costs in memory follows from it."""

_GROWS = 64  # shards after which they are made larger: a large corpus has few files all the same
_DOCUMENTS = 2_000
_EACH = 600  # characters that every document counts for besides its own: short ones cost their time too
_PAGE_SHARE = 10  # a page holds many times more characters than its article


@dataclass(slots=True)
class Shard:
    """Documents worked on together, pages not read yet among them, and what was found to be no document."""

    number: int
    items: list[Document | Raw] = field(default_factory=list)
    errors: list[DocumentError] = field(default_factory=list)
    passed: int = 0

    @property
    def count(self) -> int:
        """How many documents it accounts for, good and bad."""
        return len(self.items) + len(self.errors)


def cut(items: Iterable[Item]) -> Iterator[Shard]:
    """Shards of neighbours, numbered from 0; errors stay with the documents around them."""
    shard, size = Shard(0), 0
    for item in items:
        if isinstance(item, PassedOver):
            shard.passed += 1
            continue
        if isinstance(item, DocumentError):
            shard.errors.append(item)
            size += _EACH
        else:
            shard.items.append(item)
            size += _size(item)
        if size >= _limit(shard.number) or shard.count >= _DOCUMENTS:
            yield shard
            shard, size = Shard(shard.number + 1), 0
    if shard.count or shard.passed or not shard.number:
        yield shard


def _size(item: Document | Raw) -> int:
    if isinstance(item, Document):
        return _EACH + len(item.text)
    return _EACH + len(item.page or b"") // _PAGE_SHARE


def _limit(number: int) -> int:
    return min(MOST, FIRST * (1 + number // _GROWS))
