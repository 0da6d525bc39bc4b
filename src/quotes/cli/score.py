"""``quotes score``: the stance model alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from quotes import models, writers
from quotes.cli.options import Workers, processes
from quotes.cli.terminal import counted, number, progress, say, say_failed
from quotes.engines import Failure, run
from quotes.errors import DocumentError, UsageError
from quotes.readers import Source, json_lines, standard_input

Numbered = tuple[str, dict[str, Any]]
Scored = dict[str, Any] | tuple[str, str, str, str | None]
"""A scored row, or where, reason, advice and id of one that cannot be scored."""


def score(
    rows: Annotated[Path, typer.Argument(metavar="INPUT.jsonl", help="Rows to score, or - for the standard input.")],
    output: Annotated[
        str,
        typer.Option("--output", "-o", help="Where to: a .jsonl file, or - for standard output (the default)."),
    ] = "-",
    workers: Workers = 0,
) -> None:
    """Score the stance of given texts toward given targets, for benchmarks.

    Each line of the input is {"id", "text", "target", "target_start", "target_end"}: the target is what
    stands in the text between the two offsets (characters, the second one excluded). Each line of the
    output is {"id", "label", "against", "neutral", "favour", "score"}: the likeliest label, the three
    probabilities, and favour minus against. Rows that cannot be scored are told, and the others go on.

    Example: quotes score pairs.jsonl --output scored.jsonl
    """
    if writers.format_of(output) != "jsonl":
        raise UsageError(f"{output}: scores are written as JSON Lines; give a name that ends in .jsonl, or -")
    models.load()
    failed: list[DocumentError] = []
    scored: list[dict[str, Any]] = []
    with progress() as advance:
        for done, result in enumerate(run(_numbered(rows, failed), _scorer, workers=processes(workers)), 1):
            if isinstance(result, dict):
                scored.append(result)
            else:
                failed.append(_failed(result))
            advance("scoring", done, 0)
    writers.write_lines(scored, output)
    labels = Counter(row["label"] for row in scored)
    say(f"{number(len(scored), 'row')} scored" + (f": {counted(labels)}" if labels else ""))
    if failed:
        say(f"{number(len(failed), 'row')} failed:")
        say_failed(failed, len(failed), None)
    raise typer.Exit(1 if failed else 0)


def _numbered(path: Path, failed: list[DocumentError]) -> Iterator[Numbered]:
    if str(path) != "-" and not path.is_file():
        raise UsageError(f"{path}: no such file; check the spelling and where the path starts")
    name = "stdin" if str(path) == "-" else path.as_posix()
    with standard_input.spooled([Source(path, name, "json_lines", name)]) as sources:
        for row in json_lines.rows(sources[0]):
            if isinstance(row, DocumentError):
                failed.append(row)
            else:
                yield row.where, dict(row.fields)


def _scorer() -> Callable[[Numbered], Scored]:
    scorer = models.load()

    def work(row: Numbered) -> Scored:
        where, fields = row
        try:
            return models.score_row(fields, scorer, where)
        except DocumentError as error:
            return error.where, error.reason, error.advice, error.doc_id

    return work


def _failed(result: Failure[Numbered] | tuple[str, str, str, str | None]) -> DocumentError:
    if isinstance(result, Failure):
        return DocumentError(result.item[0], result.reason, "This is a fault of the program: please report it")
    where, reason, advice, row_id = result
    return DocumentError(where, reason, advice, doc_id=row_id)
