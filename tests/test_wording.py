"""The network that reads marked words: what it is given, how exact its sums are, how it tells speech from titles."""

from __future__ import annotations

import random
from fractions import Fraction
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file

import wording_rows
import wording_train
from quotes.errors import ModelError
from quotes.models.attribution import wording
from quotes.pipeline import extract_document
from quotes.records import Document
from quotes.registry import load as load_registry
from quotes.stages import clean, mark
from quotes.stages.wording import Window, window

NAMES = ["[UNK]", "the", "har", "##bour", "##s", "of", "brenn", "said", ",", "|"]


def windows(text: str, lang: str = "en") -> list[Window]:
    article = clean.read(Document("d", text, "", None, None, None, lang))
    return [window(article, candidate) for candidate in mark.find(article)]


def shipped() -> dict[str, Any]:
    with as_file(files("quotes.models.attribution").joinpath(wording.WEIGHTS)) as path:
        return dict(load_file(path))


def test_a_window_holds_the_words_without_their_marks_and_what_stands_around_them() -> None:
    [found] = windows("Ostrel is quiet.\nAldo Brenn called the port “a small miracle” on Tuesday.\nNobody laughed.")
    assert found.before == "Ostrel is quiet. | Aldo Brenn called the port "
    assert found.words == "a small miracle"
    assert found.behind == " on Tuesday. | Nobody laughed."


def test_a_window_is_no_longer_than_told() -> None:
    article = clean.read(Document("d", f"{'far ' * 200}“{'near ' * 200}” {'gone ' * 200}", "", None, None, None, "en"))
    [candidate] = mark.find(article)
    assert [len(part) for part in window(article, candidate, 30, 20, 10)] == [30, 19, 10]


@pytest.mark.parametrize(
    ("word", "pieces", "case"),
    [
        ("harbours", [2, 3, 4], 0),
        ("Harbour", [2, 3], 1),
        ("THE", [1], 2),
        ("McBrenn", [0], 3),
        (",", [8], 3),
        ("harzz", [0], 0),
    ],
)
def test_words_are_cut_into_the_longest_known_pieces(word: str, pieces: list[int], case: int) -> None:
    assert wording.Pieces(NAMES).of([word]) == (pieces, [case] * len(pieces))


def test_long_words_are_read_at_both_ends_and_far_ones_not_at_all() -> None:
    pieces = wording.Pieces(NAMES)
    numbers, _, biases = wording.placed(Window("of " + "the " * 30, "the " * 10 + "of " * 10, "the " * 20), pieces)
    assert numbers.tolist() == [1] * wording.BEFORE + [1] * 8 + [5] * 8 + [1] * wording.BEHIND
    assert biases.tolist() == [1.0, *[1.0] * 7, 0.0, 0.0]
    numbers, _, biases = wording.placed(Window("of ", "the", ""), pieces, state=True)
    assert numbers.tolist() == [-1] * (wording.BEFORE - 1) + [5, 1] + [-1] * (wording.WITHIN - 1 + wording.BEHIND)
    assert biases.tolist() == [1.0, 1.0, *[0.0] * 7, 1.0]


def summed_by_hand(weights: dict[str, Any], placed: tuple[Any, Any, Any]) -> Fraction:
    """The logit by whole numbers and fractions, so without any rounding but those that the network does itself."""
    pieces, cases, biases = placed
    size = weights["vectors"].shape[1]
    vectors = []
    for place, (piece, case) in enumerate(zip(pieces, cases, strict=True)):
        parts = (weights["vectors"][piece], weights["cases"][case], weights["places"][place])
        sums = sum(part.astype(int) for part in parts)
        vectors.append(np.clip(sums, -127, 127).tolist() if piece >= 0 else [0] * size)
    vectors = [[0] * size, *vectors, [0] * size]
    flat = weights["convolution"].astype(int)
    values = []
    for place in range(wording.PLACES):
        three = np.array(vectors[place] + vectors[place + 1] + vectors[place + 2])
        reached = (three @ flat + weights["convolution_bias"].astype(int)).clip(min=0).astype(np.float32)
        steps = np.minimum(np.rint(reached * weights["convolution_scale"]), 127).astype(int)
        values.append(steps.tolist() if pieces[place] >= 0 else [0] * len(steps))
    before, within = wording.BEFORE, wording.BEFORE + wording.WITHIN
    parts = values[:before], values[before:within], values[within:]
    near = parts[0][-wording.NEAR[0] :], parts[1], parts[2][: wording.NEAR[1]]
    read = [max(row) for part in parts for row in zip(*part, strict=True)]
    read += [sum(row) for part in near for row in zip(*part, strict=True)]
    logit = Fraction(float(weights["last"][-1]))
    for k in range(weights["hidden"].shape[1]):
        hidden = sum(Fraction(float(w)) * n for w, n in zip(weights["hidden"][:, k], read, strict=True))
        hidden += sum(Fraction(float(w)) * int(n) for w, n in zip(weights["biases"][:, k], biases, strict=True))
        logit += Fraction(float(weights["last"][k])) * round(max(hidden, Fraction(0)) * 16)
    return logit


