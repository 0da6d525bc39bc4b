"""The narrator's frame: whom or what the words outside the marks say that the quotation is about.

Each function looks at the words before and behind the marks and answers with the place of a phrase, or None.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from quotes.lexicon import CUES
from quotes.stages.target_phrases import Word, phrase, phrase_before
from quotes.stages.target_words import TABLES

Found = tuple[Sequence[Word], tuple[int, int]]

_ATTITUDE = TABLES["attitude"]
_PARTICLES = TABLES["particles"]
_BRIDGES = TABLES["bridges"]
_NAMING = TABLES["naming"]
_STRESS = {"in": "particular", "above": "all"}
_POINTERS = TABLES["pointers"]
_ABOUT = TABLES["about"]
_COPULAS = TABLES["copulas"]
_MODALS = TABLES["modals"]
_GUILTY = TABLES["guilty"]
_ADJECTIVES = TABLES["adjectives"]
_QUALITIES = TABLES["qualities"] | _ADJECTIVES
_BEING = ("be", "been", "being", "is", "are", "was", "were")
_POINTS_BACK = ("it", "this", "that", "them", "him", "her")
_SIGHT = 40


_TAKING_SIDES = TABLES["more_attitude"] | {word for word, cue in CUES.items() if cue.cue_class in _ATTITUDE}
"""Verbs that praise, attack, warn or side."""
_EVALUATING = frozenset({"presented", "present"}) | {
    word for word, cue in CUES.items() if cue.cue_class in ("evaluate", "attack", "favour")
}
_CALLING = frozenset(word for word, cue in CUES.items() if cue.lemma in _NAMING)
_ADDRESSING = frozenset(
    "told tell tells telling thanked thanking congratulated congratulating asked greeted urged assured wished".split()
)
_TOWARD = frozenset({"to", "with"})
_COMMA = frozenset({","})
_ASKING = {
    "asked": ("about", "whether", "if"),
    "referring": ("to",),
    "refers": ("to",),
    "commenting": ("on",),
    "commented": ("on",),
    "comment": ("on",),
    "remarks": ("on",),
    "spoke": ("of",),
    "speaking": ("of", "about"),
    "talking": ("about",),
    "referred": ("to",),
}
"""Words that lead in what is spoken of, and what stands behind them."""


def named_as(before: Sequence[Word]) -> Found | None:
    """ "described X as “…”", "X was branded “…”", "called X a “…”"."""
    end = _without_article(before)
    if end and before[end - 1].word == "as":
        verb = _last_verb(before[: end - 1], _EVALUATING)
        return _object_or_subject(before, verb, end - 1) if verb is not None else None
    verb = _last_verb(before[:end], _CALLING)
    if verb is None:
        return None
    passive = verb > 0 and before[verb - 1].word in _BEING
    whole = None if passive else _object(before, verb + 1)
    if whole is not None and whole[1][1] == len(before) and before[-1].word not in _QUALITIES:
        return whole  # "called the canal “…”": nothing between them
    found = _object_or_subject(before, verb, end)
    return found if found is not None and (found[1][1] == end or found[1][1] <= verb) else None


def names_pronoun(before: Sequence[Word]) -> bool:
    """ "called it “…”": what is named stands somewhere before."""
    end = _without_article(before)
    return end > 1 and before[end - 1].word in _POINTS_BACK and before[end - 2].word in _CALLING


def blamed_for(before: Sequence[Word]) -> Found | None:
    """ "blasted X for its “…”", "warned X of a “…”", "threatened X with “…”", "X responsible for “…”"; "X, and Y in
    particular" means Y.
    """
    end = _without_article(before)
    if not end or before[end - 1].word not in _BRIDGES:
        return None
    if end > 2 and before[end - 2].word in _GUILTY:
        found = phrase_before(before[: end - 2], end - 2)
        return (before, found) if found is not None else None
    verb = _last_verb(before[: end - 1], _TAKING_SIDES)
    if verb is None:
        return None
    return _stressed(before, verb + 1, end - 1) or _object(before, verb + 1)


def owned_by(before: Sequence[Word]) -> Found | None:
    """ "X's “…”"."""
    if not before or not before[-1].possessive:
        return None
    found = phrase_before(before, len(before))
    return (before, found) if found is not None else None


def attitude_object(before: Sequence[Word], *, stressed: bool = True) -> Found | None:
    """The object of the last verb of praise or attack before the marks: "praised X, saying “…”".

    ``stressed``: of "X, and Y in particular" the Y.
    """
    verb = _last_verb(before, _TAKING_SIDES)
    if verb is None:
        return None
    return (_stressed(before, verb + 1, len(before)) if stressed else None) or _object(before, verb + 1)


def directed_at(after: Sequence[Word]) -> Found | None:
    """ "“…” with X", "“…” support for X", "“…” tendencies of X": the phrase behind the marks."""
    k = 0
    while k < len(after) and k < 3 and after[k].kind in "LM":
        k += 1
    if k < len(after) and after[k].word in _ABOUT:
        found = phrase(after, k + 1)
        if found is not None and after[found[1] - 1].kind != "T":
            return after, found
    return None


def qualified(inside: Sequence[Word], after: Sequence[Word]) -> Found | None:
    """ "the “heroic” X": what a marked adjective is said of."""
    if not 0 < len(inside) <= 3 or not all(word.word in _ADJECTIVES or word.kind in "Y," for word in inside):
        return None
    found = phrase(after, 0)
    return (after, found) if found is not None else None


def subject(before: Sequence[Word]) -> Found | None:
    """ "said X was “…”", "that X had “…”": what the narrator's clause says the words of."""
    end = _without_aside(before, _without_article(before))
    while end and before[end - 1].kind == "Y":
        end -= 1
    if not end or before[end - 1].word not in _COPULAS:
        return None
    while end and (before[end - 1].kind in "AY" or before[end - 1].word in _COPULAS):
        end -= 1
    found = phrase_before(before, end)
    return (before, found) if found is not None else None


