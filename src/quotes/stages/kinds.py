"""Kinds: whether marked words make a clause of their own, or fill a place in the narrator's."""

from __future__ import annotations

import re

from quotes.records import Candidate, Kind
from quotes.stages.attribution import Attribution
from quotes.stages.quoted_words import quoted_words

_CLAUSE = 4
"""Words from which what is led in by a colon, a comma or "that" is a clause."""
_OWN = (":", ",", "\n", "—", "–", "-", ".", "”", '"')
_THAT = re.compile(r"(?:^|\W)(?:that|dass|daß|que|что)$", re.IGNORECASE)
_APART = frozenset({"behind", "around", "introduced", "goes-on", "ranked:speaker-before", "caption", "speaker-line"})
"""How words are attributed that stand apart from the clause that reports them."""

_EAST_ASIAN = {
    # A predicate ends in kana, a name or a noun in other letters.
    "japanese-particle": re.compile(r"[、。！？!?]|[いうくぐすつぬぶむるただかよねなろ]$"),
    "korean-particle": re.compile(r"[,.!?。]$|[다까냐라자요네지]$|(?:\S+\s+){4}"),
    "chinese-verb": re.compile(r"[，。！？；!?]"),
}
"""By the rule of attribution, what only a clause has."""


def kind(text: str, candidate: Candidate, attribution: Attribution) -> Kind:
    """``direct`` where the words make a clause of their own, ``mixed`` where they fill a place in the narrator's."""
    inner = text[candidate.span.start : candidate.span.end]
    before = text[max(0, candidate.outer.start - 12) : candidate.outer.start].rstrip(" ")
    clause = _EAST_ASIAN.get(attribution.rule)
    if clause is not None:
        direct = clause.search(inner) is not None
    elif inner.lstrip("'‘\"“…")[:1].islower():
        direct = _is_clause_in_lower_case(inner, before, attribution.rule)
    else:
        direct = _is_sentence(inner, before, attribution.rule)
    return "direct" if direct else "mixed"


def _is_sentence(inner: str, before: str, rule: str) -> bool:
    apart = not before or before.endswith(_OWN) or rule in _APART
    return apart or (_long(inner) and inner.rstrip("’'\"”")[-1:] in ",.!?…") or _led_in(inner, before)


def _is_clause_in_lower_case(inner: str, before: str, rule: str) -> bool:
    if rule in ("around", "goes-on"):
        return len(quoted_words(inner)) >= _CLAUSE - 1
    if rule == "behind" and _long(inner) and inner[-1:] in ",.!?":
        return True
    return _led_in(inner, before)


def _led_in(inner: str, before: str) -> bool:
    return _long(inner) and (before.endswith(":") or _THAT.search(before) is not None)


def _long(inner: str) -> bool:
    return len(quoted_words(inner)) >= _CLAUSE
