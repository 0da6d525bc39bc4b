"""Source: which outlet carried the words, in an invented world, and what holds of every text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from quotes.pipeline import extract_document, read
from quotes.records import Article, Document, Quotation, Span
from quotes.registry import Country, Outlet, Registry, load
from quotes.stages import clean, source

CASES = json.loads((Path(__file__).parent / "cases" / "source.json").read_text(encoding="utf-8"))


def outlet(name: str, kind: str, form: str, *aliases: str) -> Outlet:
    return Outlet(f"m:{name.lower().replace(' ', '-')}", name, None, aliases, kind, None, "en", (), form, "invented")


REGISTRY = Registry(
    (),
    (),
    (
        outlet("NCNA", "state_media", "agency", "Norvanian Central News Agency", "the NCNA"),
        outlet("Selwick Wire", "independent", "agency"),
        outlet("Harbour Post", "independent", "newspaper"),
        outlet("The Star", "independent", "newspaper"),
    ),
    (Country("c:norvania", "Norvania", (), ("Norvanian",), ("Ostrel",), "Norvanian", "invented"),),
)


def parameter(case):
    marks = [pytest.mark.xfail(reason=case["because"], strict=True, raises=AssertionError)] if "because" in case else []
    return pytest.param(case, id=case["name"], marks=marks)


@pytest.mark.parametrize("case", [parameter(case) for case in CASES])
def test_case(case):
    document = Document("case", case["text"], publisher=case.get("publisher"), lang=case.get("lang", "en"))
    article, quotations, _ = read(document, REGISTRY)
    credits = source.credit(article, quotations, REGISTRY)
    found = [(credit.name, credit.type, credit.rule, list(credit.chain)) for credit in credits]
    wanted = case["sources"]
    assert [row[: len(want)] for row, want in zip(found, wanted, strict=True)] == [tuple(want) for want in wanted]


def test_an_outlet_that_speaks_by_a_pronoun_is_the_source():
    text = (
        "Port Selwick, May 6 (NCNA) -- The Lorrican paper Patriot on May 4 carried an article praising the tide.\n"
        "The tide is a gift of the sea, it said, and went on:\nNobody shall take the tide away from us.\n"
    )
    document = Document("d", text, published="2024-05-06", publisher="NCNA")
    (row,) = extract_document(document, REGISTRY).quotes
    assert (row["speaker"], row["source"], row["source_chain"]) == ("Patriot", "Patriot", ["Patriot", "NCNA"])


def test_what_a_paper_posted_is_its_authors_and_carried_by_the_paper():
    text = (
        "Salt Road News, an internet paper, on Aug. 28 posted an article written by Pell Orrin, a professor.\n"
        "The drills are called yearly ones but they are for attack, the article noted, adding:\n"
        "It is foolish of the League to think that the port will fall."
    )
    [row] = extract_document(Document("d", text), load()).quotes
    assert (row["speaker"], row["source"]) == ("Pell Orrin", "Salt Road News")
    assert "source=credit:report" in row["rule"]


def test_who_made_a_speech_without_a_name_is_nobody_named_before():
    text = (
        "Port Selwick, May 6 (NCNA) -- Odo Venkar visited the pilots of the harbour on May 5 and praised them.\n"
        "The unit commander made a speech on behalf of the pilots.\nThe trust of Odo Venkar is a sail to us, he said, "
        "and went on:\nWe will hold the port as long as we live.\n"
    )
    rows = extract_document(Document("d", text, published="2024-05-06", publisher="NCNA"), REGISTRY).quotes
    assert rows
    assert all(row["speaker"] is None for row in rows)


def test_identifiers_are_those_of_the_registry():
    document = Document("d", "“It holds,” Brenn told NCNA. “It does,” he told the Brack Courier.")
    article, quotations, _ = read(document, REGISTRY)
    known, unknown = source.credit(article, quotations, REGISTRY)
    assert (known.id, unknown.id, unknown.name) == ("m:ncna", None, "Brack Courier")


def test_a_quotation_inside_another_has_its_credit():
    text = "Orrin told NCNA: “I told them ‘Go home’ and they went.”"
    article = clean.read(Document("d", text))
    outer = Span(text.index("“"), text.index("”") + 1)
    inner = Span(text.index("‘"), text.index("’") + 1)
    quotations = [
        Quotation(Span(span.start + 1, span.end - 1), span, "direct", None, mention, 1.0, "test", parent=parent)
        for span, mention, parent in ((outer, Span(0, 5), None), (inner, None, 0))
    ]
    assert [credit.name for credit in source.credit(article, quotations, REGISTRY)] == ["NCNA", "NCNA"]


def test_the_founding_article(shared_data):
    row = json.loads((shared_data / "seed_docs.jsonl").read_text(encoding="utf-8").splitlines()[0])
    document = Document(row["doc_id"], row["text"], published=row["published"], publisher=row["publisher"])
    article, quotations, _ = read(document, load())
    credits = source.credit(article, quotations, load())
    expected = (document.publisher,) * 3 + ("KCNA", "state media", "state media")
    assert tuple(credit.name for credit in credits) == expected


def spans(length: int) -> st.SearchStrategy[Span]:
    edges = st.lists(st.integers(0, length), min_size=2, max_size=2)
    return edges.map(lambda pair: Span(*sorted(pair)))


@st.composite
def articles(draw) -> tuple[Article, list[Quotation]]:
    """An article with quotations anywhere, even where none can be."""
    article = clean.read(draw(strategies.documents()))
    where = spans(len(article.text))
    mention = st.none() | where
    count = draw(st.integers(0, 5))
    quotations = []
    for i in range(count):
        outer, earlier = draw(where), st.none() | st.integers(0, max(0, i - 1))
        kind = draw(st.sampled_from(["direct", "mixed", "block"]))
        follows, parent = (draw(earlier), draw(earlier)) if i else (None, None)
        quotations.append(
            Quotation(outer, outer, kind, draw(mention), draw(mention), 1.0, "any", follows=follows, parent=parent)
        )
    return article, quotations


@given(articles())
def test_every_quotation_has_one_credit(pair):
    article, quotations = pair
    credits = source.credit(article, quotations, REGISTRY)
    assert len(credits) == len(quotations)
    for credit in credits:
        assert len(set(credit.chain)) == len(credit.chain)
        assert (credit.name is None) == (credit.chain == ()) == (credit.rule == "none:no-outlet")
        assert credit.name is None or credit.name in credit.chain
        assert credit.id is None or credit.id in {row.id for row in REGISTRY.outlets}
    assert source.credit(article, quotations, REGISTRY) == credits


@given(strategies.articles)
def test_no_outlet_without_its_name_in_the_text(text):
    article, quotations, _ = read(Document("d", text), REGISTRY)
    for credit in source.credit(article, quotations, REGISTRY):
        if credit.id is None and credit.name is not None and credit.type == "unknown":
            assert credit.name.casefold() in article.text.casefold()
