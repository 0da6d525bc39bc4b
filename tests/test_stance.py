"""Stance: what the model reads, and the shipped model: loaded, checked, the same score in any company."""

from __future__ import annotations

import json
import pickle
import re
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes import models, pipeline, registry
from quotes.errors import DocumentError, ModelError, UsageError
from quotes.models import eight_bits
from quotes.models.encoding import MAX_TOKENS, encode
from quotes.models.inputs import encoded
from quotes.models.loader import SHIPPED
from quotes.models.scorer import _MARGIN, _key
from quotes.records import Document, Quotation, Span, StanceInput, StanceScore, Target
from quotes.stages import clean, stance

PRAISE = "The minister praised Norvania for its “wise and generous help.”"
ATTACK = "The minister condemned Norvania for its “brazen lies.”"
PLAIN = "The minister said the Norvanian delegation would “arrive on Friday at noon.”"


def about(text: str, words: str = "Norvania") -> StanceInput:
    start = text.index(words)
    return StanceInput(text, Span(start, start + len(words)))


@pytest.fixture(scope="module")
def scorer() -> models.TransformerScorer:
    return models.load()


def framed(text: str, quote: str, target: str, kind: str = "mixed") -> tuple[str, str]:
    """What the model reads of a quotation and a target, and the target in it."""
    article = clean.read(Document("d", text))
    start, at = article.text.index(quote), article.text.index(target)
    span = Span(start, start + len(quote))
    outer = span if kind == "block" else Span(span.start - 1, span.end + 1)
    quotation = Quotation(span, outer, kind, None, None, 1.0, "given")
    item = stance.frame(article, quotation, Span(at, at + len(target)))
    return item.text, item.text[slice(*item.span)]


def test_frame_is_the_narrators_sentence() -> None:
    text = f"Snow fell on Monday. {ATTACK} Nobody answered."
    assert framed(text, "brazen lies.", "Norvania") == (ATTACK, "Norvania")


def test_frame_begins_at_a_mark_printed_backwards() -> None:
    text = "Weapons gleamed in the square.”Norvania was never alone,” Brenn stated."
    read, target = framed(text, "Norvania was never alone,", "Norvania", "direct")
    assert (read, target) == ("”Norvania was never alone,” Brenn stated.", "Norvania")


def test_frame_of_several_sentences_in_the_marks() -> None:
    text = "Nobody spoke. “Norvania is rich. It is not kind,” Brenn said. The hall was cold."
    read, target = framed(text, "Norvania is rich. It is not kind,", "Norvania", "direct")
    assert target == "Norvania"
    assert read == "“Norvania is rich. It is not kind,” Brenn said."


def test_frame_brings_a_far_target_along() -> None:
    text = "Norvania sent ships. The sea was calm. The wind fell. Brenn called it “a farce.”"
    assert framed(text, "a farce.", "Norvania") == (
        "Norvania sent ships. Brenn called it “a farce.”",
        "Norvania",
    )


def test_frame_of_a_statement_is_the_sentence_that_names_the_target() -> None:
    filler = "The harvest was good and the mills are turning day and night. " * 12
    statement = f"{filler}Norvania alone stood aside. {filler}".strip()
    text = f"Brenn released the following statement:\n{statement}"
    assert framed(text, statement, "Norvania", "block") == ("Norvania alone stood aside.", "Norvania")


def read_of(statement: str, *targets: str) -> list[str]:
    """The sentences of a statement that are read for a target named by ``targets``, one after another."""
    text = f"Brenn released the following statement:\n{statement}"
    article = clean.read(Document("d", text))
    start = text.index(statement)
    span = Span(start, len(text))
    first, *places = [Span(match.start(), match.end()) for match in re.finditer("|".join(targets), text)]
    about = Target(targets[0], None, first, "given", tuple(places))
    quotation = Quotation(span, span, "block", None, None, 1.0, "given")
    return [item.text for item in stance.frames(article, quotation, about)]


def test_every_sentence_of_a_statement_that_names_the_target_is_read_once() -> None:
    filler = "The harvest was good and the mills are turning day and night. " * 12
    named = ["Norvania alone stood aside, and Norvania knew why.", "Sellin is the shame of the coast."]
    statement = f"{named[0]} {filler}{named[1]} {filler}".strip()
    assert read_of(statement, "Norvania", "Sellin") == named


