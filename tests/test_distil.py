"""Training from a teacher: rows are gathered, a large model is tuned, a small one learns from it. All fiction."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest
import torch

from quotes import models
from quotes.models.loader import SHIPPED
from quotes.records import Span, StanceInput
from test_training import TRAINING, lines, script

SENTENCE = "Ann Bell of Norvania praised Cato Dorn, and Dorn thanked the hall."


def row(text: str, target: str, label: str | None = None) -> dict[str, object]:
    start = text.index(target)
    made = {"id": target, "text": text, "target": target, "target_start": start, "target_end": start + len(target)}
    return made | ({"label": label} if label else {})


@pytest.fixture(scope="module")
def swap_names() -> ModuleType:
    return script("swap_names")


def targets(rows: list[dict]) -> list[tuple[str, str, str]]:
    for one in rows:
        assert one["text"][one["target_start"] : one["target_end"]] == one["target"]
    return [(one["text"], one["target"], one["label"]) for one in rows]


def test_exchanged_names_leave_the_labels_in_their_places(swap_names: ModuleType) -> None:
    text = "Ann Bell mocked Cato Dorn."
    rows = [row(text, "Cato Dorn", "against"), row(text, "Ann Bell", "neutral")]
    made = "Cato Dorn mocked Ann Bell."
    assert targets(list(swap_names.exchanged(rows))) == [(made, "Cato Dorn", "neutral"), (made, "Ann Bell", "against")]


def test_names_that_stand_again_in_the_sentence_are_not_exchanged(swap_names: ModuleType) -> None:
    rows = [row(SENTENCE, "Ann Bell", "neutral"), row(SENTENCE, "Cato Dorn", "favour")]
    assert list(swap_names.exchanged(rows)) == []
    assert list(swap_names.exchanged([row("The hall mocked Dorn.", "The hall", "neutral")])) == []


def test_another_name_stands_wherever_the_old_one_stood(swap_names: ModuleType) -> None:
    names = ["Ewa Falk", "Mr. Falk", "Falk"]
    [made] = swap_names.renamed([row(SENTENCE, "Cato Dorn", "favour")], names, random.Random(1))
    text = "Ann Bell of Norvania praised Ewa Falk, and Falk thanked the hall."
    assert targets([made]) == [(text, "Ewa Falk", "favour")]
    assert list(swap_names.renamed([row(SENTENCE, "the hall", "neutral")], ["Falk"], random.Random(1))) == []


def test_mentions_are_names_without_the_word_that_opens_a_sentence() -> None:
    mentions = script("mentions")
    text = "But Norvania told the Lake Council that Mr. Dorn was late. He left with Ann Bell."
    found = [text[start:end] for start, end in mentions.mentions(text)]
    assert found == ["Norvania", "the Lake Council", "Mr. Dorn", "He", "Ann Bell"]
    assert mentions.mentions("Then it rained.") == []
    long = "The council of Norvania met again. Mr. Dorn was not there, and nobody in the hall missed him."
    assert list(mentions.sentences(long)) == ["Mr. Dorn was not there, and nobody in the hall missed him."]


def test_packed_rows_are_those_that_were_packed(tmp_path: Path) -> None:
    packed = script("packed")
    stance_data = script("stance_data")
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(str(SHIPPED))
    texts = [("Norvania sang.", "Norvania"), (SENTENCE, "Cato Dorn")]
    examples = [stance_data.read_example(row(*one, label="favour"), tokenizer) for one in texts]
    packed.Packed.of({"a": examples[:1], "b": examples[1:]}).save(tmp_path / "rows.npz")
    rows = packed.Packed.load(tmp_path / "rows.npz")
    assert rows.names == ("a", "b")
    assert rows.numbers("b") == [1]
    assert rows.labels.tolist() == [2, 2]
    ids, types, mask = rows.batch(torch.tensor([1, 0]), 40)
    for at, example in enumerate(reversed(examples)):
        size = len(example.encoded.input_ids)
        assert ids[at][mask[at]].tolist() == example.encoded.input_ids
        assert types[at][:size].tolist() == example.encoded.token_type_ids
        assert ids[at][size:].sum() == types[at][size:].sum() == 0
    widths = [width for _, width in packed.batches([0, 1], rows.lengths(), 1)]
    assert [width % 8 for width in widths] == [0, 0]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A small network with the shipped vocabulary, and one of another kind whose token numbers are others."""
    from transformers import AutoTokenizer, BertConfig, BertModel, MPNetConfig, MPNetModel

    folder = tmp_path_factory.mktemp("tiny")
    tokenizer = AutoTokenizer.from_pretrained(str(SHIPPED))
    shape = {"hidden_size": 16, "num_attention_heads": 2, "intermediate_size": 32}
    torch.manual_seed(1)
    small = BertConfig(vocab_size=len(tokenizer), num_hidden_layers=2, **shape)
    BertModel(small).save_pretrained(str(folder / "small"))
    tokenizer.save_pretrained(str(folder / "small"))
    large = MPNetConfig(vocab_size=len(tokenizer) + 5, num_hidden_layers=1, **shape)
    MPNetModel(large).save_pretrained(str(folder / "large"))
    vocabulary = {token: number + 4 for token, number in tokenizer.get_vocab().items()}
    vocabulary |= {"<s>": 0, "<pad>": 1, "</s>": 2, "<unk>": 3, "<mask>": len(tokenizer) + 4}
    text = json.dumps({"model": {"vocab": vocabulary}})
    (folder / "large" / "tokenizer.json").write_text(text, encoding="utf-8")
    return {"small": folder / "small", "large": folder / "large"}