@pytest.mark.parametrize("state", [False, True])
def test_sums_are_exact(state: bool) -> None:
    """Whoever adds in another order, or on another processor, gets the same logit bit by bit."""
    names = files("quotes.models.attribution").joinpath(wording.PIECES).read_text("utf-8").split("\n")[:-1]
    weights, pieces = shipped(), wording.Pieces(names)
    network = wording.Network(weights)
    for text in (
        "Aldo Brenn called the port “a small miracle” on Tuesday.",
        f"{'He went on and on. ' * 20}The novel “Grey Water,” by Anka Lorin, {'was read. ' * 20}",
        "“Zzyzx ёж 漢字”",
    ):
        for one in windows(text):
            placed = wording.placed(one, pieces, state=state)
            assert Fraction(network.logit(*placed)) == summed_by_hand(weights, placed)


def test_weights_that_are_missing_are_told() -> None:
    weights = shipped()
    del weights["places"]
    with pytest.raises(ModelError, match="places"):
        wording.Network(weights)


@pytest.mark.parametrize(
    ("said", "unsaid"),
    [
        (
            "Minister Aldo Brenn told reporters that the plan was “a betrayal of every farmer” in Tamrin.",
            "Minister Aldo Brenn has seen the film “The Betrayal of Tamrin” with every farmer.",
        ),
        ("Lorin said the harbour law was “a disaster for us all.”", "Lorin sang “A Harbour Song” for us all."),
    ],
)
def test_speech_is_likelier_than_a_title(said: str, unsaid: str) -> None:
    [one], [other] = windows(said), windows(unsaid)
    assert wording.says(one) > 0 > wording.says(other)


def test_other_languages_are_judged_by_their_features_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Window] = []

    def says(one: Window, *, state: bool = False) -> float:
        asked.append(one)
        return float(state)

    monkeypatch.setattr(wording, "says", says)
    text = "Brenn nannte den Hafen ein „kleines Wunder“ und ging mit dem „Morgenblatt“ nach Hause, wo niemand wartete."
    extract_document(Document("d", text, "", None, None, None, "de"), load_registry())
    assert asked == []
    text = "Brenn saw the port as a “small miracle” and went home with the “Morning Sheet”, where nobody waited."
    extract_document(Document("d", text, "", None, None, None, "en"), load_registry())
    assert asked != []


def test_what_the_large_model_said_is_kept_by_place() -> None:
    rows = wording_rows.read()
    assert [row.key for row in rows] == sorted({row.key for row in rows})
    assert all((row.said is None) == (row.fold is None) and len(row.taught) == 6 for row in rows)
    folds: dict[str, set[int]] = {}
    for row in rows:
        if row.fold is not None:
            folds.setdefault(row.key[0], set()).add(row.fold)
    assert all(len(found) == 1 for found in folds.values())
    assert set(wording_rows.read_unseen()) == {row.key for row in rows if row.said is not None}


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    rows = [
        wording_rows.Row(("a", 1, 2), True, 3, (0.5, 1.0, 1.5, 2.0, -2.5, 0.25)),
        wording_rows.Row(("b", 1, 2), None, None, (0.0,) * 6),
    ]
    wording_rows.write(rows, tmp_path / "taught.tsv")
    assert wording_rows.read(tmp_path / "taught.tsv") == rows


def test_what_the_network_learns_survives_the_rounding(monkeypatch: pytest.MonkeyPatch) -> None:
    """Invented words: those before which "said" stands are said; learnt, rounded, and told as it is shipped."""
    monkeypatch.setattr(wording_train, "BATCH", 16)
    rng = random.Random(1)
    names = [*NAMES, *(f"w{n}" for n in range(40))]
    rows, inputs = [], []
    for n in range(240):
        said = rng.random() < 0.5
        noise = [rng.choice(names[10:]) for _ in range(12)]
        verb = "said" if said else "of"
        inputs.append((Window(" ".join([*noise[:6], verb, "the"]), " ".join(noise[6:9]), " ".join(noise[9:])), False))
        logit = 4.0 if said else -4.0
        rows.append(wording_rows.Row((f"d{n}", 0, 1), said, n % wording_rows.FOLDS, (logit,) * 6))
    encoded = wording_train.encoded(inputs, names)
    torch.manual_seed(2)
    vectors = torch.randn(len(names), wording_train.SIZE) * 0.3
    model = wording_train.learnt(rows, encoded, vectors, 0)
    own = [n for n, row in enumerate(rows) if row.fold == 0]
    logits = wording_train.says(wording_train.rounded(model, encoded), encoded, own)
    with torch.inference_mode():
        exact = model(encoded.at(torch.tensor(own))).tolist()
    told = wording_train.figures(rows, own, logits, exact)
    assert told["area"] > 0.95
    assert told["furthest"] < 0.5
    numbers, _ = wording_train.wanted(rows, 0)
    assert not set(numbers.tolist()) & set(own)
