"""Tune the upper layers of a trained stance model, with several seeds, and average the results.

    python training/tune_stance.py --base blend --base-record blend.json --train newsmtsc_train.jsonl \\
        --train invented3.jsonl --directed dse_train.jsonl --dev newsmtsc_rw_dev.jsonl --dev newsmtsc_mt_dev.jsonl \\
        --dev dse_dev.jsonl --seeds 1 2 3 --out src/quotes/models/stance --record training/stance_record.json

The lower layers stay as they are, so what they make of each row is computed once and kept; of the last layer only the
first token is computed. Together that takes a third of the time of training all layers: minutes on one core. A batch
holds rows of one length. The mean of the seeds' weights (Wortsman et al., "Model soups", ICML 2022) is rounded to half
precision and calibrated on the development files that are not directed.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor

from quotes.models.encoding import INPUT_VERSION, MAX_TOKENS
from stance_data import LABELS, Example, apart, digest, read_examples, thinned
from stance_figures import abstention, calibrated_temperature, calibration_error, figures, reliability
from train_stance import export, halve, load_base, versions
from upper_layers import Kept, Upper, keep, logits_of, same_length


@dataclass(frozen=True)
class Settings:
    """Every knob of a run."""

    frozen: int = 3
    """Lowest layers left as they are, the word vectors among them."""
    epochs: int = 1
    batch: int = 32
    rate: float = 5e-5
    warmup: float = 0.1
    weight_decay: float = 0.01
    dropout: float = 0.1
    smoothing: float = 0.05
    neutral_share: int = 2
    """Of the directed files, every so-manieth neutral row is used."""
    share: float = 1.0
    """Share of the rows that are not invented; the same for all seeds."""


Loss = Callable[[Tensor, list[int]], Tensor]
"""Of the logits of a batch and the numbers of its rows."""


def by_labels(examples: list[Example], smoothing: float) -> Loss:
    """Cross-entropy with the labels."""
    gold = torch.tensor([example.label for example in examples])
    return lambda logits, numbers: torch.nn.functional.cross_entropy(logits, gold[numbers], label_smoothing=smoothing)


def tune(
    network: Upper, kept: Kept, settings: Settings, seed: int, loss_of: Loss, look: Callable[[], None] = lambda: None
) -> float:
    """Train the open weights in place, with a ``look`` at them half-way; returns the mean loss."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    rounds = [one for _ in range(settings.epochs) for one in same_length(kept.examples, settings.batch, rng)]
    warm = max(1, round(settings.warmup * len(rounds)))
    groups = [
        {"params": [p for p in network.open if p.ndim > 1], "weight_decay": settings.weight_decay},
        {"params": [p for p in network.open if p.ndim <= 1], "weight_decay": 0.0},
    ]
    optim = torch.optim.AdamW(groups, lr=settings.rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optim, lambda step: min((step + 1) / warm, max(0.0, (len(rounds) - step) / max(1, len(rounds) - warm)))
    )
    total, network.training = 0.0, True
    for number, numbers in enumerate(rounds, 1):
        hidden = torch.stack([kept.hidden[one] for one in numbers]).float()
        loss = loss_of(network.above(hidden, network.frozen), numbers)
        # A batch of few rows weighs less: lengths that are rare come in small ones.
        (loss * len(numbers) / settings.batch).backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.open, 1.0)
        optim.step()
        optim.zero_grad()
        schedule.step()
        total += loss.item()
        if number % 50 == 0:
            print(f"  step {number}/{len(rounds)} loss {total / number:.4f}", flush=True)
        if number == len(rounds) // 2:
            look()
            network.training = True
    return total / max(1, len(rounds))


@dataclass(frozen=True)
class Course:
    """What the seeds of a run have in common.

    ``network`` makes one of weights, ``folder`` is where the weights of the seeds are kept, ``mix`` are other weights
    and their share.
    """

    network: Callable[[dict[str, Tensor]], Upper]
    weights: dict[str, Tensor]
    kept: Kept
    held: dict[str, Kept]
    settings: Settings
    loss: Loss
    folder: Path | None = None
    mix: tuple[dict[str, Tensor], float] | None = None


