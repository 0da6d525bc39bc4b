"""Learn the models that attribute what the plain rules leave open: who said it, how sure that is, whether anybody did.

    python training/train_attribution.py --data ../shared/data --output src/quotes/models/attribution

Reads PolNeAR's training split for the weights, with five folds of its documents for the strength of the regularisation,
and its development split for the threshold and the figures. Rows that the annotators themselves doubt (``suspect``) are
left out. The corpus calls many a title said and misses quotations: its training rows are taken as a second reading has
them, and an agency's marked strings as readers have them (``readings_polnear.tsv``, ``readings_state.tsv``).

Writes ``weights.safetensors`` (float32), ``features.txt`` (model and feature a line, in the order of the weights) and
the record of the run.

A last model, ``together``, weighs what ``said`` makes of marked words beside what the small network does
(``wording_train.py``, which comes first), each as learnt without their fold.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from safetensors.numpy import save_file
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

import readings
import wording_rows
from quotes.models.attribution import wording as network
from quotes.records import Article, Candidate, Document, Span
from quotes.stages import clean, mark, rank, wording
from quotes.stages.attribute import SAID, attribute
from quotes.stages.options import Option
from quotes.stages.told import OF_A_STATE, apart
from wording_rows import FOLDS, STATE_FILES

Gold = dict[str, Any]
Weights = Mapping[str, float]
MIN_COUNT = 4
"""A feature seen in fewer options or rows than this is left out."""
STRENGTHS = {"speaker": (3.0, 6.0, 10.0), "sure": (1.0,), "said": (3.0, 4.0, 6.0, 12.0)}
"""L2 penalties tried; the folds choose."""
RELIABILITY_STEPS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class Choice:
    """One quotation that the rules leave open (``key``: document, candidate), its options, the right ones."""

    key: tuple[int, int]
    options: list[Option]
    right: list[int]

    @property
    def fold(self) -> int:
        """Fold of its document."""
        return self.key[0] % FOLDS

    @property
    def features(self) -> list[tuple[str, ...]]:
        """Features of each option."""
        return [option.features for option in self.options]


@dataclass(frozen=True, slots=True)
class Words:
    """Features, and whether what they speak of is so: marked words said by somebody, a speaker rightly chosen."""

    key: tuple[int, int]
    features: tuple[str, ...]
    said: bool
    wording: float = 0.0
    """What a network that has not seen the words says of them."""

    @property
    def fold(self) -> int:
        """Fold of its document."""
        return self.key[0] % FOLDS

    @property
    def domain(self) -> str:
        """What stands before the names of weights that count for these words: whether a state's organ printed them."""
        return OF_A_STATE if any(feature.startswith(OF_A_STATE) for feature in self.features) else ""


@dataclass(frozen=True, slots=True)
class Read:
    """A document, its candidates and their gold rows (None where the corpus has none)."""

    article: Article
    candidates: list[Any]
    rows: list[Gold | None]
    state_voice: bool = False


def documents(path: Path) -> Iterator[Document]:
    """Documents of a JSON Lines file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Document(**{name: row.get(name) for name in Document.__slots__})


def read(data: Path, split: str, read_again: Mapping[readings.Key, readings.Reading]) -> list[Read]:
    """Every document of a split, its gold as the corpus has it or as it was read again."""
    gold: dict[str, list[Gold]] = {}
    for line in (data / f"polnear_{split}_gold.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold.setdefault(row["doc_id"], []).append(row)
    result = []
    for document in documents(data / f"polnear_{split}_docs.jsonl"):
        article = clean.read(document)
        candidates = mark.find(article)
        own = [readings.corrected(row, read_again, document.text) for row in gold.get(document.doc_id, [])]
        result.append(Read(article, candidates, [match(article, one.span, own) for one in candidates]))
    return result


def read_state(data: Path, read_again: Mapping[readings.Key, readings.Reading]) -> list[Read]:
    """Articles of a state's agency whose marked strings were read: those strings are their gold."""
    gold: dict[str, list[Gold]] = {}
    for key, reading in read_again.items():
        gold.setdefault(key[0], []).append(readings.row(key, reading))
    result = []
    for document in (one for name in STATE_FILES for one in documents(data / name) if one.doc_id in gold):
        article = clean.read(document)
        candidates = mark.find(article)
        own = gold[document.doc_id]
        rows = [match(article, one.span, own) for one in candidates]
        result.append(Read(article, candidates, rows, state_voice=True))
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
    """Whether the option's mention is the annotated one or that of the second reading, or bears its name."""
    if option.mention is None or row["speaker_start"] is None:
        return False
    given = clean.given_span(article, option.mention)
    for start, end in ((row["speaker_start"], row["speaker_end"]), row.get("also") or (0, 0)):
        if min(given.end, end) > max(given.start, start):
            return True
    words = article.text[option.mention.start : option.mention.end].split()
    named = {word for name in (row["speaker_name"], row["speaker_text"]) if name for word in name.split()}
    return bool(words) and words[-1][:1].isupper() and words[-1] in named


