"""Source: which outlet carried the words of each quotation.

An outlet is credited in the sentence of a quotation ("according to KCNA"), or before, where the same speaker's
statement goes on. What nobody else is credited with, the publisher carries. Outlets are known by the registry, or by
what the article says of a name ("the state agency TAMCA"); whatever is only a kind ("state media") stays one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from quotes.records import Article, Credit, Quotation, Span
from quotes.registry import Registry
from quotes.stages import source_names as names
from quotes.stages import source_reports as reports
from quotes.stages import source_words as words
from quotes.stages.source_names import Carrier, Mention
from quotes.stages.source_reports import Report, sentence_at
from quotes.stages.source_speakers import NOBODY, Key, key_of, same, subjects

_REACH = 5
"""Paragraphs over which a credit may be carried to the next quotation of the same speaker."""
_SIGHT = 400
"""Characters beside a quotation in which signs of its occasion are looked for."""
_NEAREST = 4
"""Credits on each side of a quotation that may be its own."""
_MASK = "\ue000"


@dataclass(frozen=True, slots=True)
class _Line:
    """A credit in force: ``via`` are the outlets between it and this document, ``of`` whose words it covers."""

    carrier: Carrier
    via: tuple[Carrier, ...]
    rule: str
    of: Key | None
    position: int


@dataclass(frozen=True, slots=True)
class _Desk:
    """What is known of an article before its quotations are looked at."""

    article: Article
    text: str
    registry: Registry
    publisher: Carrier | None
    dateline: Carrier | None
    mentions: Sequence[Mention]
    reports: Sequence[Report]
    by_sentence: dict[int, list[Report]]
    subjects: Sequence[Key]
    speaking: dict[int, int]
    """Start of an outlet's mention -> index of the quotation that the outlet itself speaks."""
    events: Sequence[int]
    """Indices of sentences that tell of another occasion and credit nobody."""
    header: Carrier | None
    reviewed: dict[int, Carrier]
    """Index of a paragraph of a press review -> the paper that it sums up."""


def credit(article: Article, quotations: Sequence[Quotation], registry: Registry) -> list[Credit]:
    """The outlet credited with each quotation, aligned with ``quotations``. Never raises on any text."""
    if not quotations:
        return []
    desk = _desk(article, quotations, registry)
    found: list[_Line | None] = [None] * len(quotations)
    current: _Line | None = None
    seen = 0
    for i in sorted(range(len(quotations)), key=lambda k: (quotations[k].outer.start, -quotations[k].outer.end)):
        quotation = quotations[i]
        key = key_of(article, quotation.mention, desk.subjects, registry)
        line = _own(desk, quotation, i)
        seen, current = _advance(desk, seen, quotation, current)
        if line is None:
            line = _inherited(quotation, found) or _reviewed(desk, quotation) or _carried(desk, quotation, key, current) or _next(desk, quotation, key)
        if line is not None:
            found[i] = line = replace(line, of=_covered(desk, quotation, key, line), position=quotation.outer.end)
            if quotation.parent is None:
                current = line
    return [_credit(desk, line) for line in found]


def _covered(desk: _Desk, quotation: Quotation, key: Key | None, line: _Line) -> Key | None:
    """Whose words a credit covers: the speaker's; where the outlet itself speaks, those of the one it speaks of too."""
    if line.rule == "credit:speaker" and desk.subjects:
        return (key or NOBODY) | desk.subjects[_frame(desk.article, quotation)[0]]
    return line.of if key is None else key


def _desk(article: Article, quotations: Sequence[Quotation], registry: Registry) -> _Desk:
    text = _narration(article.text, quotations)
    publisher, dateline = names.publisher_of(article, registry), names.dateline_of(article, registry)
    mentions = names.find(article, text, registry, publisher, dateline)
    credited = reports.find(article, text, mentions)
    by_sentence: dict[int, list[Report]] = {}
    for report in credited:
        by_sentence.setdefault(report.sentence, []).append(report)
    speaking = {
        mention.span.start: i for i, quotation in enumerate(quotations) if (mention := _speaking(article, mentions, quotation))
    }
    return _Desk(
        article, text, registry, publisher, dateline, mentions, credited, by_sentence,
        subjects(article, text, mentions, registry), speaking,
        _events(article, text, by_sentence), _header(text, mentions),
        _reviews(article, text, mentions),
    )


def _events(article: Article, text: str, credited: dict[int, list[Report]]) -> list[int]:
    return [
        i for i, span in enumerate(article.sentences)
        if i not in credited and words.NEW_EVENT.search(text, span.start, min(span.end, span.start + _SIGHT))
    ]


def _narration(text: str, quotations: Sequence[Quotation]) -> str:
    """The reading with all quoted words masked, character for character; line ends stay."""
    pieces: list[str] = []
    done = 0
    for outer in sorted(quotation.outer for quotation in quotations):
        start, end = max(done, outer.start), max(done, outer.end)
        pieces += text[done:start], "".join("\n" if c == "\n" else _MASK for c in text[start:end])
        done = end
    return "".join((*pieces, text[done:]))


