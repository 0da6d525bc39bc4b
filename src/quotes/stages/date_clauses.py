"""Whether a date belongs to the reporting clause, to a scene, or to the background."""

from __future__ import annotations

import re

from quotes.lexicon import CUES
from quotes.records import Span
from quotes.stages.date_expressions import Expression
from quotes.stages.date_narration import Narration, Places, words
from quotes.stages.date_words import TABLES

_PREPOSITION = re.compile(
    r"(?:\b(?P<preposition>\w+)(?: the| this)?|(?P<bracket>[(\[]))\s*$"
)
_PAGE = re.compile(
    r"\b(?:morning|afternoon|evening|night|hours|statement|letter|message|speech|entry|issue|edition|article)"
    r" (?:of|for)(?: the)?\s*$"
)
_MODIFIER = re.compile(r"\b(?:the|a|an|this|that|its|his|her|their|our|these|those)\s+$|['’]s?\s+$", re.IGNORECASE)
_VENUE = (
    "briefing|speech|statement|interview|conference|address|rally|meeting|letter|message|debate|hearing|summit|talks|"
    "appearance|report|editorial|article|tweet|post|commentary|dispatch|session|ceremony|sermon|press|broadcast|"
    "e-?mail|memo|release|call|video|forum|event|town hall|gathering|testimony"
)
_AT_VENUE = re.compile(rf"^(?:['’]s?)?(?:\s+[\w-]+){{0,3}}?\s+(?:{_VENUE})s?\b")
_NAME_BEHIND = re.compile(r" (?:[Jj]oint|[A-Z][a-z]+ [A-Z][a-z]|[Dd]eclaration|[Aa]greement|[Uu]prising|[Rr]evolution)")
"""What a day is part of the name of: "the spirit of June 15 Joint Declaration"."""
_CELEBRATED = re.compile(
    r"\b(?:celebrat(?:ion of|e|ing)|mark|marking|commemorat(?:ion of|e|ing)|observance of|occasion of|honou?r of)"
    r" (?:the )?$"
)
"""In front of a day that is kept, on whatever day that is done."""
_ON = re.compile(r"\W*[Oo]n ")
_ACCORDING = re.compile(r"\b[Aa]ccording to\b")
_OCCASION = re.compile(rf"\W*(?:In|At|During|Addressing) (?:[\w-]+ ){{1,4}}?(?:{_VENUE})s?\b")
_SPEAKS = re.compile(
    r"\b(?:made|delivered|gave|sent|received) (?:a|an|the|his|her) (?:[\w-]+ ){0,4}"
    r"(?:speech|address|message|letter|report)\b"
)
_ENDS = re.compile(r"\.?\s*(?:\n|$)|\. [A-Z]")
_POSSESSIVE = re.compile(r"^['’]s?\b")
_REPORTED = re.compile(
    r"\b(?:report(?:ed|s|ing)|(?:media|agency|television|radio) (?:said|announced))(?: (?:on|late|early))*\s*$"
)
_REPORTED_BEHIND = re.compile(r"\s*(?:보도|전했|報じ|報道|伝え|报道)")
"""Of an agency's report, in languages whose verb comes last."""
_AND_CUE = re.compile(r"^,?\s*(?:and|where|when|as|but)(?: (?:he|she|they|it|also|then))?(?: \w+ly)?\s*$")
_OPENING = re.compile(
    r"\W*(?:[Oo]n|[Ii]n|[Ee]arly on|[Ll]ate on|[Aa]t|[Ss]peaking(?: \w+){0,6}|[Aa]m|[Ee]l|[Ll]e|[Вв]о?|"
    r"But|And|Then|Also|[Ii]t was|One day)?"
    r"(?: (?:on|in|the))?\s*"
)
_AUXILIARIES = ("has", "had", "have", "is", "was")
_SMALL = ("on", "in", "last", "late", "early", "at", "the")
_CLEFT = re.compile(r"^\s*It was (?:\w+ ){1,6}?(?:who|that) ")
_CLAUSE_EDGE = re.compile(r"[,;:.!?—–(|]\s|\n")
_PAPERS = re.compile(r"\b(?:[Nn]ewspapers|[Pp]apers|[Dd]ailies)(?: (?:of|in) (?:the )?[A-Z]\w+)?(?: on)? $")
_MEANWHILE = re.compile(r",\s+\w+ing\b[^,;.]{0,120},\s*")
"""What somebody does as he speaks: "Brenn on May 4, referring to the dyke, said"."""
_SAYING = ("say", "evaluate", "attack", "favour", "express", "speak", "read")
_FINITE_CUES = frozenset(word for word, cue in CUES.items() if cue.form != "base" and cue.cue_class in _SAYING)
_SIGHT = 400
"""Characters of a sentence that are looked at on each side of a date."""
_FAR_BEHIND = 16
_FAR_IN_FORMULA = 40
_FAR_BEFORE = 45
"""Words between a cue and its date, at most, on either side and where a statement printed whole is introduced."""