def choices(corpus: Iterable[Read]) -> list[Choice]:
    """Every choice of speakers, made under the right answers so far."""
    result: list[Choice] = []
    for n, one in enumerate(corpus):

        def choose(index: int, options: Sequence[Option], one: Read = one, n: int = n) -> tuple[Option | None, float]:
            row = one.rows[index]
            if row is None or row["kind"] == "scare":
                return None, 0.0
            right = [i for i, option in enumerate(options) if is_right(one.article, option, row)]
            if options and row["speaker_start"] is not None and not row["suspect"]:
                result.append(Choice((n, index), list(options), right))
            return (options[right[0]], 1.0) if right else (None, 0.0)

        attribute(one.article, one.candidates, choose, lambda *_: 1.0, state_voice=one.state_voice)
    return result


def choices_made(items: Sequence[Choice], models: Sequence[Weights]) -> list[Words]:
    """Whether each choice is right, by the model that did not see its fold (or the only one)."""
    result = []
    for item in items:
        best, share = rank.likeliest(item.options, models[item.fold % len(models)])
        right = any(item.options[i].mention == best.mention for i in item.right)
        result.append(Words(item.key, rank.certainty(best, share, len(item.options)), right))
    return result


def words(
    corpus: Iterable[Read], speaker: Sequence[Weights], sure: Weights, unseen: Mapping[readings.Key, float]
) -> list[Words]:
    """Every decision whether words were said, with the speaker that the model of the other folds would name.

    ``unseen`` is what networks say that have not seen the words; of words that are not in it the shipped one is asked.
    """
    result: list[Words] = []
    for n, one in enumerate(corpus):
        weights = speaker[n % len(speaker)]

        def choose(_: int, options: Sequence[Option], weights: Weights = weights) -> tuple[Option | None, float]:
            return rank.rank(options, weights, sure)

        def weigh(index: int, features: Sequence[str], one: Read = one, n: int = n) -> float:
            row = one.rows[index]
            if row is None:
                return 0.0
            if not row["suspect"] and one.candidates[index].parent is None:
                logit = worded(one, one.candidates[index], unseen)
                result.append(Words((n, index), tuple(apart(features)), row["kind"] != "scare", logit))
            return float(row["kind"] != "scare")

        attribute(one.article, one.candidates, choose, weigh, state_voice=one.state_voice)
    return result


def worded(one: Read, candidate: Candidate, unseen: Mapping[readings.Key, float]) -> float:
    """What a network says of the words that has not seen them."""
    key = (one.article.document.doc_id, *clean.given_span(one.article, candidate.span))
    if key in unseen:
        return unseen[key]
    return network.says(wording.window(one.article, candidate), state=one.state_voice)


def vocabulary_of(rows: Iterable[Sequence[str]]) -> dict[str, int]:
    """Features seen often enough, numbered in the order of their names."""
    counts = Counter(feature for features in rows for feature in set(features))
    return {name: i for i, name in enumerate(sorted(name for name, count in counts.items() if count >= MIN_COUNT))}


