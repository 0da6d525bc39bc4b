"""``quotes release verify``: is a version what its manifest says, and does the raw data still give it?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotes import release
from quotes.cli.options import Workers, processes
from quotes.cli.release.where import HERE, Root, Version, folder_of
from quotes.cli.terminal import number, progress


def verify(
    version: Version = None,
    root: Root = HERE,
    documents: Annotated[
        list[Path] | None,
        typer.Option(
            "--documents",
            "-d",
            metavar="FILE",
            help="Documents of stand-off collections, to read their rows from again. May be given several times.",
        ),
    ] = None,
    signers: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Who may sign: a name and a public key a line, as ssh-keygen reads them."),
    ] = None,
    workers: Workers = 0,
) -> None:
    """Rebuild a version from data/raw in a temporary folder and compare everything with what was published.

    One changed byte, one changed row or one unlisted file makes it fail (exit code 1), and it says where. Where
    raw data or code are no longer those of the version, it says what differs and what to check out. Stance
    scores come from the ledger; no model is loaded. Nothing is written.

    Example: quotes release verify 0.1.0
    """
    folder = folder_of(version, root)
    with progress() as advance:
        findings = release.verify(
            folder,
            root=root,
            workers=processes(workers),
            progress=advance,
            signers=signers,
            documents=release.read_documents(documents) if documents else None,
        )
    for finding in findings:
        typer.echo(str(finding))
    faults = sum(finding.level == "fault" for finding in findings)
    if faults:
        typer.echo(f"{folder}: {number(faults, 'fault')}.")
        raise typer.Exit(1)
    if any(finding.level == "moved" for finding in findings):
        typer.echo(f"{folder}: every file is as listed. It cannot be rebuilt from what is checked out here.")
    else:
        typer.echo(f"{folder}: every file is as listed, and data/raw gives the same tables again.")
