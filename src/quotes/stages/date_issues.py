"""Writings, and the sentences that tell when they were issued."""

from __future__ import annotations

import re

from quotes.stages.date_words import TABLES

_PAPERS = "|".join(sorted(TABLES["papers"]))
_DEEDS = r"issued|released|published|made public|contributed|carried|ran|adopted|posted"
ISSUING = re.compile(rf"\b(?:{_DEEDS})\b[^.;:\n]{{0,80}}?\b(?:{_PAPERS})s?\b")
"""Somebody issued something: who is named before it said what it says."""


def issue(sentence: str, noun: str) -> int | None:
    """Where a sentence tells of a writing, by its noun, as something new ("released a white paper"), or None."""
    report = sentence.find(" reported ") if noun == "report" else -1
    if report >= 0:
        return report
    match = re.search(rf"\b(?:an?|another|its|his|her|following) (?:[\w-]+ ){{0,4}}{re.escape(noun)}\b", sentence)
    return match.end() if match is not None else None
