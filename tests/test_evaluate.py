"""The figures: definitions by small examples, and the same numbers as an independent script where it is."""

from __future__ import annotations

import csv
import importlib.util
import json
import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from quotes.errors import UsageError
from quotes.evaluate import evaluate, read_doc_ids, read_gold, read_predicted, read_spans
from quotes.evaluate.match import match, shared
from quotes.evaluate.names import same_name

SCRIPT = ROOT.parent / "shared" / "eval" / "score.py"


def asked(start=0, end=100, kind="direct", doc_id="d", **more):
    row = {"doc_id": doc_id, "quote_start": start, "quote_end": end, "kind": kind}
    return (
        row | {"speaker_text": None, "speaker_start": None, "speaker_end": None, "speaker_name": None} | more
    )


def given_row(start=0, end=100, kind="direct", doc_id="d", **more):
    return {"doc_id": doc_id, "start": start, "end": end, "kind": kind} | more


# Names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aldo Brenn", "Brenn"),
        ("President Aldo Brenn", "aldo brenn's"),
        ("Mira Sólveg", "MIRA SOLVEG"),
        ("Ho-rin Tal", "Ho Rin Tal"),
        ("Foreign Minister", "foreign minister"),
        ("Edo Vask", "Lena Vask"),
    ],
)
def test_same_names(one, other):
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("Aldo Brenn", "Mira Solveg"), ("", ""), ("the president", "the leader")]
)
def test_other_names(one, other):
    assert not same_name(one, other)


# Matching


def test_overlap_is_shared_by_what_both_cover():
    assert shared(0, 100, 20, 100) == pytest.approx(0.8)
    assert shared(0, 10, 10, 20) == 0


def test_the_best_overlap_wins_and_each_counts_once():
    gold = [asked(0, 100), asked(4, 104)]
    assert match(gold, [given_row(4, 104)]) == {1: 0}
    assert match(gold, [given_row(0, 100), given_row(4, 104)]) == {0: 0, 1: 1}
    assert match(gold, [given_row(0, 100, doc_id="other")]) == {}


# Figures


def test_what_is_found():
    gold = [asked(0, 100), asked(200, 300, "mixed"), asked(400, 500, "block"), asked(600, 700, "scare")]
    predicted = [given_row(0, 100), given_row(600, 700, "mixed"), given_row(0, 50, doc_id="not judged")]
    figures = evaluate(gold, predicted)
    assert figures["docs"] == 1
    assert (figures["gold"], figures["pred"]) == (3, 2)
    assert (figures["span_P"], figures["span_R"], figures["span_F1"]) == (1 / 2, 1 / 3, pytest.approx(0.4))
    assert (figures["recall_direct"], figures["recall_mixed"], figures["recall_block"]) == (1, 0, 0)
    assert figures["scare_kept_as_quote"] == 1


def test_documents_without_a_quotation_count_false_alarms():
    figures = evaluate([asked()], [given_row(), given_row(doc_id="empty")], documents=["empty"])
    assert (figures["docs"], figures["span_P"]) == (2, 0.5)


def test_ignored_spans_count_neither_way():
    predicted = [given_row(), given_row(200, 300), given_row(400, 500)]
    ignore = {"d": [(0, 100), (150, 250), (449, 500)]}
    assert evaluate([asked()], predicted, ignore=ignore)["pred"] == 1
    assert evaluate([asked()], predicted, ignore={"d": [(451, 500)]})["pred"] == 3


def test_only_leaves_out_predictions_of_other_kinds():
    predicted = [given_row(), given_row(200, 300, "block")]
    assert evaluate([asked()], predicted, only="marked")["pred"] == 1
    assert evaluate([asked(200, 300, "block")], predicted, only="block")["span_F1"] == 1


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ({"speaker": "Aldo Brenn"}, 1),
        ({"speaker": None, "speaker_mention": "Brenn"}, 1),
        ({"speaker": "Mira Solveg"}, 0),
        ({"speaker": "Mira Solveg", "speaker_start": 110, "speaker_end": 111}, 1),
        ({"speaker": "Mira Solveg", "speaker_start": 115, "speaker_end": 120}, 0),
        ({"speaker": None}, 0),
    ],
)
def test_the_right_speaker(answer, right):
    gold = [asked(speaker_text="he", speaker_start=105, speaker_end=115, speaker_name="Aldo Brenn")]
    figures = evaluate(gold, [given_row(**answer)])
    assert figures["attribution_acc"] == figures["attribution_acc_direct"] == right
    assert figures["end_to_end_F1"] == pytest.approx(right)


def test_a_speaker_that_gold_does_not_name_is_neither_right_nor_wrong():
    gold = [asked(), asked(200, 300, speaker_text="Brenn")]
    figures = evaluate(gold, [given_row(speaker="Solveg"), given_row(200, 300, speaker="Brenn")])
    assert figures["attribution_acc"] == 1
    assert figures["end_to_end_F1"] == pytest.approx(1)


