"""``quotes extract``: the quotations of any documents, as one table."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from quotes import readers, writers
from quotes.cli.gather import Gathered, gather
from quotes.cli.options import NoStance, Workers, processes
from quotes.cli.terminal import counted, number, progress, say, say_failed
from quotes.errors import DocumentError, UsageError


def extract(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT",
            help="Files or folders: .jsonl, .ndjson (also .gz), .parquet, .txt, .html. "
            "A dash (-) reads JSON Lines from the standard input.",
        ),
    ],
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            help="Where to: a .parquet, .jsonl or .csv file, or - for JSON Lines to standard output (the default).",
        ),
    ] = "-",
    no_stance: NoStance = False,
    workers: Workers = 0,
    errors: Annotated[
        Path | None,
        typer.Option(help="Where to list documents that fail. Without it: OUTPUT.errors.jsonl, when there are any."),
    ] = None,
) -> None:
    """Find the quotations in articles: one row each, with speaker, day, source and stance.

    A document of a JSON Lines or Parquet file has doc_id and text and, where known, title, published
    (2025-05-09, 2025-05 or 2025), publisher, url and lang; whatever else is in the file is passed over. A
    document that cannot be read is listed with the reason and what to try, and the others go on.

    Example: quotes extract articles.jsonl --output quotes.parquet
    """
    writers.format_of(output)
    found = readers.discover(inputs)
    _refuse_overwriting(found, output)
    with progress() as advance:
        gathered = gather(found.sources, stance=not no_stance, workers=processes(workers), advance=advance)
    writers.write("quotes", (row for one in gathered.extractions for row in one.quotes), output)
    listed = _list_failed(gathered.failed, output, errors)
    _sum_up(gathered, found.skipped, output, listed)
    raise typer.Exit(1 if gathered.failed else 0)


def _refuse_overwriting(found: readers.Found, output: str) -> None:
    """An output that is also an input would replace the articles by their quotations."""
    if any(source.path.exists() and source.path.resolve() == Path(output).resolve() for source in found.sources):
        raise UsageError(f"{output}: this file is read as input; give the output another name, outside the input")


def _list_failed(failed: list[DocumentError], output: str, errors: Path | None) -> Path | None:
    if errors is not None:
        writers.write_errors(failed, errors)
        return errors
    if output == writers.STANDARD_OUTPUT:
        return None
    beside = Path(f"{output}.errors.jsonl")
    if not failed:
        beside.unlink(missing_ok=True)  # of an earlier run, and no longer true
        return None
    writers.write_errors(failed, beside)
    return beside


def _sum_up(gathered: Gathered, skipped: tuple[str, ...], output: str, listed: Path | None) -> None:
    kinds = Counter(row["kind"] for one in gathered.extractions for row in one.quotes)
    reasons = Counter(row["reason"] for one in gathered.extractions for row in one.rejected)
    where = "standard output" if output == writers.STANDARD_OUTPUT else output
    say(f"{number(gathered.documents, 'document')} read")
    say(f"{number(kinds.total(), 'quotation')} → {where}" + (f": {counted(kinds)}" if kinds else ""))
    say(f"{reasons.total():,} marked, but not as quotations" + (f": {counted(reasons)}" if reasons else ""))
    if skipped:
        say(f"{number(len(skipped), 'file')} of other kinds passed over, such as {skipped[0]}")
    if gathered.failed:
        say(f"{number(len(gathered.failed), 'document')} failed:")
        say_failed(gathered.failed, listed)
