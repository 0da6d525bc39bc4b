"""Mark: find the words between quotation marks, whatever the marks look like and however badly they are set.

One pass finds the marks, one decides what each does (by its shape where the shape tells, by its neighbours where it
does not), one pairs them with a stack for each family of marks. Time is linear in the length of the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from quotes.records import Article, Candidate, Span
from quotes.stages import mark_ends
from quotes.stages.mark_glyphs import Mark, marks
from quotes.stages.single_marks import single_pairs

_MAX_DEPTH = 4
_MAX_AROUND = 16
"""Candidates looked at for the one around another: more never stand inside one another in any text that was written."""
_MAX_PARAGRAPHS = 60
"""A quotation that runs on over more paragraphs than this has lost its closing mark."""
_MAX_OWN_MARKS = 10
"""Paragraphs with marked words of their own that a quotation opened once may run over."""


@dataclass(slots=True)
class _Open:
    mark: Mark
    notes: tuple[str, ...] = ()
    inner: int | None = None
    """Where the words begin, if not right behind the mark."""
    last: int = -1
    """The paragraph that it has come to, opened anew there."""
    shares: bool = False
    """Whether it ends at the mark that closes the words inside it."""


class Pair(NamedTuple):
    """The marks of one candidate, the positions between them, and what was odd about them."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    style: str
    notes: tuple[str, ...]


def find(article: Article) -> list[Candidate]:
    """Every marked candidate of the article, sorted by position, each with the smallest one around it as parent."""
    by_family: dict[str, list[Mark]] = {}
    for mark in marks(article):
        by_family.setdefault(mark.family, []).append(mark)
    pairs: list[Pair] = []
    for family in sorted(by_family):
        pairs += _Pairing(article, by_family[family]).run()
    doubles = [Span(pair.outer_start, pair.outer_end) for pair in pairs]
    pairs += (Pair(*one.inner, *one.outer, "single", one.notes) for one in single_pairs(article, doubles))
    return _candidates(article.text, pairs)