def test_days_sources_and_stances():
    gold = [
        asked(0, 100, date="2024-03-05", source_quoted="NCNA", stance="favour"),
        asked(200, 300, date=None, source_quoted=None, stance="against"),
        asked(400, 500, date="2024-03-06", date_basis="event", stance="neutral"),
    ]
    predicted = [
        given_row(0, 100, date="2024-03-05", source="NCNA", stance="favour"),
        given_row(200, 300, date="2024-03-05", source="NCNA", publisher="NCNA", stance="favour"),
        given_row(400, 500, date="2020-01-01", source="NCNA", stance="neutral"),
    ]
    figures = evaluate(gold, predicted)
    assert (figures["date_rows"], figures["date_acc_where_gold"]) == (1, 1)
    assert figures["date_given_where_gold_has_none"] == 1
    assert (figures["source_acc_where_gold"], figures["source_invented_where_gold_has_none"]) == (1, 0)
    assert figures["stance_acc"] == pytest.approx(2 / 3)
    assert (figures["stance_F_favour"], figures["stance_F_against"]) == (pytest.approx(2 / 3), 0)
    assert figures["stance_macroF1"] == pytest.approx((2 / 3 + 0 + 1) / 3)


def test_nothing_predicted_and_nothing_asked():
    assert evaluate([asked()], [])["span_F1"] == 0
    assert evaluate([], [given_row()])["pred"] == 0


# Files


def test_gold_of_rows_and_gold_within_documents_are_the_same(write_lines):
    rows = [asked(doc_id="a"), asked(200, 300, doc_id="a"), asked(doc_id="b")]
    bare = [{key: value for key, value in row.items() if key != "doc_id"} for row in rows]
    nested = [
        {"doc_id": "a", "text": "x", "gold": bare[:2]},
        {"doc_id": "b", "text": "x", "gold": bare[2:]},
        {"doc_id": "c", "text": "x", "gold": []},
    ]
    flat, within = read_gold(write_lines("flat.jsonl", rows)), read_gold(write_lines("docs.jsonl", nested))
    assert list(flat.rows) == list(within.rows) == rows
    assert (flat.doc_ids, within.doc_ids) == ({"a", "b"}, {"a", "b", "c"})


def test_predictions_read_the_same_from_every_format(write_lines, tmp_path):
    rows = [
        given_row(speaker="Brenn", speaker_start=3, speaker_end=8, date=None),
        given_row(200, 300, speaker='=Odd, "name"', speaker_start=None, speaker_end=None, date="2024-03-05"),
    ]
    lines = write_lines("p.jsonl", rows)
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "p.parquet")
    with (tmp_path / "p.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows([*rows[:1], rows[1] | {"speaker": '\'=Odd, "name"'}])
    assert (
        read_predicted(lines) == read_predicted(tmp_path / "p.parquet") == read_predicted(tmp_path / "p.csv")
    )


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ({"doc_id": "a", "quote_start": 1}, read_gold),
        ({"doc_id": "a", "quote_start": "1", "quote_end": 2, "kind": "direct"}, read_gold),
        ({"gold": []}, read_gold),
        ({"doc_id": "a", "gold": ["x"]}, read_gold),
        ("broken", read_gold),
        ({"doc_id": "a"}, read_predicted),
        ({"doc_id": "a"}, read_spans),
        ({"id": "a"}, read_doc_ids),
    ],
)
def test_a_fault_in_a_file_is_told_with_its_line(write_lines, line, read):
    path = write_lines("a.jsonl", [line])
    with pytest.raises(UsageError, match=r"a\.jsonl:1: "):
        read(path)


def test_files_that_are_not_there_or_not_known(tmp_path):
    with pytest.raises(UsageError, match="no such file"):
        read_gold(tmp_path / "gold.jsonl")
    with pytest.raises(UsageError, match="predictions are"):
        read_predicted(tmp_path / "p.xlsx")
    (tmp_path / "p.parquet").write_text("x")
    with pytest.raises(UsageError, match="not a Parquet file"):
        read_predicted(tmp_path / "p.parquet")
    (tmp_path / "p.csv").write_text("doc_id,start,end\na,x,2\n")
    with pytest.raises(UsageError, match=r"p\.csv:1: .*whole number"):
        read_predicted(tmp_path / "p.csv")


# An independent script with the same definitions

independent = pytest.mark.filterwarnings(  # it leaves files open
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)


