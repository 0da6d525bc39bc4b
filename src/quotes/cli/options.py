"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotes import models, registry
from quotes.engines import available_cores
from quotes.errors import UsageError
from quotes.readers.check import FIELDS

Workers = Annotated[
    int,
    typer.Option(
        "--workers",
        "-w",
        min=0,
        help="How many processes to use; 0 is one for each core. The result is the same with any number.",
    ),
]

NoStance = Annotated[
    bool,
    typer.Option(
        "--no-stance", help="Leave out the stance: no model is loaded, and it goes several times as fast."
    ),
]

Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="FIELD=COLUMN",
        help="Which column holds a field that has another name there, as in text=body. "
        "doc_id=# makes ids of file and row. May be given several times.",
    ),
]


StanceModel = Annotated[
    str | None,
    typer.Option(
        "--stance-model",
        metavar="MODEL",
        help="Another stance model: its folder, or owner/name@commit on the Hugging Face Hub. Without it, the one "
        "that is shipped.",
    ),
]


StancePrecision = Annotated[
    models.Precision,
    typer.Option(
        "--stance-precision",
        help="int8 computes the stance more than twice as fast where the processor has VNNI; one label of a hundred "
        "comes out another. The scores are then those of another revision of the model.",
    ),
]


ExtraRegistry = Annotated[
    Path | None,
    typer.Option(
        "--registry",
        metavar="FOLDER",
        help="A folder of tables (people.jsonl, organisations.jsonl, outlets.jsonl, countries.jsonl, titles.tsv, "
        "epithets.tsv) that are added to the shipped registry.",
    ),
]


def check_registry(given: Path | None) -> None:
    """Raises `RegistryError`, before any document is read, where ``--registry`` contradicts itself or ours."""
    if given is not None:
        registry.load(given)


def check_model(given: str | None, precision: models.Precision) -> None:
    """Raises `ModelError`, before any document is read, where ``--stance-model`` is not there or of no use."""
    scorer = models.load(given, precision=precision)
    if given is not None:
        scorer.open()  # what is shipped was checked by its sums; of any other the weights must be tried


def column_map(pairs: list[str] | None) -> dict[str, str]:
    """Fields and the columns that hold them. Raises `UsageError` for what is no pair, or no field of a document."""
    columns = {}
    for pair in pairs or ():
        name, _, column = pair.partition("=")
        if name not in FIELDS or not column or (column == "#" and name != "doc_id"):
            raise UsageError(f"--column {pair}: write FIELD=COLUMN; the fields are {', '.join(FIELDS)}")
        columns[name] = column
    return columns


def processes(workers: int) -> int:
    """The number of processes that ``--workers`` asks for."""
    return workers or available_cores()
