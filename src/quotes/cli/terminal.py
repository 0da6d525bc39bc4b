"""What the commands say to the person at the terminal, all of it on the standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)

from quotes.errors import DocumentError

SHOWN = 5
"""Failed documents that are told one by one; the list holds all of them."""

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


def say_failed(errors: Sequence[DocumentError], listed: object) -> None:
    """The first of the documents that failed, and where the others are listed."""
    for error in errors[:SHOWN]:
        say(f"  {error}")
    if len(errors) > SHOWN:
        say(f"  … and {len(errors) - SHOWN:,} more")
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
    """A bar on the standard error while work is done, where that is a terminal; nothing otherwise."""
    console = _console()
    if not console.is_terminal:
        yield _no_bar
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bars:
        tasks = {}

        def advance(doing: str, done: int, total: int) -> None:
            if doing not in tasks:
                tasks[doing] = bars.add_task(doing, total=total or None)
            bars.update(tasks[doing], completed=done, total=total or None)

        yield advance


def _no_bar(doing: str, done: int, total: int) -> None:
    """Shows nothing."""
    del doing, done, total
