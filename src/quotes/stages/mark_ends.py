"""Where marked words begin and end when the marks do not tell: printed backwards, glued, lost, or over paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes.records import Article
from quotes.stages.mark_glyphs import Mark

_WORDS_BEGIN = re.compile(r"[^\W_]|\.\.|[…\[(‘'“\"¿¡$€£#@]| (?:\. ?\.|…)")
_SENTENCE_END = re.compile(r"[.!?…。！？][)\]’']*$")
_PAUSE = re.compile(r"[.!?…。！？:;：；—–-][)\]’']*$")
_FIGURE = re.compile(r"(?:^|\D)\d{1,3}$")
_LEADS_IN = re.compile(r"[,:]\s*$")
_LED_IN = re.compile(r"[:：]\s*$")
_SINGLE_OPENER = re.compile(r"(?:(?<=[\s:])|^)[‘'`](?=[^\W_])")
_APOSTROPHE = re.compile(r"[’'](?![^\W_])")
_SINGLE_CLOSER = re.compile(r"[,.!?…][’'](?![^\W_])")
_VERBS = "said|says|added|told|asked|replied|stated"
_REPORT_BEHIND = re.compile(
    r"[,!?] (?:he|she|they|(?:the [a-z]+ )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}) "
    rf"(?:{_VERBS})\b"
)
_REPORT_BEFORE = re.compile(rf"\b(?:{_VERBS}|wrote|writes|declared|announced)(?: [\w'’-]+){{0,4}}[:,] (?=[A-Z])")
_MAX_LEAD = 300


def merged(marks: list[Mark]) -> list[Mark]:
    """The marks of a paragraph in which each is printed twice, as where the escapes of a table were left."""
    pairs = list(zip(marks[::2], marks[1::2], strict=False))
    twice = len(marks) > 3 and all(
        one.end == other.start and one.glyph == other.glyph == '"' and one.place == other.place != "either"
        for one, other in pairs
    )
    return [one._replace(end=other.end) for one, other in pairs] if twice and len(marks) % 2 == 0 else marks


def is_backwards(text: str, mark: Mark, following: Sequence[Mark]) -> bool:
    """Whether a closing mark opens: it stands before words, and behind a blank or with a closer still to come."""
    if not _WORDS_BEGIN.match(text, mark.end):
        return False
    if mark.place == "close" and not text[mark.end].isalnum():
        return False
    return mark.place == "open" or (bool(following) and "close" in (following[0].role, following[0].place))


def is_glued(text: str, mark: Mark) -> bool:
    """Whether an opening mark stands between a stop and a word, as a closing one does that lost its blank."""
    return text[mark.start - 1 : mark.start] in tuple(",.!?…，。！？") and text[mark.end : mark.end + 1].isalnum()


def is_inch(text: str, mark: Mark, following: Sequence[Mark]) -> bool:
    """A mark behind a figure while a better closer is still to come: 6'2" tall."""
    if not (mark.after_digit and following and following[0].role == "close"):
        return False
    return mark.shape == "either" or (mark.glyph == "”" and bool(_FIGURE.search(text, mark.start - 4, mark.start)))


def is_led_in(text: str, start: int, mark: int) -> bool:
    """Whether the words from ``start`` to a mark end in a colon, so that they are no quotation of their own."""
    return _LED_IN.search(text, max(start, mark - 4), mark) is not None


def opened_at(article: Article, mark: Mark, floor: int) -> tuple[int, int, tuple[str, ...]] | None:
    """Where the words before a closer begin that nothing opened: words, whole, notes; None where it closes nothing.

    At a single mark that opens them, behind a report that leads in to them, else at the head of the sentence.
    """
    text = article.text
    part = article.paragraphs[mark.paragraph]
    head = max((s.start for s in article.sentences_of(part) if s.start < mark.start), default=None)
    ends = text[part.start : mark.start].rstrip()[-1:] in tuple(",.!?…") if mark.place != "open" else False
    if head is None or head < floor or not (ends or text[mark.end : mark.end + 1] == ","):
        return None
    single = _SINGLE_OPENER.search(text, head, mark.start)
    if single is not None and not _APOSTROPHE.search(text, single.end(), mark.start):
        return single.end(), single.start(), ("mixed-marks",)
    if mark.end >= part.end:
        lead = _REPORT_BEFORE.search(text, head, min(mark.start, head + _MAX_LEAD))
        head = head if lead is None else lead.end()
    return head, head, ("no-opener",)


