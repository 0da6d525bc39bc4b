"""Turns: a "he" or "she" of a conversation, told by who asked and who answered before.

"“Is it safe?” Lena Marsh asked. “Of course,” Tolan said. “Then why is it closed?” she asked.": whoever asks again is
the one who asked before, and not the nearest subject, who answered; whoever answers again is the one who answered.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.records import Quotation
from quotes.registry.rows import Gender
from quotes.registry.words import MENTION_WORDS
from quotes.stages.resolve_context import Referent

Found = tuple[Referent | None, str]

_RULE = "pronoun-in-turn"
_MAX_BETWEEN = 80
"""Characters of the narrator's between two turns, at most: a clause for each."""
_ASKED = frozenset("ask asks asked asking question questioned press presses pressed wondered demanded inquired".split())
_GENDERS: dict[str, Gender] = {
    **dict.fromkeys(MENTION_WORDS["pronoun_male"], "male"),
    **dict.fromkeys(MENTION_WORDS["pronoun_female"], "female"),
}


def in_turn(
    text: str, quotations: Sequence[Quotation], found: Sequence[Found], index: int, pronoun: str
) -> Found | None:
    """Whom the pronoun beside a turn means, where two people have had a turn each right before; None elsewhere.

    ``found`` has whom each earlier quotation is of.
    """
    gender = _GENDERS.get(pronoun)
    if gender is None or index < 2 or not _follow(quotations, index):
        return None
    first, last = found[index - 2][0], found[index - 1][0]
    if first is None or last is None or first.key == last.key:
        return None
    again = _is_asked(text, quotations[index]) and _is_asked(text, quotations[index - 2])
    answers = _is_asked(text, quotations[index - 1]) and not _is_question(text, quotations[index])
    if not (again and not _is_question(text, quotations[index - 1])) and not answers:
        return None
    return (first, _RULE) if _fits_better(first, last, gender) else None


def _follow(quotations: Sequence[Quotation], index: int) -> bool:
    """Whether the two quotations before stand right before, in the same voice."""
    for k in (index - 1, index):
        before, after = quotations[k - 1], quotations[k]
        if before.parent != after.parent or not 0 <= after.outer.start - before.outer.end <= _MAX_BETWEEN:
            return False
    return True


def _fits_better(first: Referent, last: Referent, gender: Gender) -> bool:
    """Whether the pronoun may mean the one, and does not mean the other for being known to be a man or a woman."""
    if first.type != "person" or first.gender not in (gender, None):
        return False
    return last.gender != gender or first.gender == gender


def _is_question(text: str, quotation: Quotation) -> bool:
    return text[quotation.span.start : quotation.span.end].rstrip("’'”\"»)] ")[-1:] in ("?", "？")


def _is_asked(text: str, quotation: Quotation) -> bool:
    """A question, and a verb of asking beside it."""
    if quotation.cue is None or not _is_question(text, quotation):
        return False
    return not _ASKED.isdisjoint(text[slice(*quotation.cue)].lower().split())
