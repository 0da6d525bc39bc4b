"""What a whole build costs: with one and two workers, on Spark, and in memory against the size of the corpus.

    python benchmarks/scaling.py ../shared/data/kcna2024_docs.jsonl --sizes 1000 10000 100000

Corpora are made by repeating documents under new ids, cut to --characters. The floor is one compiled expression that
finds paired marks in the same texts, timed in the same run: quote the ratios, the seconds are this machine's. Runs that
are compared alternate, so that whatever else the machine does falls on both.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from extraction import PAIRS, RAW
from measure import Measured, machine, measured
from quotes import readers
from quotes.records import Document
from quotes.shards.cut import cut


def corpus(documents: Sequence[Document], size: int, characters: int, path: Path) -> list[str]:
    """Writes ``size`` documents, repeated under new ids; gives their texts."""
    texts = []
    with path.open("w", encoding="utf-8") as file:
        for number, document in enumerate(islice(cycle(documents), size)):
            text = document.text[:characters] if characters else document.text
            texts.append(text)
            row = asdict(document) | {"doc_id": f"{document.doc_id}-{number}", "text": text}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return texts


def floor(texts: Sequence[str]) -> float:
    """Seconds that finding paired marks takes, the least of three times."""
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        for text in texts:
            PAIRS.findall(text)
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def build(path: Path, folder: Path, *options: object) -> Measured:
    """One build from start to end, its output taken away again."""
    output = folder / "tables"
    command = [sys.executable, "-m", "quotes.cli", "build", str(path), "--output", str(output), "--no-stance"]
    command += map(str, options)
    try:
        return measured(command)
    finally:
        shutil.rmtree(output, ignore_errors=True)


def two_shards(path: Path) -> int:
    """How many documents of a file make its first two shards."""
    found = readers.discover([path])
    return sum(shard.count for shard in islice(cut(readers.read_raw(found.sources)), 2))


WAYS: dict[str, tuple[object, ...]] = {
    "one worker": ("--workers", 1),
    "two workers": ("--workers", 2),
    "Spark, local[2]": ("--workers", 2, "--engine", "spark"),
}


def compare(documents: Sequence[Document], size: int, options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """The ways against each other, in turn, and against the floor.

    Start-up is what a build of two shards takes, the least that two processes can share; what is told is the cost of
    the documents beyond those.
    """
    path, least_work = folder / "corpus.jsonl", folder / "start.jsonl"
    least = floor(corpus(documents, size, options.characters, path))
    begun = two_shards(path)
    corpus(documents, begun, options.characters, least_work)
    ways = {name: way for name, way in WAYS.items() if options.spark or "spark" not in way}
    runs: dict[str, list[Measured]] = {name: [] for name in ways}
    starts: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(options.runs):
        for name, way in ways.items():
            starts[name].append(build(least_work, folder, *way).seconds)
            runs[name].append(build(path, folder, *way))
    result: dict[str, dict[str, Any]] = {}
    for name, found in runs.items():
        net = statistics.median(run.seconds - start for run, start in zip(found, starts[name], strict=True))
        result[name] = {
            "seconds": round(net, 2),
            "processor": statistics.median(run.processor for run in found),
            "start_up": round(statistics.median(starts[name]), 2),
            "documents_per_second": round((size - begun) / net, 1),
            "ratio_to_floor": round(net / least, 1),
            "megabytes": max(run.megabytes for run in found),
            "load": [run.load for run in found],
        }
    one, two = result["one worker"]["seconds"], result["two workers"]["seconds"]
    ratios = {"two workers over one": round(one / two, 2)}
    if options.spark:
        ratios["Spark over two workers"] = round(two / result["Spark, local[2]"]["seconds"], 2)
    return {"documents": size, "of_start_up": begun, "floor_seconds": round(least, 4), "ways": result, "ratios": ratios}


def sizes(documents: Sequence[Document], options: argparse.Namespace, folder: Path) -> list[dict[str, Any]]:
    """Seconds and memory of builds with two workers, for each size."""
    rows = []
    for size in options.sizes:
        path = folder / f"{size}.jsonl"
        least = floor(corpus(documents, size, options.characters, path))
        found = build(path, folder, "--workers", 2)
        rows.append({"documents": size, "floor_seconds": round(least, 4), **asdict(found)})
        print(f"{size:9,} documents {found.seconds:9.1f} s {found.megabytes:8.0f} MB", file=sys.stderr)
        path.unlink()
    return rows


def main() -> None:
    """Print the results as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=sorted(RAW.glob("*.jsonl")))
    parser.add_argument("--sizes", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    parser.add_argument("--compare", type=int, default=20_000, help="documents of the comparison; 0 leaves it out")
    parser.add_argument("--characters", type=int, default=0, help="cut documents to so many; 0: whole")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--no-spark", dest="spark", action="store_false")
    options = parser.parse_args()
    documents = [item for item in readers.read(options.files) if isinstance(item, Document)]
    with tempfile.TemporaryDirectory(prefix="quotes-benchmark-") as name:
        folder = Path(name)
        result: dict[str, Any] = {"machine": machine(), "characters": options.characters}
        if options.compare:
            result["comparison"] = compare(documents, options.compare, options, folder)
        result["sizes"] = sizes(documents, options, folder)
    json.dump(result, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
