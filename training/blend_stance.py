"""Average the weights of trained stance models into the one that ships.

    python training/blend_stance.py --part plain.json plain 0.2 --part second.json second 0.8 \\
        --dev newsmtsc_rw_dev.jsonl --dev newsmtsc_mt_dev.jsonl \\
        --out src/quotes/models/stance --record training/stance_record.json

A part is the record of a run, the folder that it wrote, and its share. Runs from one base lie close enough
together for their mean to do what each of them does, and often better: Wortsman et al., "Model soups",
ICML 2022.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor

from stance_data import digest, read_examples
from stance_figures import figures, fit_temperature, logits_of
from train_stance import export, halve, load_base, versions


@dataclass(frozen=True)
class Part:
    """A model to blend: its record, its folder, and its share of the mean."""

    record: dict[str, Any]
    folder: Path
    share: float


def mean(parts: list[Part]) -> dict[str, Tensor]:
    """The weighted mean of the parts' weights, in full precision.

    Raises SystemExit where a folder does not hold what its record says or the shares do not add up to one.
    """
    if abs(sum(part.share for part in parts) - 1) > 1e-9:
        raise SystemExit("the shares of the parts must add up to 1.")
    total: dict[str, Tensor] = {}
    for part in parts:
        path = part.folder / "model.safetensors"
        if digest(path) != part.record["shipped"]["model.safetensors"]:
            raise SystemExit(f"{path} is not the model of its record: its sha256 differs.")
        for name, value in load_file(path).items():
            total[name] = (
                total.get(name, torch.zeros_like(value, dtype=torch.float32)) + part.share * value.float()
            )
    return total


def blend(parts: list[Part], dev: list[Path], out: Path) -> dict[str, Any]:
    """Write the blended model, with a temperature fitted to the development files; returns its record."""
    tokenizer, model = load_base(parts[0].folder)
    model.load_state_dict(halve(mean(parts)))
    held = {path.stem: read_examples(path, tokenizer) for path in dev}
    logits = {name: logits_of(model, rows) for name, rows in held.items()}
    together = [row for rows in held.values() for row in rows]
    temperature = fit_temperature(torch.cat(list(logits.values())), together)
    export(model, tokenizer, temperature, out)
    return {
        "parts": [{"share": part.share, "record": part.record} for part in parts],
        "data": {"dev": {path.name: digest(path) for path in dev}},
        "shipped": {
            "precision": "float16",
            "temperature": temperature,
            "dev": {name: figures(logits[name], rows) for name, rows in held.items()},
            "model.safetensors": digest(out / "model.safetensors"),
        },
        "versions": versions(),
    }


def main() -> None:
    """Read the command line, blend, write the record."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    names = ("RECORD", "FOLDER", "SHARE")
    parser.add_argument("--part", nargs=3, metavar=names, action="append", required=True, help="repeatable")
    parser.add_argument("--dev", type=Path, action="append", required=True, help="lines to measure by")
    parser.add_argument("--out", type=Path, required=True, help="folder for weights and tokenizer")
    parser.add_argument("--record", type=Path, required=True, help="file for the record")
    given = parser.parse_args()
    torch.set_num_threads(1)
    parts = [
        Part(json.loads(Path(record).read_text(encoding="utf-8")), Path(folder), float(share))
        for record, folder, share in given.part
    ]
    record = blend(parts, given.dev, given.out)
    given.record.write_text(json.dumps(record, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    print(json.dumps(record["shipped"], indent=2))


if __name__ == "__main__":
    main()
