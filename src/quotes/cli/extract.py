"""``quotes extract``: the quotations of any documents, as one table."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from quotes import readers, writers
from quotes.cli.gather import gathered, sum_up, sum_up_failed
from quotes.cli.options import (
    Columns,
    ExtraRegistry,
    NoStance,
    StanceModel,
    StancePrecision,
    Workers,
    check_model,
    check_registry,
    column_map,
    processes,
)
from quotes.errors import UsageError
from quotes.shards.plan import Plan
from quotes.shards.tables import errors as failures
from quotes.shards.tables import table_batches
from quotes.shards.whole import Built, local_engine


def extract(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="Files or folders: .jsonl, .ndjson, .csv, .tsv, .txt, .html, .warc (also .gz, .zst), .parquet; "
            "dataset:NAME for a dataset. A dash (-) reads the standard input.",
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
    stance_model: StanceModel = None,
    stance_precision: StancePrecision = "full",
    registry: ExtraRegistry = None,
    workers: Workers = 0,
    errors: Annotated[
        Path | None,
        typer.Option(help="Where to list documents that fail. Without it: OUTPUT.errors.jsonl, when there are any."),
    ] = None,
    column: Columns = None,
) -> None:
    """Find the quotations in articles: one row each, with speaker, day, source and stance.

    A document of a JSON Lines, CSV or Parquet file has doc_id and text and, where known, title, published
    (2025-05-09, 2025-05 or 2025), publisher, url and lang; whatever else is in the file is passed over. A
    document that cannot be read is listed with the reason and what to try, and the others go on.

    Example: quotes extract articles.jsonl --output quotes.parquet
    """
    writers.format_of(output)
    check_registry(registry)
    if not no_stance:
        check_model(stance_model, stance_precision)
    found = readers.discover(inputs, column_map(column))
    _refuse_overwriting(found, output)
    where = "standard output" if output == writers.STANDARD_OUTPUT else output
    with _place(output) as place:
        of = Plan(found.sources, place, "documents", not no_stance, stance_model, stance_precision, registry)
        with gathered(of, found, local_engine(processes(workers)), processes(workers)) as (built, folder, _):
            writers.write_batches("quotes", table_batches(folder, "quotes"), output)
            listed = _list_failed(built, folder, output, errors)
            sum_up(built, found, where)
            sum_up_failed(built, folder, listed)
    raise typer.Exit(1 if built.failed else 0)


@contextmanager
def _place(output: str) -> Iterator[Path]:
    """Beside what the work is done: the output, or a place that is gone afterwards."""
    if output != writers.STANDARD_OUTPUT:
        yield Path(output)
        return
    with tempfile.TemporaryDirectory(prefix="quotes-") as folder:
        yield Path(folder, "quotes")


def _refuse_overwriting(found: readers.Found, output: str) -> None:
    """An output that is also an input would replace the articles by their quotations."""
    if any(source.path.exists() and source.path.resolve() == Path(output).resolve() for source in found.sources):
        raise UsageError(f"{output}: this file is read as input; give the output another name, outside the input")


def _list_failed(built: Built, folder: Path, output: str, errors: Path | None) -> Path | None:
    if errors is not None:
        writers.write_errors(failures(folder), errors)
        return errors
    if output == writers.STANDARD_OUTPUT:
        return None
    beside = Path(f"{output}.errors.jsonl")
    if not built.failed:
        beside.unlink(missing_ok=True)  # of an earlier run, and no longer true
        return None
    writers.write_errors(failures(folder), beside)
    return beside
