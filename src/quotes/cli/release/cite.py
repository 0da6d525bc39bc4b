"""``quotes release cite``: how to cite a version."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from quotes import release
from quotes.cli.release.where import HERE, Root, Version, folder_of


class Style(StrEnum):
    """The ways in which a citation can be written."""

    text = "text"
    bibtex = "bibtex"
    apa = "apa"
    datacite = "datacite"
    csl = "csl"
    cff = "cff"


def cite(
    version: Version = None,
    root: Root = HERE,
    style: Annotated[
        Style, typer.Option(help="A line of text, BibTeX, APA, DataCite or CSL (JSON), or CITATION.cff.")
    ] = Style.text,
) -> None:
    """Print how to cite a version of the dataset.

    Example: quotes release cite 0.1.0 --style bibtex
    """
    typer.echo(release.cite(folder_of(version, root), style.value).rstrip("\n"))
