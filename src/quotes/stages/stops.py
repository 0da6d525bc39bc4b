"""Stops that surely end a sentence of the narrator, by which words far from any quotation are passed over unread."""

from __future__ import annotations

from quotes.records import Span

_LONGEST, _SHORTEST = 24, 4
"""Letters of the word before such a stop: a shorter one may be an abbreviation."""
_WORTH = 200
"""Characters between quotations from which on stops are looked for."""


def _is_sure(text: str, start: int, stop: int) -> bool:
    """Whether a stop ends a word in small letters behind a blank, and a capital follows."""
    _, blank, word = text[max(start, stop - _LONGEST) : stop].rpartition(" ")
    following = text[stop + 2 : stop + 3]
    return (
        bool(blank)
        and len(word) >= _SHORTEST
        and "A" <= following <= "Z"
        and word.isascii()
        and word.isalpha()
        and word.islower()
    )


def first_stop(text: str, start: int, end: int) -> int | None:
    """Behind the first sure stop and its blank; None where there is none."""
    at = text.find(". ", start, end)
    while at >= 0:
        if at + 2 < end and _is_sure(text, start, at):
            return at + 2
        at = text.find(". ", at + 1, end)
    return None


def passed_over(text: str, start: int, end: int, *, opens: bool) -> Span | None:
    """What lies between the sentence that begins or goes on at ``start`` and the two before ``end``.

    ``opens``: nothing goes on at ``start``, and nothing there is needed. None where too little lies between.
    """
    if end - start < _WORTH:
        return None
    at, stops = end, 0
    while stops < 2:
        at = text.rfind(". ", start, at)
        if at < 0:
            return None
        stops += at + 2 < end and _is_sure(text, start, at)
    begin = start if opens else first_stop(text, start, at)
    return Span(begin, at + 2) if begin is not None and begin < at + 2 else None
