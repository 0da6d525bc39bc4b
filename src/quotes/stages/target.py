"""Target: whom or what a quotation is about.

The narrator's frame is asked first ("blasted X for its “…”", "described X as “…”", "“…” support for X"),
then the words themselves: what the speaker says that he supports or rejects, what his first clause is
about, whom he names. The speaker and his own side are targets only where nothing else is. Rules have a
rank; the best rank is the main target, named actors follow. Nothing found is an empty list.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from quotes.records import Article, Quotation, Span, Speaker, Target
from quotes.stages import target_addressee as addressee
from quotes.stages import target_frames as frames
from quotes.stages import target_often as often
from quotes.stages.target_clauses import clause_subject, first_object, focus, opinion, skip, subject_word, this, topic
from quotes.stages.target_names import ADDRESS, Called, Namer, Names, actors
from quotes.stages.target_own import Own
from quotes.stages.target_phrases import Word, phrase, words, words_before
from quotes.stages.target_words import TABLES

MOST = 5
"""Targets kept for one quotation."""
_SIGHT = 400
_CARRIED = 65
_SURE = 60
_FURTHER = 45
_SERIES = 81
_SERIAL = ("target.as", "target.for")
_INSIDE = 1600
_GREETING = 60
"""Words in which somebody is addressed who is spoken to, at most."""
_FIGHTS = TABLES["fights"]
_CARRYING = TABLES["carrying"]
_YOU = TABLES["you"]
_PLACES = TABLES["places"]
_OURS = ("our", "my")
_NAMING = ("named", "topic")
_QUALITIES = TABLES["qualities"] | TABLES["adjectives"]
_QUALITY_ENDS = ("ous", "ful", "ible", "able", "less", "ish", "-paid", "-minded")
_OFTEN = 69
"""Rank of whom a long statement names most often: below whom it speaks to and what it gives an opinion of."""
_ALONE = 30
"""Rank of the speaker's own side where the words only mention it: a target if there is no other."""
_INTRODUCTION = 500
_FAR = 1 << 60
"""Beyond every end: spans sort by their start, and of one start by their end."""


class _Guess(NamedTuple):
    """A place in the text that may name the target; the highest rank wins, then the earliest found."""

    span: Span
    rank: int
    rule: str


_RANK = attrgetter("rank")


def find(
    article: Article, quotations: Sequence[Quotation], speakers: Sequence[Speaker], registry: Names
) -> list[list[Target]]:
    """Targets of each quotation, the main one first; an empty list where none is found. Aligned with
    quotations.

    The rules are those of English; in a document of another language only actors that the registry knows are
    found, by their names in the quotation.
    """
    namer = Namer(article, quotations, speakers, registry)
    found: list[list[Target]] = []
    for k, (quotation, speaker) in enumerate(zip(quotations, speakers, strict=True)):
        earlier = _same_speech(quotations, speakers, k)
        carried = found[earlier][:1] if earlier is not None else []
        scene = _Scene(article, quotation, namer)
        english = article.document.lang in (None, "en")
        own = Own(namer, speaker, quotation.mention)
        guesses = list((_guesses if english else _foreign_guesses)(scene, own, namer))
        named = often.places(scene.named) if english and often.is_long(quotation) else {}
        if not scene.speaks_to and (main := often.main(article.text, own, speaker, named)) is not None:
            guesses.append(_Guess(main, _OFTEN, "often"))
        targets = _targets(scene, guesses, speaker, namer, carried)
        targets = [often.with_places(one, named) for one in targets]
        if scene.speaks_to:
            targets = [addressee.with_places(article.text, quotation, one) for one in targets]
        found.append(targets)
    return found


class _Scene:
    """A quotation, cut into typed words: inside the marks, and before and behind them where these are asked for."""

    def __init__(self, article: Article, quotation: Quotation, namer: Namer) -> None:
        self._article = article
        self.text = text = article.text
        self.quotation = quotation
        inner = quotation.span
        whole = words(text, inner.start, min(inner.end, inner.start + often.SIGHT))
        short = inner.end - inner.start <= _INSIDE or not whole
        self.inside = whole if short else words_before(whole, text, inner.start + _INSIDE)
        """The first words between the marks, which tell what they are about."""
        self.named = actors(whole, text, namer)
        """The actors that any words between the marks name, as many as are ever counted."""
        self.named_first = self.named if short else actors(self.inside, text, namer)
        """The actors that the first words name."""
        self.speaks_to = not _YOU.isdisjoint([word.word for word in self.inside[:_GREETING]])
        """Whether the first words are said to somebody: "you"."""

    @cached_property
    def before(self) -> list[Word]:
        start = self.quotation.outer.start
        begin = self._sentence(start).start
        return words(self.text, max(begin, start - _SIGHT), start)

    def introduction(self) -> list[Word]:
        """The sentences that introduce a statement: its day, its sender, to whom it was sent."""
        start = self.quotation.outer.start
        return words(self.text, max(0, start - _INTRODUCTION), start)

    def after(self) -> list[Word]:
        outer, mark = self.quotation.outer, self.quotation.mention
        end = max(outer.end, self._sentence(max(outer.start, outer.end - 1)).end)
        if mark is not None and outer.end <= mark.start <= outer.end + 60:
            end = max(end, mark.end)
        return words(self.text, outer.end, min(end, outer.end + _SIGHT))

    def _sentence(self, at: int) -> Span:
        """The sentence at or before a position."""
        sentences = self._article.sentences
        k = bisect_right(sentences, (at, _FAR)) - 1
        return sentences[k] if k >= 0 else Span(0, 0)


