"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

from quotes.engines import available_cores

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


def processes(workers: int) -> int:
    """The number of processes that ``--workers`` asks for."""
    return workers or available_cores()
