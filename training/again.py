"""Rows for a last pass at a low rate: of all that was gathered, what the model shall see once more.

    python training/again.py --rows rows.npz --taught taught.npz --share train 0.5 --first invented 6000 \\
        --out again.npz --out-taught again_taught.npz

``--share`` draws rows of a part by chance, ``--first`` takes the first of them; the development files come along.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import numpy
import torch

from packed import DEV, Packed
from quotes.models.encoding import Encoded
from stance_data import Example

SEED = 1


def taken(rows: Packed, shares: dict[str, float], first: dict[str, int]) -> dict[str, list[int]]:
    """The rows of each part that come again."""
    rng = random.Random(SEED)
    numbers: dict[str, list[int]] = {name: [] for name in rows.names}
    for name, share in shares.items():
        part = rows.numbers(name)
        numbers[name] += sorted(rng.sample(part, round(share * len(part))))
    for name, most in first.items():
        numbers[name] = sorted({*numbers[name], *rows.numbers(name)[:most]})
    for name in rows.names:
        if name.startswith(DEV):
            numbers[name] = rows.numbers(name)
    return numbers


def unpacked(rows: Packed, number: int) -> Example:
    """A packed row as the example that it was, without its text."""
    ids = rows.ids[rows.starts[number] : rows.starts[number + 1]].tolist()
    second, backwards = int(rows.seconds[number]), int(rows.backwards[number])
    encoded = Encoded(ids, [0] * (len(ids) - second) + [1] * second)
    return Example(encoded, int(rows.labels[number]), "", None if backwards < 0 else bool(backwards))


def main() -> None:
    """Read the command line, take, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=Path, required=True, help="what gather.py wrote")
    parser.add_argument("--taught", type=Path, required=True, help="what teach.py wrote")
    parser.add_argument("--share", nargs=2, action="append", default=[], metavar=("PART", "SHARE"), help="repeatable")
    parser.add_argument("--first", nargs=2, action="append", default=[], metavar=("PART", "ROWS"), help="repeatable")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--out-taught", type=Path, required=True)
    given = parser.parse_args()
    rows = Packed.load(given.rows)
    with numpy.load(given.taught, allow_pickle=False) as file:
        said, record = torch.from_numpy(file["logits"]), file["record"]
    shares, first = {name: float(share) for name, share in given.share}, {name: int(most) for name, most in given.first}
    numbers = taken(rows, shares, first)
    Packed.of({name: [unpacked(rows, number) for number in part] for name, part in numbers.items()}).save(given.out)
    order = [number for part in numbers.values() for number in part]
    numpy.savez_compressed(given.out_taught, logits=said[order].numpy(), record=record)
    print(json.dumps({name: len(part) for name, part in numbers.items()}))


if __name__ == "__main__":
    main()