def taken(course: Course, seeds: list[int]) -> tuple[dict[str, Tensor], list[dict[str, Any]]]:
    """The mean of the seeds' weights in half precision, and what is told of each seed."""
    runs, total = [], dict[str, Tensor]()
    for seed in seeds:
        state, told = trained(course, seed)
        if course.mix:
            state = mixed(state, *course.mix)
        network = course.network(state)
        dev = {name: figures(logits_of(network, rows), rows.examples) for name, rows in course.held.items()}
        runs.append({"seed": seed, **told, "dev": dev})
        print(json.dumps({"seed": seed, **{name: one["macro_f1"] for name, one in dev.items()}}), flush=True)
        for name, value in state.items():
            total[name] = total.get(name, torch.zeros_like(value)) + value.detach() / len(seeds)
    return halve(total), runs


def trained(course: Course, seed: int) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """The weights of a seed, and its loss, minutes and macro-F1 half-way and at the end, before anything is mixed in.

    They are kept in the ``folder``, and taken from there when they are there already: a run can be taken up again.
    """
    settings, path = course.settings, course.folder / f"seed{seed}.safetensors" if course.folder else None
    if path and path.is_file():
        with safe_open(path, framework="pt") as file:
            told: dict[str, Any] = json.loads(file.metadata()["told"])
        if told.pop("settings") != asdict(settings):
            raise SystemExit(f"{path} was trained with other settings.")
        return load_file(path), told
    network = course.network(course.weights)
    began, looks = time.monotonic(), list[dict[str, float]]()

    def look() -> None:
        held = course.held.items()
        found = {name: figures(logits_of(network, rows), rows.examples)["macro_f1"] for name, rows in held}
        looks.append(found)
        print(json.dumps({"seed": seed, **found}), flush=True)

    loss = tune(network, course.kept, settings, seed, course.loss, look)
    look()
    told = {"loss": round(loss, 4), "minutes": round((time.monotonic() - began) / 60, 1), "macro_f1": looks}
    state = network.state()
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        save_file(state, path, {"told": json.dumps(told | {"settings": asdict(settings)})})
    return state, told


def mixed(state: dict[str, Tensor], other: dict[str, Tensor], share: float) -> dict[str, Tensor]:
    """``share`` of the ``other`` weights and the rest of ``state``: less of what was known is lost in tuning
    (Wortsman et al., "Robust fine-tuning of zero-shot models", CVPR 2022).
    """
    return {name: (1 - share) * value + share * other[name].float() for name, value in state.items()}


def mix_weights(given: list[str] | None) -> tuple[dict[str, Tensor], float] | None:
    """The weights in the folder that ``--mix`` names, and their share."""
    return (load_file(Path(given[0]) / "model.safetensors"), float(given[1])) if given else None


def mix_record(given: list[str] | None) -> dict[str, Any] | None:
    """What the record says of them."""
    if not given:
        return None
    return {"share": float(given[1]), "model.safetensors": digest(Path(given[0]) / "model.safetensors")}


