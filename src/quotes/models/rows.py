"""Stance of given rows, the model alone: what benchmarks need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from quotes.errors import DocumentError
from quotes.models.scorer import Scorer
from quotes.records import Span, StanceInput


def score_row(row: Mapping[str, Any], scorer: Scorer, where: str) -> dict[str, Any]:
    """``{id, label, against, neutral, favour, score}`` of a row ``{id, text, target, target_start,
    target_end}``.

    ``target`` may be left out; where it is given it must be what stands at the offsets. ``where`` (file and
    line) goes into the DocumentError raised for a row that cannot be scored.
    """
    found = scorer.score([_input(row, where)])[0]
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
    """Scored rows, in their order, as they come.

    A row that cannot be scored is handed to ``failed`` and the others go on; without ``failed`` its
    DocumentError (``source:number``, counting from 1) is raised.
    """
    for number, row in enumerate(rows, 1):
        try:
            yield score_row(row, scorer, f"{source}:{number}")
        except DocumentError as error:
            if failed is None:
                raise
            failed(error)


def _input(row: Mapping[str, Any], where: str) -> StanceInput:
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
    return StanceInput(text, Span(start, end))
