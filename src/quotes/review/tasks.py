"""Tasks: rows handed out to be judged, one value of one row each."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from quotes.errors import UsageError
from quotes.release.decide import FIELDS
from quotes.review import label_studio
from quotes.writers import harmless, replacing

FORMATS = ("jsonl", "csv", "labelstudio")
DEFAULT_FIELDS = ("kind", "speaker", "date_edtf", "source", "target", "stance")


@dataclass(frozen=True, slots=True)
class Task:
    """One value to judge, and what a person needs to judge it.

    Filled in are ``verdict`` (right, wrong, unclear), ``new`` where it is wrong, ``who``, ``when`` (a day) and, if
    there is something to say, ``why``. ``sample`` names the random sample that the row was drawn into; None where
    rows were chosen in another way.
    """

    id: str
    field: str
    old: Any
    quote: str | None
    context_before: str | None
    context_after: str | None
    mention: str | None
    published: str | None
    url: str | None
    start: int
    end: int
    sample: str | None
    verdict: str = ""
    new: Any = None
    who: str = ""
    when: str = ""
    why: str | None = None


def tasks(
    rows: Sequence[Mapping[str, Any]],
    *,
    version: str,
    fields: Sequence[str] = DEFAULT_FIELDS,
    sample: int | None = None,
    seed: int = 0,
) -> list[Task]:
    """A task for each row and field, in the order of the rows.

    With ``sample``, that many rows drawn at random, the same ones for the same ``seed`` whatever the order of the
    rows. Raises UsageError for a field that nobody may correct.
    """
    unknown = [field for field in fields if field not in FIELDS]
    if unknown:
        raise UsageError(f"{', '.join(unknown)}: no such field to judge. There are: {', '.join(FIELDS)}")
    drawn = list(rows)
    name = None
    if sample is not None and sample < len(drawn):
        ordered = sorted(drawn, key=lambda row: str(row["quote_id"]))
        kept = {row["quote_id"] for row in random.Random(seed).sample(ordered, sample)}
        drawn = [row for row in drawn if row["quote_id"] in kept]
    if sample is not None:
        name = f"{version}/{min(sample, len(rows))}/{seed}"
    return [_task(row, field, name) for row in drawn for field in fields]


def _task(row: Mapping[str, Any], field: str, sample: str | None) -> Task:
    return Task(
        id=row["quote_id"], field=field, old=row[field], quote=row["quote"],
        context_before=row["context_before"], context_after=row["context_after"], mention=row["speaker_mention"],
        published=row["published"], url=row["url"], start=row["start"], end=row["end"], sample=sample,
    )  # fmt: skip


def write(made: Sequence[Task], output: Path, form: str) -> None:
    """Write tasks as JSON Lines, CSV, or tasks of Label Studio with its configuration beside them (.xml)."""
    if form not in FORMATS:
        raise UsageError(f"{form}: no such format. There are: {', '.join(FORMATS)}")
    rows = [asdict(task) for task in made]
    with replacing(output) as part, part.open("w", encoding="utf-8", newline="") as file:
        if form == "csv":
            _write_csv(rows, file)
        elif form == "jsonl":
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        else:
            json.dump(label_studio.tasks(rows), file, ensure_ascii=False, indent=1)
    if form == "labelstudio":
        fields = list(dict.fromkeys(task.field for task in made))
        output.with_suffix(".xml").write_text(label_studio.configuration(fields), encoding="utf-8")


def _write_csv(rows: Sequence[Mapping[str, Any]], file: IO[str]) -> None:
    writer = csv.writer(file, lineterminator="\n")
    columns = list(Task.__dataclass_fields__)
    writer.writerow(columns)
    writer.writerows([harmless(row[name]) for name in columns] for row in rows)
