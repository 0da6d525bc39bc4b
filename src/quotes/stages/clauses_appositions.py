"""Appositions: who is meant where a name, what somebody is and where stand between commas."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.stages.noun_phrases import acts, noun_phrase_left, noun_phrase_right
from quotes.stages.tokens import Token

_OF = ("of", "for", "in", "at")
_MAX_APPOSITION = 40
_MAX_OF_WHOSE = 30
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
    if first.type == "Y" and start + 1 < end and tokens[start + 1].word.endswith("ing"):
        return True  # "The victims, suddenly seeing him, cried"
    return first.type in "DRLMNWVAO" or first.word.lower() in ("then", "also", "now", "himself", "herself")


def is_name(tokens: Sequence[Token], phrase: tuple[int, int]) -> bool:
    return all(token.type == "N" for token in tokens[phrase[0] : phrase[1]])


def has_name(tokens: Sequence[Token], phrase: tuple[int, int]) -> bool:
    return any(token.type in "NP" for token in tokens[phrase[0] : phrase[1]])


def opening_bracket(tokens: Sequence[Token], k: int) -> int:
    """The bracket that the one at ``k`` closes; ``k`` where there is none."""
    for i in range(k - 1, max(-1, k - _MAX_APPOSITION), -1):
        if tokens[i].type == "(":
            return i
    return k


def before_apposition(tokens: Sequence[Token], k: int) -> tuple[int, int] | None:
    """ "Kim, the leader, said", "Kim, 43, said": the phrase before the pair of commas, or the name between them.

    ``k`` is the second comma.
    """
    if (owner := _of_whose(tokens, k)) is not None:
        return owner
    mark = tokens[k].type
    commas = [i for i in range(k - 1, max(-1, k - _MAX_APPOSITION), -1) if tokens[i].type == mark]
    for i in commas:
        if i == 0 or tokens[i - 1].type not in "NRLM)$":
            continue
        head = noun_phrase_left(tokens, i - 1 if tokens[i - 1].type != ")" else opening_bracket(tokens, i - 1) - 1)
        if head is None or not is_apposition(tokens, i + 1, k) or is_place(tokens, head):
            continue
        if head[0] and tokens[head[0] - 1].type == "O" and _is_clause(tokens, i + 1, k):
            continue
        if (named := bearer(tokens, head)) is not None:
            return named
        inner = noun_phrase_left(tokens, k - 1 if tokens[k - 1].type != ")" else opening_bracket(tokens, k - 1) - 1)
        if inner and inner[0] == i + 1 and is_name(tokens, inner) and tokens[head[0]].type != "N":
            return inner
        if has_name(tokens, head) or tokens[head[0]].type in "DR" or head[1] - head[0] > 1:
            return head
    return None


def _is_clause(tokens: Sequence[Token], start: int, end: int) -> bool:
    """ "After the talks, Brenn has left, calling it “…”": whether what stands between the commas is a clause."""
    phrase = noun_phrase_right(tokens, start)
    return phrase is not None and phrase[1] < end and acts(tokens, phrase[1])


def _of_whose(tokens: Sequence[Token], k: int) -> tuple[int, int] | None:
    """ "Kim, whose home, Ostrel, lies low, said": whose it is; a name between commas inside is not meant."""
    commas = 0
    for j in range(k - 1, max(1, k - _MAX_OF_WHOSE), -1):
        if tokens[j].type in ".;:Q":
            return None
        if tokens[j].word == "whose":
            closed = tokens[j - 1].type == "," and commas == 2 and tokens[j - 2].type in "NR"
            return noun_phrase_left(tokens, j - 2) if closed else None
        commas += tokens[j].type == ","
    return None
