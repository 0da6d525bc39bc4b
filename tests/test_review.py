"""Review: rows go out to people, answers come back, fit or are refused, and later versions are made with them."""

from __future__ import annotations

import csv
import json
import random
import xml.etree.ElementTree as ElementTree

import pytest

from quotes import release, review
from quotes.errors import ReleaseError, UsageError
from quotes.release import ledgers
from quotes.release.ledgers import Alias
from release_case import LengthScorer, Marks, write_repository

OPTIONS = {"date": "2031-06-02", "scorer": LengthScorer(), "extraction": Marks()}


@pytest.fixture
def layout(tmp_path):
    layout = write_repository(tmp_path)
    release.build(tmp_path, version="0.1.0", **OPTIONS)
    return layout


@pytest.fixture
def rows(layout):
    return release.read_table(layout.processed / "0.1.0", "quotes")


def decide(layout, rows, field, new, *, place=0, verdict="wrong", who="anna"):
    row = rows[place]
    value = row[field]
    answer = review.Answer(
        row["quote_id"], field, value, verdict, value if verdict == "right" else new, who, "2031-06-05", None, None
    )
    return review.record(layout.ledgers, [answer], rows)


def rebuilt(layout, version="1.0.0"):
    made = release.build(layout.root, version=version, **OPTIONS)
    assert release.verify(made.folder, root=layout.root, extraction=Marks()) == []
    names = ("quotes", "stances", "rejected", "documents")
    return {name: release.read_table(made.folder, name) for name in names}, made


def answer_file(path, rows, fill, **options):
    """Tasks written as a file, and filled in as a person would."""
    made = review.tasks(rows, version="0.1.0", **options)
    review.write(made, path, path.suffix.removeprefix("."))
    if path.suffix == ".csv":
        with path.open(newline="") as file:
            lines = list(csv.DictReader(file))
        lines = [{**line, **fill(line)} for line in lines]
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, lines[0].keys())
            writer.writeheader()
            writer.writerows(lines)
    else:
        lines = [json.loads(line) for line in path.read_text().splitlines()]
        path.write_text("".join(json.dumps({**line, **fill(line)}) + "\n" for line in lines))
    return path


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_rows_go_out_and_answers_come_back(layout, rows, tmp_path, form):
    def fill(line):
        told = {"who": "anna", "when": "2031-06-05"}
        if line["field"] == "speaker" and line["id"] == rows[0]["quote_id"]:
            return {**told, "verdict": "wrong", "new": "Odo Venkar", "why": "She says so"}
        return {**told, "verdict": "right"} if line["field"] != "date_edtf" else {}

    path = answer_file(tmp_path / f"tasks.{form}", rows, fill)
    done = review.record(layout.ledgers, review.read_answers([path]), rows)
    assert done.refused == ()
    assert len(done.appended) == 5 * len(rows)  # no verdict on date_edtf
    again = review.record(layout.ledgers, review.read_answers([path]), rows)
    assert (again.appended, again.known) == ((), 5 * len(rows))
    tables, made = rebuilt(layout)
    first = tables["quotes"][0]
    assert first["speaker"] == "Odo Venkar"
    assert first["rule"] == "marks speaker=review"
    assert all(row["reviewed"] for row in tables["quotes"])
    assert made.bump == "major"


def test_label_studio_gets_tasks_and_gives_answers(layout, rows, tmp_path):
    path = tmp_path / "tasks.json"
    review.write(review.tasks(rows, version="0.1.0", fields=["speaker", "stance"]), path, "labelstudio")
    interface = ElementTree.parse(path.with_suffix(".xml")).getroot()
    assert {one.get("name") for one in interface.iter("Choices")} == {"speaker", "stance"}
    tasks = json.loads(path.read_text())
    assert len(tasks) == len(rows)
    result = [
        {"from_name": "speaker", "type": "choices", "value": {"choices": ["wrong"]}},
        {"from_name": "speaker_new", "type": "textarea", "value": {"text": ["Odo Venkar"]}},
        {"from_name": "stance", "type": "choices", "value": {"choices": ["right"]}},
    ]
    who = {"completed_by": {"email": "anna@harbour.example"}, "created_at": "2031-06-05T10:00:00Z"}
    annotation = {**who, "result": result}
    path.write_text(json.dumps([{**tasks[0], "annotations": [annotation]}, tasks[1]]))
    done = review.record(layout.ledgers, review.read_answers([path]), rows)
    assert [(one.field, one.new, one.who) for one in done.appended] == [
        ("speaker", "Odo Venkar", "anna@harbour.example"), ("stance", rows[0]["stance"], "anna@harbour.example"),
    ]  # fmt: skip


