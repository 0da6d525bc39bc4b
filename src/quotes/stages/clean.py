"""Clean: make a document readable without losing where each character stood.

Repaired are: text decoded in the wrong encoding (by `ftfy`, quotation marks left alone; also single characters of
Windows-1252), HTML entities that a scraper left, escaped once or again, characters that nobody can see, and names glued
to their neighbours ("MarshalOdo Venkarsaid"), which is how state agencies' pages come out when the tags that set a
leader's name in bold are dropped. Each repair looks only at the characters it replaces and their neighbours, so that a
slice is repaired as the whole text is.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator

import ftfy

from quotes.records import Article, Document, Edit, Span
from quotes.stages.segment import find_dateline, language, paragraphs, sentences

# The characters that bytes 0x80-0xBF become when UTF-8 is read as Latin-1 or as Windows-1252.
_CONTINUATION = (
    "\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d"
    "\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178"
)
_HONORIFICS = "Comrade|Marshal|Generalissimo|President|Chairman|General|Secretary|Premier|Minister|Commander|Excellency"
_LEADERS = "Kim (?:Jong (?:Un|Il)|Il Sung)"
_GLUED_WORDS = re.compile(
    r"(?<=[a-z])(?:said|says|stressed|noted|added|told|declared|visited|guided|sent|gave|received|made|was|and|has)$"
)
_INVISIBLE = "\u200b\u200c\u2060\ufeff\u00ad"
_FAULT = re.compile(
    rf"(?P<encoding>(?:[\u00c2-\u00df][{_CONTINUATION}]|[\u00e0-\u00ef][{_CONTINUATION}]{{2}}|[\u00f0-\u00f4][{_CONTINUATION}]{{3}})+)"
    r"|(?P<entity>&(?:amp;){0,3}(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,5});)"
    r"|(?P<control>[\x80-\x84\x86-\x9f])"
    rf"|(?P<invisible>[{_INVISIBLE}]+)"
)
_RARE = re.compile(f"[&\u0080-\u009f\u00c2-\u00f4{_INVISIBLE}]")
"""With one of these every `_FAULT` begins; most texts hold none."""
_LEADER = re.compile(_LEADERS)
"""Leaders whose names the Korean agency sets in bold: they come out glued before, behind, or on both sides."""
_HONORIFIC = re.compile(rf"(?:{_HONORIFICS})(?=(?P<name>(?!{_LEADERS})[A-Z][a-z]+(?: [A-Z][a-z]+){{0,3}}))")
# Blanks of any width read as a blank and line ends as "\n", one character for one, so that no offset moves.
_BLANKS = str.maketrans(
    {
        **dict.fromkeys(
            "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t", " "
        ),
        **dict.fromkeys("\r\u0085\u2028\u2029\x0b\x0c", "\n"),
    }
)
_WIDE_BLANK = re.compile("[" + re.escape("".join(map(chr, _BLANKS))) + "]")
_WIDE_ASCII = tuple(blank for blank in map(chr, _BLANKS) if blank.isascii())
_MORE_BLANKS = re.compile(" {2,}")
_LINE_END = re.compile(r"\s*\n\s*")
_UNENCODABLE = re.compile("[\x00\ud800-\udfff]")
_FTFY = ftfy.TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    remove_control_chars=False,
    normalization=None,
)


def read(document: Document) -> Article:
    """The document repaired, cut into paragraphs and sentences, its dateline read. Never raises on any text."""
    text, edits = _apply(document.text)
    parts = paragraphs(text)
    return Article(
        document, text, edits, parts, sentences(text, parts), find_dateline(text), language(document.lang, text)
    )


def repair(text: str) -> str:
    """What a reader should see of a slice of given text: repaired, with runs of blanks and line ends made one."""
    return _with_single_blanks(_apply(text)[0])


def given_words(article: Article, span: Span) -> str:
    """`repair` of a slice of the given text of an article."""
    text, (start, end) = article.document.text, span
    given = text[start:end]
    # Where nothing was repaired in the whole nothing is in a slice, unless it cuts a word or letters read wrongly.
    if article.edits or not given.isascii() or (start and text[start - 1].isalpha()):
        return repair(given)
    return _with_single_blanks(article.text[start:end])


def _with_single_blanks(text: str) -> str:
    if "  " in text:
        text = _MORE_BLANKS.sub(" ", text)
    return (_LINE_END.sub("\n", text) if "\n" in text else text).strip()


def given_span(article: Article, span: Span) -> Span:
    """The characters of the given text that ``span`` of the reading stands for.

    Where a repair made one character of several, all of them; a blank that was put in stands for nothing.
    """
    if not article.edits:
        return span
    start, end = _given(article.edits, span.start, after=True), _given(article.edits, span.end, after=False)
    return Span(start, max(start, end))


def _given(edits: tuple[Edit, ...], position: int, *, after: bool) -> int:
    """Map one position; ``after`` tells to which side of an edit a position on its border belongs."""
    k = bisect_right(edits, position, key=lambda edit: edit.read.start if after else edit.read.start + 1) - 1
    if k < 0:
        return position
    edit = edits[k]
    if after and position < edit.read.end:
        return edit.given.start
    return edit.given.end + max(0, position - edit.read.end)


def read_span(article: Article, span: Span) -> Span:
    """The characters of the reading that ``span`` of the given text became; the reverse of `given_span`."""
    if not article.edits:
        return span
    start, end = _read(article.edits, span.start, after=False), _read(article.edits, span.end, after=True)
    return Span(start, max(start, end))


def _read(edits: tuple[Edit, ...], position: int, *, after: bool) -> int:
    k = bisect_right(edits, position, key=lambda edit: edit.given.start) - 1
    if k < 0:
        return position
    edit = edits[k]
    if position < edit.given.end or (position == edit.given.start == edit.given.end and not after):
        return edit.read.end if after else edit.read.start
    return edit.read.end + position - edit.given.end


def _apply(text: str) -> tuple[str, tuple[Edit, ...]]:
    plain = text.isascii()
    if "\x00" in text or not (plain or _is_encodable(text)):
        text = _UNENCODABLE.sub("\ufffd", text)
    raw = text
    if any(blank in text for blank in _WIDE_ASCII) if plain else _WIDE_BLANK.search(text):
        for blank in set(_WIDE_BLANK.findall(text)):  # a text has one or two of them, and `translate` is slow
            text = text.replace(blank, _BLANKS[ord(blank)])
    pieces: list[str] = []
    edits: list[Edit] = []
    done = grown = 0
    for start, end, words in _repairs(text, raw):
        pieces += text[done:start], words
        at = start + grown
        edits.append(Edit(Span(start, end), Span(at, at + len(words))))
        grown += len(words) - (end - start)
        done = end
    if not edits:
        return text, ()
    return "".join((*pieces, text[done:])), tuple(edits)


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _repairs(text: str, raw: str) -> list[tuple[int, int, str]]:
    """Replacements as (start, end, words), sorted, one read character each where that is possible.

    ``raw`` is the text with its odd blanks, of which some are parts of characters that were read in a wrong encoding.
    """
    repairs = [*_glued(text), *_glued_honorifics(text)]
    if "&" in raw if raw.isascii() else _RARE.search(raw):
        repairs += _faults(raw)
    return sorted(set(repairs)) if repairs else repairs


def _faults(text: str) -> Iterator[tuple[int, int, str]]:
    done = 0
    for rare in _RARE.finditer(text):
        match = _FAULT.match(text, rare.start()) if rare.start() >= done else None
        if match is None:
            continue
        done = match.end()
        if match["encoding"]:
            yield from _recoded(match)
        elif match["entity"]:
            words = match[0]
            for _ in range(4):
                words = html.unescape(words)
            if words != match[0]:
                yield match.start(), match.end(), words.translate(_BLANKS)
        elif match["control"]:
            yield match.start(), match.end(), match[0].encode("latin-1").decode("cp1252", "ignore")
        else:
            yield match.start(), match.end(), ""


def _glued(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _LEADER.finditer(text):
        start, end = match.span()
        if start and (text[start - 1] in ",.;:)" or _is_small(text[start - 1]) or text[start - 1].isdigit()):
            yield start, start, " "
        if end < len(text) and text[end].isascii() and text[end].isalpha():
            yield end, end, " "


def _glued_honorifics(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _HONORIFIC.finditer(text):
        if match.start() and text[match.start() - 1].isascii() and text[match.start() - 1].isalpha():
            continue
        yield match.end(), match.end(), " "
        if glued := _GLUED_WORDS.search(match["name"].rpartition(" ")[2]):
            at = match.end("name") - len(glued[0])
            yield at, at, " "


def _is_small(character: str) -> bool:
    return "a" <= character <= "z"


def _recoded(match: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    fixed = ftfy.fix_text_segment(match[0], _FTFY)
    if fixed == match[0]:
        return
    widths = [len(character.encode("utf-8", "surrogatepass")) for character in fixed]
    if sum(widths) != len(match[0]):
        yield match.start(), match.end(), fixed.translate(_BLANKS)
        return
    at = match.start()
    for character, width in zip(fixed, widths, strict=True):
        yield at, at + width, character.translate(_BLANKS)
        at += width
