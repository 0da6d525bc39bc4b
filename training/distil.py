"""Train a small model on what a teacher says of many rows: the student that ships.

    python training/distil.py --rows rows.npz --taught taught.npz --base MODEL_FOLDER --device cuda --out students

``--rows`` comes from ``gather.py``, ``--taught`` from ``teach.py``. Each seed's weights are written to the folder in
half precision, with what is told of it; ``ship.py`` makes a model of them. The loss is the divergence from the teacher
at a temperature and, where a row has a label, in part cross-entropy with it: Hinton, Vinyals and Dean, "Distilling the
Knowledge in a Neural Network", 2015.
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
from safetensors.torch import save_file
from torch import Tensor

from packed import DEV, Packed, batches, macro_f1, placed
from passes import run
from stance_data import LABELS, UNLABELLED


@dataclass(frozen=True)
class Settings:
    """Every knob of a student."""

    epochs: int = 8
    batch: int = 64
    rate: float = 2e-4
    """Peak learning rate: reached after the warm-up, then falling in a line to zero."""
    warmup: float = 0.05
    weight_decay: float = 0.01
    soft: float = 2.0
    """Temperature at which teacher and student are compared."""
    gold: float = 0.3
    """Share of the label's loss in rows that have one; the rest is the teacher's."""
    gold_invented: float = 0.5
    """The same for invented rows."""
    news_weight: float = 2.0
    """What a row of news counts: the rows that people labelled with care."""
    neutral_share: int = 5
    """Of the directed rows, every so-manieth neutral one has its label; of the others the teacher tells."""
    most_invented: int = 16000
    most_unlabelled: int = 50000
    """So many rows are drawn anew each epoch."""
    frozen_words: int = 0
    """1: the vectors of tokens stay as they are."""
    max_steps: int = 0
    """Stop early; for trying the script out."""


@dataclass(frozen=True)
class Lesson:
    """The rows on a device, with what the teacher says of them (logits) and what each loss counts in each row."""

    rows: Packed
    lengths: list[int]
    said: Tensor
    by_label: Tensor
    by_teacher: Tensor


def lesson(rows: Packed, said: Tensor, settings: Settings, device: str) -> Lesson:
    """Put the rows on the device and weigh the losses."""
    gold = torch.zeros(len(rows.labels))
    gold[rows.numbers("train", "exchanged", "renamed", "directed")] = settings.gold
    gold[rows.numbers("invented")] = settings.gold_invented
    directed = torch.tensor(rows.numbers("directed"), dtype=torch.long)
    neutral = directed[rows.labels[directed] == LABELS.index("neutral")]
    unsaid = torch.ones(len(neutral), dtype=torch.bool)
    unsaid[:: settings.neutral_share] = False
    gold[neutral[unsaid]] = 0.0
    gold[rows.labels == UNLABELLED] = 0.0
    weight = torch.ones(len(rows.labels))
    weight[rows.numbers("train")] = settings.news_weight
    weights = (weight * gold).to(device), (weight * (1 - gold)).to(device)
    return Lesson(rows.to(device), rows.lengths(), said.to(device), *weights)


def epoch(rows: Packed, settings: Settings, rng: random.Random) -> list[int]:
    """The rows of one pass."""
    wanted = rows.numbers("train", "exchanged", "renamed", "directed")
    for name, most in (("invented", settings.most_invented), ("unlabelled", settings.most_unlabelled)):
        part = rows.numbers(name)
        wanted += rng.sample(part, min(len(part), most))
    return wanted


def student(base: Path, device: str, *, frozen_words: bool) -> torch.nn.Module:
    """The model to train."""
    import transformers

    made: torch.nn.Module = transformers.AutoModelForSequenceClassification.from_pretrained(
        str(base), num_labels=len(LABELS), use_safetensors=True, dtype=torch.float32
    )
    for name, value in made.named_parameters():
        if frozen_words and "word_embeddings" in name:
            value.requires_grad_(False)
    return made.to(device)


def logits_of(model: Any, rows: Packed, at: Tensor, width: int) -> Tensor:  # noqa: ANN401
    """Logits of the numbered rows, shape (rows, labels), single precision; on a processor products are in bfloat16."""
    ids, types, mask = rows.batch(at, width)
    # Made here, since transformers waits for the GPU when it makes one.
    every = mask[:, None, None, :].expand(-1, -1, width, -1)
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=not ids.is_cuda):
        logits: Tensor = model(input_ids=ids, token_type_ids=types, attention_mask=every).logits
    return logits.float()


def looked_at(model: torch.nn.Module, taught: Lesson) -> dict[str, float]:
    """Macro-F1 on each development file."""
    model.eval()
    found = {}
    for name in taught.rows.names:
        if not name.startswith(DEV):
            continue
        logits, labels = [], []
        numbers = batches(taught.rows.numbers(name), taught.lengths, 256)
        with torch.inference_mode():
            for at, width in placed(numbers, str(taught.said.device)):
                logits.append(logits_of(model, taught.rows, at, width))
                labels.append(taught.rows.labels[at])
        found[name.removeprefix(DEV)] = macro_f1(torch.cat(logits), torch.cat(labels))
    return found


def loss_of(logits: Tensor, taught: Lesson, at: Tensor, soft: float) -> Tensor:
    """The mean loss of a batch; the rows are ``at`` these numbers."""
    functional = torch.nn.functional
    labels = taught.rows.labels[at]
    by_label = functional.cross_entropy(logits, labels, reduction="none", ignore_index=UNLABELLED)
    says = functional.log_softmax(logits / soft, dim=1)
    said = functional.log_softmax(taught.said[at] / soft, dim=1)
    # Gradients shrink with the square of the temperature.
    by_teacher = functional.kl_div(says, said, log_target=True, reduction="none").sum(1) * soft**2
    return (taught.by_label[at] * by_label + taught.by_teacher[at] * by_teacher).mean()


def train(model: torch.nn.Module, taught: Lesson, settings: Settings, seed: int) -> Iterator[dict[str, Any]]:
    """Train with a seed; after each pass, its loss and the macro-F1 on the development files."""
    rng = random.Random(seed)
    passes = [
        list(batches(epoch(taught.rows, settings, rng), taught.lengths, settings.batch, rng))
        for _ in range(settings.epochs)
    ]

    def loss(at: Tensor, width: int) -> Tensor:
        return loss_of(logits_of(model, taught.rows, at, width), taught, at, settings.soft)

    for one in run(model, passes, settings, str(taught.said.device), loss):
        yield {"seed": seed, **one, "macro_f1": looked_at(model, taught)}


def one_seed(seed: int, given: argparse.Namespace, settings: Settings) -> None:
    """Train with a seed and write its weights, with what is told of it."""
    torch.set_num_threads(given.threads)
    torch.set_float32_matmul_precision("high")
    torch.manual_seed(seed)
    began = time.monotonic()
    rows = Packed.load(given.rows)
    with numpy.load(given.taught, allow_pickle=False) as file:
        said = torch.from_numpy(file["logits"].astype(numpy.float32))
    taught = lesson(rows, said, settings, given.device)
    model = student(given.base, given.device, frozen_words=bool(settings.frozen_words))
    told = []
    given.out.mkdir(parents=True, exist_ok=True)
    for one in train(model, taught, settings, seed):
        told.append(one)
        print(json.dumps(one), flush=True)
        state = {name: value.detach().half().cpu().contiguous() for name, value in model.state_dict().items()}
        about = {"passes": told, "settings": asdict(settings), "minutes": round((time.monotonic() - began) / 60, 1)}
        save_file(state, given.out / f"seed{seed}.safetensors", {"told": json.dumps(about)})


def main() -> None:
    """Read the command line and train every seed in a process of its own."""
    given = _parse()
    settings = Settings(**{field.name: getattr(given, field.name) for field in fields(Settings)})
    if given.jobs == 1:
        for seed in given.seeds:
            one_seed(seed, given, settings)
        return
    context = torch.multiprocessing.get_context("spawn")
    with context.Pool(given.jobs) as pool:
        pool.starmap(one_seed, [(seed, given, settings) for seed in given.seeds], chunksize=1)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=Path, required=True, help="what gather.py wrote")
    parser.add_argument("--taught", type=Path, required=True, help="what teach.py wrote")
    parser.add_argument("--base", type=Path, required=True, help="folder of the student before training")
    parser.add_argument("--out", type=Path, required=True, help="folder for the seeds' weights")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--jobs", type=int, default=1, help="how many seeds at once")
    parser.add_argument("--threads", type=int, default=1)
    for field in fields(Settings):
        parser.add_argument("--" + field.name.replace("_", "-"), type=type(field.default), default=field.default)
    return parser.parse_args()


if __name__ == "__main__":
    main()