def _speaking(article: Article, mentions: Sequence[Mention], quotation: Quotation) -> Mention | None:
    """The outlet that speaks the words itself: "The Rodong Sinmun article read". Not its reporter or its guest."""
    if quotation.mention is None:
        return None
    start, end = quotation.mention
    k = bisect_right(mentions, start, key=lambda mention: mention.span.end)
    inside = []
    while k < len(mentions) and mentions[k].span.start < end:
        inside.append(mentions[k])
        k += 1
    inside = [mention for mention in inside if _is_head(article.text[mention.span.end : end])]
    return next((mention for mention in reversed(inside) if mention.kind == "named"), inside[-1] if inside else None)


def _is_head(behind: str) -> bool:
    return not behind.strip(" ,\"”’)") or words.HEAD.match(behind) is not None


def _header(text: str, mentions: Sequence[Mention]) -> Carrier | None:
    """The outlet of a line "Source: …"."""
    match = words.HEADER.search(text)
    if match is None:
        return None
    start, end = match.span("name")
    inside = [mention for mention in mentions if start <= mention.span.start < end and mention.kind == "named"]
    return inside[0].carrier if inside else None


def _reviews(article: Article, text: str, mentions: Sequence[Mention]) -> dict[int, Carrier]:
    starts = {match.start("name"): match.start() for match in words.REVIEWED.finditer(text)}
    heads = [mention for mention in mentions if mention.span.start in starts]
    return {_paragraph(article, mention.span.start): mention.carrier for mention in heads}


def _reviewed(desk: _Desk, quotation: Quotation) -> _Line | None:
    carrier = desk.reviewed.get(_paragraph(desk.article, quotation.outer.start))
    return _Line(carrier, (), "credit:review", None, quotation.outer.end) if carrier else None


def _own(desk: _Desk, quotation: Quotation, i: int) -> _Line | None:
    """The credit in the quotation's own sentence: the outlet speaks itself, or is credited nearest to the words."""
    speaker = _speaking(desk.article, desk.mentions, quotation)
    if speaker is not None:
        return _Line(speaker.carrier, (), "credit:speaker", None, quotation.outer.end)
    if line := _it(desk, quotation):
        return line
    at = _frame(desk.article, quotation)
    possible = [
        report for sentence in at for report in _near(desk.by_sentence.get(sentence, ()), quotation.outer)
        if desk.speaking.get(report.mention.span.start, i) == i and not _inside(report.mention.span, quotation.outer)
    ]
    if not possible:
        return None
    best = min(possible, key=lambda report: (_distance(quotation.outer, report.mention.span), report.mention.span.start))
    return _chained(desk.text, best, possible)


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


def _it(desk: _Desk, quotation: Quotation) -> _Line | None:
    """ "It quoted ... as saying", "Venkar, it said, ...": the outlet that is the subject of the sentence before."""
    sentence = _frame(desk.article, quotation)[0]
    if sentence == 0 or not desk.article.sentences:
        return None
    span = desk.article.sentences[sentence]
    match = words.IT.search(desk.text, span.start, min(span.end, span.start + 400))
    if match is None or (sentence in desk.by_sentence):
        return None
    before = desk.article.sentences[sentence - 1]
    subject = [m for m in desk.mentions if before.start <= m.span.start < min(before.end, before.start + 60)]
    subject = [m for m in subject if not m.weak]
    return _Line(subject[0].carrier, (), "credit:it", None, quotation.outer.end) if subject else None


def _frame(article: Article, quotation: Quotation) -> list[int]:
    """Indices of the sentences in which the narrator speaks of a quotation."""
    start, end = quotation.outer
    at = set()
    if quotation.kind != "block":
        at |= {sentence_at(article, start), sentence_at(article, max(start, end - 1))}
    for span in (quotation.cue, quotation.mention):
        if span is not None:
            at.add(sentence_at(article, span.start))
    return sorted(at or {max(0, sentence_at(article, start) - 1)})


def _inside(span: Span, outer: Span) -> bool:
    return outer.start <= span.start < outer.end


def _distance(outer: Span, span: Span) -> int:
    return span.start - outer.end if span.start >= outer.end else max(0, outer.start - span.end)


def _inherited(quotation: Quotation, found: Sequence[_Line | None]) -> _Line | None:
    """The credit of the quotation around it, or of the earlier piece of the same utterance."""
    for other, rule in ((quotation.parent, "inherited:outer"), (quotation.follows, "inherited:piece")):
        line = found[other] if other is not None and 0 <= other < len(found) else None
        if line is not None:
            return replace(line, rule=rule)
    return None


