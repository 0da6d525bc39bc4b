"""Sentences of the narrator that hold quotations, with their clauses, and the ones before them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotes.records import Article, Candidate, Span
from quotes.stages.clauses import Clause, clauses
from quotes.stages.tokens import Token, narrator_sentences


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the narrator with its clauses and the positions of its quotations among the tokens."""

    tokens: list[Token]
    clauses: list[Clause]
    quotations: list[int]

    @property
    def alone(self) -> bool:
        """Whether it holds nothing but quotations."""
        return all(token.type in "Q.,-" for token in self.tokens)


def sentences(
    article: Article, region: Span, candidates: Sequence[Candidate], inside: Sequence[int]
) -> list[Sentence]:
    """Sentences of ``region`` that hold one of the candidates ``inside``, and the one before each of them."""
    result: list[Sentence] = []
    before: list[Token] | None = None
    for tokens in narrator_sentences(article, region, candidates, inside):
        places = [i for i, token in enumerate(tokens) if token.type == "Q"]
        if not places:
            before = tokens
            continue
        if before is not None:
            result.append(Sentence(before, clauses(before), []))
        result.append(Sentence(tokens, clauses(tokens), places))
        before = None
    return result
