"""``quotes review import``: answers into the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotes import release, review
from quotes.cli.release.where import HERE, Root, folder_of
from quotes.cli.terminal import number, say
from quotes.release.layout import Layout

Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE", help="Tasks that were filled in: .jsonl, .csv, or .json as Label Studio exports."),
]


def import_answers(
    files: Files,
    root: Root = HERE,
    version: Annotated[
        str | None, typer.Option(help="The version whose rows were judged; without it, the newest.")
    ] = None,
) -> None:
    """Append people's answers to data/ledger/review.jsonl; the next version is made with them.

    An answer that no longer fits its row, or that contradicts another one, is told and left out (exit code 1).

    Example: quotes review import tasks.csv
    """
    answers = review.read_answers(files)
    rows = release.read_table(folder_of(version, root), "quotes")
    done = review.record(Layout(root).ledgers, answers, rows)
    counts = f"{done.known} stood there already, {done.unclear} unclear"
    say(f"{number(len(done.appended), 'decision')} put into the ledger; {counts}")
    for line in done.refused:
        say(f"  left out: {line}")
    raise typer.Exit(1 if done.refused else 0)