def test_of_many_sentences_some_are_read_spread_evenly() -> None:
    every = [f"In year {year} Norvania sent {year} ships and called them a present." for year in range(1, 41)]
    read = read_of(" ".join(every), "Norvania")
    assert (len(read), read[0], read[-1]) == (8, every[0], every[-1])
    assert read == sorted(set(read), key=every.index)


def test_several_sentences_say_together_what_the_opinionated_ones_say() -> None:
    plain, hostile = StanceScore(0.1, 0.85, 0.05), StanceScore(0.9, 0.05, 0.05)
    together = StanceScore.over([plain, hostile, plain])
    assert together.label == "against"
    assert together.confidence < hostile.confidence
    assert together == StanceScore.over([hostile, plain, plain])
    assert round(together.against + together.neutral + together.favour, 4) == 1
    assert StanceScore.over([plain]) == plain
    assert StanceScore.over([plain] * 9).label == "neutral"


@given(st.text(max_size=80), st.text(min_size=1, max_size=80), st.text(max_size=80), st.data())
def test_frame_of_any_text_holds_the_target(
    before: str, inside: str, after: str, data: st.DataObject
) -> None:
    article = clean.read(Document("d", f"{before}“{inside}”{after}"))
    size = len(article.text)
    start = data.draw(st.integers(0, size - 1))
    quotation = Quotation(
        Span(start, size), Span(max(0, start - 1), size), "direct", None, None, 1.0, "given"
    )
    begin = data.draw(st.integers(0, size - 1))
    span = Span(begin, data.draw(st.integers(begin + 1, size)))
    item = stance.frame(article, quotation, span)
    assert item.text[slice(*item.span)] == article.text[slice(*span)]


def test_signs(scorer: models.TransformerScorer) -> None:
    praise, attack, plain = scorer.score(
        [about(PRAISE), about(ATTACK), about(PLAIN, "the Norvanian delegation")]
    )
    assert (praise.label, attack.label, plain.label) == ("favour", "against", "neutral")
    assert praise.score > 0.5
    assert attack.score < -0.5


def test_probabilities(scorer: models.TransformerScorer) -> None:
    for score in scorer.score([about(PRAISE), about(ATTACK)]):
        shares = (score.against, score.neutral, score.favour)
        assert all(0 <= share <= 1 and share == round(share, 4) for share in shares)
        assert sum(shares) == pytest.approx(1, abs=2e-4)


def test_a_score_does_not_depend_on_its_company(scorer: models.TransformerScorer) -> None:
    texts = [PRAISE, ATTACK, "Norvania.", f"{ATTACK} {PRAISE} " * 10, "Norvania " + "and the sea " * 300]
    inputs = [about(text) for text in texts]
    alone = [scorer.score([item])[0] for item in inputs]
    assert scorer.score(inputs) == alone
    assert scorer.score(inputs[::-1]) == alone[::-1]
    assert scorer.score([inputs[0], *inputs, inputs[0]]) == [alone[0], *alone, alone[0]]


WORDS = ["Norvania", "said", "help", "lies", "wise", "the port", "and", "never", "brazen", "praised", "condemned", "of"]
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=24).map(lambda words: " ".join(["Norvania", *words]) + ".")


@settings(max_examples=20, deadline=None)
@given(st.lists(SENTENCES, min_size=2, max_size=24), st.integers(1, 12), st.randoms())
def test_scores_are_the_same_in_any_batch_and_order(
    scorer: models.TransformerScorer, texts: list[str], size: int, random: Random
) -> None:
    inputs = [about(text) for text in texts]
    alone = {item: scorer.score([item])[0] for item in inputs}
    random.shuffle(inputs)
    parts = [scorer.score(inputs[begin : begin + size]) for begin in range(0, len(inputs), size)]
    assert [score for part in parts for score in part] == [alone[item] for item in inputs]


@pytest.mark.parametrize("precision", ["full", "int8"])
def test_what_the_margin_is_for(precision: models.Precision) -> None:
    """In a batch no probability moves by more than a quarter of the margin within which a row is computed again."""
    scorer = models.load(precision=precision)
    ends = ("lies.", "help.", "port.", "sea.")
    texts = [f"{opening} for its “{end}”" for opening in (PRAISE, ATTACK) for end in ends]
    parts = [encoded(scorer._network.tokenizer, about(text), scorer.folder)[0] for text in texts * 8]
    keys = [_key(part) for part in parts if len(part.input_ids) == len(parts[0].input_ids)]
    assert len(keys) >= 8
    together = scorer._probabilities(keys)
    alone = [scorer._probabilities([key])[0] for key in keys]
    moved = max(abs(a - b) for x, y in zip(together, alone, strict=True) for a, b in zip(x, y, strict=True))
    assert moved < _MARGIN[precision] / 4


