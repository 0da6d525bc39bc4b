"""Make the dataset again, from the raw documents, and say whether it comes out as it was published.

    python scripts/regenerate.py            the newest version
    python scripts/regenerate.py 0.1.0      another one

The version is rebuilt from data/raw in a temporary folder and compared, table by table and byte by byte, with
the one in data/processed. Nothing is written. Exit code 0: it is the same; 1: it is not, and it says where.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table

from quotes import QuotesError, release
from quotes.cli.terminal import progress
from quotes.engines import available_cores

ROOT = Path(__file__).resolve().parent.parent
ROWS = 6
MOST = 10

console = Console(highlight=False, markup=False)


def main() -> int:
    """Rebuild, compare, show."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("version", nargs="?", help="a folder of data/processed; without it, the newest")
    wanted = parser.parse_args().version
    try:
        folder = ROOT / "data" / "processed" / wanted if wanted else release.newest(ROOT)
        console.print(f"Rebuilding version {folder.name} from data/raw …")
        with progress() as advance:
            findings = release.verify(folder, root=ROOT, workers=available_cores(), progress=advance)
    except QuotesError as error:
        console.print(f"Error: {error}", style="bold red")
        return 2
    for finding in findings:
        console.print(str(finding))
    faults = sum(finding.level == "fault" for finding in findings)
    moved = any(finding.level == "moved" for finding in findings)
    if faults:
        said = f"rebuilt, DIFFERS from the published one in {faults} places"
    elif moved:
        said = "cannot be rebuilt from what is checked out here; its files are as published"
    else:
        show(folder)
        said = "rebuilt, equals the published one"
    console.print(f"\nVersion {folder.name}, {said}.", style="bold red" if faults or moved else "bold green")
    return 1 if faults or moved else 0


def show(folder: Path) -> None:
    """What the version holds, and how to load it."""
    rows = release.read_table(folder, "quotes")
    for column in ("speaker", "source", "stance"):
        counts = Counter(row[column] or "—" for row in rows)
        console.print(table_of(counts, column))
    console.print(sample_of(sorted(rows, key=lambda row: row["quote"] is None)[:ROWS]))
    place = folder.relative_to(ROOT).as_posix()
    console.print(f"\n{len(rows)} quotations lie in {place}. To load them:\n")
    console.print(f'    from datasets import load_dataset\n    quotes = load_dataset("{place}")')


def table_of(counts: Counter[str], column: str) -> Table:
    """The commonest values of a column and how often they occur."""
    table = Table("quotations", column, box=None, header_style="bold", pad_edge=False)
    table.columns[0].justify = "right"
    for value, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]:
        table.add_row(str(count), value)
    if len(counts) > MOST:
        table.add_row("…", f"and {len(counts) - MOST} more")
    return table


def sample_of(rows: list[dict[str, object]]) -> Table:
    """A few rows, the columns that one looks at first."""
    columns = ("speaker", "date_edtf", "source", "stance", "quote")
    table = Table(*columns, box=None, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*(str(row[name] or "—") for name in columns))
    return table


if __name__ == "__main__":
    sys.exit(main())
