"""``quotes review report``: what the answers show."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from quotes import review
from quotes.cli.review.imported import Files


def report(
    files: Files,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Print for each field how often it is right, with a 95 % interval, and how far people agree.

    Only where the rows were drawn at random (quotes review export --sample) do the shares speak for the version.

    Example: quotes review report anna.csv ben.csv
    """
    figures = review.report(review.read_answers(files))
    if as_json:
        typer.echo(json.dumps(figures, indent=1, ensure_ascii=False))
        return
    for field, found in figures.items():
        share = "no verdict" if found["share"] is None else (
            f"{found['share']:.3f} right ({found['low']:.3f} to {found['high']:.3f})"
        )  # fmt: skip
        drawn = "a random sample" if found["sampled"] else "not a random sample"
        typer.echo(f"{field}: {share}, {found['right']} of {found['judged']}, {drawn}")
        for people, kappa in found["kappa"].items():
            typer.echo(f"  Cohen's kappa {people}: {_told(kappa)}")
        if found["people"] > 1:
            typer.echo(f"  Krippendorff's alpha: {_told(found['alpha'])}")


def _told(figure: float | None) -> str:
    return "not defined" if figure is None else f"{figure:.3f}"
