"""Headline: whether the words that a headline sets between marks come again between marks in the article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from quotes.records import Article, Candidate

_WORD = re.compile(r"[^\W_]+")
_MAX_LENGTH = 300
_STEM = 5


class Headline:
    """The first paragraph of an article, where it is short enough to be a headline."""

    def __init__(self, article: Article, candidates: Sequence[Candidate]) -> None:
        self._article = article
        self._candidates = candidates
        first = article.paragraphs[0] if article.paragraphs else None
        self.end = first.end if first and first.end - first.start <= _MAX_LENGTH else 0

    def echo(self, candidate: Candidate) -> str:
        """``all``, ``some`` or ``none`` of the longer words stand between marks below; empty outside the headline."""
        if candidate.outer.end > self.end:
            return ""
        stems = _stems(self._article.text[candidate.span.start : candidate.span.end])
        if not stems:
            return "none"
        again = sum(stem in self._quoted for stem in stems)
        return "all" if again == len(stems) else "some" if again else "none"

    @cached_property
    def _quoted(self) -> frozenset[str]:
        text = self._article.text
        below = (one.span for one in self._candidates if one.outer.start >= self.end and one.parent is None)
        return frozenset(stem for span in below for stem in _stems(text[span.start : span.end]))


def _stems(text: str) -> list[str]:
    return [word[:_STEM] for word in _WORD.findall(text.lower()) if len(word) > 3]
