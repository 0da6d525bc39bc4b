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
SPREAD = frozenset(
    "lie lies rumor rumors rumour rumours sophism story stories remark remarks nonsense rubbish balderdash invective "
    "invectives rhetoric commitment fallacy fiction falsehood falsehoods assertion assertions".split()
)
"""What somebody makes, spreads or lets loose: "aired another lie that “…”"."""
_SPREADING = frozenset(
    "make makes made making issue issues issued issuing air airs aired airing spread spreads spreading float floats "
    "floated floating let lets letting utter utters uttered uttering voice voices voiced voicing raise raises raised "
    "raising repeat repeats repeated repeating give gives gave giving put puts putting pose poses posed posing".split()
)
_PARTICLES = frozenset("loose out up forth forward about".split())
_OF_MANY = frozenset("spate string stream string series volley torrent barrage".split())
_MAX_ADJECTIVES = 4
_NOT_ADJECTIVES = _PARTICLES | _SPREADING
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


def spread_by(tokens: Sequence[Token], i: int) -> int | None:
    """The verb (a token index) of "aired another lie that “…”", "let loose a string of rubbish like “…”"."""
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if following is None or not (following.type in "SQ:" or following.word in ("like", "about")):
        return None
    k = _before_phrase(tokens, i)
    if k > 1 and tokens[k].word == "of" and tokens[k - 1].word in _OF_MANY:
        k = _before_phrase(tokens, k - 1)
    k -= k > 0 and tokens[k].word in _PARTICLES
    return k if k > 0 and tokens[k].word in _SPREADING else None


def _before_phrase(tokens: Sequence[Token], i: int) -> int:
    """The token before the article and adjectives of the noun at ``i``."""
    k = i - 1
    while k > 0 and i - k <= _MAX_ADJECTIVES and tokens[k].type in "LRY" and tokens[k].word not in _NOT_ADJECTIVES:
        k -= 1
    while k > 0 and tokens[k].type == "D":
        k -= 1
    return k


def is_noun_behind_marks(tokens: Sequence[Token], i: int) -> bool:
    """ "his “…” remark": a word that may be a verb is none behind marked words that somebody owns."""
    if i < 2 or tokens[i - 1].type != "Q" or tokens[i].word.lower() not in NOUNS:
        return False
    return _owns(tokens[i - 2]) or tokens[i - 2].type == "D"


def _owns(token: Token) -> bool:
    return token.type in "NR" and token.word.endswith(("'s", "’s", "s'", "s’"))
