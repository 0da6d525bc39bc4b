"""Rows of stance data as what the network reads."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from quotes.models.encoding import Encoded, encode
from quotes.records import Span, StanceInput

LABELS = ("against", "neutral", "favour")
UNLABELLED = -100
"""The number of no label: cross-entropy in torch passes over it."""


@dataclass(frozen=True)
class Example:
    """One encoded line, the number of its label, and the text that it was made of.

    ``backwards``: a holder is given, and the target stands before it.
    """

    encoded: Encoded
    label: int
    text: str
    backwards: bool | None = None


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    return sha256(path.read_bytes()).hexdigest()


def read_examples(path: Path, tokenizer: Any, *, labelled: bool = True) -> list[Example]:  # noqa: ANN401
    """Encoded lines of a JSON Lines file, in its order; holders are marked where ``holder_start`` is given.

    Lines that are not ``labelled`` need no label, and one that they have is not read.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    return [read_example(json.loads(line), tokenizer, labelled=labelled) for line in lines]


def read_example(row: dict[str, Any], tokenizer: Any, *, labelled: bool = True) -> Example:  # noqa: ANN401
    """One line, encoded."""
    span, holder, backwards = Span(row["target_start"], row["target_end"]), None, None
    if row.get("holder_start") is not None:
        holder = Span(row["holder_start"], row["holder_end"])
        backwards = span.start < holder.start
    encoded = encode(tokenizer, StanceInput(row["text"], span, holder))
    label = LABELS.index(row["label"]) if labelled else UNLABELLED
    return Example(encoded, label, row["text"], backwards)


def apart(examples: list[Example], held: list[Example]) -> list[Example]:
    """The examples whose text stands in none of ``held``: a sentence can come with another target there."""
    taken = {example.text for example in held}
    return [example for example in examples if example.text not in taken]


def tensors(batch: list[Example], pad: int) -> dict[str, Tensor]:
    """Padded model inputs of a batch."""
    width = max(len(example.encoded.input_ids) for example in batch)

    def padded(rows: list[list[int]], fill: int) -> Tensor:
        return torch.tensor([row + [fill] * (width - len(row)) for row in rows])

    return {
        "input_ids": padded([example.encoded.input_ids for example in batch], pad),
        "token_type_ids": padded([example.encoded.token_type_ids for example in batch], 0),
        "attention_mask": padded([[1] * len(example.encoded.input_ids) for example in batch], 0),
    }
