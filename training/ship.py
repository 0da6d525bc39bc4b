"""Make the model that ships of the students that `distil.py` trained: choose or average, calibrate, write, record.

    python training/ship.py --students students --base MODEL_FOLDER --about rows.json --taught taught.npz \\
        --dev newsmtsc_rw_dev.jsonl --dev newsmtsc_mt_dev.jsonl --dev dse_dev.jsonl --out stance --record record.json

Looked at are the seeds, and the best of them with shares of the mean of all seeds' weights ("soups": Wortsman et al.,
"Model soups", ICML 2022). Taken is the one whose mean macro-F1 over the development files, less its calibration error,
is greatest (the mean is often the better judge of how sure it can be), of those that lose at most a hundredth on any
file against the best seed.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy
import torch
from safetensors import safe_open
from safetensors.torch import load_file
from torch import Tensor

from quotes.models.encoding import INPUT_VERSION, MAX_TOKENS
from stance_data import LABELS, Example, digest, read_examples
from stance_figures import abstention, calibrated_temperature, calibration_error, figures, logits_of, reliability
from stance_model import ORIGINAL, export, halve, load_base, versions

SHARES = (0.2, 0.4, 0.6, 0.8, 1.0)
"""How much of the mean of all seeds is tried."""
LOSS = 0.01
"""So much macro-F1 may be lost on a file against the best seed: a mean over files hides what one of them pays."""
State = dict[str, Tensor]
Rows = dict[str, list[Example]]


def mean(states: list[State], shares: list[float]) -> State:
    """The weighted mean of weights, in single precision."""
    parts = list(zip(states, shares, strict=True))
    return {name: torch.stack([share * state[name].float() for state, share in parts]).sum(0) for name in states[0]}


def said_by(model: Any, state: State, dev: Rows) -> State:  # noqa: ANN401
    """Logits of each development file, in single precision."""
    model.float().load_state_dict({name: value.float() for name, value in state.items()})
    return {name: logits_of(model, rows) for name, rows in dev.items()}


def right(found: dict[str, Any]) -> float:
    """Mean macro-F1 over the files."""
    return float(sum(one["macro_f1"] for one in found["dev"].values()) / len(found["dev"]))


def worth(found: dict[str, Any]) -> float:
    """The same, less the greatest calibration error of the files that the temperature is fitted to."""
    error: float = max(found["calibration_error"][name] for name in found["fitted"])
    return right(found) - error


def chosen(found: dict[str, dict[str, Any]], seeds: Iterable[str]) -> str:
    """The name of the candidate that is worth most, of those that lose little on any file against the best seed."""
    best = found[max(seeds, key=lambda name: right(found[name]))]["dev"]
    fit = [name for name, one in found.items() if all(_lost(best, one["dev"], file) <= LOSS for file in best)]
    return max(fit, key=lambda name: worth(found[name]))


def _lost(best: dict[str, Any], other: dict[str, Any], file: str) -> float:
    lost: float = best[file]["macro_f1"] - other[file]["macro_f1"]
    return lost


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


def spread(runs: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Mean, least and greatest macro-F1 over the seeds, for each development file."""
    found = {}
    for name in runs[0]["dev"]:
        values = [run["dev"][name]["macro_f1"] for run in runs]
        mean_of = round(sum(values) / len(values), 4)
        found[name] = {"mean": mean_of, "least": min(values), "greatest": max(values)}
    return found


def calibrated(logits: State, dev: Rows) -> dict[str, Any]:
    """Temperature and threshold, fitted to the files without holders, and how right and sure the model is with them."""
    plain = [name for name, rows in dev.items() if all(example.backwards is None for example in rows)]
    temperature = calibrated_temperature([(logits[name], dev[name]) for name in plain])
    joined = torch.cat([logits[name] for name in plain])
    bins = {name: reliability(logits[name], rows, temperature) for name, rows in dev.items()}
    return {
        "dev": {name: figures(logits[name], rows) for name, rows in dev.items()},
        "fitted": plain,
        "temperature": temperature,
        "abstain_below": abstention(joined, [example for name in plain for example in dev[name]], temperature),
        "reliability": bins,
        "calibration_error": {name: calibration_error(one) for name, one in bins.items()},
    }


