"""Addresses of pages: in RSS and Atom feeds, in sitemaps (of sitemaps too), in plain lists."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import urldefrag, urljoin

from quotes.collect.fetch import MAX_BYTES, Fetcher, NotFetched

_DEEPEST = 3  # sitemaps within sitemaps


def addresses(source: str, fetcher: Fetcher) -> Iterator[str]:
    """The addresses that a feed, a sitemap or a list at this address names, each once, in order.

    Raises `NotFetched` where it cannot be fetched, or is none of the three.
    """
    seen: set[str] = set()
    for found in _in(source, fetcher, 0):
        url = urldefrag(urljoin(source, found.strip())).url
        if url not in seen:
            seen.add(url)
            yield url


def _in(source: str, fetcher: Fetcher, depth: int) -> Iterator[str]:
    content = _unpacked(fetcher.fetch(source).content, source)
    root = _xml(content)
    if root is None:
        yield from _listed(content, source)
    elif _local(root) == "urlset":
        yield from _locations(root)
    elif _local(root) == "sitemapindex":
        if depth == _DEEPEST:
            raise NotFetched(f"{source}: sitemaps within sitemaps, more than {_DEEPEST} deep")
        for place in _locations(root):
            yield from _in(urljoin(source, place), fetcher, depth + 1)
    else:
        yield from _fed(content, source)


def _fed(content: bytes, source: str) -> Iterator[str]:
    import feedparser

    found = feedparser.parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    if not found.version:
        raise NotFetched(f"{source}: neither a feed, nor a sitemap, nor a list of addresses")
    yield from (entry.link for entry in found.entries if entry.get("link"))


def _listed(content: bytes, source: str) -> Iterator[str]:
    lines = [line.strip() for line in content.decode("utf-8", "replace").splitlines()]
    wanted = [line for line in lines if line and not line.startswith("#")]
    if any(not line.startswith(("http://", "https://")) for line in wanted):
        raise NotFetched(f"{source}: neither a feed, nor a sitemap, nor a list of addresses")
    yield from wanted


def _xml(content: bytes) -> Any:  # noqa: ANN401
    """The root of an XML document, entities and network left alone; None for anything else."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=False)
    try:
        return etree.fromstring(content.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _locations(root: Any) -> Iterator[str]:  # noqa: ANN401
    for entry in root:
        for child in entry:
            if _local(child) == "loc" and child.text:
                yield child.text.strip()


def _local(element: Any) -> str:  # noqa: ANN401
    return str(element.tag).rpartition("}")[2]


def _unpacked(content: bytes, source: str) -> bytes:
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        with gzip.open(io.BytesIO(content)) as file:
            unpacked = file.read(MAX_BYTES + 1)
    except (OSError, EOFError) as error:
        raise NotFetched(f"{source}: the packed file is damaged") from error
    if len(unpacked) > MAX_BYTES:
        raise NotFetched(f"{source}: unpacks to more than {MAX_BYTES:,} bytes")
    return unpacked
