"""Make the model that ships of the students that `distil.py` trained: choose or average, calibrate, write, record.

    python training/ship.py --students students --base MODEL_FOLDER --about rows.json --taught taught.npz \\
        --dev newsmtsc_rw_dev.jsonl --dev newsmtsc_mt_dev.jsonl --dev dse_dev.jsonl --out stance --record record.json

Of the seeds alone and of the mean of their weights, that one is taken whose mean macro-F1 over the development files is
greatest (a "soup": Wortsman et al., "Model soups", ICML 2022).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy
import torch
from safetensors import safe_open
from safetensors.torch import load_file
from torch import Tensor

from quotes.models.encoding import INPUT_VERSION, MAX_TOKENS
from stance_data import LABELS, Example, digest, read_examples
from stance_figures import figures
from train_stance import halve, load_base, versions
from tune_stance import finish, spread, write_record
from upper_layers import Kept, Upper, keep, logits_of

State = dict[str, Tensor]


def mean(states: list[State]) -> State:
    """The mean of weights, in single precision."""
    return {name: sum(state[name].float() for state in states) / len(states) for name in states[0]}  # type: ignore[misc]


def network(state: State, config: dict[str, Any]) -> Upper:
    """The network of weights, all but its last layer run once for each row."""
    layers = config["num_hidden_layers"] - 1
    return Upper({name: value.float() for name, value in state.items()}, config, layers, 0.0)


def held_by(made: Upper, dev: dict[str, list[Example]]) -> dict[str, Kept]:
    """The development rows as the network's lower layers leave them."""
    return {name: keep(made, rows) for name, rows in dev.items()}


def looked_at(state: State, config: dict[str, Any], dev: dict[str, list[Example]]) -> dict[str, Any]:
    """Figures on each development file, in full precision."""
    made = network(state, config)
    return {name: figures(logits_of(made, kept), kept.examples) for name, kept in held_by(made, dev).items()}


def chosen(found: dict[str, dict[str, Any]]) -> str:
    """The name of the candidate whose mean macro-F1 is greatest; the first of equals."""
    return max(found, key=lambda name: sum(one["macro_f1"] for one in found[name].values()))


def told_of(path: Path) -> dict[str, Any]:
    """What is told of a student's training."""
    with safe_open(path, framework="pt") as file:
        told: dict[str, Any] = json.loads(file.metadata()["told"])
        return told


def teacher_of(path: Path) -> dict[str, Any]:
    """What is told of the teacher."""
    with numpy.load(path, allow_pickle=False) as file:
        told: dict[str, Any] = json.loads(str(file["record"]))
        return told | {"logits": digest(path)}


def main() -> None:
    """Read the command line, choose, write model and record."""
    given = _parse()
    torch.set_num_threads(given.threads)
    tokenizer, model = load_base(given.base)
    config = json.loads((given.base / "config.json").read_text(encoding="utf-8"))
    dev = {path.stem: read_examples(path, tokenizer) for path in given.dev}
    paths = {seed: given.students / f"seed{seed}.safetensors" for seed in given.seeds}
    states = {f"seed {seed}": load_file(path) for seed, path in paths.items()}
    if len(states) > 1:
        states["mean"] = halve(mean(list(states.values())))
    found = {name: looked_at(state, config, dev) for name, state in states.items()}
    told = {name: {file: one["macro_f1"] for file, one in files.items()} for name, files in found.items()}
    print(json.dumps(told, indent=2))
    name = given.take or chosen(found)
    runs = [{"seed": seed, "dev": found[f"seed {seed}"], "told": told_of(path)} for seed, path in paths.items()]
    made = network(states[name], config)
    record = finish(made, held_by(made, dev), given.out, tokenizer, model, states[name]) | {
        "base": {"model.safetensors": digest(given.base / "model.safetensors")},
        "rows": json.loads(given.about.read_text(encoding="utf-8")),
        "taken": name,
        "candidates": told,
        "teacher": teacher_of(given.taught),
        "labels": list(LABELS),
        "input": {"version": INPUT_VERSION, "max_tokens": MAX_TOKENS},
        "seeds": runs,
        "over_seeds": spread(runs),
        "versions": versions(),
    }
    write_record(given.record, record)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--students", type=Path, required=True, help="folder of the seeds' weights")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--take", help="'mean' or 'seed N' instead of the best on the development files")
    parser.add_argument("--base", type=Path, required=True, help="folder of tokenizer and configuration")
    parser.add_argument("--dev", type=Path, action="append", default=[], help="lines to choose by; repeatable")
    parser.add_argument("--about", type=Path, required=True, help="what gather.py told of the rows")
    parser.add_argument("--taught", type=Path, required=True, help="what teach.py wrote")
    parser.add_argument("--out", type=Path, required=True, help="folder for weights and tokenizer")
    parser.add_argument("--record", type=Path, required=True, help="file for the record")
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
