"""Training: the script that made the shipped stance model runs, on a tiny network and invented sentences."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from safetensors.torch import load_file

from quotes import models
from quotes.models.loader import SHIPPED
from quotes.records import Span, StanceInput

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


@pytest.fixture(scope="module")
def train_stance() -> ModuleType:
    return script("train_stance")


@pytest.fixture(scope="module")
def blend_stance(train_stance: ModuleType) -> ModuleType:
    assert train_stance is sys.modules["train_stance"]  # the script imports it by this name
    return script("blend_stance")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of one small layer with the shipped tokenizer, its weights drawn at random."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertModel

    folder = tmp_path_factory.mktemp("base")
    tokenizer = AutoTokenizer.from_pretrained(str(SHIPPED))
    tokenizer.save_pretrained(str(folder))
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
    )
    BertModel(config).save_pretrained(str(folder))
    return folder


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
    table.write_text(
        '{"frames": ["{T+who} sang."], "slots": {"who": ["Norvania", "Estova"]}}', encoding="utf-8"
    )
    assert {row["text"] for row in invent.invent(2, table)} == {"Norvania sang.", "Estova sang."}
    with pytest.raises(ValueError, match="only 2 different rows, 3 were asked for"):
        invent.invent(3, table)


def test_training_writes_a_model_that_loads(
    train_stance: ModuleType, invent: ModuleType, base: Path, tmp_path: Path
) -> None:
    rows = invent.invent(40)
    files = train_stance.Files(
        [lines(rows[:16], tmp_path / "train.jsonl")],
        [lines([*rows[16:32], *rows[36:]], tmp_path / "directed.jsonl")],
        [lines(rows[32:], tmp_path / "dev.jsonl")],
    )
    settings = train_stance.Settings(epochs=1, batch=8, max_steps=2, threads=1)
    start = {"name": "random", "model.safetensors": train_stance.digest(base / "model.safetensors")}
    records = []
    for name in ("first", "second"):
        records.append(train_stance.run(files, base, tmp_path / name, settings, start))
    assert records[0]["shipped"] == records[1]["shipped"]
    assert records[0]["settings"]["max_steps"] == 2
    assert records[0]["examples"] <= 32  # the rows that the development file has too are taken out
    assert records[0]["data"]["train"]["train.jsonl"] == train_stance.digest(tmp_path / "train.jsonl")
    scorer = models.load(tmp_path / "first")
    assert scorer.revision == models.load(tmp_path / "second").revision
    [score] = scorer.score([StanceInput("Norvania sang.", Span(0, 8))])
    assert score.against + score.neutral + score.favour == pytest.approx(1, abs=2e-4)
    other = train_stance.run(files, base, tmp_path / "third", replace(settings, seed=7), start)
    assert other["shipped"]["model.safetensors"] != records[0]["shipped"]["model.safetensors"]


def test_training_goes_on_from_an_earlier_run(train_stance: ModuleType, base: Path, tmp_path: Path) -> None:
    rows = [{"text": "Norvania sang.", "target_start": 0, "target_end": 8, "label": "favour"}] * 4
    held = [{"text": "Norvania lied.", "target_start": 0, "target_end": 8, "label": "against"}] * 4
    files = train_stance.Files(
        [lines(rows, tmp_path / "train.jsonl")], [], [lines(held, tmp_path / "dev.jsonl")]
    )
    settings = train_stance.Settings(epochs=1, batch=4, threads=1)
    start = {"name": "random", "model.safetensors": train_stance.digest(base / "model.safetensors")}
    first = train_stance.run(files, base, tmp_path / "first", settings, start)
    second = train_stance.run(files, tmp_path / "first", tmp_path / "second", settings, {"record": first})
    assert second["base"]["record"]["base"]["name"] == "random"
    with pytest.raises(SystemExit, match="sha256 differs"):
        train_stance.run(files, tmp_path / "second", tmp_path / "third", settings, {"record": first})


def test_another_base_is_refused(train_stance: ModuleType, base: Path, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="sha256 differs"):
        train_stance.run(train_stance.Files([], [], []), base, tmp_path, train_stance.Settings())


def test_directed_rows_are_thinned(train_stance: ModuleType) -> None:
    neutral = [train_stance.Example(None, 1, "") for _ in range(10)]
    stances = [train_stance.Example(None, 0, ""), train_stance.Example(None, 2, "")]
    kept = train_stance.thinned([*neutral, *stances], 5)
    assert Counter(example.label for example in kept) == {0: 1, 1: 2, 2: 1}


def steps(record: dict) -> list[dict]:
    """The record and those of all that its model was made from."""
    parts = [part["record"] for part in record["parts"]] if "parts" in record else []
    start = record.get("base", {})
    if "record" in start:
        parts.append(start["record"])
    return [record, *(step for part in parts for step in steps(part))]


def test_the_record_is_that_of_the_shipped_weights(train_stance: ModuleType) -> None:
    record = json.loads((TRAINING / "stance_record.json").read_text(encoding="utf-8"))
    assert record["shipped"]["model.safetensors"] == train_stance.digest(SHIPPED / "model.safetensors")
    config = json.loads((SHIPPED / "config.json").read_text(encoding="utf-8"))
    assert config["quotes"]["temperature"] == record["shipped"]["temperature"]
    assert config["quotes"]["abstain_below"] == record["shipped"]["abstain_below"]
    card = (SHIPPED / "MODEL_CARD.md").read_text(encoding="utf-8")
    for figures in record["shipped"]["dev"].values():
        assert f"{figures['macro_f1']:.3f}" in card
    for error in record["shipped"]["calibration_error"].values():
        assert f"{error:.3f}" in card
    for step in steps(record):
        if "parts" in step:
            assert sum(part["share"] for part in step["parts"]) == 1
        else:
            assert "record" in step["base"] or step["base"] == train_stance.ORIGINAL


def test_invented_training_rows_are_those_of_the_record(
    train_stance: ModuleType, invent: ModuleType, tmp_path: Path
) -> None:
    record = json.loads((TRAINING / "stance_record.json").read_text(encoding="utf-8"))
    used: dict[str, str] = {}
    for step in steps(record):
        for part in ("train", "invented"):
            for name, told in step["data"].get(part, {}).items():
                assert used.setdefault(name, told) == told
    wanted = re.findall(r"invent\.py\" --table (\w+) --rows (\d+)(?: --seed (\d+))?( --holders)? --out (\S+)", MAKE)
    assert {name for *_, name in wanted} == {name for name in used if name.startswith("inv")}
    for table, rows, seed, holders, name in wanted:
        made = invent.invent(int(rows), invent.TABLES[table], int(seed or 1), holders=bool(holders))
        path = tmp_path / name
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in made), encoding="utf-8")
        assert train_stance.digest(path) == used[name]


def test_the_third_table_marks_holders_in_every_other_sentence(invent: ModuleType) -> None:
    rows = invent.invent(600, invent.TABLES["third"])
    marked = [row for row in rows if "holder" in row]
    assert len(rows) * 0.3 < len(marked) < len(rows) * 0.7
    for row in marked:
        assert row["text"][row["holder_start"] : row["holder_end"]] == row["holder"]
        assert min(row["holder_end"], row["target_end"]) <= max(row["holder_start"], row["target_start"])
    assert all("holder" not in row for row in invent.invent(100))
    assert any("holder" in row for row in invent.invent(100, holders=True))


def test_tuning_averages_its_seeds_and_calibrates(
    train_stance: ModuleType, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tune_stance = script("tune_stance")
    rows = script("invent").invent(160, TRAINING / "invented_frames_third.json")
    plain = [{name: value for name, value in row.items() if "holder" not in name} for row in rows]
    train, dev = lines(plain[:60], tmp_path / "train.jsonl"), lines(plain[60:120], tmp_path / "dev.jsonl")
    directed = lines([row for row in rows[120:] if "holder" in row], tmp_path / "directed.jsonl")
    invented = lines([row for row in rows[120:] if "holder" not in row], tmp_path / "invented.jsonl")
    start = {"name": "random", "model.safetensors": train_stance.digest(base / "model.safetensors")}
    settings = train_stance.Settings(epochs=1, batch=8, max_steps=1, threads=1)
    first = train_stance.run(train_stance.Files([train], [], [dev]), base, tmp_path / "first", settings, start)
    (tmp_path / "first.json").write_text(json.dumps(first), encoding="utf-8")
    made = []
    for out in ("one", "two"):
        words = ["--train", train, "--invented", invented, "--share", "0.8"]
        words += ["--directed", directed, "--dev", dev, "--dev", directed]
        words += ["--base", tmp_path / "first", "--base-record", tmp_path / "first.json"]
        words += ["--seeds", "1", "2", "--frozen", "0", "--rate", "0.01"]
        words += ["--out", tmp_path / out, "--record", tmp_path / f"{out}.json"]
        monkeypatch.setattr(sys, "argv", ["tune_stance.py", *map(str, words)])
        tune_stance.main()
        made.append(json.loads((tmp_path / f"{out}.json").read_text(encoding="utf-8")))
    assert made[0]["shipped"] == made[1]["shipped"]
    assert made[0]["shipped"]["model.safetensors"] != first["shipped"]["model.safetensors"]
    assert len(made[0]["seeds"]) == 2
    assert set(made[0]["over_seeds"]) == {"dev", "directed"}
    scorer = models.load(tmp_path / "one")
    assert scorer.abstain_below == made[0]["shipped"]["abstain_below"]
    assert scorer.score([StanceInput("Norvania sang.", Span(0, 8))])


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


@pytest.fixture
def first(train_stance: ModuleType, base: Path, tmp_path: Path) -> list[str]:
    """A trained model to start from, as the options that name it."""
    row = {"text": "Norvania sang.", "target_start": 0, "target_end": 8, "label": "favour"}
    files = train_stance.Files([lines([row] * 8, tmp_path / "sang.jsonl")], [], [])
    start = {"name": "random", "model.safetensors": train_stance.digest(base / "model.safetensors")}
    settings = train_stance.Settings(epochs=1, batch=8, max_steps=1, threads=1)
    held = lines([row | {"text": "Norvania spoke."}], tmp_path / "spoke.jsonl")
    record = train_stance.run(replace(files, dev=[held]), base, tmp_path / "first", settings, start)
    (tmp_path / "first.json").write_text(json.dumps(record), encoding="utf-8")
    return ["--base", str(tmp_path / "first"), "--base-record", str(tmp_path / "first.json")]


@pytest.mark.parametrize("precision", [(), ("--bfloat16",)])
def test_invented_rows_are_learnt_without_forgetting(
    precision: tuple[str, ...], first: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_stance = script("keep_stance")
    rows = script("invent").invent(120, TRAINING / "invented_frames_third.json")
    plain = [{name: value for name, value in row.items() if "holder" not in name} for row in rows]
    bare = [{name: value for name, value in row.items() if name != "label"} for row in plain[60:80]]
    parts = {"train": plain[:30], "dev": plain[30:60], "unlabelled": bare, "invented": plain[80:]}
    parts["directed"] = [row for row in rows[60:] if "holder" in row]
    words = [*first, *precision, "--seeds", "1", "2", "--frozen", "0", "--rate", "0.01"]
    for part, some in parts.items():
        words += [f"--{part}", str(lines(some, tmp_path / f"{part}.jsonl"))]
    words += ["--out", str(tmp_path / "kept"), "--record", str(tmp_path / "kept.json"), "--most-unlabelled", "10"]
    monkeypatch.setattr(sys, "argv", ["keep_stance.py", *words, "--mix", str(tmp_path / "first"), "0.1"])
    keep_stance.main()
    record = json.loads((tmp_path / "kept.json").read_text(encoding="utf-8"))
    assert record["examples"]["unlabelled"] <= 10
    assert record["settings"]["bfloat16"] is bool(precision)
    assert len(record["seeds"]) == 2
    assert models.load(tmp_path / "kept").score([StanceInput("Norvania sang.", Span(0, 8))])


def test_what_is_not_invented_is_learnt_from_the_teacher(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    keep_stance, stance_data = script("keep_stance"), script("stance_data")
    logits = torch.tensor([[2.0, 0.0, 0.0], [0.0, 2.0, 0.0], [0.0, 0.0, 2.0]])
    monkeypatch.setattr(keep_stance, "logits_of", lambda *_: logits)
    labels = {"train": 2, "unlabelled": stance_data.UNLABELLED, "invented": 2}
    groups = {part: [stance_data.Example(None, label, part)] for part, label in labels.items()}
    kept = keep_stance.Kept([one for some in groups.values() for one in some], [])
    settings = keep_stance.Settings(gold=0.25, smoothing=0.0)
    loss = keep_stance.keeping(None, kept, groups, settings)
    assert keep_stance.loss_weights(groups, settings)[0].tolist() == [0.25, 0.0, 1.0]
    assert float(loss(logits[1:2], [1])) == pytest.approx(0.0, abs=1e-6)  # as the teacher says it
    assert float(loss(logits[0:1], [1])) > 1.0
    surprise = float(torch.nn.functional.cross_entropy(logits[:1], torch.tensor([2])))
    assert float(loss(logits[:1], [2])) == pytest.approx(surprise)  # the teacher has no say
    assert float(loss(logits[:1], [0])) == pytest.approx(surprise / 4)  # as the teacher, but not as the label


def test_a_sentence_with_several_labels_comes_again() -> None:
    keep_stance, stance_data = script("keep_stance"), script("stance_data")
    rows = [stance_data.Example(None, *one) for one in ((0, "a"), (2, "a"), (1, "b"), (1, "b"))]
    assert keep_stance.several_again(rows, 1) == rows
    assert keep_stance.several_again(rows, 3) == rows + rows[:2] * 2


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


def test_a_blend_is_the_mean_of_its_parts(
    train_stance: ModuleType, base: Path, tmp_path: Path, blend_stance: ModuleType
) -> None:
    rows = [{"text": "Norvania sang.", "target_start": 0, "target_end": 8, "label": "favour"}] * 4
    held = [{"text": "Norvania lied.", "target_start": 0, "target_end": 8, "label": "against"}] * 4
    dev = lines(held, tmp_path / "dev.jsonl")
    files = train_stance.Files([lines(rows, tmp_path / "train.jsonl")], [], [dev])
    start = {"name": "random", "model.safetensors": train_stance.digest(base / "model.safetensors")}
    parts = []
    for seed, share in ((1, 0.25), (2, 0.75)):
        settings = train_stance.Settings(epochs=1, batch=4, threads=1, seed=seed)
        record = train_stance.run(files, base, tmp_path / str(seed), settings, start)
        parts.append(blend_stance.Part(record, tmp_path / str(seed), share))
    record = blend_stance.blend(parts, [dev], tmp_path / "blend")
    assert models.load(tmp_path / "blend").score([StanceInput("Norvania sang.", Span(0, 8))])
    assert record["shipped"]["model.safetensors"] == train_stance.digest(tmp_path / "blend/model.safetensors")
    first, second, mean = (
        load_file(tmp_path / name / "model.safetensors")["classifier.weight"].float()
        for name in ("1", "2", "blend")
    )
    assert (mean - (0.25 * first + 0.75 * second)).abs().max() < 1e-3
    assert (first - second).abs().max() > 1e-3
    with pytest.raises(SystemExit, match="add up"):
        blend_stance.mean(parts[:1])
    with pytest.raises(SystemExit, match="sha256 differs"):
        blend_stance.mean([blend_stance.Part(parts[1].record, tmp_path / "1", 1.0)])
