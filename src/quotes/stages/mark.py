"""Mark: find the words between quotation marks, whatever the marks look like and however badly they are set.

One pass finds the marks, one decides what each does (by its shape where the shape tells, by its neighbours where it
does not), one pairs them with a stack for each family of marks. Time is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from quotes.records import Article, Candidate, Span
from quotes.stages.single_marks import single_pairs

Role = Literal["open", "close", "either"]

_WHOLE = "\"“”„‟«»「」『』《》＂"
# Begins with one class of characters, so that the engine skips to the next mark: the doubled ones are told behind it.
_MARKS = re.compile(f"[{_WHOLE}'`‘’](?:(?<=[{_WHOLE}])|(?<=')'|(?<=`)`|(?<=(?<![a-zA-Z'])‘)‘|(?<=’)’)")
_FAMILY = {
    **dict.fromkeys(('"', "“", "”", "„", "‟", "''", "``", "‘‘", "’’", "＂"), "double"),
    **dict.fromkeys("«»", "guillemets"),
    **dict.fromkeys("「」", "corner"),
    **dict.fromkeys("『』", "white-corner"),
    **dict.fromkeys("《》", "angle"),
}
_STYLE = {
    '"': "straight",
    "＂": "straight",
    "“": "curly",
    "”": "curly",
    "„": "low-high",
    "‟": "curly",
    "''": "double-single",
    "``": "double-single",
    "‘‘": "double-single",
    "’’": "double-single",
}
_SHAPE: dict[str, Role] = {
    **dict.fromkeys(("“", "„", "``", "‘‘", "«", "「", "『", "《"), "open"),
    **dict.fromkeys(("”", "’’", "»", "」", "』", "》"), "close"),
}
_BEFORE_OPENER = frozenset(" \n([{—–-/:=>|‘'‚「『《“„«\"")
_AFTER_CLOSER = frozenset(" \n.,;:!?)]}—–-/…'’」』》”»\"|<")
_SENTENCE_END = re.compile(r"[.!?…。！？][)\]’']*$")
_MAX_DEPTH = 4
_MAX_AROUND = 16
"""Candidates looked at for the one around another: more never stand inside one another in any text that was written."""
_REPORT_BEHIND = re.compile(
    r"[,!?] (?:he|she|they|(?:the [a-z]+ )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}) (?:said|says|added|told|asked"
    r"|replied|stated)\b"
)
_MAX_PARAGRAPHS = 60
"""A quotation that runs on over more paragraphs than this has lost its closing mark."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A quotation mark: where it stands, what its shape says and what its neighbours say."""

    start: int
    end: int
    glyph: str
    shape: Role
    place: Role
    paragraph: int
    after_digit: bool


