"""Stance, first half: the words that a stance model should read for a quotation and a target.

The quotation alone is seldom enough: in "blasted X for its “…”" target and polarity stand in the narrator's
verb. The frame is therefore the narrator's sentence with the quotation in it, and the sentence that names
the target. A statement of a page says what it thinks of somebody in some of its sentences and not in others: so each
that names him is read.
"""

from __future__ import annotations

from bisect import bisect_right

from quotes.records import Article, Quotation, Span, StanceInput, Target

_LONG = 600
"""Characters beyond which a quotation is read only around its target."""
_SIGHT = 800
"""Characters on either side of the target that are ever read; the model sees no more than about that."""
_FAR = 1 << 60
"""Beyond every end: spans sort by their start, and of one start by their end."""
_STOPS = (".", "!", "?", "…")


_MOST = 8
"""Sentences of a long quotation about one target that are read, at most."""


def frames(article: Article, quotation: Quotation, target: Target) -> tuple[StanceInput, ...]:
    """What to read for a quotation and a target: one frame, of a long quotation each sentence that names the target.

    Of many sentences some are read, spread evenly, the first and the last among them; each once.
    """
    if not target.places:
        return (frame(article, quotation, target.span),)
    found: dict[str, StanceInput] = {}
    for place in (target.span, *target.places):
        item = frame(article, quotation, place)
        found.setdefault(item.text, item)
    different = list(found.values())
    step = max(1.0, (len(different) - 1) / (_MOST - 1))
    return tuple(different[round(k * step)] for k in range(min(_MOST, len(different))))


def frame(article: Article, quotation: Quotation, span: Span) -> StanceInput:
    """The sentences around a quotation and the target at ``span``, and where the target stands in them.

    Of a long quotation, such as a statement, the sentence that names the target is read alone. A target
    named far from the quotation brings its sentence along, put before or behind. Never empty; the span
    always lies in the text. Where the sentences name the speaker, he is marked as the holder of the attitude: the
    narrator may think otherwise of the target, and say so in the same sentence.
    """
    text, speaker = article.text, quotation.mention
    quoted = _quoted(article, quotation.outer)
    named = _sentences(article, span)
    if quoted.start <= span.start:
        named = Span(max(named.start, quoted.start), named.end)
    inside = quotation.span.start <= span.start and span.end <= quotation.span.end
    if inside and quoted.end - quoted.start > _LONG:
        return _read(text, [named], span, speaker)
    if named.end + 2 < quoted.start or quoted.end + 2 < named.start:
        return _read(text, sorted((named, quoted)), span, speaker)
    whole = Span(min(quoted.start, named.start), max(quoted.end, named.end))
    return _read(text, [whole], span, speaker)


def _quoted(article: Article, outer: Span) -> Span:
    """The narrator's sentences that hold the marks.

    Where a stop touches the opening mark the sentence begins at the mark: one printed backwards hides that.
    """
    whole = _sentences(article, outer)
    return Span(outer.start, whole.end) if article.text.endswith(_STOPS, 0, outer.start) else whole


def _sentences(article: Article, span: Span) -> Span:
    """From the start of the sentence in which ``span`` begins to the end of the one in which it ends."""
    sentences, (start, end) = article.sentences, span
    first = bisect_right(sentences, (start, _FAR)) - 1  # -1 where there is none
    if first >= 0 and end <= sentences[first].end:
        return sentences[first]
    last = bisect_right(sentences, (max(start, end - 1), _FAR)) - 1
    return Span(
        min(sentences[first].start, start) if first >= 0 else start,
        max(sentences[last].end, end) if last >= 0 else end,
    )


def _read(text: str, stretches: list[Span], target: Span, holder: Span | None) -> StanceInput:
    """The stretches of the text, a blank between them, each cut to what is in sight; the target lies in one of them.

    The holder is marked where he lies in one of them too, apart from the target.
    """
    words, span, marked = "", target, None
    if holder and holder.start < target.end and target.start < holder.end:
        holder = None
    for start, end in stretches:
        words += " " if words else ""
        if start <= target.start and target.end <= end:
            start, end = max(start, target.start - _SIGHT), min(end, target.end + _SIGHT)
            shift = len(words) - start
            span = Span(target.start + shift, target.end + shift)
        else:
            end = min(end, start + _SIGHT)
        if holder and start <= holder.start and holder.end <= end:
            shift = len(words) - start
            marked = Span(holder.start + shift, holder.end + shift)
        words += text[start:end]
    return StanceInput(words, span, marked)
