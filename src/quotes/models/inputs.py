"""Token numbers of an input in each form, and the probabilities that the outputs mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quotes.models.encoding import Encoded, encode, without_holder
from quotes.models.folder import ModelFolder
from quotes.records import StanceInput

_QUESTIONS = ("favour", "against")


def encoded(tokenizer: Any, item: StanceInput, folder: ModelFolder) -> list[Encoded]:  # noqa: ANN401
    """What the network reads for ``item``: one row, or one a hypothesis. Raises ValueError for a bad span."""
    form = folder.form
    if form.name == "ours":
        item = item if folder.input_version > 1 else without_holder(item)
        return [encode(tokenizer, item, max_tokens=form.max_tokens)]
    if not 0 <= item.span.start < item.span.end <= len(item.text):
        raise ValueError(f"target {item.span} does not lie in a text of {len(item.text)} characters")
    target = item.text[slice(*item.span)]
    if form.name == "marked":
        opening, closing = form.markers
        before, after = _around(tokenizer, item, form.max_tokens, f"{opening} {target} {closing}")
        return [_row(tokenizer, form.max_tokens, f"{before} {opening} {target} {closing} {after}".strip())]
    second = [target]
    if form.name == "nli":
        second = [form.hypotheses[side].replace("{target}", target) for side in _QUESTIONS]
    rows = []
    for words in second:
        before, after = _around(tokenizer, item, form.max_tokens, f"{target} {words}")
        rows.append(_row(tokenizer, form.max_tokens, before + target + after, words))
    return rows


def shares(rows: Sequence[Sequence[float]], folder: ModelFolder) -> tuple[float, float, float]:
    """Probabilities of against, neutral and favour from the probabilities of the outputs, a row for each input row.

    Of hypotheses, what entails neither is neutral; where both are entailed, each has its share of the certainty
    that one is: 1 - (1 - f)(1 - a).
    """
    form = folder.form
    if form.name != "nli":
        by_label = dict(zip(form.labels, rows[0], strict=True))
        return by_label["against"], by_label["neutral"], by_label["favour"]
    place = form.labels.index("entailment")
    favour, against = rows[0][place], rows[1][place]
    some = 1 - (1 - favour) * (1 - against)
    total = favour + against
    if total == 0:
        return 0.0, 1.0, 0.0
    return some * against / total, 1 - some, some * favour / total


def _around(tokenizer: Any, item: StanceInput, most: int, rest: str) -> tuple[str, str]:  # noqa: ANN401
    """The text before and behind the target, as much of it as fits beside ``rest``: the far ends go first."""
    room = max(0, most - 8 - len(tokenizer(rest, add_special_tokens=False, verbose=False)["input_ids"]))
    before, after = item.text[: item.span.start], item.text[item.span.end :]
    left, right = _places(tokenizer, before), _places(tokenizer, after)
    keep_left = min(len(left), max(room // 2, room - len(right)))
    keep_right = min(len(right), room - keep_left)
    start = left[len(left) - keep_left][0] if keep_left else len(before)
    end = right[keep_right - 1][1] if keep_right else 0
    return (before if keep_left == len(left) else before[start:]), (after if keep_right == len(right) else after[:end])


def _places(tokenizer: Any, text: str) -> list[tuple[int, int]]:  # noqa: ANN401
    """Where each token of ``text`` begins and ends in it."""
    found = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True, verbose=False)
    offsets: list[tuple[int, int]] = found["offset_mapping"]
    return offsets


def _row(tokenizer: Any, most: int, first: str, second: str | None = None) -> Encoded:  # noqa: ANN401
    found = tokenizer(first, second, truncation=True, max_length=most, verbose=False)
    ids: list[int] = found["input_ids"]
    types: list[int] = found.get("token_type_ids") or [0] * len(ids)
    return Encoded(ids, types)

