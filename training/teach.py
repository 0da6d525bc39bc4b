"""Fine-tune a large model with several seeds and write what they say, in the mean, of every row: a teacher.

    python training/teach.py --rows rows.npz --model all-mpnet-base-v2 --device cuda --seeds 1 2 3 4 --out taught.npz

Each seed is a process of its own. ``--rows`` comes from ``gather.py``; the model is one of transformers with the
vocabulary of BERT (its tokenizer lies beside it, token numbers may differ). Logits are written, not weights: the
student (``distil.py``) needs no more. Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural Network", 2015.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy
import torch
from torch import Tensor

from packed import DEV, Packed, batches, macro_f1, placed
from passes import run
from stance_data import LABELS


@dataclass(frozen=True)
class Settings:
    """Every knob of a teacher."""

    epochs: int = 4
    batch: int = 32
    rate: float = 3e-5
    """Peak learning rate: reached after the warm-up, then falling in a line to zero."""
    warmup: float = 0.1
    weight_decay: float = 0.01
    neutral_share: float = 0.2
    """Of the directed rows, this share of the neutral ones is drawn anew each epoch: they are mostly neutral."""
    renamed_share: float = 0.4
    """Of the rows with other names, this share is drawn anew each epoch."""
    most_invented: int = 8000
    """So many invented rows are drawn anew each epoch."""
    changed_weight: float = 0.5
    """What a row with exchanged or other names counts: not all of them make sense."""
    max_steps: int = 0
    """Stop early; for trying the script out."""


def epoch(rows: Packed, settings: Settings, rng: random.Random) -> list[int]:
    """The rows of one pass."""
    labels = rows.labels.tolist()
    neutral = LABELS.index("neutral")
    wanted = rows.numbers("train", "exchanged")
    for number in rows.numbers("directed"):
        if labels[number] != neutral or rng.random() < settings.neutral_share:
            wanted.append(number)
    for name, most in (("renamed", settings.renamed_share), ("invented", settings.most_invented)):
        part = rows.numbers(name)
        wanted += rng.sample(part, min(len(part), round(most * len(part)) if most <= 1 else int(most)))
    return wanted


def numbers_in(folder: Path, base: Path) -> Tensor:
    """For each token number of the student's tokenizer, the teacher's."""
    theirs, ours = (vocabulary(path) for path in (folder, base))
    special = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}
    table = torch.zeros(len(ours), dtype=torch.long)
    for token, number in ours.items():
        name = special.get(token, token)
        table[number] = theirs[name if name in theirs else token]
    return table


def vocabulary(folder: Path) -> dict[str, int]:
    """Token numbers by token, without loading a tokenizer."""
    known: dict[str, int] = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    return known


class Teacher:
    """A model on a device, and the rows that it reads."""

    def __init__(self, given: argparse.Namespace, rows: Packed) -> None:
        import transformers

        self.device: str = given.device
        self.rows = rows.to(given.device)
        self.lengths = rows.lengths()
        self.table = numbers_in(given.model, given.base).to(given.device)
        self.pad = int(self.table[0])
        made = transformers.AutoModelForSequenceClassification.from_pretrained(
            str(given.model), num_labels=len(LABELS), use_safetensors=True, dtype=torch.float32
        )
        self.model: Any = made.to(given.device)

    def logits(self, at: Tensor, width: int) -> Tensor:
        """Logits of the numbered rows, shape (rows, labels), single precision; products in bfloat16."""
        ids, _, mask = self.rows.batch(at, width)
        with torch.autocast(self.device, dtype=torch.bfloat16):
            ids = torch.where(mask, self.table[ids], self.pad)
            logits: Tensor = self.model(input_ids=ids, attention_mask=mask.long()).logits
        return logits.float()

    def says(self, numbers: list[int], size: int = 256) -> Tensor:
        """Logits of many rows, in their order, on the processor."""
        self.model.eval()
        result = torch.zeros(len(self.lengths), len(LABELS), device=self.device)
        with torch.inference_mode():
            for at, width in placed(batches(numbers, self.lengths, size), self.device):
                result[at] = self.logits(at, width)
        return result.cpu()[numbers]


def looked_at(teacher: Teacher, rows: Packed) -> dict[str, float]:
    """Macro-F1 on each development file."""
    found = {}
    for name in rows.names:
        if name.startswith(DEV):
            numbers = rows.numbers(name)
            found[name.removeprefix(DEV)] = macro_f1(teacher.says(numbers), rows.labels[numbers])
    return found


def train(teacher: Teacher, rows: Packed, settings: Settings, seed: int) -> Iterator[dict[str, Any]]:
    """Train with a seed; after each pass, its loss and the macro-F1 on the development files."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    torch.nn.init.normal_(teacher.model.classifier.out_proj.weight, std=0.02)
    passes = [
        list(batches(epoch(rows, settings, rng), teacher.lengths, settings.batch, rng)) for _ in range(settings.epochs)
    ]
    weight = torch.ones(len(rows.labels), device=teacher.device)
    weight[rows.numbers("exchanged", "renamed")] = settings.changed_weight

    def loss(at: Tensor, width: int) -> Tensor:
        logits, labels = teacher.logits(at, width), teacher.rows.labels[at]
        return (torch.nn.functional.cross_entropy(logits, labels, reduction="none") * weight[at]).mean()

    for one in run(teacher.model, passes, settings, teacher.device, loss):
        yield {"seed": seed, **one, "macro_f1": looked_at(teacher, rows)}


