"""Tune a large model to tell whether marked words were said, and write what it says of every string.

    python training/wording_teach.py --data ../shared/data --model mpnet --device cuda --seeds 1 2 --jobs 6

The model (``teacher_folder.py``) reads 110 pieces before the words, 60 of the words and 48 behind; the states of its
first token and of the two that stand for the marks go through one hidden layer to a logit. It is tuned six times with
each seed, without each fold of the labelled strings and on all of them, and the mean of the seeds' logits goes to
``wording_taught.tsv``, from which ``wording_train.py`` learns. A few minutes on a GPU; ``--max-steps`` tries it out.
"""

from __future__ import annotations

import argparse
import random
import time
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

import wording_rows
from wording_rows import FOLDS, Row

BEFORE, WITHIN, BEHIND = 110, (40, 20), 48
OPENS, CLOSES, STATE = "[unused1]", "[unused2]", "[unused3]"
"""Tokens that stand for the marks, and before copy of a state's organ."""


@dataclass(frozen=True)
class Settings:
    """Every knob of the tuning."""

    epochs: int = 4
    batch: int = 32
    rate: float = 3e-5
    warmup: float = 0.1
    weight_decay: float = 0.01
    smoothing: float = 0.03
    """A label counts as this far from certain."""
    max_steps: int = 0
    """Stop early; for trying the script out."""


@dataclass(frozen=True)
class Encoded:
    """The tokens of every row, and the number that fills up."""

    rows: list[list[int]]
    opens: int
    closes: int
    fill: int

    def batch(self, numbers: list[int], device: str) -> tuple[Tensor, Tensor, Tensor]:
        """Tokens, which of them are any, and the places of the two marks, shape (rows, 2)."""
        rows = [self.rows[number] for number in numbers]
        ids = torch.full((len(rows), max(map(len, rows))), self.fill)
        for k, row in enumerate(rows):
            ids[k, : len(row)] = torch.tensor(row)
        marks = torch.tensor([[row.index(self.opens), row.index(self.closes)] for row in rows])
        return ids.to(device), (ids != self.fill).long().to(device), marks.to(device)


class Judge(nn.Module):
    """The large model with its head."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        import transformers

        self.body: Any = transformers.MPNetModel.from_pretrained(str(folder), add_pooling_layer=False)
        width = int(self.body.config.hidden_size)
        self.hidden, self.last, self.drop = nn.Linear(3 * width, 256), nn.Linear(256, 1), nn.Dropout(0.1)

    def forward(self, ids: Tensor, mask: Tensor, marks: Tensor) -> Tensor:
        """Logits, shape (rows,)."""
        states = self.body(input_ids=ids, attention_mask=mask).last_hidden_state
        rows = torch.arange(len(ids), device=ids.device)
        read = torch.cat([states[:, 0], states[rows, marks[:, 0]], states[rows, marks[:, 1]]], 1)
        logits: Tensor = self.last(self.drop(torch.tanh(self.hidden(self.drop(read))))).squeeze(1)
        return logits


def encoded(data: Path, folder: Path, rows: list[Row]) -> Encoded:
    """The windows of the rows as tokens of the large model."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    number: dict[str, int] = tokenizer.get_vocab()

    def tokens(part: str) -> list[int]:
        return list(tokenizer.encode(part, add_special_tokens=False).ids)

    result = []
    for (before, words, behind), state in wording_rows.windows(data, rows, 600, 400, 350):
        inner = tokens(words)
        if len(inner) > sum(WITHIN):
            inner = inner[: WITHIN[0]] + inner[-WITHIN[1] :]
        head = [number["<s>"], *[number[STATE]] * state, *tokens(before)[-BEFORE:], number[OPENS]]
        result.append([*head, *inner, number[CLOSES], *tokens(behind)[:BEHIND], number["</s>"]])
    return Encoded(result, number[OPENS], number[CLOSES], number["<pad>"])