def test_a_sample_is_the_same_in_any_order(rows):
    many = [{**rows[0], "quote_id": f"q1_{number}"} for number in range(100)]
    drawn = review.tasks(many, version="0.1.0", sample=10, seed=3)
    shuffled = random.Random(1).sample(many, len(many))
    again = review.tasks(shuffled, version="0.1.0", sample=10, seed=3)
    assert {task.id for task in drawn} == {task.id for task in again}
    assert len({task.id for task in drawn}) == 10
    assert {task.sample for task in drawn} == {"0.1.0/10/3"}
    assert {task.id for task in review.tasks(many, version="0.1.0", sample=10, seed=4)} != {task.id for task in drawn}


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ({"id": "q1_x", "field": "speaker", "verdict": "wrong", "who": "a", "when": "2031-06-05"}, "what is right"),
        ({"id": "q1_x", "field": "speaker", "verdict": "maybe", "who": "a", "when": "2031-06-05"}, "the verdict is"),
        ({"id": "q1_x", "field": "speaker", "verdict": "right", "who": "", "when": "2031-06-05"}, "who not filled in"),
        ({"id": "q1_x", "field": "speaker", "verdict": "right", "who": "a", "when": "June"}, "is no day"),
        ({"id": "q1_x", "field": "speeker", "verdict": "right", "who": "a", "when": "2031-06-05"}, "no column"),
    ],
)
def test_answers_that_say_too_little_are_refused(write_lines, answer, message):
    with pytest.raises(UsageError, match=message):
        review.read_answers([write_lines("answers.jsonl", [answer])])


def test_people_who_disagree_decide_together_first(layout, rows):
    answers = [
        review.Answer(rows[0]["quote_id"], "speaker", "Aldo Brenn", "wrong", new, who, "2031-06-05", None, None)
        for who, new in (("anna", "Odo Venkar"), ("ben", "Mira Tolk"))
    ]
    done = review.record(layout.ledgers, answers, rows)
    assert done.appended == ()
    assert all("people disagree: 'Mira Tolk', 'Odo Venkar'" in line for line in done.refused)


@pytest.mark.parametrize(
    ("field", "new", "message"),
    [("stance", "angry", "is none of against"), ("date_basis", None, "may not be null"), ("doc_id", "x", "no column")],
)
def test_a_decision_that_cannot_be_is_refused(layout, rows, field, new, message):
    assert message in decide(layout, rows, field, new).refused[0]


def test_a_decision_that_no_longer_fits_stops_the_next_version(layout, rows):
    decide(layout, rows, "speaker", "Odo Venkar")
    raw = layout.raw / "norvania.jsonl"
    text = raw.read_text().replace("said Aldo Brenn", "said Sera Venkar")
    raw.write_text(text)
    meta = json.loads((layout.raw / "norvania.meta.json").read_text())
    meta["sha256"] = release_digest(raw)
    (layout.raw / "norvania.meta.json").write_text(json.dumps(meta))
    with pytest.raises(ReleaseError, match=r"do not fit:\n  q1_\w+, speaker: the value is 'Sera Venkar' now"):
        release.build(layout.root, version="1.0.0", **OPTIONS)


def release_digest(path):
    from quotes.release import digest

    return digest.of_file(path)


def test_a_stance_that_a_person_decided_is_nobodys_score(layout, rows):
    decide(layout, rows, "stance", "neutral")
    tables, _ = rebuilt(layout)
    first = tables["quotes"][0]
    [main] = [row for row in tables["stances"] if row["quote_id"] == first["quote_id"]]
    for row in (first, main):
        assert (row["stance"], row["stance_score"], row["stance_confidence"]) == ("neutral", None, None)
    assert (main["model"], main["p_against"]) == ("review", None)


def test_a_quotation_that_is_none_moves_to_the_rejected(layout, rows):
    decide(layout, rows, "kind", "slogan")
    tables, _ = rebuilt(layout)
    assert rows[0]["quote_id"] not in {row["quote_id"] for row in tables["quotes"] + tables["stances"]}
    [moved] = [row for row in tables["rejected"] if row["rule"] == "review"]
    assert (moved["text"], moved["reason"], moved["start"]) == (rows[0]["quote"], "slogan", rows[0]["start"])