def run(name: str, monkeypatch: pytest.MonkeyPatch, *words: object) -> ModuleType:
    module = script(name)
    monkeypatch.setattr(sys, "argv", [f"{name}.py", *map(str, words)])
    module.main()
    return module


def test_token_numbers_of_the_teacher_are_found_by_token(tiny: dict[str, Path]) -> None:
    table = script("teach").numbers_in(tiny["large"], tiny["small"])
    assert table[[0, 101, 102, 2000]].tolist() == [1, 0, 2, 2004]


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory, tiny: dict[str, Path]) -> Path:
    """Rows of every part, in a file."""
    folder = tmp_path_factory.mktemp("gathered")
    invent = script("invent")
    invented = invent.invent(90, invent.TABLES["third"])
    plain = [{name: value for name, value in one.items() if "holder" not in name} for one in invented]
    files = {"train": plain[:30], "invented": plain[30:50], "dev": plain[50:70]}
    files["directed"] = [one for one in invented[70:] if "holder" in one]
    files["unlabelled"] = [row(SENTENCE, name) for name in ("Norvania", "Cato Dorn", "Ann Bell")]
    words = ["--base", tiny["small"], "--out", folder / "rows.npz"]
    for part, rows in files.items():
        words += [f"--{part}", lines(rows, folder / f"{part}.jsonl")]
    with pytest.MonkeyPatch.context() as patch:
        run("gather", patch, *words)
    return folder


def test_what_is_gathered_stands_in_no_development_file(gathered: Path) -> None:
    about = json.loads((gathered / "rows.json").read_text(encoding="utf-8"))
    assert set(about["rows"]) >= {"train", "exchanged", "renamed", "directed", "invented", "unlabelled", "dev:dev"}
    held = {json.loads(line)["text"] for line in (gathered / "dev.jsonl").read_text(encoding="utf-8").splitlines()}
    train = [json.loads(line) for line in (gathered / "train.jsonl").read_text(encoding="utf-8").splitlines()]
    assert about["rows"]["train"] == sum(one["text"] not in held for one in train)
    assert len(about["files"]["train.jsonl"]) == 64


