"""Where the narration credits an outlet: "according to KCNA", "told the Courier", "the agency reported"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from quotes.records import Article, Span
from quotes.stages import source_words as words
from quotes.stages.source_known import Mention
from quotes.stages.source_scan import any_of

How = Literal["citing", "by", "told", "report", "said"]

_WINDOW = 180
"""Characters beside a name in which the words that credit it are looked for."""


@dataclass(frozen=True, slots=True)
class Report:
    """An outlet credited. ``sentence`` is the index of its sentence; ``said`` may be the outlet's own words."""

    mention: Mention
    how: How
    sentence: int


def sentence_at(starts: Sequence[int], position: int) -> int:
    """Index of the sentence at a position, or of the last one before it; 0 where there is none.

    ``starts`` are those of the sentences.
    """
    k = bisect_right(starts, position)
    return k - 1 if k else 0


def find(article: Article, starts: Sequence[int], text: str, mentions: Sequence[Mention]) -> list[Report]:
    """The mentions that credit an outlet, in order of position. ``text`` is the narration."""
    reports: list[Report] = []
    for mention in mentions:
        sentence = sentence_at(starts, mention.span.start)
        bounds = article.sentences[sentence] if article.sentences else Span(0, len(text))
        how = _how(text, mention, bounds)
        if how is not None:
            reports.append(Report(mention, how, sentence))
    return reports


def _how(text: str, mention: Mention, bounds: Span) -> How | None:
    start = max(bounds.start, mention.span.start - _WINDOW)
    before = text[start : mention.span.start]
    if mention.kind == "back":
        before = f"{before}the "  # "according to the agency": the article is part of the mention
    if any_of(before, words.CITED_SIGNS) and words.CITED.search(before):
        return "citing"
    if any_of(before, words.TOLD_SIGNS) and words.TOLD.search(before):
        return "told"
    if any_of(before, words.BY_SIGNS) and words.BY.search(before):
        return "by"
    if words.VERB_LAST.match(text, mention.span.end, bounds.end):
        return "report"
    after = words.REPORTING.match(text, mention.span.end, min(bounds.end, mention.span.end + _WINDOW))
    verb = after["verb"] if after else None
    if verb is None and words.INVERTED.search(before) and words.SUBJECT_ENDS.match(text, mention.span.end, bounds.end):
        verb = "report"
    if verb is None:
        return None
    if words.RELAYING.match(verb):
        return "report"
    return None if mention.weak else "said"
