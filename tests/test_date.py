"""When words were said: cases in an invented world, and what holds of every text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quotes.edtf import is_valid, parse
from quotes.pipeline import read
from quotes.records import Article, Document, Quotation, SaidOn, Span
from quotes.registry import load
from quotes.stages import clean, date
from quotes.stages.date_calendar import place
from quotes.stages.date_expressions import expressions

Case = Mapping[str, Any]
CASES = json.loads(Path(__file__).with_name("cases").joinpath("date.json").read_text(encoding="utf-8"))


def dated(case: Case) -> tuple[Article, list[Quotation], list[SaidOn]]:
    document = Document("case", case["text"], published=case.get("published"), lang=case.get("lang"))
    article, quotations, _ = read(document, load())
    return article, quotations, date.date(article, quotations)


def holds(article: Article, said: SaidOn) -> bool:
    """What is true of every answer."""
    limit = article.document.published
    inside = said.words is None or 0 <= said.words.start < said.words.end <= len(article.text)
    early = said.date is None or parse(limit).year is None or said.date[: len(limit or "")] <= (limit or "")
    return (
        inside
        and early
        and bool(said.rule)
        and (said.edtf is None) == (said.basis == "none")
        and (said.edtf is None or (is_valid(said.edtf) and said.words is not None))
        and (said.date is None or said.date == said.edtf)
    )


def parameter(case: Case) -> Any:
    marks = pytest.mark.xfail(reason=case["because"], strict=True, raises=AssertionError) if "because" in case else ()
    return pytest.param(case, id=case["name"], marks=marks)


@pytest.mark.parametrize("case", [parameter(case) for case in CASES])
def test_case(case: Case) -> None:
    article, quotations, answers = dated(case)
    words = [article.text[slice(*quotation.span)] for quotation in quotations]
    said = answers[words.index(case["quote"])]
    assert (said.date, said.edtf, said.basis) == (case["date"], case["edtf"], case["basis"])
    assert "rule" not in case or said.rule == case["rule"]
    assert all(holds(article, each) for each in answers)


def test_no_quotations() -> None:
    assert date.date(clean.read(Document("d", "On May 9th nothing was said.")), []) == []


PIECES = st.sampled_from(
    [
        *("May 9th", " on Monday", "“We are dry,” Brenn said", " yesterday", ". ", "\n", " since ", "Juche 113 (2024)"),
        *(" 31 Feb", " in late April", '"', " 2024-13-45", " next Friday", "Ostrel, May 40 (NOCNA) -- ", " June 2024"),
        *("9 May Founding 3", " reported on Sunday", " three days ago", " that day", " the next day", " 29 February"),
        *(" last week", " 100 years ago", "99 days ago", " in 2011", " 20日", "三十九日", " 0日", " on June 3 and 4"),
        *("He met them on ", "and told them, “never,”", "Who", "the ", " attack", "’s", "he replied, “no.” ", "("),
        *(" of that year", "09.05.2025"),
        *("“A ‘b’ on Monday c,” it said", " am Dienstag", " miércoles", " today", "Ostrel, 7 June – ", "-0-"),
    ]
)
PUBLISHED = st.sampled_from(
    [None, "2024", "2024-02", "2024-02-29", "2024-02-30", "nonsense", "0001-01-01", "0001", "9999-12-31", "2025-01-01"]
)
LANGUAGES = st.sampled_from([None, "en", "de", "es", "fr", "ru", "zh", "ja", "ko", "xx", ""])


@given(st.lists(PIECES, max_size=25).map("".join), PUBLISHED, LANGUAGES)
def test_any_text_gets_a_valid_answer_for_each_quotation(text: str, published: str | None, lang: str | None) -> None:
    article, quotations, answers = dated({"text": text, "published": published, "lang": lang})
    assert len(answers) == len(quotations)
    assert all(holds(article, said) for said in answers)


@given(st.lists(PIECES, min_size=1, max_size=12).map("".join), PUBLISHED, st.data())
def test_any_spans_get_a_valid_answer(text: str, published: str | None, data: st.DataObject) -> None:
    """Quotations need not be such as the other stages find."""
    article = clean.read(Document("any", text, published=published))
    places = st.integers(0, max(1, len(article.text) - 1))
    quotations: list[Quotation] = []
    for index in range(data.draw(st.integers(1, 4))):
        start, end = sorted((data.draw(places), data.draw(places)))
        span = Span(start, max(end, start + 1))
        cue, mention = (data.draw(st.none() | places.map(lambda at: Span(at, at + 1))) for _ in range(2))
        kind = data.draw(st.sampled_from(["direct", "mixed", "block"]))
        before = st.none() | st.integers(0, index - 1) if index else st.none()
        quotations.append(Quotation(span, span, kind, cue, mention, 1.0, "any", data.draw(before), data.draw(before)))
    answers = date.date(article, quotations)
    assert len(answers) == len(quotations)
    assert all(holds(article, said) for said in answers)


@given(st.dates().map(lambda day: day.isoformat()), PIECES)
@example("0001-01-03", " last week")
@example("0001-01-03", " 100 years ago")
def test_no_day_is_after_the_one_the_document_speaks_from(published: str, piece: str) -> None:
    for expression in expressions(f"x {piece} y"):
        placed = place(expression, parse(published))
        assert placed.date is None or placed.date <= published
        assert placed.edtf is None or is_valid(placed.edtf)


@given(st.lists(PIECES, max_size=25).map("".join), LANGUAGES)
def test_expressions_stand_in_order_and_apart(text: str, lang: str | None) -> None:
    found = expressions(text, lang)
    assert all(0 <= one.span.start < one.span.end <= len(text) for one in found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))


@pytest.mark.parametrize("filler", ["The sea was calm. ", "On June 3 the sea was calm. ", "Vera Indrel slept.\n"])
def test_what_is_far_behind_changes_nothing(filler: str) -> None:
    text = "“We are dry,” Brenn said on May 9. It rained.\n"
    _, _, short = dated({"text": text, "published": "2024-06-30"})
    _, _, long = dated({"text": text + filler * 300, "published": "2024-06-30"})
    assert short == long