def _targets(
    scene: _Scene, guesses: list[_Guess], speaker: Speaker, namer: Namer, carried: Sequence[Target]
) -> list[Target]:
    """Targets by rank; ``carried`` is the main target of the words before, for "it" or for want of one."""
    guesses.sort(key=_RANK, reverse=True)
    bar = _CARRIED if subject_word(scene.inside) in _CARRYING else _SERIES if _is_series(scene, carried) else 0
    targets: list[Target] = []
    if carried and (not guesses or guesses[0].rank <= bar):
        targets.append(Target(carried[0].name, carried[0].id, carried[0].span, "target.carried"))
    seen = {target.id or target.name.casefold() for target in targets}
    named: set[Span] = set()
    for span, rank, rule in guesses:
        if rank < _FURTHER if targets else rank <= 0:
            break  # and those behind it have no higher rank
        if span in named:
            continue
        named.add(span)
        called = namer.name(scene.text[span.start : span.end], speaker)
        key = called.id or called.name.casefold()
        if called.name and key not in seen and (rank >= _SURE or called.known or not targets):
            seen.add(key)
            targets.append(Target(called.name, called.id, span, f"target.{rule}"))
    return targets[:MOST]


def _is_series(scene: _Scene, carried: Sequence[Target]) -> bool:
    """Whether the fragment is a further one under the same verb: called X a “…”, a “…” and “…”."""
    if scene.quotation.kind != "mixed" or not carried or carried[0].rule not in _SERIAL:
        return False
    start = carried[0].span.end
    between = scene.before[-12:]
    return (
        bool(between)
        and between[0].start <= start + 200
        and all(word.kind in ",KDLMYN" for word in between[-3:])
    )


def _guesses(scene: _Scene, own: Own, namer: Namer) -> Iterator[_Guess]:
    if scene.quotation.kind != "block":
        for guess in _from_frame(scene, namer):
            yield _lowered(scene, guess, own, 60)
    elif scene.speaks_to and (found := frames.written_to(scene.introduction())) is not None:
        yield _lowered(scene, _Guess(focus(*found), 70, "addressee"), own, 60)
    for guess in _from_words(scene):
        if not own.covers(guess.span, scene.text):
            yield guess
            continue
        place = own.place(scene.inside, guess.span)
        if place == "aside" and guess.rule in _NAMING:
            yield guess._replace(rank=_ALONE)
        elif place != "harmed":
            yield guess._replace(rank=guess.rank - 16)


def _foreign_guesses(scene: _Scene, own: Own, _: Namer) -> Iterator[_Guess]:
    for span, called in scene.named_first:
        if called.id is not None:
            yield _lowered(scene, _Guess(span, 62, "named"), own, 16)


def _lowered(scene: _Scene, guess: _Guess, own: Own, by: int) -> _Guess:
    """The guess, ``by`` ranks lower where it is the speaker's own side."""
    return guess._replace(rank=guess.rank - by) if own.covers(guess.span, scene.text) else guess


def _from_frame(scene: _Scene, namer: Namer) -> Iterator[_Guess]:
    """Guesses from the narrator's words."""
    before, after = scene.before, scene.after()
    mixed = scene.quotation.kind == "mixed"
    fights = bool(scene.inside) and scene.inside[-1].word in _FIGHTS
    points = _opens_pointing(scene) or frames.names_pronoun(before)
    rules = [
        (100, "as", frames.named_as(before)),
        (95, "for", frames.blamed_for(before)),
        (85, "toward", frames.directed_at(after) if mixed and not fights else None),
        (86, "toward", frames.qualified(scene.inside, after) if mixed else None),
        (82, "whose", frames.owned_by(before)),
        (75, "subject", frames.subject(before) if mixed else None),
        (70 if scene.speaks_to else 20, "addressee", frames.addressee(before, after)),
        (66, "attitude", frames.attitude_object(before)),
        (64, "attitude", frames.attitude_object(before, stressed=False)),
        (67 if points else 38, "about", frames.asked_about(after) or frames.asked_about(before)),
    ]
    for rank, rule, found in rules:
        if found is not None:
            yield _Guess(focus(*found), rank, rule)
    if mixed and not frames.names_pronoun(before):
        yield from (_Guess(span, 25, "near") for span, _ in reversed(actors(before, scene.text, namer)))


