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
LITTLE = set(
    """the a an of and or to in on at by for with from its his her their our we us it is was were be been has have had
    that this which who not no never as so such than then all any every more most other others own out up down over
    under after before into only even but if when while what whom whose will would can could should may might must do
    does did done one two new old said says say he she they them him i me my you your s""".split()
)
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
    found = {re.sub(r"[_\W]+", " ", re.sub(r"\{\w*[-+*!]?\w*\}", "_", frame)).strip().casefold() for frame in frames}
    return {words for words in found if words.count(" ") > 1}


def frames(table: dict) -> list[str]:
    """Whole frames of a training table, and its clauses."""
    return [frame for group, texts in table.items() if isinstance(texts, list) and group != "starts" for frame in texts]


def stems(text: str) -> set[str]:
    """Words without their endings, roughly; little words and slots left out."""
    words = re.findall(r"[^\W\d_]+", re.sub(r"\{[^}]*\}", " ", text.casefold()))
    return {stem(word) for word in words if word not in LITTLE}


def stem(word: str) -> str:
    for ending in "nesses ness ings ing edly ed ies ied es s ly al ful d e y".split():
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


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
        shared = fillers(held) & fillers(table) | names(held) & names(table) | ours & skeletons(frames(table))
        assert not shared, (path.name, sorted(shared))


@pytest.mark.parametrize("name", ["fifth", "sixth"])
def test_the_later_tables_have_no_word_of_it(contrast: ModuleType, name: str) -> None:
    held = json.loads(contrast.FRAMES.read_text(encoding="utf-8"))
    table = json.loads((ROOT / "training" / f"invented_frames_{name}.json").read_text(encoding="utf-8"))
    theirs = {word for words in held["slots"].values() for one in words for word in stems(one)}
    assert len(theirs) > 100
    shared = {one for words in table["slots"].values() for one in words if stems(one) & theirs}
    assert not shared, (name, sorted(shared))


class Favouring:
    """Says that everybody is favoured."""

    revision, abstain_below = "favouring", None

    def score(self, inputs: list[StanceInput]) -> list[StanceScore]:
        return [StanceScore(0.0, 0.0, 1.0) for _ in inputs]


def test_a_model_that_sees_no_difference_gets_few_pairs_right(contrast: ModuleType) -> None:
    found = contrast.figures(contrast.read(), Favouring())
    assert found["swap"] == {"pairs": 110, "sentences_right": 0.5, "pairs_right": 0.0}
    assert found["all"]["pairs_right"] < 0.15
