"""``quotes plot``: pictures of the tables of a release or a build."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pyarrow.parquet as pq
import typer

from quotes import plots
from quotes.cli.terminal import number, say
from quotes.errors import UsageError
from quotes.release.layout import table_file

_NEEDED = {
    "quotes": ("quote_id", "doc_id", "speaker", "date", "published", "statement_id"),
    "stances": ("quote_id", "doc_id", "target", "target_start", "stance", "stance_score"),
}


class Format(StrEnum):
    """Kinds of pictures."""

    png = "png"
    svg = "svg"
    pdf = "pdf"


def plot(
    release: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="A version folder of a release, or what quotes build has made.")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where to put the pictures; made if need be.")
    ],
    kind: Annotated[Format, typer.Option("--format", help="What kind of pictures.")] = Format.png,
    pairs: Annotated[int, typer.Option(min=1, max=12, help="How many speaker → target pairs over time.")] = 6,
    names: Annotated[int, typer.Option(min=1, max=30, help="How many speakers and targets in the matrix.")] = 12,
    guesses: Annotated[
        bool, typer.Option("--guesses", help="Also count what the model was too unsure of (abstained).")
    ] = False,
) -> None:
    """Draw stance over time by speaker → target, and a matrix of who speaks how of whom.

    Writes stance_over_time and who_toward_whom. A statement counts once however often it was reprinted.
    Needs Matplotlib: pip install 'quotes[plot]'.

    Example: quotes plot data/processed/0.1.0 --output pictures/ --format svg
    """
    found = plots.opinions(_read(release, "quotes"), _read(release, "stances"), guesses=guesses)
    over_time, whom = output / f"stance_over_time.{kind}", output / f"who_toward_whom.{kind}"
    lines = plots.series(found, pairs)
    if not lines:
        raise UsageError(f"{release}: no named speaker has a dated and scored statement; there is nothing to draw")
    output.mkdir(parents=True, exist_ok=True)
    plots.draw_matrix(plots.matrix(found, names), whom)
    say(f"{number(len(found), 'statement')} toward a target → {whom}")
    plots.draw_series(lines, over_time)
    say(f"{number(len(lines), 'pair')} over time → {over_time}")


def _read(folder: Path, name: str) -> list[dict[str, Any]]:
    path = folder / table_file(name)
    if not path.is_file():
        raise UsageError(f"{path}: no such file; give a version folder of a release, or what quotes build has made")
    try:
        table = pq.read_table(path)
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: cannot be read as Parquet ({error})") from error
    missing = [column for column in _NEEDED[name] if column not in table.column_names]
    if missing:
        raise UsageError(f"{path}: has no column {', '.join(missing)}; is it the {name} table?")
    wanted = [*_NEEDED[name], *(["abstained"] if "abstained" in table.column_names else [])]
    rows: list[dict[str, Any]] = table.select(wanted).to_pylist()
    return rows
