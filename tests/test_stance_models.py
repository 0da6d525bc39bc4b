"""Stance models that were not trained here: tiny ones of each form, made by the tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from quotes import models
from quotes.cli.app import app
from quotes.errors import ModelError
from quotes.models.folder import check
from quotes.models.inputs import encoded, shares
from quotes.models.loader import SHIPPED
from quotes.records import Span, StanceInput

TEXT = "The minister praised Norvania for its “wise and generous help.”"
ITEM = StanceInput(TEXT, Span(21, 29))
SENTIMENT = ("negative", "neutral", "positive")
NLI = ("contradiction", "neutral", "entailment")


def tiny(folder: Path, labels: tuple[str, ...], form: dict[str, Any] | None = None, seed: int = 1) -> Path:
    """A BERT classifier of one small layer with the shipped tokenizer, its weights drawn at random."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    tokenizer = AutoTokenizer.from_pretrained(str(SHIPPED))
    tokenizer.save_pretrained(str(folder))
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
        num_labels=len(labels),
        id2label=dict(enumerate(labels)),
        initializer_range=1.0,
    )
    BertForSequenceClassification(config).save_pretrained(str(folder))
    if form is not None:
        (folder / "stance.json").write_text(json.dumps(form), encoding="utf-8")
    return folder


def read_by(scorer: models.TransformerScorer, item: StanceInput = ITEM) -> list[str]:
    tokenizer = scorer._network.tokenizer
    return [tokenizer.decode(row.input_ids) for row in encoded(tokenizer, item, scorer.folder)]


def test_a_pair_model_is_known_by_its_labels(tmp_path: Path) -> None:
    scorer = models.load(tiny(tmp_path / "pair", SENTIMENT))
    assert scorer.folder.form.name == "pair"
    assert read_by(scorer) == [f"[CLS] {TEXT.lower()} [SEP] norvania [SEP]".replace("“", "“ ").replace("”", " ”")]
    [score] = scorer.score([ITEM])
    assert score.against + score.neutral + score.favour == pytest.approx(1, abs=2e-4)


def test_labels_of_another_order_mean_what_they_say(tmp_path: Path) -> None:
    usual = models.load(tiny(tmp_path / "one", SENTIMENT)).score([ITEM])[0]
    turned = models.load(tiny(tmp_path / "two", SENTIMENT[::-1])).score([ITEM])[0]
    assert (usual.against, usual.favour) == (turned.favour, turned.against)
    mapped = {"labels": {"LABEL_0": "against", "LABEL_1": "neutral", "LABEL_2": "favour"}}
    labels = ("LABEL_0", "LABEL_1", "LABEL_2")
    assert models.load(tiny(tmp_path / "three", labels, mapped)).score([ITEM])[0] == usual


def test_a_marked_model(tmp_path: Path) -> None:
    form = {"form": "marked", "markers": ["<", ">"]}
    scorer = models.load(tiny(tmp_path / "marked", SENTIMENT, form))
    assert "praised < norvania > for its" in read_by(scorer)[0]
    assert scorer.score([ITEM])


def test_an_nli_model_is_asked_once_a_side(tmp_path: Path) -> None:
    form = {"hypotheses": {"favour": "He likes {target}.", "against": "He hates {target}."}}
    scorer = models.load(tiny(tmp_path / "nli", NLI, form))
    assert scorer.folder.form.name == "nli"
    first, second = read_by(scorer)
    assert first.endswith("he likes norvania. [SEP]")
    assert second.endswith("he hates norvania. [SEP]")
    [score] = scorer.score([ITEM])
    assert score.against + score.neutral + score.favour == pytest.approx(1, abs=2e-4)


@pytest.mark.parametrize(
    ("favour", "against", "label"),
    [(0.9, 0.05, "favour"), (0.05, 0.9, "against"), (0.1, 0.1, "neutral"), (0.0, 0.0, "neutral")],
)
def test_entailment_is_the_side(tmp_path: Path, favour: float, against: float, label: str) -> None:
    folder = check(tiny(tmp_path / "nli", NLI), sealed=False)
    found = shares([(0.0, 1 - favour, favour), (1 - against, 0.0, against)], folder)
    assert sum(found) == pytest.approx(1)
    assert max(zip(found, ("against", "neutral", "favour"), strict=True))[1] == label


def test_temperature_and_threshold_of_the_manifest(tmp_path: Path) -> None:
    plain = models.load(tiny(tmp_path / "plain", SENTIMENT))
    soft = models.load(tiny(tmp_path / "soft", SENTIMENT, {"temperature": 5.0, "abstain_below": 0.6}))
    assert plain.abstain_below is None
    assert soft.abstain_below == 0.6
    assert soft.score([ITEM])[0].confidence < plain.score([ITEM])[0].confidence
    assert soft.revision != plain.revision


