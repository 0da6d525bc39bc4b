"""Attribute: link each candidate to whoever is reported to have said it, and say by which rule.

Plain rules decide first: a clause right behind the words, right before them or parting them, a speaker's line, a
caption, a paragraph that ends in a colon, words that go on after others. What they leave open is weighed by the
ranker handed in, which may answer nobody. The mention then stays None: never the nearest name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

from quotes.records import Article, Candidate, Span
from quotes.stages import east_asian
from quotes.stages.attribute_answers import answer, exchanged
from quotes.stages.attribute_inner import called, inner
from quotes.stages.attribute_mention import completed
from quotes.stages.attribute_plain import (
    CONFIDENCE,
    around,
    asked,
    before,
    behind,
    caption,
    credited,
    introduced,
    last_character,
    said_in_paper,
    signed,
    speaker_line,
    told_by_nobody,
)
from quotes.stages.attribute_remarks import meant, owned, raised, related, seen
from quotes.stages.attribute_turns import turn
from quotes.stages.attribution import Attribution
from quotes.stages.headline import Headline
from quotes.stages.judge_patterns import UTTERED, WRITTEN
from quotes.stages.noun_phrases import topic
from quotes.stages.options import Option, describe, from_elsewhere, in_sentence, is_credited, is_expletive, mention_span
from quotes.stages.sentences import Sentence, is_heading, sentences
from quotes.stages.tokens import Token
from quotes.stages.told import is_complement, of_narration, told, told_of_a_state

Choose = Callable[[int, Sequence[Option]], tuple[Option | None, float]]
"""A ranker: candidate and its options → the likeliest option (None where there is none) and its probability."""

Weigh = Callable[[int, Sequence[str]], float]
"""A judge of the words: candidate and the features of `told` → the probability that anybody is reported to have said
them."""

SAID = 0.65
"""Below this probability the words are nobody's, though a word near them reports."""

UNREPORTED = 0.7
"""The same where no word reports, outside the headline."""

ELSEWHERE = 0.5
"""The same for any words in another language than English: nothing was learnt from any, and the tables hold fewer of
the ways in which they report."""

QUALIFYING = 0.8
"""The same for a word or two that qualify a noun: the two "sister" ports. All three chosen on the folds of the training
split as read again, so that as few fragments are lost and as few unsaid strings kept as can be, counted together."""

APART = 0.45
"""The same for a whole sentence that stands apart from the narrator's or behind a colon, where neither sneers nor names
stand, and in what somebody says "that" is so, where few do. Chosen on the folds of the training split."""

SAID_OF_A_STATE = 0.4
"""The same for any words in the copy of a state's organ that sneers. Chosen on the folds of what was read of it."""

_MAX_QUALIFIER = 2
_MAX_UTTERED = 6
_MAX_CALLED = 4, 11
"""Words between a verb that names or attacks and the marks: with any verb, and with one that does little else."""
_NAMING = frozenset("call dub brand label term describe refer blast slam accuse assail denounce deride mock".split())
_IS_WHAT = re.compile(r" (?:is|was) what ")
"""Behind words that somebody is then said to call something: "“A bluff” is what Brenn called it"."""
_ANYBODY = frozenset("we some many people others they you one who which that it".split())
"""Subjects that mean nobody in particular: "what we call “…”"."""

_SPEAKING = ("say", "quote", "go", "read", None)
"""Classes of cues whose subject later words may go on with."""

_FROM_BEFORE = ("ranked:sentence-before", "ranked:topic-before")
"""How words that stand apart take their speaker from the narrator's sentence before; later ones go on with it."""

_REPORTING = ("say", "evaluate", "attack", "favour", "express", "quote")
"""Classes of cues that are seldom anything but a report."""

_OPEN = ("before", "series", "inner", "called")
"""Plain rules that say who would have said the words, not that they were said."""

_WORDS = re.compile(r"\w+")
_FEWEST_ON = 3
"""Words of a quotation, at least, that goes on with the speaker before without being told to."""
_MAX_GAP = 400
"""Characters between two quotations of which the second may go on with the first's speaker."""


