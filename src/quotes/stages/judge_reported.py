"""Reported fragments: whether a cue of saying governs a few marked words in the copy of a narrator who sneers."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.records import Candidate
from quotes.stages.attribution import Attribution
from quotes.stages.judge_patterns import DETERMINED

_MAX_FRAGMENT = 5
_NEAR_CUE = 3
"""Words between a cue and "the “…”", at most, where the cue may still report what is marked."""
_FILLED = frozenset(["that", "is", "are", "was", "were", "be", "not", "been", "being"])
"""Words behind which a reported fragment fills the clause."""


def is_reported_fragment(text: str, candidate: Candidate, attribution: Attribution, words: Sequence[str]) -> bool:
    """In a state organ's copy: whether a cue of saying governs the words themselves.

    A sneer is a noun in the organ's own sentence ("coping with a "threat""), even where that sentence reports; reported
    words follow the cue, or fill the clause behind it ("claims that they were "victims"").
    """
    if attribution.rule in ("before", "series", "ranked:sentence-before", "ranked:speaker-before"):
        return True
    if attribution.cue is None or attribution.cue.start > candidate.span.start:
        return False
    named = DETERMINED.search(text[max(0, candidate.outer.start - 12) : candidate.outer.start]) is not None
    if named and attribution.distance > _NEAR_CUE and text[candidate.span.end - 1] not in ",.!?":
        return False
    if len(words) > _MAX_FRAGMENT and attribution.cue_class in ("say", "quote", "evaluate"):
        return True
    last = text[attribution.cue.start : candidate.outer.start].split()[-1].lower()
    if attribution.cue_class == "evaluate":
        return last == "as" or attribution.distance <= 2
    if attribution.cue_class in ("say", "quote"):
        return last in _FILLED or attribution.distance <= 1
    return attribution.cue_class == "speak" and last == "about" and attribution.distance <= 2
