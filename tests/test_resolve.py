"""Whom a mention means: cases in an invented world, and what holds of every text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies
from quotes.pipeline import read
from quotes.records import Article, Document, Quotation, Span
from quotes.registry import Registry, fold, load
from quotes.stages import clean
from quotes.stages.resolve import resolve

CASES = Path(__file__).parent / "cases"
SHARED = Path(__file__).parents[2] / "shared" / "data"

Case = Mapping[str, Any]


@cache
def registry() -> Registry:
    return load(CASES / "resolve_registry")


def cases() -> list[Any]:
    marks = pytest.mark.xfail
    return [
        pytest.param(
            case,
            id=case["label"],
            marks=[marks(reason=case["because"], strict=True, raises=AssertionError)] if "because" in case else [],
        )
        for case in json.loads((CASES / "resolve.json").read_text(encoding="utf-8"))
    ]


def read_case(case: Case) -> tuple[Article, list[Quotation]]:
    """The article of a case, and its quotations as another stage would hand them over."""
    fields = {name: case.get(name) for name in ("title", "published", "publisher", "url", "lang")}
    article = clean.read(Document("case", case["text"], **fields))
    return article, [_quotation(article.text, asked) for asked in case["quotes"]]


def _quotation(text: str, asked: Case) -> Quotation:
    start = text.index(asked["words"])
    span = Span(start, start + len(asked["words"]))
    mention = None
    if asked["mention"] is not None:
        places = [
            match.start() for match in re.finditer(rf"(?<![A-Za-z]){re.escape(asked['mention'])}(?![A-Za-z])", text)
        ]
        outside = [at for at in places if not span.start <= at < span.end]
        at = outside[min(asked.get("nth", 1), len(outside)) - 1]
        mention = Span(at, at + len(asked["mention"]))
    cue = None
    if "cue" in asked and mention is not None:
        at = text.index(asked["cue"], mention.end)
        cue = Span(at, at + len(asked["cue"]))
    return Quotation(span, Span(span.start - 1, span.end + 1), asked.get("kind", "direct"), cue, mention, 1.0, "case")


@pytest.mark.parametrize("case", cases())
def test_case(case: Case) -> None:
    article, quotations = read_case(case)
    for speaker, asked in zip(resolve(article, quotations, registry()), case["quotes"], strict=True):
        assert (speaker.name, speaker.rule) == (asked["speaker"], asked["rule"])
        for field in ("id", "type", "country"):
            if field in asked:
                assert getattr(speaker, field) == asked[field]


def test_what_goes_on_has_the_speaker_of_what_it_follows() -> None:
    article = clean.read(Document("d", "“We sail,” Dace Harrow said. “And we land.”"))
    first = _quotation(article.text, {"words": "We sail,", "mention": "Dace Harrow"})
    second = Quotation(Span(30, 42), Span(29, 43), "direct", None, None, 1.0, "case", follows=0)
    assert [speaker.name for speaker in resolve(article, [first, second], registry())] == ["Dace Harrow"] * 2


def test_the_first_person_inside_a_quotation_is_its_speaker() -> None:
    text = "“I told them ‘no’ at once,” Dace Harrow said."
    article = clean.read(Document("d", text))
    outer = _quotation(text, {"words": "I told them ‘no’ at once,", "mention": "Dace Harrow"})
    inner = Quotation(Span(14, 16), Span(13, 17), "direct", None, Span(1, 2), 1.0, "case", parent=0)
    assert resolve(article, [outer, inner], registry())[1].name == "Dace Harrow"


def test_a_document_without_quotations_has_no_speakers() -> None:
    assert resolve(clean.read(Document("d", "Dace Harrow said nothing.")), [], registry()) == []


def test_order_of_the_quotations_changes_nothing() -> None:
    text = "“We sail,” Dace Harrow said. “We land,” she said. Tolla Ferrin left. “We swim,” Harrow added."
    article = clean.read(Document("d", text))
    asked = [("We sail,", "Dace Harrow", 1), ("We land,", "she", 1), ("We swim,", "Harrow", 2)]
    quotations = [_quotation(text, {"words": w, "mention": m, "nth": n}) for w, m, n in asked]
    forward = resolve(article, quotations, registry())
    assert resolve(article, quotations[::-1], registry())[::-1] == forward
    assert {speaker.name for speaker in forward} == {"Dace Harrow"}


@settings(max_examples=150, deadline=None)
@given(strategies.documents())
def test_every_quotation_has_an_answer_or_a_reason(document: Document) -> None:
    article, quotations, _ = read(document, registry())
    speakers = resolve(article, quotations, registry())
    assert len(speakers) == len(quotations)
    assert resolve(article, quotations, registry()) == speakers
    for speaker in speakers:
        assert (speaker.name is None) == speaker.rule.startswith("none:")
        assert speaker.name is None or speaker.name.strip() == speaker.name != ""
        assert speaker.id is None or registry().row(speaker.id) is not None
        assert re.fullmatch(r"(?:none:)?[a-z]+(?:-[a-z]+)*", speaker.rule)


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=80), data=st.data())
def test_any_span_may_be_called_a_mention(text: str, data: st.DataObject) -> None:
    article = clean.read(Document("d", text))
    length = len(article.text)
    ends = data.draw(st.lists(st.integers(0, length), min_size=4, max_size=4).map(sorted))
    span, mention = Span(ends[0], ends[1]), Span(ends[2], ends[3])
    quotation = Quotation(span, span, "mixed", None, mention, 1.0, "case")
    assert len(resolve(article, [quotation], registry())) == 1


TITLES = frozenset({"president", "leader", "mr", "mrs", "minister", "the", "former"})


@given(
    title=st.sampled_from(
        ["President ", "Mr. ", "the Lorrican leader ", "former minister ", "Norvanian Foreign Minister "]
    ),
    name=st.sampled_from(["Dace Harrow", "Aldo Brenn", "Tolla M. Ferrin", "Jean-Luc Arrow", "Ri Song Taek"]),
    tail=st.sampled_from(["", "’s", ", who came late,", ", 43,", " of Lorrica", " (Lorrica)"]),
)
def test_names_come_without_titles_and_possessives(title: str, name: str, tail: str) -> None:
    text = f"“We sail,” said {title}{name}{tail} on the quay."
    mention = f"{title}{name}{tail}"
    speakers = resolve(
        clean.read(Document("d", text)), [_quotation(text, {"words": "We sail,", "mention": mention})], registry()
    )
    assert speakers[0].name == name
    assert not TITLES & set(fold(speakers[0].name).split())


def _gold(name: str) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {}
    for line in (SHARED / name).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["kind"] != "scare" and not row.get("suspect"):
            rows.setdefault(row["doc_id"], []).append(row)
    return rows


def _same(one: str, other: str | None) -> bool:
    """One name's words are the other's, or they share the last."""
    a, b = ([word for word in fold(name).split() if len(word) > 1] for name in (one, other or ""))
    return bool(a and b) and (set(a) <= set(b) or set(b) <= set(a) or a[-1] == b[-1])


@pytest.mark.skipif(not SHARED.is_dir(), reason="the development data is not beside this checkout")
@pytest.mark.parametrize(
    ("documents", "gold", "floor"),
    [
        ("seed_docs.jsonl", "seed_gold.jsonl", 1.0),
        ("state_docs.jsonl", "state_dev_gold.jsonl", 0.98),
        ("polnear_dev_docs.jsonl", "polnear_dev_gold.jsonl", 0.98),
    ],
)
def test_names_of_real_articles_stay_as_right_as_they_were(documents: str, gold: str, floor: float) -> None:
    right: list[bool] = []
    wanted = _gold(gold)
    for line in (SHARED / documents).read_text(encoding="utf-8").splitlines():
        fields = json.loads(line)
        rows = sorted(wanted.get(fields["doc_id"], []), key=lambda row: row["quote_start"])
        article = clean.read(
            Document(
                **{
                    key: fields[key]
                    for key in ("doc_id", "text", "title", "published", "publisher", "url", "lang")
                    if fields.get(key)
                }
            )
        )
        if not rows or article.edits:
            continue
        quotations = [
            Quotation(
                Span(row["quote_start"], row["quote_end"]),
                Span(row["quote_start"] - 1, row["quote_end"] + 1),
                row["kind"],
                None,
                Span(row["speaker_start"], row["speaker_end"]) if row["speaker_start"] is not None else None,
                1.0,
                "gold",
            )
            for row in rows
        ]
        for row, speaker in zip(rows, resolve(article, quotations, load()), strict=True):
            if row["speaker_name"]:
                right.append(_same(row["speaker_name"], speaker.name))
    assert len(right) > 5
    assert sum(right) / len(right) >= floor
