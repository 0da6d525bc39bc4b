"""Single quotation marks, told from apostrophes, years ('90s) and clipped words ('em)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quotes.records import Article, Span
from quotes.stages import mark_ends

# Each begins with the mark, so that the engine skips to the next one; what stands before it is looked at from there.
_OPENER = re.compile(r"[‘'‚`](?:(?<=[\s(\[—–“\"„”«»:].)|(?<=^.))(?=[^\W_]|[“\"…])", re.MULTILINE)
_CLOSER = re.compile(r"['’‘`](?<=[^\s(\[—–].)(?:(?![^\W_])|(?<=[,.!?…].)(?=[A-Z]))")
# Where words stand without blanks between them, the shape or the letters of other scripts tell.
_WIDE = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WIDE_OPENER = re.compile(rf"‘(?=\S)|'(?:(?<=[\s(\[“\"《「{_WIDE}，：、].)|(?<=^.))(?=[^\s'])", re.MULTILINE)
_WIDE_CLOSER = re.compile(rf"’|'(?<=[^\s(\[].)(?=[\s.,!?)\]”\"》」{_WIDE}，。、]|$)")
_WIDE_LANGUAGES = frozenset({"ja", "ko", "zh"})
_CLIPPED = re.compile(
    r"['‘’`](?:\d0s\b|\d\d\b(?!['’])|em\b|til\b|tis\b|twas\b|cause\b|bout\b|round\b|n['’]|s\b|re\b|ll\b|ve\b|d\b|t\b)",
    re.IGNORECASE,
)
_MAX_LENGTH = 2000
_MAX_PARAGRAPHS = 20


class Single(NamedTuple):
    """Words between single marks, without and with the marks, and what was odd about them."""

    inner: Span
    outer: Span
    notes: tuple[str, ...]


def single_pairs(article: Article, doubles: Sequence[Span]) -> Iterator[Single]:
    """Words between single marks, in order, never overlapping; none of them crosses one of the ``doubles``."""
    wide = article.lang in _WIDE_LANGUAGES
    opener, closer = (_WIDE_OPENER, _WIDE_CLOSER) if wide else (_OPENER, _CLOSER)
    if not opener.search(article.text):
        return
    scan = _Scan(article, opener, closer, _Places(doubles))
    for k in range(len(article.paragraphs)):
        yield from scan.paragraph(k)


class _Places:
    """Which of the words between double marks a position stands in."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.marks = {span.start for span in spans} | {span.end - 1 for span in spans}
        """Where they begin and end: a single mark that stands there opens or closes them."""
        self.starts: list[int] = [0]
        self.inside: list[int] = [-1]
        around: list[int] = []
        ordered = sorted(spans, key=lambda span: (span.start, -span.end))
        for i, span in enumerate(ordered):
            while around and ordered[around[-1]].end <= span.start:
                self._enter(ordered[around.pop()].end, around)
            around.append(i)
            self._enter(span.start, around)
        while around:
            self._enter(ordered[around.pop()].end, around)

    def _enter(self, start: int, around: Sequence[int]) -> None:
        self.starts.append(max(start, self.starts[-1]))
        self.inside.append(around[-1] if around else -1)

    def of(self, position: int) -> int:
        """The number of the innermost words around a position, -1 outside of all."""
        return self.inside[bisect_right(self.starts, position) - 1]


class _Scan:
    def __init__(self, article: Article, opener: re.Pattern[str], closer: re.Pattern[str], places: _Places) -> None:
        self.article, self.text, self.parts = article, article.text, article.paragraphs
        self.opener, self.closer, self.places = opener, closer, places
        self.open: tuple[int, int] | None = None
        """Paragraph and position of an opener at the head of a paragraph that waits for the next one to go on."""

    def paragraph(self, k: int) -> Iterator[Single]:
        part = self.parts[k]
        position, carried = part.start, self.open
        self.open = None
        while (opener := self.opener.search(self.text, position, part.end)) is not None:
            position = opener.end()
            if opener.start() in self.places.marks or _CLIPPED.match(self.text, opener.start()):
                continue
            following = self.opener.search(self.text, opener.end(), part.end)
            end = self._end(opener.end(), part, following.start() if following else part.end)
            at_head = opener.start() == part.start
            begin = carried if at_head and carried is not None else (k, opener.start())
            if end is not None:
                yield self._single(begin[1], end, begin[0] != k)
                position = end + 1
            elif at_head and following is None and self._goes_on(k, begin[0]):
                self.open = begin
            elif self._leads_in(opener.start(), part):
                limit = following.start() if following else part.end
                position = mark_ends.closed_at(self.article, opener.end(), k, limit, curly=False)[0]
                notes = ("paragraphs", "no-closer") if begin[0] != k else ("no-closer",)
                yield Single(Span(begin[1] + 1, position), Span(begin[1], position), notes)

    def _leads_in(self, opener: int, part: Span) -> bool:
        """A curly mark before a sentence, at the head of a paragraph or behind a colon: it opens, closed or not."""
        led_in = opener == part.start or self.text[max(part.start, opener - 2) : opener].rstrip()[-1:] in (":", "：")
        return led_in and self.text[opener] == "‘" and self.text[opener + 1 : opener + 2].isupper()

    def _single(self, start: int, end: int, over: bool) -> Single:
        return Single(Span(start + 1, end), Span(start, end + 1), ("paragraphs",) if over else ())

    def _goes_on(self, k: int, first: int) -> bool:
        """Whether the next paragraph opens anew with the same mark, behind a stop of this one."""
        if k + 1 >= len(self.parts) or k - first > _MAX_PARAGRAPHS:
            return False
        head, mark = self.parts[k + 1].start, self.text[self.parts[k].start]
        stops = self.text[self.parts[k].end - 1] in ".!?…,:;"
        return stops and self.text[head] == mark and self.opener.match(self.text, head) is not None

    def _end(self, start: int, part: Span, next_opener: int) -> int | None:
        """The mark that closes: the first one behind a stop, else the first that is no apostrophe at a word's end."""
        doubtful: int | None = None
        place = self.places.of(start - 1)
        for closer in self.closer.finditer(self.text, start, min(part.end, start + _MAX_LENGTH)):
            at = closer.start()
            if at in self.places.marks or self.places.of(at) != place:
                continue
            if self._ends_a_word(at):
                # "the workers' rights": closes only if nothing better follows before the next opener
                if doubtful is None:
                    doubtful = at
                continue
            if doubtful is not None and at > next_opener:
                return doubtful
            return at
        return doubtful

    def _ends_a_word(self, at: int) -> bool:
        """An apostrophe before the next word of a sentence: the sailors' pay, goin' home."""
        text = self.text
        if not (text[at + 1 : at + 2] == " " and text[at + 2 : at + 3].islower()):
            return False
        return text[at - 1] in "sS" or (text[at - 2 : at] == "in" and text[at - 3 : at - 2].isalpha())
