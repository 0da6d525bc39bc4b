"""Views: phrases that say whose words or eyes something is told by, without a verb of saying.

"in Brenn's words", "in the eyes of the marshals", "by her account", "to Dolvish, the treaty is “…”", "to quote Brenn".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quotes.stages.noun_phrases import noun_phrase_left, noun_phrase_right
from quotes.stages.tokens import POSSESSIVES, Token

_LED = {
    "in": frozenset(
        "words word view views eyes opinion telling estimation judgment judgement mind phrase phrasing description "
        "assessment reading formulation parlance".split()
    ),
    "by": frozenset(["account", "reckoning", "telling", "description", "admission"]),
    "from": frozenset(["perspective", "standpoint", "viewpoint", "vantage"]),
    "to": frozenset(["mind", "eyes"]),
    "use": frozenset(["phrase", "words", "word", "term", "expression", "image", "metaphor", "formulation"]),
}
"""Nouns whose owner speaks, by the word that leads the phrase in."""

VIEWING = frozenset([*_LED, "for"]) - {"use"}
"""Words that may lead a view in."""

_QUOTING = ("quote", "paraphrase", "echo")
_WORDING = frozenset(["phrase", "word", "words", "term", "expression", "line", "image", "metaphor"])
_OWN = frozenset(["his", "her", "their", "my"])
_OBJECT = frozenset(["him", "her", "them", "me"])
_COPULA = frozenset(["is", "was", "are", "were", "remains", "remained", "means", "meant", "be", "been"])
_MAX_NOUN = 6
_MAX_MODIFIERS = 2
_REACH = 10


class View(NamedTuple):
    """Token index of the noun that stands for the report, and whose it is (token indices, half-open)."""

    noun: int
    subject: tuple[int, int]


def view(tokens: Sequence[Token], i: int) -> View | None:
    """The view that the word at ``i`` leads in, if it does."""
    word = tokens[i].word.lower()
    if i + 2 >= len(tokens):
        return None
    if word == "to" and (i == 0 or tokens[i - 1].type in ",-"):
        quoted = _to_quote(tokens, i)
        return quoted or _owned(tokens, i, _LED[word]) or _beholder(tokens, i)
    if word == "for":
        return _beholder(tokens, i)
    nouns = _LED.get(word)
    return None if nouns is None else _owned(tokens, i, nouns) or _of_whom(tokens, i, nouns)


def _owned(tokens: Sequence[Token], i: int, nouns: frozenset[str]) -> View | None:
    """ "in his own words", "by the captain's account": the noun and the one who owns it."""
    for k in range(i + 2, min(i + 2 + _MAX_NOUN, len(tokens))):
        if tokens[k].word.lower() not in nouns:
            continue
        owner = next((j for j in range(k - 1, max(i, k - 2 - _MAX_MODIFIERS), -1) if _owns(tokens[j])), None)
        if owner is None:
            return None
        if tokens[owner].word.lower() in _OWN:
            return View(k, (owner, owner + 1)) if owner == i + 1 else None
        phrase = noun_phrase_left(tokens, owner)
        return View(k, phrase) if phrase is not None and phrase[0] == i + 1 else None
    return None


def _of_whom(tokens: Sequence[Token], i: int, nouns: frozenset[str]) -> View | None:
    """ "in the eyes of the marshals"; "in the words of" is a noun that reports by itself."""
    noun = i + 1 + (tokens[i + 1].word.lower() == "the")
    if noun + 2 >= len(tokens) or tokens[noun].word.lower() not in nouns or tokens[noun + 1].word != "of":
        return None
    subject = noun_phrase_right(tokens, noun + 2) if tokens[noun].word.lower() not in ("words", "word") else None
    return View(noun, subject) if subject is not None else None


def _to_quote(tokens: Sequence[Token], i: int) -> View | None:
    """ "to quote Brenn", "to use Brenn's phrase", "to borrow a phrase from Brenn"."""
    verb = tokens[i + 1].word.lower()
    if verb in _QUOTING:
        subject = noun_phrase_right(tokens, i + 2)
        return View(i + 1, subject) if subject is not None and _is_somebody(tokens, subject) else None
    if verb not in ("use", "borrow"):
        return None
    if (owned := _owned(tokens, i + 1, _LED["use"])) is not None:
        return owned
    for k in range(i + 2, min(i + 2 + _MAX_NOUN, len(tokens) - 2)):
        if tokens[k].word.lower() in _WORDING and tokens[k + 1].word.lower() in ("from", "of"):
            subject = noun_phrase_right(tokens, k + 2)
            return View(k, subject) if subject is not None and _is_somebody(tokens, subject) else None
    return None


def _beholder(tokens: Sequence[Token], i: int) -> View | None:
    """ "To her, “…”", "For Harrow, the dam is “…”": at the head of a sentence, before words that say what is so."""
    if i > 1 or (i == 1 and tokens[0].type != "K"):
        return None
    pronoun = tokens[i + 1].word.lower() in _OBJECT and tokens[i + 2].type == ","
    phrase = (i + 1, i + 2) if pronoun else noun_phrase_right(tokens, i + 1)
    if phrase is None or phrase[1] >= len(tokens) - 1 or tokens[phrase[1]].type != ",":
        return None
    if not pronoun and not _is_somebody(tokens, phrase):
        return None
    for k in range(phrase[1] + 1, min(phrase[1] + 1 + _REACH, len(tokens))):
        if tokens[k].type == "Q":
            judged = k == phrase[1] + 1 or any(tokens[j].word.lower() in _COPULA for j in range(max(0, k - 3), k))
            return View(i, phrase) if judged else None
        if tokens[k].type in "V.;:":
            return None
    return None


def _owns(token: Token) -> bool:
    return token.word.lower() in _OWN or (token.type in "NRL" and token.word.endswith(POSSESSIVES))


def _is_somebody(tokens: Sequence[Token], phrase: tuple[int, int]) -> bool:
    return any(token.type in "NRP" for token in tokens[phrase[0] : phrase[1]])
