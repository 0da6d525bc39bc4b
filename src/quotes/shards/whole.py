"""A plan carried out: every document read, every shard worked on that is not done yet."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from quotes import models
from quotes.engines import Failure, run
from quotes.errors import DocumentError, QuotesError
from quotes.readers import read_raw
from quotes.shards.cut import Shard, cut
from quotes.shards.linked import link_shards
from quotes.shards.plan import Plan, finished_shards
from quotes.shards.tables import counts
from quotes.shards.work import SLOWEST, Done, Slow, workshops

Advance = Callable[[str, int, int], None]
"""What is being done, how much of it is done, and how much there is (0: not known)."""


class Engine(Protocol):
    """Carries out the work on many shards, in any order."""

    def __call__(self, shards: Iterator[Shard], plan: Plan, folder: Path) -> Iterator[Done]:
        """What became of each shard, as it becomes known."""
        ...


@dataclass(slots=True)
class Built:
    """What became of all documents: of ``count`` read, ``documents`` are in the tables and ``failed`` are listed."""

    count: int = 0
    documents: int = 0
    failed: int = 0
    passed: int = 0
    kept: int = 0
    """Shards that an earlier run had done."""
    kinds: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    slowest: list[Slow] = field(default_factory=list)


def local_engine(workers: int) -> Engine:
    """The processes of this machine."""

    def carry_out(shards: Iterator[Shard], plan: Plan, folder: Path) -> Iterator[Done]:
        make_work = workshops(folder, plan)
        for result in run(shards, make_work, workers=workers, chunk=1):
            if isinstance(result, Failure):
                raise QuotesError(f"shard {result.item.number}: {result.reason}. Please report it")
            yield result

    return carry_out


def extract_shards(
    plan: Plan, folder: Path, engine: Engine, advance: Advance, errors: list[DocumentError], workers: int = 1
) -> Built:
    """Works on every shard of the plan that does not lie in ``folder``, adds up what all of them say, and links them.

    Linking takes ``workers`` processes. ``errors`` were met before any document was read (folders that are shut).
    Raises `QuotesError` where the numbers do not add up, which would be a fault of the program.
    """
    if plan.stance:
        models.load(plan.model, precision=plan.precision)  # tells at once where it is missing
    finished = finished_shards(folder)
    built = Built(kept=len(finished))
    total = seen = worked = 0

    def counted(number: int) -> None:
        nonlocal total
        total = number

    def shards() -> Iterator[Shard]:
        nonlocal seen
        for shard in cut(read_raw(plan.sources, counted=counted)):
            if not shard.number:
                shard.errors[:0] = errors
            seen += shard.count
            if shard.number not in finished:
                yield shard

    for done in engine(shards(), plan, folder):
        worked += done.count
        built.seconds += done.seconds
        built.slowest = heapq.nlargest(SLOWEST, [*built.slowest, *done.slowest])
        advance("extracting", worked, total)
    _add_up(built, folder)
    if built.count != seen or built.documents + built.failed != built.count:
        parts = f"{seen:,} documents were read, {built.documents:,} are in the tables and {built.failed:,} are listed"
        raise QuotesError(f"the numbers do not add up: {parts}. This is a fault of the program: please report it")
    link_shards(folder, workers, advance)
    return built


def _add_up(built: Built, folder: Path) -> None:
    for done in counts(folder):
        built.count += done["count"]
        built.documents += done["documents"]
        built.failed += done["failed"]
        built.passed += done["passed"]
        built.kinds.update(done["kinds"])
        built.reasons.update(done["reasons"])
