"""From sources to pages that are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from quotes.collect.fetch import Fetcher, NotFetched
from quotes.collect.lists import addresses
from quotes.collect.store import Store
from quotes.errors import DocumentError, UsageError


@dataclass(slots=True)
class Collected:
    """What came of it: pages that are new or changed, that were there already, and what could not be fetched."""

    new: int = 0
    unchanged: int = 0
    failed: list[DocumentError] = field(default_factory=list)


def collect(
    sources: Sequence[str],
    store: Store,
    fetcher: Fetcher,
    *,
    again: bool = False,
    most: int | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    advance: Callable[[int], None] = lambda _: None,
) -> Collected:
    """Fetches and keeps the pages that these feeds, sitemaps and lists name; a file is a list of addresses.

    A page that is kept is not asked for, or with ``again`` only for what changed: a run that was stopped goes on where
    it was. ``most`` pages are asked for at most.
    """
    outcome, asked, seen = Collected(), 0, set[str]()
    for source in sources:
        for url in _addresses(source, fetcher, outcome):
            if url in seen:
                continue
            seen.add(url)
            if store.known(url) and not again:
                outcome.unchanged += 1
                continue
            if most is not None and asked == most:
                return outcome
            asked += 1
            _page(url, source, store, fetcher, now, outcome)
            advance(asked)
    return outcome


def _addresses(source: str, fetcher: Fetcher, outcome: Collected) -> Iterator[str]:
    if not source.startswith(("http://", "https://")):
        yield from _of_file(Path(source))
        return
    try:
        yield from addresses(source, fetcher)
    except NotFetched as error:
        outcome.failed.append(_failed(source, error))


def _of_file(path: Path) -> Iterator[str]:
    if not path.is_file():
        raise UsageError(f"{path}: no such file, and no address of the web (http://… or https://…)")
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def _page(
    url: str, source: str, store: Store, fetcher: Fetcher, now: Callable[[], datetime], outcome: Collected
) -> None:
    try:
        answer = fetcher.fetch(url, store.conditions(url))
    except NotFetched as error:
        outcome.failed.append(_failed(url, error))
        return
    if answer.status == 304:
        outcome.unchanged += 1
        return
    store.keep(url, answer, now().isoformat(timespec="seconds"), source)
    outcome.new += 1


def _failed(url: str, error: NotFetched) -> DocumentError:
    reason = str(error).removeprefix(f"{url}: ")
    return DocumentError(url, reason, "Try again later, or take the address out of the list")
