"""Source: which outlet carried the words of each quotation.

An outlet is credited in the sentence of a quotation ("according to KCNA"), or before, where the same speaker's
statement goes on. What nobody else is credited with, the publisher carries. Outlets are known by the registry, or by
what the article says of a name ("the state agency TAMCA"); whatever is only a kind ("state media") stays one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from quotes.records import Article, Credit, Quotation, Span, Speaker
from quotes.registry import Outlet, Registry
from quotes.stages import source_words as words
from quotes.stages.source_desk import SIGHT, Desk, paragraph, prepare, sentence_text, tells_new_event
from quotes.stages.source_known import Carrier, Mention, of_outlet
from quotes.stages.source_reports import Report, sentence_at
from quotes.stages.source_scan import any_of
from quotes.stages.source_speakers import NOBODY, Key, same

_REACH = 5
"""Paragraphs over which a credit may be carried to the next quotation of the same speaker."""
_SUBJECT = 60
"""Characters from the beginning of a sentence in which its subject is looked for."""
_OWN_CREDITS = ("credit:by", "credit:citing", "credit:told", "credit:report", "credit:speaker", "credit:review")
"""Rules of credits in the words' own sentence, which go before the outlet that speaks."""
_NEAREST = 4
"""Credits on each side of a quotation that may be its own."""


class _Line(NamedTuple):
    """A credit in force: ``via`` are the outlets between it and this document, ``of`` whose words it covers."""

    carrier: Carrier
    via: tuple[Carrier, ...]
    rule: str
    of: Key | None
    position: int


def credit(
    article: Article, quotations: Sequence[Quotation], registry: Registry, speakers: Sequence[Speaker] = ()
) -> list[Credit]:
    """The outlet credited with each quotation, aligned with ``quotations``. Never raises on any text.

    ``speakers``, where given one for each quotation, tell of outlets that a pronoun or "the paper" means.
    """
    if not quotations:
        return []
    desk = prepare(article, quotations, registry)
    found: list[_Line | None] = [None] * len(quotations)
    current: _Line | None = None
    seen = 0
    for i in sorted(range(len(quotations)), key=lambda k: (quotations[k].outer.start, -quotations[k].outer.end)):
        quotation = quotations[i]
        line = _own(desk, quotation, i)
        seen, current = _advance(desk, seen, i, current)
        if line is None:
            line = (
                _inherited(quotation, found) or _reviewed(desk, quotation)
                or _carried(desk, quotation, i, current) or _next(desk, i)
            )
        unnamed = line is not None and line.rule == "credit:speaker" and _is_noun(article, quotation)
        if speakers and (line is None or unnamed or not line.rule.startswith(_OWN_CREDITS)):
            line = _of_speaker(speakers[i], quotation, registry) or line
            if unnamed and speakers[i].rule == "none:group":
                line = None  # "the editorial" of several papers is carried by whoever reports on it
        if line is not None:
            found[i] = line = line._replace(of=_covered(desk, i, line), position=quotation.outer.end)
            if quotation.parent is None:
                current = line
    plain = _credit(desk, None)
    return [plain if line is None else _credit(desk, line) for line in found]


def _is_noun(article: Article, quotation: Quotation) -> bool:
    """Whether a statement is that of a noun alone: of "the editorial", whose paper resolving knows better."""
    words = article.text[slice(*quotation.mention)].split() if quotation.mention is not None else []
    return quotation.kind == "block" and len(words) == 2 and words[0] in ("the", "The") and words[1].islower()


def _of_speaker(speaker: Speaker, quotation: Quotation, registry: Registry) -> _Line | None:
    """The outlet that speaks itself, whatever the words are that name it, or that carried what its author wrote."""
    if speaker.carrier is not None:
        name, known = speaker.carrier
        row = registry.row(known) if known else None
        wrote = of_outlet(row) if isinstance(row, Outlet) else Carrier(name, None, "unknown", "newspaper")
        return _Line(wrote, (), "credit:report", None, quotation.outer.end)
    if speaker.type != "outlet" or speaker.name is None:
        return None
    row = registry.row(speaker.id) if speaker.id else None
    carrier = of_outlet(row) if isinstance(row, Outlet) else Carrier(speaker.name, None, "unknown", "newspaper")
    return _Line(carrier, (), "credit:speaker", None, quotation.outer.end)


def _covered(desk: Desk, i: int, line: _Line) -> Key | None:
    """Whose words a credit covers: the speaker's; where the outlet itself speaks, those of the one it speaks of too."""
    key = desk.keys[i]
    if desk.spoken[i] is not None and desk.subjects:
        return (key or NOBODY) | desk.subjects[desk.frames[i][0]]
    return line.of if key is None else key


