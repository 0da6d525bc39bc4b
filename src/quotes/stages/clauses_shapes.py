"""Shapes that tell the subject of a cue from a phrase that only stands beside it."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.lexicon import Cue
from quotes.stages.noun_phrases import noun_phrase_left
from quotes.stages.tokens import Token

_OF_ONE = frozenset(["a", "an", "the", "his", "her", "their", "its", "this", "that", "another", "every", "each"])
_PLURAL = frozenset(["people", "men", "women", "police", "media", "staff", "public", "others", "children", "press"])
_SOME = frozenset(["one", "some", "many", "most", "members", "several"])
_RECORDINGS = frozenset(["footage", "video", "clip", "recording", "audio", "tape"])


def may_invert(tokens: Sequence[Token], subject: tuple[int, int], cue: Cue) -> bool:
    """Whether the phrase behind the cue is its subject: no "…," said the candidate could …", no "protest songs"."""
    if tokens[subject[0]].type not in ("NRDPM" if cue.form == "base" else "NRDPLM"):
        return False
    return subject[1] >= len(tokens) or tokens[subject[1]].type != "A"


def is_one(tokens: Sequence[Token], subject: tuple[int, int]) -> bool:
    """ "a sharp retort", "the crude chant": of one thing the bare form of a verb is a noun."""
    last = tokens[subject[1] - 1]
    if tokens[subject[0]].word.lower() not in _OF_ONE or last.type not in "LNR":
        return False
    return not last.word.lower().endswith("s") and last.word.lower() not in _PLURAL


def with_subject(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """ "with the union calling her …", "footage of Kim saying …": the phrase right before a participle."""
    k = i - 1
    while k > 0 and tokens[k].type == "Y":
        k -= 1
    phrase = noun_phrase_left(tokens, k) if k > 0 and tokens[k].type in "NRPL" else None
    if phrase is None:
        return None
    for j in range(phrase[0], phrase[1]):
        if tokens[j].word.lower() in _RECORDINGS and j + 1 < phrase[1] and tokens[j + 1].word.lower() == "of":
            return j + 2, phrase[1]
    start = phrase[0]
    if start > 2 and tokens[start - 1].word.lower() == "of" and tokens[start - 2].word.lower() in _SOME:
        start -= 2
    return (start, phrase[1]) if start > 0 and tokens[start - 1].word.lower() == "with" else None


def ends_sentence(tokens: Sequence[Token], phrase: tuple[int, int]) -> bool:
    """Whether a phrase with a name is the last of its sentence, as in "…, said Aldo Brenn, the mayor."."""
    if not any(token.type == "N" for token in tokens[phrase[0] : phrase[1]]):
        return False
    return phrase[1] >= len(tokens) or tokens[phrase[1]].type in ".,T"
