"""The contrast set: committed as it is made, minimal, and apart from everything that models are trained on."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from quotes.records import StanceInput, StanceScore

ROOT = Path(__file__).parents[1]
TRAINING = sorted((ROOT / "training").glob("invented_frames_*.json"))


@pytest.fixture(scope="module")
def contrast() -> ModuleType:
    spec = importlib.util.spec_from_file_location("contrast", ROOT / "benchmarks" / "contrast.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["contrast"] = module
    spec.loader.exec_module(module)
    return module


def fillers(table: dict) -> set[str]:
    return {word.casefold() for words in table["slots"].values() for word in words if word}


def names(table: dict) -> set[str]:
    words = {word for filler in table["slots"].values() for one in filler for word in re.findall(r"[A-Z]\w+", one)}
    return words - {"Foreign", "Minister", "President", "Senator", "Party", "League", "Judge", "Ministry"}


def skeletons(frames: list[str]) -> set[str]:
    """What stands between the slots, where it is more than "the … of": at least three words."""
    found = {re.sub(r"[_\W]+", " ", re.sub(r"\{\w*[-+]?\w*\}", "_", frame)).strip().casefold() for frame in frames}
    return {words for words in found if words.count(" ") > 1}


def test_the_committed_rows_are_those_that_are_made(contrast: ModuleType) -> None:
    assert contrast.read() == contrast.make()


def test_three_hundred_pairs_about_one_target_each(contrast: ModuleType) -> None:
    rows = contrast.read()
    assert len(rows) >= 600
    assert len({row["id"] for row in rows}) == len(rows)
    for first, second in zip(rows[::2], rows[1::2], strict=True):
        assert first["target"].casefold() == second["target"].casefold()
        assert first["text"] != second["text"]
        for row in (first, second):
            assert row["text"][row["target_start"] : row["target_end"]] == row["target"]
    labels = Counter(row["label"] for row in rows)
    assert set(labels) == {"against", "neutral", "favour"}
    turned = sum(a["label"] != b["label"] for a, b in zip(rows[::2], rows[1::2], strict=True))
    assert turned > 0.8 * len(rows) / 2


def test_nothing_of_it_is_in_the_training_material(contrast: ModuleType) -> None:
    held = json.loads(contrast.FRAMES.read_text(encoding="utf-8"))
    ours = skeletons([text for frame in held["frames"] for text in (frame["first"], frame["second"])])
    assert len(TRAINING) >= 3
    for path in TRAINING:
        table = json.loads(path.read_text(encoding="utf-8"))
        assert not fillers(held) & fillers(table), path.name
        assert not names(held) & names(table), path.name
        assert not ours & skeletons(table["frames"]), path.name


class Favouring:
    """Says that everybody is favoured."""

    revision, abstain_below = "favouring", None

    def score(self, inputs: list[StanceInput]) -> list[StanceScore]:
        return [StanceScore(0.0, 0.0, 1.0) for _ in inputs]


def test_a_model_that_sees_no_difference_gets_few_pairs_right(contrast: ModuleType) -> None:
    found = contrast.figures(contrast.read(), Favouring())
    assert found["swap"] == {"pairs": 110, "sentences_right": 0.5, "pairs_right": 0.0}
    assert found["all"]["pairs_right"] < 0.15