def tuned(rows: list[Row], inputs: Encoded, given: argparse.Namespace, fold: int, seed: int) -> Judge:
    """The model tuned without a fold."""
    settings: Settings = given.settings
    torch.manual_seed(seed)
    rng = random.Random(seed)
    model = Judge(given.model).to(given.device)
    numbers = [n for n, row in enumerate(rows) if row.said is not None and row.fold != fold]
    labels = torch.tensor([float(bool(row.said)) for row in rows], device=given.device)
    labels = labels * (1 - 2 * settings.smoothing) + settings.smoothing
    decaying = [value for value in model.parameters() if value.ndim > 1]
    others = [value for value in model.parameters() if value.ndim < 2]
    groups = [{"params": decaying, "weight_decay": settings.weight_decay}, {"params": others, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=settings.rate)
    steps = settings.epochs * -(-len(numbers) // settings.batch)
    warm = settings.warmup * steps
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm)))
    )
    model.train()
    done = 0
    for _ in range(settings.epochs):
        rng.shuffle(numbers)
        for start in range(0, len(numbers), settings.batch):
            at = numbers[start : start + settings.batch]
            with torch.autocast(given.device, dtype=torch.bfloat16):
                logits = model(*inputs.batch(at, given.device))
            loss = nn.functional.binary_cross_entropy_with_logits(logits.float(), labels[at])
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            done += 1
            if done == settings.max_steps:
                return model
    return model


def says(model: Judge, inputs: Encoded, device: str, size: int = 256) -> np.ndarray:
    """Logits of every row."""
    model.eval()
    order = sorted(range(len(inputs.rows)), key=lambda number: len(inputs.rows[number]))
    result = np.zeros(len(order), dtype=np.float32)
    with torch.inference_mode(), torch.autocast(device, dtype=torch.bfloat16):
        for start in range(0, len(order), size):
            at = order[start : start + size]
            result[at] = model(*inputs.batch(at, device)).float().cpu().numpy()
    return result


def rows_of(settings: Settings) -> list[Row]:
    """All rows; a hundred labelled ones where the script is only tried out."""
    rows = wording_rows.read()
    return [row for row in rows if row.said is not None][:100] if settings.max_steps else rows


def one(given: argparse.Namespace, fold: int, seed: int) -> np.ndarray:
    """What the model without a fold says, with one seed."""
    torch.set_num_threads(given.threads)
    rows = rows_of(given.settings)
    began = time.monotonic()
    inputs = encoded(given.data, given.model, rows)
    result = says(tuned(rows, inputs, given, fold, seed), inputs, given.device)
    print(f"without {fold}, seed {seed}: {time.monotonic() - began:.0f} s", flush=True)
    return result


def main() -> None:
    """Read the command line, tune every model, write the mean of the seeds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the documents, as JSON Lines")
    parser.add_argument("--model", type=Path, required=True, help="folder of the large model before its tuning")
    parser.add_argument("--out", type=Path, default=wording_rows.TAUGHT)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--jobs", type=int, default=1, help="how many models at once")
    parser.add_argument("--threads", type=int, default=2)
    for field in fields(Settings):
        parser.add_argument("--" + field.name.replace("_", "-"), type=type(field.default), default=field.default)
    given = parser.parse_args()
    given.settings = Settings(**{field.name: getattr(given, field.name) for field in fields(Settings)})
    work = [(given, fold, seed) for fold in range(FOLDS + 1) for seed in given.seeds]
    if given.jobs == 1:
        found = [one(*item) for item in work]
    else:
        with torch.multiprocessing.get_context("spawn").Pool(given.jobs) as pool:
            found = pool.starmap(one, work, chunksize=1)
    by_fold = np.stack(found).reshape(FOLDS + 1, len(given.seeds), -1).mean(1)
    rows = rows_of(given.settings)
    wording_rows.write([row._replace(taught=tuple(by_fold[:, n].tolist())) for n, row in enumerate(rows)], given.out)


if __name__ == "__main__":
    main()
