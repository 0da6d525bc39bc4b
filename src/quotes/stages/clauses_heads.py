"""Heads: whose clause it is where a phrase right before the verb only describes somebody or stands between."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.stages.clauses_appositions import WHERE, is_name
from quotes.stages.noun_phrases import noun_phrase_left
from quotes.stages.tokens import Token

_RELATED = frozenset("close familiar briefed involved present privy opposed loyal linked aligned responsible".split())
"""Words between a person and what links them to a matter: "a person familiar with the talks"."""
_INSETS = frozenset("in on at during after for before over since throughout".split())
_PAPERS = frozenset(
    "article commentary statement interview speech report editorial essay post tweet letter email".split()
)
_MAX_OBJECT = 3
_REACH = 9


def outer_head(tokens: Sequence[Token], phrase: tuple[int, int]) -> tuple[int, int] | None:
    """ "The woman who sells fish at the gate", "sailors marching on the quay": whom the words behind describe."""
    start = phrase[0]
    if (to := _infinitive_before(tokens, phrase)) is not None:
        return _who_before(tokens, to)
    if start < 2 or tokens[start - 1].type != "O":
        return None
    if tokens[start - 1].word.lower() == "by" and tokens[start - 2].word.endswith("ed") and start > 2:
        return noun_phrase_left(tokens, start - 3) if tokens[start - 3].type in "NRL" else None
    if tokens[start - 2].word.lower() in _RELATED and start > 2:
        return _head_of(tokens, start - 3)
    for j in range(start - 1, max(0, start - _REACH), -1):
        token = tokens[j]
        if token.type in ",.:;V" and not (token.cue and token.cue.form == "ing"):
            return None
        described = token.type in "LV" and token.word.endswith("ing")
        if described or (token.type == "W" and token.word.lower() in ("who", "whose")):
            return noun_phrase_left(tokens, j - 1) if tokens[j - 1].type in "NRL" else None
    return _head_of(tokens, start - 2) if tokens[start - 1].word.lower() in WHERE else None


def _infinitive_before(tokens: Sequence[Token], phrase: tuple[int, int]) -> int | None:
    """The "to" of an infinitive whose object a phrase without article is: "to discuss internal [strategy] said"."""
    if any(token.type != "L" for token in tokens[slice(*phrase)]):
        return None
    for k in range(phrase[0] - 1, max(0, phrase[0] - 1 - _MAX_OBJECT), -1):
        if tokens[k].word == "to":
            return k
        if tokens[k].type not in "LYV":
            return None
    return None


def _who_before(tokens: Sequence[Token], k: int) -> tuple[int, int] | None:
    """Whom a relative "who" before ``k`` in the same clause speaks of."""
    for j in range(k - 1, max(0, k - _REACH), -1):
        if tokens[j].type in ",.:;Q":
            return None
        if tokens[j].word.lower() == "who":
            return noun_phrase_left(tokens, j - 1) if tokens[j - 1].type in "NRL" else None
    return None


def _head_of(tokens: Sequence[Token], k: int) -> tuple[int, int] | None:
    """ "A clerk in the room said": the phrase that ends at ``k``, if it opens the sentence or follows a quotation."""
    phrase = noun_phrase_left(tokens, k) if tokens[k].type in "NRLP" else None
    if phrase is not None and tokens[k].word.lower() in ("someone", "somebody", "anyone", "everyone"):
        return phrase
    if phrase is None:
        return None
    if tokens[phrase[0]].type != "D" and not (is_name(tokens, phrase) and tokens[k + 2].type == "D"):
        return None
    return phrase if phrase[0] == 0 or tokens[phrase[0] - 1].type in ",QWKS" else None


def before_inset(tokens: Sequence[Token], phrase: tuple[int, int]) -> int | None:
    """ "who has in the past described", "but in a later interview said": the token from which the subject is sought
    where a phrase only tells when or where.
    """
    start, end = phrase
    if start < 2 or tokens[start - 1].word not in _INSETS:
        return None
    k = start - 2
    if tokens[k].type == "K" and k:
        return k
    if tokens[k].type in "NRT" and tokens[start - 1].word == "in" and tokens[start:end][-1].word in _PAPERS:
        return k  # "The Herald Saturday in a bylined article says"
    if tokens[k].type != "A":
        return None
    while k > 0 and tokens[k].type in "AY":
        k -= 1
    return k
