"""Generated documents, random kills and damaged files, by the hundred thousand: nothing may crash, be lost or doubled.

    python benchmarks/soak.py --documents 1000000 --kills 50

Documents are short and put together by chance from marks, names, reports and broken characters (the seed decides). A
build of them is killed at random moments and begun again, until it ends; then every id is looked for, in the tables
and in the list of errors. Prints what was tried and found as JSON.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from measure import machine

MARKS = [*"\"“”„‟«»‹›‘’‚'「」『』《》", "''", "``", "&quot;", "â€œ", "â€\x9d"]
NAMES = ["President Aldo Brenn", "Brenn", "Vera Indrel", "he", "She", "the dictator", "NOCNA", "布伦", "O’Venkar"]
WORDS = [
    "said", "told reporters", "according to", "the harvest", "is safe", "on Tuesday", "May 9", "never", "so-called"
]  # fmt: skip
ODD = [
    "\x00", "\u202e", "\u200b", "\ufeff", "\u2028", "\r\n", "\n\n", "\t", "\ud800", "😀", "e\u0301", "...", "—", ","
]  # fmt: skip


def text(chance: random.Random) -> str:
    """A short document that no newspaper would print."""
    kinds = (MARKS, NAMES, WORDS, ODD)
    parts = [chance.choice(chance.choices(kinds, (4, 3, 6, 1))[0]) for _ in range(chance.randrange(1, 30))]
    return "".join(part + chance.choice((" ", " ", "")) for part in parts)


def lines(number: int, seed: int) -> Iterator[str]:
    """Documents as lines of JSON; some without text, some that are no JSON, some twice."""
    chance = random.Random(seed)
    for k in range(number):
        fate = chance.random()
        if fate < 0.001:
            yield '{"doc_id": "broken'
        elif fate < 0.002:
            yield json.dumps({"doc_id": f"d{k}", "text": " "})
        elif fate < 0.003 and k:
            yield json.dumps({"doc_id": f"d{k - 1}", "text": text(chance)})
        else:
            day = chance.choice(("2024-03-05", None))
            yield json.dumps({"doc_id": f"d{k}", "text": text(chance), "published": day})


def killed(command: list[str], kills: int, chance: random.Random, every: float) -> int:
    """Begins a command again and again, killing it; gives how often it was killed before it came to its end."""
    for number in range(kills):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(chance.uniform(0.1, every))
            return number
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return kills


def main() -> None:
    """Run the soak and print what came of it; ends with 1 where anything was lost, doubled or crashed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--every", type=float, default=20.0, help="seconds until a kill, at most")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="quotes-soak-") as name:
        folder = Path(name)
        with (folder / "raw.jsonl").open("w", encoding="ascii") as file:
            given = 0
            for line in lines(options.documents, options.seed):
                file.write(line + "\n")
                given += 1
        output = folder / "tables"
        command = [sys.executable, "-m", "quotes.cli", "build", str(folder / "raw.jsonl"), "-o", str(output)]
        command += ["--no-stance", "-w", str(options.workers)]
        start = time.perf_counter()
        kills = killed(command, options.kills, random.Random(options.seed), options.every)
        done = subprocess.run(command, capture_output=True, text=True, check=False) if not output.exists() else None
        result = checked(folder, given) | {"kills": kills, "seconds": round(time.perf_counter() - start)}
        result["ended_with"] = done.returncode if done else 1
        result["said"] = done.stderr[-300:] if done and done.returncode not in (0, 1) else ""
    json.dump({"machine": machine(), **result}, sys.stdout, indent=1)
    print()
    sys.exit(0 if result["lost"] == result["doubled"] == result["program_faults"] == 0 else 1)


def checked(folder: Path, given: int) -> dict[str, Any]:
    """Every document looked for in what came out."""
    output = folder / "tables"
    if not output.is_dir():
        return {"documents": given, "lost": given, "doubled": 0, "program_faults": 1, "errors": 0}
    ids: Counter[str] = Counter()
    for batch in pq.ParquetFile(output / "documents.parquet").iter_batches(columns=["doc_id"]):
        ids.update(batch.column(0).to_pylist())
    errors = [json.loads(line) for line in (output / "errors.jsonl").open(encoding="utf-8")]
    quotes = pq.read_table(output / "quotes.parquet", columns=["quote_id"]).column(0).to_pylist()
    return {
        "documents": given,
        "in_tables": len(ids),
        "errors": len(errors),
        "lost": given - ids.total() - len(errors),
        "doubled": ids.total() - len(ids) + len(quotes) - len(set(quotes)),
        "program_faults": sum("fault of the program" in error["advice"] for error in errors),
        "quotations": len(quotes),
    }


if __name__ == "__main__":
    main()