def matrix(rows: Iterable[Sequence[str]], vocabulary: Mapping[str, int]) -> csr_matrix:
    """Rows of 0 and 1, one column a feature."""
    indices: list[int] = []
    pointers = [0]
    for features in rows:
        indices += sorted({vocabulary[feature] for feature in features if feature in vocabulary})
        pointers.append(len(indices))
    return csr_matrix((np.ones(len(indices)), indices, pointers), shape=(len(pointers) - 1, len(vocabulary)))


def minimised(loss: Callable[[np.ndarray], tuple[float, np.ndarray]], size: int) -> np.ndarray:
    """The weights at which ``loss`` (value and gradient) is least, from zero."""
    return np.asarray(minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x)


def fit_speaker(items: Sequence[Choice], strength: float) -> Weights:
    """Weights that maximise the likelihood of the right options, summed where several are right."""
    items = [item for item in items if item.right]
    vocabulary = vocabulary_of(features for item in items for features in item.features)
    design = matrix((features for item in items for features in item.features), vocabulary)
    sizes = np.array([len(item.features) for item in items])
    starts = np.append(0, np.cumsum(sizes)[:-1])
    group = np.repeat(np.arange(len(items)), sizes)
    right = np.array([i in item.right for item in items for i in range(len(item.features))])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = design @ weights
        scores -= np.maximum.reduceat(scores, starts)[group]
        masses = np.exp(scores)
        total = np.add.reduceat(masses, starts)
        good = np.add.reduceat(masses * right, starts)
        gradient = masses / total[group] - masses * right / good[group]
        value = float(np.sum(np.log(total) - np.log(good)) + 0.5 * strength * weights @ weights)
        return value, design.T @ gradient + strength * weights

    found = np.round(minimised(loss, len(vocabulary)), 4)
    return {name: float(found[i]) for name, i in vocabulary.items() if found[i]}


def log_likelihood(
    design: np.ndarray | csr_matrix, signs: np.ndarray, strength: float
) -> Callable[[np.ndarray], tuple[float, np.ndarray]]:
    """The loss of a logistic model at its weights, and its gradient."""

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margins = signs * (design @ weights)
        value = float(np.sum(np.logaddexp(0, -margins)) + 0.5 * strength * weights @ weights)
        return value, design.T @ (-signs / (1 + np.exp(margins))) + strength * weights

    return loss


def fit_said(items: Sequence[Words], strength: float) -> Weights:
    """Weights that maximise the likelihood of what was said and what was not."""
    vocabulary = vocabulary_of(item.features for item in items)
    design = matrix((item.features for item in items), vocabulary)
    signs = np.array([1.0 if item.said else -1.0 for item in items])
    found = np.round(minimised(log_likelihood(design, signs, strength), len(vocabulary)), 4)
    return {name: float(found[i]) for name, i in vocabulary.items() if found[i]}


def share_right(items: Sequence[Choice], weights: Weights) -> float:
    """Share of the choices in which the likeliest option is right."""
    made = choices_made(items, [weights])
    return round(sum(one.said for one in made) / max(1, len(made)), 4)


def reliability(items: Sequence[Words], sure: Weights) -> list[dict[str, float]]:
    """In steps of the probability of being right: how many, how sure on average, how many of them right."""
    steps: dict[float, list[tuple[float, bool]]] = {}
    for item in items:
        probability = rank.logistic(item.features, sure)
        low = max(limit for limit in RELIABILITY_STEPS if limit <= probability)
        steps.setdefault(low, []).append((probability, item.said))
    return [
        {
            "from": low,
            "choices": len(found),
            "sure": round(sum(p for p, _ in found) / len(found), 3),
            "right": round(sum(right for _, right in found) / len(found), 3),
        }
        for low, found in sorted(steps.items())
    ]


def at_threshold(items: Sequence[Words], probabilities: Sequence[float], threshold: float) -> dict[str, float]:
    """Of the words that somebody said the share lost, of those that nobody said the share kept."""
    lost = sum(p < threshold for item, p in zip(items, probabilities, strict=True) if item.said)
    kept = sum(p >= threshold for item, p in zip(items, probabilities, strict=True) if not item.said)
    saids = sum(item.said for item in items)
    return {"lost": round(lost / saids, 4), "kept": round(kept / (len(items) - saids), 4)}


