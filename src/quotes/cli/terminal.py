"""What the commands say to the person at the terminal, all of it on the standard error."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from quotes.errors import DocumentError

SHOWN = 5
"""Failed documents that are told one by one; the list holds all of them."""

EVERY = 60.0
"""Seconds between two lines of progress where there is no terminal."""

Advance = Callable[[str, int, int], None]
"""What is being done, how much of it is done, and how much there is (0: not known)."""


def _console() -> Console:
    return Console(stderr=True, markup=False, highlight=False, soft_wrap=True)


def say(text: str) -> None:
    """A line for the person."""
    _console().print(text)


def complain(text: str) -> None:
    """Why nothing was done."""
    console = _console()
    console.print("Error:", style="bold red", end=" ")
    console.print(text)


def say_failed(errors: Iterable[DocumentError], count: int, listed: object) -> None:
    """The first of the ``count`` documents that failed, and where the others are listed."""
    for error in islice(errors, SHOWN):
        say(f"  {error}")
    if count > SHOWN:
        say(f"  … and {count - SHOWN:,} more")
    if listed:
        say(f"  the whole list: {listed}")


def counted(counts: Mapping[str, int]) -> str:
    """Counts as words: ``12 direct, 3 mixed``; what occurs most comes first."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{count:,} {name}" for name, count in ordered if count)


def number(count: int, word: str) -> str:
    """A count with its noun: ``1 document``, ``2 documents``."""
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


@contextmanager
def progress() -> Iterator[Advance]:
    """How far the work is, how fast it goes and how long it will take: a bar on a terminal, else a line a minute."""
    console = _console()
    if not console.is_terminal:
        yield _Lines()
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bars:
        tasks = {}

        def advance(doing: str, done: int, total: int) -> None:
            if doing not in tasks:
                tasks[doing] = bars.add_task(doing, total=total or None)
            bars.update(tasks[doing], completed=done, total=total or None)

        yield advance


class _Rate(ProgressColumn):
    """How many a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.0f}/s" if task.speed else "", style="progress.data.speed")


class _Lines:
    """A line now and then, for whoever reads it in a file; nothing for what is done within a minute."""

    def __init__(self) -> None:
        self._start = self._last = time.monotonic()
        self._from: dict[str, tuple[float, int]] = {}

    def __call__(self, doing: str, done: int, total: int) -> None:
        now = time.monotonic()
        began, first = self._from.setdefault(doing, (now, done))
        if now - self._last < EVERY or now == began:
            return
        self._last = now
        rate = (done - first) / (now - began)
        left = f", {(total - done) / rate / 60:.0f} min left" if rate and total else ""
        say(f"{doing}: {done:,} of {total:,} ({rate:,.0f}/s{left})")