def test_the_network_is_that_of_transformers(scorer: models.TransformerScorer) -> None:
    import torch
    from transformers import AutoModelForSequenceClassification

    usual = AutoModelForSequenceClassification.from_pretrained(str(SHIPPED), dtype=torch.float32).eval()
    rows = [encoded(scorer._network.tokenizer, about(text), scorer.folder)[0] for text in (PRAISE, ATTACK)]
    for row in rows:
        with torch.inference_mode():
            expected = usual(
                input_ids=torch.tensor([row.input_ids]), token_type_ids=torch.tensor([row.token_type_ids])
            ).logits
        assert (scorer._network.logits([row]) - expected).abs().max() < 1e-4


def test_a_score_does_not_depend_on_threads_or_process(scorer: models.TransformerScorer) -> None:
    import torch

    before = torch.get_num_threads()
    scores = []
    try:
        for threads in (1, 2):
            torch.set_num_threads(threads)
            scores.append(scorer.score([about(PRAISE), about(ATTACK)]))
            assert torch.get_num_threads() == threads
    finally:
        torch.set_num_threads(before)
    assert scores[0] == scores[1]
    sent = pickle.loads(pickle.dumps(scorer))
    assert sent.revision == scorer.revision
    assert sent.score([about(PRAISE)]) == scores[0][:1]


@pytest.fixture(scope="module")
def eight() -> models.TransformerScorer:
    return models.load(precision="int8")


@settings(max_examples=20, deadline=None)
@given(st.lists(SENTENCES, min_size=2, max_size=24), st.integers(1, 12), st.randoms())
def test_eight_bits_give_the_same_in_any_batch_and_order(
    eight: models.TransformerScorer, texts: list[str], size: int, random: Random
) -> None:
    inputs = [about(text) for text in texts]
    alone = {item: eight.score([item])[0] for item in inputs}
    random.shuffle(inputs)
    parts = [eight.score(inputs[begin : begin + size]) for begin in range(0, len(inputs), size)]
    assert [score for part in parts for score in part] == [alone[item] for item in inputs]


def test_eight_bits_are_nearly_full_precision(
    scorer: models.TransformerScorer, eight: models.TransformerScorer
) -> None:
    inputs = [about(text) for text in (PRAISE, ATTACK, f"{ATTACK} {PRAISE} " * 10, "Norvania.")]
    for near, full in zip(eight.score(inputs), scorer.score(inputs), strict=True):
        assert near.label == full.label
        assert near.score == pytest.approx(full.score, abs=0.1)
    assert eight.revision == f"{scorer.revision}-int8"
    assert pickle.loads(pickle.dumps(eight)).revision == eight.revision


def test_eight_bits_give_the_same_without_the_instructions(
    eight: models.TransformerScorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = [about(text) for text in (PRAISE, ATTACK, f"{ATTACK} {PRAISE} " * 10)]
    expected = eight.score(inputs)
    monkeypatch.setattr(eight_bits, "has_instructions", lambda: False)
    assert models.TransformerScorer(eight.folder, "int8").score(inputs) == expected


@pytest.mark.parametrize("instructions", [True, False])
@pytest.mark.parametrize("signs", [(1, 1), (1, -1), (-1, -1)])
def test_products_of_eight_bits_are_exact(
    monkeypatch: pytest.MonkeyPatch, instructions: bool, signs: tuple[int, int]
) -> None:
    """At the most that can come together: 1,536 times 127 times 127 is more than single precision counts exactly."""
    import torch

    if instructions and not eight_bits.has_instructions():
        pytest.skip("this processor has none")
    monkeypatch.setattr(eight_bits, "has_instructions", lambda: instructions)
    left, right = (torch.full((64, 1536), 127 * sign, dtype=torch.int8) for sign in signs)
    left[1:, ::3] -= 1
    right[5:, ::7] += 1
    scale = torch.linspace(0.1, 0.9, 64)
    expected = (left.long() @ right.long().t()).float() * scale
    assert torch.equal(eight_bits.product(left, eight_bits.prepared(right), scale), expected)



def test_no_input_no_score(scorer: models.TransformerScorer) -> None:
    assert scorer.score([]) == []


def test_a_target_outside_its_text(scorer: models.TransformerScorer) -> None:
    for span in (Span(0, 0), Span(3, 2), Span(0, 99), Span(-1, 2)):
        with pytest.raises(ValueError, match="does not lie"):
            scorer.score([StanceInput("Norvania", span)])


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 400), st.integers(1, 120), st.integers(0, 400), st.integers(16, MAX_TOKENS))
def test_a_long_text_never_loses_its_target(
    scorer: models.TransformerScorer, left: int, middle: int, right: int, most: int
) -> None:
    text = "sea " * left + "port " * middle + "hill " * right
    item = StanceInput(text, Span(4 * left, 4 * left + 5 * middle - 1))
    tokenizer = scorer._network.tokenizer
    encoded = encode(tokenizer, item, max_tokens=most)
    assert len(encoded.input_ids) == len(encoded.token_type_ids) <= most
    words = tokenizer.convert_ids_to_tokens(encoded.input_ids)
    opening, closing, end = words.index("["), words.index("]"), words.index("[SEP]")
    target = words[opening + 1 : closing]
    assert target
    assert set(target) == {"port"}
    assert words[end + 1 :] == [*target, "[SEP]"]
    sea, hill = words[1:opening].count("sea"), words[closing:].count("hill")
    if middle <= 5 and len(words) < most - 1:
        assert (sea, hill) == (left, right)


