"""Learn the weights of the ranker that attributes what the plain rules leave open.

    python training/train_attribution.py --data ../shared/data --output src/quotes/models/attribution

Reads PolNeAR's training split for the weights and its development split for the strength of the regularisation and the
figures; writes ``weights.safetensors`` (float32), ``features.txt`` (one a line, in the order of the weights) and the
record of the run. Rows that the annotators themselves doubt (``suspect``) are left out.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save_file
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from quotes.records import Article, Document, Span
from quotes.stages import clean, mark
from quotes.stages.attribute import attribute
from quotes.stages.options import Option, nobody

Gold = dict[str, Any]
MIN_COUNT = 4
"""A feature seen in fewer options than this is left out."""
STRENGTHS = (3.0, 6.0, 10.0)
"""L2 penalties tried; the development split chooses."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One quotation that the rules leave open: its options (nobody last) and which of them are right."""

    features: list[tuple[str, ...]]
    right: list[int]


def documents(path: Path) -> Iterator[Document]:
    """Documents of a JSON Lines file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Document(**{name: row.get(name) for name in Document.__slots__})


def gold_by_document(path: Path) -> dict[str, list[Gold]]:
    """Rows of a gold file by document, the doubtful ones apart."""
    result: dict[str, list[Gold]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        result.setdefault(row["doc_id"], []).append(row)
    return result


def match(article: Article, span: Span, rows: Sequence[Gold]) -> Gold | None:
    """The gold row of the same words (intersection over union at least 0.8), doubtful or not."""
    given = clean.given_span(article, span)
    for row in rows:
        low, high = max(given.start, row["quote_start"]), min(given.end, row["quote_end"])
        union = max(given.end, row["quote_end"]) - min(given.start, row["quote_start"])
        if high > low and (high - low) / union >= 0.8:
            return row
    return None


def is_right(article: Article, option: Option, row: Gold) -> bool:
    """Whether the option's mention is the annotated one, or bears its name."""
    if option.mention is None or row["speaker_start"] is None:
        return False
    given = clean.given_span(article, option.mention)
    if min(given.end, row["speaker_end"]) > max(given.start, row["speaker_start"]):
        return True
    words = article.text[option.mention.start : option.mention.end].split()
    named = {word for name in (row["speaker_name"], row["speaker_text"]) if name for word in name.split()}
    return bool(words) and words[-1][:1].isupper() and words[-1] in named


def choices(data: Path, split: str) -> list[Choice]:
    """Every choice of a split, made under the right answers so far."""
    gold = gold_by_document(data / f"polnear_{split}_gold.jsonl")
    result: list[Choice] = []
    for document in documents(data / f"polnear_{split}_docs.jsonl"):
        article = clean.read(document)
        candidates = mark.find(article)

        def choose(
            index: int,
            options: Sequence[Option],
            about: Sequence[str],
            article: Article = article,
            rows: Sequence[Gold] = gold.get(document.doc_id, []),
        ) -> tuple[Option | None, float]:
            row = match(article, candidates[index].span, rows)  # noqa: B023 - called inside this turn of the loop
            if row is None:
                return None, 0.0
            right = [i for i, option in enumerate(options) if row["kind"] != "scare" and is_right(article, option, row)]
            if not row["suspect"]:
                targets = [len(options)] if row["kind"] == "scare" else right or list(range(len(options)))
                features = [*(option.features for option in options), nobody(about)]
                if targets:
                    result.append(Choice(features, targets))
            return (options[right[0]], 1.0) if right else (None, 0.0)

        attribute(article, candidates, choose)
    return result


def matrix(items: Sequence[Choice], vocabulary: dict[str, int]) -> tuple[csr_matrix, np.ndarray, np.ndarray]:
    """Options as rows of 0 and 1, the first row of each choice, and which rows are right."""
    indices: list[int] = []
    pointers, starts, right = [0], [], []
    for choice in items:
        starts.append(len(pointers) - 1)
        for i, features in enumerate(choice.features):
            indices += sorted({vocabulary[feature] for feature in features if feature in vocabulary})
            pointers.append(len(indices))
            right.append(i in choice.right)
    values = np.ones(len(indices))
    return (
        csr_matrix((values, indices, pointers), shape=(len(right), len(vocabulary))),
        np.array(starts),
        np.array(right),
    )


def fit(items: Sequence[Choice], vocabulary: dict[str, int], strength: float) -> np.ndarray:
    """Weights that maximise the likelihood of the right options, summed where several are right."""
    design, starts, right = matrix(items, vocabulary)
    sizes = np.diff(np.append(starts, len(right)))
    group = np.repeat(np.arange(len(starts)), sizes)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = design @ weights
        scores -= np.maximum.reduceat(scores, starts)[group]
        masses = np.exp(scores)
        total = np.add.reduceat(masses, starts)
        good = np.add.reduceat(masses * right, starts)
        gradient = masses / total[group] - masses * right / good[group]
        value = float(np.sum(np.log(total) - np.log(good)) + 0.5 * strength * weights @ weights)
        return value, design.T @ gradient + strength * weights

    found = minimize(loss, np.zeros(len(vocabulary)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return np.asarray(found.x)


def accuracy(items: Sequence[Choice], vocabulary: dict[str, int], weights: np.ndarray) -> dict[str, float]:
    """Share of choices decided rightly, and of the words that nobody said which are kept."""
    design, starts, right = matrix(items, vocabulary)
    scores = design @ weights
    ends = np.append(starts[1:], len(right))
    good = kept = nobodies = lost = 0
    for start, end in zip(starts, ends, strict=True):
        best = start + int(np.argmax(scores[start:end]))
        good += bool(right[best])
        if right[end - 1]:
            nobodies += 1
            kept += best != end - 1
        else:
            lost += best == end - 1
    return {
        "choices": len(items),
        "right": round(good / len(items), 4),
        "nobodys": nobodies,
        "nobodys_kept": round(kept / max(1, nobodies), 4),
        "lost": round(lost / max(1, len(items) - nobodies), 4),
    }


def main() -> None:
    """Train, report, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with polnear_{train,dev}_{docs,gold}.jsonl")
    parser.add_argument("--output", type=Path, default=Path("src/quotes/models/attribution"))
    options = parser.parse_args()
    train, dev = choices(options.data, "train"), choices(options.data, "dev")
    counts = Counter(feature for choice in train for features in choice.features for feature in features)
    kept = sorted(feature for feature, count in counts.items() if count >= MIN_COUNT)
    vocabulary = {feature: i for i, feature in enumerate(kept)}
    runs = {strength: fit(train, vocabulary, strength) for strength in STRENGTHS}
    figures = {strength: accuracy(dev, vocabulary, weights) for strength, weights in runs.items()}
    best = max(STRENGTHS, key=lambda strength: (figures[strength]["right"], strength))
    options.output.mkdir(parents=True, exist_ok=True)
    weights = np.round(runs[best], 4).astype(np.float32)
    used = np.flatnonzero(weights)
    save_file({"weights": weights[used]}, str(options.output / "weights.safetensors"))
    (options.output / "features.txt").write_text("".join(f"{kept[i]}\n" for i in used), encoding="utf-8")
    record = {
        "data": {
            path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(options.data.glob("polnear_*.jsonl"))
        },
        "features": len(used),
        "min_count": MIN_COUNT,
        "l2": best,
        "train": accuracy(train, vocabulary, runs[best]),
        "dev_by_l2": {str(strength): figures[strength] for strength in STRENGTHS},
    }
    (options.output / "record.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(record, indent=1))


if __name__ == "__main__":
    main()
