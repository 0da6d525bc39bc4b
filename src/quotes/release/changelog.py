"""The changelog of the data: what moved from each version to the next, the newest first."""

from __future__ import annotations

from pathlib import Path

from quotes.errors import ReleaseError
from quotes.release.diff import Diff
from quotes.release.layout import CHANGELOG
from quotes.release.tables import Tables

HEAD = "# Changes of the data\n"


def text(*, version: str, date: str, tables: Tables, previous: Path | None, diff: Diff | None) -> str:
    """The entry of this version, followed by the entries of the one before, whose folder is ``previous``."""
    counts = ", ".join(f"{name} {len(rows)}" for name, rows in tables.items())
    if previous is None or diff is None:
        return f"{HEAD}\n## {version} ({date})\n\nFirst version. Rows: {counts}.\n"
    path = previous / CHANGELOG
    try:
        older = path.read_text(encoding="utf-8").removeprefix(HEAD)
    except (OSError, ValueError) as error:
        raise ReleaseError(f"{path} cannot be read: {error}. Fetch that version anew") from error
    change = f"A {diff.bump} change since {previous.name}. Rows: {counts}."
    return f"{HEAD}\n## {version} ({date})\n\n{change}\n\n{diff}\n{older}"
