"""The invariants of the design, as properties of any text."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import strategies
from case_files import registry
from quotes.pipeline import build_tables, extract_document, read
from quotes.records import Article, Document, Span
from quotes.rows import Extraction
from quotes.schema import columns
from quotes.stages import clean, link, mark

settings.register_profile("quotes", deadline=None, max_examples=200, derandomize=True)
settings.load_profile("quotes")

_BLANKS = re.compile(r"\s+")


def extract(document: Document) -> Extraction:
    return extract_document(document, registry())


def folded(text: str | None) -> str | None:
    return None if text is None else _BLANKS.sub(" ", text).strip()


def tidy(words: str) -> str:
    """Runs of blanks and of line ends made one."""
    return re.sub(r"\s*\n\s*", "\n", re.sub(r" {2,}", " ", words)).strip()


def as_bytes(rows: Any) -> bytes:
    return json.dumps(rows, ensure_ascii=True, sort_keys=False).encode()


@given(strategies.documents())
def test_offsets_hold(document: Document) -> None:
    for row in extract(document).quotes:
        words = document.text[row["start"] : row["end"]]
        assert clean.repair(words) == row["quote"]
        assert sha256(row["quote"].encode("utf-8", "surrogatepass")).hexdigest() == row["quote_sha256"]
        assert row["start"] < row["end"] <= len(document.text)
        if row["speaker_start"] is not None:
            mention = document.text[row["speaker_start"] : row["speaker_end"]]
            assert folded(clean.repair(mention)) == row["speaker_mention"]


@given(strategies.documents())
def test_a_slice_is_repaired_as_the_whole_text_is(document: Document) -> None:
    article, quotations, rejections = read(document, registry())
    for found in (*quotations, *rejections):
        span = clean.given_span(article, found.span)
        assert clean.repair(document.text[span.start : span.end]) == tidy(_slice(article, found.span))


@given(strategies.documents())
def test_spans_hold_no_blanks_around_the_words(document: Document) -> None:
    article, quotations, rejections = read(document, registry())
    for found in (*quotations, *rejections):
        assert _slice(article, found.span) == _slice(article, found.span).strip()
        assert found.outer.start <= found.span.start <= found.span.end <= found.outer.end


@given(strategies.documents())
def test_every_marked_candidate_ends_in_exactly_one_place(document: Document) -> None:
    article, quotations, rejections = read(document, registry())
    candidates = Counter((one.span, one.outer) for one in mark.find(article))
    marked = [one for one in quotations if one.kind != "block"]
    assert Counter((one.span, one.outer) for one in (*marked, *rejections)) == candidates
    extraction = extract(document)
    assert len(extraction.quotes) == len(quotations)
    assert len(extraction.rejected) == len(rejections)
    assert all(row["reason"] and row["rule"] for row in extraction.rejected)


@given(strategies.documents())
def test_no_text_raises_and_rows_are_complete(document: Document) -> None:
    extraction = extract(document)
    for table, rows in (
        ("quotes", extraction.quotes),
        ("stances", extraction.stances),
        ("rejected", extraction.rejected),
    ):
        for row in rows:
            assert set(row) <= set(columns(table))
            json.dumps(row)
    assert [row["start"] for row in extraction.quotes] == sorted(row["start"] for row in extraction.quotes)
    assert len({row["quote_id"] for row in extraction.quotes}) == len(extraction.quotes)


@given(strategies.documents())
def test_the_same_document_gives_the_same_rows(document: Document) -> None:
    assert as_bytes(extract(document).quotes) == as_bytes(extract(document).quotes)


@settings(max_examples=60, deadline=None)
@given(st.lists(strategies.documents(), min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_order_and_company_change_no_rows(documents: list[Document], random: Any) -> None:
    named = [replace(document, doc_id=f"d{k}") for k, document in enumerate(documents)]
    shuffled = random.sample(named, len(named))
    together = build_tables(named, scorer=None, registry=registry())
    assert as_bytes(together) == as_bytes(build_tables(shuffled, scorer=None, registry=registry()))
    alone = build_tables(named[:1], scorer=None, registry=registry())
    for table in ("quotes", "stances", "rejected"):
        kept = [row for row in together[table] if row["doc_id"] == "d0"]
        assert _unlinked(alone[table]) == _unlinked(kept)


@given(strategies.articles, st.sampled_from(["2025-05-09", "2024", None]), st.sampled_from(["A title", None]))
def test_identifiers_do_not_depend_on_other_fields(
    text: str, published: str | None, title: str | None
) -> None:
    bare = Document("document", text, publisher="Harbour Post")
    dressed = replace(bare, published=published, title=title)
    assert _identifiers(extract(bare).quotes) == _identifiers(extract(dressed).quotes)


@given(st.lists(st.text()))
def test_identifiers_do_not_depend_on_the_normal_form(quotes: list[str]) -> None:
    forms = [[unicodedata.normalize(form, quote) for quote in quotes] for form in ("NFC", "NFD")]
    composed, decomposed = (list(link.quote_ids("Harbour Post", "document", form)) for form in forms)
    assert composed == decomposed
    assert len(set(composed)) == len(composed)
    composed, decomposed = ([link.statement_id(quote) for quote in form] for form in forms)
    assert composed == decomposed


def test_identifiers_of_a_decomposed_text() -> None:
    text = "« Zürák bleibt offén », sagte Aldo Brénn. “Él puerto está abierto,” Luz Quintár said."
    forms = [
        extract(Document("document", unicodedata.normalize(form, text))).quotes for form in ("NFC", "NFD")
    ]
    assert forms[0]
    assert _identifiers(forms[0]) == _identifiers(forms[1])


def test_an_earlier_insertion_keeps_identifiers() -> None:
    text = "“The port stays open,” Brenn said. “The port stays open,” Indrel said."
    before, after = (
        extract(Document("document", text)),
        extract(Document("document", f"A first line.\n{text}")),
    )
    assert len(before.quotes) == 2
    assert _identifiers(before.quotes) == _identifiers(after.quotes)


@given(strategies.texts, st.data())
def test_every_span_of_the_reading_has_its_place_in_the_text(text: str, data: st.DataObject) -> None:
    article = clean.read(Document("document", text))
    ends = sorted(
        (data.draw(st.integers(0, len(article.text))), data.draw(st.integers(0, len(article.text))))
    )
    span = clean.given_span(article, Span(*ends))
    assert 0 <= span.start <= span.end <= len(text)


@given(strategies.texts)
def test_paragraphs_and_sentences_are_sorted_apart_and_trimmed(text: str) -> None:
    article = clean.read(Document("document", text))
    for spans in (article.paragraphs, article.sentences):
        assert all(one.end <= other.start for one, other in pairwise(spans))
        assert all(_slice(article, span) == _slice(article, span).strip() != "" for span in spans)
    assert all(
        any(p.start <= s.start and s.end <= p.end for p in article.paragraphs) for s in article.sentences
    )


def _unlinked(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The rows without what links them to other documents."""
    return [{**row, "statement_id": None} for row in rows]


def _identifiers(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    return [(row["quote_id"], row["statement_id"]) for row in rows]


def _slice(article: Article, span: Span) -> str:
    return article.text[span.start : span.end]
