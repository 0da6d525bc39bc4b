"""What extraction costs, as a multiple of one compiled expression that only finds paired marks in the same text.

    python benchmarks/extraction.py ARTICLES.jsonl [MORE.parquet ...]

Two floors: the three commonest styles of marks (straight, curly, guillemets), and every style that `quotes` reads.
All run in this process on one core, in turn, five times; the medians are compared. What was loaded before is kept from
the garbage collector, as in the worker processes of a build. Then one article, 1, 10, 100 and 1,000 times over, and a
megabyte of nothing but marks: cost for each character should not rise. Where spaCy has its small English model, textacy
runs beside us on the same documents. Without files the documents of data/raw are read.
Nothing of it depends on the machine but the seconds: quote the ratios.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import re
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from quotes import readers, registry
from quotes.engines.local import SELDOM
from quotes.pipeline import extract_document, read
from quotes.records import Document
from quotes.stages import clean, date, mark, resolve, source

PAIRS = re.compile(r"\"[^\"\n]*\"|“[^”\n]*”|«[^»\n]*»")
EVERY_STYLE = re.compile(
    r"\"[^\"\n]*\"|“[^”\n]*”|«[^»\n]*»|»[^«\n]*«|„[^“”\n]*[“”]|\'\'[^\'\n]*\'\'|``[^\'\n]*\'\'|「[^」\n]*」|『[^』\n]*』"
    r"|《[^》\n]*》|(?<!\w)[\'‘][^\'’\n]*[\'’](?!\w)"
)
FLOOR = "paired marks of three styles (floor)"
EVERY = "paired marks of every style"
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


def growth(document: Document, known: registry.Registry) -> list[tuple[str, int, float]]:
    """One article over and over, and nothing but marks: what, its characters, microseconds for each of them."""
    texts = {f"the article {n} times over": "\n".join([document.text] * n) for n in (1, 10, 100, 1000)}
    texts["a hundred kilobytes of nothing but marks"] = '"' * 100_000
    texts["a megabyte of nothing but marks"] = '"' * 1_000_000
    rows = []
    for name, text in texts.items():
        spent = seconds(lambda one: extract_document(one, known), [replace(document, text=text)])
        rows.append((name, len(text), spent / len(text) * 1e6))
    return rows


def textacy_seconds(documents: Sequence[Document]) -> float | None:
    """Seconds that spaCy's parse and textacy's quotations take; None where they are not installed."""
    try:
        import spacy
        from textacy.extract import triples

        parse = spacy.load("en_core_web_sm")
    except (ImportError, OSError):
        return None

    def work(document: Document) -> None:
        with contextlib.suppress(ValueError):  # it gives up a document whose marks do not come in pairs
            list(triples.direct_quotations(parse(document.text)))

    return seconds(work, documents)


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
        FLOOR: lambda document: PAIRS.findall(document.text),
        EVERY: lambda document: EVERY_STYLE.findall(document.text),
        "clean and segment": clean.read,
        "and marks": lambda document: mark.find(clean.read(document)),
        "and statements, attribution, judgement": lambda document: read(document, known),
        "and who, when, carried by whom": lambda document: _known(document, known),
        "everything but stance": lambda document: extract_document(document, known),
    }
    gc.collect()
    gc.freeze()
    gc.set_threshold(SELDOM)
    runs = {name: [seconds(work, documents) for _ in range(options.runs)] for name, work in works.items()}
    medians = {name: statistics.median(values) for name, values in runs.items()}
    floor = medians[FLOOR]
    reading = medians["and statements, attribution, judgement"]
    knowing = medians["and who, when, carried by whom"] - reading
    characters = sum(len(document.text) for document in documents)
    result = {
        name: {
            "seconds": round(value, 4),
            "ratio": round(value / floor, 1),
            "ratio_every_style": round(value / medians[EVERY], 1),
            "MB/s": round(characters / value / 1e6, 2),
        }
        for name, value in medians.items()
    }
    quoting = [document for document in documents if len(PAIRS.findall(document.text)) > 3]
    grown = growth(min(quoting, key=lambda document: (len(document.text), document.doc_id)), known)
    peer = textacy_seconds(documents)
    if options.json:
        totals = {"documents": len(documents), "characters": characters, "knowing_by_reading": knowing / reading}
        rows = [dict(zip(("text", "characters", "microseconds_a_character"), row, strict=True)) for row in grown]
        json.dump({**totals, "costs": result, "growth": rows, "textacy_seconds": peer}, sys.stdout, indent=1)
        print()
        return
    print(f"{len(documents)} documents, {characters:,} characters, median of {options.runs} runs")
    for name, row in result.items():
        beside = f"{row['ratio']:8.1f} x floor {row['ratio_every_style']:7.1f} x every style"
        print(f"{name:42} {row['seconds']:9.4f} s {beside} {row['MB/s']:8.2f} MB/s")
    print(f"who, when and carried by whom cost {knowing / reading:.2f} of reading (all up to judgement)")
    print()
    for name, length, cost in grown:
        print(f"{name:42} {length:10,} characters {cost:7.2f} microseconds each")
    ours = medians["everything but stance"]
    print(f"textacy takes {peer / ours:.0f} times as long" if peer else "textacy or its spaCy model is not installed")


if __name__ == "__main__":
    main()
