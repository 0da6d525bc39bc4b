"""Stance, first half: the words that a stance model should read for a quotation and a target.

The quotation alone is seldom enough: in "blasted X for its “…”" target and polarity stand in the narrator's
verb. The frame is therefore the narrator's sentence with the quotation in it, and the sentence that names
the target.
"""

from __future__ import annotations

from bisect import bisect_right

from quotes.records import Article, Quotation, Span, StanceInput, Target

_LONG = 600
"""Characters beyond which a quotation is read only around its target."""


def frame(article: Article, quotation: Quotation, target: Target) -> StanceInput:
    """The sentences around quotation and target, and where the target stands in them.

    Of a long quotation, such as a statement, the sentence that names the target is read alone. A target
    named far from the quotation brings its sentence along, put before or behind. Never empty; the span
    always lies in the text.
    """
    target_sentence = _sentences(article, target.span)
    inside = quotation.span.start <= target.span.start and target.span.end <= quotation.span.end
    quoted = _sentences(article, quotation.outer)
    if inside and quoted.end - quoted.start > _LONG:
        return _cut(article.text, target_sentence, target.span)
    if target_sentence.end < quoted.start and quoted.start - target_sentence.end > 2:
        return _joined(article.text, target_sentence, quoted, target.span)
    if target_sentence.start > quoted.end and target_sentence.start - quoted.end > 2:
        return _joined(article.text, target_sentence, quoted, target.span)
    whole = Span(min(quoted.start, target_sentence.start), max(quoted.end, target_sentence.end))
    return _cut(article.text, whole, target.span)


def _sentences(article: Article, span: Span) -> Span:
    """From the beginning of the sentence in which ``span`` begins to the end of the one in which it ends."""
    first = bisect_right(article.sentences, span.start, key=lambda sentence: sentence.start) - 1
    last = (
        bisect_right(article.sentences, max(span.start, span.end - 1), key=lambda sentence: sentence.start)
        - 1
    )
    start = article.sentences[first].start if first >= 0 else span.start
    end = article.sentences[last].end if last >= 0 else span.end
    return Span(min(start, span.start), max(end, span.end))


def _cut(text: str, whole: Span, target: Span) -> StanceInput:
    return StanceInput(
        text[whole.start : whole.end], Span(target.start - whole.start, target.end - whole.start)
    )


def _joined(text: str, named: Span, quoted: Span, target: Span) -> StanceInput:
    """Two stretches of the text in their order, a blank between them."""
    first, second = sorted((named, quoted))
    shift = 0 if named == first else first.end - first.start + 1
    start = target.start - named.start + shift
    words = f"{text[first.start : first.end]} {text[second.start : second.end]}"
    return StanceInput(words, Span(start, start + target.end - target.start))
