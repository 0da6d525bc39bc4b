"""Segment: paragraphs, sentences and the dateline of a reading, in one pass each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import partial

from quotes.records import Dateline, Span

_span = partial(tuple.__new__, Span)
"""`Span` of its two ends in a tuple; there are many, and this makes them in one step."""
_LINE = re.compile(r"[^\n]+")
_BLANK_LINE = re.compile(r"\n[ \n]*\n")
_CLOSERS = "\"'”’»›“‘)\\]」』》"
_OPENERS = "\"'“‘„«‹(\\[「『《”’"
# Begins with one class, which the engine finds fastest; the look back comes behind it, and keeps long runs linear.
_LATIN_END = rf"[.!?…](?<![.!?…]{{2}})[.!?…]*+[{_CLOSERS}]*+(?=(?: ?,)?\s+[{_OPENERS}]*[^\sa-z,;:)])"
_END = re.compile(_LATIN_END)
_WIDE_STOPS = "。！？"
_ANY_END = re.compile(rf"{_LATIN_END}|[。！？][{_CLOSERS}]*")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Messrs|Dr|Prof|Rev|Hon|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Cmdr|Sen|Sens|Rep|Reps|Gov|Pres|St|Jr|Sr|No|"
    r"Nos|vs|al|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mt|Ft|Inc|Corp|Co|Ltd|a\.m|p\.m|i\.e|e\.g|Ph\.D)"
    r"|\b(?:[A-Z]\.)*[A-Z])\.$"
)
_SMALL = 6
"""Small letters with which none of these ends."""
_STARTER = re.compile(
    rf"\s+[{_OPENERS}]*(?:The|It|In|He|She|They|This|That|But|And|We|I|As|At|On|However|Meanwhile|According|His|Her|Its)\b"
)
_INITIALS = re.compile(r"(?:[A-Z]\.){2,}$")
_STRAY = re.compile(" ?,")
_JOINED_LEAD = re.compile(r": ?, (?=[\"“]?[A-ZÁÉÍÓÚÑ\d])")
_JOINED = re.compile(r" ?, [A-Z][a-z]* [A-Za-z][\w'’-]* ")
_SCRIPTS = {
    "ja": re.compile("[\u3040-\u30ff]"),
    "ko": re.compile("[\uac00-\ud7af]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
    "ru": re.compile("[\u0400-\u04ff]"),
}
_WORD = re.compile(r"\w+")
_SMALL_WORDS = {
    "en": "the of and to in is was that for on",
    "de": "der die und den das ist von mit nicht dem",
    "fr": "le la les des et une est du dans que",
    "es": "el la los de que y en del una las",
}
_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "January Jan",
            "February Feb",
            "March Mar",
            "April Apr",
            "May",
            "June Jun",
            "July Jul",
            "August Aug",
            "September Sept Sep",
            "October Oct",
            "November Nov",
            "December Dec",
        ],
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_AGENCY = r"[A-Z][\w&.'’ -]{1,40}"
_DATELINE = re.compile(
    rf"\s*(?P<place>[A-Z][\w.'’-]+(?:[ ,/]+[A-Z][\w.'’-]+){{0,4}}?)?(?:,? ?(?:(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})"
    rf"|(?P<day2>\d{{1,2}}) (?P<month2>{_MONTH})\.?)(?:,? (?P<year>\d{{4}}))?)?[.,]?\s*"
    rf"(?:\((?P<agency>{_AGENCY})\)\.?\s*(?:--?|—|–)?\s*|/(?P<agency2>{_AGENCY})/\.?\s*(?:--?|—|–)?\s*|(?:--|—|–)\s+(?=[A-Z\"“]))"
)


def language(given: str | None, text: str) -> str:
    """ISO 639-1 code: the one given, else told by script and by the commonest small words, else English."""
    if given:
        return given.lower()[:2]
    head = text[:3000]
    if not head.isascii():
        for code, script in _SCRIPTS.items():
            if len(script.findall(head)) * 5 > len(head):
                return code
    words = Counter(_WORD.findall(head.lower()))
    counts = {code: sum(words[word] for word in small.split()) for code, small in _SMALL_WORDS.items()}
    best = max(counts, key=lambda code: (counts[code], code == "en"))
    return best if counts[best] > counts["en"] else "en"


def paragraphs(text: str) -> tuple[Span, ...]:
    """Lines that hold words. A text wrapped at a fixed width is cut at blank lines instead."""
    lines: list[Span] = []
    for match in _LINE.finditer(text):
        start, end = match.span()
        if text[start].isspace() or text[end - 1].isspace():
            start, end = _trim(text, start, end)
        if end > start:
            lines.append(_span((start, end)))
    if ":, " in text or ": , " in text:
        lines = [part for line in lines for part in _parted(text, line)]
    if not _is_wrapped(text, lines):
        return tuple(lines)
    spans, start = [], 0
    for gap in _BLANK_LINE.finditer(text):
        spans.append(Span(*_trim(text, start, gap.start())))
        start = gap.end()
    spans.append(Span(*_trim(text, start, len(text))))
    return tuple(span for span in spans if span.end > span.start)


def sentences(text: str, parts: tuple[Span, ...]) -> tuple[Span, ...]:
    """Sentences of each paragraph; a closing mark stays with the sentence that it closes."""
    spans: list[Span] = []
    ends = _ANY_END if any(stop in text for stop in _WIDE_STOPS) else _END
    for first, last in parts:
        start = first
        for match in ends.finditer(text, first, last):
            end = match.end()
            if end >= last or _is_abbreviation(text, start, match.start(), end):
                continue
            spans.append(_span((start, end)))
            start = end + 1
            if text[end] != " " or text[start] == "," or text[start].isspace():
                # Where a page's lead was joined to its text: "… was opened., The mayor …".
                stray = _STRAY.match(text, end)
                start = _trim(text, stray.end() if stray else end, last)[0]
        if start < last:
            spans.append(_span((start, last)))
    return tuple(spans)


def find_dateline(text: str) -> Dateline | None:
    """The dateline with which the text begins, or None: ``Pyongyang, July 31 (KCNA) --``, ``SEOUL (Reuters) -``."""
    match = _DATELINE.match(text, 0, min(len(text), 200))
    if match is None or not (match["place"] or match["agency"] or match["agency2"]):
        return None
    if match["agency"] and match["place"] and text[match.end() : match.end() + 1].islower() and not match["month"]:
        return None  # "The Tamrin News Agency (TAMCA) said": a name with its short form
    month, day = match["month"] or match["month2"], match["day"] or match["day2"]
    if not (match["agency"] or match["agency2"] or month or match["place"].isupper()):
        return None
    start, end = _trim(text, *match.span())
    return Dateline(
        Span(start, end),
        match["place"],
        _MONTHS[month] if month else None,
        int(day) if day and 1 <= int(day) <= 31 else None,
        int(match["year"]) if match["year"] else None,
        match["agency"] or match["agency2"],
    )


def _parted(text: str, line: Span) -> Iterator[Span]:
    """A line, or its lead and the text that was joined to it: "issued the following statement:, The war drills …"."""
    match = _JOINED_LEAD.search(text, *line)
    if match is None:
        yield line
        return
    yield Span(line.start, match.start() + 1)
    yield Span(match.end(), line.end)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _is_wrapped(text: str, lines: list[Span]) -> bool:
    """Most lines are of one width and end in the middle of a sentence, and blank lines part the paragraphs."""
    if len(lines) < 6 or "\n\n" not in text:
        return False
    widths = sorted(line.end - line.start for line in lines)
    if not 40 <= widths[len(widths) * 3 // 4] <= 100:
        return False
    unfinished = sum(text[line.end - 1] not in ".!?:;\"”’'…。" for line in lines)
    return unfinished * 2 > len(lines)


def _is_abbreviation(text: str, start: int, stop: int, end: int) -> bool:
    """Whether the stop belongs to the word before it ("Gen.", "U.S.") and ends no sentence that began at ``start``.

    ``end`` is behind the marks that go with it.
    """
    if text[stop] != ".":
        return False
    if text.startswith((",", " ,"), end):
        return not _JOINED.match(text, end) or text.endswith(("etc", "al"), start, stop)
    before = text[max(start, stop - 11) : stop + 1]
    word = before[-1 - _SMALL : -1]
    if (len(word) == _SMALL and word.isalpha() and word.islower()) or not _ABBREVIATION.search(before):
        return False
    return not (_INITIALS.search(before) and _STARTER.match(text, end))
