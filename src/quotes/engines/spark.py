"""Apache Spark: the same work on the same shards, on as many machines as there are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from quotes.shards.cut import Shard
from quotes.shards.plan import Plan
from quotes.shards.whole import Engine
from quotes.shards.work import Done


def spark_engine(master: str) -> Engine:
    """Spark at ``master``."""

    def carry_out(shards: Iterator[Shard], plan: Plan, folder: Path) -> Iterator[Done]:
        raise NotImplementedError(master, shards, plan, folder)

    return carry_out
