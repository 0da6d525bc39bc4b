"""Whether two quotations report one utterance: words that are the same, nearly so or a cut; speaker; days."""

from __future__ import annotations

from datetime import date, timedelta

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from quotes.stages.link_signature import FEW_WORDS, Signature

_NEAR, _NEAR_IF_LONG = 0.75, 0.6
"""Share of the words, in order, that two wordings of one utterance have in common."""
_LONG = 25
"""Words from which on two translations have fewer words in common by chance than by origin."""
_CUT = 0.9
"""Share of a cut's words, in order, that stand side by side in the whole."""
_SAME_NAME = 70
"""Likeness of two spellings of one name (Zelensky, Zelenskyy), of 100."""
_STEM = 5
"""Letters of a name, at least, that are enough to know it by its beginning."""
_PIECE = 3
"""Words of a piece between ellipses, at least, that is looked for."""
_WHOLE = 1.0
_TOLERANCE = timedelta(days=1)
"""Pages date themselves a day early or late, and the sun rises earlier in the east."""
_NEAR_IN_TIME = timedelta(days=10)
"""Days between two prints, at most, where a formula repeated from year to year would look the same."""
_SAME_TOPIC = timedelta(days=31)
"""Days between two prints of a few words, at most: of a few words nobody is the owner for long."""


def likeness(one: Signature, other: Signature) -> float | None:
    """How alike the words of two quotations of one utterance are, from 0 to 1; None where they are of two."""
    if _overlap(one, other) or not same_time(one.said, other.said):
        return None
    if not one.pieces or not other.pieces:
        return _WHOLE if one.statement_id == other.statement_id else None
    if min(len(one.words), len(other.words)) < FEW_WORDS:
        same = one.words == other.words and same_speaker(one, other) and _within(_SAME_TOPIC, one, other)
        return _WHOLE if same else None
    known = same_speaker(one, other)
    if known is False or (known is None and not _within(_NEAR_IN_TIME, one, other, unknown=False)):
        return None
    return _alike(one, other)


def same_speaker(one: Signature, other: Signature) -> bool | None:
    """Whether the two have one speaker; None where it is known of neither, or of one alone."""
    if one.speaker_id and other.speaker_id:
        return one.speaker_id == other.speaker_id
    if not one.speaker or not other.speaker:
        return None
    return _within_name(one.speaker, other.speaker) or _within_name(other.speaker, one.speaker)


def _within_name(short: frozenset[str], long: frozenset[str]) -> bool:
    """Whether each word of one name is one of the other's, or its beginning (inflected, or glued to a verb)."""
    return all(
        word in long or (len(word) >= _STEM and any(other.startswith(word) for other in long)) for word in short
    )


def same_time(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> bool:
    """Whether both can have been said on one day."""
    (start, end), (other_start, other_end) = one, other
    if start is None or (other_start is not None and other_start > start):
        start = other_start
    if end is None or (other_end is not None and other_end < end):
        end = other_end
    return start is None or end is None or start - end <= _TOLERANCE


def _overlap(one: Signature, other: Signature) -> bool:
    """Whether the words are printed once: one stands inside the other."""
    return one.doc_id == other.doc_id and one.start < other.end and other.start < one.end


def _within(days: timedelta, one: Signature, other: Signature, *, unknown: bool = True) -> bool:
    """Whether both were printed within so many days; ``unknown`` where of one that is not known."""
    if one.printed is None or other.printed is None:
        return unknown
    return abs(one.printed - other.printed) <= days


def _alike(one: Signature, other: Signature) -> float | None:
    if one.words == other.words:
        return _WHOLE
    short, long = sorted((one, other), key=lambda each: (len(each.words), each.words))
    cutoff = _NEAR_IF_LONG if len(short.words) >= _LONG else _NEAR
    near = Indel.normalized_similarity(short.words, long.words, score_cutoff=cutoff)
    found = near if near and _same_names(short, long) else None
    if found is None and (one.speaker or other.speaker):
        found = _cut(short, long)
    same_occasion = found == _WHOLE or _dated(one, other) or _within(_NEAR_IN_TIME, one, other)
    return found if same_occasion else None


def _dated(one: Signature, other: Signature) -> bool:
    """Whether the days of both are known (and have been compared)."""
    return None not in (*one.said, *other.said)


def _same_names(one: Signature, other: Signature) -> bool:
    """Whether no name and no number of one stands in the place of another one in the other."""
    left, right = one.names - set(other.words), other.names - set(one.words)
    if not left or not right:
        return True
    return all(any(fuzz.ratio(name, known) >= _SAME_NAME for known in sorted(right)) for name in sorted(left))


def _cut(short: Signature, long: Signature) -> float | None:
    """How much of the shorter one stands in the longer one, piece by piece; None where too little does."""
    pieces = [piece for piece in short.pieces if len(piece) >= _PIECE]
    if sum(map(len, pieces)) < FEW_WORDS or not short.names <= set(long.words):
        return None
    found = []
    for piece in pieces:
        score = fuzz.partial_ratio(piece, long.words, score_cutoff=100 * _CUT) / 100
        if not score:
            return None
        found.append(score)
    return min(found)