def addressee(before: Sequence[Word], after: Sequence[Word]) -> Found | None:
    """ "told X", "thanked X", "a message to X": to whom the words were said."""
    for tokens in (after, before):
        verb = _last(tokens, _ADDRESSING)
        if verb is not None and (found := _object(tokens, verb + 1)) is not None:
            return found
        noun = _last(tokens, _SENT)
        link = _last(tokens, _TOWARD) if noun is not None else None
        if noun is not None and link is not None and link > noun:
            found = _object(tokens, link + 1)
            if found is not None:
                return found
    return None


_SENT = TABLES["sent"]
_LETTERS = TABLES["letters"]


def written_to(before: Sequence[Word]) -> Found | None:
    """ "a message to X", behind which the words follow: to whom a letter was written."""
    for k in range(len(before) - 2, 0, -1):
        if before[k].word == "to" and before[k + 1].kind in "ND" and before[k - 1].word in _LETTERS:
            return _object(before, k + 1)
    return None


def asked_about(tokens: Sequence[Word]) -> Found | None:
    """ "when asked about X", "referring to X", "commenting on X"."""
    for k, word in enumerate(tokens[:-2]):
        if word.word in _ASKING and tokens[k + 1].word in _ASKING[word.word]:
            found = phrase(tokens, k + 2)
            if found is not None:
                return tokens, found
    return None


def opens_object(before: Sequence[Word]) -> bool:
    """Whether the marks themselves hold what is spoken of: "talked about “…”", "against “…”"."""
    end = _without_article(before)
    return (
        end > 0
        and before[end - 1].word in ("about", "against", "of", "on", "for", "termed", "called", "to")
        and (end == len(before) or before[end - 1].word in ("termed", "called"))
    )


def opens_verb(before: Sequence[Word]) -> bool:
    """Whether the marks open with the verb of the narrator's clause: "would “…”"."""
    return bool(before) and before[-1].word in _MODALS


def _without_article(before: Sequence[Word]) -> int:
    """Length of ``before`` without an article, possessive pronoun, adjective or "being" before the marks."""
    end = len(before)
    while end and (
        before[end - 1].kind in "D" or before[end - 1].word in ("being", "nothing", "but", "so-called")
    ):
        end -= 1
    if end == len(before) and end > 1 and before[-1].kind == "L" and before[-2].kind == "D":
        end -= 2
    return end


def _without_aside(before: Sequence[Word], end: int) -> int:
    """Where an aside between commas begins that says whose words follow: ", in the words of the captain, “…”"."""
    if not end or before[end - 1].word != ",":
        return end
    opening = _last(before[: end - 1], _COMMA)
    return end if opening is None or before[opening + 1].word not in ("in", "according", "as", "to") else opening


def _last(tokens: Sequence[Word], wanted: Set[str]) -> int | None:
    for k, word in enumerate(tokens[: -_SIGHT - 1 : -1], 1):
        if word.word in wanted:
            return len(tokens) - k
    return None


def _last_verb(tokens: Sequence[Word], wanted: Set[str]) -> int | None:
    for k, (_, _, kind, word, _) in enumerate(tokens[: -_SIGHT - 1 : -1], 1):
        if word in wanted and kind in "VL":
            return len(tokens) - k
    return None


def _object(tokens: Sequence[Word], k: int) -> Found | None:
    """The phrase that begins at ``k``, behind a particle ("lashed out at X")."""
    for _ in range(2):
        if k < len(tokens) and (tokens[k].word in _PARTICLES or tokens[k].kind == "Y"):
            k += 1
    found = phrase(tokens, k) if k < len(tokens) else None
    return (tokens, found) if found is not None else None


def _object_or_subject(before: Sequence[Word], verb: int, end: int) -> Found | None:
    """The object between verb and ``end``; of a passive verb ("X was described as") the subject."""
    k = verb + 1
    if k < end and before[verb].word.startswith("refer") and before[k].word == "to":
        k += 1
    if k < end and before[k].word == "what":
        return before, (k, end)
    found = _object(before[:end], k)
    if found is not None:
        return before, found[1]
    first = verb
    while first and before[first - 1].kind in "AY":
        first -= 1
    back = phrase_before(before, first) if first < verb else None
    return (before, back) if back is not None else None


def _stressed(before: Sequence[Word], start: int, end: int) -> Found | None:
    """The phrase that "in particular" or "especially" picks out between ``start`` and ``end``."""
    for k in range(start, end):
        word = before[k].word
        if word in _POINTERS and k + 1 < end:
            found = phrase(before[:end], k + 1)
            if found is not None:
                return before, found
        if word in _STRESS and k + 1 < end and before[k + 1].word == _STRESS[word]:
            ahead = phrase(before[:end], k + 2) if k + 2 < end else None
            if ahead is not None:
                return before, ahead
            stop = k - 1 if before[k - 1].kind == "," else k
            found = phrase_before(before[:stop], stop)
            if found is not None and found[0] >= start:
                return before, found
    return None
