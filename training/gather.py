"""Encode all that a teacher and its student read into one file (``packed.py``).

    python training/gather.py --base MODEL_FOLDER --out rows.npz --train newsmtsc_train.jsonl \\
        --directed dse_train.jsonl --invented invented5.jsonl --unlabelled mentions.jsonl \\
        --dev newsmtsc_rw_dev.jsonl --dev newsmtsc_mt_dev.jsonl --dev dse_dev.jsonl

Rows of ``--train`` come three times: as they are, with the names of two targets exchanged, with other names
(``swap_names.py``). Rows whose sentence stands in a development file, under whatever names, are left out.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from typing import Any

import transformers

from packed import DEV, Packed
from stance_data import Example, apart, digest, read_example
from swap_names import Row, exchanged, renamed

PARTS = ("train", "directed", "invented", "unlabelled")
SEED = 1


def read(paths: list[Path]) -> list[Row]:
    """The rows of JSON Lines files."""
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def encoded(rows: list[Row], tokenizer: Any, *, labelled: bool = True) -> list[Example]:  # noqa: ANN401
    """The rows as the network reads them."""
    return [read_example(row, tokenizer, labelled=labelled) for row in rows]


def gather(given: argparse.Namespace) -> dict[str, list[Example]]:
    """The rows of each part."""
    tokenizer = transformers.AutoTokenizer.from_pretrained(str(given.base))
    rng = random.Random(SEED)
    held = {DEV + path.stem: encoded(read([path]), tokenizer) for path in given.dev}
    taken = [example for rows in held.values() for example in rows]
    texts = {example.text for example in taken}
    news = [row for row in read(given.train) if row["text"] not in texts]
    names = sorted({row["target"] for row in news})
    rows = {
        "train": news,
        "exchanged": list(exchanged(news)),
        "renamed": list(renamed(news, names, rng)),
        "directed": read(given.directed),
        "invented": read(given.invented),
    }
    made = {name: encoded(part, tokenizer) for name, part in rows.items()}
    made["unlabelled"] = encoded(read(given.unlabelled), tokenizer, labelled=False)
    return {name: apart(part, taken) for name, part in made.items()} | held


def main() -> None:
    """Read the command line, encode, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    for part in (*PARTS, "dev"):
        parser.add_argument(f"--{part}", type=Path, action="append", default=[], help="JSON Lines; repeatable")
    parser.add_argument("--base", type=Path, required=True, help="folder of the tokenizer")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    parts = gather(given)
    Packed.of(parts).save(given.out)
    paths = [path for part in (*PARTS, "dev") for path in getattr(given, part)]
    about = {
        "rows": {name: len(rows) for name, rows in parts.items()},
        "files": {path.name: digest(path) for path in paths},
        "seed": SEED,
    }
    given.out.with_suffix(".json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(about["rows"]))


if __name__ == "__main__":
    main()
