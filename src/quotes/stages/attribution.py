"""Attribution: what the text around a candidate says of its speaker."""

from __future__ import annotations

from typing import NamedTuple

from quotes.lexicon import CueClass
from quotes.records import Span


class Attribution(NamedTuple):
    """What the text around a candidate says of its speaker.

    ``distance`` counts the tokens between cue and quotation; ``follows`` is the candidate whose speaker this one
    takes over; ``cue_class`` and ``lemma`` are None where nothing reports. ``confidence`` is the probability that the
    mention is right, for nobody that nobody said the words.
    """

    rule: str
    cue: Span | None = None
    mention: Span | None = None
    cue_class: CueClass | None = None
    lemma: str | None = None
    distance: int = 0
    follows: int | None = None
    confidence: float = 0.0
