"""Groups: the words that make up one verb ("continued to blast", "has also said"), read off the tokens before it."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.lexicon import Cue
from quotes.stages.tokens import Token

_BE = frozenset(
    "is was were are be been being isn't isn’t wasn't wasn’t weren't weren’t aren't aren’t 's ’s 're ’re 'm ’m".split()
)
_CATENATIVE = frozenset(
    "continued continues went goes began begins started sought seeks tried tries used wants wanted refused "
    "proceeded vowed declined appeared seemed had has likes rushed moved took takes decided got managed "
    "understood reported believed thought alleged known heard supposed".split()
)


def chain_start(tokens: Sequence[Token], i: int) -> int:
    """First token of the verb group that ends at ``i``: "continued to blast", "went on to say", "has also said"."""
    k = i
    while k > 0:
        word = tokens[k - 1].word.lower()
        if tokens[k - 1].type in "AY" and word not in ("up", "out", "down"):
            k -= 1
        elif word in ("long", "well", "more", "most") and k > 1 and tokens[k - 2].type == "A":
            k -= 1  # "has long used"
        elif word == "to" and k > 1 and _is_catenative(tokens[k - 2]):
            k -= 3 if tokens[k - 2].word.lower() == "on" and k > 2 else 2
        elif word == "on" and k > 1 and tokens[k - 2].type == "V":
            k -= 2
        else:
            break
    return k


def _is_catenative(token: Token) -> bool:
    return token.type == "V" or token.word.lower() in _CATENATIVE or token.word.lower() == "on"


def is_passive(group: Sequence[Token], cue: Cue) -> bool:
    """Whether something is done to the subject by the verb behind a group of auxiliaries."""
    if len(group) == 1 and cue.cue_class == "say" and group[0].word in ("'s", "’s"):
        return False  # "he's said": he has; "she's called" is of what others call her
    last = max((k for k, token in enumerate(group) if token.word.lower() == "to"), default=-1)
    group = group[last + 1 :]  # of "is understood to have said" the second verb
    return any(token.word.lower() in _BE for token in group if token.type == "A")


def has_auxiliary(tokens: Sequence[Token], start: int) -> bool:
    """Whether the group begins with a form of "be", "have" or the like."""
    return tokens[start].type == "A"
