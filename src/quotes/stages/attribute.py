"""Attribute: link each candidate to whoever is reported to have said it, and say by which rule.

Plain rules decide first: a clause right behind the words, right before them or parting them, a speaker's line, a
caption, a paragraph that ends in a colon, words that go on after others. What they leave open is weighed by the
ranker handed in, which may answer nobody. The mention then stays None: never the nearest name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from quotes.records import Article, Candidate, Span
from quotes.stages import east_asian
from quotes.stages.attribution import Attribution
from quotes.stages.clauses import Clause
from quotes.stages.noun_phrases import noun_phrase_left, noun_phrase_right, topic
from quotes.stages.options import Option, describe, from_elsewhere, in_sentence, is_credited, mention_span
from quotes.stages.sentences import Sentence, sentences
from quotes.stages.tokens import Token

CONFIDENCE = {
    "behind": 0.97,
    "around": 0.97,
    "before": 0.9,
    "introduced": 0.95,
    "goes-on": 0.98,
    "caption": 0.95,
    "speaker-line": 0.97,
}
"""Share of quotations whose speaker each plain rule named rightly on the training split of PolNeAR, rounded."""

Choose = Callable[[int, Sequence[Option], Sequence[str]], tuple[Option | None, float]]
"""A ranker: candidate, its options and the features of the words → the option or nobody, and its probability."""

_WORDING = [["the", noun] for noun in ("word", "words", "phrase", "term", "terms", "expression")]
_LIGHT = frozenset(",:-STYP(")
_WORDS = re.compile(r"\w+")
_MAX_GAP = 400
"""Characters between two quotations of which the second may go on with the first's speaker."""


def attribute(article: Article, candidates: Sequence[Candidate], choose: Choose) -> list[Attribution]:
    """One attribution for each candidate, in order."""
    if article.lang in east_asian.LANGUAGES:
        return east_asian.attribute_all(article, candidates)
    found: list[Attribution] = [Attribution("none:no-report")] * len(candidates)
    children: dict[int | None, list[int]] = {}
    for i, candidate in enumerate(candidates):
        children.setdefault(candidate.parent, []).append(i)
    for parent, inside in children.items():
        region = Span(0, len(article.text)) if parent is None else candidates[parent].span
        if parent is None and article.dateline:
            region = Span(min(article.dateline.span.end, candidates[inside[0]].outer.start), region.end)
        _Linking(article, candidates, choose, found).run(sentences(article, region, candidates, inside))
    return found