def is_background(narration: Narration, one: Expression, start: int) -> bool:
    """Whether the date belongs to something else by its own form: "since Monday", "the May 9 attack"."""
    before = narration.slice(max(start, one.span.start - 40), one.span.start)
    behind = narration.slice(one.span.end, one.span.end + 60)
    if one.coming:
        return True
    if _POSSESSIVE.match(behind) and not _AT_VENUE.match(behind):
        return True
    if one.kind == "day" and _NAME_BEHIND.match(behind) and not _ON.fullmatch(before):
        return True
    if _CELEBRATED.search(before):
        return True
    told = before.rstrip()  # only its last two words are worth a look
    last = told.rfind(" ")
    last_but_one = told.rfind(" ", 0, max(last, 0))
    if _MODIFIER.search(before, last + 1) and one.word not in ("same", "next") and not _AT_VENUE.match(behind):
        return True
    match = _PREPOSITION.search(before, last_but_one + 1)
    if match is None:
        return False
    if match["bracket"]:
        return True
    preposition = match["preposition"].lower()
    if one.kind == "range" and preposition in ("from", "between"):
        return False  # "a forum held from June 18 to 20"
    return preposition in TABLES["background"] and not _PAGE.search(before)


def at_venue(narration: Narration, one: Expression) -> bool:
    """Whether the day is that of an occasion on which people speak: "Thursday's briefing"."""
    return _AT_VENUE.match(narration.slice(one.span.end, one.span.end + 60)) is not None


def reports(narration: Narration, one: Expression, cue: Span | None) -> bool:
    """Whether the date is that of somebody's report about the saying: "state media reported Thursday"."""
    start = max(narration.span.start, one.span.start - 30)
    match = _REPORTED.search(narration.slice(start, one.span.start))
    if _REPORTED_BEHIND.match(narration.slice(one.span.end, one.span.end + 8)):
        return True
    if match is None:
        return False
    at = start + match.start()
    return cue is None or not cue.start <= at < cue.end


def distance(
    narration: Narration,
    one: Expression,
    cue: Span,
    mention: Span | None,
    sentence: int,
    *,
    formula: bool,
    foreign: bool,
) -> int | None:
    """How far, in words, the date stands from the cue that it dates; None where it dates something else.

    ``mention`` names the speaker; ``sentence`` is where the sentence of the date begins; ``formula`` says that a
    statement printed whole follows; in ``foreign`` languages the sentence alone decides.
    """
    if foreign:
        first, last = sorted((cue, one.span))
        gap = narration.slice(first.end, last.start)
        return len(words(gap)) if not re.search(r"[.!?。！？]\s|\n", gap) else None
    if one.span.start >= cue.end:
        return _behind(narration.slice(cue.end, one.span.start), formula)
    if one.span.end <= cue.start:
        return _before(narration, one, cue, mention, sentence)
    return None


def _behind(gap: str, formula: bool) -> int | None:
    gap_words = words(gap.removeprefix(" it"))  # "as he put it in January"
    if len(gap_words) > (_FAR_IN_FORMULA if formula else _FAR_BEHIND) or ";" in gap or re.search(r"[.!?]\s+[A-Z]", gap):
        return None
    return None if any(_breaks(word, formula) for word in gap_words) else len(gap_words)


def _before(narration: Narration, one: Expression, cue: Span, mention: Span | None, sentence: int) -> int | None:
    gap = narration.slice(one.span.end, cue.start)
    gap = " " if _MEANWHILE.fullmatch(gap) else gap
    gap_words = words(gap)
    if len(gap_words) > _FAR_BEFORE or re.search(r"[.!?]\s+[A-Z]", gap):
        return None
    opening = narration.slice(max(sentence, one.span.start - _SIGHT), one.span.start)
    if _OPENING.fullmatch(opening):
        # "On Monday the port would open, Brenn said" tells nothing of the day of the saying.
        subject = mention.start if mention is not None and one.span.end <= mention.start < cue.start else cue.start
        told = words(narration.slice(one.span.end, subject))
        return len(gap_words) if not any(_breaks(word, False) for word in told) else None
    if one.word.startswith(("years:", "months:")):
        return None  # "those who fell 13 years ago, said": the time of something else
    inverted = mention is not None and one.span.end <= mention.start < cue.start
    if inverted and _is_occasion(opening, gap):
        return len(gap_words)
    if _is_subordinate(opening) or (inverted and not _AND_CUE.match(gap)):
        return None  # "the gates closed on Monday, Brenn said"
    if _AND_CUE.match(gap):
        return len(gap_words)
    last = narration.slice(cue.start, cue.end).lower()
    lemmas = set(map(str.lower, gap_words))
    hangs = not lemmas.isdisjoint(TABLES["subordinate"]) or not lemmas.isdisjoint(_FINITE_CUES)
    if last.endswith("ing") and len(gap_words) <= _FAR_BEHIND and not hangs:
        return len(gap_words)
    if hangs or any(_breaks(word, False) and word.lower() not in _AUXILIARIES for word in gap_words):
        return None
    return len(gap_words) if len(gap_words) <= 3 and not _follows_event(opening) else None