def _advance(desk: _Desk, seen: int, quotation: Quotation, current: _Line | None) -> tuple[int, _Line | None]:
    """The credit in force before a quotation: the last one that the narration has given."""
    first = _frame(desk.article, quotation)[0]
    while seen < len(desk.reports) and desk.reports[seen].sentence < first:
        report = desk.reports[seen]
        seen += 1
        if desk.speaking.get(report.mention.span.start) is not None:
            continue
        if current is not None and current.position >= report.mention.span.start:
            continue
        if current is not None and sentence_at(desk.article, current.position - 1) == report.sentence:
            continue
        line = _chained(desk.text, report, desk.by_sentence[report.sentence])
        current = replace(line, of=desk.subjects[report.sentence] if desk.subjects else NOBODY)
    return seen, current


def _carried(desk: _Desk, quotation: Quotation, key: Key | None, line: _Line | None) -> _Line | None:
    """The credit in force, where the same speaker's statement goes on."""
    if line is None:
        return None
    paragraph = _paragraph(desk.article, quotation.outer.start)
    gap = paragraph - _paragraph(desk.article, max(0, line.position - 1))
    if gap > _REACH:
        return None
    sentence = _frame(desk.article, quotation)[0]
    around = _sentence_text(desk, sentence, quotation.outer.start) + _behind(desk, quotation)
    if words.QUOTED_AS.search(around):
        return replace(line, rule="carried:quoted-as")
    if words.NEW_EVENT.search(around) or (gap > 0 and words.ADDRESSED.search(around)):
        return None
    if key is None:
        return replace(line, rule="carried:paragraph") if gap == 0 and quotation.cue is None else None
    if line.of is not None and same(key, line.of) and not _other_event(desk, line, sentence, key):
        return replace(line, rule="carried:same-speaker")
    return None


def _next(desk: _Desk, quotation: Quotation, key: Key | None) -> _Line | None:
    """The credit of the sentence behind, where that speaks of the same statement: "She also ... in a statement carried by"."""
    sentence = _frame(desk.article, quotation)[-1] + 1
    if key is None or sentence >= len(desk.article.sentences):
        return None
    report = next((r for r in desk.by_sentence.get(sentence, ()) if r.how in ("by", "told")), None)
    around = _sentence_text(desk, sentence)
    if report is None or not words.SAME_STATEMENT.search(around) or words.NEW_EVENT.search(around):
        return None
    goes_on = same(key, desk.subjects[sentence]) or words.PRONOUN_FIRST.match(around)
    return replace(_chained(desk.text, report, [report]), rule="carried:sentence-behind") if goes_on else None


def _behind(desk: _Desk, quotation: Quotation) -> str:
    """Narration behind a quotation, up to the end of the sentence."""
    if not desk.article.sentences or quotation.kind == "block":
        return ""
    end = quotation.outer.end
    last = _frame(desk.article, quotation)[-1]
    return desk.text[end : min(desk.article.sentences[last].end, end + _SIGHT)]


def _other_event(desk: _Desk, line: _Line, sentence: int, key: Key) -> bool:
    """Whether the narration has come to another occasion on which the same speaker spoke."""
    start = sentence_at(desk.article, line.position) + 1
    between = desk.events[bisect_right(desk.events, start - 1) : bisect_right(desk.events, sentence)]
    return any(same(key, desk.subjects[event]) for event in between[-_REACH:])


def _sentence_text(desk: _Desk, sentence: int, around: int | None = None) -> str:
    """Narration of a sentence, of a very long one what stands about a position."""
    if not desk.article.sentences:
        return ""
    start, end = desk.article.sentences[sentence]
    near = start if around is None else around
    return desk.text[max(start, near - _SIGHT) : min(end, near + _SIGHT)]


def _paragraph(article: Article, position: int) -> int:
    return bisect_right(article.paragraphs, position, key=lambda span: span.start) - 1


def _credit(desk: _Desk, line: _Line | None) -> Credit:
    if line is None and desk.header is not None:
        line = _Line(desk.header, (), "credit:header", None, 0)
    ends = [carrier for carrier in (desk.dateline, desk.publisher) if carrier is not None]
    if line is not None:
        return _row(line.carrier, (*line.via, *ends), line.rule)
    if desk.publisher is None:
        return _row(ends[0], (), "dateline") if ends else Credit(None, None, "unknown", (), "none:no-outlet")
    if _prints_agency(desk):
        return _row(ends[0], ends[1:], "dateline")
    return _row(desk.publisher, (), "publisher")


def _prints_agency(desk: _Desk) -> bool:
    """Whether the publisher says itself that the piece is the agency's of the dateline: "The Star (Reuters)"."""
    given = desk.article.document.publisher or ""
    return desk.dateline is not None and desk.dateline != desk.publisher and f"({desk.dateline.name})" in given


def _row(carrier: Carrier, rest: Sequence[Carrier], rule: str) -> Credit:
    chain = tuple(dict.fromkeys(outlet.name for outlet in (carrier, *rest)))
    return Credit(carrier.name, carrier.id, carrier.type, chain, rule)
