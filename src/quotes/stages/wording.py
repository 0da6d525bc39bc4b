"""Wording: marked words with the words before and behind them, as a small network reads them.

The network (`quotes.models.attribution.wording`) tells from them alone whether they look like somebody's words; what it
says is weighed together with what the features of `quotes.stages.told` do.
"""

from __future__ import annotations

from typing import NamedTuple

from quotes.records import Article, Candidate

LANGUAGE = "en"
"""The only language that the network has seen."""


class Window(NamedTuple):
    """What stands before marked words, the words without their marks, and what stands behind."""

    before: str
    words: str
    behind: str


def window(article: Article, candidate: Candidate, before: int = 250, within: int = 400, behind: int = 120) -> Window:
    """The words of a candidate and their neighbours, at most so many characters; a line's end reads as a bar."""
    text, outer, span = article.text, candidate.outer, candidate.span
    parts = (
        text[max(0, outer.start - before) : outer.start],
        text[span.start : min(span.end, span.start + within)].strip(),
        text[outer.end : outer.end + behind],
    )
    return Window(*(part.replace("\n", " | ") for part in parts))
