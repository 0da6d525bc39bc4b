"""``quotes review``: people's judgements of rows."""

from __future__ import annotations

import typer

from quotes.cli.review import export, imported, report, takedown

app = typer.Typer(
    help="People's judgements of rows: hand rows out, take answers back, see how right and how agreed they are.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
)
app.command("export")(export.export)
app.command("import")(imported.import_answers)
app.command("report")(report.report)
app.command("takedown")(takedown.takedown)
