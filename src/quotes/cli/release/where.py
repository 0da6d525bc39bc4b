"""Which folder a version on the command line means."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotes import release
from quotes.errors import ReleaseError

Root = Annotated[
    Path,
    typer.Option(
        "--root",
        metavar="FOLDER",
        help="The repository of the dataset: the folder that holds data/raw and data/processed.",
    ),
]

Version = Annotated[
    str | None,
    typer.Argument(
        metavar="[VERSION]", help="A version, such as 0.1.0, or its folder; without it, the newest."
    ),
]

Documents = Annotated[
    list[Path],
    typer.Option(
        "--documents",
        "-d",
        metavar="FILE",
        help="The documents: files or folders as quotes extract reads them. May be given several times.",
    ),
]

HERE = Path()


def folder_of(version: str | None, root: Path) -> Path:
    """The folder of a version. Raises `ReleaseError` where there is none."""
    if version is None:
        return release.newest(root)
    if (root / "data" / "processed" / version).is_dir():
        return root / "data" / "processed" / version
    if Path(version).is_dir():
        return Path(version)
    known = ", ".join(release.versions(root)) or "none yet"
    raise ReleaseError(f"{version}: no such version in {root / 'data' / 'processed'}; there are: {known}")