class _Linking:
    """Goes through the sentences of one region, remembering the sentence and the speaker before."""

    def __init__(
        self, article: Article, candidates: Sequence[Candidate], choose: Choose, found: list[Attribution]
    ) -> None:
        self.article = article
        self.candidates = candidates
        self.choose = choose
        self.found = found
        self.previous: Sentence | None = None
        self.last: int | None = None

    def run(self, parts: Sequence[Sentence]) -> None:
        for sentence in parts:
            for place in sentence.quotations:
                index = sentence.tokens[place].candidate
                if index is None:
                    continue
                link = self._plain(sentence, place, index) or self._ranked(sentence, place, index)
                self.found[index] = link
                if link.mention is not None and link.cue_class in ("say", "quote", "go", None) and link.distance <= 6:
                    self.last = index
            self.previous = sentence

    def _plain(self, sentence: Sentence, place: int, index: int) -> Attribution | None:
        candidate = self.candidates[index]
        if (series := self._series(sentence.tokens, place)) is not None:
            return series
        for rule in (_behind, _around, _before):
            clause = rule(self.article, sentence, place, candidate)
            if clause is not None and clause.subject is not None:
                mention = mention_span(sentence.tokens, clause.subject)
                name = rule.__name__.removeprefix("_")
                return Attribution(
                    name,
                    clause.cue,
                    mention,
                    clause.cue_class,
                    clause.lemma,
                    abs(clause.verb - place),
                    confidence=CONFIDENCE[name],
                )
        line = _caption(sentence.tokens, place) or _speaker_line(sentence.tokens, place)
        if line is None and place == 0 and (sentence.alone or len(sentence.quotations) == 1):
            line = _introduced(self.article, self.previous, sentence)
        if line is None and place == 0 and sentence.alone and not self._gap(index, "\n"):
            line = self._goes_on(index, "goes-on")
        return line

    def _series(self, tokens: Sequence[Token], place: int) -> Attribution | None:
        """ "…", "…" and "…": fragments in a row share their speaker, unless a clause of its own follows the last."""
        k = place - 1
        while k >= 0 and tokens[k].type in ",K":
            k -= 1
        earlier = tokens[k].candidate if k >= 0 and k < place - 1 and tokens[k].type == "Q" else None
        if earlier is None or self.found[earlier].mention is None or self.found[earlier].rule == "behind":
            return None
        if place + 1 < len(tokens) and tokens[place + 1].type not in ".KQOS;-)" and tokens[place + 1].type != ",":
            return None
        return replace(self.found[earlier], rule="series", follows=earlier)

    def _ranked(self, sentence: Sentence, place: int, index: int) -> Attribution:
        about = describe(self.article, sentence, place, self.candidates[index])
        options = [*in_sentence(sentence, place, about)]
        if place == 0:
            options += self._elsewhere(sentence, index, about)
        option, probability = self.choose(index, options, about)
        if option is None and options and options[0].cue is not None and is_credited(sentence):
            option, probability = options[0], round(1 - probability, 4)
        if option is None:
            return Attribution("none:no-report", confidence=probability)
        if option.follows is not None:
            return replace(
                self.found[option.follows],
                rule=f"ranked:{option.rule}",
                cue=None,
                follows=option.follows,
                distance=option.distance,
                confidence=probability,
            )
        return Attribution(
            f"ranked:{option.rule}",
            option.cue,
            option.mention,
            option.cue_class,
            option.lemma,
            option.distance,
            confidence=probability,
        )

    def _elsewhere(self, sentence: Sentence, index: int, about: Sequence[str]) -> list[Option]:
        """For words at the head of a sentence: the speaker before, and whoever the sentence before is about."""
        options = []
        if self.last is not None and self.found[self.last].mention is not None and self._gap(self.last, None, index):
            gap = self._between(self.last, index)
            mention = self.found[self.last].mention
            if mention is not None:
                options.append(from_elsewhere("speaker-before", mention, None, gap, about, self.last))
        previous = self.previous
        if previous is None or not previous.tokens:
            return options
        gap = self.article.text[previous.tokens[-1].end : sentence.tokens[0].start]
        spoken = [clause for clause in previous.clauses if clause.subject is not None]
        if spoken and spoken[-1].subject is not None:
            mention = mention_span(previous.tokens, spoken[-1].subject)
            options.append(from_elsewhere("sentence-before", mention, spoken[-1], gap, about))
        subject = topic(previous.tokens)
        if subject is not None and not (spoken and spoken[-1].subject == subject):
            options.append(from_elsewhere("topic-before", mention_span(previous.tokens, subject), None, gap, about))
        return options

    def _goes_on(self, index: int, rule: str) -> Attribution | None:
        """Words alone in their sentence, in the paragraph of others whose speaker is known."""
        if self.last is None or len(_WORDS.findall(self.article.text, *self.candidates[index].span)) < 3:
            return None
        return replace(
            self.found[self.last], rule=rule, cue=None, follows=self.last, distance=2, confidence=CONFIDENCE[rule]
        )

    def _between(self, earlier: int, later: int) -> str:
        return self.article.text[self.candidates[earlier].outer.end : self.candidates[later].outer.start]

    def _gap(self, index: int, forbidden: str | None, later: int | None = None) -> bool:
        """Whether what parts two quotations is short; with ``forbidden``, whether it holds that (or is too long)."""
        if forbidden is not None:
            if self.last is None:
                return True
            gap = self._between(self.last, index)
            return forbidden in gap or len(gap) > _MAX_GAP
        return later is not None and len(self._between(index, later)) <= 2 * _MAX_GAP


def _behind(article: Article, sentence: Sentence, place: int, candidate: Candidate) -> Clause | None:
    """ "…," Kim said. / "…," said Kim. / "…," according to Kim."""
    tokens = sentence.tokens
    following = place + 1
    if following >= len(tokens):
        return None
    comma = tokens[following].type in ",-"
    following += comma
    closed = comma or _last(article, candidate) in ",.!?…-—，"
    for clause in sentence.clauses:
        inverted = clause.form in ("verb-subject", "according-to")
        if clause.subject is None or clause.form in ("noun", "relative", "participle") or not (closed or inverted):
            continue
        starts = clause.verb if inverted else min(clause.subject[0], clause.verb)
        between = tokens[following:starts]
        light = "YTOM,LDAP-" if inverted else "YTOM,LDW-"
        if starts < following or len(between) > (6 if clause.form == "according-to" else 3):
            continue
        if between and not (closed and all(token.type in light for token in between)):
            continue
        if inverted or clause.cue_class not in ("think", "hold"):
            return clause
    return None


