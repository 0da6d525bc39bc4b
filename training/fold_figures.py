"""How good attribution is in documents that its weights have not seen: the folds of the training documents.

    python training/fold_figures.py --data ../shared/data

Each document is read by weights learnt from the other folds, with all rules on top, and its rows are judged by the
labels as they were read again: PolNeAR's training articles by every figure, an agency's by how many of the strings
read without hesitation are rightly found and rightly left. ``--errors FILE`` writes what was lost, kept, found beside
gold or given to another, by place. The choices of rules and thresholds are made on these figures. Two minutes on one
core.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import readings
import wording_rows
from quotes import registry as registries
from quotes.evaluate import evaluate
from quotes.evaluate.match import match
from quotes.models.attribution import of_a_state
from quotes.registry import Registry
from quotes.rows import Found, quote_rows
from quotes.stages import attribute, block, date, judge, rank, resolve, source
from quotes.stages.options import Option
from quotes.stages.told import OF_A_STATE
from train_attribution import (
    Gold,
    Read,
    Weights,
    Words,
    choices,
    documents,
    fit_said,
    learn_said,
    learn_speaker,
    learn_sure,
    learn_together,
    others,
    read,
    read_state,
    worded,
    words,
)
from wording_rows import FOLDS

SHOWN = ("recall_direct", "recall_mixed", "scare_kept_as_quote", "span_P", "span_R", "attribution_acc", "end_to_end_F1")


class Learnt(NamedTuple):
    """The weights by which one fold is read."""

    speaker: Weights
    sure: Weights
    said: Weights
    together: Weights


def learnt(train: Sequence[Read]) -> list[Learnt]:
    """Weights without each fold, by the steps that give those that are shipped."""
    record: dict[str, Any] = {}
    open_choices = choices(train)
    models, _ = learn_speaker(open_choices, record)
    sure = learn_sure(open_choices, models, record)
    unseen = wording_rows.read_unseen()
    taken = learn_said(words(train, models, sure, unseen), record).taken
    sure = learn_sure([choice for choice in open_choices if choice.key in taken], models, record)
    decisions = words(train, models, sure, unseen)
    strength = learn_said(decisions, record).strength
    together = learn_together(decisions, strength, record)
    return [Learnt(models[n], sure, without(decisions, n, strength), together) for n in range(FOLDS)]


def without(decisions: Sequence[Words], fold: int, strength: float) -> Weights:
    """The model of what was said without a fold."""
    return fit_said(others(decisions, fold), strength)


def rows(one: Read, by: Learnt, known: Registry, unseen: Mapping[readings.Key, float]) -> list[Any]:
    """The rows of an article, by weights that have not seen it."""
    said = of_a_state(by.said) if one.state_voice else by.said
    domain = OF_A_STATE if one.state_voice else ""

    def choose(_: int, options: Sequence[Option]) -> tuple[Option | None, float]:
        return rank.rank(options, by.speaker, by.sure)

    def weigh(index: int, features: Sequence[str]) -> float:
        def says() -> float:
            return worded(one, one.candidates[index], unseen)

        return rank.together(rank.total(features, said), says, by.together, domain)

    statements = block.find(one.article, one.candidates)
    attributions = attribute.attribute(one.article, one.candidates, choose, weigh, state_voice=one.state_voice)
    quotations, _ = judge.judge(one.article, one.candidates, attributions, statements, state_voice=one.state_voice)
    speakers = resolve.resolve(one.article, quotations, known)
    said_on = date.date(one.article, quotations)
    credits = source.credit(one.article, quotations, known, speakers)
    found = [Found(*parts, ()) for parts in zip(quotations, speakers, said_on, credits, strict=True)]
    return quote_rows(one.article, found)


def gold_of(data: Path) -> tuple[list[Gold], list[Gold]]:
    """What is judged by: PolNeAR's rows as read again, and an agency's strings read without hesitation."""
    again = readings.read(readings.POLNEAR)
    texts = {one.doc_id: one.text for one in documents(data / "polnear_train_docs.jsonl")}
    lines = (data / "polnear_train_gold.jsonl").read_text(encoding="utf-8").splitlines()
    corrected = [readings.corrected(row, again, texts[row["doc_id"]]) for row in map(json.loads, lines)]
    state = [readings.row(key, one) for key, one in readings.read(readings.STATE).items() if one.sure]
    return [row for row in corrected if not row["suspect"]], state


def errors(gold: Sequence[Gold], found: Sequence[Any]) -> Iterable[dict[str, Any]]:
    """What was lost, kept, found beside gold, or given to another than gold names, by place."""
    judged = {row["doc_id"] for row in gold}
    asked = [row for row in found if row["doc_id"] in judged and row["kind"] in ("direct", "mixed")]
    pairs = match(gold, asked)
    for number, row in enumerate(gold):
        place = {"doc_id": row["doc_id"], "start": row["quote_start"], "end": row["quote_end"]}
        if row["kind"] == "scare" and number in pairs:
            yield {"error": "kept", **place, "rule": asked[pairs[number]]["rule"]}
        elif row["kind"] != "scare" and number not in pairs:
            yield {"error": f"lost {row['kind']}", **place}
        elif row["kind"] != "scare" and row["speaker_text"]:
            answer = asked[pairs[number]]
            if not evaluate([row], [answer], only="marked")["attribution_acc"]:
                named = {"said_by": row["speaker_text"], "given_to": answer["speaker_mention"], "rule": answer["rule"]}
                yield {"error": "speaker", **place, **named}
    taken = set(pairs.values())
    for number, answer in enumerate(asked):
        if number not in taken:
            place = {name: answer[name] for name in ("doc_id", "start", "end", "rule")}
            yield {"error": "beside", **place}


def main() -> None:
    """Learn, read, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the documents and the gold, as JSON Lines")
    parser.add_argument("--errors", type=Path, help="JSON Lines to write what went wrong to")
    options = parser.parse_args()
    train = read(options.data, "train", readings.read(readings.POLNEAR))
    train += read_state(options.data, readings.read(readings.STATE))
    models, known, unseen = learnt(train), registries.load(), wording_rows.read_unseen()
    found = [row for n, one in enumerate(train) for row in rows(one, models[n % FOLDS], known, unseen)]
    news, state = gold_of(options.data)
    figures = evaluate(news, found, only="marked")
    print(json.dumps({"news": {name: round(figures[name], 4) for name in SHOWN}}))
    places = {(row["doc_id"], row["quote_start"]): row["quote_end"] for row in state}
    ours = [row for row in found if any((row["doc_id"], at) in places for at in range(row["start"] - 2, row["end"]))]
    figures = evaluate(state, ours, only="marked")
    print(json.dumps({"state": {name: round(figures[name], 4) for name in ("recall_mixed", "scare_kept_as_quote")}}))
    if options.errors:
        lines = [json.dumps(error) for gold in (news, state) for error in errors(gold, found)]
        options.errors.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
