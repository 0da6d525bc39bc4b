"""Heads: whose clause it is where a phrase right before the verb only describes somebody or stands between."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.stages.clauses_appositions import WHERE, is_name
from quotes.stages.noun_phrases import COPULA, PRESENT, noun_phrase_left
from quotes.stages.tokens import Token

_RELATED = frozenset("close familiar briefed involved present privy opposed loyal linked aligned responsible".split())
"""Words between a person and what links them to a matter: "a person familiar with the talks"."""
_INSETS = frozenset("in on at during after for before over since throughout".split())
_PAPERS = frozenset(
    "article commentary statement interview speech report editorial essay post tweet letter email".split()
)
_INCLINED = frozenset(
    "quick slow eager ready bound likely unlikely able unable sure certain set keen willing unwilling reluctant loath "
    "free happy glad prone due apt fit busy afraid anxious careful content desperate proud right wrong".split()
)
"""What somebody is who then does something: "It is quick to call …"."""
_MEASURING = frozenset(
    "a an less more than about just some only almost nearly over around several few many two three four five six seven "
    "eight nine ten".split()
)
_MAX_OBJECT = 3
_MAX_MODIFIERS = 3
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
        if token.type == ",":
            break
        if token.type in ".:;V" and not (token.cue and token.cue.form == "ing"):
            return None
        described = token.type in "LV" and token.word.endswith("ing")
        if described and _is_qualified(tokens, j):
            continue  # "a joint briefing", "the real meaning"
        if described or (token.type == "W" and token.word.lower() in ("who", "whose")):
            return noun_phrase_left(tokens, j - 1) if tokens[j - 1].type in "NRL" else None
    return _head_of(tokens, start - 2) if tokens[start - 1].word.lower() in WHERE else None


def _is_qualified(tokens: Sequence[Token], k: int) -> bool:
    """Whether a form in "-ing" is a noun: an article and a word that is no plural stand before it."""
    word = tokens[k - 1]
    return k > 1 and word.type == "L" and tokens[k - 2].type == "D" and not word.word.endswith("s")


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


def before_period(tokens: Sequence[Token], ago: int) -> int:
    """The token before "less than two weeks ago", of which ``ago`` is the last."""
    k = ago - 1  # the unit
    while k > 0 and (tokens[k - 1].type in "MT" or tokens[k - 1].word.lower() in _MEASURING):
        k -= 1
    return k - 1


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


def both(tokens: Sequence[Token], phrase: tuple[int, int], *, bare: bool = False) -> tuple[int, int]:
    """ "the rowers and bakers", "Lorrica and its followers": the whole subject, of which ``phrase`` is the last;
    ``bare``: only where that has neither name nor article.
    """
    start = _first_of_many(tokens, phrase)
    if (bare and tokens[start].type not in "RL") or start < 2:
        return phrase
    if tokens[start - 1].word not in ("and", "&") or not _may_be_partner(tokens[start - 2]):
        return phrase
    earlier = noun_phrase_left(tokens, start - 2)
    if earlier is None or not _opens_clause(tokens, earlier[0]):
        return phrase
    return earlier[0], phrase[1]


def person_of(tokens: Sequence[Token], phrase: tuple[int, int], relative: str) -> tuple[int, int]:
    """Whom a relative takes up: "a fisherman" of "the words of a fisherman who …", else the whole phrase, partners too.
    """
    of = next((k for k in range(phrase[1] - 2, phrase[0], -1) if tokens[k].word == "of"), None)
    thing = of is not None and not any(token.type in "NR" for token in tokens[phrase[0] : of])
    if relative == "who" and of is not None and thing and any(t.type in "NR" for t in tokens[of + 1 : phrase[1]]):
        return of + 1, phrase[1]
    return both(tokens, phrase, bare=True)


def of_marks(tokens: Sequence[Token], k: int) -> tuple[int, int] | None:
    """ "the person in authority of “the council” said": a phrase that marked words (at ``k``) end."""
    of = k - 2 if k > 2 and tokens[k - 1].type == "D" else k - 1
    if tokens[k].type != "Q" or of < 1 or tokens[of].word != "of" or tokens[of - 1].type not in "RL":
        return None
    phrase = noun_phrase_left(tokens, of - 1)
    if phrase is None or (outer := outer_head(tokens, phrase)) is not None:
        return phrase and outer
    opens = phrase[0] == 0 or (tokens[phrase[0]].type == "D" and tokens[phrase[0] - 1].type in ",Y")
    return (phrase[0], k + 1) if opens else None


def _first_of_many(tokens: Sequence[Token], phrase: tuple[int, int]) -> int:
    """Where "cursed net thieves" begins, a plural without article of which the phrase is the end."""
    start = phrase[0]
    if phrase[1] - start != 1 or tokens[start].type != "L" or not tokens[start].word.endswith("s"):
        return start
    k = start
    while k > 1 and start - k < _MAX_MODIFIERS and tokens[k - 1].type == "L":
        k -= 1
    return k if tokens[k - 1].type == "K" else start


def _may_be_partner(token: Token) -> bool:
    """Whether a word before "and" is a noun: a name, an office, or a plural."""
    return token.type in "NR" or (token.type == "L" and token.word.endswith("s") and token.word not in PRESENT)


def _opens_clause(tokens: Sequence[Token], k: int) -> bool:
    """Whether a phrase that begins at ``k`` is no object: first in its clause, or behind "no matter how hard"."""
    return k == 0 or tokens[k - 1].type in ",;:-SW" or (k > 1 and tokens[k - 2].word.lower() == "how")


def means_nobody(tokens: Sequence[Token], k: int) -> bool:
    """ "It is a mockery to talk about …": whether the word at ``k`` stands for what an infinitive tells."""
    if tokens[k].word.lower() != "it" or k + 2 >= len(tokens) or tokens[k + 1].word not in COPULA:
        return False
    behind = next((token for token in tokens[k + 2 :] if token.type != "Y"), None)
    if behind is None or behind.type == "D":
        return behind is not None
    return behind.type == "L" and not behind.word.endswith(("ing", "ed")) and behind.word not in _INCLINED
