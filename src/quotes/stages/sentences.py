"""Sentences of the narrator that hold quotations, with their clauses, and the ones before them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quotes.records import Article, Candidate, Span
from quotes.stages.clauses import Clause, clauses
from quotes.stages.tokens import Token, narrator_sentences

_FAR = 1 << 60
"""Beyond every end: spans sort by their start, and of one start by their end."""


class Sentence(NamedTuple):
    """A sentence of the narrator with its clauses and the positions of its quotations among the tokens."""

    tokens: list[Token]
    clauses: list[Clause]
    quotations: list[int]
    alone: bool = False
    """Whether it holds nothing but quotations."""


def sentences(article: Article, region: Span, candidates: Sequence[Candidate], inside: Sequence[int]) -> list[Sentence]:
    """Sentences of ``region`` that hold one of the candidates ``inside``, and the one before each that begins with one.

    Only the paragraphs that hold a candidate are read, and the one before each.
    """
    result: list[Sentence] = []
    for part, own in _parts(article, region, candidates, inside):
        before: list[Token] | None = None
        for tokens in narrator_sentences(article, part, candidates, own, near=True):
            places = [i for i, (_, _, kind, _, _, _) in enumerate(tokens) if kind == "Q"]
            if not places:
                before = tokens
                continue
            if before is not None and places[0] == 0:
                result.append(Sentence(before, clauses(before), []))
            result.append(Sentence(tokens, clauses(tokens), places, all(token.type in "Q.,-" for token in tokens)))
            before = None
    return result


def _parts(
    article: Article, region: Span, candidates: Sequence[Candidate], inside: Sequence[int]
) -> Iterator[tuple[Span, list[int]]]:
    """Runs of neighbouring paragraphs that are worth reading, each with its candidates."""
    parts = article.paragraphs
    start = end = -1
    own: list[int] = []
    for i in inside:
        outer = candidates[i].outer
        first = max(0, bisect_right(parts, (outer.start, _FAR)) - 1)
        last = first
        if outer.end > parts[first].end:
            last = max(first, bisect_right(parts, (max(outer.start, outer.end - 1), _FAR)) - 1)
        begin = max(region.start, parts[max(0, first - 1)].start)
        if begin > end:
            if own:
                yield Span(start, end), own
            start, end, own = begin, -1, []
        end = max(end, min(region.end, max(outer.end, parts[last].end)))
        own.append(i)
    if own:
        yield Span(start, end), own


def is_heading(sentence: Sentence) -> bool:
    """ "On the health of the president": what the words below are about, with no stop behind it."""
    return sentence.tokens[0].word in ("On", "About") and sentence.tokens[-1].type not in ".:"
