"""Published versions as data: their tables, and what moved between two of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from quotes.errors import ReleaseError
from quotes.release import manifest, writer
from quotes.release.diff import Content, Diff, compare, without_withdrawn
from quotes.release.layout import SCHEMA, table_file
from quotes.release.standoff_words import WORDS
from quotes.release.tables import Tables


def read_table(folder: Path, name: str) -> list[dict[str, Any]]:
    """The rows of one table of the version in ``folder``, labels as words.

    Raises ReleaseError where the version has no such table or its file is damaged.
    """
    known = [entry["name"] for entry in manifest.read(folder)["tables"]]
    if name not in known:
        raise ReleaseError(f"{folder} has no table {name!r}. Its tables are: {', '.join(known)}")
    return writer.read(folder / table_file(name))


def difference(old: Path, new: Path) -> Diff:
    """What moved from the version in one folder to the version in another."""
    return without_withdrawn(compare(contents(old), contents(new)), WORDS)


def contents(folder: Path) -> dict[str, Content]:
    """The tables of a version, each described by the schema that lies beside it."""
    tables = manifest.read(folder)["tables"]
    whole = [entry["name"] for entry in tables if entry.get("table", entry["name"]) == entry["name"]]
    return {name: content(folder, name) for name in whole}


def content(folder: Path, name: str, *, of: str | None = None) -> Content:
    """One table of a version, or some rows ``of`` another one. Raises ReleaseError where it cannot be read."""
    path = folder / SCHEMA
    try:
        return _content(
            json.loads(path.read_text(encoding="utf-8")), of or name, writer.read(folder / table_file(name))
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReleaseError(f"{path} does not describe the table {name} ({error!r}). Fetch it anew") from error


def contents_of(tables: Tables) -> dict[str, Content]:
    """Tables that are not published yet, described by the schema of the package."""
    described = json.loads(files("quotes").joinpath("schema.json").read_text(encoding="utf-8"))
    return {name: _content(described, name, rows) for name, rows in tables.items()}


def _content(described: Mapping[str, Any], name: str, rows: Sequence[Mapping[str, Any]]) -> Content:
    entry = described["tables"][name]
    labelled = [
        {**column, "labels": described["labels"][column["labels"]]} if "labels" in column else column
        for column in entry["columns"]
    ]
    return Content(key=tuple(entry["key"]), columns=tuple(labelled), rows=rows)
