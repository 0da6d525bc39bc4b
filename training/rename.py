"""Rows for a last pass in which names mean nothing: the same sentences, their targets with other names.

    python training/rename.py --rows rows.npz --taught taught.npz --base MODEL_FOLDER --unlabelled mentions.jsonl \\
        --dev newsmtsc_rw_dev.jsonl --most 24000 --out renamed.npz --out-taught renamed_taught.npz

What the teacher said of a row without a label is what a student shall say of it under any name: names are drawn from
all those that the rows name. ``--unlabelled`` and ``--dev`` are the files that `gather.py` read, in their order. With
them come all rows of news, and so many of the directed and the invented ones.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import numpy
import torch
import transformers
from torch import Tensor

from gather import read
from packed import Packed
from stance_data import Example, read_example
from swap_names import Row, is_name, renamed

SEED = 1
OFTEN = 8
KEPT = {"train": 1.0, "exchanged": 1.0, "directed": 0.4, "invented": 0.12}
"""The share of each part that is kept as it is, so that nothing is forgotten."""


def numbered(given: argparse.Namespace, rows: Packed) -> list[Row]:
    """The rows without a label, as `gather.py` read them; the label of each is its number among all packed rows."""
    taken = {row["text"] for row in read(given.dev)}
    found = [row for row in read(given.unlabelled) if row["text"] not in taken]
    numbers = rows.numbers("unlabelled")
    if len(found) != len(numbers):
        raise SystemExit(f"{len(found)} rows without a label were read, {len(numbers)} packed: other files?")
    return [row | {"label": number, "id": ""} for row, number in zip(found, numbers, strict=True)]


def drawn(rows: list[Row], most: int) -> list[Row]:
    """At most so many rows under other names, out of those that come `OFTEN` as a target: what is rare is no name."""
    rng = random.Random(SEED)
    counts = Counter(row["target"] for row in rows if is_name(row["target"]))
    names = sorted(name for name, count in counts.items() if count >= OFTEN)
    known = set(names)
    named = [row for row in rows if row["target"] in known]
    return list(renamed(rng.sample(named, min(most, len(named))), names, rng))


def kept(rows: Packed) -> list[int]:
    """The rows that come along as they are."""
    rng = random.Random(SEED)
    found: list[int] = []
    for name, share in KEPT.items():
        part = rows.numbers(name)
        found += sorted(rng.sample(part, round(share * len(part))))
    return found


def unpacked(rows: Packed, number: int) -> Example:
    """A packed row as the example that it was."""
    from quotes.models.encoding import Encoded

    ids = rows.ids[rows.starts[number] : rows.starts[number + 1]].tolist()
    second = int(rows.seconds[number])
    backwards = int(rows.backwards[number])
    encoded = Encoded(ids, [0] * (len(ids) - second) + [1] * second)
    return Example(encoded, int(rows.labels[number]), "", None if backwards < 0 else bool(backwards))


def together(rows: Packed, said: Tensor, changed: list[Row], tokenizer: Any) -> tuple[Packed, Tensor]:  # noqa: ANN401
    """The rows of the last pass and of the development files, and what the teacher says of each."""
    numbers: dict[str, list[int]] = {name: [] for name in rows.names}
    for number in kept(rows):
        numbers[rows.names[int(rows.parts[number])]].append(number)
    for name in rows.names:
        if name.startswith("dev:"):
            numbers[name] = rows.numbers(name)
    examples = {name: [unpacked(rows, number) for number in part] for name, part in numbers.items()}
    examples["unlabelled"] = [read_example(row, tokenizer, labelled=False) for row in changed]
    numbers["unlabelled"] = [row["label"] for row in changed]
    order = [number for part in numbers.values() for number in part]
    return Packed.of(examples), said[order]


def main() -> None:
    """Read the command line, rename, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=Path, required=True, help="what gather.py wrote")
    parser.add_argument("--taught", type=Path, required=True, help="what teach.py wrote")
    parser.add_argument("--base", type=Path, required=True, help="folder of the tokenizer")
    parser.add_argument("--unlabelled", type=Path, action="append", required=True, help="repeatable")
    parser.add_argument("--dev", type=Path, action="append", default=[], help="repeatable")
    parser.add_argument("--most", type=int, default=24000, help="rows under other names, at most")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--out-taught", type=Path, required=True)
    given = parser.parse_args()
    tokenizer = transformers.AutoTokenizer.from_pretrained(str(given.base))
    rows = Packed.load(given.rows)
    with numpy.load(given.taught, allow_pickle=False) as file:
        said, record = torch.from_numpy(file["logits"].astype(numpy.float32)), str(file["record"])
    made, logits = together(rows, said, drawn(numbered(given, rows), given.most), tokenizer)
    made.save(given.out)
    half = logits.numpy().astype(numpy.float16)
    numpy.savez_compressed(given.out_taught, logits=half, record=numpy.array(record))
    print(json.dumps({name: len(made.numbers(name)) for name in made.names}))


if __name__ == "__main__":
    main()
