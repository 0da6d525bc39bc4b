"""The program `quotes`: its commands put together."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

import quotes
from quotes.cli import build, collect, evaluate, extract, hydrate, plot, release, review, score
from quotes.cli.terminal import complain
from quotes.errors import QuotesError

WRONG_USE = 2


class _Commands(TyperGroup):
    """Commands whose errors, raised on purpose, end in one readable message and the right exit code."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401
        try:
            return super().invoke(ctx)
        except QuotesError as error:
            complain(str(error))
            raise typer.Exit(WRONG_USE) from None


app = typer.Typer(
    name="quotes",
    cls=_Commands,
    help="Quotations from news and state media: who said what, when, carried by whom, with which stance.",
    epilog="Exit codes: 0 done; 1 done, but some documents failed (listed); 2 wrong use, nothing written.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("extract")(extract.extract)
app.command("build")(build.build)
app.command("collect")(collect.collect)
app.command("score")(score.score)
app.command("evaluate")(evaluate.evaluate)
app.command("hydrate")(hydrate.hydrate)
app.command("plot")(plot.plot)
app.add_typer(release.app, name="release")
app.add_typer(review.app, name="review")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"quotes {quotes.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Entry point of the program."""
    app(prog_name="quotes")
