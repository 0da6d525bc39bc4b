"""``quotes release diff``: what moved between two versions."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from quotes import release
from quotes.cli.release.where import HERE, Root, folder_of


class Format(StrEnum):
    """The ways in which changes can be written."""

    text = "text"
    jsonl = "jsonl"
    html = "html"


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A version, such as 0.1.0, or its folder.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="A later one.")],
    root: Root = HERE,
    form: Annotated[
        Format, typer.Option("--format", help="Text for the terminal, JSON Lines for programs, or a page.")
    ] = Format.text,
) -> None:
    """Print which rows were added, changed or removed between two versions, and what bump that asks for.

    Rows are named by their key. Text shows the first of each kind; jsonl holds every change, html a page.

    Example: quotes release diff 0.1.0 0.2.0 --format jsonl
    """
    moved = release.difference(folder_of(old, root), folder_of(new, root))
    if form is Format.jsonl:
        typer.echo(release.diff_lines(moved), nl=False)
    elif form is Format.html:
        typer.echo(release.diff_page(moved, old, new), nl=False)
    else:
        typer.echo(str(moved))
        typer.echo(f"From {old} on, this is at least a {moved.bump} version.")