def test_nothing_heavy_is_imported_before_the_first_score() -> None:
    code = (
        "import sys; from quotes import models; from quotes.stages import stance, target; models.load();"
        "sys.exit(any(name in sys.modules for name in ('torch', 'transformers', 'safetensors')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the shipped model that a test may damage."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "model"))


def test_a_folder_scores_like_the_shipped_model(copied: Path, scorer: models.TransformerScorer) -> None:
    loaded = models.load(copied)
    assert loaded.revision == scorer.revision
    assert models.load(str(copied)).score([about(PRAISE)]) == scorer.score([about(PRAISE)])


@pytest.mark.parametrize(
    "name", ["config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"]
)
def test_a_missing_file(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(ModelError, match=name):
        models.load(copied)


def test_pickled_weights_are_not_read(copied: Path) -> None:
    (copied / "model.safetensors").rename(copied / "pytorch_model.bin")
    with pytest.raises(ModelError, match="safetensors"):
        models.load(copied)


def test_exchanged_weights(copied: Path) -> None:
    weights = bytearray((copied / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (copied / "model.safetensors").write_bytes(weights)
    with pytest.raises(ModelError, match="damaged or exchanged"):
        models.load(copied)


def test_damaged_weights_without_manifest(copied: Path) -> None:
    (copied / "manifest.json").unlink()
    (copied / "model.safetensors").write_bytes(b"no weights at all")
    with pytest.raises(ModelError, match="cannot be read"):
        models.load(copied).score([about(PRAISE)])


def test_weights_of_another_shape(copied: Path) -> None:
    config(copied, manifest=False, hidden_size=192)
    with pytest.raises(ModelError):
        models.load(copied).score([about(PRAISE)])


def config(folder: Path, *, manifest: bool = True, **changes: object) -> None:
    """Change the configuration; without ``manifest`` nothing is left to tell that it was changed."""
    path = folder / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **changes}), encoding="utf-8")
    if not manifest:
        (folder / "manifest.json").unlink()


def test_other_labels(copied: Path) -> None:
    config(copied, manifest=False, id2label={"0": "negative", "1": "neutral", "2": "positive"})
    with pytest.raises(ModelError, match="negative"):
        models.load(copied)


def test_labels_in_another_order_mean_what_they_say(copied: Path, scorer: models.TransformerScorer) -> None:
    config(copied, manifest=False, id2label={"0": "favour", "1": "neutral", "2": "against"})
    turned, usual = models.load(copied).score([about(PRAISE)])[0], scorer.score([about(PRAISE)])[0]
    assert (turned.against, turned.neutral, turned.favour) == (usual.favour, usual.neutral, usual.against)


@pytest.mark.parametrize(
    "ours",
    [
        {},
        {"input_version": 0, "max_tokens": 160, "temperature": 1.0},
        {"input_version": 1, "max_tokens": 4, "temperature": 1.0},
        {"input_version": 1, "max_tokens": 160, "temperature": 0},
        {"input_version": 1, "max_tokens": 160, "temperature": 1.0, "abstain_below": 2},
    ],
)
def test_another_input_format(copied: Path, ours: object) -> None:
    config(copied, manifest=False, quotes=ours)
    with pytest.raises(ModelError, match=r"config\.json"):
        models.load(copied)


