"""Which prediction answers which gold row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]

SAME = 0.8
"""Two spans are the same quotation when they share this part, at least, of what they cover together."""


def shared(start: int, end: int, other_start: int, other_end: int) -> float:
    """Intersection over union of two spans; 0 where they do not meet."""
    common = min(end, other_end) - max(start, other_start)
    return common / (max(end, other_end) - min(start, other_start)) if common > 0 else 0.0


def match(gold: Sequence[Row], predicted: Sequence[Row]) -> dict[int, int]:
    """Gold row number to prediction number: best overlap first, each at most once, within one document."""
    by_document: dict[str, list[int]] = {}
    for number, row in enumerate(predicted):
        by_document.setdefault(row["doc_id"], []).append(number)
    meetings = [
        (overlap, asked, given)
        for asked, row in enumerate(gold)
        for given in by_document.get(row["doc_id"], ())
        if (overlap := _shared(row, predicted[given])) >= SAME
    ]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, asked, given in sorted(meetings, key=lambda meeting: -meeting[0]):
        if asked not in pairs and given not in taken:
            pairs[asked] = given
            taken.add(given)
    return pairs


def mostly_inside(prediction: Row, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether half of the prediction, at least, lies inside one of the spans."""
    half = 0.5 * (prediction["end"] - prediction["start"])
    return any(min(prediction["end"], end) - max(prediction["start"], start) >= half for start, end in spans)


def _shared(asked: Row, given: Row) -> float:
    return shared(asked["quote_start"], asked["quote_end"], given["start"], given["end"])
