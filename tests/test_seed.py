"""The founding article and our retelling: each marked candidate decided, named, dated, credited, weighed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from quotes.evaluate import evaluate
from quotes.models import load as load_model
from quotes.pipeline import extract_document
from quotes.records import Document
from quotes.registry import load as load_registry
from quotes.rows import Extraction

ROOT = Path(__file__).resolve().parent.parent
RETELLING = ROOT / "data" / "raw" / "russia-ukraine-2025.jsonl"
SHARED = ROOT.parent / "shared" / "data"
FIELDS = ("doc_id", "text", "title", "published", "publisher", "url", "lang")
ARTICLES = ["founding article", "retelling"]

Row = Mapping[str, Any]


def lines(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@cache
def article(name: str) -> tuple[tuple[Document, ...], tuple[Row, ...]]:
    """Documents and gold rows of one of `ARTICLES`."""
    if name == "retelling":
        rows = lines(RETELLING)
        gold = [row for line in rows for row in line["gold"]]
    elif (SHARED / "seed_docs.jsonl").is_file():
        rows, gold = lines(SHARED / "seed_docs.jsonl"), lines(SHARED / "seed_gold.jsonl")
    else:
        pytest.skip("the founding article is not here")
    return tuple(Document(*(row[field] for field in FIELDS)) for row in rows), tuple(gold)


@cache
def extractions(name: str, dated: bool = True) -> tuple[Extraction, ...]:
    documents, _ = article(name)
    if not dated:
        documents = tuple(replace(document, published=None) for document in documents)
    return tuple(extract_document(document, load_registry(), load_model()) for document in documents)


def quotes(name: str, dated: bool = True) -> dict[str, Row]:
    """Rows by their words; no words stand twice."""
    return {row["quote"]: row for extraction in extractions(name, dated) for row in extraction.quotes}


def said(name: str) -> list[Row]:
    return [row for row in article(name)[1] if row["kind"] != "scare"]


@pytest.fixture(params=ARTICLES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_gold_is_the_six_quotations_and_two_terms(name: str) -> None:
    assert len(said(name)) == 6
    assert len(article(name)[1]) == 8


def test_nothing_but_the_quotations_is_found(name: str) -> None:
    keys = ("doc_id", "quote_start", "quote_end", "quote_text")
    expected = [tuple(row[key] for key in keys) for row in said(name)]
    found = [(row["doc_id"], row["start"], row["end"], row["quote"]) for row in quotes(name).values()]
    assert found == expected


def test_kinds(name: str) -> None:
    assert [row["kind"] for row in quotes(name).values()] == [row["kind"] for row in said(name)]


def test_what_nobody_said_is_rejected_as_irony(name: str) -> None:
    expected = [(row["quote_text"], "scare") for row in article(name)[1] if row["kind"] == "scare"]
    found = [(row["text"], row["reason"]) for extraction in extractions(name) for row in extraction.rejected]
    assert found == expected


def test_speakers_have_their_names_and_mentions(name: str) -> None:
    for gold in said(name):
        row = quotes(name)[gold["quote_text"]]
        found = (row["speaker"], row["speaker_mention"], row["speaker_start"], row["speaker_end"])
        assert found == tuple(gold[f"speaker_{key}"] for key in ("name", "text", "start", "end"))


def test_speakers_are_identified(name: str) -> None:
    found = {row["speaker"]: row["speaker_id"] for row in quotes(name).values()}
    assert set(found) == {"Kim Jong Un", "Vladimir Putin"}
    assert None not in found.values()
    assert len(set(found.values())) == 2


@pytest.mark.parametrize("name", ARTICLES)
def test_the_day_is_that_of_the_text(name: str) -> None:
    for gold in said(name):
        row = quotes(name)[gold["quote_text"]]
        if gold["date"]:
            assert (row["date"], row["date_edtf"]) == (gold["date"], gold["date_edtf"])


def test_no_day_is_invented(name: str) -> None:
    for gold in said(name):
        if not gold["date"]:
            assert quotes(name)[gold["quote_text"]]["date"] is None


@pytest.mark.parametrize("name", ARTICLES)
def test_without_a_year_the_day_stays_open(name: str) -> None:
    expected = {row["quote_text"]: (None, "XXXX-05-09") for row in said(name) if row["date"]}
    found = {words: (row["date"], row["date_edtf"]) for words, row in quotes(name, dated=False).items()}
    assert expected == {words: found[words] for words in expected}
    assert len(expected) == 2


def test_the_agency_is_the_source_where_it_is_credited(name: str) -> None:
    credited = {row["quote_text"]: row["source_quoted"] for row in said(name)}
    for words, source in credited.items():
        row = quotes(name)[words]
        if source == "KCNA":
            assert (row["source"], row["source_type"]) == ("KCNA", "state_media")
        else:
            assert row["source"] != "KCNA"
    assert "KCNA" in credited.values()


def test_stance_has_the_right_sign(name: str) -> None:
    for gold in said(name):
        row = quotes(name)[gold["quote_text"]]
        sign = 1 if gold["stance"] == "favour" else -1
        assert row["stance_score"] * sign > 0, gold["quote_text"]


@pytest.mark.parametrize("name", ARTICLES)
def test_the_published_figures_are_perfect(name: str) -> None:
    figures = evaluate(article(name)[1], list(quotes(name).values()))
    wanted = ("span_F1", "attribution_acc", "canonical_name_acc", "end_to_end_F1", "date_acc_where_gold")
    assert {figure: figures[figure] for figure in wanted} == dict.fromkeys(wanted, 1.0)
    assert figures["scare_kept_as_quote"] == 0