def spread(runs: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Mean, least and greatest macro-F1 over the seeds, for each development file."""
    found = {}
    for name in runs[0]["dev"]:
        values = [run["dev"][name]["macro_f1"] for run in runs]
        mean = round(sum(values) / len(values), 4)
        found[name] = {"mean": mean, "least": min(values), "greatest": max(values)}
    return found


def record_of(base: Path, record: Path) -> dict[str, Any]:
    """The record of a model; it must be that model's."""
    start: dict[str, Any] = json.loads(record.read_text(encoding="utf-8"))
    if digest(base / "model.safetensors") != start["shipped"]["model.safetensors"]:
        raise SystemExit(f"{base / 'model.safetensors'} is not the model of its record: its sha256 differs.")
    return start


def main() -> None:
    """Read the command line, tune with every seed, average, write model and record."""
    given = _parse()
    torch.set_num_threads(given.threads)
    settings = Settings(frozen=given.frozen, epochs=given.epochs, rate=given.rate, share=given.share)
    start = record_of(given.base, given.base_record)
    began = time.monotonic()
    tokenizer, model = load_base(given.base)
    config = json.loads((given.base / "config.json").read_text(encoding="utf-8"))
    weights = load_file(given.base / "model.safetensors")
    train = [example for path in given.train for example in read_examples(path, tokenizer)]
    for path in given.directed:
        train += thinned(read_examples(path, tokenizer), settings.neutral_share)
    train = random.Random(0).sample(train, round(settings.share * len(train)))
    train += [example for path in given.invented for example in read_examples(path, tokenizer)]

    def make(state: dict[str, Tensor]) -> Upper:
        return Upper(state, config, settings.frozen, settings.dropout)

    network = make(weights)
    held = {path.stem: keep(network, read_examples(path, tokenizer)) for path in given.dev}
    kept = keep(network, apart(train, [example for one in held.values() for example in one.examples]))
    print(f"{len(kept.examples)} rows kept after {time.monotonic() - began:.0f} s", flush=True)
    loss = by_labels(kept.examples, settings.smoothing)
    course = Course(make, weights, kept, held, settings, loss, given.checkpoints, mix_weights(given.mix))
    mean, runs = taken(course, given.seeds)
    network = make({name: value.float() for name, value in mean.items()})
    used = {part: getattr(given, part) for part in ("train", "invented", "directed", "dev")}
    record = finish(network, held, given.out, tokenizer, model, mean)
    record |= {
        "base": {"record": start},
        "data": {part: {path.name: digest(path) for path in paths} for part, paths in used.items()},
        "examples": len(kept.examples),
        "mix": mix_record(given.mix),
        "minutes": round((time.monotonic() - began) / 60, 1),
    }
    write_record(given.record, record | told_of(settings, runs))


def told_of(settings: Settings, runs: list[dict[str, Any]]) -> dict[str, Any]:
    """What every record says of a run with several seeds."""
    return {
        "labels": list(LABELS),
        "input": {"version": INPUT_VERSION, "max_tokens": MAX_TOKENS},
        "settings": asdict(settings),
        "seeds": runs,
        "over_seeds": spread(runs),
        "versions": versions(),
    }


def write_record(path: Path, record: dict[str, Any]) -> None:
    """Write the record, and print what there is to look at."""
    path.write_text(json.dumps(record, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    print(json.dumps({"over_seeds": record["over_seeds"], "shipped": record["shipped"]}, indent=2))


def finish(
    network: Upper, held: dict[str, Kept], out: Path, tokenizer: Any, model: Any, mean: dict[str, Tensor]  # noqa: ANN401
) -> dict[str, Any]:
    """Calibrate the averaged network, write it, and say how good and how sure it is."""
    logits = {name: logits_of(network, rows) for name, rows in held.items()}
    plain = [name for name, rows in held.items() if all(example.backwards is None for example in rows.examples)]
    together = [example for name in plain for example in held[name].examples]
    joined = torch.cat([logits[name] for name in plain])
    temperature = calibrated_temperature([(logits[name], held[name].examples) for name in plain])
    threshold = abstention(joined, together, temperature)
    model.load_state_dict(mean, strict=False)
    export(model, tokenizer, temperature, out, abstain_below=threshold)
    bins = {name: reliability(logits[name], rows.examples, temperature) for name, rows in held.items()}
    return {
        "shipped": {
            "precision": "float16",
            "temperature": temperature,
            "abstain_below": threshold,
            "dev": {name: figures(logits[name], rows.examples) for name, rows in held.items()},
            "reliability": bins,
            "calibration_error": {name: calibration_error(one) for name, one in bins.items()},
            "model.safetensors": digest(out / "model.safetensors"),
        }
    }


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    several: dict[str, Any] = {"type": Path, "action": "append", "default": []}
    parser.add_argument("--train", **several, help="training lines; repeatable")
    parser.add_argument("--invented", **several, help="training lines that are always read whole; repeatable")
    parser.add_argument("--directed", **several, help="lines of holder and target; neutral ones are thinned")
    parser.add_argument("--dev", **several, help="lines to choose by; repeatable")
    parser.add_argument("--base", type=Path, required=True, help="folder of the model to start from")
    parser.add_argument("--base-record", type=Path, required=True, help="record of what made it")
    parser.add_argument("--out", type=Path, required=True, help="folder for weights and tokenizer")
    parser.add_argument("--record", type=Path, required=True, help="file for the record")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--frozen", type=int, default=Settings.frozen)
    parser.add_argument("--epochs", type=int, default=Settings.epochs)
    parser.add_argument("--rate", type=float, default=Settings.rate)
    parser.add_argument("--share", type=float, default=Settings.share)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--checkpoints", type=Path, help="folder to keep each seed's weights in, or to take them from")
    parser.add_argument("--mix", nargs=2, metavar=("FOLDER", "SHARE"), help="add a share of a model to every seed's")
    return parser.parse_args()


if __name__ == "__main__":
    main()
