"""The work on one shard: its documents read and extracted, its rows kept in a folder that appears when all is there."""

from __future__ import annotations

import errno
import heapq
import json
import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

import pyarrow as pa

from quotes import models, pipeline, registry, schema
from quotes.errors import DocumentError, UsageError
from quotes.models import Precision
from quotes.models.scorer import Scorer
from quotes.readers import Raw, finished
from quotes.records import Document
from quotes.registry import Registry
from quotes.release import digest
from quotes.release.collection import Collection
from quotes.release.tables import complete
from quotes.release.writer import arrange
from quotes.rows import Extraction, Row
from quotes.scoring import score_together
from quotes.shards.cut import Shard
from quotes.shards.groups import COUNTED, FIRST, run_schema, with_first
from quotes.shards.light import write_light
from quotes.shards.plan import Plan, shard_folder
from quotes.shards.runs import write_run

SLOWEST = 5
"""Documents of a shard whose time is told."""

Slow = tuple[float, str, int]
"""Seconds that a document took, its id and its characters."""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a shard: of ``count`` documents ``documents`` are in the tables and ``failed`` are listed."""

    number: int
    count: int
    documents: int
    failed: int
    passed: int
    kinds: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    slowest: tuple[Slow, ...] = ()

    def counts(self) -> dict[str, object]:
        """What is kept of it: nothing that depends on the clock."""
        kept = asdict(self)
        del kept["seconds"], kept["slowest"]
        return kept


@dataclass(frozen=True, slots=True)
class Workshop:
    """What the work needs, loaded once a process."""

    folder: Path
    name: str
    register: Registry
    scorer: Scorer | None

    def __call__(self, shard: Shard) -> Done:
        """Extracts a shard and keeps its rows. Raises `UsageError` where they cannot be kept."""
        start = time.perf_counter()
        documents, extractions, failed, slow = self._extracted(shard.items)
        failed = [*shard.errors, *failed]
        done = Done(
            number=shard.number,
            count=shard.count,
            documents=len(extractions),
            failed=len(failed),
            passed=shard.passed,
            kinds=_counts(row["kind"] for one in extractions for row in one.quotes),
            reasons=_counts(row["reason"] for one in extractions for row in one.rejected),
            seconds=time.perf_counter() - start,
            slowest=tuple(heapq.nlargest(SLOWEST, slow)),
        )
        _keep(shard_folder(self.folder, shard.number), self._tables(documents, extractions), failed, done)
        return done

    def _extracted(
        self, items: Sequence[Document | Raw]
    ) -> tuple[list[Document], list[Extraction], list[DocumentError], list[Slow]]:
        documents, extractions = list[Document](), list[Extraction]()
        failed, slow = list[DocumentError](), list[Slow]()
        for item in items:
            start = time.perf_counter()
            document = item if isinstance(item, Document) else finished(item)
            if isinstance(document, DocumentError):
                failed.append(document)
                continue
            try:
                extractions.append(pipeline.extract_document(document, self.register))
                documents.append(document)
            except UsageError:  # says that nothing can go as asked, as when the weights of a model are damaged
                raise
            except Exception as error:  # one document that fails, in whatever way, must not stop the others
                failed.append(_broken(document, error))
            slow.append((time.perf_counter() - start, document.doc_id, len(document.text)))
        if self.scorer is not None:  # together: what is printed twice is scored once, and many are faster than one
            extractions = score_together(extractions, self.scorer)
        return documents, extractions, failed, slow

    def _tables(self, documents: Sequence[Document], extractions: Sequence[Extraction]) -> dict[str, list[Row]]:
        # To a release these documents are one collection, of which nobody has yet said whose it is.
        collection = Collection(
            name=self.name, path=Path(self.name), sidecar=Path(self.name), title=self.name, description="",
            licence="", text_published=True, fictional=False, rows=tuple(asdict(document) for document in documents),
        )  # fmt: skip
        tables = complete(pipeline.tables(extractions, link=False), [collection], self.register)
        tables["documents"] = [{**row, "licence": None} for row in tables["documents"]]
        return {
            name: with_first(name, rows, tables["quotes"]) if name in COUNTED else rows
            for name, rows in tables.items()
            if name not in ("challenge", "statements")
        }


def make_workshop(
    folder: Path,
    name: str,
    stance: bool,
    model: str | None = None,
    precision: Precision = "full",
    extra: Path | None = None,
) -> Workshop:
    """Loads registry, with the tables of ``extra`` where given, and model, for the work of one process."""
    return Workshop(folder, name, registry.load(extra), models.load(model, precision=precision) if stance else None)


def workshops(folder: Path, plan: Plan) -> Callable[[], Callable[[Shard], Done]]:
    """What an engine calls once in each of its processes."""
    return partial(make_workshop, folder, plan.name, plan.stance, plan.model, plan.precision, plan.registry)


def _broken(document: Document, error: Exception) -> DocumentError:
    advice = "This is a fault of the program: please report it, if you can with the document"
    return DocumentError(document.doc_id, f"{type(error).__name__}: {error}", advice, doc_id=document.doc_id)


def _counts(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items()))


def _keep(place: Path, tables: Mapping[str, list[Row]], failed: Sequence[DocumentError], done: Done) -> None:
    part = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        part.mkdir()
        for name, rows in tables.items():
            table = _table(name, rows)
            write_run([table], run_schema(name), part / f"{name}.arrow")
            if name == "quotes":
                write_light(table, part)
        lines = (json.dumps([one.where, one.doc_id, one.reason, one.advice]) for one in failed)
        (part / "errors.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="ascii")
        (part / "done.json").write_text(json.dumps(done.counts()), encoding="ascii")
        part.replace(place)
    except OSError as error:
        if place.is_dir():  # another process, left over from a run that was killed, was quicker
            return
        raise UsageError(unwritable(place.parent, error)) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _table(name: str, rows: Sequence[Row]) -> pa.Table:
    """Rows checked and in order; those that count keep what tells them apart from others of their key."""
    ordered = sorted(rows, key=lambda row: digest.sort_key(row, schema.table(name).order))
    table = schema.to_arrow(name, arrange(name, ordered))
    if name in COUNTED:
        firsts = pa.array([row[FIRST] for row in ordered], pa.string())
        table = table.append_column(run_schema(name).field(FIRST), firsts)
    return table


def unwritable(place: Path, error: OSError) -> str:
    """What to tell where a file cannot be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT) or "No space left" in str(error):
        return f"{place}: the disk is full. Make room and give the same command again; it goes on from here"
    reason = error.strerror or str(error)
    return f"{place}: cannot be written to ({reason}). Mend that, and give the same command again"