class _Pairing:
    """Pairs the marks of one family, paragraph by paragraph, carrying an open quotation into the next one."""

    def __init__(self, article: Article, own: Sequence[Mark]) -> None:
        self.article = article
        self.text = article.text
        self.paragraphs = [mark_ends.merged(list(group)) for _, group in groupby(own, key=lambda mark: mark.paragraph)]
        self.stack: list[_Open] = []
        self.pairs: list[Pair] = []

    def run(self) -> list[Pair]:
        for n, own in enumerate(self.paragraphs):
            carried = bool(self.stack)
            opened_anew = n + 1 < len(self.paragraphs) and self._heads(self.paragraphs[n + 1][0], own[0])
            closers_left = sum(mark.role != "open" for mark in own)
            for i, mark in enumerate(own):
                closers_left -= mark.role != "open"
                if carried and i == 0 and self._continues(mark):
                    self.stack[0].last = mark.paragraph
                    continue
                inside = carried or (opened_anew and mark_ends.is_fragment(self.text, mark))
                runs_on = inside and 2 * closers_left == len(own) - i
                self._take(mark, own[i + 1 : i + 3], closers_left + runs_on)
            self._end_paragraph(own[0].paragraph, self.paragraphs[n + 1 : n + 1 + _MAX_OWN_MARKS])
        return self.pairs

    def _heads(self, mark: Mark, before: Mark) -> bool:
        """Whether a mark opens the paragraph behind that of another one anew."""
        head = mark.start == self.article.paragraphs[mark.paragraph].start
        return head and mark.paragraph == before.paragraph + 1 and mark.role != "close"

    def _continues(self, mark: Mark) -> bool:
        """A mark at the head of a paragraph that goes on with the quotation of the one before.

        An opening mark, or a closing one that stands before words, as is the custom in Spanish and French.
        """
        if mark.start != self.article.paragraphs[mark.paragraph].start or mark.place == "close":
            return False
        opens = mark.role != "close" or mark.place == "open" or mark.glyph == "»"
        return opens and mark.style == self.stack[0].mark.style

    def _take(self, mark: Mark, following: list[Mark], closers_left: int) -> None:
        if not self.stack:
            self._take_outside(mark, following)
        elif mark.start == self.stack[-1].mark.end and mark.role == "open" and self._doubles(mark, following):
            self.stack[-1] = _Open(self.stack[-1].mark, (*self.stack[-1].notes, "doubled-opener"), mark.end)
        elif self._closes(mark, following):
            if not mark_ends.is_inch(self.text, mark, following):
                self._close(mark, closers_left)
        else:
            self._open_inside(mark, closers_left)

    def _doubles(self, mark: Mark, following: list[Mark]) -> bool:
        """Whether an opener right behind another one only doubles it: one closing mark follows and not two."""
        close_next = [other.role == "close" and other.place != "open" for other in following]
        return mark.shape == "open" if close_next[:1] != [True] else close_next[1:] != [True]

    def _take_outside(self, mark: Mark, following: list[Mark]) -> None:
        """A mark while nothing is open: an opener, also one printed backwards, or a closer that lost its opener."""
        if mark.shape == "either" and mark.after_digit and mark.place == "close":
            return
        if mark.role != "close":
            self._open(mark)
        elif mark_ends.is_backwards(self.text, mark, following):
            self._open(mark, "backwards-opener")
        else:
            self._close_without_opener(mark)

    def _closes(self, mark: Mark, following: list[Mark]) -> bool:
        """Whether the mark closes what is open; shape first, neighbours where the shape is silent or lies."""
        opener = self.stack[-1].mark
        close_next = [other.role == "close" and other.place != "open" for other in following]
        if mark.shape == "either" and not self.text[opener.end : mark.start].strip():
            return mark.place != "open" or close_next != [True, True]
        if mark.glyph == "“" and opener.style == "low-high" and mark.place != "open":
            return True
        if opener.glyph == "»" and mark.glyph in "«»":
            return mark.glyph == "«" or mark.place == "close"
        if mark.shape == "open":
            return mark.place == "close" or (close_next[:1] != [True] and mark_ends.is_glued(self.text, mark))
        return mark.place != "open" or (mark.shape == "close" and close_next[:1] != [True])

    def _open(self, mark: Mark, *notes: str) -> None:
        if len(self.stack) >= _MAX_DEPTH:
            self._abandon(mark.start)
        self.stack.append(_Open(mark, notes, last=mark.paragraph))

    def _open_inside(self, mark: Mark, closers_left: int) -> None:
        """Words inside words; where marks to close both are wanting, the outer ones ended, or end with the inner."""
        if closers_left < len(self.stack) + 1:
            if closers_left and mark_ends.is_led_in(self.text, self.stack[-1].mark.end, mark.start):
                self.stack[-1].shares = True
            else:
                self._abandon(mark.start)
        self._open(mark)

    def _close(self, mark: Mark, closers_left: int) -> None:
        opened = self.stack.pop()
        notes = opened.notes
        if opened.mark.paragraph != mark.paragraph:
            notes += ("paragraphs",)
        style = opened.mark.style
        if style != mark.style and "low-high" not in (style, mark.style):
            notes += ("mixed-marks",)
        elif mark.shape == "open" and style != "low-high":
            notes += ("backwards-closer",)
        self._pair(opened.inner or opened.mark.end, mark.start, opened.mark.start, mark.end, style, notes)
        if self.stack and self.stack[-1].shares and closers_left < len(self.stack):
            self._close(mark, closers_left)

    def _close_without_opener(self, mark: Mark) -> None:
        """Words end in a mark that nothing opened: they are taken from the head of their sentence."""
        floor = max((pair.outer_end for pair in self.pairs[-1:]), default=0)
        found = mark_ends.opened_at(self.article, mark, floor)
        if found is not None:
            start, outer_start, notes = found
            self._pair(start, mark.start, outer_start, mark.end, mark.style, notes)

    def _abandon(self, limit: int) -> None:
        """The oldest open quotation lost its closing mark: it ends with its sentence, before ``limit``."""
        opened = self.stack.pop(0)
        style, start = opened.mark.style, opened.inner or opened.mark.end
        end, outer_end, notes = mark_ends.closed_at(self.article, start, opened.last, limit, curly=style == "curly")
        if opened.last != opened.mark.paragraph:
            notes = ("paragraphs", *notes)
        self._pair(start, end, opened.mark.start, outer_end, style, (*opened.notes, *notes))

    def _end_paragraph(self, paragraph: int, following: list[list[Mark]]) -> None:
        while len(self.stack) > 1:
            self._abandon_last()
        if self.stack and not self._goes_on(paragraph, following):
            self._abandon(self.article.paragraphs[self.stack[0].last].end)

    def _abandon_last(self) -> None:
        inner = self.stack.pop()
        rest, self.stack = self.stack, [inner]
        self._abandon(self.article.paragraphs[inner.mark.paragraph].end)
        self.stack = rest

    def _goes_on(self, paragraph: int, following: list[list[Mark]]) -> bool:
        """Whether an open quotation runs on: the next paragraph opens anew, or what is left ends in its closer."""
        if not following or following[0][0].paragraph - self.stack[0].mark.paragraph > _MAX_PARAGRAPHS:
            return False
        mark = following[0][0]
        if mark.paragraph == paragraph + 1 and mark.start == self.article.paragraphs[mark.paragraph].start:
            if not self._continues(mark):
                return mark.role == "close"
            unfinished = mark_ends.is_unfinished(self.article, paragraph)
            return unfinished and mark_ends.is_closed_later(self.text, self.stack[0].mark.end, following[0])
        if not mark_ends.runs_on(self.article, self.stack[0].mark.end, paragraph):
            return False
        return (mark.role == "close" and mark.place != "open") or mark_ends.closes_beyond(self.text, following)

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