def _reviewed(desk: Desk, quotation: Quotation) -> _Line | None:
    if not desk.reviewed:
        return None
    carrier = desk.reviewed.get(paragraph(desk.article, quotation.outer.start))
    return _Line(carrier, (), "credit:review", None, quotation.outer.end) if carrier else None


def _own(desk: Desk, quotation: Quotation, i: int) -> _Line | None:
    """The credit in the quotation's own sentence: the outlet speaks, or is credited nearest to the words."""
    speaker = desk.spoken[i]
    if speaker is not None:
        return _spoken(desk, speaker, quotation)
    at = desk.frames[i]
    if line := _it(desk, quotation, at[0]):
        return line
    possible = [
        report for sentence in at if sentence in desk.by_sentence
        for report in _near(desk.by_sentence[sentence], quotation.outer)
        if desk.speaking.get(report.mention.span.start, i) == i and not _inside(report.mention.span, quotation.outer)
    ]
    if not possible:
        return None
    best = min(possible, key=lambda report: (_distance(quotation.outer, report.mention.span), report.mention.span))
    return _chained(desk.text, best, possible)


def _spoken(desk: Desk, speaker: Mention, quotation: Quotation) -> _Line:
    """The outlet that is named as the speaker, or the one from which it says that it has the words."""
    near = _near(desk.by_sentence.get(sentence_at(desk.starts, speaker.span.start), ()), speaker.span)
    report = next((report for report in near if report.mention == speaker and report.how != "said"), None)
    if report is not None:
        return _chained(desk.text, report, near)
    return _Line(speaker.carrier, (), "credit:speaker", None, quotation.outer.end)


def _near(credited: Sequence[Report], outer: Span) -> Sequence[Report]:
    """The credits next to a quotation; a sentence without end may hold any number of them."""
    k = bisect_right(credited, outer.start, key=lambda report: report.mention.span.start)
    return credited[max(0, k - _NEAREST) : k + _NEAREST]


def _chained(text: str, best: Report, possible: Sequence[Report]) -> _Line:
    """A report that cites another outlet has the words from there: "AP reported, citing KCNA"."""
    here = [report for report in possible if report.sentence == best.sentence]
    via: tuple[Carrier, ...] = ()
    for first, second in pairwise(here):
        if best in (first, second) and words.THROUGH.match(text, first.mention.span.end, second.mention.span.start):
            return _Line(first.mention.carrier, (second.mention.carrier,), "credit:by", None, best.mention.span.end)
    if best.how != "citing":
        cited = [r for r in here if r.how == "citing" and 0 < r.mention.span.start - best.mention.span.end < 120]
        if cited:
            via, best = (best.mention.carrier,), cited[0]
    else:
        citing = [r for r in here if r.how != "citing" and abs(r.mention.span.start - best.mention.span.start) < 160]
        via = (citing[-1].mention.carrier,) if citing else ()
    return _Line(best.mention.carrier, via, f"credit:{best.how}", None, best.mention.span.end)


def _it(desk: Desk, quotation: Quotation, sentence: int) -> _Line | None:
    """The outlet that the sentence before begins with, of "It quoted ... as saying", "Venkar, it said, ..."."""
    if sentence == 0 or not desk.mentions or not desk.article.sentences or sentence in desk.by_sentence:
        return None
    before, span = desk.article.sentences[sentence - 1 : sentence + 1]
    k = bisect_left(desk.mentions, before.start, key=lambda mention: mention.span.start)
    subject = desk.mentions[k] if k < len(desk.mentions) else None
    if subject is None or subject.weak or subject.span.start >= min(before.end, before.start + _SUBJECT):
        return None
    if words.IT.search(desk.text, span.start, min(span.end, span.start + 400)) is None:
        return None
    return _Line(subject.carrier, (), "credit:it", None, quotation.outer.end)


def _inside(span: Span, outer: Span) -> bool:
    return outer.start <= span.start < outer.end


def _distance(outer: Span, span: Span) -> int:
    return span.start - outer.end if span.start >= outer.end else max(0, outer.start - span.end)


def _inherited(quotation: Quotation, found: Sequence[_Line | None]) -> _Line | None:
    """The credit of the quotation around it, or of the earlier piece of the same utterance."""
    for other, rule in ((quotation.parent, "inherited:outer"), (quotation.follows, "inherited:piece")):
        line = found[other] if other is not None and 0 <= other < len(found) else None
        if line is not None:
            return line._replace(rule=rule)
    return None


