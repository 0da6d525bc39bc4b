"""``quotes release``: the versions of a dataset repository, one command one file."""

from __future__ import annotations

import typer

from quotes.cli.release import build, cite, diff, push, sign, standoff, validate, verify

app = typer.Typer(
    help="Versions of a dataset: build one, verify it by rebuilding, compare two, cite one, push it to others.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
)
app.command("build")(build.build)
app.command("verify")(verify.verify)
app.command("diff")(diff.diff)
app.command("cite")(cite.cite)
app.command("standoff")(standoff.standoff)
app.command("sign")(sign.sign)
app.command("validate")(validate.validate)
app.command("push")(push.push)