def test_a_changed_configuration_is_another_revision(copied: Path, scorer: models.TransformerScorer) -> None:
    config(copied, manifest=False, quotes={"input_version": 1, "max_tokens": 160, "temperature": 9.0})
    assert models.load(copied).revision != scorer.revision


def test_broken_json(copied: Path) -> None:
    (copied / "manifest.json").write_text("[]", encoding="utf-8")
    with pytest.raises(ModelError, match=r"manifest\.json"):
        models.load(copied)
    (copied / "manifest.json").unlink()
    (copied / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match=r"config\.json"):
        models.load(copied)


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no such folder"):
        models.load(tmp_path / "nowhere")


@pytest.mark.parametrize("revision", [None, "main", "v1.0", "0" * 39])
def test_a_hub_model_must_be_pinned(revision: str | None) -> None:
    with pytest.raises(ModelError, match="no commit"):
        models.load("norvania/stance", revision=revision)


def test_a_hub_model_that_cannot_be_fetched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(ModelError, match="cannot be fetched"):
        models.load("norvania/stance", revision="0" * 40)


class Counting:
    """A scorer that says how often it was asked."""

    revision = "counting-1"
    abstain_below = None

    def __init__(self) -> None:
        self.asked: list[StanceInput] = []

    def score(self, inputs: list[StanceInput]) -> list[StanceScore]:
        self.asked += inputs
        return [StanceScore(0.25, 0.5, 0.25) for _ in inputs]


def test_ledger_computes_what_is_missing_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "ledger" / "scores.jsonl"
    first, second = about(PRAISE), about(ATTACK)
    known = {models.ledger_key("counting-1", first): StanceScore(0.0, 0.0, 1.0)}
    counting = Counting()
    ledger = models.LedgerScorer(counting, known)
    scores = ledger.score([second, first, second])
    assert [score.label for score in scores] == ["neutral", "favour", "neutral"]
    assert counting.asked == [second]
    assert list(ledger.added) == [models.ledger_key("counting-1", second)]
    models.write_ledger(path, {**known, **ledger.added})
    again = models.LedgerScorer(None, models.read_ledger(path), "counting-1")
    assert again.score([second, first, second]) == scores
    assert again.added == {}


def test_ledger_without_a_model() -> None:
    with pytest.raises(ModelError, match="not in the ledger"):
        models.LedgerScorer(None, {}, "counting-1").score([about(PRAISE)])
    with pytest.raises(UsageError, match="needs the revision"):
        models.LedgerScorer(None, {})
    with pytest.raises(UsageError, match="not other"):
        models.LedgerScorer(Counting(), {}, "other")


def test_ledger_of_another_revision_is_not_used() -> None:
    counting = Counting()
    known = {models.ledger_key("counting-0", about(PRAISE)): StanceScore(0.0, 0.0, 1.0)}
    assert models.LedgerScorer(counting, known).score([about(PRAISE)])[0].label == "neutral"


def test_no_ledger_yet(tmp_path: Path) -> None:
    assert models.read_ledger(tmp_path / "scores.jsonl") == {}


SCORES = st.integers(0, 10_000).flatmap(
    lambda first: st.integers(0, 10_000 - first).map(
        lambda second: StanceScore(first / 10_000, second / 10_000, (10_000 - first - second) / 10_000)
    )
)


@given(st.dictionaries(st.text("0123456789abcdef", min_size=1, max_size=64), SCORES, max_size=8))
def test_ledger_round_trip(tmp_path_factory: pytest.TempPathFactory, entries: dict[str, StanceScore]) -> None:
    folder = tmp_path_factory.mktemp("ledger")
    models.write_ledger(folder / "one.jsonl", entries)
    models.write_ledger(folder / "two.jsonl", dict(reversed(list(entries.items()))))
    assert models.read_ledger(folder / "one.jsonl") == entries
    assert (folder / "one.jsonl").read_bytes() == (folder / "two.jsonl").read_bytes()


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"key": "a"}', '{"key": "a", "against": "x", "neutral": 0, "favour": 1}']
)
def test_a_broken_ledger_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "scores.jsonl"
    path.write_text('{"key": "0", "against": 0.1, "neutral": 0.2, "favour": 0.7}\n' + line, encoding="utf-8")
    with pytest.raises(UsageError, match=r"scores\.jsonl:2"):
        models.read_ledger(path)


