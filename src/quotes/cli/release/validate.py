"""``quotes release validate``: everything that must hold of the rows, and every row of which it does not."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotes import release
from quotes.cli.options import Workers, processes
from quotes.cli.release.where import HERE, Root, Version, folder_of
from quotes.cli.terminal import number, progress


def validate(
    version: Version = None,
    root: Root = HERE,
    raw: Annotated[
        bool, typer.Option("--raw", help="Check what data/raw gives now, before anything is published.")
    ] = False,
    report: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the whole report to this file, as JSON.")
    ] = None,
    workers: Workers = 0,
) -> None:
    """Check every row of a version: schema, identifiers, offsets, references, days, registry, shares of labels.

    Every fault is told with its table and row. Exit code 1: a row may not be published as it is. With --raw,
    the tables are those that a release built now would have.

    Example: quotes release validate --raw --report report.json
    """
    with progress() as advance:
        if raw:
            checks = release.validate_raw(root, workers=processes(workers), progress=advance)
        else:
            checks = release.validate_version(folder_of(version, root), root)
    for check in checks:
        found = number(len(check.faults), "fault" if check.strict else "remark")
        typer.echo(f"{'ok  ' if not check.faults else '    '} {check.name}: {found} in {check.rows:,} rows")
        for fault in check.faults:
            typer.echo(f"       {fault}")
    if report:
        report.write_text(release.validation_report(checks), encoding="utf-8", newline="\n")
    raise typer.Exit(1 if any(check.faults and check.strict for check in checks) else 0)