def test_a_long_text_loses_its_far_ends_and_never_the_target(tmp_path: Path) -> None:
    text = "sea " * 400 + "Norvania" + " hill" * 400
    item = StanceInput(text, Span(1600, 1608))
    for name, form in (("pair", {}), ("marked", {"form": "marked"})):
        scorer = models.load(tiny(tmp_path / name, SENTIMENT, form))
        [row] = encoded(scorer._network.tokenizer, item, scorer.folder)
        words = scorer._network.tokenizer.convert_ids_to_tokens(row.input_ids)
        assert len(words) <= scorer.folder.form.max_tokens
        assert words.count("nor") or words.count("norvania") or "##van" in words
        assert abs(words.count("sea") - words.count("hill")) <= 2


def test_every_form_scores_alike_in_any_company(tmp_path: Path) -> None:
    inputs = [StanceInput(TEXT + " So it was." * n, ITEM.span) for n in (0, 0, 1, 2, 1)] + [ITEM]
    for name, labels, form in (("pair", SENTIMENT, {}), ("nli", NLI, {}), ("marked", SENTIMENT, {"form": "marked"})):
        scorer = models.load(tiny(tmp_path / name, labels, form))
        alone = [scorer.score([item])[0] for item in inputs]
        assert scorer.score(inputs) == alone
        assert scorer.score(inputs[::-1]) == alone[::-1]


@pytest.mark.parametrize(
    ("labels", "form", "said"),
    [
        (("LABEL_0", "LABEL_1", "LABEL_2"), {}, "not known which mean"),
        (("negative", "positive"), {}, "not known which mean"),
        (SENTIMENT, {"form": "haiku"}, "haiku"),
        (SENTIMENT, {"form": "nli"}, "entailment"),
        (SENTIMENT, {"form": "marked", "markers": "["}, "markers"),
        (NLI, {"hypotheses": {"favour": "yes", "against": "no {target}"}}, "hypotheses"),
        (SENTIMENT, {"temperature": 0}, "temperature"),
        (SENTIMENT, {"max_tokens": 4}, "max_tokens"),
        (SENTIMENT, {"max_tokens": 63}, "max_tokens"),
        (SENTIMENT, {"abstain_below": 7}, "abstain_below"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, labels: tuple[str, ...], form: dict[str, Any], said: str) -> None:
    with pytest.raises(ModelError, match=said):
        models.load(tiny(tmp_path / "bad", labels, form))


def test_weights_without_a_head_are_refused(tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    folder = tiny(tmp_path / "bad", SENTIMENT)
    weights = load_file(folder / "model.safetensors")
    headless = {name: value for name, value in weights.items() if "classifier" not in name}
    save_file(headless, folder / "model.safetensors")
    with pytest.raises(ModelError, match="lack"):
        models.load(folder).open()


ARTICLE = {"doc_id": "a-1", "text": f"{TEXT} “Norvania is our pride,” President Aldo Brenn said."}


def run(tmp_path: Path, *words: object) -> Any:
    (tmp_path / "in.jsonl").write_text(json.dumps(ARTICLE) + "\n", encoding="utf-8")
    return CliRunner().invoke(app, [*map(str, words)])


@pytest.mark.parametrize("command", ["extract", "build", "score"])
def test_a_wrong_model_is_told_before_anything_is_read(tmp_path: Path, command: str) -> None:
    missing = run(tmp_path, command, tmp_path / "no.jsonl", "-o", tmp_path / "out", "--stance-model", tmp_path / "none")
    assert missing.exit_code != 0
    folder = tiny(tmp_path / "model", ("LABEL_0", "LABEL_1", "LABEL_2"))
    (tmp_path / "in.jsonl").write_text("not even JSON", encoding="utf-8")
    output = tmp_path / ("out" if command == "build" else "out.jsonl")
    done = CliRunner().invoke(
        app, [command, str(tmp_path / "in.jsonl"), "-o", str(output), "--stance-model", str(folder)]
    )
    assert done.exit_code == 2
    assert "not known which mean" in " ".join(done.output.split())
    assert not output.exists()


def test_extract_with_another_model(tmp_path: Path) -> None:
    folder = tiny(tmp_path / "model", SENTIMENT)
    output = tmp_path / "out.jsonl"
    done = run(tmp_path, "extract", tmp_path / "in.jsonl", "-o", output, "--stance-model", folder, "-w", 1)
    assert done.exit_code == 0, done.output
    rows = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert rows
    assert {row["abstained"] for row in rows} == {None}
    assert all(row["stance"] in ("against", "neutral", "favour") for row in rows if row["target"])


def test_the_commit_may_stand_behind_an_at() -> None:
    with pytest.raises(ModelError, match="'main' is no commit"):
        models.load("norvania/stance@main")


def test_eight_bits_are_for_models_trained_here(tmp_path: Path) -> None:
    folder = tiny(tmp_path / "pair", SENTIMENT)
    done = run(tmp_path, "score", tmp_path / "no.jsonl", "--stance-model", folder, "--stance-precision", "int8")
    assert done.exit_code == 2
    assert "Leave --stance-precision out" in done.output
