"""Attribute: link each candidate to the clause that reports it, and say by which rule.

Sentence by sentence: a clause behind the quotation, before it, around it; else the nearest clause of the sentence
that has a subject. A quotation that stands alone takes its speaker from the words that introduce it (a colon, a
dash, a speaker line) or goes on with the speaker before it. Where none of this holds the mention stays None: never
the nearest name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quotes.lexicon import CueClass
from quotes.records import Article, Candidate, Span
from quotes.stages.clauses import Clause, clauses, noun_phrase_left, noun_phrase_right
from quotes.stages.tokens import Token, narrator_sentences

_LIGHT = frozenset(",:-STYP(")
CONFIDENCE = {
    "behind": 0.97, "around": 0.97, "before": 0.92, "introduced": 0.95, "goes-on": 0.98, "goes-on-paragraph": 0.6,
    "left": 0.84, "right": 0.9, "sentence-before": 0.93, "caption": 0.95, "speaker-line": 0.97,
}
"""Share of quotations whose speaker each rule named rightly on the training split of PolNeAR, rounded."""
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Attribution:
    """What the text around a candidate says of its speaker.

    ``distance`` counts the tokens between cue and quotation; ``follows`` is the candidate whose speaker this one
    takes over; ``cue_class`` and ``lemma`` are None where nothing reports.
    """

    rule: str
    cue: Span | None = None
    mention: Span | None = None
    cue_class: CueClass | None = None
    lemma: str | None = None
    distance: int = 0
    follows: int | None = None

    @property
    def confidence(self) -> float:
        """How often the rule names the right speaker; see `CONFIDENCE`."""
        return CONFIDENCE.get(self.rule, 0.5) if self.mention is not None else 0.0


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the narrator with its clauses and the positions of its quotations."""

    tokens: list[Token]
    clauses: list[Clause]
    quotations: list[int]

    @property
    def alone(self) -> bool:
        """Whether it holds nothing but quotations."""
        return all(token.type in "Q.,-" for token in self.tokens)


def attribute(article: Article, candidates: Sequence[Candidate]) -> list[Attribution]:
    """One attribution for each candidate, in order."""
    found: list[Attribution] = [Attribution("none:no-report")] * len(candidates)
    children: dict[int | None, list[int]] = {}
    for i, candidate in enumerate(candidates):
        children.setdefault(candidate.parent, []).append(i)
    for parent, inside in children.items():
        region = Span(0, len(article.text)) if parent is None else candidates[parent].span
        if parent is None and article.dateline:
            region = Span(min(article.dateline.span.end, candidates[inside[0]].outer.start), region.end)
        sentences = _sentences(article, region, candidates, inside)
        _link(article, candidates, sentences, found)
    return found


def _sentences(
    article: Article, region: Span, candidates: Sequence[Candidate], inside: Sequence[int]
) -> list[Sentence]:
    """Sentences that hold a quotation, and the one before each, which may introduce it."""
    result: list[Sentence] = []
    before: list[Token] | None = None
    for tokens in narrator_sentences(article, region, candidates, inside):
        places = [i for i, token in enumerate(tokens) if token.type == "Q"]
        if places:
            if before is not None:
                result.append(Sentence(before, clauses(before), []))
            result.append(Sentence(tokens, clauses(tokens), places))
            before = None
        else:
            before = tokens
    return result


def _link(
    article: Article, candidates: Sequence[Candidate], sentences: list[Sentence], found: list[Attribution]
) -> None:
    previous: Sentence | None = None
    last: int | None = None
    for sentence in sentences:
        for place in sentence.quotations:
            index = sentence.tokens[place].candidate
            assert index is not None
            link = _inside(article, sentence, place, candidates[index])
            if link is None and place == 0 and (sentence.alone or len(sentence.quotations) == 1):
                link = _introduced(article, previous, sentence)
            if link is None and place == 0:
                link = _floating(article, candidates, sentence, index, last, found)
                if link is None and sentence.alone:
                    link = _sentence_before(article, previous, sentence)
            if link is not None:
                found[index] = link
            if found[index].mention is not None and found[index].distance <= 4:
                last = index
        previous = sentence


def _inside(article: Article, sentence: Sentence, place: int, candidate: Candidate) -> Attribution | None:
    """The clause of the same sentence that reports the quotation at token ``place``."""
    tokens = sentence.tokens
    for choose in (_behind, _before, _around, _left, _right):
        chosen = choose(article, sentence, place, candidate)
        if chosen is not None:
            rule, clause = chosen
            mention = _mention(tokens, clause)
            if mention is None:
                rule = f"none:{rule}-without-subject"
            return Attribution(
                rule, clause.cue, mention, clause.cue_class, clause.lemma, _distance(clause, place)
            )
    return _caption(tokens, place) or _transcript(article, tokens, place)


