"""``quotes evaluate``: the figures that we publish, on anyone's gold."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from quotes import evaluate as figures
from quotes.cli.terminal import counted, say
from quotes.evaluate import Figures, Gold

_MEANING: Mapping[str, str] = {
    "docs": "documents judged",
    "gold": "quotations in gold",
    "pred": "quotations predicted in them",
    "span_P": "of the predicted, found in gold",
    "span_R": "of gold, predicted",
    "span_F1": "harmonic mean of the two",
    "recall_direct": "of gold's whole sentences between marks, predicted",
    "recall_mixed": "of gold's fragments between marks, predicted",
    "recall_block": "of gold's statements without marks, predicted",
    "scare_kept_as_quote": "of words that nobody said, predicted all the same (lower is better)",
    "attribution_acc": "of the found, with the right speaker",
    "end_to_end_F1": "found and with the right speaker",
    "attribution_acc_direct": "right speaker, whole sentences between marks",
    "attribution_acc_mixed": "right speaker, fragments between marks",
    "attribution_acc_block": "right speaker, statements without marks",
    "canonical_name_acc": "of the found whose speaker gold names, with the right name",
    "date_rows": "found quotations whose day gold knows",
    "date_acc_where_gold": "of those, with the right day",
    "date_given_where_gold_has_none": "of those without a day in gold, given one (lower is better)",
    "source_acc_where_gold": "of those whose text credits an outlet, with the right one",
    "source_invented_where_gold_has_none": "of those whose text credits none, given one (lower is better)",
    "stance_acc": "of the found whose stance gold knows, with the right one",
    "stance_macroF1": "mean F1 of against, neutral, favour",
    "stance_F_against": "F1 of against",
    "stance_F_favour": "F1 of favour",
}


class _Only(StrEnum):
    marked = "marked"
    block = "block"


def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(
            metavar="GOLD.jsonl", help='Gold: a quotation a line, or a document a line with its list "gold".'
        ),
    ],
    predicted: Annotated[
        Path,
        typer.Argument(metavar="PREDICTED", help="What quotes extract wrote: .jsonl, .parquet or .csv."),
    ],
    only: Annotated[
        _Only | None,
        typer.Option(
            help="Count only predictions between marks (direct, mixed), or only those without (block)."
        ),
    ] = None,
    ignore: Annotated[
        Path | None,
        typer.Option(
            help="Doubtful spans, a line each: doc_id, quote_start, quote_end. They count neither way."
        ),
    ] = None,
    none: Annotated[
        Path | None,
        typer.Option(
            help="Documents, a line each: doc_id. They hold no quotation: all found there is false."
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the figures as JSON, in full precision.")
    ] = False,
) -> None:
    """Judge predicted quotations by gold ones: what is found, and are speaker, day, source and stance right?

    A prediction answers a gold row when both share 80 % of the characters that they cover together. All
    figures but the counts are shares between 0 and 1.

    Example: quotes evaluate data/raw/challenge.jsonl quotes.jsonl
    """
    rows = figures.read_gold(gold)
    spans = figures.read_spans(ignore) if ignore else None
    empty = figures.read_doc_ids(none) if none else frozenset()
    result = figures.evaluate(
        rows.rows,
        figures.read_predicted(predicted),
        only=only.value if only else None,
        ignore=spans,
        documents=rows.doc_ids | empty,
    )
    if only:
        _warn_of_other_kinds(rows, only)
    if as_json:
        typer.echo(json.dumps(result, indent=1))
    else:
        Console().print(_table(result))


def _warn_of_other_kinds(gold: Gold, only: _Only) -> None:
    meant = {"block"} if only is _Only.block else {"direct", "mixed", "scare"}
    others = Counter(row["kind"] for row in gold.rows if row["kind"] not in {*meant, "scare"})
    if others:
        say(f"Note: gold holds {counted(others)}; with --only {only.value} they count as not found.")


def _table(result: Figures) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("figure", no_wrap=True)
    table.add_column("value", justify="right", no_wrap=True)
    table.add_column("what it says")
    for name, value in result.items():
        shown = f"{value:.4f}" if isinstance(value, float) else f"{value:,}"
        table.add_row(name, shown, _MEANING.get(name, ""))
    return table
