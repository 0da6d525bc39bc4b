"""Whom a letter is written to: what it says of "you" it says of him."""

from __future__ import annotations

import re
from dataclasses import replace

from quotes.records import Quotation, Span, Target

_YOU = re.compile(r"\b[Yy]ou(?:rs?)?\b")
_SALUTATION = re.compile(r"\W*(?:[^\n,.:]{1,90}[,.:!]?)(?=\s*\n)")
"""The first line of a letter: "My dear Comrade Aldo Brenn,"."""


def with_places(text: str, quotation: Quotation, target: Target) -> Target:
    """The target with every "you" of the letter as a further place, where the letter is written to it."""
    if quotation.kind != "block" or not _is_addressee(text, quotation, target):
        return target
    found = (Span(*match.span()) for match in _YOU.finditer(text, quotation.span.start, quotation.span.end))
    return replace(target, places=(*target.places, *found))


def _is_addressee(text: str, quotation: Quotation, target: Target) -> bool:
    if target.rule == "target.addressee":
        return True
    line = _SALUTATION.match(text, quotation.span.start, quotation.span.end)
    return line is not None and line.start() <= target.span.start and target.span.end <= line.end()
