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
        return self.text[max(0, start - self.span.start) : max(0, end - self.span.start)]

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
    text = _TITLE.sub(lambda match: HIDDEN * len(match[0]), text)
    named = [_moved(one, span.start) for one in expressions(text, article.document.lang)]
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
        return max(0, bisect_right(self._sentences, position) - 1)

    def paragraph(self, position: int) -> int:
        return max(0, bisect_right(self._paragraphs, position) - 1)

    def zone(self, quotation: Quotation, within: Span) -> Span:
        """The sentences that hold the quotation and the words that report it, no farther than a reader looks."""
        outer = quotation.outer
        first, last = self.sentence(outer.start), self.sentence(max(outer.start, outer.end - 1))
        for part in (quotation.cue, quotation.mention):
            if part is not None and outer.start - _REACH < part.start < outer.end + _REACH:
                at = self.sentence(part.start)
                first, last = min(first, at), max(last, at)
        start = max(self.sentences[first].start, outer.start - _REACH, within.start)
        return Span(start, max(start, min(self.sentences[last].end, outer.end + _REACH, within.end)))


def words(text: str) -> list[str]:
    """The words of a text."""
    return _WORD.findall(text)
