"""Block: find statements printed without marks ("released the following press statement:", "It goes on:").

State agencies print most of what their leaders say without any quotation marks: a formula introduces the words, and
they run to the end mark ``-0-``, to the end of the text, to a reporting clause behind them (", he said"), or to the
paragraph in which the narrator returns, often with no cue at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from quotes.records import Article, Candidate, Span
from quotes.stages import block_layout
from quotes.stages.block_interviews import ANSWER, UNNAMED, interviewee
from quotes.stages.block_introductions import Introduction, introduce
from quotes.stages.block_marked import Marked
from quotes.stages.block_narrator import Speech, narrates, speaks_anew
from quotes.stages.block_patterns import (
    ANNOUNCED,
    END_MARK,
    GLUED_STOP,
    GOES_ON,
    INLINE,
    LABEL,
    LIST,
    MARK,
    MAX_COLONS,
    MAX_SENTENCE,
    OPENING_MARK,
    POSTPOSED_PERSON,
    REPORT_BEHIND,
    STAGE,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement without marks and the words that introduce it or close it."""

    span: Span
    cue: Span
    mention: Span | None
    rule: str
    continues: bool = False

    @property
    def confidence(self) -> float:
        """How often statements of this kind get the right speaker on the development articles."""
        return 0.95 if self.mention is not None else 0.0


_ENDS = ".\"”’"
_FEWEST_LABELS = 3
"""Speakers' names before colons that make a transcript."""
_MAX_MANNER = 8
"""Words between the cue and its colon that may tell where or how something was said."""


def find(article: Article, candidates: Sequence[Candidate]) -> list[Statement]:
    """Statements without marks, sorted, never overlapping."""
    found: list[Statement] = []
    marked = Marked(candidates)
    labels = _labels(article)
    if labels:
        return labels
    k, parts = 0, article.paragraphs
    while k < len(parts):
        found += _postposed(article, k, marked, bool(found) and _adjoins(article, found[-1], parts[k].start))
        if (inline := _inline(article, k, marked)) is not None:
            found.append(inline[0])
        follow = _introduced_by(article, k, marked) or inline
        if follow is None:
            k += 1
            continue
        statement, k = follow
        if statement is not None and follow is not inline:
            found.append(statement)
    return _without_overlap(found)


def _introduced_by(article: Article, k: int, marked: Marked) -> tuple[Statement | None, int] | None:
    """The statement that paragraph ``k`` introduces with its last words, and the paragraph after it."""
    part = article.paragraphs[k]
    last = article.text[part.end - 1]
    # The last letters are looked at first: the expression is slow, and few paragraphs end so.
    ends_so = article.text[part.end - 3 : part.end].lower() == "on."
    goes_on = ends_so and GOES_ON.search(article.text, max(part.start, part.end - 24), part.end)
    announced = (
        last in _ENDS
        and article.text.find("he following ", part.start, part.end) >= 0
        and ANNOUNCED.search(article.text[part.start : part.end]) is not None
    )
    if last != ":" and not goes_on and not announced:
        return None
    if k + 1 >= len(article.paragraphs) or (marked.covers(part.end - 1) and not announced):
        return None
    start = block_layout.start(article, k + 1)
    if OPENING_MARK.match(article.text, start):
        return None
    if goes_on and _ends_marked_words(article.text, part, goes_on.start(), marked):
        return None
    introduction = introduce(article, part, marked.candidates, marked.inside(part))
    if announced and (introduction is None or introduction.rule != "block:formula"):
        return None
    if introduction is None or (LIST.match(article.text, start) and not introduction.lists):
        return None
    stop = None if introduction.whole else block_layout.stop(article, k + 1, introduction.cue)
    end, following = _extent(article, k + 1, introduction, marked, start, stop)
    if end <= start:
        return None, k + 1
    return Statement(Span(start, end), introduction.cue, introduction.mention, introduction.rule), following


def _ends_marked_words(text: str, part: Span, end: int, marked: Marked) -> bool:
    """Whether the report stands behind marked words: "“…,” he went on." is theirs, and announces nothing."""
    inside = marked.inside(Span(part.start, end))
    if not inside or marked.candidates[inside[-1]].rule.endswith("no-closer"):
        return False
    return not text[marked.candidates[inside[-1]].outer.end : end].strip(" ,")


def _extent(
    article: Article, first: int, introduction: Introduction, marked: Marked, start: int, stop: int | None = None
) -> tuple[int, int]:
    """Where the words end that begin at ``start`` in paragraph ``first``, and the first paragraph after them; before
    paragraph ``stop`` at the latest."""
    text, parts = article.text, article.paragraphs
    end = start
    speech = Speech(introduction, start, start)
    for k in range(first, len(parts) if stop is None else stop):
        part = Span(max(start, parts[k].start), parts[k].end)
        limit = _limit(text, part)
        if limit <= part.start:
            return end, k + 1
        if k > first and narrates(article, k, speech, marked):
            return end, k
        if first < k < len(parts) - 1 and text[limit - 1] == ":" and speaks_anew(text, part, limit, introduction):
            return end, k
        behind = _report_behind(text, part.start, limit, marked)
        if behind is not None and not introduction.whole:
            if k > first and (text.startswith(",", behind.end()) or OPENING_MARK.match(text, behind.end() + 1)):
                return end, k  # "…, the article said, adding that …": the narrator's own summary
            introduces = text[limit - 1] == ":"  # "…, the article says, and goes on:"
            return behind.start(), k if introduces else k + 1
        end = limit
        if limit < part.end:
            return end, k + 1
        speech = speech.read_on(text, limit)
    return end, len(parts) if stop is None else stop


