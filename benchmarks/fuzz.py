"""Coverage-guided fuzzing of reading, splitting and dating: no input may raise, and offsets hold.

    python benchmarks/fuzz.py split -max_total_time=200

The first word says what is fuzzed: ``split`` (a text), ``date`` (a text and its day) or ``readers`` (a file of each
kind, by its first byte). What comes behind are options of libFuzzer; the extra `fuzz` brings the fuzzer (atheris). An
input that raises is written to a file ``crash-…``: rewritten as a case, it goes into tests/cases.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["quotes"]):
    # Readers are loaded when they are needed, which would be after the fuzzer has looked.
    import quotes.readers.csv_rows
    import quotes.readers.json_lines
    import quotes.readers.parquet
    import quotes.readers.plain_text
    import quotes.readers.warc  # noqa: F401
    from quotes import readers, registry
    from quotes.errors import DocumentError, UsageError
    from quotes.pipeline import extract_document, read
    from quotes.records import Document
    from quotes.stages import clean
    from quotes.stages import date as dating

KNOWN = registry.load()
ENDINGS = ("jsonl", "csv", "txt", "html", "parquet", "warc", "jsonl.gz", "warc.gz", "jsonl.zst", "dat")
PLACE = Path(tempfile.mkdtemp(prefix="quotes-fuzz-"))
SEEDS = {
    "split": ["“The harvest is safe,” President Aldo Brenn said.", "He said:\n«Nous», dit-il. 'so-called'"],
    "date": ["VELL, March 5 (NCNA) -- “We shall,” Brenn said on Tuesday, May 9, 2024.", "昨天布伦说：“好。”"],
    "readers": ['\x00{"doc_id": "a", "text": "x"}\n', "\x01doc_id,text\na,b\n", "\x05WARC/1.0\r\n", "\x03<p>x</p>"],
}


def split(data: bytes) -> None:
    """Everything up to the rows; the offsets of each row give its words."""
    text = data.decode("utf-8", "surrogateescape")
    for row in extract_document(Document("d", text), KNOWN).quotes:
        if clean.repair(text[row["start"] : row["end"]]) != row["quote"]:
            raise AssertionError(row)


def date(data: bytes) -> None:
    """Days of quotations, with a day of publication from the input itself."""
    text = data.decode("utf-8", "replace")
    published = ("2024-03-05", "2024-03", "2024", None)[len(data) % 4]
    article, quotations, _ = read(Document("d", text, published=published), KNOWN)
    dating.date(article, quotations)


def files(data: bytes) -> None:
    """A file of some kind."""
    path = PLACE / f"a.{ENDINGS[data[0] % len(ENDINGS) if data else 0]}"
    path.write_bytes(data[1:])
    try:
        for item in readers.read([path]):
            if not isinstance(item, Document | DocumentError):
                raise AssertionError(item)
    except UsageError:  # of a kind not known
        pass


TARGETS: dict[str, Callable[[bytes], None]] = {"split": split, "date": date, "readers": files}


def main() -> None:
    """Fuzz until the time is up."""
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(__doc__)
    name = sys.argv.pop(1)
    corpus = PLACE / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(SEEDS[name]):
        (corpus / str(number)).write_bytes(seed.encode())
    atheris.Setup([*sys.argv, str(corpus)], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
