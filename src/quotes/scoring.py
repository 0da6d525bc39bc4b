"""Stance of the quotations of many documents: each different input once, on as many processes as wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice

from quotes.engines import Failure, run
from quotes.errors import QuotesError
from quotes.models.scorer import Scorer
from quotes.records import StanceInput, StanceScore
from quotes.rows import Extraction, scored

SLAB = 64
"""Inputs that a process is given at a time."""

Scores = dict[StanceInput, StanceScore]


def score_together(extractions: Sequence[Extraction], scorer: Scorer) -> list[Extraction]:
    """The extractions with stance, in their order, what several of them share scored once."""
    scores = iter(scorer.score([item for one in extractions for items in one.inputs for item in items]))
    return [
        scored(one, [_over(scores, items) for items in one.inputs], scorer.revision, scorer.abstain_below)
        for one in extractions
    ]


def score_many(
    inputs: Sequence[StanceInput],
    make_scorer: Callable[[], Scorer],
    *,
    workers: int,
    advance: Callable[[int, int], None],
) -> Scores:
    """The score of each input, computed once on ``workers`` processes however often it comes."""
    different = distinct(inputs)
    slabs = [different[begin : begin + SLAB] for begin in range(0, len(different), SLAB)]
    scores: Scores = {}
    for slab, result in zip(slabs, run(slabs, partial(_work, make_scorer), workers=workers), strict=True):
        if isinstance(result, Failure):
            raise QuotesError(f"stance could not be scored: {result.reason}. Please report it.")
        scores.update(zip(slab, result, strict=True))
        advance(len(scores), len(different))
    return scores


def distinct(inputs: Iterable[StanceInput]) -> list[StanceInput]:
    """Each input once, those of similar length side by side, in the same order whatever order they came in."""
    return sorted(set(inputs), key=lambda item: (len(item.text), item.text, item.span, item.holder or (-1, -1)))


def _over(scores: Iterator[StanceScore], items: Sequence[StanceInput]) -> StanceScore:
    return StanceScore.over(list(islice(scores, len(items))))


def in_slabs(extractions: Iterable[Extraction], size: int) -> Iterator[list[Extraction]]:
    """The extractions, ``size`` at a time."""
    stream = iter(extractions)
    while slab := list(islice(stream, size)):
        yield slab


def _work(make_scorer: Callable[[], Scorer]) -> Callable[[list[StanceInput]], list[StanceScore]]:
    return make_scorer().score
