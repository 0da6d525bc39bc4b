"""How a text and the target in it become what the stance model reads.

``[CLS] left { holder } middle [ target ] right [SEP] target [SEP]``: the target stands between two brackets
where the text names it and is repeated as second segment; the holder of the attitude, where one is given, stands
between two braces, before the target or behind. Brackets and braces are tokens that the vocabulary already has. The
same function feeds training and scoring, so the two cannot drift apart; ``INPUT_VERSION`` goes up whenever
its output changes. Models of version 1 were trained without holders and are given none.

Marking the target in place and naming it again follows target-dependent sentiment classification as in
Hamborg & Donnay, "NewsMTSC", EACL 2021, and the auxiliary sentence of Sun, Huang & Qiu, NAACL 2019.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from quotes.records import Span, StanceInput

INPUT_VERSION = 2
KNOWN_VERSIONS = (1, 2)
MAX_TOKENS = 160
MAX_TARGET_TOKENS = 40
_SPECIALS = 3
_BRACKETS = 2


class Encoded(NamedTuple):
    """Token numbers of one input and, of equal length, the segment (0 text, 1 target) of each."""

    input_ids: list[int]
    token_type_ids: list[int]


def encode(tokenizer: Any, item: StanceInput, *, max_tokens: int = MAX_TOKENS) -> Encoded:  # noqa: ANN401
    """Token numbers of ``item``, at most ``max_tokens`` (at least 16) of them.

    A longer text loses its far ends, never the target: both sides keep an equal share, and what one side
    does not need goes to the other. ``tokenizer`` is a BERT-like tokenizer of transformers. Raises
    ValueError where the span does not lie in the text or is empty.
    """
    start, end = item.span
    if not 0 <= start < end <= len(item.text):
        raise ValueError(f"target {start}:{end} does not lie in a text of {len(item.text)} characters")
    room = max_tokens - _SPECIALS - _BRACKETS
    target = _ids(tokenizer, item.text[start:end])[: min(MAX_TARGET_TOKENS, room // 3)]
    before, after = Span(0, start), Span(end, len(item.text))
    left, right = _window(_side(tokenizer, item, before), _side(tokenizer, item, after), room - 2 * len(target))
    opening, closing = tokenizer.convert_tokens_to_ids(["[", "]"])
    first = [tokenizer.cls_token_id, *left, opening, *target, closing, *right, tokenizer.sep_token_id]
    second = [*target, tokenizer.sep_token_id]
    return Encoded(first + second, [0] * len(first) + [1] * len(second))


def without_holder(item: StanceInput) -> StanceInput:
    """The input as a model of version 1 reads it."""
    return replace(item, holder=None)


def _side(tokenizer: Any, item: StanceInput, side: Span) -> list[int]:  # noqa: ANN401
    """Token numbers of the text on one side of the target, the holder in braces where it stands there whole."""
    holder = item.holder
    if holder is None or not side.start <= holder.start < holder.end <= side.end:
        return _ids(tokenizer, item.text[side.start : side.end])
    opening, closing = tokenizer.convert_tokens_to_ids(["{", "}"])
    before, after = item.text[side.start : holder.start], item.text[holder.end : side.end]
    named = _ids(tokenizer, item.text[holder.start : holder.end])[:MAX_TARGET_TOKENS]
    return [*_ids(tokenizer, before), opening, *named, closing, *_ids(tokenizer, after)]


def _ids(tokenizer: Any, text: str) -> list[int]:  # noqa: ANN401
    """Token numbers of ``text`` without special tokens, whatever its length."""
    ids: list[int] = tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"]
    return ids


def _window(left: list[int], right: list[int], room: int) -> tuple[list[int], list[int]]:
    """The end of ``left`` and the beginning of ``right``, together at most ``room`` tokens."""
    half = room // 2
    keep_left = min(len(left), max(half, room - len(right)))
    keep_right = min(len(right), room - keep_left)
    return left[len(left) - keep_left :], right[:keep_right]