def test_what_is_taken_down_leaves_with_the_next_version(layout, rows):
    entry = review.take_down(layout.ledgers, rows[0], rows[0]["quote_id"], reason="asked", when="2031-06-06")
    assert set(json.loads((layout.ledgers / "takedown.jsonl").read_text())) == {"id", "reason", "when", "row_sha256"}
    tables, made = rebuilt(layout)
    assert rows[0]["quote_id"] not in {row["quote_id"] for row in tables["quotes"] + tables["stances"]}
    document = next(row for row in tables["documents"] if row["doc_id"] == rows[0]["doc_id"])
    assert document["text"] is None
    assert document["title"] is not None
    listed = json.loads((made.folder / "takedown.jsonl").read_text())
    assert (listed["id"], listed["reason"], listed["row_sha256"]) == (entry.id, "asked", ledgers.row_sha256(rows[0]))
    readable = [path for path in made.folder.iterdir() if path.suffix in (".html", ".md", ".json", ".jsonl")]
    assert not any(rows[0]["quote"] in path.read_text() for path in readable)
    # The version before stays as it was, and can still be rebuilt.
    assert release.verify(layout.processed / "0.1.0", root=layout.root, extraction=Marks()) == []
    with pytest.raises(UsageError, match="stands in the ledger already"):
        review.take_down(layout.ledgers, rows[0], entry.id, reason="asked", when="2031-06-06")


def test_a_document_can_be_taken_down_whole(layout):
    review.take_down(layout.ledgers, {"doc_id": "norvania-2"}, "norvania-2", reason="asked", when="2031-06-06")
    tables, _ = rebuilt(layout)
    assert {row["doc_id"] for name in ("quotes", "documents", "rejected") for row in tables[name]} == {"norvania-1"}


def test_a_decision_follows_a_quotation_to_its_new_identifier(layout, rows):
    ledgers.append(layout.ledgers, "aliases", [Alias("q1_old", rows[0]["quote_id"], "2031-06-06", "other publisher")])
    answer = review.Answer("q1_old", "speaker", "Aldo Brenn", "wrong", "Odo Venkar", "anna", "2031-06-05", None, None)
    assert review.record(layout.ledgers, [answer], rows).refused == ()
    tables, made = rebuilt(layout)
    assert tables["quotes"][0]["speaker"] == "Odo Venkar"
    assert json.loads((made.folder / "aliases.jsonl").read_text())["old"] == "q1_old"


def test_a_ledger_whose_lines_were_changed_is_told(layout, rows):
    decide(layout, rows, "speaker", "Odo Venkar")
    _, made = rebuilt(layout)
    path = layout.ledgers / "review.jsonl"
    path.write_text(path.read_text().replace("anna", "bert"))
    found = release.verify(made.folder, root=layout.root, extraction=Marks())
    assert [(finding.level, finding.file) for finding in found[:1]] == [("moved", "data/ledger/review.jsonl")]
    assert "its first lines are others" in found[0].message


def answers_of(who, verdicts, sample="0.1.0/10/0"):
    return [
        review.Answer(f"q1_{k}", "speaker", "x", "right" if right else "wrong", "x", who, "2031-06-05", None, sample)
        for k, right in enumerate(verdicts)
    ]


def test_shares_come_with_the_interval_of_wilson():
    [found] = review.report(answers_of("anna", [1, 1, 1, 1, 1, 1, 1, 1, 0, 0])).values()
    assert (found["share"], found["low"], found["high"], found["sampled"]) == (0.8, 0.4902, 0.9433, True)
    assert review.report(answers_of("anna", [1], sample=None))["speaker"]["sampled"] is False


def test_agreement_is_that_of_the_textbook():
    # 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: kappa .4, a worked example that many textbooks print.
    one = [1] * 25 + [0] * 25
    other = [1] * 20 + [0] * 5 + [1] * 10 + [0] * 15
    [found] = review.report([*answers_of("anna", one), *answers_of("ben", other)]).values()
    assert found["kappa"] == {"anna / ben": 0.4}
    assert found["alpha"] == pytest.approx(0.3995, abs=0.01)
    assert (found["judged"], found["right"]) == (35, 20)


def test_where_all_agree_nothing_beyond_chance_can_be_told():
    [found] = review.report([*answers_of("anna", [1, 1]), *answers_of("ben", [1, 1])]).values()
    assert (found["kappa"], found["alpha"]) == ({"anna / ben": None}, None)
