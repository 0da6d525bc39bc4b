"""The models of attribution: weights that load, fit their record, and say rightly how sure they are."""

from __future__ import annotations

import importlib.util
import json
import math
import sys
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import readings
from quotes.evaluate import read_gold
from quotes.models import attribution as weights_of
from quotes.pipeline import extract_document
from quotes.records import Document, Span
from quotes.registry import load as load_registry
from quotes.stages import rank
from quotes.stages.options import Option

TRAINING = Path(__file__).parents[1] / "training"
FIELDS = ("doc_id", "text", "title", "published", "publisher", "url", "lang")
MATCH = 0.8
"""Intersection over union from which a quotation is the gold one."""


@pytest.fixture(scope="module")
def train() -> ModuleType:
    spec = importlib.util.spec_from_file_location("train_attribution", TRAINING / "train_attribution.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["train_attribution"] = module
    spec.loader.exec_module(module)
    return module


def record() -> dict[str, Any]:
    text = files("quotes.models.attribution").joinpath("record.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def test_the_record_counts_the_shipped_features() -> None:
    assert record()["features"] == {head: len(weights_of.weights(head)) for head in ("speaker", "sure", "said")}


def test_the_card_gives_the_figures_of_the_record() -> None:
    card = files("quotes.models.attribution").joinpath("MODEL_CARD.md").read_text(encoding="utf-8")
    for row in record()["dev"]["sure"]:
        assert f"| {row['choices']} | {row['sure']:.3f} | {row['right']:.3f} |" in card


def option(rule: str, start: int, features: tuple[str, ...]) -> Option:
    return Option(rule, Span(start, start + 1), Span(start, start + 4), "say", "say", 1, features)


def test_mentions_of_one_speaker_add_up() -> None:
    options = [option("left", 0, ("a",)), option("right", 0, ("a",)), option("topic", 9, ("b",))]
    best, share = rank.likeliest(options, {"a": 0.0, "b": 0.5})
    assert best.mention == Span(0, 4)
    assert share == pytest.approx(2 / (2 + math.exp(0.5)))


def test_nobody_is_chosen_where_nobody_is_named() -> None:
    assert rank.rank([], {}, {}) == (None, 0.0)


def test_what_was_never_seen_counts_nothing() -> None:
    assert rank.logistic(["never seen"], {}) == 0.5
    assert rank.logistic(["far"], {"far": 1e9}) <= 1.0


def corpus(train: ModuleType, folder: Path) -> list[Any]:
    """Invented articles with their gold, in the form of the corpus that the script reads."""
    documents, gold = [], []
    for i in range(40):
        said = i % 2 == 0
        head, words = ("Aldo Brenn called the port “", "a small miracle") if said else ("The band played “", "Sea Song")
        documents.append({"doc_id": f"d{i:02}", "text": f"Ostrel is quiet.\n{head}{words}” on day {i}."})
        start = len("Ostrel is quiet.\n") + len(head)
        row = {"doc_id": f"d{i:02}", "quote_start": start, "quote_end": start + len(words), "suspect": ""}
        row |= {"kind": "mixed" if said else "scare", "speaker_name": "Aldo Brenn" if said else None}
        row |= {"speaker_text": "Aldo Brenn" if said else None, "speaker_start": 17 if said else None}
        gold.append(row | {"speaker_end": 27 if said else None})
    for name, rows in (("docs", documents), ("gold", gold)):
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / f"polnear_train_{name}.jsonl").write_text(lines, encoding="utf-8")
    return list(train.read(folder, "train", {}))


def test_training_learns_what_the_articles_show(train: ModuleType, tmp_path: Path) -> None:
    articles = corpus(train, tmp_path)
    found: dict[str, Any] = {}
    choices = train.choices(articles)
    models, speaker = train.learn_speaker(choices, found)
    sure = train.learn_sure(choices, models, found)
    decisions = train.words(articles, models, sure, {})
    said = train.learn_said(decisions, found)
    assert {articles[n].rows[i]["kind"] for n, i in said.taken} == {"mixed"}
    together = train.learn_together(decisions, said.strength, found)
    assert together["features"] > 0
    assert found["together"]["news"]["log_loss"] < 0.1
    assert train.share_right(choices, speaker) == 1.0
    again: dict[str, Any] = {}
    assert train.learn_speaker(train.choices(articles), again)[1] == speaker
    train.save(tmp_path / "out", {"speaker": speaker, "sure": sure, "said": said.weights}, found)
    lines = (tmp_path / "out" / "features.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(speaker) + len(sure) + len(said.weights)


def gold_row(kind: str, speaker: tuple[int, int] | None) -> dict[str, Any]:
    start, end = speaker or (None, None)
    row = {"doc_id": "d", "quote_start": 20, "quote_end": 30, "kind": kind, "suspect": ""}
    return row | {"speaker_start": start, "speaker_end": end, "speaker_text": None, "speaker_name": None}


def test_a_sure_reading_counts_and_an_unsure_one_only_doubts() -> None:
    text = "Brenn said he called it “a small one” again."
    sure = {("d", 20, 30): readings.Reading(False, True, None)}
    unsure = {("d", 20, 30): readings.Reading(False, False, None)}
    other = {("d", 20, 30): readings.Reading(True, False, (11, 13))}
    assert readings.corrected(gold_row("mixed", (0, 5)), sure, text)["kind"] == "scare"
    assert readings.corrected(gold_row("mixed", (0, 5)), unsure, text)["suspect"] == readings.UNSURE
    assert readings.corrected(gold_row("scare", None), unsure, text) == gold_row("scare", None)
    assert readings.corrected(gold_row("mixed", (0, 5)), other, text)["also"] == (11, 13)
    assert readings.corrected(gold_row("direct", (0, 5)), {}, text) == gold_row("direct", (0, 5))


def test_who_is_found_by_reading_where_the_corpus_names_nobody() -> None:
    text = "Brenn said he called it “a small one” again."
    said = {("d", 20, 30): readings.Reading(True, True, (0, 5))}
    found = readings.corrected(gold_row("scare", None), said, text)
    assert (found["kind"], found["speaker_start"], found["speaker_text"]) == ("mixed", 0, "Brenn")


@pytest.mark.parametrize("path", [readings.POLNEAR, readings.POLNEAR_DEV, readings.STATE, readings.STATE_DEV])
def test_every_reading_is_a_place_and_holds_no_word(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines == [lines[0], *sorted(lines[1:], key=lambda line: (line.split("\t")[0], int(line.split("\t")[1])))]
    for line in lines[1:]:
        _, start, end, verdict, sure, low, high = line.split("\t")
        assert int(start) < int(end)
        assert verdict in {"said", "title", "term", "slogan", "scare", "open"}
        assert sure in {"yes", "no"}
        assert (low == "") == (high == "")
    assert len(readings.read(path)) == len(lines) - 1


def test_no_article_of_the_agency_serves_to_learn_and_to_check() -> None:
    learnt, checked = (({key[0] for key in readings.read(path)}) for path in (readings.STATE, readings.STATE_DEV))
    assert not learnt & checked


def test_speakers_are_as_often_right_as_they_are_sure(shared_data: Path) -> None:
    """Of the rows at a confidence of about 0.9, about nine of ten name the speaker rightly; the sure ones more."""
    gold = read_gold(shared_data / "polnear_dev_gold.jsonl")
    steps: dict[str, list[bool]] = {"below": [], "at": [], "above": []}
    lines = (shared_data / "polnear_dev_docs.jsonl").read_text(encoding="utf-8").splitlines()
    rows: dict[str, list[Any]] = {}
    for row in gold.rows:
        rows.setdefault(row["doc_id"], []).append(row)
    for line in lines:
        document = Document(*(json.loads(line)[field] for field in FIELDS))
        for found in extract_document(document, load_registry()).quotes:
            row = counterpart(found, rows.get(document.doc_id, []))
            if row is None or found["speaker_mention"] is None:
                continue
            confidence = found["speaker_confidence"]
            step = "below" if confidence < 0.85 else "at" if confidence < 0.95 else "above"
            steps[step].append(is_right(found, row))
    shares = {step: sum(right) / len(right) for step, right in steps.items()}
    assert 0.85 <= shares["at"] <= 0.97
    assert shares["below"] < shares["at"] < shares["above"]


def counterpart(found: Any, rows: list[Any]) -> Any:
    """The gold quotation of the same words with a speaker, not doubted by its annotators."""
    for row in rows:
        low, high = max(found["start"], row["quote_start"]), min(found["end"], row["quote_end"])
        union = max(found["end"], row["quote_end"]) - min(found["start"], row["quote_start"])
        if high > low and (high - low) / union >= MATCH:
            said = row["kind"] != "scare" and row["speaker_text"] and not row.get("suspect")
            return row if said else None
    return None


def is_right(found: Any, row: Any) -> bool:
    overlaps = min(found["speaker_end"], row["speaker_end"]) > max(found["speaker_start"], row["speaker_start"])
    names = {name.split()[-1] for name in (row["speaker_name"], row["speaker_text"]) if name}
    mine = {name.split()[-1] for name in (found["speaker"], found["speaker_mention"]) if name}
    return overlaps or bool(names & mine)


def test_errors_of_the_folds_are_told_by_their_kind(train: ModuleType) -> None:
    assert train is sys.modules["train_attribution"]
    import fold_figures

    said = gold_row("direct", (0, 5)) | {"doc_id": "d", "speaker_text": "Brenn", "speaker_name": "Brenn"}
    other = said | {"quote_start": 100, "quote_end": 110}
    lost = said | {"quote_start": 200, "quote_end": 210, "kind": "mixed"}
    kept = gold_row("scare", None) | {"doc_id": "d", "quote_start": 300, "quote_end": 310}
    answer = {"doc_id": "d", "kind": "direct", "rule": "quote=straight", "speaker": None, "speaker_start": None}
    found = [
        answer | {"start": row["quote_start"], "end": row["quote_end"], "speaker_mention": name}
        for row, name in ((said, "Brenn"), (other, "Harrow"), (kept, "Brenn"))
    ]
    beside = answer | {"start": 400, "end": 410, "speaker_mention": "Brenn"}
    errors = fold_figures.errors([said, other, lost, kept], [*found, beside])
    told = [(error["error"], error["start"]) for error in errors]
    assert told == [("speaker", 100), ("lost mixed", 200), ("kept", 300), ("beside", 400)]


def test_what_a_feature_counts_in_a_state_s_copy(train: ModuleType) -> None:
    assert train is sys.modules["train_attribution"]
    import fold_figures

    weights = {"a": 1.0, "state:a": 0.5, "state:b": 2.0, "c": 3.0}
    assert fold_figures.of_a_state(weights) == {"a": 1.5, "b": 2.0, "c": 3.0}
