"""Answers: tasks that came back, filled in."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from quotes import schema
from quotes.errors import UsageError
from quotes.review import label_studio

RIGHT, WRONG, UNCLEAR = label_studio.VERDICTS
NONE = "none"
"""What a person writes for a value that should be empty."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody said of one value: ``new`` is the old value where that is right."""

    id: str
    field: str
    old: Any
    verdict: str
    new: Any
    who: str
    when: str
    why: str | None
    sample: str | None


def read_answers(paths: Sequence[Path]) -> list[Answer]:
    """The answers of files: JSON Lines, CSV (.csv) or an export of Label Studio (.json). Tasks without a verdict
    are passed over.

    Raises UsageError, with file and line, for an answer that cannot be read.
    """
    found = []
    for path in paths:
        for number, row in enumerate(_rows(path), start=1):
            if row.get("verdict"):
                found.append(_answer(row, f"{path}, answer {number}"))
    return found


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    try:
        if path.suffix == ".csv":
            with path.open(encoding="utf-8-sig", newline="") as file:
                yield from ({**row, "old": _cell(row["old"]), "new": _cell(row["new"])} for row in csv.DictReader(file))
        elif path.suffix == ".json":
            yield from label_studio.answers(json.loads(path.read_text(encoding="utf-8")))
        else:
            yield from (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path} cannot be read as answers: {error!r}") from error


def _cell(value: str | None) -> str | None:
    """A cell of a CSV file: empty is null, and the apostrophe that kept a spreadsheet from running it is gone."""
    if not value:
        return None
    return value[1:] if value[0] == "'" and value[1:2] in ("=", "+", "-", "@") else value


def _answer(row: Mapping[str, Any], where: str) -> Answer:
    missing = [name for name in ("id", "field", "who", "when") if not row.get(name)]
    if missing:
        raise UsageError(f"{where}: {', '.join(missing)} not filled in")
    verdict = str(row["verdict"]).strip().casefold()
    if verdict not in label_studio.VERDICTS:
        raise UsageError(f"{where}: the verdict is {verdict!r}, and needs {', '.join(label_studio.VERDICTS)}")
    new = row.get("old") if verdict == RIGHT else _told(row.get("new"))
    if verdict == WRONG and row.get("new") in (None, ""):
        raise UsageError(f"{where}: {row['field']} is wrong, and what is right is not told (write {NONE} for nothing)")
    try:
        day = date.fromisoformat(str(row["when"])).isoformat()
    except ValueError as error:
        raise UsageError(f"{where}: {row['when']!r} is no day (YYYY-MM-DD)") from error
    if row["field"] not in schema.columns("quotes"):
        raise UsageError(f"{where}: {row['field']!r} is no column of quotes")
    return Answer(
        id=row["id"], field=row["field"], old=row.get("old"), verdict=verdict, new=new, who=str(row["who"]),
        when=day, why=row.get("why") or None, sample=row.get("sample") or None,
    )  # fmt: skip


def _told(value: Any) -> Any:  # noqa: ANN401
    return None if value is None or (isinstance(value, str) and value.strip().casefold() == NONE) else value
