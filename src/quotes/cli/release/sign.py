"""``quotes release sign``: put one's name to a version."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotes import release
from quotes.cli.release.where import HERE, Root, folder_of
from quotes.cli.terminal import say


def sign(
    version: Annotated[str, typer.Argument(metavar="VERSION", help="A version, such as 0.1.0, or its folder.")],
    key: Annotated[Path, typer.Option("--key", help="An SSH key: the private one, or the public one of an agent.")],
    root: Root = HERE,
) -> None:
    """Sign a version with an SSH key: SHA256SUMS.sig beside the list of digests, once and for all.

    quotes release verify checks it; with --signers also whose it is.

    Example: quotes release sign 0.1.0 --key ~/.ssh/id_ed25519
    """
    say(f"signed: {release.sign(folder_of(version, root), key)}")
