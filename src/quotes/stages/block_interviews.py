"""Interviews: who answers where questions and answers are labelled as such ("Q: … A: …", "1. Question: … Answer: …").

The article tells it before the first question: "the agency met X", "X was interviewed", "X answered questions".
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.records import Article, Span
from quotes.stages.clauses import clauses, subject_of
from quotes.stages.noun_phrases import noun_phrase_right
from quotes.stages.tokens import Token, narrator_sentences

ANSWER = frozenset({"A", "Answer"})
UNNAMED = frozenset({"Question", "Answer"})
"""Labels that are no name of anybody."""
_REACH = 3
"""Paragraphs before the first question in which the interview is announced."""
_ASKED = frozenset({"met", "interviewed", "with"})
_GAVE = frozenset({"answered", "gave", "granted", "gives"})
_GIVEN = frozenset({"questions", "question", "interview", "answers", "answer"})


def interviewee(article: Article, first: int) -> Span | None:
    """Who answers, told in the paragraphs before the one of the first question (``first``); None where more than one
    may."""
    found: set[Span] = set()
    for part in article.paragraphs[max(0, first - _REACH) : first]:
        for tokens in narrator_sentences(article, part, (), ()):
            phrase = _asked(tokens)
            if phrase is not None:
                found.add(Span(tokens[phrase[0]].start, tokens[phrase[1] - 1].end))
    return found.pop() if len(found) == 1 else None


def _asked(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """The person asked in a sentence that tells of an interview."""
    words = [token.word.lower() for token in tokens]
    for i, word in enumerate(words):
        behind = words[i + 1 : i + 8]
        if word == "interviewed" and i and words[i - 1] in ("was", "were"):
            return subject_of(tokens, i, clauses(tokens[:i]))
        if word in _GAVE and _GIVEN & set(behind):
            return subject_of(tokens, i, clauses(tokens[:i]))
        if word == "with" and (i == 0 or words[i - 1] != "interview"):
            continue
        if word in _ASKED and i + 1 < len(tokens):
            return noun_phrase_right(tokens, i + 1)
    return None