def _mention(tokens: Sequence[Token], clause: Clause) -> Span | None:
    if clause.subject is None:
        return None
    start, end = clause.subject
    last = tokens[end - 1]
    stop = last.end
    if last.word.endswith(("'s", "’s")):
        stop -= 2
    elif last.word.endswith(("'", "’")):
        stop -= 1
    return Span(tokens[start].start, stop)


def _distance(clause: Clause, place: int) -> int:
    return abs(clause.verb - place)


Chosen = tuple[str, Clause]


def _behind(article: Article, sentence: Sentence, place: int, candidate: Candidate) -> Chosen | None:
    """ "…," Kim said. / "…," said Kim. / "…," according to Kim."""
    tokens = sentence.tokens
    following = place + 1
    if following >= len(tokens):
        return None
    comma = tokens[following].type in ",-"
    if comma:
        following += 1
    closed = comma or _last(article, candidate) in ",.!?…-—，"
    for clause in sentence.clauses:
        if clause.subject is None or clause.form == "noun":
            continue
        starts = clause.verb if clause.form in ("verb-subject", "according-to") else min(clause.subject[0], clause.verb)
        lead = starts - following
        if lead < 0 or lead > 6:
            continue
        between = tokens[following:starts]
        if lead and not (closed and all(token.type in "YTOM,LD" for token in between)):
            continue
        if clause.form in ("according-to", "verb-subject") or (closed and clause.cue_class not in ("think", "hold")):
            if lead and clause.form not in ("according-to",) and len(between) > 3:
                continue
            return "behind", clause
    return None


def _before(article: Article, sentence: Sentence, place: int, candidate: Candidate) -> Chosen | None:
    """Kim said: "…" / Kim said that "…" / Kim told reporters on Monday, "…"."""
    for clause in reversed(sentence.clauses):
        if clause.verb >= place or clause.form == "noun":
            continue
        between = sentence.tokens[clause.verb + 1 : place]
        if any(token.type in ".;" for token in between):
            return None
        colon = bool(between) and between[-1].type == ":"
        if not between or colon or all(token.type in _LIGHT for token in between):
            return ("before", clause) if clause.subject is not None or not between else None
        if between[-1].type in ",S" and clause.cue_class == "say" and not any(t.type in "QV" for t in between):
            return "before", clause
        return None
    return None


def _around(article: Article, sentence: Sentence, place: int, candidate: Candidate) -> Chosen | None:
    """ "…," Kim said, "…": the second piece of a quotation that its own clause parts."""
    earlier = [q for q in sentence.quotations if q < place]
    if not earlier:
        return None
    between = sentence.tokens[earlier[-1] + 1 : place]
    for clause in sentence.clauses:
        if clause.subject is None or not earlier[-1] < clause.verb < place:
            continue
        opens = clause.verb == earlier[-1] + 1 or clause.subject[0] <= earlier[-1] + 2
        if opens and between and between[-1].type in ",.-:;" and clause.cue_class in ("say", "go", "express", "think"):
            return "around", clause
    return None


def _left(article: Article, sentence: Sentence, place: int, candidate: Candidate) -> Chosen | None:
    """The nearest clause to the left of the fragment: Kim described it as "…"; Kim praised its "…"."""
    to_the_left = [clause for clause in sentence.clauses if clause.verb < place]
    verbal = [clause for clause in to_the_left if clause.form != "noun"]
    for clause in reversed(verbal or to_the_left):
        if _is_reported(sentence, clause) and any(c.cue_class == "say" and c.verb < clause.verb for c in verbal):
            continue
        if clause.subject is None:
            if clause.form == "passive" and place - clause.verb <= 4:
                return "left", clause
            continue
        if clause.cue_class in ("go", "speak", "read", "hold", "think") and place - clause.verb > 6:
            continue
        return "left", clause
    return None


def _is_reported(sentence: Sentence, clause: Clause) -> bool:
    """Whether the clause stands inside what another reports, and reports no words itself: said that Y offers its "…"."""
    if clause.subject is None or clause.cue_class == "say" or clause.subject[0] == 0:
        return False
    return sentence.tokens[clause.subject[0] - 1].type == "S"


