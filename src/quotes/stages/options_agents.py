"""Agents: subjects of finite verbs that do not report by themselves, in a sentence that holds a quotation.

"Kim issued a statement, "…"", "Asked about it, she shrugged: "…"": whoever acts next to the words may have said them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quotes.stages.clauses import Clause, subject_of
from quotes.stages.clauses_shapes import is_finite
from quotes.stages.noun_phrases import noun_phrase_right
from quotes.stages.tokens import Token

_REACH = 30
_REACH_RIGHT = 8
_MAX_AGENTS = 2


class Agent(NamedTuple):
    """A finite verb (token index) and its subject (token indices, half-open)."""

    verb: int
    subject: tuple[int, int]


def agents(tokens: Sequence[Token], place: int, clauses: Sequence[Clause]) -> Iterator[Agent]:
    """The nearest agents to the left of the quotation at ``place``, then the one to its right."""
    taken: set[tuple[int, int]] = set()
    for k in range(place - 1, max(0, place - _REACH), -1):
        kind = tokens[k].type
        if kind in ".;" or len(taken) >= _MAX_AGENTS:
            break
        if kind == "L" and is_finite(tokens, k):
            subject = subject_of(tokens, k, [clause for clause in clauses if clause.verb < k][-1:])
            if subject is not None and subject not in taken:
                taken.add(subject)
                yield Agent(k, subject)
    for k in range(place + 1, min(len(tokens), place + _REACH_RIGHT)):
        kind = tokens[k].type
        if kind in ".;Q":
            return
        if kind == "L" and is_finite(tokens, k):
            subject = subject_of(tokens, k, []) if k > place + 2 else noun_phrase_right(tokens, k + 1)
            if subject is not None and subject[0] > place and subject not in taken and _is_phrase(tokens, subject):
                yield Agent(k, subject)
            return


def _is_phrase(tokens: Sequence[Token], subject: tuple[int, int]) -> bool:
    """Whether a phrase may name anybody: "“Hurrah!” rang forth" has no subject behind its verb."""
    return any(token.type in "NRPD" for token in tokens[slice(*subject)])