@dataclass(slots=True)
class _Open:
    mark: Mark
    notes: tuple[str, ...] = ()
    inner: int | None = None
    """Where the words begin, if not right behind the mark."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The marks of one candidate, the positions between them, and what was odd about them."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    style: str
    notes: tuple[str, ...]


def find(article: Article) -> list[Candidate]:
    """Every marked candidate of the article, sorted by position, each with the smallest one around it as parent."""
    marks = list(_marks(article))
    pairs: list[Pair] = []
    for family in sorted({_FAMILY[mark.glyph] for mark in marks}):
        own = [mark for mark in marks if _FAMILY[mark.glyph] == family]
        pairs += _Pairing(article, own).run()
    pairs += (Pair(a, b, a - 1, b + 1, "single", ()) for a, b in single_pairs(article))
    return _candidates(article.text, pairs)


def _marks(article: Article) -> Iterator[Mark]:
    text, parts, k = article.text, article.paragraphs, 0
    for match in _MARKS.finditer(text):
        start, end = match.span()
        while k < len(parts) - 1 and parts[k].end <= start:
            k += 1
        glyph = match[0]
        before = text[start - 1] if start > parts[k].start else "\n"
        after = text[end] if end < parts[k].end else "\n"
        yield Mark(start, end, glyph, _SHAPE.get(glyph, "either"), _place(before, after), k, before.isdigit())


def _place(before: str, after: str) -> Role:
    """What the neighbours of a mark say that it does."""
    opens = before in _BEFORE_OPENER and not after.isspace()
    closes = not before.isspace() and after in _AFTER_CLOSER
    if opens and not closes:
        return "open"
    if closes and not opens:
        return "close"
    return "either"


class _Pairing:
    """Pairs the marks of one family, paragraph by paragraph, carrying an open quotation into the next one."""

    def __init__(self, article: Article, marks: Sequence[Mark]) -> None:
        self.article = article
        self.text = article.text
        self.by_paragraph = {k: list(group) for k, group in groupby(marks, key=lambda mark: mark.paragraph)}
        self.order = sorted(self.by_paragraph)
        self.stack: list[_Open] = []
        self.pairs: list[Pair] = []

    def run(self) -> list[Pair]:
        for n, paragraph in enumerate(self.order):
            marks = self.by_paragraph[paragraph]
            carried = bool(self.stack)
            closers_left = sum(self._role(mark) != "open" for mark in marks)
            for i, mark in enumerate(marks):
                closers_left -= self._role(mark) != "open"
                if carried and i == 0 and self._continues(mark):
                    continue
                self._take(mark, marks[i + 1 : i + 2], closers_left)
            following = self.by_paragraph[self.order[n + 1]] if n + 1 < len(self.order) else []
            self._end_paragraph(paragraph, following)
        return self.pairs

    def _role(self, mark: Mark) -> Role:
        return mark.shape if mark.shape != "either" else mark.place

    def _continues(self, mark: Mark) -> bool:
        """An opening mark at the head of a paragraph that goes on with the quotation of the one before."""
        return mark.start == self.article.paragraphs[mark.paragraph].start and self._role(mark) != "close"

    def _take(self, mark: Mark, following: list[Mark], closers_left: int) -> None:
        if not self.stack:
            self._take_outside(mark, following)
        elif mark.start == self.stack[-1].mark.end and mark.glyph == self.stack[-1].mark.glyph and mark.shape == "open":
            self.stack[-1] = _Open(self.stack[-1].mark, (*self.stack[-1].notes, "doubled-opener"), mark.end)
        elif self._closes(mark, closers_left):
            if not self._is_inch(mark, following):
                self._close(mark)
        else:
            if closers_left < len(self.stack) + 1:
                self._abandon(mark.start)
            self._open(mark)

    def _take_outside(self, mark: Mark, following: list[Mark]) -> None:
        """A mark while nothing is open: an opener, also one printed backwards, or a closer that lost its opener."""
        after = self.text[mark.end : mark.end + 1]
        if mark.shape == "either" and mark.after_digit and mark.place == "close":
            return
        if self._role(mark) == "close":
            backwards = bool(after.strip()) and (mark.place != "close" or after.isalnum())
            closes_later = bool(following) and self._role(following[0]) != "open"
            if not (backwards and (closes_later or mark.place == "open")):
                self._close_without_opener(mark)
                return
            self._open(mark, "backwards-opener")
        else:
            self._open(mark)

    def _closes(self, mark: Mark, closers_left: int) -> bool:
        """Whether the mark closes what is open; shape first, neighbours where the shape is silent or lies."""
        opener = self.stack[-1].mark
        if mark.shape == "either" and not self.text[opener.end : mark.start].strip():
            return True
        if mark.glyph == "“" and opener.glyph == "„" and mark.place != "open":
            return True
        if opener.glyph == "»" and mark.glyph in "«»":
            return mark.glyph == "«"
        if mark.shape == "open":
            return mark.place == "close"
        if mark.shape == "close":
            return not (mark.place == "open" and closers_left > 0)
        return mark.place != "open" or mark.start == opener.end

    def _is_inch(self, mark: Mark, following: list[Mark]) -> bool:
        """A straight mark behind a digit while a better closer is still to come: 6'2" tall."""
        return mark.after_digit and mark.shape == "either" and bool(following) and self._role(following[0]) == "close"

    def _open(self, mark: Mark, *notes: str) -> None:
        if len(self.stack) >= _MAX_DEPTH:
            self._abandon(mark.start)
        self.stack.append(_Open(mark, notes))

    def _close(self, mark: Mark) -> None:
        opened = self.stack.pop()
        notes = opened.notes
        if opened.mark.paragraph != mark.paragraph:
            notes += ("paragraphs",)
        style, other = (_STYLE.get(m.glyph, _FAMILY[m.glyph]) for m in (opened.mark, mark))
        if style != other and "low-high" not in (style, other):
            notes += ("mixed-marks",)
        elif mark.shape == "open" and style != "low-high":
            notes += ("backwards-closer",)
        self._pair(opened.inner or opened.mark.end, mark.start, opened.mark.start, mark.end, style, notes)

    def _close_without_opener(self, mark: Mark) -> None:
        """Words end in a mark that nothing opened: they are taken from the head of their sentence."""
        sentence = max((s.start for s in self._sentences(mark.paragraph) if s.start < mark.start), default=None)
        floor = max((pair.outer_end for pair in self.pairs[-1:]), default=0)
        if sentence is not None and sentence >= floor and self.text[mark.start - 1] in ",.!?…":
            style = _STYLE.get(mark.glyph, _FAMILY[mark.glyph])
            self._pair(sentence, mark.start, sentence, mark.end, style, ("no-opener",))

    def _abandon(self, limit: int) -> None:
        """The oldest open quotation lost its closing mark: it ends with its sentence, before ``limit``."""
        opened = self.stack.pop(0)
        part = self.article.paragraphs[opened.mark.paragraph]
        end = min(limit, part.end)
        whole = [s.end for s in self._sentences(opened.mark.paragraph) if opened.mark.end < s.end <= end]
        end = max(whole, default=end)
        if (report := _REPORT_BEHIND.search(self.text, opened.mark.end, end)) is not None:
            end = report.start() + 1
        style = _STYLE.get(opened.mark.glyph, _FAMILY[opened.mark.glyph])
        self._pair(opened.inner or opened.mark.end, end, opened.mark.start, end, style, (*opened.notes, "no-closer"))

    def _end_paragraph(self, paragraph: int, following: list[Mark]) -> None:
        while len(self.stack) > 1:
            self._abandon_last()
        if self.stack and not self._goes_on(paragraph, following):
            self._abandon(self.article.paragraphs[paragraph].end)

    def _abandon_last(self) -> None:
        inner = self.stack.pop()
        rest, self.stack = self.stack, [inner]
        self._abandon(self.article.paragraphs[inner.mark.paragraph].end)
        self.stack = rest

    def _goes_on(self, paragraph: int, following: list[Mark]) -> bool:
        """Whether an open quotation runs on: the next paragraph opens anew, or the next mark of all is a closer."""
        if not following or following[0].paragraph - self.stack[0].mark.paragraph > _MAX_PARAGRAPHS:
            return False
        part = self.article.paragraphs[paragraph]
        if not _SENTENCE_END.search(self.text, max(part.start, part.end - 4), part.end):
            return False
        mark = following[0]
        if mark.paragraph == paragraph + 1 and self._continues(mark) and mark.place != "close":
            return self._is_closed_later(following)
        return self._role(mark) == "close" and mark.place != "open"

    def _is_closed_later(self, marks: list[Mark]) -> bool:
        """The paragraph that opens anew has its own closer or runs on itself: its marks are not a complete pair."""
        roles = [self._role(mark) for mark in marks]
        return roles.count("close") != roles.count("open") or len(marks) == 2

    def _sentences(self, paragraph: int) -> Sequence[Span]:
        return self.article.sentences_of(self.article.paragraphs[paragraph])

    def _pair(self, start: int, end: int, outer_start: int, outer_end: int, style: str, notes: tuple[str, ...]) -> None:
        self.pairs.append(Pair(start, end, outer_start, outer_end, style, notes))


def _candidates(text: str, pairs: list[Pair]) -> list[Candidate]:
    pairs.sort(key=lambda pair: (pair.outer_start, -pair.outer_end))
    result: list[Candidate] = []
    around: list[int] = []
    for pair in pairs:
        while around and result[around[-1]].outer.end <= pair.outer_start:
            around.pop()
        parent = next((i for i in reversed(around[-_MAX_AROUND:]) if result[i].outer.end >= pair.outer_end), None)
        rule = "+".join((pair.style, *pair.notes))
        result.append(Candidate(_inner(text, pair), Span(pair.outer_start, pair.outer_end), True, rule, parent))
        around.append(len(result) - 1)
    return result


def _inner(text: str, pair: Pair) -> Span:
    start, end = pair.start, max(pair.start, pair.end)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
