"""``quotes release verify``: is a version what its manifest says, and does the raw data still give it?"""

from __future__ import annotations

import typer

from quotes import release
from quotes.cli.options import Workers, processes
from quotes.cli.release.where import HERE, Root, Version, folder_of
from quotes.cli.terminal import number, progress


def verify(version: Version = None, root: Root = HERE, workers: Workers = 0) -> None:
    """Rebuild a version from data/raw in a temporary folder and compare everything with what was published.

    One changed byte, one changed row or one unlisted file makes it fail (exit code 1), and it says where.
    Stance scores come from the ledger; no model is loaded. Nothing is written.

    Example: quotes release verify 0.1.0
    """
    folder = folder_of(version, root)
    with progress() as advance:
        findings = release.verify(folder, root=root, workers=processes(workers), progress=advance)
    for finding in findings:
        typer.echo(str(finding))
    faults = sum(finding.level == "fault" for finding in findings)
    if faults:
        typer.echo(f"{folder}: {number(faults, 'fault')}.")
        raise typer.Exit(1)
    typer.echo(f"{folder}: every file is as listed, and data/raw gives the same tables again.")
