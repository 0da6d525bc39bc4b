"""Reports: whether a verb of saying stands right behind a name."""

from __future__ import annotations

import re

from quotes.lexicon import CUES

NEXT = re.compile(r" ([\w-]+)\b(?! by )")
"""The word behind a name; of "the pact Lorrica sought by the board" none, for Lorrica did not seek it."""
_GOING = ("went", "goes", "go")
_GOES_ON = re.compile(r" (?:went|goes|go) on(?: (?:to \w+|saying|that|further)\b|[,:.])")
"""Of those who speak: "went on: …", and not "went on a strike"."""
_NOUN_CUES = frozenset({"report", "claim", "comment", "call", "demand", "promise", "address", "tweet", "post"})


def says(text: str, position: int) -> bool:
    """Whether a verb of saying stands right behind a position."""
    match = NEXT.match(text, position)
    word = match[1].lower() if match else ""
    if word in _GOING:
        return _GOES_ON.match(text, position) is not None
    return word in CUES and word not in _NOUN_CUES
