"""Generated documents, random kills and damaged files, by the hundred thousand: nothing may crash, be lost or doubled.

    python benchmarks/soak.py --documents 1000000 --kills 50

Documents are short and put together by chance from marks, names, reports and broken characters (the seed decides).
Builds of some of them are killed at random moments and begun again, and their bytes compared with those of a build left
in peace; of all of them every id is looked for, in the tables and in the list of errors. Damaged files of each kind
stand beside a whole one that must come through. Prints the outcome as JSON.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from damage import KINDS, write_damaged
from measure import Measured, machine, measured

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


def digests(output: Path) -> dict[str, str]:
    """The checksum of every file of a build."""
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(output.iterdir())}


def killed(raw: Path, folder: Path, kills: int, every: float, chance: random.Random) -> dict[str, Any]:
    """Builds that are killed at random moments and begun again; their bytes against those of one left in peace."""
    run(command(raw, folder / "straight", 1))
    wanted, builds, different = digests(folder / "straight"), 0, 0
    left, resumed = kills, 0
    while left:
        output = folder / "killed"
        again = command(raw, output, 2)
        process = subprocess.Popen(again, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            _, said = process.communicate(timeout=chance.uniform(0.1, every))
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            left -= 1
            continue
        builds += 1
        resumed += "of an earlier run kept" in said
        different += digests(output) != wanted
        shutil.rmtree(output)
    run(command(raw, folder / "killed", 2))
    different += digests(folder / "killed") != wanted
    return {"kills": kills, "builds": builds + 1, "resumed": resumed, "builds_with_other_bytes": different}


def damaged(folder: Path, count: int) -> dict[str, Any]:
    """Builds of damaged files: how many documents came of them, how many errors, and what went wrong."""
    result = {"kinds": len(KINDS), "files_of_each": count, "documents": 0, "errors": 0, "crashed": 0, "lost": 0}
    for number, kind in enumerate(KINDS):
        raw, output = folder / f"damaged-{number}", folder / f"of-damaged-{number}"
        write_damaged(kind, count, raw)
        try:
            run(command(raw, output, 1))
        except RuntimeError:
            result["crashed"] += 1
            continue
        ids = pq.read_table(output / "documents.parquet", columns=["doc_id"]).column(0).to_pylist()
        listed = [json.loads(line) for line in (output / "errors.jsonl").open(encoding="utf-8")]
        result["documents"] += len(ids)
        result["errors"] += len(listed)
        result["lost"] += "whole" not in ids
        result["crashed"] += sum("fault of the program" in error["advice"] for error in listed)
    return result


def command(raw: Path, output: Path, workers: int) -> list[str]:
    """A build without stance."""
    return [sys.executable, "-m", "quotes.cli", "build", str(raw), "-o", str(output), "--no-stance", "-w", str(workers)]


def run(parts: list[str]) -> Measured:
    """A build left in peace. Raises RuntimeError where it ends with anything but 0 or 1."""
    return measured(parts, accepted=(0, 1))


def written(path: Path, number: int, seed: int) -> int:
    """Writes generated documents; gives how many."""
    with path.open("w", encoding="ascii") as file:
        return sum(1 for line in lines(number, seed) if file.write(line + "\n"))


def main() -> None:
    """Run the soak and print what came of it; ends with 1 where anything was lost, doubled or crashed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--every", type=float, default=20.0, help="seconds until a kill, at most")
    parser.add_argument("--of", type=int, default=6_000, help="documents of the builds that are killed")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--damaged", type=int, default=20, help="damaged files of each kind")
    options = parser.parse_args()
    result: dict[str, Any] = {"machine": machine()}
    with tempfile.TemporaryDirectory(prefix="quotes-soak-") as name:
        folder = Path(name)
        raw = folder / "raw.jsonl"
        if options.kills:
            written(raw, options.of, options.seed)
            result["killed"] = killed(raw, folder, options.kills, options.every, random.Random(options.seed))
        if options.damaged:
            result["damaged"] = damaged(folder, options.damaged)
        given = written(raw, options.documents, options.seed + 1)
        result["generated"] = asdict(run(command(raw, folder / "tables", 2))) | checked(folder, given)
    json.dump(result, sys.stdout, indent=1)
    print()
    found = result["generated"]
    bad = found["lost"] or found["doubled"] or found["program_faults"]
    bad = bad or result.get("killed", {}).get("builds_with_other_bytes")
    sys.exit(1 if bad or any(result.get("damaged", {}).get(name) for name in ("crashed", "lost")) else 0)


def checked(folder: Path, given: int) -> dict[str, Any]:
    """Every document looked for in what came out."""
    output = folder / "tables"
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
