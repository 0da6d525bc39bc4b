"""Writings, and the sentences that tell when they were issued."""

from __future__ import annotations

import re
from functools import lru_cache

from quotes.stages.date_words import TABLES

_PAPERS = "|".join(sorted(TABLES["papers"]))
_DEEDS = r"issued|released|published|made public|contributed|carried|ran|adopted|posted"
ISSUING = re.compile(
    rf"\b(?:{_DEEDS})\b[^.;:\n]{{0,80}}?\b(?:{_PAPERS})s?\b|\bgave (?:an|the following) (?:[\w-]+ )?answer\b"
)
"""Somebody issued something: who is named before it said what it says."""
_IN_A_WRITING = re.compile(
    r"\bin (?:an?|its) (?:[\w-]+ ){0,3}(?:article|commentary|editorial|column)\b"
    r"|\b(?:ran|runs|carried|carries|dedicated|dedicates|observed|observes) (?:an?|its) (?:[\w-]+ ){0,3}"
    r"(?:article|commentary|editorial)\b"
)
_COMMENTARY = re.compile(
    r"\b(?:says|said|observes|observed|urges|stresses|notes|comments) (?P<paper>(?:on |the )?[A-Z][^,.;:\n]{2,60}?)"
    r" in an? (?:[\w-]+ ){0,2}(?:commentary|article|editorial|analysis)\b"
)
_REMARKS = re.compile(
    r" (?:made|uttered|let loose) (?:[\w-]+ ){0,4}(?:remarks?|outbursts?|comments?|speech|statement)\b"
    r"|(?P<verb> (?:said|declared|asserted|claimed|blustered)\b)"
)
_BESIDE_DAY = 24
"""Characters from a day to the verb behind it, at most."""
_HELD = (
    r"(?:ceremony|ceremonies|rally|rallies|(?:meeting|banquet|reception|function|symposium|seminar|lecture|gathering|"
    r"conference|session|show|event|performance|exhibition)s?)"
)
_OCCASION = re.compile(
    rf"\b{_HELD}\b[^.;\n]{{0,160}}?\b(?:(?:was|were) (?:held|given|hosted|arranged|staged|opened)|took place|opened)\b"
    rf"|\b(?:held|hosted|gave) (?:an? |the )?(?:[\w-]+ ){{0,2}}{_HELD}\b",
    re.IGNORECASE,
)
_ATTENDANCE = re.compile(
    r"\b(?:Present (?:at the [\w ]{3,30} |there )?(?:on invitation )?(?:was|were)"
    r"|Attending (?:it|the [\w ]{3,30}) (?:was|were)|On display|(?:Displayed|Seen|Shown) (?:there|at|in)"
    r"|(?:was|were) present (?:there|at)|[Aa]ttended by|took part in (?:it|the (?:meeting|rally|seminar|ceremony))"
    r"|[Ss]peeches were made|[Ss]peakers (?:said|noted|stressed|at the)|The participants"
    r"|They included (?:the )?[A-Z])"
)
_SPEECH = re.compile(
    r"[^.\n]{0,300}\b(?:made|delivered|gave) (?:a|an|the|his|her) (?:[\w-]+ ){0,3}"
    r"(?:speech|address|report|lecture)\b[^.\n]*"
    r"|[^.\n]{0,60}\b(?:speech|address|report|lecture)(?:es|s)? (?:was|were) (?:made|delivered|given) by [^.\n]*"
)
_SENTENCE_END = re.compile(r"[.\n]")
_SPEECHES, _GIVING = ("speech", "address", "report", "lecture"), ("made", "delivered", "gave", "given")
"""Words of which every such sentence holds one each."""


def issue(sentence: str, noun: str) -> int | None:
    """Where a sentence tells of a writing, by its noun, as something new ("released a white paper"), or None."""
    report = sentence.find(" reported ") if noun == "report" else -1
    if report >= 0:
        return report
    match = re.search(rf"\b(?:an?|another|its|his|her|following) (?:[\w-]+ ){{0,4}}{re.escape(noun)}\b", sentence)
    return match.end() if match is not None else None


def any_issue(sentence: str) -> int | None:
    """The same of any writing that a paper carries: "in a bylined commentary"."""
    match = _IN_A_WRITING.search(sentence)
    return match.end() if match is not None else None


@lru_cache(maxsize=64)
def commentary(sentence: str) -> str | None:
    """The paper that a sentence says to have commented: "…, says the Torch Monday in a bylined commentary"."""
    match = _COMMENTARY.search(sentence)
    return match["paper"] if match is not None else None


def tells_remarks(sentence: str, day: int) -> bool:
    """Whether a sentence tells that somebody made remarks, right behind the day or before it."""
    match = _REMARKS.search(sentence)
    return match is not None and 0 <= match.start() - day <= _BESIDE_DAY


@lru_cache(maxsize=64)
def is_occasion(sentence: str) -> bool:
    """Whether a sentence tells that something was held at which people speak: "A banquet was given on Sunday".

    Kept, as each quotation behind the sentence asks.
    """
    return _OCCASION.search(sentence) is not None


def told_speech(told: str) -> str | None:
    """The last sentence that tells that somebody made a speech ("A speech was made by Ivo Lasker"), or None."""
    for sentence in reversed(_SENTENCE_END.split(told)):
        if any(word in sentence for word in _SPEECHES) and any(word in sentence for word in _GIVING):
            match = _SPEECH.search(sentence)
            if match is not None:
                return match[0]
    return None


def tells_attendance(told: str) -> bool:
    """Whether what is told behind an occasion says who was there: its report is then of that occasion alone."""
    return _ATTENDANCE.search(told) is not None
