"""``quotes release diff``: what moved between two versions."""

from __future__ import annotations

from typing import Annotated

import typer

from quotes import release
from quotes.cli.release.where import HERE, Root, folder_of


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A version, such as 0.1.0, or its folder.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="A later one.")],
    root: Root = HERE,
) -> None:
    """Print which rows were added, changed or removed between two versions, and what bump that asks for.

    Example: quotes release diff 0.1.0 0.2.0
    """
    moved = release.difference(folder_of(old, root), folder_of(new, root))
    typer.echo(str(moved))
    typer.echo(f"From {old} on, this is at least a {moved.bump} version.")
