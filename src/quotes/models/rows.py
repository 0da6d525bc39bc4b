"""Stance of given rows, the model alone: what benchmarks need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from quotes.errors import DocumentError
from quotes.models.scorer import Scorer
from quotes.records import Span, StanceInput, StanceScore

SLAB = 512
"""Rows scored together; more would only take more memory."""


def score_row(row: Mapping[str, Any], scorer: Scorer, where: str) -> dict[str, Any]:
    """``{id, label, against, neutral, favour, score}`` of a row ``{id, text, target, target_start,
    target_end}``.

    ``target`` may be left out; where it is given it must be what stands at the offsets. ``holder_start`` and
    ``holder_end``, where given, say whose attitude is meant. ``where`` (file and line) goes into the DocumentError
    raised for a row that cannot be scored.
    """
    return scored_row(row, scorer.score([row_input(row, where)])[0])


def scored_row(row: Mapping[str, Any], found: StanceScore) -> dict[str, Any]:
    """What is written of a scored row."""
    return {
        "id": row["id"],
        "label": found.label,
        "against": found.against,
        "neutral": found.neutral,
        "favour": found.favour,
        "score": found.score,
    }


def score_rows(
    rows: Iterable[Mapping[str, Any]],
    scorer: Scorer,
    *,
    source: str = "rows",
    failed: Callable[[DocumentError], None] | None = None,
) -> Iterator[dict[str, Any]]:
    """Scored rows, in their order, some hundreds at a time.

    A row that cannot be scored is handed to ``failed`` and the others go on; without ``failed`` its
    DocumentError (``source:number``, counting from 1) is raised.
    """
    numbered = enumerate(rows, 1)
    while slab := list(islice(numbered, SLAB)):
        good: list[tuple[Mapping[str, Any], StanceInput]] = []
        for number, row in slab:
            try:
                good.append((row, row_input(row, f"{source}:{number}")))
            except DocumentError as error:
                if failed is None:
                    raise
                failed(error)
        scores = scorer.score([item for _, item in good])
        for (row, _), score in zip(good, scores, strict=True):
            yield scored_row(row, score)


def row_input(row: Mapping[str, Any], where: str) -> StanceInput:
    """The input that a row means; DocumentError where it is none."""
    advice = "A row is {id, text, target, target_start, target_end}."
    if not isinstance(row, Mapping) or "id" not in row:
        raise DocumentError(where, "no row with an id", advice)
    text, start, end = row.get("text"), row.get("target_start"), row.get("target_end")
    if not isinstance(text, str) or type(start) is not int or type(end) is not int:
        raise DocumentError(
            where, "text is no string or an offset no whole number", advice, doc_id=str(row["id"])
        )
    if not 0 <= start < end <= len(text):
        reason = f"target {start}:{end} does not lie in a text of {len(text)} characters"
        raise DocumentError(where, reason, "Offsets are characters, half-open.", doc_id=str(row["id"]))
    target = row.get("target")
    if target is not None and text[start:end] != target:
        reason = f"the target is {target!r}, but {text[start:end]!r} stands at {start}:{end}"
        raise DocumentError(where, reason, "Offsets are characters, half-open.", doc_id=str(row["id"]))
    return StanceInput(text, Span(start, end), _holder(row, text, Span(start, end), where))


def _holder(row: Mapping[str, Any], text: str, target: Span, where: str) -> Span | None:
    start, end = row.get("holder_start"), row.get("holder_end")
    if start is None and end is None:
        return None
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        reason = f"holder {start}:{end} does not lie in a text of {len(text)} characters"
        raise DocumentError(where, reason, "Offsets are characters, half-open.", doc_id=str(row["id"]))
    touches = min(end, target.end) > max(start, target.start)
    return None if touches else Span(start, end)
