"""``quotes review export``: rows to judge."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from quotes import release, review
from quotes.cli.release.where import HERE, Root, Version, folder_of
from quotes.cli.terminal import number, say
from quotes.review.tasks import DEFAULT_FIELDS


class Form(StrEnum):
    """The forms in which tasks are written."""

    jsonl = "jsonl"
    csv = "csv"
    labelstudio = "labelstudio"


def export(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where to.")],
    version: Version = None,
    root: Root = HERE,
    form: Annotated[Form, typer.Option("--format", help="JSON Lines, CSV, or tasks of Label Studio.")] = Form.jsonl,
    sample: Annotated[
        int | None, typer.Option(min=1, help="So many rows, drawn at random: what a precision is estimated from.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Another number draws other rows.")] = 0,
    field: Annotated[
        list[str] | None,
        typer.Option(help=f"A column to judge; may be given several times. Without it: {', '.join(DEFAULT_FIELDS)}."),
    ] = None,
) -> None:
    """Write rows of a version as tasks, one value each, for people to judge.

    They fill in verdict (right, wrong, unclear), new (what is right, or none), who and when. quotes review import
    takes the file back.

    Example: quotes review export 0.2.0 --sample 100 --output tasks.csv --format csv
    """
    folder = folder_of(version, root)
    rows = release.read_table(folder, "quotes")
    made = review.tasks(rows, version=folder.name, fields=field or DEFAULT_FIELDS, sample=sample, seed=seed)
    review.write(made, output, form.value)
    say(f"{number(len(made), 'task')} about {number(len({task.id for task in made}), 'quotation')} → {output}")
