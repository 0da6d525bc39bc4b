"""Clauses of the quoted words: what the speaker says that he holds of something, and what he speaks of first.

Each function answers with a phrase as token indices, half-open, or None.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.records import Span
from quotes.stages.target_phrases import Word, phrase, span_of
from quotes.stages.target_words import TABLES

_OPINION = TABLES["opinion"]
_LINKS = TABLES["links"]
_POINTING = TABLES["pointing"]
_EMPTY = TABLES["empty"]
_FIRST = TABLES["first"]
_OPENERS = _FIRST | {"let", "thank", "thanks"}
_BODIES = TABLES["bodies"]
_THANKS = frozenset({"thanks", "gratitude", "congratulations", "greetings", "wishes"})
"""What goes to somebody whom the phrase does not name: "my deep thanks to you"."""
_PLACES = TABLES["places"]
_NAME_HEADS = TABLES["name_heads"]
_THIS = frozenset({"this", "these", "such"})
_EARLY = 40
"""Words in which the first thing is looked for that is pointed at."""


def focus(tokens: Sequence[Word], found: tuple[int, int]) -> Span:
    """The place a phrase points at: the name at its end ("the cause of X" is about X), else the phrase.

    Feelings and misdeeds point at their object and their doer even where no name stands ("our anger at the
    traitors", "the threats of the enemy"). What the speaker calls his own ("our part in the war of X")
    stays whole.
    """
    start, end = found
    feeling = False
    for k in range(start + 1, end - 1):
        feeling = feeling or tokens[k - 1].word in _POINTING
        if tokens[k].word not in _LINKS or tokens[k - 1].kind not in "NLM":
            continue
        inner = phrase(tokens[:end], k + 1)
        if inner is None:
            continue
        if tokens[k].word == "of" and tokens[k - 1].kind == "N" and tokens[k - 1].word in _NAME_HEADS:
            return span_of(tokens, (_name_start(tokens, start, k), end))  # "the wretched Republic of X" is one name
        named = any(token.kind == "N" for token in tokens[inner[0] : inner[1]])
        kept = tokens[start].word in ("our", "my") or any(token.possessive for token in tokens[start:k])
        people = tokens[k].word == "of" and _are_people(tokens[k - 1].word)
        place = tokens[inner[1] - 1].word in _PLACES  # an act in some region is not about the region
        if feeling or tokens[k].word == "against" or (named and not kept and not people and not place):
            return focus(tokens, inner)
    return span_of(tokens, found)


def _name_start(tokens: Sequence[Word], start: int, k: int) -> int:
    """Where the capitalised words before ``k`` begin."""
    while k > start and tokens[k - 1].kind == "N" and not tokens[k - 1].possessive:
        k -= 1
    return k


def _are_people(word: str) -> bool:
    return word in _BODIES or word.endswith(("men", "ers", "ors", "ists"))


def opinion(inside: Sequence[Word], *, narrated: bool) -> tuple[int, int] | None:
    """The object of a first-person verb of opinion: "I consider X", "we stand with X"; of "thank X", "let
    us … X".

    ``narrated``: the narrator has said who the subject is, and the words open with the verb.
    """
    for k, word in enumerate(inside[:80]):
        if not (word.word in _OPENERS or (narrated and k == 0)):
            continue
        for j in range(k, min(k + 7, len(inside))):
            if inside[j].word not in _OPINION:
                continue
            found = _phrase_after(inside, j + 1)
            if found is not None and not _is_empty(inside, found) and inside[found[1] - 1].word not in _THANKS:
                return found
    return None


def _phrase_after(inside: Sequence[Word], k: int) -> tuple[int, int] | None:
    """The first phrase at ``k`` or behind words that lead in ("stand firmly with X", "support and encourage
    X").
    """
    for j in range(k, min(k + 4, len(inside))):
        if inside[j].kind == "L" and inside[j].word.endswith("ing") and j == k + 1:
            return _deed(inside, j)
        if (
            inside[j].kind in "OYWK"
            or inside[j].word == "us"
            or (j > k and inside[j - 1].kind == "K" and (inside[j].kind == "V" or inside[j].word in _OPINION))
        ):
            continue
        return phrase(inside, j)
    return None


def _deed(inside: Sequence[Word], k: int) -> tuple[int, int]:
    """A deed named by its verb ("working at the mill"): to the next mark, at most five words."""
    end = k + 1
    while end < min(len(inside), k + 5) and inside[end].kind not in ",AVPW":
        end += 1
    return k, end


def topic(inside: Sequence[Word]) -> tuple[int, int] | None:
    """The subject of the first main clause: a phrase that a verb follows, no pronoun and no empty word
    ("the fact").

    "If X does this, they will see": the main clause has only a pronoun, so X it is.
    """
    k = skip(inside, 0, ",KY")
    if k < len(inside) and inside[k].kind in "OW" and inside[k].word != "that":
        comma = next((j for j in range(k, min(k + 40, len(inside))) if inside[j].kind == ","), len(inside))
        main = clause_subject(inside, skip(inside, comma + 1, "KYW"))
        return main or (clause_subject(inside, k + 1) if inside[k].kind == "W" else None)
    return clause_subject(inside, k)


def subject_word(inside: Sequence[Word]) -> str:
    """The word in which the main clause begins, behind whatever a preposition or "if" leads in and a comma ends."""
    k = skip(inside, 0, ",KY")
    if k < len(inside) and inside[k].kind in "OW" and inside[k].word not in ("that", "this"):
        comma = next((j for j in range(k, min(k + 40, len(inside))) if inside[j].word == ","), None)
        k = k if comma is None else skip(inside, comma + 1, ",KY")
    return inside[k].word if k < len(inside) else ""


def skip(inside: Sequence[Word], k: int, kinds: str) -> int:
    while k < len(inside) and inside[k].kind in kinds:
        k += 1
    return k


def clause_subject(inside: Sequence[Word], k: int) -> tuple[int, int] | None:
    found = phrase(inside, k) if k < len(inside) and inside[k].kind != "P" else None
    if found is None or found[1] >= len(inside) or inside[found[1]].kind not in "AVWYLO":
        return None
    return None if _is_empty(inside, found) else found


def _is_empty(inside: Sequence[Word], found: tuple[int, int]) -> bool:
    """Whether the head of the phrase says nothing by itself: "the fact", "a lot of …"."""
    first, end = found
    if inside[first].word == "no" or inside[end - 1].word in _EMPTY:
        return True
    return any(inside[j + 1].kind == "O" and inside[j].word in _EMPTY for j in range(first, end - 1))


def this(inside: Sequence[Word]) -> tuple[int, int] | None:
    """The first thing pointed at: "this cooperation", "such crimes"."""
    for k, word in enumerate(inside[: min(_EARLY, len(inside)) - 1]):
        if word.word in _THIS and inside[k + 1].kind == "L":
            found = phrase(inside, k)
            if found is not None and inside[found[1] - 1].word not in _EMPTY:
                return found
    return None


def first_object(inside: Sequence[Word]) -> tuple[int, int] | None:
    """The first phrase behind the first verb: "develop the old friendship", "we will continue this
    cooperation".
    """
    verb = next((k for k, word in enumerate(inside[:12]) if word.kind in "AV"), None)
    start = 1 if verb is None else verb + 1
    for k in range(start, min(len(inside), start + 14)):
        found = phrase(inside, k) if inside[k].kind in "DN" else None
        if found is not None and not _is_empty(inside, found):
            return found
    return None
