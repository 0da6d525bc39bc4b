"""Training rows: invented sentences, targets in documents, and how good and how sure a model is on rows."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path
from types import ModuleType

import pytest

from quotes.models.loader import SHIPPED

TRAINING = Path(__file__).parents[1] / "training"
MAKE = (TRAINING / "make_stance.sh").read_text(encoding="utf-8")


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, TRAINING / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    if str(TRAINING) not in sys.path:
        sys.path.append(str(TRAINING))  # the scripts import each other by name
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def invent() -> ModuleType:
    return script("invent")


def lines(rows: list[dict], path: Path) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_invented_rows_say_where_the_target_stands(invent: ModuleType) -> None:
    rows = invent.invent(400)
    assert len({row["id"] for row in rows}) == 400
    for row in rows:
        assert row["text"][row["target_start"] : row["target_end"]] == row["target"]
        assert "{" not in row["text"]
    labels = Counter(row["label"] for row in rows)
    assert set(labels) == {"against", "neutral", "favour"}
    assert min(labels.values()) > 40


def test_invented_rows_are_the_same_every_time(invent: ModuleType) -> None:
    assert invent.invent(50, seed=3) == invent.invent(50, seed=3) != invent.invent(50, seed=4)


@pytest.fixture(scope="module")
def claims(invent: ModuleType) -> ModuleType:
    return vars(invent)["claims"]


def test_a_denial_turns_the_label_and_leaves_the_words(claims: ModuleType) -> None:
    clause = "{T*actor} is {*adj}, unlike {T!actor}, which {!do}; {T0actor} came"
    turned = claims.turned(clause)
    assert turned == "{T!actor} is {*adj}, unlike {T*actor}, which {!do}; {T0actor} came"
    assert claims.turned(turned) == clause
    assert claims.turned("{T+actor} {good_do}") == "{T-actor} {good_do}"
    told = claims.decided(turned, favour=True)
    assert told == "{T-actor} is {good_adj}, unlike {T+actor}, which {bad_do}; {T0actor} came"
    assert claims.decided("{T*actor} is {*adj}", favour=False) == "{T-actor} is {bad_adj}"


def test_a_clause_begins_its_sentence_with_a_capital(claims: ModuleType) -> None:
    assert claims.within("“{x},” {speaker} said.", "there is hope") == "“There is hope,” {speaker} said."
    assert claims.within("{speaker} said that {x}.", "there is hope") == "{speaker} said that there is hope."
    assert claims.within("{x}.", "{T*actor} won") == "{T*actor} won."


def test_every_frame_of_the_fifth_table_can_be_filled(invent: ModuleType, claims: ModuleType) -> None:
    import random

    table = json.loads(invent.TABLES["fifth"].read_text(encoding="utf-8"))
    assert min(len(table["slots"][slot]) for slot in ("good_n", "good_adj")) >= 100
    assert min(len(table["slots"][slot]) for slot in ("bad_n", "bad_adj", "bad_v", "country", "person")) >= 90
    wrapped = [claims.within(one, "{T*actor} {*do}") for part in ("assert", "deny") for one in table[part]]
    clauses = [one for group in claims.SHARES for one in table[group]]
    for frame in wrapped + clauses:
        for favour in (True, False):
            text, marked = invent.sentence(claims.decided(frame, favour=favour), table["slots"], random.Random(1))
            assert "{" not in text
            assert any(label != invent.HOLDER for _, _, label in marked), frame


def test_the_fifth_table_is_of_every_label_and_many_words(invent: ModuleType) -> None:
    rows = invent.invent(2000, invent.TABLES["fifth"])
    labels = Counter(row["label"] for row in rows)
    assert min(labels.values()) > 200
    assert len({row["target"] for row in rows}) > 900
    assert rows == invent.invent(2000, invent.TABLES["fifth"])


def test_every_frame_of_the_sixth_table_can_be_filled(invent: ModuleType, claims: ModuleType) -> None:
    import random

    table = json.loads(invent.TABLES["sixth"].read_text(encoding="utf-8"))
    wrapped = [claims.within(one, "{T*who} {*do}") for part in ("assert", "deny") for one in table[part]]
    clauses = [one for group in table["shares"] for one in table[group]]
    assert len(set(wrapped + clauses)) >= 350
    assert len({word for words in table["slots"].values() for word in words}) >= 2500
    assert set(table["wrapped"]) < set(table["shares"])
    for frame in wrapped + clauses:
        for favour in (True, False):
            text, marked = invent.sentence(claims.decided(frame, favour=favour), table["slots"], random.Random(1))
            assert "{" not in text
            assert any(label != invent.HOLDER for _, _, label in marked), frame


def test_the_sixth_table_is_of_every_label_and_its_rows_are_in_form(invent: ModuleType) -> None:
    rows = invent.invent(2000, invent.TABLES["sixth"])
    labels = Counter(row["label"] for row in rows)
    assert 0.35 * 2000 < labels["favour"] < 0.45 * 2000
    assert 0.35 * 2000 < labels["against"] < 0.45 * 2000
    assert len({row["target"] for row in rows}) > 1200
    for row in rows:
        assert row["text"][row["target_start"] : row["target_end"]] == row["target"]
        assert row["text"][0] == row["text"][0].upper()
        if "holder" in row:
            assert row["text"][row["holder_start"] : row["holder_end"]] == row["holder"]
    assert rows == invent.invent(2000, invent.TABLES["sixth"])


def test_one_sentence_can_hold_two_stances(invent: ModuleType) -> None:
    by_text: dict[str, set[str]] = {}
    for row in invent.invent(400):
        by_text.setdefault(row["text"], set()).add(row["label"])
    assert {"against", "favour"} in by_text.values()


def test_frames_that_run_out(invent: ModuleType, tmp_path: Path) -> None:
    table = tmp_path / "frames.json"
    table.write_text('{"frames": ["{T+who} sang."], "slots": {"who": ["Norvania", "Estova"]}}', encoding="utf-8")
    assert {row["text"] for row in invent.invent(2, table)} == {"Norvania sang.", "Estova sang."}
    with pytest.raises(ValueError, match="only 2 different rows, 3 were asked for"):
        invent.invent(3, table)


@pytest.fixture(scope="module")
def record() -> dict:
    return json.loads((TRAINING / "stance_record.json").read_text(encoding="utf-8"))


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def test_the_record_is_that_of_the_shipped_weights(record: dict) -> None:
    assert record["shipped"]["model.safetensors"] == digest(SHIPPED / "model.safetensors")
    config = json.loads((SHIPPED / "config.json").read_text(encoding="utf-8"))
    assert config["quotes"]["temperature"] == record["shipped"]["temperature"]
    assert config["quotes"]["abstain_below"] == record["shipped"]["abstain_below"]
    card = (SHIPPED / "MODEL_CARD.md").read_text(encoding="utf-8")
    told = [figures["macro_f1"] for figures in record["shipped"]["dev"].values()]
    told += [spread["mean"] for spread in record["over_seeds"].values()]
    told += record["shipped"]["calibration_error"].values()
    for figure in told:
        assert f"{figure:.3f}" in card


def test_invented_training_rows_are_those_of_the_record(invent: ModuleType, tmp_path: Path, record: dict) -> None:
    used = {name: told for name, told in record["gathered"]["files"].items() if name.startswith("inv")}
    wanted = re.findall(r"invent\.py\" --table (\w+) --rows (\d+)(?: --seed (\d+))?( --holders)? --out (\S+)", MAKE)
    assert {name for *_, name in wanted} == set(used)
    for table, rows, seed, holders, name in wanted:
        made = invent.invent(int(rows), invent.TABLES[table], int(seed or 1), holders=bool(holders))
        path = tmp_path / name
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in made), encoding="utf-8")
        assert digest(path) == used[name]


def test_the_third_table_marks_holders_in_every_other_sentence(invent: ModuleType) -> None:
    rows = invent.invent(600, invent.TABLES["third"])
    marked = [row for row in rows if "holder" in row]
    assert len(rows) * 0.3 < len(marked) < len(rows) * 0.7
    for row in marked:
        assert row["text"][row["holder_start"] : row["holder_end"]] == row["holder"]
        assert min(row["holder_end"], row["target_end"]) <= max(row["holder_start"], row["target_start"])
    assert all("holder" not in row for row in invent.invent(100))
    assert any("holder" in row for row in invent.invent(100, holders=True))


def test_targets_in_documents_are_rows_without_a_label(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "President Aldo Brenn of Indrel said: “Venkar is a reliable partner, and Venkar keeps its word.”"
    documents = lines([{"doc_id": name, "text": text} for name in ("a", "b")], tmp_path / "documents.jsonl")
    out = tmp_path / "unlabelled.jsonl"
    monkeypatch.setattr(sys, "argv", ["unlabelled.py", str(documents), "--out", str(out)])
    script("unlabelled").main()
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert "Venkar" in {row["target"] for row in rows}
    assert len({json.dumps(row) for row in rows}) == len(rows)
    for row in rows:
        assert row["text"][row["target_start"] : row["target_end"]] == row["target"]
        assert "label" not in row
        assert row["text"][row["holder_start"] : row["holder_end"]].endswith("Aldo Brenn of Indrel")


def test_calibration_error_and_threshold() -> None:
    import torch

    stance_data, stance_figures = script("stance_data"), script("stance_figures")
    sure = torch.log(torch.tensor([[0.8, 0.1, 0.1]] * 100))
    right = [stance_data.Example(None, 0, "")] * 80 + [stance_data.Example(None, 1, "")] * 20
    bins = stance_figures.reliability(sure, right, 1.0)
    assert [(one["rows"], one["confidence"], one["accuracy"]) for one in bins] == [(100, 0.8, 0.8)]
    assert stance_figures.calibration_error(bins) == 0.0
    wrong = [stance_data.Example(None, 1, "")] * 100
    assert stance_figures.calibration_error(stance_figures.reliability(sure, wrong, 1.0)) == 0.8
    assert stance_figures.abstention(sure, right, 1.0) == 0.76
    assert stance_figures.abstention(sure, right, 1.0, wanted=0.95) == 0.34