def log_loss(items: Sequence[Words], probabilities: Sequence[float]) -> float:
    """Mean negative logarithm of the probability of what is so."""
    right = [p if item.said else 1 - p for item, p in zip(items, probabilities, strict=True)]
    return round(float(-np.mean(np.log(np.maximum(right, 1e-6)))), 4)


def figures(items: Sequence[Words], probabilities: Sequence[float]) -> dict[str, Any]:
    """Log-loss, and what is lost and kept at some thresholds."""
    steps = {str(t): at_threshold(items, probabilities, t) for t in (0.3, 0.4, 0.5, 0.6)}
    return {"rows": len(items), "log_loss": log_loss(items, probabilities), **steps}


def others(items: Sequence[Any], fold: int) -> list[Any]:
    """The items of all folds but one."""
    return [item for item in items if item.fold != fold]


def unseen(items: Sequence[Words], strength: float) -> list[float]:
    """For each row its probability by a model that saw the other folds alone."""
    models = [fit_said(others(items, fold), strength) for fold in range(FOLDS)]
    return [rank.logistic(item.features, models[item.fold]) for item in items]


def learn_speaker(items: Sequence[Choice], record: dict[str, Any]) -> tuple[list[Weights], Weights]:
    """A model for each fold that did not see it, and the one of all."""
    figures, models = {}, {}
    for strength in STRENGTHS["speaker"]:
        models[strength] = [fit_speaker(others(items, fold), strength) for fold in range(FOLDS)]
        right = [share_right([i for i in items if i.fold == n], model) for n, model in enumerate(models[strength])]
        figures[strength] = round(sum(right) / FOLDS, 4)
    best = max(figures, key=lambda strength: (figures[strength], strength))
    record["speaker"] = {"choices": len(items), "l2": best, "right_in_unseen_folds": figures}
    return models[best], fit_speaker(items, best)


def learn_sure(items: Sequence[Choice], models: Sequence[Weights], record: dict[str, Any]) -> Weights:
    """How often choices by models that did not see them are right; of words that pass for said, since only those
    have a speaker."""
    made = choices_made(items, models)
    sure = fit_said(made, STRENGTHS["sure"][0])
    record["sure"] = {"l2": STRENGTHS["sure"][0], "unseen_folds": reliability(made, sure)}
    return sure


def decided(item: Words, logit: float, together: Weights) -> float:
    """The probability that the words were said, as extraction has it."""
    return rank.together(logit, lambda: item.wording, together, item.domain)


def fit_together(items: Sequence[Words], logits: Sequence[float]) -> Weights:
    """How much the two logits count, in news and in a state's copy: weights that maximise the likelihood of what the
    features leave open.
    """
    found: dict[str, float] = {}
    for domain in ("", OF_A_STATE):
        rows = [(item, logit) for item, logit in zip(items, logits, strict=True) if item.domain == domain]
        rows = [(item, logit) for item, logit in rows if abs(logit) <= rank.CERTAIN]
        if not rows:  # nothing is left open: features decide alone
            found |= {domain + name: value for name, value in zip(rank.TOGETHER, (0.0, 1.0, 0.0), strict=True)}
            continue
        design = np.array([[1.0, logit, rank.limited(item.wording)] for item, logit in rows])
        signs = np.array([1.0 if item.said else -1.0 for item, _ in rows])

        values = np.round(minimised(log_likelihood(design, signs, 1.0), design.shape[1]), 4).tolist()
        found |= {domain + name: value for name, value in zip(rank.TOGETHER, values, strict=True)}
    return found


def learn_together(items: Sequence[Words], strength: float, record: dict[str, Any]) -> Weights:
    """The model of both logits; ``strength`` is that with which ``said`` is learnt."""
    models = [fit_said(others(items, fold), strength) for fold in range(FOLDS)]
    logits = [rank.total(item.features, models[item.fold]) for item in items]
    together = fit_together(items, logits)
    every = [decided(item, logit, together) for item, logit in zip(items, logits, strict=True)]
    for name, domain in (("news", ""), ("state", OF_A_STATE)):
        rows = [(item, p) for item, p in zip(items, every, strict=True) if item.domain == domain]
        if rows:
            record.setdefault("together", {})[name] = figures([item for item, _ in rows], [p for _, p in rows])
    return together