def _opens_pointing(scene: _Scene) -> bool:
    """Whether the words begin with what only the question before them can tell: "This is …" when asked about X."""
    return next((word.word for word in scene.inside if word.kind not in ",KY"), "") in ("this", "that", "it", "these")


def _from_words(scene: _Scene) -> Iterator[_Guess]:
    """Guesses from the quoted words."""
    inside, text = scene.inside, scene.text
    mixed = scene.quotation.kind == "mixed" and not _is_clause(inside)
    if mixed:
        if frames.opens_verb(scene.before) and (found := first_object(inside)) is not None:
            yield _Guess(focus(inside, found), 78, "deed")
        elif frames.opens_object(scene.before) and (found := phrase(inside, 0)) is not None:
            yield _Guess(focus(inside, found), 90, "object")
    found_topic = None if mixed else topic(inside)
    # "Our security is exposed to the threats of X" is about X, where X is named.
    owned = found_topic is not None and inside[found_topic[0]].word in _OURS and _is_whole(inside, found_topic)
    for rank, rule, found in (
        (72, "opinion", opinion(inside, narrated=mixed)),
        (60 if owned else 68, "topic", found_topic),
        (66, "this", this(inside)),
        (50, "deed", first_object(inside)),
    ):
        if found is not None and not _is_quality(inside, found) and not _is_to_you(inside, found):
            for each in _in_full(focus(inside, found), scene.named_first, text):
                yield _Guess(each, rank, rule)
    named = scene.named_first
    for span, called in named:
        place = text[span.start : span.end].rpartition(" ")[2].casefold() in _PLACES
        yield _Guess(span, 62 if called.known else 35 if place else 55, "named")
    found = phrase(inside, skip(inside, 0, ",KYVW")) if mixed and not frames.names_pronoun(scene.before) else None
    if found is not None and not _is_quality(inside, found):
        yield _Guess(focus(inside, found), 40, "fragment")


def _in_full(span: Span, named: Sequence[tuple[Span, Called]], text: str) -> list[Span]:
    """All of a known name of which the span is a part: no "Republic of X" in "Democratic People's Republic of X".

    Of two known names joined by "and" each.
    """
    start = span.start + 4 if text.startswith(("the ", "The "), span.start) else span.start
    k = bisect_right(named, start, key=lambda one: one[0].start) - 1
    if k < 0 or not named[k][1].known:
        return [span]
    whole = named[k][0]
    if span.end <= whole.end:
        return [whole if whole.start < span.start else span]
    if k + 1 == len(named) or not named[k + 1][1].known or named[k + 1][0].end != span.end:
        return [span]
    other = named[k + 1][0]
    return [whole, other] if text[whole.end : other.start].strip() in ("and", "and the") else [span]


def _is_to_you(inside: Sequence[Word], found: tuple[int, int]) -> bool:
    """ "wish Your Excellency good health": about whomever the words are said to, if about anybody."""
    return any(word.word in ADDRESS for word in inside[slice(*found)])


def _is_quality(inside: Sequence[Word], found: tuple[int, int]) -> bool:
    """Whether the words only say what something is ("right", "most infuriating"), how many, or begin a deed."""
    start, end = found
    if end == start + 1 and inside[start].word.endswith("ing") and (end == len(inside) or inside[end].kind in "DPW"):
        return True  # "Working that lamp was hard"
    return all(
        word.kind in "YDM" or word.word in _QUALITIES or (word.kind == "L" and word.word.endswith(_QUALITY_ENDS))
        for word in inside[slice(*found)]
    )


def _is_whole(inside: Sequence[Word], found: tuple[int, int]) -> bool:
    """Whether a phrase points at nothing beyond itself, as "our anger at X" does."""
    return focus(inside, found).start == inside[found[0]].start


def _is_clause(inside: Sequence[Word]) -> bool:
    """Whether a fragment is long enough to hold a subject of its own: "the troops will be withdrawn"."""
    found = clause_subject(inside, 0)
    return found is not None and len(inside) > 5 and inside[found[1]].kind in "AV"


def _same_speech(quotations: Sequence[Quotation], speakers: Sequence[Speaker], k: int) -> int | None:
    """The quotation before this one, where the same speaker goes on."""
    follows = quotations[k].follows
    if follows is not None and 0 <= follows < k:
        return follows
    if k == 0 or quotations[k].span.start - quotations[k - 1].span.end > 600:
        return None
    name = speakers[k].name
    return k - 1 if name is not None and name == speakers[k - 1].name else None


__all__ = ["MOST", "Called", "find"]
