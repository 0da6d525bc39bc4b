"""Kinds: clauses of their own are direct, what fills a place in the narrator's sentence is mixed, in every language."""

from __future__ import annotations

import pytest

from quotes.pipeline import read
from quotes.records import Document
from quotes.registry import load

CASES = [
    ("en", "Aldo Brenn said that “friends do share their coats.”", "direct"),
    ("en", "Aldo Brenn said that “friends share”.", "mixed"),
    ("en", "Aldo Brenn said the dyke was “a wall of bread and of good intentions.”", "mixed"),
    ("en", "Aldo Brenn promised: “a coat for every child in Ostrel.”", "direct"),
    ("en", "“The dyke will hold,” Aldo Brenn said.", "direct"),
    ("de", "Aldo Brenn sagte, dass „jedes Kind einen Mantel bekommt“.", "direct"),
    ("es", "Luz Quintar dijo que «nadie dormirá esta noche fuera».", "direct"),
    ("es", "Luz Quintar dijo que la ayuda es «heroica».", "mixed"),
    ("ja", "アルド・ブレン大統領は「海は待ってくれない」と述べた。", "direct"),
    ("ja", "アルド・ブレン大統領は「青い壁」と述べた。", "mixed"),
    ("ko", "준 세타로 대통령은 “해협은 담이 아니라 길이다”라고 말했다.", "direct"),
    ("ko", "준 세타로 대통령은 “우산 장수”라고 말했다.", "mixed"),
    ("zh", "布伦说：“港口是一块石头一块石头垒起来的。”", "direct"),
    ("zh", "布伦称新港是“共和国的新大门”。", "mixed"),
]


@pytest.mark.parametrize(("lang", "text", "kind"), CASES)
def test_kind(lang: str, text: str, kind: str) -> None:
    _, quotations, _ = read(Document("norvania-1", text, lang=lang), load())
    assert [quotation.kind for quotation in quotations] == [kind]
