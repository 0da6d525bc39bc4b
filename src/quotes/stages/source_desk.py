"""What is known of an article before its quotations are credited: outlets, reports, subjects, occasions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from quotes.records import Article, Quotation
from quotes.registry import Registry
from quotes.stages import source_names as names
from quotes.stages import source_reports as reports
from quotes.stages import source_words as words
from quotes.stages.source_known import Carrier, Mention
from quotes.stages.source_reports import Report, sentence_at
from quotes.stages.source_scan import MASK, any_of
from quotes.stages.source_speakers import Keys, Subjects

_FAR = 1 << 60
"""Beyond every end: spans sort by their start, and of one start by their end."""
SIGHT = 400
"""Characters beside a quotation in which signs of its occasion are looked for."""


class Events:
    """Sentences that tell of another occasion and credit nobody, read as far as they are asked for."""

    def __init__(self, article: Article, text: str, credited: dict[int, list[Report]]) -> None:
        self._article, self._text, self._credited = article, text, credited
        self._read = 0
        self._found: list[int] = []

    def between(self, first: int, last: int) -> Sequence[int]:
        """Indices of those from ``first`` to ``last``, both included."""
        spans = self._article.sentences
        for k in range(self._read, min(last + 1, len(spans))):
            start, end = spans[k]
            if k not in self._credited and tells_new_event(self._text[start : min(end, start + SIGHT)]):
                self._found.append(k)
        self._read = max(self._read, last + 1)
        return self._found[bisect_right(self._found, first - 1) : bisect_right(self._found, last)]


@dataclass(frozen=True, slots=True)
class Desk:
    """What is known of an article before its quotations are looked at."""

    article: Article
    starts: Sequence[int]
    """Where the sentences of the article begin."""
    text: str
    registry: Registry
    publisher: Carrier | None
    dateline: Carrier | None
    mentions: Sequence[Mention]
    reports: Sequence[Report]
    by_sentence: dict[int, list[Report]]
    subjects: Subjects
    keys: Keys
    """For each quotation the names of its speaker."""
    spoken: Sequence[Mention | None]
    """For each quotation the outlet that is its speaker."""
    speaking: dict[int, int]
    """Start of an outlet's mention -> index of a quotation of which it is the speaker."""
    events: Events
    header: Carrier | None
    frames: Sequence[Sequence[int]]
    """For each quotation the indices of the sentences in which the narrator speaks of it."""
    reviewed: dict[int, Carrier]
    """Index of a paragraph of a press review -> the paper that it sums up."""


def prepare(article: Article, quotations: Sequence[Quotation], registry: Registry) -> Desk:
    """Everything that one reading of the article tells, each in one pass."""
    text = _narration(article.text, quotations)
    publisher, dateline = names.publisher_of(article, registry), names.dateline_of(article, registry)
    mentions = names.find(text, registry, publisher, dateline)
    starts = [sentence.start for sentence in article.sentences]
    credited = reports.find(article, starts, text, mentions)
    by_sentence: dict[int, list[Report]] = {}
    for report in credited:
        by_sentence.setdefault(report.sentence, []).append(report)
    ends = [mention.span.end for mention in mentions]
    spoken = [_speaking_outlet(article, mentions, ends, quotation) for quotation in quotations]
    speaking = {mention.span.start: i for i, mention in enumerate(spoken) if mention is not None}
    subjects = Subjects(article, text, mentions, registry)
    keys = Keys(article, starts, [quotation.mention for quotation in quotations], subjects, registry)
    return Desk(
        article, starts, text, registry, publisher, dateline, mentions, credited, by_sentence, subjects, keys, spoken,
        speaking, Events(article, text, by_sentence), _header(text, mentions),
        [_frame(starts, quotation) for quotation in quotations], _reviews(article, text, mentions),
    )


def _narration(text: str, quotations: Sequence[Quotation]) -> str:
    """The reading with all quoted words masked, character for character; line ends stay."""
    pieces: list[str] = []
    done = 0
    for outer in sorted(quotation.outer for quotation in quotations):
        start, end = max(done, outer[0]), max(done, outer[1])
        hidden = text[start:end]
        pieces += text[done:start], MASK * len(hidden) if "\n" not in hidden else _masked(hidden)
        done = end
    return "".join((*pieces, text[done:]))


def _masked(hidden: str) -> str:
    return "\n".join([MASK * len(line) for line in hidden.split("\n")])


def _speaking_outlet(
    article: Article, mentions: Sequence[Mention], ends: Sequence[int], quotation: Quotation
) -> Mention | None:
    """The outlet that speaks the words itself: "The Rodong Sinmun article read". Not its reporter or its guest."""
    if quotation.mention is None:
        return None
    start, end = quotation.mention
    k = bisect_right(ends, start)
    inside: list[Mention] = []
    while k < len(mentions) and mentions[k].span.start < end:
        inside.append(mentions[k])
        k += 1
    inside = [m for m in inside if _is_head(article.text[m.span.end : end]) and not _is_a_word(article.text, m)]
    return next((mention for mention in reversed(inside) if mention.kind == "named"), inside[-1] if inside else None)


def _is_a_word(text: str, mention: Mention) -> bool:
    """Whether a name that is an ordinary word too stands without the article that papers have."""
    return mention.weak and text[max(0, mention.span.start - 4) : mention.span.start].casefold() != "the "


def _is_head(behind: str) -> bool:
    return not behind.strip(" ,\"”’)》』」") or words.HEAD.match(behind) is not None


def _header(text: str, mentions: Sequence[Mention]) -> Carrier | None:
    """The outlet of a line "Source: …"."""
    if not text.startswith(words.HEADER_SIGNS) and words.HEADER_LINE.search(text) is None:
        return None
    match = words.HEADER.search(text)
    if match is None:
        return None
    start, end = match.span("name")
    inside = [mention for mention in mentions if start <= mention.span.start < end and mention.kind == "named"]
    return inside[0].carrier if inside else None


def _reviews(article: Article, text: str, mentions: Sequence[Mention]) -> dict[int, Carrier]:
    starts = {match.start("name") for match in names.reviewed(text)}
    heads = [mention for mention in mentions if mention.span.start in starts]
    return {paragraph(article, mention.span.start): mention.carrier for mention in heads}


def _frame(starts: Sequence[int], quotation: Quotation) -> list[int]:
    start, end = quotation.outer
    places = [start, max(start, end - 1)] if quotation.kind != "block" else []
    places += [span.start for span in (quotation.cue, quotation.mention) if span is not None]
    if not places:
        return [max(0, sentence_at(starts, start) - 1)]
    places.sort()
    at = [sentence_at(starts, places[0])]
    for place in places[1:]:
        following = at[-1] + 1
        if following < len(starts) and starts[following] <= place:
            at.append(sentence_at(starts, place))
    return at


def sentence_text(desk: Desk, sentence: int, around: int | None = None) -> str:
    """Narration of a sentence, of a very long one what stands about a position."""
    if not desk.article.sentences:
        return ""
    start, end = desk.article.sentences[sentence]
    near = start if around is None else around
    return desk.text[max(start, near - SIGHT) : min(end, near + SIGHT)]


def tells_new_event(told: str) -> bool:
    """Whether a stretch of narration tells of another occasion than what stands before it."""
    if words.NEW_EVENT_FIRST.match(told) is not None:
        return True
    return any_of(told, words.NEW_EVENT_SIGNS) and words.NEW_EVENT.search(told) is not None


def paragraph(article: Article, position: int) -> int:
    """Index of the paragraph at a position."""
    return bisect_right(article.paragraphs, (position, _FAR)) - 1