def is_fragment(text: str, mark: Mark) -> bool:
    """Whether a mark stands in mid sentence, with no stop or pause before it."""
    return text[max(0, mark.start - 2) : mark.start].rstrip()[-1:].isalnum()


def closed_at(article: Article, opened: int, last: int, limit: int, *, curly: bool) -> tuple[int, int, tuple[str, ...]]:
    """Where words end that no mark closes, in the paragraph ``last`` and before ``limit``: words, whole, notes.

    ``opened`` is where they begin, ``curly`` whether at a curly double mark.

    At a single mark that closes them, before a report behind them, else at the end of their sentence.
    """
    text, part = article.text, article.paragraphs[last]
    start, end = max(opened, part.start), min(limit, part.end)
    end = max((s.end for s in article.sentences_of(part) if start < s.end <= end), default=end)
    single = _SINGLE_CLOSER.search(text, start, end)
    if single is not None and curly and not _SINGLE_OPENER.search(text, start, single.start()):
        return single.start() + 1, single.end(), ("mixed-marks",)
    if (report := _REPORT_BEHIND.search(text, start, end)) is not None:
        end = report.start() + 1
    return end, end, ("no-closer",)


def is_unfinished(article: Article, paragraph: int) -> bool:
    """Whether a paragraph ends in a stop or a pause, as one does that the next goes on with."""
    part = article.paragraphs[paragraph]
    return _PAUSE.search(article.text, max(part.start, part.end - 4), part.end) is not None


def runs_on(article: Article, opened: int, paragraph: int) -> bool:
    """Whether the next paragraph may go on with words that were opened once: behind a stop, or in mid sentence.

    Words with a report behind them ended there and lost their closer.
    """
    text, part = article.text, article.paragraphs[paragraph]
    if _REPORT_BEHIND.search(text, max(opened, part.start), part.end):
        return False
    if _SENTENCE_END.search(text, max(part.start, part.end - 4), part.end):
        return True
    following = article.paragraphs[paragraph + 1] if paragraph + 1 < len(article.paragraphs) else None
    return following is not None and (text[part.end - 1] in ":;：；" or text[following.start].islower())


def is_closed_later(text: str, opened: int, marks: Sequence[Mark]) -> bool:
    """Whether the marks of a paragraph that opens anew go on with the words at ``opened``.

    Marks that are whole pairs do where neither the words before are a fragment, which lost its closer, nor their own.
    """
    depth = 0
    fragment = text[opened : opened + 1].islower() and not _LEADS_IN.search(text, max(0, opened - 4), opened - 1)
    for mark in marks:
        depth += -1 if mark.role == "close" else 1
        if depth == 0 and fragment:
            return False
        if depth == 0:
            words = text[max(0, mark.start - 2) : mark.start].rstrip("’')")[-1:]
            return words in tuple(",.!?…—–-。！？，") or text[mark.end : mark.end + 1] in ",.。，"
    return True


def closes_beyond(text: str, paragraphs: Sequence[Sequence[Mark]]) -> bool:
    """Whether a mark closes what was open before these paragraphs, whose other marks are whole pairs that none reports.

    Words reported in marks of their own are the narrator's doing, who has taken over again.
    """
    for marks in paragraphs:
        depth = 0
        for mark in marks:
            depth += -1 if mark.role == "close" else 1
            if depth < 0:
                return mark.place != "open"
            if depth == 0 and text[mark.start - 1] in ",.!?…":
                return False
        if depth:
            return False
    return False
