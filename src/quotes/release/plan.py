"""Plan: which version is to be built, and from what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotes.release import collections, manifest, version
from quotes.release.layout import Layout
from quotes.release.version import Version


@dataclass(frozen=True, slots=True)
class Plan:
    """A version to build.

    ``previous`` is the folder of the version before it, ``collections`` are those that it is made from,
    ``lengths`` the bytes of each ledger that it reads (None: all that is there), ``checkout`` the commit,
    ``model`` the revision and threshold of the stance model (None: no stance).
    """

    version: Version
    date: str
    previous: Path | None
    collections: Sequence[str]
    lengths: Mapping[str, int] | None
    checkout: Mapping[str, Any] | None
    model: Mapping[str, Any] | None


def new(
    layout: Layout,
    number: Version,
    date: str,
    *,
    only: Sequence[str] | None,
    checkout: Mapping[str, Any] | None,
    model: Mapping[str, Any] | None,
) -> Plan:
    """A version that was never built: after the newest older one, from what is there now."""
    older = version.newest_before(layout.processed, number)
    names = collections.names(layout.raw) if not only else sorted(set(only))
    previous = layout.processed / str(older) if older else None
    return Plan(number, date, previous, names, None, checkout, model)


def again(layout: Layout, published: Mapping[str, Any]) -> Plan:
    """A version that was built before, from what its manifest says."""
    before = published.get("previous")
    return Plan(
        version=version.parse(published["version"]),
        date=published["date"],
        previous=layout.processed / before["version"] if before else None,
        collections=manifest.collection_names(published),
        lengths=manifest.lengths(published),
        checkout=published.get("checkout"),
        model=published.get("model"),
    )
