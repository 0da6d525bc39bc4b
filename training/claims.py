"""Frames that are put together: clauses with sides left open, asserted or denied by a sentence around them.

In a frame ``{T*actor}`` is a target of one side and ``{T!actor}`` of the other; ``{*adj}`` and ``{!adj}`` are words
that go with them. A side is drawn, favour or against. A claim may be asserted (``“{x},” {speaker} {reporting}.``)
or denied, which turns its label; what is negated inside carries the turned label already. A table may have groups and
shares of its own (``shares``, and ``wrapped`` for those that are clauses).
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any

SHARES = {"claims": 17, "negated": 17, "opposed": 20, "held": 20, "sneers": 9, "plain": 17}
"""How often a frame is drawn from each group, of about a hundred, where the table does not say."""
DENIED = {"claims": 0.35, "things": 0.3, "negated": 0.12}
WRAPPED = ("claims", "negated", "opposed")
_SIDE = re.compile(r"\{(T?)([*!])(\w+)\}")
_TURNED = str.maketrans("*!", "!*")


def frames(table: dict[str, Any], rng: random.Random) -> Iterator[str]:
    """Frames without end, in the form that ``invent.sentence`` fills."""
    shares = table.get("shares", SHARES)
    wrapped = table.get("wrapped", WRAPPED)
    groups = list(shares)
    while True:
        group = rng.choices(groups, [shares[name] for name in groups])[0]
        clause = rng.choice(table[group])
        if group in wrapped:
            denied = rng.random() < DENIED.get(group, 0.0)
            clause = within(rng.choice(table["deny" if denied else "assert"]), turned(clause) if denied else clause)
        yield decided(clause, favour=rng.random() < 0.5)


def turned(clause: str) -> str:
    """The clause with the labels of its targets turned, its words as they are."""
    return re.sub(r"\{T[*!+\-]", lambda match: match[0].translate(_TURNED | str.maketrans("+-", "-+")), clause)


def within(sentence: str, clause: str) -> str:
    """The sentence around the clause, which begins it with a capital where it does."""
    before, _, after = sentence.partition("{x}")
    if before == "" or before.endswith(("“", "? ")):
        clause = clause[:1].upper() + clause[1:]
    return before + clause + after


def decided(frame: str, *, favour: bool) -> str:
    """The frame with its sides filled in: ``*`` is for favour, or else against."""

    def side(match: re.Match[str]) -> str:
        good = (match[2] == "*") == favour
        return f"{{T{'+' if good else '-'}{match[3]}}}" if match[1] else f"{{{'good' if good else 'bad'}_{match[3]}}}"

    return _SIDE.sub(side, frame)
