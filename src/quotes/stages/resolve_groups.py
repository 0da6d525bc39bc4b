"""Groups that are called after somebody: "the Brenn group", and "the group" or "the regime" in the sentences behind."""

from __future__ import annotations

import re

from quotes.registry import fold
from quotes.registry.words import MENTION_WORDS, NAME_WORDS
from quotes.stages.resolve_bodies import body_called
from quotes.stages.resolve_context import Context, Referent
from quotes.stages.resolve_mention import Mention

NOUNS = frozenset("group clique gang clan regime".split())
_SLUR = r"(?: of (?:\w+ )?(?:traitors|gangsters|bandits))?"
_PLAIN = "puppet|ruling|conservative|fascist|treacherous|traitorous|said|same"
"""Words that tell no group from another."""
_CALLED = re.compile(
    rf"\b[Tt]he (?P<stem>(?:(?:south|north|{_PLAIN}) )*[A-Z][\w'’-]*(?: (?:[A-Z][\w'’-]*|{_PLAIN}))*) "
    rf"(?P<noun>group|clique|gang|clan|regime){_SLUR}(?![\w'’-])(?! (?:for|of) (?:the )?[A-Z])"
)
_PROPER = re.compile(r"\b[A-Z][\w-]* Group (?:for|of)\b")
_BARE = re.compile(rf"[Tt]h(?:e|is)(?: (?:{_PLAIN}))* (?P<noun>group|clique|gang|clan|regime){_SLUR}")
_OPENS = re.compile(r"\W*(?:(?!The\b)[A-Z][^,.;\n]{0,80}, )?(?=[Tt]he )")
_GOES_ON = re.compile(r"\W*It\b")
_REACH = 2500
"""Characters back in which the group is named of which "the group" is said."""
_SENTENCES = 3
"""Sentences back that may go on with "It"."""


def named_group(mention: Mention, anchor: int, context: Context) -> Referent | None:
    """The group that a mention calls by a name, or that was last called so; None where it is just any."""
    own = _CALLED.match(context.text, mention.span.start, mention.span.end)
    if own is not None:
        return _referent(own, context)
    bare = _BARE.fullmatch(mention.text.split(",")[0].partition(" in its ")[0])
    return _before(bare["noun"], min(anchor, mention.span.start), context) if bare is not None else None


def group_of_sentence(position: int, context: Context) -> Referent | None:
    """The group that opens the sentence of a position, or the one before it that "It" goes on with."""
    k = context.sentence(position)
    for sentence in reversed(context.article.sentences[max(0, k - _SENTENCES) : k + 1]):
        if context.region(sentence.start) != context.region(position):
            return None
        opening = _OPENS.match(context.text, sentence.start, sentence.end)
        if opening is not None:
            if (called := _CALLED.match(context.text, opening.end(), position)) is not None:
                return _referent(called, context)
            bare = _BARE.match(context.text, opening.end(), position)
            return _before(bare["noun"], sentence.start, context) if bare is not None else None
        if sentence.start < position and not _GOES_ON.match(context.text, sentence.start):
            return None
    return None


def _before(noun: str, end: int, context: Context) -> Referent | None:
    """The group last called by a name before a position, where no body whose name says so came since."""
    found = [one for one in _CALLED.finditer(context.text, max(0, end - _REACH), end) if one["noun"] == noun]
    if not found or (noun == "group" and _PROPER.search(context.text, found[-1].end(), end)):
        return None
    return _referent(found[-1], context)


def _referent(called: re.Match[str], context: Context) -> Referent | None:
    words = _without_country(_telling(called), context)
    folded = [fold(word) for word in words]
    if not words or all(word in NAME_WORDS["time"] | MENTION_WORDS["rank"] for word in folded):
        return None
    if called["noun"] == "regime":
        return body_called(" ".join((*words, "regime")), context)
    country = context.registry.country_named(" ".join(folded))
    stem = country.prefix if country is not None else _fuller(words, context)
    name = f"{stem} {called['noun']}"
    return Referent(f"g:{fold(name)}", name, None, "group", country.name if country is not None else None)


def _telling(called: re.Match[str]) -> list[str]:
    """The words of the name that tell whose group it is."""
    return [word for word in called["stem"].split() if word not in _PLAIN.split("|")]


def _without_country(words: list[str], context: Context) -> list[str]:
    """The name without the country before it: "the south Lorrican Brenn group"."""
    for length in (2, 1):
        rest = words[length:]
        if rest and context.registry.country_named(" ".join(map(fold, words[:length]))) is not None:
            return rest
    return words


def _fuller(words: list[str], context: Context) -> str:
    """The name as the document first gives it: "the Brenn group" may have been "the Aldo Brenn group" before."""
    for called in _CALLED.finditer(context.text):
        longer = _without_country(_telling(called), context)
        if len(longer) > len(words) and (longer[: len(words)] == words or longer[-len(words) :] == words):
            return " ".join(longer)
    return " ".join(words)
