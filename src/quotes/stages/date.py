"""Date: the day on which the words were said, as far as the text tells.

A day counts where the reporting clause itself names it ("Kim said on May 9th", "on Saturday warned"), where the
paragraph is set on that day ("On May 9th, Russia celebrated …"), or where the article opens with a dated report by
the same speaker, which its later quotations go on with. Days inside the words, and days of other events, never count.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from quotes.lexicon import lexicon
from quotes.records import Article, DateBasis, Quotation, SaidOn, Span
from quotes.stages.date_expressions import Day, Expression, Placed, expressions, parse, place, reference

_NONE = SaidOn(None, None, "none", None, "none:no-date")
_BACKGROUND = re.compile(
    r"\b(?:since|until|till|before|after|by|from|of|ahead of|marking|for|between|through|to)(?: the)? $", re.IGNORECASE
)
_OTHER_CLAUSE = re.compile(
    r"\b(?:that|he|she|it|they|we|I|who|which|whether|where|when|because|would|will|was|were|had|has|have)\b"
)
_WORD = re.compile(r"\w+")
_PRONOUN = frozenset(["he", "she", "it", "they", "who", "himself", "herself", "i", "we"])
_EVENT_OPENING = re.compile(r"\s*(?:[Oo]n|[Ee]arly on|[Ll]ate on|[Ii]n)?\s*$")
_FORMULA = re.compile(
    r"\b(?:issued|released|made public|published|sent|delivered|carried|says this|said this|wrote|made|"
    r"bylined|editorial|commentary|told|said in|speech)\b"
)
_ANOTHER_TIME = re.compile(
    r"\b(?:[Ee]arlier|previously|once|often|always|regularly|repeatedly|usually|formerly|years? ago|weeks? ago"
    r"|months? ago|ever|"
    r"in (?:his|her|their|its|a) (?:\d{4} )?(?:book|memoirs?|autobiography|diary)|likes? to|has long|used to|every)\b"
)
_LEAD_PARAGRAPHS = 2
_LOOK_BACK = 6
_OPENING_SENTENCES = 3
_OPENING_WORDS = 40
_NEAR_PARAGRAPHS = 1
_MAX_WORDS = 9
_MAX_PLAIN = 2000


@dataclass(frozen=True, slots=True)
class _Dated:
    expression: Expression
    rule: str


def date(article: Article, quotations: Sequence[Quotation]) -> list[SaidOn]:
    """When each quotation was said, in their order. Linear in the length of the article."""
    return _Dating(article, quotations).run() if quotations else []


class _Dating:
    """One article: its date expressions outside the quoted words, and the days given so far."""

    def __init__(self, article: Article, quotations: Sequence[Quotation]) -> None:
        self.article = article
        self.quotations = quotations
        self.today = reference(article)
        spans = sorted(q.outer for q in quotations)
        self.covered = _merge(spans)
        head = article.dateline.span.end if article.dateline else 0
        self.named = [e for e in expressions(article) if e.span.start >= head and not self._is_quoted(e.span.start)]
        self.starts = [e.span.start for e in self.named]
        self.sentence_starts = [s.start for s in article.sentences]
        self.cues = sorted(q.cue.start for q in quotations if q.cue is not None)
        self.opening = self._find_opening()
        part = article.paragraphs[0] if article.paragraphs else Span(0, 0)
        self.opening_names = {word.lower() for word in _WORD.findall(article.text, *part) if word[0].isupper()}
        self.lead_key: str | None = None
        self.lead: SaidOn | None = None

    def run(self) -> list[SaidOn]:
        found: list[SaidOn] = []
        keys: list[str | None] = []
        for quotation in self.quotations:
            key = self._key(quotation, keys)
            keys.append(key)
            found.append(self._said(quotation, key, found))
            self._remember(quotation, key, found[-1])
        return found

    def _said(self, quotation: Quotation, key: str | None, found: Sequence[SaidOn]) -> SaidOn:
        if (own := self._own(quotation)) is not None:
            return self._resolve(own)
        if quotation.follows is not None and quotation.follows < len(found) and found[quotation.follows].edtf:
            before = found[quotation.follows]
            return SaidOn(before.date, before.edtf, before.basis, before.words, "same-utterance")
        if (scene := self._scene(quotation)) is not None:
            return self._resolve(scene)
        if self.lead is not None and key is not None and key == self.lead_key and quotation.parent is None:
            return SaidOn(self.lead.date, self.lead.edtf, self.lead.basis, self.lead.words, "same-report")
        return self._from_introduction(quotation) or self._from_opening(quotation, key)

    def _own(self, quotation: Quotation) -> _Dated | None:
        """A day in the reporting clause of the quotation."""
        cue = quotation.cue
        if cue is None:
            return None
        sentence = self._sentence(cue)
        for expression in self._between(sentence.start, sentence.end):
            if self._is_background(expression):
                continue
            if self._is_before(expression, sentence, cue, quotation.mention) or self._is_after(
                expression, cue, quotation
            ):
                return _Dated(expression, "cue-sentence")
        return None

    def _is_before(self, expression: Expression, sentence: Span, cue: Span, mention: Span | None) -> bool:
        if expression.span.end > cue.start:
            return False
        opening = self.article.text[sentence.start : expression.span.start]
        if _EVENT_OPENING.fullmatch(opening) and self._words(expression.span.end, cue.start) <= 3 * _MAX_WORDS:
            return not _OTHER_CLAUSE.search(
                self._plain(
                    expression.span.end, mention.start if mention and mention.start > expression.span.end else cue.start
                )
            )
        if mention is not None and mention.end <= expression.span.start:
            return self._words(expression.span.end, cue.start) <= 3
        return False

    def _is_after(self, expression: Expression, cue: Span, quotation: Quotation) -> bool:
        mention = quotation.mention
        start = max(cue.end, mention.end if mention and mention.start < expression.span.start else 0)
        if mention is not None and mention.start > cue.end and mention.start - cue.end > 200:
            start = cue.end
        if expression.span.start < start:
            return False
        between = self._plain(start, expression.span.start)
        if len(_WORD.findall(between)) > (3 * _MAX_WORDS if quotation.kind == "block" else _MAX_WORDS):
            return False
        if ";" in between:
            return False
        return quotation.kind == "block" or not _OTHER_CLAUSE.search(between)

    def _is_background(self, expression: Expression) -> bool:
        before = self.article.text[max(0, expression.span.start - 20) : expression.span.start]
        return bool(_BACKGROUND.search(before))

    def _scene(self, quotation: Quotation) -> _Dated | None:
        """The paragraph opens with a day: "On May 9th, …". It holds for what is said in that paragraph."""
        if quotation.kind == "block" or quotation.parent is not None:
            return None
        part = self._paragraph(quotation.outer.start)
        for expression in self._between(part.start, quotation.outer.start)[:1]:
            if expression.kind not in ("day", "weekday", "relative") or self._is_background(expression):
                continue
            sentence = self._sentence(expression.span)
            if sentence.end <= quotation.outer.start and not self._reports_other_words(sentence):
                return _Dated(expression, "scene")
        return None

    def _reports_other_words(self, sentence: Span) -> bool:
        k = bisect_right(self.cues, sentence.start - 1)
        return k < len(self.cues) and self.cues[k] < sentence.end

    def _from_introduction(self, quotation: Quotation) -> SaidOn | None:
        """A statement without marks takes the day of the sentence that announced it, in the paragraphs before."""
        if quotation.kind != "block":
            return None
        part = self._paragraph(quotation.cue.start if quotation.cue else quotation.span.start)
        for expression in reversed(self._between(0, part.end)[-_LOOK_BACK:]):
            if expression.kind not in ("day", "weekday") or self._is_background(expression):
                continue
            if _FORMULA.search(self.article.text, *self._sentence(expression.span)):
                return self._resolve(_Dated(expression, "announcement"))
        return None

    def _from_opening(self, quotation: Quotation, key: str | None) -> SaidOn:
        """The day on which the article opens, or that of its dateline, for what is said at the event it reports."""
        if quotation.parent is not None or self._is_elsewhere(quotation):
            return _NONE
        known = key in self.opening_names or (quotation.kind == "block" and not self._named(quotation))
        if self.opening is not None and (known or self._is_near(quotation)):
            return self._resolve(self.opening)
        if self.opening is not None or not known:
            return _NONE
        line = self.article.dateline
        if line is None or line.day is None or not self._is_speech(quotation):
            return _NONE
        placed = place(Expression(line.span, "day", Day(line.year, line.month, line.day)), self.today)
        return SaidOn(placed.date, placed.edtf, "dateline", line.span, "dateline")

    def _is_elsewhere(self, quotation: Quotation) -> bool:
        """Whether the reporting sentence speaks of another time: it names one, or says "earlier" or "often"."""
        around = self._sentence(quotation.cue or quotation.outer)
        if any(e.kind != "relative" for e in self._between(around.start, around.end)):
            return True
        return bool(_ANOTHER_TIME.search(self._plain(around.start, around.end)))

    def _is_near(self, quotation: Quotation) -> bool:
        return bisect_right(self.article.paragraphs, (quotation.outer.start, 10**12)) <= _NEAR_PARAGRAPHS

    def _is_speech(self, quotation: Quotation) -> bool:
        """Whether the cue is one of saying: what is described or called so may be long past."""
        if quotation.cue is None:
            return quotation.follows is not None
        words = self.article.text[quotation.cue.start : quotation.cue.end].lower().split()
        known = [cue for word in words if (cue := lexicon(self.article.lang).cues.get(word)) is not None]
        return quotation.kind == "block" or not known or known[0].cue_class in ("say", "go", "read")

    def _find_opening(self) -> _Dated | None:
        """The first day named in the opening sentences, unless it belongs to the background."""
        start = self.article.dateline.span.end if self.article.dateline else 0
        first = [s for s in self.article.sentences[:4] if s.end > start][:_OPENING_SENTENCES]
        if not first:
            return None
        for expression in self._between(first[0].start, first[-1].end):
            if expression.kind not in ("day", "weekday", "relative") or self._is_background(expression):
                continue
            if self._words(self._sentence(expression.span).start, expression.span.start) <= _OPENING_WORDS:
                return _Dated(expression, "opening")
        return None

    def _resolve(self, dated: _Dated) -> SaidOn:
        placed: Placed = place(dated.expression, self.today)
        words = dated.expression.span
        if placed.edtf is None:
            return SaidOn(None, None, "none", words, f"none:{dated.rule}-cannot-be-placed")
        if placed.date is not None and self._is_after_publication(placed.date):
            return SaidOn(None, None, "none", words, f"none:{dated.rule}-after-publication")
        basis: DateBasis = "relative" if dated.expression.kind in ("weekday", "relative") else "explicit"
        return SaidOn(placed.date, placed.edtf, basis, words, dated.rule)

    def _is_after_publication(self, day: str) -> bool:
        """Nobody is quoted with what he will say: such a day belongs to something else."""
        published = self.article.document.published
        return published is not None and parse(published).day is not None and day > published[:10]

    def _remember(self, quotation: Quotation, key: str | None, said: SaidOn) -> None:
        """A dated report in the first paragraphs dates what the same speaker is quoted with later."""
        if (
            self.lead is not None
            or key is None
            or said.edtf is None
            or said.rule != "cue-sentence"
            or quotation.cue is None
        ):
            return
        k = bisect_right([p.start for p in self.article.paragraphs], quotation.cue.start) - 1
        if k < _LEAD_PARAGRAPHS:
            self.lead, self.lead_key = said, key

    def _key(self, quotation: Quotation, keys: Sequence[str | None]) -> str | None:
        """Who speaks, roughly: the last name of the mention, for a pronoun or a bare role the speaker before."""
        if quotation.mention is None:
            return None
        if named := self._named(quotation):
            return named[-1].lower()
        words = _WORD.findall(self.article.text, *quotation.mention)
        if words and words[0].lower() in {*_PRONOUN, "the"}:
            return keys[-1] if keys else words[-1].lower()
        return None

    def _named(self, quotation: Quotation) -> list[str]:
        """Words of the mention that are written as names."""
        if quotation.mention is None:
            return []
        words = _WORD.findall(self.article.text, *quotation.mention)
        return [word for word in words if word[0].isupper() and word.lower() not in {*_PRONOUN, "the", "a", "an"}]

    def _between(self, start: int, end: int) -> list[Expression]:
        return self.named[bisect_right(self.starts, start - 1) : bisect_right(self.starts, end - 1)]

    def _sentence(self, span: Span) -> Span:
        k = max(0, bisect_right(self.sentence_starts, span.start) - 1)
        sentence = self.article.sentences[k] if self.article.sentences else Span(0, len(self.article.text))
        return Span(sentence.start, max(sentence.end, span.end))

    def _paragraph(self, position: int) -> Span:
        k = max(0, bisect_right(self.article.paragraphs, (position, 10**12)) - 1)
        return self.article.paragraphs[k] if self.article.paragraphs else Span(0, len(self.article.text))

    def _is_quoted(self, position: int) -> bool:
        k = bisect_right(self.covered, (position, 10**12)) - 1
        return k >= 0 and self.covered[k].start <= position < self.covered[k].end

    def _plain(self, start: int, end: int) -> str:
        """The narrator's own words between two positions; of a long stretch only the beginning."""
        end = min(end, start + _MAX_PLAIN)
        pieces, at = [], start
        k = max(0, bisect_right(self.covered, (start, 10**12)) - 1)
        while k < len(self.covered) and self.covered[k].start < end:
            if self.covered[k].end > at:
                pieces.append(self.article.text[at : max(at, self.covered[k].start)])
                at = self.covered[k].end
            k += 1
        pieces.append(self.article.text[at:end])
        return " ".join(pieces)

    def _words(self, start: int, end: int) -> int:
        return len(_WORD.findall(self._plain(start, end)))


def _merge(spans: Sequence[Span]) -> list[Span]:
    """Spans without those that stand inside others; sorted."""
    merged: list[Span] = []
    for span in spans:
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
