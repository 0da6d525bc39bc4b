"""What the narrator himself says around the quotations of an article, with the dates that he names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from quotes.records import Article, Quotation, Span
from quotes.stages.date_expressions import Expression, expressions

HIDDEN = "|"
"""Stands for each character of quoted words."""
_TITLE = re.compile(r"[“\"„«](?<!\w[“\"„«])[^“”\"„»«\n|]{1,200}[”\"»“](?!\w)")
_OPENING_MARKS = "“\"„«"
_REACH = 700
"""Characters before and behind a quotation in which its reporting clause is looked for."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Narration:
    """A stretch of the reading, its quoted words and titles hidden; offsets are those of the reading."""

    span: Span
    text: str
    named: list[Expression]
    starts: list[int]

    def slice(self, start: int, end: int) -> str:
        """The narrator's words between two positions."""
        offset = self.span[0]
        return self.text[start - offset if start > offset else 0 : end - offset if end > offset else 0]

    def between(self, start: int, end: int) -> list[Expression]:
        """Dates named there."""
        return self.named[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


def narration(article: Article, span: Span, quoted: Sequence[Span]) -> Narration:
    """The narration of ``span`` without the ``quoted`` stretches in it; the dateline is left out."""
    pieces: list[str] = []
    at = span.start
    for hidden in quoted:
        start, end = max(at, hidden.start), min(hidden.end, span.end)
        if end > start:
            pieces += article.text[at:start], HIDDEN * (end - start)
            at = end
    text = "".join((*pieces, article.text[at : span.end]))
    if article.dateline is not None and span.start == 0:
        text = HIDDEN * article.dateline.span.end + text[article.dateline.span.end :]
    if any(mark in text for mark in _OPENING_MARKS):
        text = _TITLE.sub(lambda match: HIDDEN * len(match[0]), text)
    named = expressions(text, article.document.lang)
    if span.start:
        named = [_moved(one, span.start) for one in named]
    return Narration(span, text, named, [one.span.start for one in named])


def _moved(one: Expression, by: int) -> Expression:
    return Expression(
        Span(one.span.start + by, one.span.end + by), one.kind, one.day, one.word, one.until, one.coming, one.after
    )


class Places:
    """Sentences and paragraphs by position."""

    def __init__(self, article: Article) -> None:
        self.sentences = article.sentences or (Span(0, len(article.text)),)
        self.paragraphs = article.paragraphs or (Span(0, len(article.text)),)
        self._sentences = [span.start for span in self.sentences]
        self._paragraphs = [span.start for span in self.paragraphs]

    def sentence(self, position: int) -> int:
        k = bisect_right(self._sentences, position)
        return k - 1 if k else 0

    def paragraph(self, position: int) -> int:
        k = bisect_right(self._paragraphs, position)
        return k - 1 if k else 0

    def zone(self, quotation: Quotation, within: Span) -> Span:
        """The sentences that hold the quotation and the words that report it, no farther than a reader looks."""
        begins, ends = quotation.outer
        earliest, latest = begins, max(begins, ends - 1)
        for part in (quotation.cue, quotation.mention):
            if part is not None and begins - _REACH < part[0] < ends + _REACH:
                earliest, latest = min(earliest, part[0]), max(latest, part[0])
        first, last = self.sentences[self.sentence(earliest)], self.sentences[self.sentence(latest)]
        start = max(first[0], begins - _REACH, within[0])
        return Span(start, max(start, min(last[1], ends + _REACH, within[1])))


def words(text: str) -> list[str]:
    """The words of a text."""
    return _WORD.findall(text)
