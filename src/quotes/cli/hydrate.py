"""``quotes hydrate``: the words put back into rows that were published without them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotes import release
from quotes.cli.release.where import HERE, Documents, Root, folder_of
from quotes.cli.terminal import number, progress, say
from quotes.errors import UsageError

SHOWN = 20


def hydrate(
    version: Annotated[str, typer.Argument(metavar="VERSION", help="A version, such as 0.2.0, or its folder.")],
    documents: Documents,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="The folder to make; it must not exist yet.")
    ],
    root: Root = HERE,
) -> None:
    """Put the words back into the rows of a version that were published without them.

    Every text and every quotation is checked against its SHA-256; what does not fit is told, and listed in
    problems.jsonl. The tables go to a new folder, and the version is not touched. Exit code 1: something did
    not fit.

    Example: quotes hydrate 0.2.0 --documents kcna.jsonl --output hydrated
    """
    if output.exists():
        raise UsageError(f"{output} is there already; choose another name, or take it away first")
    folder = folder_of(version, root)
    with progress() as advance:
        advance("reading documents", 0, 1)
        read = release.read_documents(documents)
        done = release.hydrate(folder, read)
        advance("reading documents", 1, 1)
    release.write_hydrated(done, output)
    say(f"{done.found:,} of {number(done.wanted, 'document')} at hand; {number(done.filled, 'quotation')} → {output}")
    for problem in done.problems[:SHOWN]:
        say(f"  {problem['what']} {problem['row'] or problem['doc_id']}: {problem['reason']}")
    if len(done.problems) > SHOWN:
        say(f"  and {len(done.problems) - SHOWN:,} more: {output / 'problems.jsonl'}")
    raise typer.Exit(1 if done.problems else 0)