def test_a_key_that_stands_twice(tmp_path: Path) -> None:
    path = tmp_path / "scores.jsonl"
    path.write_text('{"key": "0", "against": 0.1, "neutral": 0.2, "favour": 0.7}\n' * 2, encoding="utf-8")
    with pytest.raises(UsageError, match="twice"):
        models.read_ledger(path)


def row(text: str, target: str = "Norvania") -> dict:
    start = text.index(target)
    return {
        "id": text[:9],
        "text": text,
        "target": target,
        "target_start": start,
        "target_end": start + len(target),
    }


def test_score_rows(scorer: models.TransformerScorer) -> None:
    scored = list(models.score_rows([row(PRAISE), row(ATTACK)], scorer))
    assert [list(one) for one in scored] == [["id", "label", "against", "neutral", "favour", "score"]] * 2
    assert [one["label"] for one in scored] == ["favour", "against"]
    assert scored[0]["score"] == pytest.approx(scored[0]["favour"] - scored[0]["against"], abs=1e-9)


@pytest.mark.parametrize(
    "bad",
    [
        {"text": "Norvania", "target_start": 0, "target_end": 8},
        {"id": 1, "text": None, "target_start": 0, "target_end": 8},
        {"id": 1, "text": "Norvania", "target_start": "0", "target_end": 8},
        {"id": 1, "text": "Norvania", "target_start": True, "target_end": 8},
        {"id": 1, "text": "Norvania", "target_start": 0, "target_end": 9},
        {"id": 1, "text": "Norvania", "target_start": 4, "target_end": 4},
        {"id": 1, "text": "Norvania", "target": "Estova", "target_start": 0, "target_end": 8},
    ],
)
def test_a_bad_row_is_told_and_the_others_go_on(bad: dict) -> None:
    failed: list[DocumentError] = []
    rows = [row(PRAISE), bad, row(ATTACK)]
    scored = list(models.score_rows(rows, Counting(), source="in.jsonl", failed=failed.append))
    assert len(scored) == 2
    assert [error.where for error in failed] == ["in.jsonl:2"]
    with pytest.raises(DocumentError):
        list(models.score_rows(rows, Counting()))


ROOT = Path(__file__).parents[1]


def documents() -> list:
    """Our retelling of the founding article, and the article itself where it is at hand."""
    raw = ROOT / "data" / "raw" / "russia-ukraine-2025.jsonl"
    rows = [json.loads(line) for line in raw.read_text(encoding="utf-8").splitlines()]
    cases = [pytest.param(row, row["gold"], id=row["doc_id"]) for row in rows if row.get("gold")]
    shared = ROOT.parent / "shared" / "data"
    if shared.is_dir():
        article, gold = (
            [json.loads(line) for line in (shared / name).read_text(encoding="utf-8").splitlines()]
            for name in ("seed_docs.jsonl", "seed_gold.jsonl")
        )
        cases.append(pytest.param(article[0], gold, id="the article itself"))
    return cases


@pytest.mark.parametrize(("row", "gold"), documents())
def test_signs_of_the_founding_quotations(row: dict, gold: list, scorer: models.TransformerScorer) -> None:
    document = Document(row["doc_id"], row["text"], published=row.get("published"))
    extraction = pipeline.extract_document(document, registry.load(), scorer)
    expected = {one["quote_start"]: one["stance"] for one in gold if one["kind"] != "scare"}
    assert {one["start"]: one["stance"] for one in extraction.quotes} == expected


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        (
            "Minister Ana Brenn of Indrel praised Norvania for its “wise and generous help” on Monday.",
            "Minister Ana Brenn of Indrel",
        ),
        ("“Norvania has been a wise friend to us,” Ana Brenn said.", "Ana Brenn"),
        ("Ana Brenn met the press on Monday. “Norvania has been a wise friend to us. We thank it.” Rain fell.", None),
    ],
)
def test_the_speaker_is_marked_as_holder_where_the_sentences_read_name_him(text: str, holder: str | None) -> None:
    document = Document("a", text, None, None, None, None, "en")
    inputs = [one for found in pipeline.extract_document(document, registry.load()).inputs for one in found]
    assert inputs
    for one in inputs:
        assert (one.text[one.holder.start : one.holder.end] if one.holder else None) == holder