def attribute(
    article: Article, candidates: Sequence[Candidate], choose: Choose, weigh: Weigh, *, state_voice: bool = False
) -> list[Attribution]:
    """One attribution for each candidate, in order; ``state_voice`` says that the narrator is an organ that sneers."""
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
        linking = _Linking(article, candidates, choose, weigh, found, state_voice)
        linking.run(sentences(article, region, candidates, inside))
    return found


class _Linking:
    """Goes through the sentences of one region, remembering the sentence and the speaker before."""

    def __init__(
        self,
        article: Article,
        candidates: Sequence[Candidate],
        choose: Choose,
        weigh: Weigh,
        found: list[Attribution],
        state_voice: bool,
    ) -> None:
        self.state_voice = state_voice and article.lang == "en"
        self.article = article
        self.candidates = candidates
        self.choose = choose
        self.weigh = weigh
        self.found = found
        self.narration: tuple[str, ...] = ()
        self.headline = Headline(article, candidates)
        self.previous: Sentence | None = None
        self.last: int | None = None

    def run(self, parts: Sequence[Sentence]) -> None:
        for sentence in parts:
            self.narration = of_narration(sentence) if sentence.quotations else ()
            for place in sentence.quotations:
                index = sentence.tokens[place].candidate
                if index is None or _WORDS.search(self.article.text, *self.candidates[index].span) is None:
                    continue  # nothing stands between the marks
                link = self._plain(sentence, place, index)
                if link is None or link.rule in _OPEN:
                    link = self._weighed(sentence, place, index, link)
                link = raised(self.article.text, self.candidates[index].outer, link)
                link = related(sentence, place, meant(self.article.text, owned(sentence, seen(sentence, link))))
                if link.mention is not None:
                    link = link._replace(mention=completed(self.article.text, link.mention))
                self.found[index] = link
                speaking = link.cue_class in _SPEAKING or (sentence.alone and link.rule in _FROM_BEFORE)
                if link.mention is not None and speaking and link.distance <= 6:
                    self.last = index
            self.previous = sentence

    def _plain(self, sentence: Sentence, place: int, index: int) -> Attribution | None:
        candidate = self.candidates[index]
        if (series := self._series(sentence.tokens, place)) is not None:
            return series
        if (question := asked(sentence, place)) is not None:
            return question
        for passive in (told_by_nobody, said_in_paper):
            if (told := passive(self.article, sentence, place, candidate)) is not None:
                return told
        for rule in (behind, around, credited, called, inner, before):
            clause = rule(self.article, sentence, place, candidate)
            if clause is not None and clause.subject is not None:
                mention = mention_span(sentence.tokens, clause.subject)
                name = rule.__name__
                return Attribution(
                    name,
                    clause.cue,
                    mention,
                    clause.cue_class,
                    clause.lemma,
                    abs(clause.verb - place),
                    confidence=CONFIDENCE[name],
                )
        line = (
            caption(sentence.tokens, place)
            or speaker_line(sentence.tokens, place)
            or signed(self.article, sentence, candidate)
        )
        line = line or self.headline.spoken(sentence, place)
        if line is None and place == 0 and (sentence.alone or len(sentence.quotations) == 1):
            line = introduced(self.article, self.previous, sentence)
        if line is None and place == 0 and sentence.alone:
            line = self._answer(index)
        if line is None and place == 0 and sentence.alone and (self._is_listed(index) or not self._gap(index, "\n")):
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
        if place + 1 < len(tokens) and tokens[place + 1].type not in ".KQOS;-)," and not self._comments(tokens, place):
            return None
        return self.found[earlier]._replace(rule="series", follows=earlier)

    def _comments(self, tokens: Sequence[Token], place: int) -> bool:
        """ "… and “…,” adding that": the comma inside the last marks ends the row."""
        index = tokens[place].candidate
        ends = index is not None and last_character(self.article, self.candidates[index]) == ","
        return ends and tokens[place + 1].type in "LV" and tokens[place + 1].word.endswith("ing")

    def _weighed(self, sentence: Sentence, place: int, index: int, plain: Attribution | None) -> Attribution:
        """The link of a plain rule, else of the ranker, where the words are likely to be anybody's at all."""
        about = describe(self.article, sentence, place, self.candidates[index])
        link = plain or self._ranked(sentence, place, index, about)
        candidate = self.candidates[index]
        echo = self.headline.echo(candidate)
        earlier = self._earlier(sentence, place)
        features = told(self.article, sentence, place, candidate, about, link, earlier, echo, self.narration)
        if self.state_voice:
            features = told_of_a_state(self.article, candidate, link, features)
        probability = self.weigh(index, features)
        if probability >= self._least(sentence, place, candidate, link, echo):
            return link
        credited = link.cue is not None and (
            is_credited(sentence) or self._is_uttered(candidate, link) or self._is_called(candidate, link)
        )
        return link if credited else Attribution("none:no-report", confidence=round(1 - probability, 4))

    def _is_uttered(self, candidate: Candidate, link: Attribution) -> bool:
        """Whether the word before says that somebody shouts or writes them: "shouting “…”", "a note reading “…”"."""
        before = self.article.text[max(0, candidate.outer.start - 60) : candidate.outer.start].replace("\n", " ")
        if before.endswith(" reading ") and WRITTEN.search(before) is not None:
            return link.cue_class in ("say", "read")
        return link.cue_class == "say" and link.distance <= _MAX_UTTERED and UTTERED.search(before) is not None

    def _is_called(self, candidate: Candidate, link: Attribution) -> bool:
        """Whether somebody in particular calls something so, or attacks it for that, right before the words.

        "The opposition calls “…”", "Brenn slammed the “…” decision": of 372 such words in the training articles 357
        are somebody's. An organ that sneers attacks what it sets between marks itself.
        """
        if self.state_voice or link.mention is None or link.cue is None:
            return False
        if link.cue.start > candidate.span.start:
            return link.cue_class == "evaluate" and _IS_WHAT.match(self.article.text, candidate.outer.end) is not None
        nearest = {"evaluate": 1, "attack": 2}.get(link.cue_class or "")
        farthest = _MAX_CALLED[link.lemma in _NAMING]
        if nearest is None or not nearest <= link.distance <= farthest or self._is_wish(link):
            return False
        return self.article.text[slice(*link.mention)].lower().split()[-1] not in _ANYBODY

    def _is_wish(self, link: Attribution) -> bool:
        """ "called for": asked, not named."""
        return link.cue is not None and link.lemma == "call" and self.article.text.startswith(" for ", link.cue.end)

    def _least(self, sentence: Sentence, place: int, candidate: Candidate, link: Attribution, echo: str) -> float:
        """The probability that the words need to be anybody's."""
        if self.state_voice:
            return SAID_OF_A_STATE
        if self.article.lang not in ("en", None):
            return ELSEWHERE
        led_in = place > 0 and sentence.tokens[place - 1].type == ":"
        if (sentence.alone or led_in) and self._is_whole(candidate):
            return APART
        if (link.cue is not None and link.cue_class in _REPORTING) or link.rule in _OPEN or echo:
            return APART if is_complement(sentence.tokens, place, link) else SAID
        qualifies = place + 1 < len(sentence.tokens) and sentence.tokens[place + 1].type in "LNRV"
        if qualifies and len(_WORDS.findall(self.article.text, *candidate.span)) <= _MAX_QUALIFIER:
            return QUALIFYING
        return UNREPORTED

    def _is_whole(self, candidate: Candidate) -> bool:
        """Whether the words are a sentence by their form."""
        first = self.article.text[candidate.span.start : candidate.span.start + 1]
        return first.isupper() and last_character(self.article, candidate) in ".!?…"

    def _ranked(self, sentence: Sentence, place: int, index: int, about: tuple[str, ...]) -> Attribution:
        options = [*in_sentence(sentence, place, about)]
        if place == 0:
            options += self._elsewhere(sentence, index, about)
        elif not options and self._closes(sentence, place, index):
            options += self._before(index, about)
        option, probability = self.choose(index, options)
        if option is None:
            return Attribution("none:nobody-named")
        if option.follows is not None:
            return self.found[option.follows]._replace(
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

    def _earlier(self, sentence: Sentence, place: int) -> str:
        """What became of the words before in the same sentence: the rule that decided them, or none."""
        k = bisect_left(sentence.quotations, place)
        index = sentence.tokens[sentence.quotations[k - 1]].candidate if k else None
        return "" if index is None else self.found[index].rule.partition(":")[0]

    def _elsewhere(self, sentence: Sentence, index: int, about: tuple[str, ...]) -> list[Option]:
        """For words at the head of a sentence: the speaker before, and whoever the sentence before is about."""
        options = self._before(index, about)
        previous = self.previous
        if previous is None or not previous.tokens:
            return options
        gap = self.article.text[previous.tokens[-1].end : sentence.tokens[0].start]
        if "\n" in gap and is_heading(previous):
            return options  # "On the remark of Brenn that it is “…”": his words are what the answer is about
        spoken = [clause for clause in previous.clauses if clause.subject is not None]
        spoken = [clause for clause in spoken if clause.form != "noun"] or spoken
        if spoken and spoken[-1].subject is not None:
            mention = mention_span(previous.tokens, spoken[-1].subject)
            options.append(from_elsewhere("sentence-before", mention, spoken[-1], gap, about))
        subject = topic(previous.tokens)
        own = spoken and spoken[-1].subject == subject
        if subject is not None and not own and not is_expletive(previous.tokens, subject):
            options.append(from_elsewhere("topic-before", mention_span(previous.tokens, subject), None, gap, about))
        return options

    def _before(self, index: int, about: tuple[str, ...]) -> list[Option]:
        """The speaker before, if he is near."""
        mention = None if self.last is None else self.found[self.last].mention
        if self.last is None or mention is None or not self._gap(self.last, None, index):
            return []
        return [from_elsewhere("speaker-before", mention, None, self._between(self.last, index), about, self.last)]

    def _closes(self, sentence: Sentence, place: int, index: int) -> bool:
        """ "Now, “…”", "That makes her “…”": several words that end a sentence in which nobody is named to say them."""
        rest = sentence.tokens[place + 1 :]
        ends = not rest or (len(rest) == 1 and rest[0].type == ".")
        return ends and len(_WORDS.findall(self.article.text, *self.candidates[index].span)) >= _FEWEST_ON

    def _goes_on(self, index: int, rule: str) -> Attribution | None:
        """Words alone in their sentence, in the paragraph of others whose speaker is known."""
        if self.last is None or len(_WORDS.findall(self.article.text, *self.candidates[index].span)) < _FEWEST_ON:
            return None
        return self.found[self.last]._replace(
            rule=rule, cue=None, follows=self.last, distance=2, confidence=CONFIDENCE[rule]
        )

    def _answer(self, index: int) -> Attribution | None:
        """Words behind a question that are not its asker's, and other lines of a conversation."""
        beside = (self.article, self.candidates, self.found, index)
        return exchanged(*beside) or self._turn(index) or answer(*beside, self.previous)

    def _turn(self, index: int) -> Attribution | None:
        """A line of a conversation whose speakers the lines before name."""
        earlier = turn(self.article, self.candidates, self.found, index)
        if earlier is None:
            return None
        confidence = min(CONFIDENCE["turn"], self.found[earlier].confidence)
        return self.found[earlier]._replace(rule="turn", cue=None, follows=earlier, distance=2, confidence=confidence)

    def _is_listed(self, index: int) -> bool:
        """Whether the words are the next line of several that a colon brought in: no answer to a question."""
        if self.last is None or self.found[self.last].rule not in ("introduced", "goes-on"):
            return False
        gap = self._between(self.last, index)
        asked = last_character(self.article, self.candidates[self.last]) == "?"
        return not gap.strip() and not asked and self.candidates[self.last].rule == self.candidates[index].rule

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
