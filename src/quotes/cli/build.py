"""``quotes build``: every table of a folder of raw documents."""

from __future__ import annotations

from enum import StrEnum
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
from quotes.cli.terminal import number, say
from quotes.errors import UsageError
from quotes.shards.plan import Plan
from quotes.shards.tables import errors, write_tables
from quotes.shards.whole import Engine, local_engine


class Engines(StrEnum):
    """What carries the work out."""

    local = "local"
    spark = "spark"


def build(
    raw: Annotated[
        list[str],
        typer.Argument(metavar="RAW...", help="Folders of documents, or files of them; dataset:NAME; - for stdin."),
    ],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="FOLDER", help="The folder to make; it must not exist yet."),
    ],
    no_stance: NoStance = False,
    stance_model: StanceModel = None,
    stance_precision: StancePrecision = "full",
    registry: ExtraRegistry = None,
    workers: Workers = 0,
    engine: Annotated[
        Engines, typer.Option(help="local: processes of this machine. spark: Apache Spark (extra: spark).")
    ] = Engines.local,
    master: Annotated[
        str | None,
        typer.Option(help="Where Spark runs, as in spark://host:7077; without it, as many local cores as workers."),
    ] = None,
    column: Columns = None,
) -> None:
    """Make every table of a folder of documents.

    The tables are quotes, stances, statements, documents, speakers, sources and rejected.
    Each becomes a Parquet file in the output folder; errors.jsonl beside them lists the documents that
    failed. The files are read as by quotes extract. The folder appears when all is done, or not at all; a
    build that was stopped, in whatever way, goes on when the same command is given again.

    Example: quotes build articles/ --output tables/
    """
    if master is not None and engine is not Engines.spark:
        raise UsageError("--master: this is for --engine spark")
    check_registry(registry)
    if not no_stance:
        check_model(stance_model, stance_precision)
    found = readers.discover(raw, column_map(column))
    _refuse(output)
    name = Path(raw[0]).resolve().name if len(raw) == 1 else output.name
    of = Plan(found.sources, output, name, not no_stance, stance_model, stance_precision, registry)
    carried_out = _engine(engine, master, processes(workers))
    with gathered(of, found, carried_out, processes(workers)) as (built, folder, advance):
        with writers.replacing(output) as part:
            part.mkdir()
            rows = write_tables(folder, part, advance, processes(workers))
            writers.write_errors(errors(folder), part / "errors.jsonl")
        sum_up(built, found, str(output))
        for name, count in rows.items():
            say(f"  {name}.parquet: {number(count, 'row')}")
        sum_up_failed(built, folder, output / "errors.jsonl")
    raise typer.Exit(1 if built.failed else 0)


def _engine(engine: Engines, master: str | None, workers: int) -> Engine:
    if engine is Engines.local:
        return local_engine(workers)
    from quotes.shards.spool import spark_engine

    return spark_engine(master or f"local[{workers}]")


def _refuse(output: Path) -> None:
    if output.exists():
        raise UsageError(f"{output}: this folder is there already; choose another name, or take it away first")
    if not output.parent.is_dir():
        raise UsageError(f"{output}: there is no folder {output.parent}; make it first (mkdir -p {output.parent})")
