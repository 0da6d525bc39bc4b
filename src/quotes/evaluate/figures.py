"""The figures: what share of the quotations is found, and of those found, what share of each answer is right.

Shares are between 0 and 1. A figure is left out where gold holds nothing to judge it by.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

from quotes.evaluate.match import Row, match, mostly_inside
from quotes.evaluate.names import same_name

Figures = dict[str, int | float]
Only = Literal["marked", "block"]
Pair = tuple[Row, Row]

KINDS = ("direct", "mixed", "block")
STANCES = ("against", "neutral", "favour")

_JUDGED: Mapping[Only | None, frozenset[str]] = {
    "marked": frozenset({"direct", "mixed"}),
    "block": frozenset({"block"}),
    None: frozenset(KINDS),
}


def evaluate(
    gold: Sequence[Row],
    predicted: Sequence[Row],
    *,
    only: Only | None = None,
    ignore: Mapping[str, Sequence[tuple[int, int]]] | None = None,
    documents: Iterable[str] = (),
) -> Figures:
    """Figures by name, in the order in which they are worth reading.

    ``gold`` rows are ``doc_id, quote_start, quote_end, kind`` (direct, mixed, block, or scare for words that
    nobody said), ``speaker_text, speaker_start, speaker_end, speaker_name`` and, where they are to be judged,
    ``date``, ``source_quoted``, ``stance``. ``predicted`` are rows of the ``quotes`` table. Predictions count
    in the documents of gold and in those named by ``documents``, which hold no quotation. ``only`` leaves out
    the predictions of other kinds, but no gold row: give gold of those kinds. ``ignore`` holds, by document,
    spans within which a prediction counts neither way unless it answers a gold row.

    A prediction answers a gold row when they share 80 % of the characters that they cover together.
    """
    judged = {row["doc_id"] for row in gold} | set(documents)
    wanted = [row for row in predicted if row["doc_id"] in judged and row.get("kind") in _JUDGED[only]]
    numbers = match(gold, wanted)
    pairs = {asked: wanted[given] for asked, given in numbers.items()}
    taken = set(numbers.values())
    spans = ignore or {}
    counted = sum(
        number in taken or not mostly_inside(row, spans.get(row["doc_id"], ()))
        for number, row in enumerate(wanted)
    )
    asked = [row for row in gold if row["kind"] in KINDS]
    found = [
        (row, pairs[number]) for number, row in enumerate(gold) if row["kind"] in KINDS and number in pairs
    ]
    kept = [number in pairs for number, row in enumerate(gold) if row["kind"] == "scare"]
    return {
        "docs": len(judged),
        **_spans(asked, found, counted, kept),
        **_speakers(asked, found, counted),
        **_names(found),
        **_dates(found),
        **_sources(found),
        **_stances(found),
    }


def _spans(asked: Sequence[Row], found: Sequence[Pair], counted: int, kept: Sequence[bool]) -> Figures:
    precision, recall = len(found) / max(1, counted), len(found) / max(1, len(asked))
    figures: Figures = {
        "gold": len(asked),
        "pred": counted,
        "span_P": precision,
        "span_R": recall,
        "span_F1": _f1(precision, recall),
    }
    for kind in KINDS:
        of_kind = sum(row["kind"] == kind for row in asked)
        if of_kind:
            figures[f"recall_{kind}"] = sum(row["kind"] == kind for row, _ in found) / of_kind
    return figures | _share("scare_kept_as_quote", kept)


def _speakers(asked: Sequence[Row], found: Sequence[Pair], counted: int) -> Figures:
    verdicts = [
        (row["kind"], _right_speaker(row, answer)) for row, answer in found if row.get("speaker_text")
    ]
    right = sum(verdict for _, verdict in verdicts)
    # Quotations whose speaker gold does not name can be neither right nor wrong from end to end.
    precision = right / max(1, counted - (len(found) - len(verdicts)))
    recall = right / max(1, sum(bool(row.get("speaker_text")) for row in asked))
    figures: Figures = {
        "attribution_acc": right / max(1, len(verdicts)),
        "end_to_end_F1": _f1(precision, recall),
    }
    for kind in KINDS:
        figures |= _share(f"attribution_acc_{kind}", [verdict for of, verdict in verdicts if of == kind])
    return figures


def _right_speaker(row: Row, answer: Row) -> bool:
    """The mentions meet, or a name of the one is a name of the other."""
    if row.get("speaker_start") is not None and answer.get("speaker_start") is not None:
        start = max(row["speaker_start"], answer["speaker_start"])
        if min(row["speaker_end"], answer["speaker_end"]) > start:
            return True
    ours = [name for name in (row.get("speaker_name"), row["speaker_text"]) if name]
    theirs = [name for name in (answer.get("speaker"), answer.get("speaker_mention")) if name]
    return any(same_name(one, other) for one in ours for other in theirs)


def _names(found: Sequence[Pair]) -> Figures:
    named = [
        bool(answer.get("speaker")) and same_name(row["speaker_name"], answer["speaker"])
        for row, answer in found
        if row.get("speaker_name")
    ]
    return _share("canonical_name_acc", named)


def _dates(found: Sequence[Pair]) -> Figures:
    # Gold may mark a day as that of the event told, not of the words: it is not asked for here.
    asked = [
        str(answer.get("date") or "")[:10] == row["date"]
        for row, answer in found
        if row.get("date") and row.get("date_basis", "statement") in ("statement", None)
    ]
    invented = [bool(answer.get("date")) for row, answer in found if "date" in row and not row["date"]]
    figures: Figures = {"date_rows": len(asked)} if asked else {}
    return {
        **figures,
        **_share("date_acc_where_gold", asked),
        **_share("date_given_where_gold_has_none", invented),
    }


def _sources(found: Sequence[Pair]) -> Figures:
    asked = [
        same_name(row["source_quoted"], answer.get("source") or "")
        for row, answer in found
        if row.get("source_quoted")
    ]
    # The publisher itself is no invention.
    invented = [
        bool(answer.get("source")) and not same_name(answer["source"], answer.get("publisher") or "")
        for row, answer in found
        if "source_quoted" in row and not row["source_quoted"]
    ]
    return {
        **_share("source_acc_where_gold", asked),
        **_share("source_invented_where_gold_has_none", invented),
    }


def _stances(found: Sequence[Pair]) -> Figures:
    pairs = Counter((row["stance"], answer.get("stance")) for row, answer in found if row.get("stance"))
    if not pairs:
        return {}
    by_label = {label: _label_f1(pairs, label) for label in STANCES}
    return {
        "stance_acc": sum(pairs[label, label] for label in STANCES) / pairs.total(),
        "stance_macroF1": sum(by_label.values()) / len(STANCES),
        "stance_F_against": by_label["against"],
        "stance_F_favour": by_label["favour"],
    }


def _label_f1(pairs: Counter[tuple[Any, Any]], label: str) -> float:
    asked = _total(pairs, lambda pair: pair[0] == label)
    given = _total(pairs, lambda pair: pair[1] == label)
    return 2 * pairs[label, label] / (asked + given) if asked + given else 0.0


def _total(pairs: Counter[tuple[Any, Any]], wanted: Callable[[tuple[Any, Any]], bool]) -> int:
    return sum(count for pair, count in pairs.items() if wanted(pair))


def _share(name: str, verdicts: Sequence[bool]) -> Figures:
    return {name: sum(verdicts) / len(verdicts)} if verdicts else {}


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / max(1e-9, precision + recall)
