"""Clauses: the cue, its subject and the form of each report in a sentence."""

from __future__ import annotations

import pytest

from quotes.stages.clauses import clauses, topic
from test_tokens import sentences

CASES = [
    ("Brenn said it.", [("said", "Brenn", "subject-verb")]),
    ("President Aldo Brenn told reporters.", [("told", "President Aldo Brenn", "subject-verb")]),
    ("“Yes,” said Aldo Brenn.", [("said", "Aldo Brenn", "verb-subject")]),
    ("“Yes,” Aldo Brenn said.", [("said", "Aldo Brenn", "subject-verb")]),
    ("“Yes,” according to Ivo Lasker.", [("according to", "Ivo Lasker", "according-to")]),
    ("Brenn, the president, said it.", [("said", "Brenn", "subject-verb")]),
    ("The president, Aldo Brenn, said it.", [("said", "Aldo Brenn", "subject-verb")]),
    ("Dace Harrow, 43, a farmer, said it.", [("said", "Dace Harrow", "subject-verb")]),
    (
        "Ivo Lasker, who spoke first, said it.",
        [("spoke", "Ivo Lasker", "relative"), ("said", "Ivo Lasker", "subject-verb")],
    ),
    ("Brenn on Monday said it.", [("said", "Brenn", "subject-verb")]),
    ("Brenn was quoted as saying “yes”.", [("quoted as saying", "Brenn", "passive")]),
    ("The toll was called “a tax” by Vera Indrel.", [("called", "Vera Indrel", "passive")]),
    ("The toll was called “a tax” again.", [("called", None, "passive")]),
    (
        "Brenn called it “a tax” and described it as “bad”.",
        [("called", "Brenn", "subject-verb"), ("described", "Brenn", "coordinate")],
    ),
    ("A spokesman for the ministry said it.", [("said", "A spokesman for the ministry", "subject-verb")]),
    (
        "Aldo Brenn, “minister” of the south, vociferated about “war”.",
        [("vociferated", "Aldo Brenn", "subject-verb")],
    ),
    ("He didn’t say it.", [("say", "He", "subject-verb")]),
    ("She's said it.", [("said", "She", "subject-verb")]),
    ("She's called “fair” by Brenn.", [("called", "Brenn", "passive")]),
    ("Let him say it.", []),
    ("The port is dark.", []),
    ("In reply to the call, the port is dark.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:40] for text, _ in CASES])
def test_clauses(text: str, expected: list[tuple[str, str | None, str]]) -> None:
    article, [tokens, *_] = sentences(text)
    found = []
    for clause in clauses(tokens):
        subject = clause.subject
        words = article.text[tokens[subject[0]].start : tokens[subject[1] - 1].end] if subject else None
        found.append((article.text[clause.cue.start : clause.cue.end], words, clause.form))
    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aldo Brenn went home.", "Aldo Brenn"),
        ("In Ostrel, the president went home.", "the president"),
        ("The rain fell on the quay.", None),
    ],
)
def test_topic(text: str, expected: str | None) -> None:
    article, [tokens, *_] = sentences(text)
    phrase = topic(tokens)
    assert (article.text[tokens[phrase[0]].start : tokens[phrase[1] - 1].end] if phrase else None) == expected
