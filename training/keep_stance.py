"""Teach a stance model invented rows without letting it forget: Li and Hoiem, "Learning without Forgetting", ECCV 2016.

    python training/keep_stance.py --base src/quotes/models/stance --base-record training/stance_record.json \\
        --train newsmtsc_train.jsonl --directed dse_train.jsonl --unlabelled unlabelled.jsonl \\
        --invented invented5.jsonl --invented invented3.jsonl --dev newsmtsc_rw_dev.jsonl \\
        --dev newsmtsc_mt_dev.jsonl --dev dse_dev.jsonl --seeds 1 2 3 --out kept --record kept.json

Invented rows are learnt by their labels. All others are learnt by what the model says of them before it is trained
(Kullback-Leibler divergence), those that have a label partly by it; `unlabelled.py` writes rows without one. Apart from
that loss it is `tune_stance.py`: lower layers as they are, several seeds, the mean of their weights calibrated.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor

import tune_stance
from stance_data import Example, apart, digest, read_examples, thinned
from train_stance import load_base
from tune_stance import Course, Loss, finish, mix_record, mix_weights, record_of, taken, told_of, write_record
from upper_layers import Bfloat16, Kept, Upper, keep, logits_of

PARTS = ("train", "directed", "unlabelled", "invented")


@dataclass(frozen=True)
class Settings(tune_stance.Settings):
    """Every knob of a run; those of tuning, and the shares of the two losses."""

    frozen: int = 2
    gold: float = 0.3
    """Weight of the label's loss in rows that are labelled and not invented; the rest is the teacher's."""
    teacher: float = 3.0
    """What the divergence from the teacher is multiplied by."""
    soft: float = 1.5
    """Temperature at which the two are compared."""
    several: int = 2
    """How often a sentence comes in which targets have different labels."""
    most_directed: int = 2500
    most_unlabelled: int = 4000
    """How many rows of a file are used at most, drawn by chance."""
    bfloat16: bool = False
    """Products in bfloat16 while training; what is written is looked at in full precision."""


Groups = dict[str, list[Example]]


def several_again(examples: list[Example], times: int) -> list[Example]:
    """The examples; those of a sentence with several labels ``times`` in all."""
    labels: dict[str, set[int]] = {}
    for example in examples:
        labels.setdefault(example.text, set()).add(example.label)
    return examples + [example for example in examples if len(labels[example.text]) > 1] * (times - 1)


def read_groups(given: argparse.Namespace, tokenizer: Any, settings: Settings, held: list[Example]) -> Groups:  # noqa: ANN401
    """The rows of each part; sentences that stand in ``held`` are left out."""
    rng = random.Random(0)
    groups: Groups = {part: [] for part in PARTS}
    for path in given.train:
        groups["train"] += several_again(read_examples(path, tokenizer), settings.several)
    for path in given.directed:
        rows = thinned(read_examples(path, tokenizer), settings.neutral_share)
        groups["directed"] += rng.sample(rows, min(settings.most_directed, len(rows)))
    for path in given.unlabelled:
        rows = read_examples(path, tokenizer, labelled=False)
        groups["unlabelled"] += rng.sample(rows, min(settings.most_unlabelled, len(rows)))
    groups = {part: rng.sample(rows, round(settings.share * len(rows))) for part, rows in groups.items()}
    for path in given.invented:
        groups["invented"] += read_examples(path, tokenizer)
    return {part: apart(rows, held) for part, rows in groups.items()}


def loss_weights(groups: Groups, settings: Settings) -> tuple[Tensor, Tensor]:
    """Of each row, in the order of the groups: the weight of its label's loss, and that of the teacher's."""
    gold = {"train": settings.gold, "directed": settings.gold, "unlabelled": 0.0, "invented": 1.0}
    shares = torch.tensor([gold[part] for part, rows in groups.items() for _ in rows])
    return shares, (1 - shares) * settings.teacher


def keeping(teacher: Upper, kept: Kept, groups: Groups, settings: Settings) -> Loss:
    """Cross-entropy with the labels and divergence from what the ``teacher`` says, weighed by row."""
    functional = torch.nn.functional
    gold = torch.tensor([example.label for example in kept.examples])
    said = functional.log_softmax(logits_of(teacher, kept) / settings.soft, dim=1)
    by_label, by_teacher = loss_weights(groups, settings)

    def loss(logits: Tensor, numbers: list[int]) -> Tensor:
        right = functional.cross_entropy(logits, gold[numbers], reduction="none", label_smoothing=settings.smoothing)
        says = functional.log_softmax(logits / settings.soft, dim=1)
        apart_by = functional.kl_div(says, said[numbers], log_target=True, reduction="none").sum(1)
        # Gradients shrink with the square of the temperature (Hinton, Vinyals and Dean, 2015).
        return (by_label[numbers] * right + by_teacher[numbers] * apart_by * settings.soft**2).mean()

    return loss


def prepare(given: argparse.Namespace, settings: Settings, groups: Groups, dev: Groups) -> Course:
    """What the seeds need: the rows as the frozen layers leave them, and the loss with the teacher in it."""
    weights = load_file(given.base / "model.safetensors")
    config = json.loads((given.base / "config.json").read_text(encoding="utf-8"))
    kind = Bfloat16 if settings.bfloat16 else Upper

    def make(state: dict[str, Tensor]) -> Upper:
        return kind(state, config, settings.frozen, settings.dropout)

    teacher = make(weights)
    kept = keep(teacher, [example for rows in groups.values() for example in rows])
    held = {name: keep(teacher, rows) for name, rows in dev.items()}
    loss = keeping(teacher, kept, groups, settings)
    return Course(make, weights, kept, held, settings, loss, given.checkpoints, mix_weights(given.mix))


def finished(given: argparse.Namespace, mean: dict[str, Tensor], dev: Groups) -> dict[str, Any]:
    """Calibrate the mean and write it; its figures, in full precision whatever it was trained in."""
    tokenizer, model = load_base(given.base)
    config = json.loads((given.base / "config.json").read_text(encoding="utf-8"))
    network = Upper({name: value.float() for name, value in mean.items()}, config, given.frozen, 0.0)
    held = {name: keep(network, rows) for name, rows in dev.items()}
    return finish(network, held, given.out, tokenizer, model, mean)


def main() -> None:
    """Read the command line, train with every seed, average, write model and record."""
    given = _parse()
    torch.set_num_threads(given.threads)
    settings = Settings(**{field.name: getattr(given, field.name) for field in fields(Settings)})
    start, began = record_of(given.base, given.base_record), time.monotonic()
    tokenizer, _ = load_base(given.base)
    dev = {path.stem: read_examples(path, tokenizer) for path in given.dev}
    groups = read_groups(given, tokenizer, settings, [example for rows in dev.values() for example in rows])
    course = prepare(given, settings, groups, dev)
    print(f"{len(course.kept.examples)} rows kept after {time.monotonic() - began:.0f} s", flush=True)
    mean, runs = taken(course, given.seeds)
    record = finished(given, mean, dev) | {
        "base": {"record": start},
        "data": {part: {path.name: digest(path) for path in getattr(given, part)} for part in (*PARTS, "dev")},
        "examples": {part: len(rows) for part, rows in groups.items()},
        "mix": mix_record(given.mix),
        "minutes": round((time.monotonic() - began) / 60, 1),
    }
    write_record(given.record, record | told_of(settings, runs))


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    several: dict[str, Any] = {"type": Path, "action": "append", "default": []}
    parser.add_argument("--train", **several, help="labelled lines; repeatable")
    parser.add_argument("--directed", **several, help="lines of holder and target; neutral ones are thinned")
    parser.add_argument("--unlabelled", **several, help="lines learnt by what the model says of them alone; repeatable")
    parser.add_argument("--invented", **several, help="lines learnt by their labels alone; repeatable")
    parser.add_argument("--dev", **several, help="lines to choose by; repeatable")
    parser.add_argument("--base", type=Path, required=True, help="folder of the model that starts and teaches")
    parser.add_argument("--base-record", type=Path, required=True, help="record of what made it")
    parser.add_argument("--out", type=Path, required=True, help="folder for weights and tokenizer")
    parser.add_argument("--record", type=Path, required=True, help="file for the record")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--checkpoints", type=Path, help="folder to keep each seed's weights in, or to take them from")
    parser.add_argument("--mix", nargs=2, metavar=("FOLDER", "SHARE"), help="add a share of a model to every seed's")
    for field in fields(Settings):
        name = "--" + field.name.replace("_", "-")
        if isinstance(field.default, bool):
            parser.add_argument(name, action="store_true")
        else:
            parser.add_argument(name, type=type(field.default), default=field.default)
    return parser.parse_args()


if __name__ == "__main__":
    main()
