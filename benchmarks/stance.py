"""What stance costs: rows a second against transformers one row at a time, and a build with and without it.

    python benchmarks/stance.py ../shared/data/kcna2024_docs.jsonl --documents 300

Everything runs in this process on one core, in turn, with the same weights; seconds are processor time and depend on
the machine, the ratios hardly do. ``one at a time`` is what a script with transformers does: tokenise a row, run
``AutoModelForSequenceClassification`` on it, take the softmax, for every row of the ``stances`` table as it comes.
The scorer computes each different row once, in batches without padding, and of the last layer the first token alone;
``int8`` besides multiplies in eight bits (``--stance-precision int8``). Peak memory is that of a process of its own
that scores all rows.

A year of an agency, on one core: with AMX (1,209 rows, the weights of 0.3.0) full precision had 1.8 times the rows a
second of one at a time, int8 4.3 to 4.8; stance was 17.8 times as dear as extraction one at a time, 10.0 in full
precision, 3.7 in int8; peak memory 755 and 852 MB, most of it the libraries. On another processor, with VNNI and
without AMX (1,200 rows, the weights of 0.4.0): 1.3 and 5.6 times; 16.8, 13.0 and 3.0 times as dear; 649 and 753 MB;
998 of 1,000 labels of int8 as in full precision. Without the instructions int8 gives the same products, but slower than
full precision (1.4).

What was measured besides, on a processor with AVX2 alone, as multiples of one at a time over 649 rows of a year of
an agency: full precision 1.5 to 1.7; the same network in ONNX Runtime in full precision 1.9 to 2.35. PyTorch's dynamic
int8 changes 9 labels of 100. On a processor with AMX, bfloat16 is about as fast as int8 here, but its sums depend on
their order, and so on the other rows of the batch; those of int8 do not.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quotes import models, readers, registry
from quotes.models.encoding import encode
from quotes.models.loader import SHIPPED
from quotes.pipeline import extract_document
from quotes.records import Document, StanceInput

PRECISIONS: tuple[models.Precision, ...] = ("full", "int8")
RAW = Path(__file__).parents[1] / "data" / "raw"


def inputs_of(documents: Sequence[Document]) -> tuple[list[StanceInput], float]:
    """What the model would read of the documents, and the seconds that their extraction takes."""
    known = registry.load()
    start = time.process_time()
    found = [item for document in documents for items in extract_document(document, known).inputs for item in items]
    return found, time.process_time() - start


def one_at_a_time(rows: Sequence[StanceInput]) -> tuple[list[str], float]:
    """Labels by transformers, and seconds."""
    import torch
    import transformers

    tokenizer = transformers.AutoTokenizer.from_pretrained(str(SHIPPED))
    network: Any = transformers.AutoModelForSequenceClassification.from_pretrained(str(SHIPPED), dtype=torch.float32)
    network.eval()
    labels = []
    start = time.process_time()
    with torch.inference_mode():
        for item in rows:
            read = encode(tokenizer, item)
            ids, types = torch.tensor([read.input_ids]), torch.tensor([read.token_type_ids])
            shares = network(input_ids=ids, token_type_ids=types, attention_mask=torch.ones_like(ids)).logits.softmax(1)
            labels.append(network.config.id2label[int(shares.argmax())])
    return labels, time.process_time() - start


def together(rows: Sequence[StanceInput], precision: models.Precision) -> tuple[list[str], float]:
    """Labels by our scorer, and seconds; reading the weights is not counted on either side."""
    scorer = models.load(precision=precision).open()
    start = time.process_time()
    scores = scorer.score(rows)
    return [score.label for score in scores], time.process_time() - start


def measure(documents: Sequence[Document], sample: int) -> dict[str, Any]:
    """All figures."""
    rows, extraction = inputs_of(documents)
    before = round(_peak())
    different = list(dict.fromkeys(rows))
    part = rows[:: max(1, len(rows) // sample)][:sample]
    theirs, slow = one_at_a_time(part)
    alone = slow / len(part)
    found = {
        "documents": len(documents),
        "rows": len(rows),
        "different rows": len(different),
        "rows a second, one at a time": round(1 / alone, 1),
        "stance as a multiple of extraction, one at a time": round(alone * len(rows) / extraction, 2),
        "peak memory, extraction alone, MB": before,
    }
    labels = {}
    for precision in PRECISIONS:
        ours, seconds = together(rows, precision)
        _, of_different = together(different, precision)
        labels[precision] = by_row = dict(zip(rows, ours, strict=True))
        agreeing = sum(by_row[item] == label for item, label in zip(part, theirs, strict=True))
        named = {
            "rows a second, each different": round(len(different) / of_different, 1),
            "ratio, each different": round(alone * len(different) / of_different, 2),
            "ratio, as they come": round(alone * len(rows) / seconds, 2),
            "labels agree with one at a time": round(agreeing / len(part), 4),
            "stance as a multiple of extraction": round(seconds / extraction, 2),
            "peak memory, MB": round(memory_of(rows, precision)),
        }
        found |= {f"{precision}: {name}": value for name, value in named.items()}
    same = sum(labels["full"][item] == labels["int8"][item] for item in different)
    return found | {"labels of int8 that agree with full": round(same / len(different), 4)}


def memory_of(rows: Sequence[StanceInput], precision: models.Precision) -> float:
    """Peak memory, in MB, of a process that does nothing but score the rows."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_scoring_peak, (rows, precision))


def _scoring_peak(rows: Sequence[StanceInput], precision: models.Precision) -> float:
    together(rows, precision)
    return _peak()


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=sorted(RAW.glob("*.jsonl")))
    parser.add_argument("--documents", type=int, help="the first so many alone")
    parser.add_argument("--sample", type=int, default=200, help="rows that transformers scores one at a time")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    import torch

    torch.set_num_threads(1)
    documents = [item for item in readers.read(given.files) if isinstance(item, Document)][: given.documents]
    found = measure(documents, given.sample)
    if given.json:
        print(json.dumps(found, indent=2))
        return
    for name, value in found.items():
        print(f"{name:62}{value:>10,}")


if __name__ == "__main__":
    main()
