"""Remarks: whose they are where only an adjective stands before the noun ("let loose such ridiculous remarks as “…”").

The walk left from a noun that may be a verb ("remarks") takes the words before it for its subject. Where these are no
more than adjectives, the noun is the object of a verb, and its words are those of the verb's subject.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from quotes.lexicon import CUES
from quotes.records import Span
from quotes.stages.attribution import Attribution
from quotes.stages.noun_phrases import noun_phrase_left, topic
from quotes.stages.options import mention_span
from quotes.stages.sentences import Sentence
from quotes.stages.tokens import Token

_REMARKS = frozenset(
    "remarks comments outbursts insults taunts claims protests outcries voices shouts cheers chants cries".split()
)
_SUBJECTS = frozenset("he she it they we i".split())
_LOOSE = frozenset(["such", "no", "various"])
_IS = frozenset("is are was were be been has have had includes included".split())
_AGAINST = frozenset("at against with".split())
_START = attrgetter("start")
_MAX_BEHIND = 4
_FOR = re.compile(r"\bfor (?P<who>(?:the )?(?:[A-Z][\w.'’-]*\.? ?)+|them|him|her) to $")
_PASSING_ON = frozenset(["quoting", "citing"])
_OUTCRY = re.compile(r"\b(?:cheers|shouts|chants|cries) of \Z")
_RAISED = re.compile(r" (?:were|was|rang|resounded|echoed|rose|went up|filled)\b")
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
    return link._replace(mention=Span(start, start + len(match["who"].rstrip())))


def raised(text: str, outer: Span, link: Attribution) -> Attribution:
    """ "When Brenn came, cheers of “…” were raised": the cheers are the subject, and not of him who came."""
    heard = _RAISED.match(text, outer.end) and _OUTCRY.search(text, max(0, outer.start - 20), outer.start)
    return Attribution("none:nobody-named") if heard and link.rule in ("ranked:agent", "ranked:topic") else link


def seen(sentence: Sentence, link: Attribution) -> Attribution:
    """ "The sailors, suddenly seeing Brenn who came, broke into cheers": who speaks is not he whom they see."""
    if link.cue is None or link.mention is None or link.mention.end > link.cue.start:
        return link
    tokens = sentence.tokens
    first, cue = (bisect_left(tokens, place, key=_START) for place in (link.mention.start, link.cue.start))
    seeing = tokens[first - 1].word if first > 2 else ""
    if not seeing.endswith("ing") or seeing in _PASSING_ON or tokens[cue - 1].type != ",":
        return link
    comma = first - 2
    while comma > 1 and tokens[comma].type == "Y":
        comma -= 1
    subject = noun_phrase_left(tokens, comma - 1) if tokens[comma].type == "," else None
    return link._replace(mention=mention_span(tokens, subject)) if subject and subject[0] == 0 else link


def owned(sentence: Sentence, link: Attribution) -> Attribution:
    """The link with the subject of the verb that governs its noun, where its mention is no more than an adjective.

    An adjective is nobody: where no subject is found, the mention is "reckless remarks", which nobody bears.
    """
    if link.cue is None or link.mention is None or link.mention.end > link.cue.end:
        return link
    tokens = sentence.tokens
    noun = bisect_left(tokens, link.cue.start, key=_START)
    if noun == len(tokens) or tokens[noun].start != link.cue.start or tokens[noun].word.lower() not in _REMARKS:
        return link
    first = next((i for i in range(noun) if tokens[i].start >= link.mention.start), noun)
    if first == noun or not _qualifies(tokens, first, noun):
        return link
    subject = _subject(tokens, first)
    whole = Span(link.mention.start, link.cue.end)
    return link._replace(mention=mention_span(tokens, subject) if subject else whole)


def related(sentence: Sentence, place: int, link: Attribution) -> Attribution:
    """The link of "Brenn slammed the ferrymen who said “…”" with those whom he slams: they are no part of his name."""
    tokens, mention = sentence.tokens, link.mention
    if mention is None or link.rule != "ranked:left":
        return link
    who = next((i for i in range(place - 1, 1, -1) if tokens[i].type in "WQ,;:"), None)
    if who is None or tokens[who].word.lower() not in ("who", "which") or link.cue is None:
        return link
    phrase = noun_phrase_left(tokens, who - 1)
    if phrase is None or phrase[0] == 0 or mention.end >= tokens[phrase[0]].start:
        return link
    lead, inside = tokens[phrase[0] - 1], tokens[who + 1 : place]
    acts = lead.type == "V" and lead.word.lower() not in _IS
    if not acts and lead.word.lower() not in _AGAINST:
        return link
    whose = link._replace(mention=mention_span(tokens, phrase))
    if link.cue.start > tokens[who].start:
        return whose if _says(inside) else link
    said = next((clause for clause in sentence.clauses if clause.verb == who + 1 and clause.form == "relative"), None)
    if said is None or link.cue.start != lead.start or any(token.type != "S" for token in inside[1:]):
        return link
    return whose._replace(cue=said.cue, cue_class=said.cue_class, lemma=said.lemma)


def _says(tokens: Sequence[Token]) -> bool:
    """Whether words behind "who" are a report and no more: "said that", "had the nerve to say that"."""
    verbs = [i for i, token in enumerate(tokens) if token.type == "V" and token.word.lower() in CUES]
    behind = tokens[verbs[-1] + 1 :] if verbs else tokens
    plain = verbs[:1] == [0] or any(token.word == "to" for token in tokens[: verbs[-1]]) if verbs else False
    return plain and all(token.type in "SOLD" for token in behind) and len(behind) <= _MAX_BEHIND


def _subject(tokens: Sequence[Token], end: int) -> tuple[int, int] | None:
    """Whom a "who" before stands for, else the phrase that opens the sentence or the pronoun that opens the clause."""
    relative = next((i for i in range(end - 1, 0, -1) if tokens[i].word.lower() in ("who", "which")), None)
    if relative is not None:
        return noun_phrase_left(tokens, relative - 1)
    phrase = topic(tokens[:end]) or _opening(tokens[:end])
    if phrase is not None and phrase[0] == 0:
        return phrase
    pronouns = (i for i in range(end - 1, -1, -1) if tokens[i].word.lower() in _SUBJECTS)
    found = next((i for i in pronouns if i == 0 or tokens[i - 1].type in ",K"), None)
    return (found, found + 1) if found is not None else None


def _opening(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """The phrase that opens the sentence in front of an auxiliary: "The puppet politicians are now letting loose"."""
    verb = next((i for i, token in enumerate(tokens) if token.type not in "DNRL"), len(tokens))
    plain = 0 < verb < len(tokens) and tokens[verb].word.lower() in _IS
    return (0, verb) if plain else None


def _qualifies(tokens: Sequence[Token], first: int, noun: int) -> bool:
    """Whether the words up to the noun are adjectives, or "a string of offensive"."""
    inside = tokens[first:noun]
    if any(token.type in "NRP" for token in inside) or inside[-1].type not in "LY":
        return False
    articled = inside[0].type == "D" and inside[0].word.lower() not in _LOOSE
    return not articled or (inside[0].word.lower() in ("a", "an") and any(token.word == "of" for token in inside))
