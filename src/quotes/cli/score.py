"""``quotes score``: the stance model alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from quotes import models, writers
from quotes.cli.options import StanceModel, StancePrecision, Workers, check_model, processes
from quotes.cli.terminal import counted, number, progress, say, say_failed
from quotes.errors import DocumentError, UsageError
from quotes.readers import Source, json_lines, standard_input
from quotes.records import StanceInput
from quotes.scoring import score_many


def score(
    rows: Annotated[Path, typer.Argument(metavar="INPUT.jsonl", help="Rows to score, or - for the standard input.")],
    output: Annotated[
        str,
        typer.Option("--output", "-o", help="Where to: a .jsonl file, or - for standard output (the default)."),
    ] = "-",
    stance_model: StanceModel = None,
    stance_precision: StancePrecision = "full",
    workers: Workers = 0,
) -> None:
    """Score the stance of given texts toward given targets, for benchmarks.

    Each line of the input is {"id", "text", "target", "target_start", "target_end"}: the target is what
    stands in the text between the two offsets (characters, the second one excluded); holder_start and
    holder_end, where they are given, say whose attitude is meant. Each line of the output is {"id",
    "label", "against", "neutral", "favour", "score"}: the likeliest label, the three probabilities, and
    favour minus against. Rows that cannot be scored are told, and the others go on.

    Example: quotes score pairs.jsonl --output scored.jsonl
    """
    if writers.format_of(output) != "jsonl":
        raise UsageError(f"{output}: scores are written as JSON Lines; give a name that ends in .jsonl, or -")
    check_model(stance_model, stance_precision)
    failed: list[DocumentError] = []
    read = list(_read(rows, failed))
    load = partial(models.load, stance_model, precision=stance_precision)
    with progress() as advance:
        told = partial(advance, "scoring")
        scores = score_many([item for _, item in read], load, workers=processes(workers), advance=told)
    scored = [models.scored_row(row, scores[item]) for row, item in read]
    writers.write_lines(scored, output)
    labels = Counter(row["label"] for row in scored)
    say(f"{number(len(scored), 'row')} scored" + (f": {counted(labels)}" if labels else ""))
    if failed:
        say(f"{number(len(failed), 'row')} failed:")
        say_failed(failed, len(failed), None)
    raise typer.Exit(1 if failed else 0)


def _read(path: Path, failed: list[DocumentError]) -> Iterator[tuple[dict[str, Any], StanceInput]]:
    """Rows and what they mean, in their order; the others are added to ``failed``."""
    if str(path) != "-" and not path.is_file():
        raise UsageError(f"{path}: no such file; check the spelling and where the path starts")
    name = "stdin" if str(path) == "-" else path.as_posix()
    with standard_input.spooled([Source(path, name, "json_lines", name)]) as sources:
        for row in json_lines.rows(sources[0]):
            if isinstance(row, DocumentError):
                failed.append(row)
                continue
            fields = dict(row.fields)
            try:
                yield fields, models.row_input(fields, row.where)
            except DocumentError as error:
                failed.append(error)
