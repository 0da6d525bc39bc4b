"""Write the targets that `quotes` finds in documents as rows without a label, for `gather.py`.

    python training/unlabelled.py documents.jsonl --out unlabelled.jsonl

Each line is ``{"text", "target", "target_start", "target_end"}``, with ``holder_start`` and ``holder_end`` where the
sentences name the speaker: what the stance model would read. A row that comes again is written once.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from quotes import readers, registry
from quotes.pipeline import extract_document
from quotes.records import Document


def rows(documents: Iterable[Document]) -> Iterator[dict[str, Any]]:
    """The rows of the documents, in their order."""
    known = registry.load()
    read = chain.from_iterable(extract_document(document, known).inputs for document in documents)
    for one in dict.fromkeys(chain.from_iterable(read)):
        start, end = one.span
        row = {"text": one.text, "target": one.text[start:end], "target_start": start, "target_end": end}
        if one.holder is not None:
            row |= {"holder_start": one.holder.start, "holder_end": one.holder.end}
        yield row


def main() -> None:
    """Read the command line and write the rows."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("documents", nargs="+", help="files and folders of documents, of any kind that `quotes` reads")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    documents = [one for one in readers.read(given.documents) if isinstance(one, Document)]
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows(documents)]
    given.out.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