class Said(NamedTuple):
    """The model ``said``, its strength, and the keys of what models of the other folds keep."""

    weights: Weights
    strength: float
    taken: set[tuple[int, int]]


def learn_said(items: Sequence[Words], record: dict[str, Any]) -> Said:
    """The model of all rows, its strength, and what models of the other folds keep."""
    figures, found = {}, {}
    for strength in STRENGTHS["said"]:
        found[strength] = unseen(items, strength)
        figures[strength] = log_loss(items, found[strength])
    best = min(figures, key=lambda strength: (figures[strength], -strength))
    record["said"] = {
        "rows": len(items),
        "l2": best,
        "log_loss_in_unseen_folds": figures,
        "unseen_folds": {str(t): at_threshold(items, found[best], t) for t in (0.3, 0.4, 0.5, 0.6)},
    }
    taken = {item.key for item, p in zip(items, found[best], strict=True) if p >= SAID}
    return Said(fit_said(items, best), best, taken)


def save(output: Path, models: Mapping[str, Weights], record: Mapping[str, Any]) -> None:
    """Weights, names of the features, and the record."""
    output.mkdir(parents=True, exist_ok=True)
    arrays = {head: np.array(list(weights.values()), dtype=np.float32) for head, weights in models.items()}
    save_file(arrays, str(output / "weights.safetensors"))
    names = "".join(f"{head}\t{name}\n" for head, weights in models.items() for name in weights)
    (output / "features.txt").write_text(names, encoding="utf-8")
    written = ("features.txt", "weights.safetensors", network.WEIGHTS, network.PIECES)
    sums = {name: sha256((output / name).read_bytes()).hexdigest() for name in written if (output / name).exists()}
    content = json.dumps({"sha256": sums, **record}, indent=1)
    (output / "record.json").write_text(content + "\n", encoding="utf-8")


def main() -> None:
    """Train, report, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the documents and the gold, as JSON Lines")
    parser.add_argument("--output", type=Path, default=Path("src/quotes/models/attribution"))
    options = parser.parse_args()
    files = sorted([*options.data.glob("polnear_*.jsonl"), *(options.data / name for name in STATE_FILES)])
    record: dict[str, Any] = {
        "data": {path.name: sha256(path.read_bytes()).hexdigest() for path in files},
        "min_count": MIN_COUNT,
    }
    train, dev = read(options.data, "train", readings.read(readings.POLNEAR)), read(options.data, "dev", {})
    train += read_state(options.data, readings.read(readings.STATE))
    open_choices = choices(train)
    models, speaker = learn_speaker(open_choices, record)
    sure = learn_sure(open_choices, models, record)
    unseen = wording_rows.read_unseen()
    taken = learn_said(words(train, models, sure, unseen), record).taken
    sure = learn_sure([choice for choice in open_choices if choice.key in taken], models, record)
    decisions = words(train, models, sure, unseen)
    said = learn_said(decisions, record)
    together = learn_together(decisions, said.strength, record)
    record["features"] = {"speaker": len(speaker), "sure": len(sure), "said": len(said.weights)}
    rows = words(dev, [speaker], sure, {})
    logits = [rank.total(item.features, said.weights) for item in rows]
    made = choices(dev)
    record["dev"] = {
        "speaker_right": share_right(made, speaker),
        "sure": reliability(choices_made(made, [speaker]), sure),
        "said": figures(rows, [rank.probability(logit) for logit in logits]),
        "together": figures(rows, [decided(item, one, together) for one, item in zip(logits, rows, strict=True)]),
    }
    weights = {"speaker": speaker, "sure": sure, "said": said.weights, "together": together}
    save(options.output, weights, record)
    print(json.dumps({name: part for name, part in record.items() if name != "data"}, indent=1))


if __name__ == "__main__":
    main()
