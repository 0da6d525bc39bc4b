"""What stands right behind a name: a verb of saying, an office, where somebody comes from."""

from __future__ import annotations

import re

from quotes.lexicon import CUES
from quotes.registry.words import MENTION_WORDS, NAME_WORDS

NEXT = re.compile(r" ([\w-]+)\b(?! by )")
"""The word behind a name; of "the pact Lorrica sought by the board" none, for Lorrica did not seek it."""
_GOING = ("went", "goes", "go")
_GOES_ON = re.compile(r" (?:went|goes|go) on(?: (?:to \w+|saying|that|further)\b|[,:.])")
"""Of those who speak: "went on: …", and not "went on a strike"."""
_NOUN_CUES = frozenset({"report", "claim", "comment", "call", "demand", "promise", "address", "tweet", "post"})
ROLES = NAME_WORDS["title"] | MENTION_WORDS["person_head"] | MENTION_WORDS["kin"]
OFFICE_BEHIND = re.compile(
    r", (?!(?:and|or|but|said|in|on|at|to|of|by|for|with|from)\b)(?:[A-Za-z][\w.'’-]* ){0,4}?"
    rf"(?:vice-|deputy-)?(?:{'|'.join(sorted(ROLES, key=len, reverse=True))})"
    r"(?:-general| general| ad interim|-in-chief)?"
    r"(?= (?:of|to|at|for|from|in|with|and)\b|,)"
)
"""An office in apposition: "Odo Venkar, first vice-chairman of the committee"."""
FROM_BODY = re.compile(r" from (?:the )?[A-Z][^,.;:\n]{3,80}? (?P<verb>said|says|told|noted|stressed|added)\b")
"""Where a speaker comes from: "Lena Undo from the University of Lorrim said"."""


def says(text: str, position: int) -> bool:
    """Whether a verb of saying stands right behind a position."""
    match = NEXT.match(text, position)
    return match is not None and says_word(text, position, match[1].lower())


def says_word(text: str, position: int, word: str) -> bool:
    """The same where the word behind the position is known, in small letters."""
    if word in _GOING:
        return _GOES_ON.match(text, position) is not None
    return word in CUES and word not in _NOUN_CUES