def _right(article: Article, sentence: Sentence, place: int, candidate: Candidate) -> Chosen | None:
    """The "…" would go on, Kim said: a clause that ends the sentence."""
    for clause in sentence.clauses:
        if clause.verb <= place or clause.subject is None or clause.form in ("noun", "participle"):
            continue
        if clause.cue_class not in ("say", "quote") or clause.form == "relative":
            continue
        first = min(clause.subject[0], clause.verb)
        led_in = first > 0 and (sentence.tokens[first - 1].type in ",-" or clause.form == "according-to")
        if led_in and first > place:
            return "right", clause
    return None


def _last(article: Article, candidate: Candidate) -> str:
    """The last character of the words, closing marks of quotations inside them apart."""
    return article.text[candidate.span.start : candidate.span.end].rstrip("’'”\"»)]")[-1:] or " "


def _caption(tokens: Sequence[Token], place: int) -> Attribution | None:
    """ "…" - Name, at the end of a paragraph; "…" (Name)."""
    rest = tokens[place + 1 :]
    if len(rest) < 2 or rest[0].type not in "-(" or place > 0:
        return None
    phrase = noun_phrase_right(tokens, place + 2)
    if phrase is None or not any(token.type == "N" for token in tokens[phrase[0] : phrase[1]]):
        return None
    if rest[0].type == "(" and phrase[1] < len(tokens) and tokens[phrase[1]].type not in "),":
        return None
    return Attribution("caption", None, Span(tokens[phrase[0]].start, tokens[phrase[1] - 1].end), "say", None, 1)


def _transcript(article: Article, tokens: Sequence[Token], place: int) -> Attribution | None:
    """Name: "…" at the head of a sentence."""
    if place < 2 or tokens[place - 1].type != ":":
        return None
    phrase = noun_phrase_left(tokens, place - 2)
    if phrase is None or phrase[0] != 0 or not any(t.type in "NR" for t in tokens[phrase[0] : phrase[1]]):
        return None
    return Attribution(
        "speaker-line", Span(tokens[place - 1].start, tokens[place - 1].end),
        Span(tokens[phrase[0]].start, tokens[phrase[1] - 1].end), "say", None, 1,
    )


def _introduced(article: Article, previous: Sentence | None, sentence: Sentence) -> Attribution | None:
    """A quotation at the head of a sentence after one that ends in a colon, or in a cue and a comma."""
    if previous is None or not previous.tokens:
        return None
    end, start = previous.tokens[-1], sentence.tokens[0]
    if article.text[end.end : start.start].strip() or end.type not in ":,":
        return None
    spoken = [clause for clause in previous.clauses if clause.subject is not None and clause.form != "noun"]
    if spoken:
        clause = spoken[-1]
        mention = _mention(previous.tokens, clause)
        return Attribution("introduced", clause.cue, mention, clause.cue_class, clause.lemma, 1)
    if end.type != ":":
        return None
    line = _transcript(article, [*previous.tokens, start], len(previous.tokens))
    return line or Attribution("none:introduced-without-subject", Span(end.start, end.end), None, "say", None, 1)


def _floating(
    article: Article,
    candidates: Sequence[Candidate],
    sentence: Sentence,
    index: int,
    last: int | None,
    found: Sequence[Attribution],
) -> Attribution | None:
    """A quotation that is a sentence of its own goes on with the speaker before it, in this paragraph or the one
    before."""
    if last is None or not (sentence.alone or _is_clause(article, candidates[index])):
        return None
    if len(_WORDS.findall(article.text, *candidates[index].span)) < 3:
        return None
    gap = article.text[candidates[last].outer.end : candidates[index].outer.start]
    if gap.count("\n\n") + (gap.count("\n") if "\n\n" not in article.text else 0) > 1 or len(gap) > 400:
        return None
    same = "\n" not in gap
    if not same and not sentence.alone:
        return None
    return replace(
        found[last], rule="goes-on" if same else "goes-on-paragraph", cue=None, follows=last, distance=2
    )


def _is_clause(article: Article, candidate: Candidate) -> bool:
    """Words that begin as a sentence does and are long enough to be one."""
    words = _WORDS.findall(article.text, *candidate.span)
    return len(words) >= 6 and words[0][:1].isupper()


def _sentence_before(article: Article, previous: Sentence | None, sentence: Sentence) -> Attribution | None:
    """A quotation alone, after a sentence of the same paragraph in which somebody reports or judges."""
    if previous is None or not previous.tokens or not previous.clauses:
        return None
    clause = previous.clauses[-1]
    gap = article.text[previous.tokens[-1].end : sentence.tokens[0].start]
    if "\n" in gap or clause.subject is None or clause.cue_class in ("think", "hold", "title"):
        return None
    return Attribution("sentence-before", None, _mention(previous.tokens, clause), clause.cue_class, clause.lemma, 3)
