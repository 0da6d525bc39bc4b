"""Marked words that the network of attribution learns from, by their places, and what the large model says of them.

``wording_taught.tsv`` holds a string a line: document, start and end of the words in its text, its label and fold where
it has been read (`readings`; the folds are those of ``train_attribution.py``), and logits of the large model
(``wording_teach.py``), tuned without each fold and on all. No word of an article is in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from quotes.records import Document
from quotes.stages import clean, mark
from quotes.stages.wording import Window, window

TAUGHT = Path(__file__).parent / "wording_taught.tsv"
UNSEEN = Path(__file__).parent / "wording_unseen.tsv"
"""What the small network says of the labelled strings, each time learnt without their fold."""
NEWS_FILES = ("polnear_train_docs.jsonl", "newsmtsc_train.jsonl", "dse_train.jsonl")
STATE_FILES = ("kcna2012_docs.jsonl", "kcna2024_docs.jsonl")
"""Copy of a state's organ that sneers."""
FOLDS = 5
ALL = FOLDS
"""The column of the model that was tuned on all labelled strings."""

Key = tuple[str, int, int]


class Row(NamedTuple):
    """A marked string; ``said`` and ``fold`` are None where nobody has read it."""

    key: Key
    said: bool | None
    fold: int | None
    taught: tuple[float, ...]
    """A logit of each model: without fold 0 to 4, and of all."""


def read(path: Path = TAUGHT) -> list[Row]:
    """The rows of the file, in its order."""
    rows = []
    for line in path.read_text(encoding="utf-8").split("\n")[1:-1]:
        doc_id, start, end, label, fold, *logits = line.split("\t")
        rows.append(
            Row(
                (doc_id, int(start), int(end)),
                None if not label else label == "said",
                int(fold) if fold else None,
                tuple(map(float, logits)),
            )
        )
    return rows


def read_unseen(path: Path = UNSEEN) -> dict[Key, float]:
    """What the small network says of each labelled string, learnt without its fold."""
    found = {}
    for line in path.read_text(encoding="utf-8").split("\n")[1:-1]:
        doc_id, start, end, logit = line.split("\t")
        found[doc_id, int(start), int(end)] = float(logit)
    return found


def write(rows: list[Row], path: Path = TAUGHT) -> None:
    """The file anew, with other logits."""
    head = ["doc_id", "start", "end", "label", "fold", *(f"without_{fold}" for fold in range(FOLDS)), "all"]
    lines = ["\t".join(head)]
    for row in rows:
        label = "" if row.said is None else "said" if row.said else "unsaid"
        fold = "" if row.fold is None else str(row.fold)
        lines.append("\t".join([*map(str, row.key), label, fold, *(f"{logit:.2f}" for logit in row.taught)]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def documents(data: Path, names: Iterable[str]) -> Iterator[Document]:
    """Every document of the files; sentences of the stance files are documents, each once."""
    for name in names:
        seen = set()
        for line in (data / name).read_text(encoding="utf-8").split("\n")[:-1]:
            row = json.loads(line)
            if "doc_id" not in row:
                if row["text"] in seen:
                    continue
                seen.add(row["text"])
                row["doc_id"] = row["id"]
            yield Document(**{slot: row.get(slot) for slot in Document.__slots__} | {"lang": row.get("lang", "en")})


def windows(data: Path, rows: Sequence[Row], *lengths: int) -> list[tuple[Window, bool]]:
    """The words of each row, in order, with so many characters around them as ``window`` is told, and whether a
    state's organ printed them. Raises SystemExit where the data lack some.
    """
    wanted = {row.key for row in rows}
    named = {key[0] for key in wanted}
    found: dict[Key, tuple[Window, bool]] = {}
    for names, state in ((NEWS_FILES, False), (STATE_FILES, True)):
        for document in (one for one in documents(data, names) if one.doc_id in named):
            article = clean.read(document)
            for candidate in mark.find(article):
                key = (document.doc_id, *clean.given_span(article, candidate.span))
                if key in wanted:
                    found[key] = window(article, candidate, *lengths), state
    if wanted - set(found):
        lacking = len(wanted - set(found))
        raise SystemExit(f"{lacking} strings of {TAUGHT.name} are not in {data}: are its files others?")
    return [found[row.key] for row in rows]