def test_a_student_learns_from_a_teacher_and_ships(
    gathered: Path, tiny: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = ["--rows", gathered / "rows.npz"]
    short = ["--max-steps", 2, "--epochs", 1, "--seeds", 1, 2]
    made = []
    for name in ("one", "two"):
        taught, out = tmp_path / f"{name}.npz", tmp_path / name
        large = ["--model", tiny["large"], "--base", tiny["small"], "--out", taught]
        run("teach", monkeypatch, *rows, *short, *large)
        given = ["--taught", taught, "--base", tiny["small"], "--out", tmp_path / f"{name}_students"]
        run("distil", monkeypatch, *rows, *short, *given)
        words = ["--students", tmp_path / f"{name}_students", "--seeds", 1, 2, "--base", tiny["small"]]
        words += ["--dev", gathered / "dev.jsonl", "--about", gathered / "rows.json", "--taught", taught]
        run("ship", monkeypatch, *words, "--out", out, "--record", tmp_path / f"{name}.json")
        made.append(json.loads((tmp_path / f"{name}.json").read_text(encoding="utf-8")))
    first, second = made
    assert first["shipped"] == second["shipped"]
    assert first["taken"] in first["candidates"]
    assert len(first["candidates"]) == 7
    assert [one["name"] for one in first["seeds"]] == ["seed 1", "seed 2"]
    assert set(first["teacher"]["together"]) == {"dev"}
    scorer = models.load(tmp_path / "one")
    [score] = scorer.score([StanceInput("Norvania sang.", Span(0, 8))])
    assert score.against + score.neutral + score.favour == pytest.approx(1, abs=2e-4)


def test_each_row_counts_by_label_or_by_teacher(gathered: Path) -> None:
    distil, packed = script("distil"), script("packed")
    rows = packed.Packed.load(gathered / "rows.npz")
    taught = distil.lesson(rows, torch.zeros(len(rows.labels), 3), distil.Settings(), "cpu")
    unlabelled = rows.numbers("unlabelled")[0]
    assert (taught.by_label[unlabelled], taught.by_teacher[unlabelled]) == (0, 1)
    news, invented = rows.numbers("train")[0], rows.numbers("invented")[0]
    assert taught.by_label[news] + taught.by_teacher[news] == 2
    assert taught.by_label[invented] == taught.by_teacher[invented] == 0.5
    logits = torch.zeros(1, 3)
    at = torch.tensor([unlabelled])
    assert distil.loss_of(logits, taught, at, 2.0) == pytest.approx(0.0, abs=1e-6)


def test_rows_that_come_again_are_as_they_were(gathered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy

    packed = script("packed")
    rows = packed.Packed.load(gathered / "rows.npz")
    said = numpy.arange(len(rows.labels) * 3, dtype=numpy.float16).reshape(-1, 3)
    numpy.savez_compressed(tmp_path / "taught.npz", logits=said, record=numpy.array("{}"))
    words = ["--rows", gathered / "rows.npz", "--taught", tmp_path / "taught.npz", "--out", tmp_path / "again.npz"]
    words += ["--share", "train", 0.5, "--first", "invented", 6, "--out-taught", tmp_path / "again_taught.npz"]
    run("again", monkeypatch, *words)
    made = packed.Packed.load(tmp_path / "again.npz")
    with numpy.load(tmp_path / "again_taught.npz", allow_pickle=False) as file:
        logits = file["logits"]
    assert len(made.numbers("train")) == round(0.5 * len(rows.numbers("train")))
    assert made.numbers("directed") == []
    for part in ("invented", "dev:dev"):
        before, after = rows.numbers(part), made.numbers(part)
        assert len(after) == (6 if part == "invented" else len(before))
        for first, second in zip(before, after, strict=False):
            ids = [one.ids[one.starts[at] : one.starts[at + 1]].tolist() for one, at in ((rows, first), (made, second))]
            assert ids[0] == ids[1]
            assert rows.labels[first] == made.labels[second]
            assert rows.seconds[first] == made.seconds[second]
            assert said[first].tolist() == logits[second].tolist()


def test_the_best_of_the_seeds_is_tried_with_shares_of_the_mean() -> None:
    ship = script("ship")
    states = {"seed 1": {"a": torch.tensor([1.0])}, "seed 2": {"a": torch.tensor([3.0])}}

    def look(state: dict[str, torch.Tensor]) -> dict:
        # Nearest to 2.5 is the most right, nearest to 2 the best calibrated.
        value = float(state["a"])
        error = {"dev": abs(value - 2)}
        return {"dev": {"dev": {"macro_f1": 1 - abs(value - 2.5)}}, "calibration_error": error, "fitted": ["dev"]}

    made = ship.candidates(states, look)
    assert list(made) == ["seed 1", "seed 2", *(f"seed 2, {share} of the mean" for share in ship.SHARES)]
    assert [float(state["a"]) for state, _ in made.values()] == pytest.approx([1, 3, 2.8, 2.6, 2.4, 2.2, 2], abs=1e-3)
    worth = {name: ship.worth(found) for name, (_, found) in made.items()}
    assert worth["seed 2, 1.0 of the mean"] == pytest.approx(0.5)
    assert max(worth.values()) == pytest.approx(0.5, abs=1e-3)
    assert worth["seed 2"] == pytest.approx(-0.5)


def test_a_mixture_that_loses_on_one_file_is_not_taken() -> None:
    ship = script("ship")

    def found(first: float, second: float, error: float) -> dict:
        dev = {"a": {"macro_f1": first}, "b": {"macro_f1": second}}
        return {"dev": dev, "fitted": ["a"], "calibration_error": {"a": error}}

    made = {"seed 1": found(0.8, 0.6, 0.05), "seed 2": found(0.8, 0.7, 0.05)}
    made |= {"half": found(0.8, 0.695, 0.03), "most": found(0.9, 0.68, 0.03)}
    assert ship.chosen(made, ["seed 1", "seed 2"]) == "half"


def test_the_shipped_mixtures_are_those_that_the_rule_takes() -> None:
    ship = script("ship")
    last = json.loads((TRAINING / "stance_record.json").read_text(encoding="utf-8"))
    for record in (last, last["base"]["record"]):
        made = {
            name: {
                "dev": {file: {"macro_f1": value} for file, value in one["macro_f1"].items()},
                "calibration_error": one["calibration_error"],
                "fitted": record["shipped"]["fitted"],
            }
            for name, one in record["candidates"].items()
        }
        assert ship.chosen(made, [one["name"] for one in record["seeds"]]) == record["taken"]