def _limit(text: str, part: Span) -> int:
    """End of the paragraph's words, before the end mark of the article."""
    stop = END_MARK.search(text, max(part.start, part.end - 8), part.end)
    return stop.start() if stop else block_layout.end(text, part)


def _report_behind(text: str, start: int, end: int, marked: Marked) -> re.Match[str] | None:
    for match in REPORT_BEHIND.finditer(text, start, end):
        if not marked.covers(match.start()):
            return match
    return None


def _postposed(article: Article, k: int, marked: Marked, adjoining: bool) -> Iterator[Statement]:
    """ "We …, he said": words in the first person before the report."""
    part, text = article.paragraphs[k], article.text
    behind = _report_behind(text, part.start, part.end, marked)
    if behind is None:
        return
    start = _sentence_start(article, part, behind.start())
    if MARK.search(text, start, behind.start() - 1) or marked.inside(Span(start, behind.end())):
        return  # some of the words are marked
    if POSTPOSED_PERSON.search(text, start, behind.start()):
        inverted = "_before" if behind["verb"] is None else ""
        subject = Span(*behind.span("subject_behind" if inverted else "subject"))
        cue = Span(*behind.span(f"verb{inverted}"))
        yield Statement(Span(start, behind.start()), cue, subject, "block:postposed", adjoining)


def _inline(article: Article, k: int, marked: Marked) -> tuple[Statement, int] | None:
    """The statement that begins inside paragraph ``k``, and the paragraph after it: "He said: We …"."""
    part, text = article.paragraphs[k], article.text
    if text.find(": ", part.start, part.end) < 0:
        return None
    for colon in islice(INLINE.finditer(text, part.start, part.end), MAX_COLONS):
        if marked.covers(colon.start()) or OPENING_MARK.match(text, colon.end()):
            continue
        before = Span(max(part.start, colon.start() - MAX_SENTENCE), colon.start() + 1)
        introduction = introduce(article, before, marked.candidates, marked.inside(before))
        if introduction is None or introduction.mention is None or not _touches(text, introduction, colon.start()):
            continue
        if _ends_marked_words(text, part, introduction.mention.start, marked):
            continue
        adds = text[: introduction.cue.end].endswith("ing") and not introduction.text_speaks
        ends = adds or introduction.rule == "block:formula" or text[part.end - 1] == ":"
        end, following = _extent(article, k, introduction, marked, colon.end(), k + 1 if ends else None)
        continues = _report_behind(text, part.start, part.end, marked) is not None
        span = Span(colon.end(), end)
        return Statement(span, introduction.cue, introduction.mention, "block:inline", continues), max(following, k + 1)
    return None


def _touches(text: str, introduction: Introduction, colon: int) -> bool:
    """Inside a paragraph a colon introduces speech only right behind the cue: elsewhere it explains."""
    between = text[introduction.cue.end : colon].split()
    if introduction.rule == "block:formula":
        return len(between) <= 6
    if between[:1] == ["in"] and len(between) <= _MAX_MANNER:  # "says in a bylined article:", "said in tears:"
        return introduction.speaks or introduction.text_speaks
    return introduction.speaks and (not between or between in (["as", "follows"], ["further"], ["this"], ["out"]))


def _sentence_start(article: Article, part: Span, position: int) -> int:
    before = article.sentences_of(Span(part.start, position + 1))
    start = before[-1].start if before else part.start
    glued = [match.end() for match in GLUED_STOP.finditer(article.text, start, position)]
    return glued[-1] if glued else start


def _adjoins(article: Article, statement: Statement, position: int) -> bool:
    return len(article.text[statement.span.end : position]) < 80


def _labels(article: Article) -> list[Statement]:
    """Transcripts: paragraphs that begin with a speaker's name in capitals and a colon, and what follows each up to
    the next; behind the last one nothing tells where the narrator returns, so it ends with its paragraph."""
    if article.text.count(": ") < _FEWEST_LABELS:
        return []
    labels = [(k, LABEL.match(article.text, *part)) for k, part in enumerate(article.paragraphs)]
    heads = [(k, match) for k, match in labels if match and match.end() < article.paragraphs[k].end]
    if not any(match["name"] in ANSWER for _, match in heads):
        heads = [(k, match) for k, match in heads if match["glued"] is None]
    names = {match[match.lastgroup or "name"] for _, match in heads}
    if len(heads) < _FEWEST_LABELS or len(names) < 2:
        return []
    found = []
    asked = interviewee(article, heads[0][0]) if names & ANSWER else None
    for n, (k, match) in enumerate(heads):
        last = heads[n + 1][0] - 1 if n + 1 < len(heads) else k
        while last > k and STAGE.fullmatch(article.text, *article.paragraphs[last]):
            last -= 1
        group = match.lastgroup or "name"
        name, label = Span(*match.span(group)), match[group]
        span = Span(match.end(), article.paragraphs[last].end)
        mention = (asked if label in ANSWER else None) or (None if label in UNNAMED else name)
        cue = Span(name.end, name.end + 1) if group == "name" else name
        found.append(Statement(span, cue, mention, "block:speaker-line"))
    return found


def _without_overlap(statements: list[Statement]) -> list[Statement]:
    result: list[Statement] = []
    for statement in sorted(statements, key=lambda s: (s.span.start, -s.span.end)):
        if statement.span.end > statement.span.start and (not result or statement.span.start >= result[-1].span.end):
            result.append(statement)
    return result
