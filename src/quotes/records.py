"""Every type that flows through the pipeline, on one page.

Records are frozen; text is never changed after reading. All offsets are half-open ``[start, end)`` counts of
Unicode characters. Between the stages they point into ``Article.text`` (the repaired reading); the pipeline maps
them back to the text as it was given before a row leaves it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from typing import Literal, NamedTuple

Kind = Literal["direct", "mixed", "block"]
Reason = Literal["scare", "title", "term", "slogan", "nested", "empty"]
SourceType = Literal["state_media", "government", "independent", "unknown"]
DateBasis = Literal["explicit", "relative", "dateline", "published", "none"]
StanceLabel = Literal["against", "neutral", "favour"]
SpeakerType = Literal["person", "organisation", "outlet", "role", "group"]


class Span(NamedTuple):
    """Characters ``start`` to ``end`` (half-open)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One article as read. Only ``doc_id`` and ``text`` are required.

    ``published`` is an EDTF day, month or year (``2025-05-09``, ``2025-05``, ``2025``); ``lang`` is ISO 639-1.
    """

    doc_id: str
    text: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    lang: str | None = None


class Edit(NamedTuple):
    """A place where the reading differs from the given text: ``given`` characters became ``read`` characters."""

    given: Span
    read: Span


@dataclass(frozen=True, slots=True)
class Dateline:
    """``Pyongyang, July 31 (KCNA) --``: where, when and whose copy; each part may be missing."""

    span: Span
    place: str | None
    month: int | None
    day: int | None
    year: int | None
    agency: str | None


@dataclass(frozen=True, slots=True)
class Article:
    """A document made ready for the stages: repaired reading, paragraphs, sentences, dateline.

    ``edits`` are sorted and empty where the reading equals the given text. Paragraphs and sentences are sorted,
    do not overlap, and hold no surrounding blank characters. ``lang`` is that of the
    document, guessed where it gives none.
    """

    document: Document
    text: str
    edits: tuple[Edit, ...]
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]
    dateline: Dateline | None
    lang: str = "en"

    def sentences_of(self, span: Span) -> tuple[Span, ...]:
        """Sentences that begin inside ``span``; found by bisection."""
        return self.sentences[bisect_left(self.sentences, (span.start, 0)) : bisect_left(self.sentences, (span.end, 0))]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may be a quotation. ``outer`` covers the marks too (for a block it equals ``span``)."""

    span: Span
    outer: Span
    marked: bool
    rule: str
    parent: int | None = None
    """Index, in the list of candidates, of the smallest candidate that contains this one."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A candidate that somebody is reported to have said.

    ``mention`` is None where the text does not name the speaker; ``rule`` then says why. ``follows`` is the
    index (in the list of quotations of the article) of an earlier piece of the same utterance, ``parent`` of the
    quotation that contains this one.
    """

    span: Span
    outer: Span
    kind: Kind
    cue: Span | None
    mention: Span | None
    confidence: float
    rule: str
    follows: int | None = None
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """A marked candidate that nobody is reported to have said, with the reason."""

    span: Span
    outer: Span
    reason: Reason
    rule: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whom a mention means. ``name`` is None where the text and the registry leave more than one answer, or none."""

    name: str | None
    id: str | None
    type: SpeakerType | None
    country: str | None
    rule: str
    carrier: tuple[str, str | None] | None = None
    """Name and registry id of the outlet that carried what this author wrote, where the text tells."""


@dataclass(frozen=True, slots=True)
class SaidOn:
    """When the words were said. ``date`` only where a single day follows; ``edtf`` for whatever is known."""

    date: str | None
    edtf: str | None
    basis: DateBasis
    words: Span | None
    rule: str


@dataclass(frozen=True, slots=True)
class Credit:
    """Which outlet carried the words. ``chain`` runs from the one nearest to the words to the publisher."""

    name: str | None
    id: str | None
    type: SourceType
    chain: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Target:
    """Whom or what a quotation is about; ``span`` is where the reading names it (inside or outside the marks).

    ``places`` are further places where a long quotation names it, by whatever name.
    """

    name: str
    id: str | None
    span: Span
    rule: str
    places: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class StanceInput:
    """What a stance model reads: ``text`` with the target at ``span`` in it.

    ``holder``, where known, is where the text names the one whose attitude is asked for; it does not touch ``span``.
    """

    text: str
    span: Span
    holder: Span | None = None


@dataclass(frozen=True, slots=True)
class StanceScore:
    """Probabilities of the three labels, fixed decimals, adding up to 1 within rounding."""

    against: float
    neutral: float
    favour: float

    @property
    def label(self) -> StanceLabel:
        """The likeliest label; ties go to ``neutral``, then to ``against``."""
        best = max(self.neutral, self.against, self.favour)
        if self.neutral == best:
            return "neutral"
        return "against" if self.against == best else "favour"

    @property
    def score(self) -> float:
        """P(favour) - P(against), in [-1, 1], four decimals."""
        return round(self.favour - self.against, 4) + 0.0

    @property
    def confidence(self) -> float:
        """Probability of the label given."""
        return max(self.against, self.neutral, self.favour)

    @classmethod
    def over(cls, scores: Sequence[StanceScore]) -> StanceScore:
        """What several sentences about one target say together (one or more).

        Their mean, in which a sentence counts the more the less neutral it is: a statement against somebody also tells
        plain facts about him.
        """
        if len(scores) == 1:
            return scores[0]
        weights = [(1.05 - score.neutral) ** 2 for score in scores]
        total = fsum(weights)
        against, favour = (
            round(fsum(weight * share for weight, share in zip(weights, shares, strict=True)) / total, 4)
            for shares in ([score.against for score in scores], [score.favour for score in scores])
        )
        return cls(against, round(1 - against - favour, 4), favour)