def theirs(gold: Path, predicted: Path, **options) -> dict[str, float]:
    if not SCRIPT.is_file():
        pytest.skip("the independent script is not here")
    spec = importlib.util.spec_from_file_location("score", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.main(gold, predicted, **options)


def ours(gold: Path, predicted: Path, *, only=None, ignore=None, none=None) -> dict[str, float]:
    rows = read_gold(gold)
    return evaluate(
        rows.rows,
        read_predicted(predicted),
        only=only,
        ignore=read_spans(ignore) if ignore else None,
        documents=rows.doc_ids | (read_doc_ids(none) if none else frozenset()),
    )


def answers(gold: list[dict], seed: int) -> list[dict]:
    """Predictions that are right, nearly right, wrong or missing, by chance."""
    chance = random.Random(seed)
    rows = []
    for row in gold:
        start, end = row["quote_start"], row["quote_end"]
        move = chance.choice([0, 0, 1, 3, 40])
        kept = chance.random() < 0.5
        rows.append(
            {
                "doc_id": row["doc_id"],
                "start": start + move,
                "end": end + move,
                "kind": chance.choice(["direct", "mixed", "block"]),
                "speaker": chance.choice(
                    [row.get("speaker_name"), row.get("speaker_text"), "Mira Solveg", None]
                ),
                "speaker_mention": chance.choice([row.get("speaker_text"), None]),
                "speaker_start": row.get("speaker_start") if kept else None,
                "speaker_end": row.get("speaker_end") if kept else None,
                "date": chance.choice([row.get("date"), "2024-03-05", None]),
                "source": chance.choice([row.get("source_quoted"), "NCNA", None]),
                "publisher": chance.choice(["NCNA", None]),
                "stance": chance.choice([row.get("stance"), "against", "neutral", "favour", None]),
            }
        )
    chance.shuffle(rows)
    return [row for row in rows if chance.random() < 0.9]


def invented(seed: int) -> list[dict]:
    chance = random.Random(seed)
    names = ["Aldo Brenn", "President Mira Solveg", "the NCNA", "a spokesman", None]
    rows = []
    for number in range(60):
        start = chance.randrange(2000)
        text = chance.choice(names)
        row = asked(
            start,
            start + chance.randrange(1, 200),
            chance.choice(["direct", "mixed", "block", "scare"]),
            f"doc {number % 9}",
            speaker_text=text,
            speaker_start=start - 20 if text else None,
            speaker_end=start - 5 if text else None,
            speaker_name=chance.choice([text, None]),
        )
        if chance.random() < 0.7:
            row |= {
                "date": chance.choice(["2024-03-05", None]),
                "source_quoted": chance.choice(["NCNA", None]),
            }
            row |= {"stance": chance.choice(["against", "neutral", "favour", None])}
            row |= {"date_basis": chance.choice(["statement", "event", None])}
        rows.append(row)
    return rows


@independent
@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("only", [None, "marked", "block"])
def test_the_same_figures_as_the_independent_script_on_invented_rows(write_lines, seed, only):
    rows = invented(seed)
    gold, predicted = write_lines("gold.jsonl", rows), write_lines("predicted.jsonl", answers(rows, seed))
    spans = [asked(row["quote_start"] - 30, row["quote_end"] + 30, doc_id=row["doc_id"]) for row in rows[::7]]
    options = {
        "only": only,
        "ignore": write_lines("ignore.jsonl", spans) if seed % 2 else None,
        "none": write_lines("none.jsonl", [{"doc_id": "doc x"}]) if seed % 3 else None,
    }
    assert ours(gold, predicted, **options) == theirs(gold, predicted, **options)


@independent
@pytest.mark.parametrize("name", ["seed_gold", "state_dev_gold", "polnear_dev_gold", "block_dev_gold"])
def test_the_same_figures_as_the_independent_script_on_development_gold(write_lines, shared_data, name):
    gold = shared_data / f"{name}.jsonl"
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    predicted = write_lines("predicted.jsonl", answers(rows, 0))
    assert ours(gold, predicted) == theirs(gold, predicted)


# Properties

SPANS = st.tuples(st.integers(0, 300), st.integers(1, 60)).map(lambda span: (span[0], span[0] + span[1]))


@given(st.lists(SPANS, max_size=12, unique=True))
def test_gold_judged_by_itself_is_all_right(spans):
    gold = [asked(start, end, speaker_text="Brenn") for start, end in spans]
    figures = evaluate(gold, [given_row(start, end, speaker="Brenn") for start, end in spans])
    assert figures["span_F1"] == pytest.approx(1 if spans else 0)
    assert figures["end_to_end_F1"] == pytest.approx(1 if spans else 0)


@given(st.lists(SPANS, max_size=12), st.lists(SPANS, max_size=12))
def test_shares_lie_between_0_and_1_and_no_prediction_answers_twice(gold, predicted):
    rows, answered = [asked(*span) for span in gold], [given_row(*span) for span in predicted]
    pairs = match(rows, answered)
    assert len(set(pairs.values())) == len(pairs)
    figures = evaluate(rows, answered)
    assert all(0 <= value <= 1 + 1e-9 for name, value in figures.items() if name.startswith("span"))