def _before(article: Article, sentence: Sentence, place: int, candidate: Candidate) -> Clause | None:
    """Kim said: "…" / Kim told reporters on Monday, "…" / Kim said "It …"."""
    for clause in reversed(sentence.clauses):
        if clause.verb >= place or clause.form == "noun":
            continue
        between = [token for token in sentence.tokens[clause.verb + 1 : place] if token.start >= clause.cue.end]
        if clause.lemma == "use" and [token.word for token in between] in _WORDING:
            return clause
        if clause.cue_class not in ("say", "go", "quote") or any(token.type in ".;QV" for token in between):
            return None
        ends = between[-1].type if between else ""
        own = ends in (":", ",") or article.text[candidate.span.start : candidate.span.start + 1].isupper()
        light = all(token.type in _LIGHT for token in between)
        return clause if own and (light or ends == ":" or (ends == "," and len(between) <= 8)) else None
    return None


def _around(_: Article, sentence: Sentence, place: int, __: Candidate) -> Clause | None:
    """ "…," Kim said, "…": the second piece of a quotation that its own clause parts."""
    earlier = [q for q in sentence.quotations if q < place]
    if not earlier or sentence.tokens[place - 1].type not in ",.-:;":
        return None
    for clause in sentence.clauses:
        if clause.subject is None or not earlier[-1] < clause.verb < place:
            continue
        opens = clause.verb == earlier[-1] + 1 or clause.subject[0] <= earlier[-1] + 2
        if opens and clause.form != "participle" and clause.cue_class in ("say", "go", "express", "think"):
            return clause
    return None


def _last(article: Article, candidate: Candidate) -> str:
    """The last character of the words, closing marks of quotations inside them apart."""
    return article.text[candidate.span.start : candidate.span.end].rstrip("’'”\"»)]")[-1:] or " "


def _caption(tokens: Sequence[Token], place: int) -> Attribution | None:
    """ "…" - Name, at the end of a paragraph; "…" (Name)."""
    if place > 0 or len(tokens) < place + 3 or tokens[place + 1].type not in "-(":
        return None
    phrase = noun_phrase_right(tokens, place + 2)
    if phrase is None or not any(token.type == "N" for token in tokens[phrase[0] : phrase[1]]):
        return None
    if tokens[place + 1].type == "(" and phrase[1] < len(tokens) and tokens[phrase[1]].type not in "),":
        return None
    return Attribution("caption", None, mention_span(tokens, phrase), "say", None, 1, confidence=CONFIDENCE["caption"])


def _speaker_line(tokens: Sequence[Token], place: int) -> Attribution | None:
    """Name: "…" at the head of a sentence."""
    if place < 2 or tokens[place - 1].type != ":":
        return None
    phrase = noun_phrase_left(tokens, place - 2)
    if phrase is None or phrase[0] != 0 or not any(token.type in "NR" for token in tokens[phrase[0] : phrase[1]]):
        return None
    cue = Span(tokens[place - 1].start, tokens[place - 1].end)
    return Attribution(
        "speaker-line", cue, mention_span(tokens, phrase), "say", None, 1, confidence=CONFIDENCE["speaker-line"]
    )


def _introduced(article: Article, previous: Sentence | None, sentence: Sentence) -> Attribution | None:
    """A quotation at the head of a sentence after one that ends in a colon, or in a cue and a comma."""
    if previous is None or not previous.tokens:
        return None
    end, start = previous.tokens[-1], sentence.tokens[0]
    if article.text[end.end : start.start].strip() or end.type not in ":,":
        return None
    spoken = [clause for clause in previous.clauses if clause.subject is not None and clause.form != "noun"]
    if spoken and spoken[-1].subject is not None:
        clause = spoken[-1]
        mention = mention_span(previous.tokens, spoken[-1].subject)
        return Attribution(
            "introduced", clause.cue, mention, clause.cue_class, clause.lemma, 1, confidence=CONFIDENCE["introduced"]
        )
    if end.type != ":":
        return None
    line = _speaker_line([*previous.tokens, start], len(previous.tokens))
    return line or Attribution("none:introduced-without-subject", Span(end.start, end.end), None, "say", None, 1)
