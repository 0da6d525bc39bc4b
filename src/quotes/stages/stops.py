"""Stops that surely end a sentence of the narrator, by which words far from any quotation are passed over unread."""

from __future__ import annotations

import re

from quotes.records import Span

_LONGEST, _SHORTEST = 24, 4
"""Letters of the word before such a stop: a shorter one may be an abbreviation."""
_WORTH = 100
"""Characters between quotations from which on stops are looked for."""
_WORD = re.compile(r"\s*[^\W_]")


def _is_sure(text: str, start: int, stop: int) -> bool:
    """Whether a stop ends a word in small letters behind a blank, and the line, or a capital follows."""
    behind = text[stop + 1 : stop + 3]
    if behind[:1] != "\n" and not (behind[:1] == " " and "A" <= behind[1:] <= "Z"):
        return False
    _, blank, word = text[max(start, stop - _LONGEST) : stop].rpartition(" ")
    return bool(blank) and len(word) >= _SHORTEST and word.isascii() and word.isalpha() and word.islower()


def first_stop(text: str, start: int, end: int) -> int | None:
    """Behind the first sure stop and the blank or line end at it; None where there is none."""
    at = text.find(".", start, end - 1)
    while at >= 0:
        if _is_sure(text, start, at) and (at + 2 < end or text[at + 1] == "\n"):
            return at + 2
        at = text.find(".", at + 1, end - 1)
    return None


def passed_over(text: str, start: int, end: int, *, opens: bool) -> Span | None:
    """What lies between the sentence that begins or goes on at ``start`` and the last sure stop with words behind it.

    So ``end`` is not at the head of the sentence that begins behind that stop, and where one begins at ``end`` the
    whole sentence before is read. ``opens``: nothing goes on at ``start``, and nothing there is needed. None where too
    little lies between.
    """
    if end - start < _WORTH:
        return None
    at = text.rfind(".", start, end)
    while at >= 0 and not (_is_sure(text, start, at) and _WORD.match(text, at + 2, end)):
        at = text.rfind(".", start, at)
    if at < 0:
        return None
    begin = start if opens else first_stop(text, start, at)
    return Span(begin, at + 2) if begin is not None and begin < at + 2 else None
