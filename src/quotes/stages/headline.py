"""Headline: whether the words that it sets between marks come again in the article, and who speaks in it.

"Brenn: toll is ‘a tax on bread’": whose name stands before the colon says what follows, where the article knows it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from quotes.records import Article, Candidate, Span
from quotes.stages.attribution import Attribution
from quotes.stages.sentences import Sentence
from quotes.stages.tokens import Token

_WORD = re.compile(r"[^\W_]+")
_MAX_LENGTH = 300
_STEM = 5
_MAX_LABEL = 5
_CAPITALS = 0.8
_CONFIDENCE = 0.95
"""Share of such speakers that were right on the training split of PolNeAR, rounded."""


class Headline:
    """The first paragraph of an article, where it is short enough to be a headline."""

    def __init__(self, article: Article, candidates: Sequence[Candidate]) -> None:
        self._article = article
        self._candidates = candidates
        first = article.paragraphs[0] if article.paragraphs else None
        self.end = first.end if first and first.end - first.start <= _MAX_LENGTH else 0

    def echo(self, candidate: Candidate) -> str:
        """``all``, ``some`` or ``none`` of the longer words stand between marks below; empty outside the headline."""
        if candidate.outer.end > self.end:
            return ""
        stems = _stems(self._article.text[candidate.span.start : candidate.span.end])
        if not stems:
            return "none"
        again = sum(stem in self._quoted for stem in stems)
        return "all" if again == len(stems) else "some" if again else "none"

    def spoken(self, sentence: Sentence, place: int) -> Attribution | None:
        """Who speaks in the headline in which the words stand: a label before them, or a clause that closes it."""
        if sentence.tokens[place].end > self.end:
            return None
        return self.labelled(sentence, place) or (self.closed(sentence, place) if self._is_styled else None)

    def closed(self, sentence: Sentence, place: int) -> Attribution | None:
        """ "Toll ‘a Tax on Bread’ for Lorrim, Aldo Brenn Says": the clause at the end reports the whole line."""
        tokens = sentence.tokens
        last = len(tokens) - 1 - (tokens[-1].type == ".")
        clause = next((one for one in reversed(sentence.clauses) if one.verb == last), None)
        if clause is None or clause.cue_class != "say" or clause.subject is None or clause.subject[1] != last:
            return None
        comma = clause.subject[0] - 1
        if comma <= place or tokens[comma].type != ",":
            return None
        mention = Span(tokens[clause.subject[0]].start, tokens[last - 1].end)
        distance = last - place
        return Attribution("headline", clause.cue, mention, "say", clause.lemma, distance, confidence=_CONFIDENCE)

    def labelled(self, sentence: Sentence, place: int) -> Attribution | None:
        """Whose label opens the headline in which the words stand; None where a clause behind it reports them."""
        tokens = sentence.tokens
        colon = next((k for k in range(min(place, _MAX_LABEL + 1)) if tokens[k].type == ":"), 0)
        if not colon or any(token.type not in "NR" for token in tokens[:colon]):
            return None
        if any(token.type == ":" for token in tokens[colon + 1 : place]):
            return None
        if any(clause.subject is not None and clause.verb > colon for clause in sentence.clauses):
            return None
        mention = self._known(tokens[:colon])
        cue = Span(tokens[colon].start, tokens[colon].end)
        return Attribution("headline", cue, mention, "say", None, 1, confidence=_CONFIDENCE) if mention else None

    def _known(self, label: Sequence[Token]) -> Span | None:
        """The name at the end of a label that comes again below; a single word only behind titles, or alone."""
        below = self._article.text[self.end :].lower()
        for k in range(len(label)):
            name = Span(label[k].start, label[-1].end)
            if k == len(label) - 1 and any(token.type != "R" for token in label[:k]):
                return None
            if re.search(rf"\b{re.escape(self._article.text[slice(*name)].lower())}\b", below):
                return Span(label[0].start, name.end) if k == len(label) - 1 else name
        return None

    @cached_property
    def _is_styled(self) -> bool:
        """Whether nearly all longer words have capitals: a lead that merely stands first has not."""
        words = [word for word in _WORD.findall(self._article.text[: self.end]) if len(word) > 3]
        return len(words) > 3 and sum(word[0].isupper() for word in words) >= _CAPITALS * len(words)

    @cached_property
    def _quoted(self) -> frozenset[str]:
        text = self._article.text
        below = (one.span for one in self._candidates if one.outer.start >= self.end and one.parent is None)
        return frozenset(stem for span in below for stem in _stems(text[span.start : span.end]))


def _stems(text: str) -> list[str]:
    return [word[:_STEM] for word in _WORD.findall(text.lower()) if len(word) > 3]
