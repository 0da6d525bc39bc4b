"""Documents read and extracted for the commands: the plan made, the progress shown, the outcome told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import typer

from quotes import readers
from quotes.cli.terminal import Advance, complain, counted, number, progress, say, say_failed
from quotes.errors import UsageError
from quotes.shards.plan import Plan, resumable, workplace
from quotes.shards.tables import errors
from quotes.shards.whole import Built, Engine, extract_shards
from quotes.shards.work import unwritable

_STOPPED = 130
"""What a command ends with that Ctrl-C stopped, as is usual."""

_SLOW = 1.0
"""Seconds from which a document is told to be slow."""


@contextmanager
def gathered(of: Plan, found: readers.Found, engine: Engine, workers: int) -> Iterator[tuple[Built, Path, Advance]]:
    """Every document of a plan extracted, the shards in a folder that is gone afterwards.

    Stopped by Ctrl-C it says how to go on, and leaves with 130. Raises `UsageError` where another process makes
    the same output, and where the disk is full.
    """
    # The memory of tables that are done goes back at once: that of the parts of a build is not added up.
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        with workplace(of) as folder, progress() as advance:
            built = extract_shards(of, folder, engine, advance, list(found.errors), workers)
            yield built, folder, advance
    except KeyboardInterrupt:
        again = "The same command goes on from here." if resumable(of) else "Nothing is kept of the standard input."
        complain(f"stopped. {again}")
        raise typer.Exit(_STOPPED) from None
    except OSError as error:
        raise UsageError(unwritable(of.output, error)) from None


def sum_up(built: Built, found: readers.Found, where: str) -> None:
    """What was read and found, and what was passed over."""
    kept = f" ({number(built.kept, 'shard')} of an earlier run kept)" if built.kept else ""
    say(f"{number(built.documents, 'document')} read{kept} → {where}")
    say(f"{number(built.kinds.total(), 'quotation')}" + _listed(built.kinds))
    say(f"{built.reasons.total():,} marked, but not as quotations" + _listed(built.reasons))
    if found.skipped:
        say(f"{number(len(found.skipped), 'file')} of other kinds passed over, such as {found.skipped[0]}")
    if built.passed:
        say(f"{number(built.passed, 'record')} of web archives passed over that are no pages")
    slow = [one for one in built.slowest if one[0] >= _SLOW]
    if slow:
        say("slow documents: " + ", ".join(f"{name} ({seconds:.1f} s, {n:,} characters)" for seconds, name, n in slow))


def sum_up_failed(built: Built, folder: Path, listed: object) -> None:
    """The first of the documents that failed."""
    if built.failed:
        say(f"{number(built.failed, 'document')} failed:")
        say_failed(errors(folder), built.failed, listed)


def _listed(counts: Mapping[str, int]) -> str:
    return f": {counted(counts)}" if counts else ""
