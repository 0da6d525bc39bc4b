"""Pages fetched from feeds, sitemaps and lists of addresses: politely, once, and kept byte for byte.

Nothing of the package fetches anything unless it is asked to; this is where it is asked. What is kept are the bytes
that the server sent and, beside them, where, when and with which checksum, so that anyone can tell what was read.
"""

from __future__ import annotations

from quotes.collect.collecting import Collected, collect
from quotes.collect.fetch import Fetcher
from quotes.collect.store import Store

__all__ = ["Collected", "Fetcher", "Store", "collect"]
