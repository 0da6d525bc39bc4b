"""Write named actors in sentences of documents as rows without a label, for a teacher to label.

    python training/mentions.py documents.jsonl --most 60000 --out mentions.jsonl

Each line is ``{"text", "target", "target_start", "target_end"}``, in every other sentence that names two also
``holder_start`` and ``holder_end`` of the one before. A name is a run of words in capitals, as a rule of thumb: what it
takes for one wrongly is labelled like the rest.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from quotes import readers
from quotes.records import Document

_SENTENCE = re.compile(
    r"(?<=[.!?”\"])(?<!Mr\.)(?<!Ms\.)(?<!Mrs\.)(?<!Dr\.)(?<!Sen\.)(?<!Gov\.)(?<!Rep\.)(?<! [A-Z]\.)\s+(?=[A-Z“\"])|\n+"
)
_MENTION = re.compile(
    r"(?:(?:Mr|Ms|Mrs|Dr|Sen|Gov|Rep)\. (?=[A-Z])|the |The )?"
    r"\b[A-Z][\w-]*\.?(?:(?: |(?<=[a-z]) (?:of|for|and the|of the) )[A-Z][\w-]*\.?)*|\b(?:he|she|they|He|She|They)\b"
)
_OPENERS = frozenset(
    "The A An In On At But And If When While As It This That There These Those For After Before Since With By From To "
    "Of We I You What Who Why How Not No Yes So Then Yet Still Even Also Though Although Because However Monday "
    "Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September "
    "October November December His Her Their Its Our My Your Some Many Most All".split()
)
LENGTHS = range(40, 500)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text that are neither very short nor very long."""
    for one in _SENTENCE.split(text):
        if len(one.strip()) in LENGTHS:
            yield one.strip()


def mentions(sentence: str) -> list[tuple[int, int]]:
    """Where names and persons' pronouns stand."""
    found = []
    for match in _MENTION.finditer(sentence):
        start, end = match.span()
        words = match[0].split()
        if words[0] in _OPENERS and words[0] not in ("The",):
            start += len(words[0]) + 1
            words = words[1:]
        if words and words not in (["The"], ["the"]) and start < end:
            found.append((start, end - 1 if sentence[end - 1] == "." else end))
    return [(start, end) for start, end in found if end > start]


def rows(documents: Iterable[Document], rng: random.Random) -> Iterator[dict[str, Any]]:
    """The rows of the documents; of a sentence with many names, two of them."""
    for document in documents:
        for sentence in dict.fromkeys(sentences(document.text)):
            found = mentions(sentence)
            if not found:
                continue
            for start, end in sorted(rng.sample(found, min(2, len(found)))):
                row = {"text": sentence, "target": sentence[start:end], "target_start": start, "target_end": end}
                others = [one for one in found if one[1] < start]
                if others and rng.random() < 0.4:
                    row |= dict(zip(("holder_start", "holder_end"), others[-1], strict=True))
                yield row


def main() -> None:
    """Read the command line and write the rows."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("documents", nargs="+", help="files and folders of documents, of any kind that `quotes` reads")
    parser.add_argument("--most", type=int, default=60000, help="how many rows to draw")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    rng = random.Random(given.seed)
    documents = (one for one in readers.read(given.documents) if isinstance(one, Document))
    made = list(rows(documents, rng))
    made = rng.sample(made, min(given.most, len(made)))
    given.out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in made), encoding="utf-8")
    print(f"{len(made)} rows")


if __name__ == "__main__":
    main()