def one_seed(seed: int, given: argparse.Namespace, settings: Settings) -> None:
    """Train with a seed, and write what it says of all rows beside the result."""
    torch.set_num_threads(given.threads)
    began = time.monotonic()
    torch.manual_seed(seed)
    rows = Packed.load(given.rows)
    teacher = Teacher(given, rows)
    told = []
    for one in train(teacher, rows, settings, seed):
        told.append(one)
        print(json.dumps(one), flush=True)
    said = teacher.says(list(range(len(rows.labels))))
    print(json.dumps({"seed": seed, "seconds": round(time.monotonic() - began)}), flush=True)
    path = _beside(given.out, seed)
    numpy.savez_compressed(path, logits=said.numpy().astype(numpy.float16), told=numpy.array(json.dumps(told)))


def _beside(out: Path, seed: int) -> Path:
    return out.with_name(f"{out.stem}_seed{seed}.npz")


def together(given: argparse.Namespace, settings: Settings) -> dict[str, Any]:
    """Write the mean of the seeds' logits; what is told of the seeds and of their mean."""
    rows, mean, told = Packed.load(given.rows), None, []
    for seed in given.seeds:
        with numpy.load(_beside(given.out, seed), allow_pickle=False) as file:
            logits = file["logits"].astype(numpy.float32)
            told += json.loads(str(file["told"]))
        mean = logits / len(given.seeds) if mean is None else mean + logits / len(given.seeds)
    said = torch.from_numpy(mean)
    found = {}
    for name in rows.names:
        if name.startswith(DEV):
            numbers = rows.numbers(name)
            found[name.removeprefix(DEV)] = macro_f1(said[numbers], rows.labels[numbers])
    record = {"settings": asdict(settings), "seeds": told, "together": found}
    numpy.savez_compressed(given.out, logits=said.numpy().astype(numpy.float16), record=numpy.array(json.dumps(record)))
    return record


def main() -> None:
    """Read the command line, train every seed in a process of its own, write their mean."""
    given = _parse()
    settings = Settings(**{field.name: getattr(given, field.name) for field in fields(Settings)})
    if given.jobs == 1:
        for seed in given.seeds:
            one_seed(seed, given, settings)
    else:
        context = torch.multiprocessing.get_context("spawn")
        with context.Pool(given.jobs) as pool:
            pool.starmap(one_seed, [(seed, given, settings) for seed in given.seeds], chunksize=1)
    print(json.dumps(together(given, settings)["together"]))


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=Path, required=True, help="what gather.py wrote")
    parser.add_argument("--model", type=Path, required=True, help="folder of the teacher before training")
    parser.add_argument("--base", type=Path, required=True, help="folder with the tokenizer that encoded the rows")
    parser.add_argument("--out", type=Path, required=True, help="file for the logits; the seeds' come beside it")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4])
    parser.add_argument("--jobs", type=int, default=1, help="how many seeds at once")
    parser.add_argument("--threads", type=int, default=1)
    for field in fields(Settings):
        parser.add_argument("--" + field.name.replace("_", "-"), type=type(field.default), default=field.default)
    return parser.parse_args()


if __name__ == "__main__":
    main()
