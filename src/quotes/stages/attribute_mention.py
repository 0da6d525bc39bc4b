"""Ends of a mention: syllables of a name that are also other words ("Lo Ha Sung"), countries with a small letter."""

from __future__ import annotations

import re

from quotes.records import Span

_BEHIND = re.compile(r" (?:Sung|So)\b(?=,| [a-z])")
_BEFORE = re.compile(r"(?:^|(?<=[\n(\"“])|(?<=[.:] ))(?:So|Sung) $")
_TOLD_OF = re.compile(r", (?:an?|the|vice|deputy|chief|head|\d\d)\b| said\b")
_LOWER = re.compile(
    r"(?:(?:[A-Z][\w.'’-]+ ){1,5}of (?:the )?)?\b(?:south|north|east|west|central) $"
)
_COMPASS = ("south ", "north ", "east ", "west ", "central ")
_SMALL = re.compile(r" ([a-z]+)\b(?= [a-z])")
_MADE = frozenset("made took went came kept began tried committed perpetrated stood".split())
_REACH = 80
_LINE = 200
_PERSON = r"(?P<name>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3})"
_TOLD_PLACE = re.compile(rf"{_PERSON}, an? [a-z][\w' -]{{2,60}} (?:in|of|at|from) (?:the )?[A-Z][\w' -]{{1,60}}, ")
_IN_HIS = re.compile(
    rf"(?:^|[.,] ){_PERSON} in (?:his|her|its) (?:appearance|speech|address|interview|remarks?|report)"
    r"(?: [\w'’-]+){0,8}? (?:over|on|with|at|to|by|for|of|in) (?:an? |the )?$"
)
_IN = (" in his ", " in her ", " in its ")
_MOST = 3
_SIGHT = 6


def completed(text: str, mention: Span) -> Span:
    """The mention with what belongs to its name right before or behind it and was read as another word."""
    first = max(0, mention.start - _REACH)
    lower = _LOWER.search(text, first, mention.start) if text.endswith(_COMPASS, first, mention.start) else None
    if lower is not None:
        return Span(lower.start(), mention.end)  # "Lee Brenn of south [Tamrin]"
    line = text[max(text.rfind("\n", 0, mention.start) + 1, mention.start - _LINE) : mention.start]
    if (named := _named_first(line)) is not None:
        return Span(mention.start - len(line) + named[0], mention.start - len(line) + named[1])
    mention = _without_verb(text, mention)
    words = text[mention.start : mention.end].split()
    if not 1 <= len(words) <= _MOST or not all(word[0].isupper() for word in words):
        return mention
    behind = _BEHIND.match(text, mention.end) if len(words) > 1 else None
    end = behind.end() if behind else mention.end
    before = _BEFORE.search(text, max(0, mention.start - _SIGHT), mention.start)
    start = before.start() if before and _TOLD_OF.match(text, end) else mention.start
    return Span(start, end)


def _without_verb(text: str, mention: Span) -> Span:
    """The mention up to a verb in it: "the Norvanian reactionaries [made desperate efforts]"."""
    for match in _SMALL.finditer(text, mention.start, mention.end):
        if match[1] in _MADE and text[mention.start : match.start()].strip():
            return Span(mention.start, match.start())
    return mention


def _named_first(line: str) -> tuple[int, int] | None:
    """Where the name stands that opens a line which tells of it: "Ivo Lasker, a miller in Ostrel, [Tamrin]"."""
    match = _TOLD_PLACE.fullmatch(line) if line.endswith(", ") else None
    if match is None and any(sign in line for sign in _IN):
        match = _IN_HIS.search(line)
    return match.span("name") if match is not None else None
