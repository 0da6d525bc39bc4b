"""What extraction costs, as a multiple of one compiled expression that only finds paired marks in the same text.

    python benchmarks/extraction.py ../shared/data/kcna2024_docs.jsonl ../shared/data/polnear_dev_docs.jsonl

Both sides run in this process on one core, in turn, five times; the medians are compared. Without files the documents
of data/raw are read. Nothing of it depends on the machine but the seconds: quote the ratios.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from quotes import readers, registry
from quotes.pipeline import extract_document, read
from quotes.records import Document
from quotes.stages import clean, date, mark, resolve, source

PAIRS = re.compile(r"\"[^\"\n]*\"|“[^”\n]*”|«[^»\n]*»")
RAW = Path(__file__).parents[1] / "data" / "raw"


def seconds(work: Callable[[Document], object], documents: Sequence[Document]) -> float:
    """Seconds of processor time that the work takes on all documents."""
    start = time.process_time()
    for document in documents:
        work(document)
    return time.process_time() - start


def _known(document: Document, known: registry.Registry) -> None:
    """Reads a document and tells of each quotation who said it, when, and who carried it."""
    article, quotations, _ = read(document, known)
    resolve.resolve(article, quotations, known)
    date.date(article, quotations)
    source.credit(article, quotations, known)


def main() -> None:
    """Print a table of costs and, with --json, the same as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=sorted(RAW.glob("*.jsonl")))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    documents = [item for item in readers.read(options.files) if isinstance(item, Document)]
    known = registry.load()
    works: dict[str, Callable[[Document], object]] = {
        "paired marks alone (floor)": lambda document: PAIRS.findall(document.text),
        "clean and segment": clean.read,
        "and marks": lambda document: mark.find(clean.read(document)),
        "and statements, attribution, judgement": lambda document: read(document, known),
        "and who, when, carried by whom": lambda document: _known(document, known),
        "everything but stance": lambda document: extract_document(document, known),
    }
    runs = {name: [seconds(work, documents) for _ in range(options.runs)] for name, work in works.items()}
    medians = {name: statistics.median(values) for name, values in runs.items()}
    floor = medians["paired marks alone (floor)"]
    reading = medians["and statements, attribution, judgement"]
    knowing = medians["and who, when, carried by whom"] - reading
    characters = sum(len(document.text) for document in documents)
    result = {
        name: {"seconds": round(value, 4), "ratio": round(value / floor, 1), "MB/s": round(characters / value / 1e6, 2)}
        for name, value in medians.items()
    }
    if options.json:
        totals = {"documents": len(documents), "characters": characters, "knowing_by_reading": knowing / reading}
        json.dump({**totals, "costs": result}, sys.stdout, indent=1)
        print()
        return
    print(f"{len(documents)} documents, {characters:,} characters, median of {options.runs} runs")
    for name, row in result.items():
        print(f"{name:42} {row['seconds']:9.4f} s {row['ratio']:8.1f} x floor {row['MB/s']:8.2f} MB/s")
    print(f"who, when and carried by whom cost {knowing / reading:.2f} of reading (all up to judgement)")


if __name__ == "__main__":
    main()