def candidates(
    states: dict[str, State], look: Callable[[State], dict[str, Any]]
) -> dict[str, tuple[State, dict[str, Any]]]:
    """The seeds, and the best of them with shares of the mean: weights in half precision and figures, by name."""
    made = {name: (state, look(state)) for name, state in states.items()}
    best = max(made, key=lambda name: right(made[name][1]))
    middle = mean([state for state, _ in made.values()], [1 / len(made)] * len(made))
    for share in SHARES if len(states) > 1 else ():
        state = halve(mean([states[best], middle], [1 - share, share]))
        made[f"{best}, {share} of the mean"] = (state, look(state))
    return made


def main() -> None:
    """Read the command line, choose, write model and record."""
    given = _parse()
    torch.set_num_threads(given.threads)
    tokenizer, model = load_base(given.base)
    dev = {path.stem: read_examples(path, tokenizer) for path in given.dev}
    paths = {f"seed {seed}": given.students / f"seed{seed}.safetensors" for seed in given.seeds}
    made = candidates(
        {name: load_file(path) for name, path in paths.items()},
        lambda state: calibrated(said_by(model, state, dev), dev),
    )
    name = given.take or chosen({name: found for name, (_, found) in made.items()}, paths)
    state, shipped = made[name]
    model.half().load_state_dict(state)
    export(model, tokenizer, shipped["temperature"], given.out, abstain_below=shipped["abstain_below"])
    runs = [told_of(path) | {"name": one, "dev": made[one][1]["dev"]} for one, path in paths.items()]
    record = {
        "base": {"record": began(given)} if given.base_record else ORIGINAL,
        "taken": name,
        "candidates": {one: brief(figures_of) for one, (_, figures_of) in made.items()},
        "over_seeds": spread(runs),
        "shipped": shipped | {"precision": "float16", "model.safetensors": digest(given.out / "model.safetensors")},
        "gathered": json.loads(given.about.read_text(encoding="utf-8")),
        "teacher": teacher_of(given.taught),
        "seeds": runs,
        "labels": list(LABELS),
        "input": {"version": INPUT_VERSION, "max_tokens": MAX_TOKENS},
        "versions": versions(),
    }
    given.record.write_text(json.dumps(record, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    print(json.dumps({part: record[part] for part in ("taken", "candidates", "over_seeds")}, indent=2))


def began(given: argparse.Namespace) -> dict[str, Any]:
    """The record of the model that the students began from; raises SystemExit where it is another's."""
    record: dict[str, Any] = json.loads(given.base_record.read_text(encoding="utf-8"))
    if digest(given.base / "model.safetensors") != record["shipped"]["model.safetensors"]:
        raise SystemExit(f"{given.base / 'model.safetensors'} is not the model of its record: its sha256 differs.")
    return record


def brief(found: dict[str, Any]) -> dict[str, Any]:
    """Macro-F1 by file, the calibration errors and the temperature."""
    told = {name: one["macro_f1"] for name, one in found["dev"].items()}
    return {"macro_f1": told} | {part: found[part] for part in ("calibration_error", "temperature")}


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--students", type=Path, required=True, help="folder of the seeds' weights")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--take", help="name of another candidate than the one that this would take")
    parser.add_argument("--base", type=Path, required=True, help="folder of tokenizer and configuration")
    parser.add_argument("--dev", type=Path, action="append", default=[], help="lines to choose by; repeatable")
    parser.add_argument("--base-record", type=Path, help="record of --base, where it is not the original")
    parser.add_argument("--about", type=Path, required=True, help="what gather.py told of the rows")
    parser.add_argument("--taught", type=Path, required=True, help="what teach.py wrote")
    parser.add_argument("--out", type=Path, required=True, help="folder for weights and tokenizer")
    parser.add_argument("--record", type=Path, required=True, help="file for the record")
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
