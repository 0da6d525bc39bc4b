"""Encoded rows in flat arrays: what a training on a GPU reads, without a tokenizer.

A file holds the token numbers of all rows one after another, where each row ends, how long its second segment is, its
label and the part that it belongs to; ``gather.py`` writes it.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy
import torch
from torch import Tensor

from stance_data import Example

DEV = "dev:"
"""How the names of parts begin that are looked at and not learnt."""
POOL = 50
"""How many batches are sorted by length together: less padding, the same chance for each row."""


@dataclass(frozen=True)
class Packed:
    """Rows by number: ``ids`` (tokens of all,), ``starts`` (rows + 1,), the others (rows,); ``names`` of the parts.

    A label is its number or `UNLABELLED`; ``backwards`` is 1 where the target stands before the holder, 0 where behind,
    -1 without a holder.
    """

    ids: Tensor
    starts: Tensor
    seconds: Tensor
    labels: Tensor
    backwards: Tensor
    parts: Tensor
    names: tuple[str, ...]

    @classmethod
    def of(cls, examples: dict[str, list[Example]]) -> Packed:
        """The examples of each part, in their order."""
        rows = [example for part in examples.values() for example in part]
        lengths = torch.tensor([0] + [len(row.encoded.input_ids) for row in rows])
        return cls(
            torch.tensor([number for row in rows for number in row.encoded.input_ids]),
            lengths.cumsum(0),
            torch.tensor([sum(row.encoded.token_type_ids) for row in rows]),
            torch.tensor([row.label for row in rows]),
            torch.tensor([-1 if row.backwards is None else int(row.backwards) for row in rows]),
            torch.tensor([number for number, part in enumerate(examples.values()) for _ in part]),
            tuple(examples),
        )

    @classmethod
    def load(cls, path: Path) -> Packed:
        """The rows of a file that `save` wrote."""
        with numpy.load(path, allow_pickle=False) as file:
            arrays = {name: torch.from_numpy(file[name].astype(numpy.int64)) for name in file.files if name != "names"}
            return cls(**arrays, names=tuple(str(name) for name in file["names"]))

    def save(self, path: Path) -> None:
        """Write the rows, compressed."""
        small = {
            "ids": (self.ids, numpy.uint16),
            "starts": (self.starts, numpy.int64),
            "seconds": (self.seconds, numpy.uint8),
            "labels": (self.labels, numpy.int8),
            "backwards": (self.backwards, numpy.int8),
            "parts": (self.parts, numpy.uint8),
        }
        arrays = {name: value.numpy().astype(kind) for name, (value, kind) in small.items()}
        arrays["names"] = numpy.array(self.names)
        numpy.savez_compressed(path, **arrays)  # type: ignore[arg-type]

    def numbers(self, *names: str) -> list[int]:
        """The rows of the named parts."""
        wanted = torch.tensor([self.names.index(name) for name in names], device=self.parts.device)
        found: list[int] = torch.isin(self.parts, wanted).nonzero().flatten().tolist()
        return found

    def lengths(self) -> list[int]:
        """How many tokens each row has."""
        found: list[int] = self.starts.diff().tolist()
        return found

    def to(self, device: str) -> Packed:
        """The rows on a device."""
        names = ("ids", "starts", "seconds", "labels", "backwards", "parts")
        return replace(self, **{name: getattr(self, name).to(device) for name in names})

    def batch(self, rows: Tensor, width: int) -> tuple[Tensor, Tensor, Tensor]:
        """Token numbers (0 behind a row), segments and mask of the numbered rows, of shape (rows, ``width``)."""
        begin, end = self.starts[rows][:, None], self.starts[rows + 1][:, None]
        places = begin + torch.arange(width, device=self.ids.device)
        mask = places < end
        ids = torch.where(mask, self.ids[places.clamp(max=len(self.ids) - 1)], 0)
        segments = (mask & (places >= end - self.seconds[rows][:, None])).long()
        return ids, segments, mask


def batches(
    numbers: Iterable[int], lengths: Sequence[int], size: int, rng: random.Random | None = None
) -> Iterator[tuple[list[int], int]]:
    """Batches of similar length with their width, a multiple of eight; shuffled where ``rng`` is given."""
    order = list(numbers)
    if rng is not None:
        rng.shuffle(order)
    pool = size * POOL if rng is not None else max(1, len(order))
    made = []
    for begin in range(0, len(order), pool):
        bucket = sorted(order[begin : begin + pool], key=lengths.__getitem__)
        made += [bucket[i : i + size] for i in range(0, len(bucket), size)]
    if rng is not None:
        rng.shuffle(made)
    for one in made:
        yield one, -(-max(lengths[number] for number in one) // 8) * 8


def placed(made: Iterable[tuple[list[int], int]], device: str) -> list[tuple[Tensor, int]]:
    """The batches with their row numbers on a device, all brought there at once: a step then waits for nothing."""
    told = list(made)
    numbers = torch.tensor([number for one, _ in told for number in one], device=device)
    parts = torch.split(numbers, [len(one) for one, _ in told])
    return list(zip(parts, (width for _, width in told), strict=True))


def macro_f1(logits: Tensor, labels: Tensor) -> float:
    """The mean of the F1 of all labels that occur."""
    predicted = logits.argmax(1)
    scores: list[float] = []
    for label in sorted(set(labels.tolist())):
        hits = ((predicted == label) & (labels == label)).sum().item()
        tried = (predicted == label).sum().item() + (labels == label).sum().item()
        scores.append(2 * hits / tried)
    return round(sum(scores) / len(scores), 4)
