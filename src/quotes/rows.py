"""Rows: what the stages found about one document, as rows of the tables, offsets mapped to the given text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from quotes.records import (
    Article,
    Credit,
    Quotation,
    Rejection,
    SaidOn,
    Span,
    Speaker,
    StanceInput,
    StanceScore,
    Target,
)
from quotes.stages import clean, link

Row = dict[str, Any]

_CONTEXT = 200
"""Characters of context on each side of a quotation, at most."""
_OF_MODEL = ("stance", "stance_score", "stance_confidence", "abstained", "p_against", "p_neutral", "p_favour")


@dataclass(frozen=True, slots=True)
class Found:
    """A quotation with everything that the stages say of it."""

    quotation: Quotation
    speaker: Speaker
    said: SaidOn
    credit: Credit
    targets: Sequence[Target]


@dataclass(frozen=True, slots=True)
class Extraction:
    """Rows of one document. ``inputs`` are what a stance model reads, one or more for each row of ``stances``."""

    doc_id: str
    quotes: list[Row]
    stances: list[Row]
    rejected: list[Row]
    inputs: list[tuple[StanceInput, ...]]


def quote_rows(article: Article, found: Sequence[Found]) -> list[Row]:
    """Rows of the `quotes` table, in order of position, without stance."""
    spans = [clean.given_span(article, one.quotation.span) for one in found]
    words = [clean.given_words(article, span) for span in spans]
    ids = link.quote_ids(article.document.publisher, article.document.doc_id, words)
    return [
        _quote_row(article, one, span, quote, quote_id)
        for one, span, quote, quote_id in zip(found, spans, words, ids, strict=True)
    ]


def _quote_row(article: Article, one: Found, span: Span, quote: str, quote_id: str) -> Row:
    document, quotation = article.document, one.quotation
    mention = clean.given_span(article, quotation.mention) if quotation.mention else None
    told = clean.given_span(article, one.said.words) if one.said.words else None
    outer = clean.given_span(article, quotation.outer)
    before, after = context(article.text, quotation.outer)
    main = one.targets[0] if one.targets else None
    return {
        "quote_id": quote_id,
        "doc_id": document.doc_id,
        "quote": quote,
        "quote_sha256": sha256(quote.encode("utf-8", "surrogatepass")).hexdigest(),
        "n_words": link.count_words(quote),
        "kind": quotation.kind,
        "start": span.start,
        "end": span.end,
        "speaker": one.speaker.name,
        "speaker_id": one.speaker.id,
        "speaker_type": one.speaker.type,
        "speaker_mention": words_at(article.text, quotation.mention),
        "speaker_start": mention.start if mention else None,
        "speaker_end": mention.end if mention else None,
        "speaker_confidence": round(quotation.confidence, 4) if mention else None,
        "cue": words_at(article.text, quotation.cue),
        "date": one.said.date,
        "date_edtf": one.said.edtf,
        "date_basis": one.said.basis,
        "date_words": words_at(article.text, one.said.words),
        "date_start": told.start if told else None,
        "date_end": told.end if told else None,
        "source": one.credit.name,
        "source_id": one.credit.id,
        "source_type": one.credit.type,
        "source_chain": list(one.credit.chain) or None,
        "publisher": document.publisher,
        "published": document.published,
        "url": document.url,
        "title": document.title,
        "lang": document.lang,
        "target": main.name if main else None,
        "target_id": main.id if main else None,
        "stance": None,
        "stance_score": None,
        "stance_confidence": None,
        "abstained": None,
        "statement_id": link.statement_id(quote),
        "context_before": before,
        "context_after": after,
        "rule": _rules(one),
        "reviewed": False,
        "outer_start": outer.start,
        "outer_end": outer.end,
        "first_version": None,
    }


def _rules(one: Found) -> str:
    """Which rule decided each field: ``quote=curly/behind speaker=full-name date=… source=… target=…``."""
    target = one.targets[0].rule if one.targets else "none:no-target"
    return (
        f"quote={one.quotation.rule} speaker={one.speaker.rule} date={one.said.rule} "
        f"source={one.credit.rule} target={target}"
    )


def stance_rows(article: Article, quotes: Sequence[Row], found: Sequence[Found]) -> list[Row]:
    """Rows of the `stances` table, not scored: one for each quotation and target, the main target first."""
    rows: list[Row] = []
    for quote, one in zip(quotes, found, strict=True):
        for rank, target in enumerate(one.targets):
            span = clean.given_span(article, target.span)
            rows.append(
                {
                    "quote_id": quote["quote_id"],
                    "doc_id": quote["doc_id"],
                    "target": target.name,
                    "target_id": target.id,
                    "target_start": span.start,
                    "target_end": span.end,
                    "main": rank == 0,
                    **dict.fromkeys(_OF_MODEL),
                    "model": None,
                }
            )
    return rows


def rejected_rows(article: Article, rejections: Sequence[Rejection]) -> list[Row]:
    """Rows of the `rejected` table, in order of position."""
    rows: list[Row] = []
    for rejection in rejections:
        span, outer = clean.given_span(article, rejection.span), clean.given_span(article, rejection.outer)
        before, after = context(article.text, rejection.outer)
        rows.append(
            {
                "doc_id": article.document.doc_id,
                "start": span.start,
                "end": span.end,
                "outer_start": outer.start,
                "outer_end": outer.end,
                "text": clean.given_words(article, span),
                "reason": rejection.reason,
                "rule": rejection.rule,
                "context_before": before,
                "context_after": after,
            }
        )
    return rows


def scored(
    extraction: Extraction, scores: Sequence[StanceScore], model: str, abstain_below: float | None = None
) -> Extraction:
    """The extraction with a score for each row of its ``stances``, the main ones in ``quotes`` too.

    Below the confidence ``abstain_below`` of the model the label is given all the same, and marked.
    """
    stances = [
        {
            **row,
            "stance": score.label,
            "stance_score": score.score,
            "stance_confidence": score.confidence,
            "abstained": None if abstain_below is None else score.confidence < abstain_below,
            "p_against": score.against,
            "p_neutral": score.neutral,
            "p_favour": score.favour,
            "model": model,
        }
        for row, score in zip(extraction.stances, scores, strict=True)
    ]
    main = {row["quote_id"]: row for row in stances if row["main"]}
    columns = ("stance", "stance_score", "stance_confidence", "abstained")
    quotes = [
        {**row, **{column: main[row["quote_id"]][column] for column in columns}} if row["quote_id"] in main else row
        for row in extraction.quotes
    ]
    return Extraction(extraction.doc_id, quotes, stances, extraction.rejected, extraction.inputs)


def words_at(text: str, span: Span | None) -> str | None:
    """The words of a stretch of the reading on one line; None for none."""
    return " ".join(text[span.start : span.end].split()) if span else None


def context(text: str, outer: Span) -> tuple[str, str]:
    """Words on both sides of a stretch of the reading, cut between words."""
    start, end = outer
    before = text[max(0, start - _CONTEXT) : start]
    if start > _CONTEXT:
        before = before.partition(" ")[2]
    after = text[end : end + _CONTEXT]
    if end + _CONTEXT < len(text):
        after = after.rpartition(" ")[0]
    return _on_one_line(before), _on_one_line(after)


def _on_one_line(words: str) -> str:
    """The words with one blank between two of them."""
    plain = words.replace("\n", " ")
    if "  " not in plain and plain.isprintable():
        return plain.strip()  # printable is no blank but the plain one: there is nothing to split
    return " ".join(words.split())
