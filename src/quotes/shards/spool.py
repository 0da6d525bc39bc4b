"""Shards as files, for workers that do not share this one's memory."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import astuple
from functools import partial
from pathlib import Path
from typing import Any

from quotes.engines import spark
from quotes.errors import DocumentError
from quotes.models import Precision
from quotes.readers import Raw
from quotes.records import Document
from quotes.shards.cut import Shard
from quotes.shards.plan import Plan
from quotes.shards.whole import Engine
from quotes.shards.work import Done, make_workshop

_SPOOL = "spool"


def spark_engine(master: str) -> Engine:
    """Spark: every shard becomes a file beside the output, in a place that all of its machines must reach."""

    def carry_out(shards: Iterator[Shard], plan: Plan, folder: Path) -> Iterator[Done]:
        spool = folder.resolve() / _SPOOL
        spool.mkdir(exist_ok=True)
        tasks = (str(_written(shard, spool)) for shard in shards)
        extra = str(plan.registry.resolve()) if plan.registry else None
        place = str(folder.resolve())
        make_work = partial(_make_work, place, plan.name, plan.stance, plan.model, plan.precision, extra)
        for result in spark.run(tasks, make_work, master=master):
            values = json.loads(result)
            yield Done(**{**values, "slowest": tuple(tuple(one) for one in values["slowest"])})

    return carry_out


def _make_work(
    folder: str, name: str, stance: bool, model: str | None, precision: Precision, extra: str | None
) -> Callable[[str], str]:
    workshop = make_workshop(Path(folder), name, stance, model, precision, Path(extra) if extra else None)

    def work(task: str) -> str:
        path = Path(task)
        done = workshop(read_shard(path))
        path.unlink(missing_ok=True)
        return json.dumps({**done.counts(), "seconds": done.seconds, "slowest": done.slowest})

    return work


def _written(shard: Shard, spool: Path) -> Path:
    path = spool / f"{shard.number:06}.jsonl"
    part = path.with_suffix(".part")
    lines = (
        {"number": shard.number, "passed": shard.passed},
        *({"document": astuple(one)} if isinstance(one, Document) else {"raw": _page(one)} for one in shard.items),
        *({"error": [one.where, one.reason, one.advice, one.doc_id]} for one in shard.errors),
    )
    with part.open("w", encoding="ascii") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)
    part.replace(path)
    return path


def read_shard(path: Path) -> Shard:
    """A shard as it was written."""
    with path.open(encoding="ascii") as file:
        first = json.loads(next(file))
        shard = Shard(first["number"], passed=first["passed"])
        for line in file:
            ((kind, value),) = json.loads(line).items()
            if kind == "document":
                shard.items.append(Document(*value))
            elif kind == "raw":
                where, fields, page, charset = value
                shard.items.append(Raw(where, fields, base64.b64decode(page), charset))
            else:
                where, reason, advice, doc_id = value
                shard.errors.append(DocumentError(where, reason, advice, doc_id=doc_id))
    return shard


def _page(raw: Raw) -> list[Any]:
    return [raw.where, dict(raw.fields), base64.b64encode(raw.page or b"").decode("ascii"), raw.charset]
