"""A stance network with its upper layers open to training; what the lower ones make of the rows is kept."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from quotes.models.bert import Bert
from stance_data import LABELS, Example


class Upper(Bert):
    """The network with its upper layers open to training."""

    def __init__(self, weights: dict[str, Tensor], config: dict[str, Any], frozen: int, dropout: float) -> None:
        super().__init__(weights, config)
        self.frozen, self._dropout, self.training = frozen, dropout, False
        heads = {name: value for name, value in self._weights.items() if "pooler" in name or "classifier" in name}
        self.open = [value.requires_grad_() for layer in self._layers[self.frozen :] for value in layer.values()]
        self.open += [value.requires_grad_() for value in heads.values()]

    def _kept(self, hidden: Tensor) -> Tensor:
        return torch.nn.functional.dropout(hidden, self._dropout, self.training)

    def state(self) -> dict[str, Tensor]:
        """The weights by their names in transformers."""
        named = {name: value.detach().clone() for name, value in self._weights.items()}
        for number, layer in enumerate(self._layers):
            for name, value in layer.items():
                prefix, kind = f"bert.encoder.layer.{number}.", name.rpartition(".")[2]
                if name.startswith("three."):
                    parts = zip(("query", "key", "value"), value.detach().chunk(3), strict=True)
                    named |= {f"{prefix}attention.self.{part}.{kind}": one.clone() for part, one in parts}
                else:
                    named[prefix + name] = value.detach().clone()
        return named


class Bfloat16(Upper):
    """The same with its products in bfloat16: several times as fast on a processor that has instructions for them."""

    def below(self, ids: Tensor, types: Tensor, layers: int) -> Tensor:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            return super().below(ids, types, layers)

    def above(self, hidden: Tensor, layers: int) -> Tensor:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            return super().above(hidden, layers).float()


@dataclass(frozen=True)
class Kept:
    """Rows with what the frozen layers made of them, half precision, one tensor (tokens, width) each."""

    examples: list[Example]
    hidden: list[Tensor]


def keep(network: Upper, examples: list[Example], size: int = 32) -> Kept:
    """Run the frozen layers once over all rows."""
    hidden: list[Tensor] = [torch.empty(0)] * len(examples)
    with torch.inference_mode():
        for numbers in same_length(examples, size):
            ids = torch.tensor([examples[number].encoded.input_ids for number in numbers])
            types = torch.tensor([examples[number].encoded.token_type_ids for number in numbers])
            for number, made in zip(numbers, network.below(ids, types, network.frozen).half(), strict=True):
                hidden[number] = made.clone()
    return Kept(examples, hidden)


def same_length(examples: list[Example], size: int, rng: random.Random | None = None) -> list[list[int]]:
    """Numbers of all rows in batches of one length; shuffled where ``rng`` is given."""
    order = list(range(len(examples)))
    if rng is not None:
        rng.shuffle(order)
    by_length: dict[int, list[int]] = {}
    for number in order:
        by_length.setdefault(len(examples[number].encoded.input_ids), []).append(number)
    made = [same[i : i + size] for same in by_length.values() for i in range(0, len(same), size)]
    if rng is not None:
        rng.shuffle(made)
    return made


def logits_of(network: Upper, kept: Kept) -> Tensor:
    """Logits of the kept rows, in their order."""
    network.training = False
    result = torch.zeros(len(kept.examples), len(LABELS))
    with torch.inference_mode():
        for numbers in same_length(kept.examples, 32):
            hidden = torch.stack([kept.hidden[number] for number in numbers]).float()
            result[numbers] = network.above(hidden, network.frozen)
    return result