def _is_occasion(opening: str, gap: str) -> bool:
    """Whether an occasion on which people speak stands first: "In his speech at the rally on May 9, he said"."""
    return (
        gap.startswith(", ")
        and _OCCASION.match(opening) is not None
        and not any(_breaks(word, False) for word in words(opening))
    )


def _breaks(word: str, formula: bool) -> bool:
    low = word.lower()
    if low in TABLES["subordinate"] or (low in TABLES["irregular"] and low not in TABLES["hosting"]):
        return not (formula and low in ("following", "after", "while", "before", "since", "put"))
    if formula:
        return False
    return low in TABLES["finite"] or (low.endswith("ed") and len(low) > 4 and low not in TABLES["hosting"])


def _is_subordinate(opening: str) -> bool:
    """Whether the clause that ends here hangs on another: "who visited on", "as he arrived on"."""
    clause = _CLAUSE_EDGE.split(opening)[-1]
    return not TABLES["subordinate"].isdisjoint(map(str.lower, words(clause)))


def _follows_event(opening: str) -> bool:
    """Whether a verb other than that of reporting stands right before: "who met on Monday"."""
    before = [word for word in map(str.lower, words(opening)[-3:]) if word not in _SMALL]
    low = before[-1] if before else ""
    return low in TABLES["irregular"] or (low.endswith("ed") and len(low) > 4 and low not in TABLES["hosting"])


def sets_scene(narration: Narration, one: Expression, start: int, foreign: bool) -> bool:
    """Whether the sentence that begins at ``start`` tells what happened on that day, rather than mentioning it."""
    opening = narration.slice(max(start, one.span.start - _SIGHT), one.span.start)
    behind = narration.slice(one.span.end, one.span.end + 200).split("\n")[0]
    if _OPENING.fullmatch(opening) or foreign:
        return not re.match(r"[^.]{0,60}\bwill\b", behind)
    clause = _CLEFT.sub("", opening).rpartition(";")[2]
    if "ccording to" in clause and _ACCORDING.search(clause):
        return False
    if not TABLES["ahead"].isdisjoint(map(str.lower, words(_CLAUSE_EDGE.split(clause)[-1])[-12:])):
        return False
    following = list(map(str.lower, words(behind.split(".")[0])[:12]))
    if _is_past_verb(following) and not _is_subordinate(opening):
        return True  # "the minister on Monday ruled out"
    if one.kind in ("weekday", "relative") and _PAPERS.search(opening):
        return True  # "newspapers Monday call upon all"
    verbs = {*map(str.lower, words(clause)), *following}
    return not verbs.isdisjoint(TABLES["event"]) or not verbs.isdisjoint(_FINITE_CUES)


def happened(narration: Narration, one: Expression, start: int) -> bool:
    """Whether the main clause of the sentence that begins at ``start`` tells in the past what happened on that day."""
    opening = narration.slice(max(start, one.span.start - _SIGHT), one.span.start)
    if _is_subordinate(opening) or _ACCORDING.search(opening):
        return False
    clause = [word.lower() for word in words(re.split(r"[;:(]", opening)[-1])]
    return any(_is_past_verb(clause[k : k + 1]) for k in range(1, len(clause)))


def speaks_then(narration: Narration, one: Expression, start: int) -> bool:
    """Whether a sentence that ends with the day tells of a speech: "made a speech to those who had come on May 9"."""
    opening = narration.slice(max(start, one.span.start - _SIGHT), one.span.start)
    behind = narration.slice(one.span.end, one.span.end + 4)
    return _ENDS.match(behind) is not None and _SPEAKS.search(opening) is not None


def _is_past_verb(following: list[str]) -> bool:
    """Whether the words behind a date begin with a finite verb in the past, an adverb before it aside."""
    low = next((word for word in following[:2] if not word.endswith("ly")), "")
    return low in TABLES["irregular"] or (low.endswith("ed") and len(low) > 4)


def has_cue(sentence: str) -> bool:
    """Whether the sentence holds a finite verb of saying."""
    return not _FINITE_CUES.isdisjoint(map(str.lower, words(sentence)))


def opens(narration: Narration, one: Expression, start: int) -> bool:
    """Whether the sentence that begins at ``start`` begins with the date."""
    opening = narration.slice(max(start, one.span.start - _SIGHT), one.span.start)
    return one.span.start - start < _SIGHT and _OPENING.fullmatch(opening) is not None


def sentence_start(places: Places, narration: Narration, position: int) -> int:
    """Where the sentence of a position begins, within the narration."""
    return max(narration.span.start, places.sentences[places.sentence(position)].start)


__all__ = [
    "at_venue", "distance", "happened", "has_cue", "is_background", "opens", "reports", "sentence_start", "sets_scene",
    "speaks_then",
]
