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
    ("Brenn, who has in the past called him “vain”, left.", [("called", "Brenn", "relative")]),
    ("The clerk left, but in a later interview said it.", [("said", "The clerk", "coordinate")]),
    (
        "A clerk who spoke to discuss internal strategy said it.",
        [("spoke", "A clerk", "relative"), ("said", "A clerk", "subject-verb")],
    ),
    ("Brenn’s latest request: “Go home.”", [("request", "Brenn’s", "noun")]),
    ("The plan goes beyond Brenn’s controversial pledge to be “fair”.", [("pledge", "Brenn’s", "noun")]),
    ("Pell’s most explosive claim is that it is “a hunt”.", [("claim", "Pell’s", "noun")]),
    ("There were near-constant calls of “Go home”.", []),
    ("Pell fielded the most incoming attacks from “friends”.", []),
    ("Pell misjudged Brenn, having referred to him as “vain”.", [("referred", "Pell", "participle")]),
    ("The book titled “Low Tide” came out.", [("titled", None, "passive")]),
    ("The plan, often labeled “a hunt” by sailors, failed.", [("labeled", "sailors", "passive")]),
    ("A familiar voice celebrated the news.", [("celebrated", "A familiar voice", "subject-verb")]),
    (
        "In Ostrel the Times and Post each called it “a rout”.",
        [("called", "the Times and Post", "subject-verb")],
    ),
    (
        "The paradox, says Carl Anthon, historian at the library, is “plain”.",
        [("says", "Carl Anthon", "verb-subject")],
    ),
    ("“Yes,” said one of two clerks who came.", [("said", "one of two clerks", "verb-subject")]),
    ("“Yes,” said Will Doyle, a clerk.", [("said", "Will Doyle", "verb-subject")]),
    ("“Yes,” the 43-year-old said.", [("said", "the 43-year-old", "subject-verb")]),
    (
        "Brenn slammed Pell for saying it was “bad” and added it.",
        [("slammed", "Brenn", "subject-verb"), ("saying", "Pell", "participle"), ("added", "Brenn", "coordinate")],
    ),
    (
        "It is common for news accounts to portray him as “vain”.",
        [("portray", "news accounts", "participle")],
    ),
    ("A win led her to declare that it was “in sight”.", [("declare", "her", "participle")]),
    (
        "The camp denied it, with Pell taking to the radio to call him “vain”.",
        [("denied", "The camp", "subject-verb"), ("call", "Pell", "participle")],
    ),
    (
        "Sailors came, with many clerks and millers chanting “Go home”.",
        [("chanting", "many clerks and millers", "participle")],
    ),
    ("Pell, whose home, Ostrel, lies low, said it.", [("said", "Pell", "subject-verb")]),
    ("Sailors met Brenn where 50 clerks gathered, chanting “Go home”.", [("chanting", "50 clerks", "participle")]),
    ("Brenn won the vote by declaring himself “the best”.", [("declaring", "Brenn", "participle")]),
    (
        "The paper’s editorial telling Brenn to leave his “playground” came late.",
        [("telling", "The paper’s editorial", "participle")],
    ),
    ("Officials that said it left.", [("said", "Officials", "relative")]),
    ("He played down the remarks as “noise”.", [("played", "He", "subject-verb")]),
    (
        "Ostrel (AFP) – Democrat Aila Harrow took a swipe at Brenn, saying it was “bad”.",
        [("saying", "Democrat Aila Harrow", "participle")],
    ),
    (
        "Even before Pell spoke, his camp sent a note to clerks, saying “Go home”.",
        [("spoke", "Pell", "subject-verb"), ("saying", "his camp", "participle")],
    ),
    ("Brenn has long used the phrase “low tide”.", [("used", "Brenn", "subject-verb")]),
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
