"""The folder beside the output in which shards are kept until all are done, and who may work in it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

import quotes
from quotes import models
from quotes.errors import UsageError
from quotes.models import Precision
from quotes.readers import Source
from quotes.release import digest

_PLAN = "plan.json"
_LOCK = "lock"
_CODE = Path(quotes.__file__).parent


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done: the files, the options, where to. Two plans that agree give the same bytes."""

    sources: tuple[Source, ...]
    output: Path
    name: str
    stance: bool
    model: str | None = None
    """Which stance model, as `quotes.models.load` takes it; None is the one that is shipped."""
    precision: Precision = "full"
    """How that model is computed."""
    registry: Path | None = None
    """A folder of tables that `quotes.registry.load` adds to the shipped registry."""

    @property
    def folder(self) -> Path:
        """Where the shards are kept: a hidden folder beside the output."""
        return self.output.with_name(f".{self.output.name}.work")

    def fingerprint(self) -> dict[str, Any]:
        """What the shards depend on: the files as they are now, the options, the program."""
        return {
            "sources": [_state(source) for source in self.sources],
            "name": self.name,
            "stance": models.load(self.model, precision=self.precision).revision if self.stance else None,
            "registry": digest.of_tree(self.registry) if self.registry else None,
            "program": digest.of_tree(_CODE),
            # The standard input is gone once it is read: no later run can go on with it.
            "run": None if resumable(self) else os.urandom(8).hex(),
        }


def _state(source: Source) -> list[Any]:
    folder = Path(source.doc_id)
    files = sorted(folder.rglob("*")) if source.kind == "dataset" and folder.is_dir() else [source.path]
    states = [[str(path), *_size_and_time(path)] for path in files]
    return [source.name, source.kind, source.doc_id, [list(pair) for pair in source.columns], states]


def _size_and_time(path: Path) -> list[int]:
    try:
        found = path.stat()
    except OSError:
        return []
    return [found.st_size, found.st_mtime_ns]


@contextmanager
def workplace(plan: Plan) -> Iterator[Path]:
    """The folder of this plan, with what an earlier run of the same plan left in it; gone when all went well.

    Shards of another plan (other files, options, another version of the program) are taken away first. Raises
    `UsageError` where another process works there, or where the place may not be written to.
    """
    folder = plan.folder
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        reason = f"nothing can be written there ({error.strerror})"
        raise UsageError(f"{plan.output}: {reason}; choose another place") from None
    lock = FileLock(folder / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        reason = "another process is making this"
        raise UsageError(f"{plan.output}: {reason}; wait for it, or choose another name") from None
    try:
        if plan.output.is_dir() or not folder.is_dir():  # the other process came to its end in this very moment
            raise UsageError(f"{plan.output}: this folder is there already; choose another name, or take it away first")
        _keep_what_fits(folder, plan.fingerprint())
        yield folder
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        lock.release()


def _keep_what_fits(folder: Path, fingerprint: dict[str, Any]) -> None:
    place = folder / _PLAN
    wanted = json.dumps(fingerprint, ensure_ascii=True, sort_keys=True)
    if place.is_file() and place.read_text(encoding="utf-8") == wanted:
        return
    for left in folder.iterdir():
        if left.is_dir():
            shutil.rmtree(left)
        elif left.name != _LOCK:
            left.unlink()
    part = place.with_suffix(f".{os.getpid()}.part")
    part.write_text(wanted, encoding="utf-8")
    part.replace(place)


def resumable(plan: Plan) -> bool:
    """Whether a run that is stopped can be gone on with: the standard input cannot be read again."""
    return all(source.name != "stdin" for source in plan.sources)


def finished_shards(folder: Path) -> frozenset[int]:
    """Numbers of the shards that are done."""
    return frozenset(int(path.name) for path in folder.glob("[0-9]*") if path.name.isdigit())


def shard_folder(folder: Path, number: int) -> Path:
    """Where a shard lies when it is done."""
    return folder / f"{number:06}"


def in_order(folder: Path) -> Sequence[Path]:
    """The folders of the shards that are done, by number."""
    return [shard_folder(folder, number) for number in sorted(finished_shards(folder))]
