"""Date: the day on which the words were said, as far as the text tells.

A day counts where the reporting clause itself names it ("Kim said on May 9th", "on Saturday warned"), where what is
told around the words happened on it ("On May 9th, Russia celebrated …"), and where the article opens with a dated
report of the same speaker, which its later quotations go on with. A dateline counts for what the opening reports as
new. Days inside the words never date their saying, nor do days of the background ("the treaty signed in June").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quotes.edtf import Day, parse
from quotes.lexicon import Cue, lexicon
from quotes.records import Article, DateBasis, Quotation, SaidOn, Span
from quotes.stages import date_issues as issues
from quotes.stages import date_patterns as patterns
from quotes.stages.date_calendar import place, reference
from quotes.stages.date_clauses import distance, is_background, reports, sentence_start
from quotes.stages.date_expressions import Expression
from quotes.stages.date_narration import Narration, Places, narration, words
from quotes.stages.date_scenes import DAYS, Scene, Scenes, is_single_day, scene
from quotes.stages.date_speakers import Voices

_NONE = SaidOn(None, None, "none", None, "none:no-date")
_REPLY = frozenset("answer reply retort respond counter rejoin".split())
_GOES_ON = frozenset("add continue conclude go".split())
_TOLD_BETWEEN, _TOLD_BETWEEN_PARAGRAPHS, _TOLD_IN_TALK = 40, 6, 6
"""Words of the narrator between a quotation and the one that goes on with it, at most."""
_REPORTED_BEHIND = ("block:postposed",)
"""Statements that are reported in their own paragraph, behind the words."""
_TRANSCRIPT = "block:speaker-line"
"""Turns of a talk, which was held on the day that the article opens with."""
_NAMED_BEFORE = 12
"""Dates before the words among which that of a writing is looked for."""
_SHOUT = 20
"""Characters before the words in which "the shouts of" stands."""
_OPENING_PARAGRAPHS = 3
_OPENING_LENGTH = 1600
"""The opening of an article: so many paragraphs, and no more characters than that."""
_SUBJECT_LENGTH = 200
"""Characters between the mention of a speaker and the verb, at most, that may hold his name or office."""


def date(article: Article, quotations: Sequence[Quotation]) -> list[SaidOn]:
    """When each quotation was said, in their order. Never raises; time grows with the length of the article."""
    return _Dating(article, quotations).run() if quotations else []


class _Dating:
    """One article: the narrator's words and dates, the scenes he sets, and the days given so far."""

    def __init__(self, article: Article, quotations: Sequence[Quotation]) -> None:
        self.article = article
        self.quotations = quotations
        self.places = Places(article)
        self.today = reference(article)
        self.foreign = (article.document.lang or "en").lower()[:2] != "en"
        self.within: dict[int | None, list[Span]] = {}
        for q in quotations:
            self.within.setdefault(q.parent, []).append(q.outer)
        self.whole = narration(article, Span(0, len(article.text)), sorted(self.within.get(None, ())))
        self.inner: dict[int, Narration] = {}
        self.busy = {
            self.places.sentence(q.cue.start): (q.mention, q.cue)
            for q in reversed(quotations) if q.cue is not None and q.mention is not None and q.parent is None
        }
        told = self.whole.between(0, max(q.outer.start for q in quotations))
        self.scenes = Scenes([each for one in told if (each := self._scene(one, self.whole)) is not None])
        self.voices = Voices(article, quotations, self.whole.text)
        self.found: list[SaidOn] = []

    def run(self) -> list[SaidOn]:
        for index, quotation in enumerate(self.quotations):
            said = self._said(index, quotation)
            self.found.append(said if self._is_possible(said) else replace(_NONE, rule="none:after-publication"))
        return self.found

    def _is_possible(self, said: SaidOn) -> bool:
        limit = self.article.document.published or ""
        return said.date is None or parse(limit).year is None or said.date[: len(limit)] <= limit

    def _said(self, index: int, quotation: Quotation) -> SaidOn:
        around = self._around(quotation)
        zone = self.places.zone(quotation, around.span) if around is not None else Span(0, 0)
        quoted = around is not None and self._is_quoted_by_another(quotation, around, zone)
        if around is not None and (own := self._own(quotation, around, zone)) is not None:
            return own if not quoted or own.date is None else replace(own, date=None, edtf=f"../{own.date}")
        if quoted:
            return _NONE
        if quotation.follows is not None and quotation.follows < index and self.found[quotation.follows].edtf:
            return replace(self.found[quotation.follows], rule="same-utterance")
        if quotation.parent is not None:
            return self._in_inner_scene(quotation) or self._in_statement(index, quotation) or _NONE
        if quotation.kind != "block":
            outer = quotation.outer
            told = self.whole.slice(zone.start, outer.start) + " " + self.whole.slice(outer.end, zone.end)
            if patterns.ANOTHER_TIME.search(told):
                return replace(_NONE, rule="none:another-time")
        return (
            self._from_issue(quotation)
            or self._continued(index, quotation)
            or self._in_scene(quotation)
            or self._from_opening(index, quotation, zone)
            or self._from_event(quotation)
            or self._from_dateline(index, quotation)
            or self._bounded(zone)
            or _NONE
        )

    @staticmethod
    def _is_quoted_by_another(quotation: Quotation, around: Narration, zone: Span) -> bool:
        """Whether somebody is told to have quoted the speaker: "the paper quoted Brenn as calling them “…”"."""
        if quotation.kind == "block":
            return False
        before = around.slice(zone.start, quotation.outer.start)
        return "quot" in before and patterns.QUOTED_AS.search(before) is not None

    def _own(self, quotation: Quotation, around: Narration, zone: Span) -> SaidOn | None:
        """The day that the reporting clause names."""
        if quotation.cue is None and quotation.kind != "block":
            return None
        cue = quotation.cue or Span(zone.start, zone.start)
        best: tuple[bool, int, Expression] | None = None
        for one in around.between(zone.start, zone.end):
            start = sentence_start(self.places, around, one.span.start)
            if self._is_inner_day(quotation, one) or is_background(around, one, start):
                continue
            if reports(around, one, quotation.cue):
                continue
            far = distance(
                around, one, cue, quotation.mention, start, formula=quotation.kind == "block", foreign=self.foreign
            )
            if far is not None and (best is None or (one.kind not in DAYS, far) < best[:2]):
                best = (one.kind not in DAYS, far, one)
        return self._resolve(best[2], "cue-sentence") if best else None

    def _around(self, quotation: Quotation) -> Narration | None:
        """The words in which the quotation is told: the narrator's, or those of the quotation around it."""
        parent = quotation.parent
        if parent is None:
            return self.whole
        if not 0 <= parent < len(self.quotations) or self.quotations[parent].parent is not None:
            return None
        if parent not in self.inner:
            self.inner[parent] = narration(self.article, self.quotations[parent].span, sorted(self.within[parent]))
        return self.inner[parent]

    @staticmethod
    def _is_inner_day(quotation: Quotation, one: Expression) -> bool:
        """Whether the day is "today" inside quoted words: it counts from their saying, not from the document."""
        return quotation.parent is not None and one.word.startswith("days:")

    def _scene(self, one: Expression, told: Narration) -> Scene | None:
        return scene(one, told, self.places, self.foreign, self._resolve)

    def _in_inner_scene(self, quotation: Quotation) -> SaidOn | None:
        """The last scene in the paragraph of the words around: an article may be quoted whole."""
        around = self._around(quotation)
        if around is None or self._is_present(quotation):
            return None
        zone = self.places.zone(quotation, around.span)
        part = self.places.paragraphs[self.places.paragraph(quotation.outer.start)]
        start = max(around.span.start, part.start, zone.start - _OPENING_LENGTH)
        for one in reversed(around.between(start, quotation.outer.start)):
            if not self._is_inner_day(quotation, one) and (found := self._scene(one, around)) is not None:
                return found.said
        return self._of_his_remarks(quotation, around)

    def _of_his_remarks(self, quotation: Quotation, around: Narration) -> SaidOn | None:
        """The day of remarks of which the sentence before tells: "Brenn on May 4 made remarks … He repeated “…”"."""
        k = self.places.sentence(quotation.outer.start)
        sentence, before = self.places.sentences[k], self.places.sentences[max(0, k - 1)]
        mention = quotation.mention
        if mention is None or mention.start > sentence.start + 1 or not self.voices.is_pronoun(mention):
            return None
        days = [one for one in around.between(*before) if is_single_day(one)]
        if len(days) != 1 or not issues.tells_remarks(around.slice(*before), days[0].span.start - before.start):
            return None
        return self._resolve(days[0], "scene")

    def _in_statement(self, index: int, quotation: Quotation) -> SaidOn | None:
        """The day of the statement around, of its own speaker and of what goes on then, not of what others call so."""
        parent = quotation.parent
        if parent is None or parent >= index or self.foreign or not self.found[parent].edtf:
            return None
        around, start = self._around(quotation), quotation.outer.start
        before = around.slice(max(around.span.start, start - 40), start) if around else ""
        now = patterns.PROGRESSIVE.search(before) is not None
        stands = quotation.cue is not None and self.article.text[slice(*quotation.cue)] == ":"
        own = quotation.mention is not None and (
            self.voices.same(index, parent) or (stands and self.voices.is_first_person(quotation.mention))
        )
        if quotation.mention is not None and self.article.text.startswith(("a ", "an "), quotation.mention.start):
            return None  # "a string of sharp remarks like …" were made at some other time
        return replace(self.found[parent], rule="statement") if now or own else None

    def _from_issue(self, quotation: Quotation) -> SaidOn | None:
        """The day on which "the white paper", "the commentary" was issued, where the article tells of that before."""
        noun = self.voices.paper(quotation.mention)
        carried = noun is None and quotation.kind == "block" and self.voices.is_it(quotation.mention)
        if (noun is None and not carried) or quotation.mention is None:
            return None
        named = self.whole.between(0, min(quotation.mention.start, quotation.outer.start))[-_NAMED_BEFORE:]
        at = [self.places.sentence(one.span.start) for one in named]
        for k in sorted(set(at), reverse=True):
            days = [one for one, there in zip(named, at, strict=True) if there == k and is_single_day(one)]
            days = [one for one in days if not is_background(self.whole, one, self.places.sentences[k].start)]
            if not days:
                continue
            start = max(self.places.sentences[k].start, days[0].span.start - _OPENING_LENGTH)
            told = self.whole.slice(start, min(self.places.sentences[k].end, start + 2 * _OPENING_LENGTH))
            place = issues.any_issue(told) if noun is None else issues.issue(told, noun)
            if place is not None:
                said = self._resolve(min(days, key=lambda one: abs(one.span.start - start - place)), "issue")
                return said if said.edtf else None
        return None

    def _in_scene(self, quotation: Quotation) -> SaidOn | None:
        """The last scene before the words, in their paragraph."""
        last, paragraph = self.scenes.last(quotation.outer.start), self.places.paragraph(quotation.outer.start)
        # A statement that fills paragraphs of its own is introduced in the one before.
        first = paragraph - (quotation.kind == "block" and quotation.rule not in _REPORTED_BEHIND)
        if self._is_on_the_spot(quotation):
            first = paragraph - _OPENING_PARAGRAPHS
        if last is None or not first <= last.paragraph <= paragraph or self._is_present(quotation):
            return None
        if self._is_anothers(quotation, last):
            return None
        if quotation.kind == "block" and self._is_history(last) and not self._is_in_speech(quotation, last):
            return None
        return None if last.sentence in self.busy and not last.opens else last.said

    def _is_anothers(self, quotation: Quotation, told: Scene) -> bool:
        """Whether the day is that of a paper's commentary, in which or behind which somebody else is quoted."""
        paper = issues.commentary(self.whole.slice(*self.places.sentences[told.sentence]))
        return paper is not None and quotation.kind != "block" and self.voices.is_other(quotation.mention, paper)

    def _is_on_the_spot(self, quotation: Quotation) -> bool:
        """Whether the words were said where what is told before happened."""
        cue = quotation.cue
        return cue is not None and patterns.ON_THE_SPOT.match(self.whole.slice(cue.end, cue.end + 20)) is not None

    def _continued(self, index: int, quotation: Quotation) -> SaidOn | None:
        """The day of the quotation before, where this one goes on with it or answers it."""
        k = index - 1
        while k >= 0 and self.quotations[k].parent is not None:
            k -= 1
        if k < 0 or self.found[k].edtf is None:
            return None
        before = self.quotations[k]
        apart = self.places.paragraph(quotation.outer.start) - self.places.paragraph(before.outer.end - 1)
        if apart > 1 or self.scenes.part(before, quotation, self.found[k]):
            return None
        same = apart == 0 and self.places.sentence(before.outer.end - 1) == self.places.sentence(quotation.outer.start)
        return replace(self.found[k], rule="continued") if same or self._goes_on(index, k, apart) else None

    def _goes_on(self, index: int, k: int, apart: int) -> bool:
        """Whether a quotation goes on with another, so many paragraphs before, or answers it."""
        before, quotation = self.quotations[k], self.quotations[index]
        lemmas = {cue.lemma for cue in self._cues(quotation)}
        told = len(words(self.whole.slice(before.outer.end, quotation.outer.start)))
        unsaid = quotation.cue is None and quotation.mention is None and quotation.kind == "direct"
        if lemmas & _REPLY or (unsaid and told <= _TOLD_IN_TALK):
            return True
        if told > (_TOLD_BETWEEN if apart == 0 else _TOLD_BETWEEN_PARAGRAPHS):
            return False
        adds = bool(lemmas & _GOES_ON) and (told <= _TOLD_IN_TALK or self.voices.same(index, k))
        return self.voices.goes_on(index, k) or adds

    def _from_opening(self, index: int, quotation: Quotation, zone: Span) -> SaidOn | None:
        """The day on which the article opens, for those who take part in what it opens with."""
        opening = self._opening(quotation)
        if opening is None or self._is_present(quotation) or self._is_anothers(quotation, opening):
            return None
        if self._is_history(opening) and not self._is_in_speech(quotation, opening):
            return None
        first_words = index == 0 and quotation.kind == "direct" and opening.says
        there = (
            quotation.rule == _TRANSCRIPT
            or self._is_afterwards(quotation, zone)
            or self._is_shouted(quotation)
            or (first_words and self.places.paragraph(quotation.outer.start) == opening.paragraph + 1)
            or self.voices.takes_part(index, self._told_in(opening))
        )
        return replace(opening.said, rule="opening") if there else None

    def _is_shouted(self, quotation: Quotation) -> bool:
        """Whether nobody in particular shouts the words at what is told: "amid the shouts of “…”"."""
        start = quotation.outer.start
        return quotation.mention is None and patterns.CHEERS.search(self.whole.slice(start - _SHOUT, start)) is not None

    def _is_afterwards(self, quotation: Quotation, zone: Span) -> bool:
        """Whether the words were said when what the article opens with was over: "At the end of the visit, …"."""
        return patterns.AFTERWARDS.match(self.whole.slice(zone.start, quotation.outer.start)) is not None

    def _from_event(self, quotation: Quotation) -> SaidOn | None:
        """The day on which an occasion was held, for those of whom the report tells then that they spoke there."""
        last = self.scenes.last(quotation.outer.start)
        if last is None or self._is_present(quotation) or not self.scenes.is_only_day(quotation.outer.start):
            return None
        sentence = self.places.sentences[last.sentence]
        days = [one for one in self.whole.between(*sentence) if one.kind in DAYS]
        if len(days) > 1:
            return None  # "in Ostrel and Selwick on May 3 and June 4"
        if not issues.is_occasion(self.whole.slice(sentence.start, min(sentence.end, last.at + _OPENING_LENGTH))):
            return None
        told = self.whole.slice(sentence.end, min(quotation.outer.start, sentence.end + 3 * _OPENING_LENGTH))
        speech = issues.told_speech(told)
        spoke = speech is not None and self.voices.is_named_in(quotation.mention, speech)
        opens = last.paragraph == 0 and quotation.mention is not None
        reports = quotation.kind == "block" and last.sentence == 0
        behind = quotation.kind == "block" and quotation.mention is not None
        behind = behind and self.places.sentence(quotation.outer.start - 2) == last.sentence + 1
        if spoke or behind or (opens and (reports or issues.tells_attendance(told))):
            return replace(last.said, rule="event")
        return None

    def _is_history(self, opening: Scene) -> bool:
        """Whether the article opens with what happened years ago."""
        year, now = parse(opening.said.date).year, self.today.year
        return year is not None and now is not None and year < now - 1

    def _is_in_speech(self, quotation: Quotation, opening: Scene) -> bool:
        """Whether the words were said in the speech with which the article opens: "he said in his speech"."""
        zone = self.places.zone(quotation, self.whole.span)
        noun = patterns.IN_HIS_SPEECH.search(self.whole.slice(zone.start, quotation.outer.start))
        return noun is not None and f" {noun['noun']} " in self.whole.slice(*self._told_in(opening))

    def _opening(self, quotation: Quotation) -> Scene | None:
        first = self.scenes.first(quotation.outer.start)
        parts = self.places.paragraphs[:_OPENING_PARAGRAPHS]
        if first is None or first.at < min(parts[-1].end, _OPENING_LENGTH):
            return first
        # The only day that an agency's report names is that of what it reports.
        return first if self.article.dateline is not None and self.scenes.is_only_day(quotation.outer.start) else None

    def _told_in(self, opening: Scene) -> Span:
        """Where those are named who take part; of a sentence that quotes somebody, its speaker alone."""
        if opening.sentence not in self.busy:
            told = Span(0, min(self.places.paragraphs[opening.paragraph].end, opening.at + _OPENING_LENGTH))
            return self._issuer(told) if opening.paragraph == 0 else told
        mention, cue = self.busy[opening.sentence]
        start = 0 if self.voices.is_pronoun(mention) else self.places.sentences[opening.sentence].start
        end = max(start, mention.end, cue.end if cue.start - mention.end < _SUBJECT_LENGTH else 0)
        return Span(max(start, end - _OPENING_LENGTH), end)

    def _issuer(self, told: Span) -> Span:
        """Of a report that somebody issued something, his name alone: what it tells of others they did not say then."""
        verb = issues.ISSUING.search(self.whole.slice(told.start, min(told.end, self.places.sentences[0].end)))
        return told if verb is None else Span(told.start, told.start + verb.start())

    def _from_dateline(self, index: int, quotation: Quotation) -> SaidOn | None:
        """The day of the dateline, for words that the first paragraph reports as new."""
        line = self.article.dateline
        if line is None or line.day is None or line.month is None or self._is_present(quotation):
            return None
        first = next((part for part in self.places.paragraphs if part.end > line.span.end), None)
        if first is None:
            return None
        lead = Span(line.span.end, min(first.end, line.span.end + _OPENING_LENGTH))
        told = self.whole.slice(*lead)
        if patterns.SECOND_HAND.search(told) or not patterns.SPEECH.search(told):
            return None
        if not self.voices.takes_part(index, self._issuer(lead)):
            return None
        said = self._resolve(Expression(line.span, "day", Day(line.year, line.month, line.day)), "dateline")
        return replace(said, basis="dateline") if said.edtf else None

    def _bounded(self, zone: Span) -> SaidOn | None:
        """Words that were reported on a day were said no later."""
        for one in self.whole.between(zone.start, zone.end):
            if reports(self.whole, one, None) and (day := self._resolve(one, "reported")).date:
                return SaidOn(None, f"../{day.date}", day.basis, day.words, "reported")
        return None

    def _cues(self, quotation: Quotation) -> list[Cue]:
        if quotation.cue is None:
            return []
        table = lexicon(self.article.document.lang).cues
        return [table[word] for word in words(self.article.text[slice(*quotation.cue)].lower()) if word in table]

    def _is_present(self, quotation: Quotation) -> bool:
        """Whether somebody is quoted in the present tense, or as having said it before: neither tells of a day."""
        if self.foreign or quotation.kind == "block":
            return False
        if quotation.cue is not None and self.whole.slice(quotation.cue.start - 4, quotation.cue.start) == "had ":
            return True
        return {cue.form for cue in self._cues(quotation)} == {"present"}

    def _resolve(self, one: Expression, rule: str) -> SaidOn:
        placed = place(one, self.today)
        if placed.edtf is None:
            return SaidOn(None, None, "none", one.span, f"none:{rule}-cannot-be-placed")
        basis: DateBasis = "relative" if one.kind in ("weekday", "relative") else "explicit"
        return SaidOn(placed.date, placed.edtf, basis, one.span, rule)
