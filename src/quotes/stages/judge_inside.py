"""Inside statements without marks: whether marked words there are somebody's, or the statement's own sneer or term."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from quotes.records import Candidate, Span
from quotes.stages.attribution import Attribution
from quotes.stages.block import Statement
from quotes.stages.judge_patterns import DETERMINED
from quotes.stages.quoted_words import quoted_words

FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|us|me|[Yy]ou|[Yy]our)\b")
MAX_FRAGMENT = 5
NEAR_CUE = 3
"""Words between a cue and "the “…”", at most, where the cue may still report what is marked."""
_REPORTING = ("say", "evaluate", "attack", "quote", "express")


def inside_statements(candidates: Sequence[Candidate], statements: Sequence[Statement]) -> list[Span | None]:
    """For each candidate the statement without marks that surrounds it, if any; both are sorted."""
    starts = [statement.span.start for statement in statements]
    result: list[Span | None] = []
    for candidate in candidates:
        k = bisect_right(starts, candidate.span.start) - 1
        surrounds = k >= 0 and candidate.span.start < statements[k].span.end
        result.append(statements[k].span if surrounds else None)
    return result


def is_speakers_own(text: str, candidate: Candidate, link: Attribution, around: Span) -> bool:
    """A few words that a statement sets between marks and nobody else is near to have said: its own sneer or term."""
    if len(quoted_words(text[slice(*candidate.span)])) > MAX_FRAGMENT:
        return False
    if link.cue is None or link.cue.start < around.start or link.cue_class not in _REPORTING:
        return True
    if link.mention is not None and FIRST_PERSON.fullmatch(text, *link.mention):
        return True
    named = DETERMINED.search(text[max(0, candidate.outer.start - 12) : candidate.outer.start]) is not None
    return named and link.distance > NEAR_CUE
