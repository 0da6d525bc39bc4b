"""Tokens: the narrator's words as types, each quotation one token, cut into sentences."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

import strategies
from quotes.records import Article, Document, Span
from quotes.stages import clean, mark
from quotes.stages.tokens import Token, narrator_sentences

CASES = [
    ("Aldo Brenn said “the port stays open.”", ["NNVQ"]),
    ("“The port stays open,” Aldo Brenn said.", ["QNNV."]),
    ("“The port stays open.” The crowd cheered.", ["Q", "DRL."]),
    ("“Why?” Brenn asked. He left.", ["QNV.", "PL."]),
    ("He called it “free” and “open”.", ["PVPQKQ."]),
    ("A spokesman for the ministry said on Monday: “No.”", ["DRODRVOT:Q"]),
    ("Brenn (who is ill) has not said “yes”.", ["N(WAL)AYVQ."]),
    ("Aldo Brenn\nVera Indrel", ["NN", "NN"]),
    ("", []),
]


def sentences(text: str) -> tuple[Article, list[list[Token]]]:
    article = clean.read(Document("case", text))
    candidates = mark.find(article)
    outermost = [i for i, candidate in enumerate(candidates) if candidate.parent is None]
    return article, list(narrator_sentences(article, Span(0, len(article.text)), candidates, outermost))


@pytest.mark.parametrize(("text", "types"), CASES, ids=[text[:30] for text, _ in CASES])
def test_types(text: str, types: list[str]) -> None:
    assert ["".join(token.type for token in sentence) for sentence in sentences(text)[1]] == types


@pytest.mark.parametrize("noun", ["the call", "of reply", "Norvania's report", "their claims"])
def test_a_cue_behind_a_determiner_is_a_noun(noun: str) -> None:
    *_, last = sentences(f"He spoke of {noun}")[1][0]
    assert last.type != "V"


@given(strategies.texts)
def test_tokens_are_sorted_apart_and_say_what_stands_there(text: str) -> None:
    article, found = sentences(text)
    tokens = [token for sentence in found for token in sentence]
    crossing = "QQ"  # pairs of different marks that cross, neither inside the other
    assert all(a.end <= b.start or a.type + b.type == crossing for a, b in pairwise(tokens))
    assert all(token.word == article.text[token.start : token.end] for token in tokens if token.type != "Q")
    assert all(token.start < token.end for token in tokens)


@given(strategies.texts)
def test_every_outermost_candidate_is_one_token(text: str) -> None:
    article, found = sentences(text)
    indices = [token.candidate for sentence in found for token in sentence if token.type == "Q"]
    assert indices == [i for i, candidate in enumerate(mark.find(article)) if candidate.parent is None]
