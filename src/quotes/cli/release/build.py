"""``quotes release build``: a new version."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotes import models, release
from quotes.cli.options import NoStance, Workers, processes
from quotes.cli.release.where import HERE, Root
from quotes.cli.terminal import number, progress, say


def build(
    date: Annotated[
        str, typer.Option(help="The day of the release, such as 2026-01-31. It is printed in the card.")
    ],
    version: Annotated[
        str | None, typer.Argument(metavar="VERSION", help="The number of the new version, such as 0.2.0.")
    ] = None,
    number_given: Annotated[
        str | None, typer.Option("--version", metavar="VERSION", help="The same, as an option.")
    ] = None,
    root: Root = HERE,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Build into this folder instead of data/processed/VERSION."),
    ] = None,
    collection: Annotated[
        list[str] | None,
        typer.Option(
            "--collection",
            "-c",
            metavar="NAME",
            help="Build from this collection of data/raw; may be given several times. Without it: from all.",
        ),
    ] = None,
    allow_dirty: Annotated[
        bool,
        typer.Option(
            "--allow-dirty", help="Build although data/raw, data/ledger, src or the lock file differ from the commit."
        ),
    ] = False,
    no_stance: NoStance = False,
    workers: Workers = 0,
) -> None:
    """Build a new version of the dataset from data/raw: every table, the card, the manifest.

    A version that exists is never changed. What moved since the version before decides by how much the
    number must go up at least, and a lower one is refused; so is one made from files that no commit holds,
    unless --allow-dirty, which the manifest records. Scores that no version needed yet are added to
    data/ledger.

    Example: quotes release build 0.2.0 --date 2026-01-31
    """
    with progress() as advance:
        made = release.build(
            root,
            version=_one_number(version, number_given),
            date=date,
            scorer=None if no_stance else models.load(),
            collections=collection,
            allow_dirty=allow_dirty,
            workers=processes(workers),
            progress=advance,
            output=output,
        )
    change = f"{made.bump}, after {made.previous}" if made.previous else made.bump
    say(f"Version {made.version} of {made.date} ({change}) → {made.folder}")
    for name, count in made.counts.items():
        say(f"  {name}: {number(count, 'row')}")
    if made.scored:
        say(f"{number(made.scored, 'new score')} put into the ledger")
    for path in made.refreshed:
        say(f"written anew: {path}")


def _one_number(argument: str | None, option: str | None) -> str:
    """The version, given once in either way. Raises typer.BadParameter for none, and for two that differ."""
    if option is not None and argument not in (None, option):
        raise typer.BadParameter(f"two versions are given, {argument} and {option}. Give one.")
    if (version := option or argument) is None:
        raise typer.BadParameter("no version is given. Try: quotes release build 0.2.0 --date 2026-01-31")
    return version
