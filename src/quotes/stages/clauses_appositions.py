"""Appositions: who is meant where a name, what somebody is and where stand between commas."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.stages.noun_phrases import noun_phrase_left
from quotes.stages.tokens import Token

_OF = ("of", "for", "in", "at")
WHERE = frozenset(["in", "at", "from", "near", "with", "inside", "outside", "behind"])


def bearer(tokens: Sequence[Token], office: tuple[int, int]) -> tuple[int, int] | None:
    """X in "X, vice-chairman of the C.C., the Boat Union, said": the name before an office with another comma in it."""
    comma = office[0] - 1
    while comma > 0 and tokens[comma].type == "L":
        comma -= 1  # "section chief of …"
    if comma < 2 or tokens[office[0]].type not in "RLD" or tokens[comma].type != ",":
        return None
    name = noun_phrase_left(tokens, comma - 1) if tokens[comma - 1].type == "N" else None
    if name is None or name[1] - name[0] < 2 or not is_name(tokens, name):
        return None
    return name if name[0] == 0 or tokens[name[0] - 1].type in ".,;:QKn-" else None


def is_place(tokens: Sequence[Token], head: tuple[int, int]) -> bool:
    """ "of Springfield, Va.,", "in Ostrel, Tamrin,": a name that a preposition leads in is no subject."""
    start = head[0]
    while start > 2 and tokens[start - 1].type == "," and tokens[start - 2].type == "N" and is_name(tokens, head):
        start -= 2  # "in Low-dong, Sosand District,"
        while start > 1 and tokens[start - 1].type == "N":
            start -= 1
    if start < 2 or tokens[start - 1].type != "O" or not is_name(tokens, head):
        return False
    if start != head[0]:
        return tokens[start - 1].word.lower() in WHERE
    return tokens[start - 2].type in ",M" or tokens[start - 1].word.lower() in ("in", "at", "from", "near", "outside")


def is_apposition(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Words between two commas that say who or how old somebody is, or what he did meanwhile."""
    if start >= end:
        return False
    first = tokens[start]
    if first.type == "Q":  # "Kim, “minister” of the south, said"
        return start + 2 < end and tokens[start + 1].word in _OF
    return first.type in "DRLMNWVAO" or first.word.lower() in ("then", "also", "now", "himself", "herself")


def is_name(tokens: Sequence[Token], phrase: tuple[int, int]) -> bool:
    return all(token.type == "N" for token in tokens[phrase[0] : phrase[1]])


def has_name(tokens: Sequence[Token], phrase: tuple[int, int]) -> bool:
    return any(token.type in "NP" for token in tokens[phrase[0] : phrase[1]])

