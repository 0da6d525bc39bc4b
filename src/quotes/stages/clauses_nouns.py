"""Nouns that report: "in the words of X", "X's warning", "his “…” remark"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quotes.lexicon import CueClass
from quotes.stages.noun_phrases import noun_phrase_left, noun_phrase_right
from quotes.stages.tokens import Token

NOUNS = frozenset(
    "words word remarks remark comments comment statement statements message speech tweet tweets letter "
    "warning claim claims call calls description phrase promise vow assertion assertions contention allegation "
    "allegations accusation accusations suggestion insistence argument complaint complaints criticism "
    "admission declaration announcement prediction testimony plea assurance assurances reference references "
    "characterization boast taunt taunts insult insults quip quips joke response answer reply retort pledge "
    "line gaffe jab jibe dictum refrain motto mantra email quote quotation opinion view conclusion observation".split()
)
_MAX_ADJECTIVES = 4
_OWN = ("his", "her", "their")


class NounReport(NamedTuple):
    """Whose words a noun reports (token indices, half-open), None where nobody owns it."""

    cue_class: CueClass
    subject: tuple[int, int] | None


def noun_report(tokens: Sequence[Token], i: int) -> NounReport | None:
    """What the noun at ``i`` reports: owned by somebody before it or behind "of", or behind marked words."""
    if i + 2 < len(tokens) and tokens[i + 1].word == "of" and tokens[i].word.lower() in ("words", "word"):
        subject = noun_phrase_right(tokens, i + 2)
        return NounReport("say", subject) if subject else None
    k = i - 1
    behind_marks = k >= 0 and tokens[k].type == "Q"
    k -= behind_marks
    while k > 0 and i - k <= _MAX_ADJECTIVES and tokens[k].type in "LYTRMK" and not _owns(tokens[k]):
        k -= 1
    if k >= 0 and _owns(tokens[k]):
        phrase = noun_phrase_left(tokens, k)
        return NounReport("express", phrase) if phrase else None
    if k >= 0 and tokens[k].word.lower() in _OWN:
        return NounReport("express", (k, k + 1))
    return NounReport("express", None) if behind_marks else None


def is_noun_behind_marks(tokens: Sequence[Token], i: int) -> bool:
    """ "his “…” remark": a word that may be a verb is none behind marked words that somebody owns."""
    if i < 2 or tokens[i - 1].type != "Q" or tokens[i].word.lower() not in NOUNS:
        return False
    return _owns(tokens[i - 2]) or tokens[i - 2].type == "D"


def _owns(token: Token) -> bool:
    return token.type in "NR" and token.word.endswith(("'s", "’s", "s'", "s’"))