def _advance(desk: Desk, seen: int, i: int, current: _Line | None) -> tuple[int, _Line | None]:
    """The credit in force before a quotation: the last one that the narration has given."""
    first = desk.frames[i][0]
    while seen < len(desk.reports) and desk.reports[seen].sentence < first:
        report = desk.reports[seen]
        seen += 1
        if desk.speaking.get(report.mention.span.start) is not None:
            continue
        if current is not None and current.position >= report.mention.span.start:
            continue
        given = current is not None and sentence_at(desk.starts, current.position - 1) == report.sentence
        if given and report.how != "by":
            continue
        line = _chained(desk.text, report, _near(desk.by_sentence[report.sentence], report.mention.span))
        current = line._replace(of=desk.subjects[report.sentence] if desk.subjects else NOBODY)
    return seen, current


def _carried(desk: Desk, quotation: Quotation, i: int, line: _Line | None) -> _Line | None:
    """The credit in force, where the same speaker's statement goes on."""
    if line is None:
        return None
    gap = paragraph(desk.article, quotation.outer.start) - paragraph(desk.article, max(0, line.position - 1))
    if gap > _REACH:
        return None
    sentence = desk.frames[i][0]
    around = sentence_text(desk, sentence, quotation.outer.start) + _behind(desk, quotation, desk.frames[i][-1])
    if any_of(around, words.QUOTED_AS_SIGNS) and words.QUOTED_AS.search(around):
        return line._replace(rule="carried:quoted-as")
    if tells_new_event(around) or (gap > 0 and _is_addressed(around)):
        return None
    key = desk.keys[i]
    if key is None:
        return line._replace(rule="carried:paragraph") if gap == 0 and quotation.cue is None else None
    if line.of is not None and same(key, line.of) and not _other_event(desk, line, sentence, key):
        return line._replace(rule="carried:same-speaker")
    return None


def _is_addressed(told: str) -> bool:
    return any_of(told, words.ADDRESSED_SIGNS) and words.ADDRESSED.search(told) is not None


def _next(desk: Desk, i: int) -> _Line | None:
    """The credit of the sentence behind, where that speaks of the same: "She also ... in a statement carried by"."""
    sentence = desk.frames[i][-1] + 1
    if sentence not in desk.by_sentence or sentence >= len(desk.article.sentences):
        return None
    key = desk.keys[i]
    report = next((r for r in desk.by_sentence[sentence] if r.how in ("by", "told")), None)
    around = sentence_text(desk, sentence)
    if key is None or report is None or not words.SAME_STATEMENT.search(around) or tells_new_event(around):
        return None
    goes_on = same(key, desk.subjects[sentence]) or words.PRONOUN_FIRST.match(around)
    return _chained(desk.text, report, [report])._replace(rule="carried:sentence-behind") if goes_on else None


def _behind(desk: Desk, quotation: Quotation, last: int) -> str:
    """Narration behind a quotation, up to the end of the sentence."""
    if not desk.article.sentences or quotation.kind == "block":
        return ""
    end = quotation.outer.end
    return desk.text[end : min(desk.article.sentences[last].end, end + SIGHT)]


def _other_event(desk: Desk, line: _Line, sentence: int, key: Key) -> bool:
    """Whether the narration has come to another occasion on which the same speaker spoke."""
    start = sentence_at(desk.starts, line.position) + 1
    return any(same(key, desk.subjects[event]) for event in desk.events.between(start, sentence)[-_REACH:])


def _credit(desk: Desk, line: _Line | None) -> Credit:
    if line is None and desk.header is not None:
        line = _Line(desk.header, (), "credit:header", None, 0)
    ends = [carrier for carrier in (desk.dateline, desk.publisher) if carrier is not None]
    if line is not None:
        return _row(line.carrier, (*line.via, *ends), line.rule)
    if desk.publisher is None:
        return _row(ends[0], (), "dateline") if ends else Credit(None, None, "unknown", (), "none:no-outlet")
    if _prints_agency(desk):
        return _row(ends[0], ends[1:], "dateline")
    return replace(_row(desk.publisher, (), "publisher"), chain=_chain(ends))


def _prints_agency(desk: Desk) -> bool:
    """Whether the publisher says itself that the piece is the agency's of the dateline: "The Star (Reuters)"."""
    given = desk.article.document.publisher or ""
    return desk.dateline is not None and desk.dateline != desk.publisher and f"({desk.dateline.name})" in given


def _row(carrier: Carrier, rest: Sequence[Carrier], rule: str) -> Credit:
    return Credit(carrier.name, carrier.id, carrier.type, _chain((carrier, *rest)), rule)


def _chain(carriers: Sequence[Carrier]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(carrier.name for carrier in carriers))
