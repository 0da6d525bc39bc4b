"""The same sentence with other names: what an actor is called must not decide how it is treated.

Both changes leave the labels where they are, with the places in the sentence: whoever blames still blames, whoever is
blamed is still blamed.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

Row = dict[str, Any]
_NAME = re.compile(r"(?:(?:Mr|Ms|Mrs|Dr|Sen|Gov|Rep)\. |President |Sen\. |Senator )?[A-Z][\w’'-]*(?: [A-Z][\w.’'-]*)*")
_TITLED = re.compile(r"(?:Mr|Ms|Mrs|Dr|Sen|Gov|Rep|President|Senator)\b")


def is_name(words: str) -> bool:
    """Whether words in capitals alone stand there."""
    return _NAME.fullmatch(words) is not None


def exchanged(rows: Iterable[Row]) -> Iterator[Row]:
    """For each two rows of a sentence whose targets are names: both, with the names in each other's place."""
    sentences: dict[str, dict[int, Row]] = defaultdict(dict)
    for row in rows:
        if is_name(row["target"]):
            sentences[row["text"]].setdefault(row["target_start"], row)
    for text, by_start in sentences.items():
        targets = [by_start[start] for start in sorted(by_start)]
        for first, second in pairwise(targets):
            if first["target_end"] < second["target_start"] and _alone(text, first["target"], second["target"]):
                yield from _exchanged(text, first, second)


def _alone(text: str, *targets: str) -> bool:
    """Whether the last word of each stands once in the sentence: a name that is left behind would be nobody's."""
    return all(text.count(_last(target)) == 1 for target in targets)


def _last(name: str) -> str:
    """The last word of a name, without its genitive."""
    return name.removesuffix("’s").removesuffix("'s").split()[-1]


def _exchanged(text: str, first: Row, second: Row) -> Iterator[Row]:
    left, middle = text[: first["target_start"]], text[first["target_end"] : second["target_start"]]
    one, two = second["target"], first["target"]
    made = left + one + middle + two + text[second["target_end"] :]
    later = len(left + one + middle)
    yield _row(first, made, len(left), one)
    yield _row(second, made, later, two)


def _row(row: Row, text: str, start: int, target: str) -> Row:
    """The row with another text, its holder left out."""
    return {
        "id": row["id"],
        "text": text,
        "target": target,
        "target_start": start,
        "target_end": start + len(target),
        "label": row["label"],
    }


def renamed(rows: Iterable[Row], names: list[str], rng: random.Random) -> Iterator[Row]:
    """Each row whose target is a name, with another of the ``names``, as long, wherever its last word stands."""
    alike: dict[tuple[int, bool], list[str]] = defaultdict(list)
    for name in names:
        if is_name(name):
            alike[_shape(name)].append(name)
    for row in rows:
        if is_name(row["target"]) and alike[_shape(row["target"])]:
            yield _renamed(row, rng.choice(alike[_shape(row["target"])]))


def _shape(name: str) -> tuple[int, bool]:
    """How many words it has, and whether one of them is a title."""
    return len(name.split()), _TITLED.match(name) is not None


def _renamed(row: Row, name: str) -> Row:
    old, new = _last(row["target"]), _last(name)
    before, after = row["text"][: row["target_start"]], row["text"][row["target_end"] :]
    again = re.compile(rf"\b{re.escape(old)}\b")
    before = again.sub(lambda _: new, before)
    return _row(row, before + name + again.sub(lambda _: new, after), len(before), name)
