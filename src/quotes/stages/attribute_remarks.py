"""Remarks: whose they are where only an adjective stands before the noun ("let loose such ridiculous remarks as “…”").

The walk left from a noun that may be a verb ("remarks") takes the words before it for its subject. Where these are no
more than adjectives, the noun is the object of a verb, and its words are those of the verb's subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from quotes.records import Span
from quotes.stages.attribution import Attribution
from quotes.stages.noun_phrases import noun_phrase_left, topic
from quotes.stages.options import mention_span
from quotes.stages.sentences import Sentence
from quotes.stages.tokens import Token

_REMARKS = frozenset("remarks comments outbursts insults taunts claims".split())
_LOOSE = frozenset(["such", "no", "various"])


_FOR = re.compile(r"\bfor (?P<who>(?:the )?(?:[A-Z][\w.'’-]*\.? ?)+|them|him|her) to $")
_NEAR = 160


def meant(text: str, link: Attribution) -> Attribution:
    """The link of "it is idle for Brenn to call for “…”" with Brenn instead of an "it" that means nobody."""
    mention, cue = link.mention, link.cue
    if mention is None or cue is None or not mention.end < cue.start < mention.end + _NEAR:
        return link
    match = _FOR.search(text, mention.end, cue.start)
    if match is None or text[mention.start : mention.end].lower() != "it":
        return link
    start = match.start("who")
    return replace(link, mention=Span(start, start + len(match["who"].rstrip())))


def owned(sentence: Sentence, link: Attribution) -> Attribution:
    """The link with the subject of the verb that governs its noun, where its mention is no more than an adjective."""
    if link.cue is None or link.mention is None or link.mention.end >= link.cue.start:
        return link
    tokens = sentence.tokens
    noun = next((i for i, token in enumerate(tokens) if token.start == link.cue.start), None)
    if noun is None or tokens[noun].word.lower() not in _REMARKS:
        return link
    first = next((i for i in range(noun) if tokens[i].start >= link.mention.start), noun)
    if first == noun or not _qualifies(tokens, first, noun):
        return link
    subject = _subject(tokens, first)
    return replace(link, mention=mention_span(tokens, subject)) if subject else link


def _subject(tokens: Sequence[Token], end: int) -> tuple[int, int] | None:
    """Whom a "who" before stands for, else the phrase that opens the sentence."""
    relative = next((i for i in range(end - 1, 0, -1) if tokens[i].word.lower() in ("who", "which")), None)
    if relative is not None:
        return noun_phrase_left(tokens, relative - 1)
    phrase = topic(tokens[:end])
    return phrase if phrase is not None and phrase[0] == 0 else None


def _qualifies(tokens: Sequence[Token], first: int, noun: int) -> bool:
    """Whether the words up to the noun are adjectives, or "a string of offensive"."""
    inside = tokens[first:noun]
    if any(token.type in "NRP" for token in inside) or inside[-1].type not in "LY":
        return False
    articled = inside[0].type == "D" and inside[0].word.lower() not in _LOOSE
    return not articled or (inside[0].word.lower() in ("a", "an") and any(token.word == "of" for token in inside))
