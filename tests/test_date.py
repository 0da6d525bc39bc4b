"""When words were said: cases in an invented world, and what holds of every text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.pipeline import read
from quotes.records import Document
from quotes.registry import load
from quotes.stages import date
from quotes.stages.date_expressions import Day, expressions, parse, place

CASES = json.loads(Path(__file__).with_name("cases").joinpath("date.json").read_text(encoding="utf-8"))
EDTF = re.compile(r"(?:\d{4}|XXXX)(?:-\d{2}(?:-(?:\d{2}|[012]X))?)?|\d{4}-\d{2}-\d{2}/\d{4}-\d{2}-\d{2}")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case):
    document = Document("case", case["text"], published=case.get("published"))
    article, quotations, _ = read(document, load())
    words = [article.text[slice(*quotation.span)] for quotation in quotations]
    said = date.date(article, quotations)[words.index(case["quote"])]
    assert (said.date, said.edtf, said.basis) == (case["date"], case["edtf"], case["basis"])


def test_every_answer_names_its_words():
    for case in CASES:
        article, quotations, _ = read(Document("case", case["text"], published=case.get("published")), load())
        for said in date.date(article, quotations):
            assert (said.edtf is None) == (said.basis == "none")
            assert said.edtf is None or said.words is not None
            assert said.rule


PIECES = st.sampled_from(
    [
        "May 9th",
        " on Monday",
        "“We are dry,” Brenn said",
        " yesterday",
        ". ",
        "\n",
        " since ",
        "Juche 113 (2024)",
        " 31 Feb",
        " in late April",
        '"',
        " 2024-13-45",
        " next Friday",
        "Ostrel, May 40 (NOCNA) -- ",
        " June 2024",
        "9 May Founding 3",
    ]
)
PUBLISHED = st.sampled_from([None, "2024", "2024-02", "2024-02-29", "2024-02-30", "nonsense", "0001-01-01"])


@given(st.lists(PIECES, max_size=25).map("".join), PUBLISHED)
def test_any_text_gets_a_valid_answer_for_each_quotation(text, published):
    article, quotations, _ = read(Document("any", text, published=published), load())
    answers = date.date(article, quotations)
    assert len(answers) == len(quotations)
    for said in answers:
        assert said.edtf is None or EDTF.fullmatch(said.edtf)
        assert said.date is None or said.date == said.edtf


@given(st.dates().map(lambda day: day.isoformat()), PIECES)
def test_a_relative_day_is_never_after_the_document(published, piece):
    article, _, _ = read(Document("any", f"x {piece} y", published=published), load())
    for expression in expressions(article):
        if expression.kind in ("weekday", "relative"):
            try:
                placed = place(expression, parse(published))
            except OverflowError:
                continue
            assert placed.date is None or placed.date <= published


def test_partial_days_are_read_as_far_as_they_go():
    assert parse("2024-05") == Day(2024, 5, None)
    assert parse("2024-02-30") == Day(None, None, None)
    assert parse(None) == Day(None, None, None)
