"""Openings: who issued the statement, article or message that the first sentence of a document reports on.

A digest names its author once, in its first sentence ("The Harbour League in a statement on April 7 accused …", "The
Ulmark Post, an Internet paper, on Feb. 24 carried an article"), and then speaks of "the statement" and "the article".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quotes.records import Span, SpeakerType
from quotes.registry import fold
from quotes.registry.words import MENTION_WORDS, NAME_WORDS, is_given_name
from quotes.stages.resolve_context import Context, Referent

_WRITING = "|".join(sorted(MENTION_WORDS["document"] | MENTION_WORDS["writing"], key=lambda word: (-len(word), word)))
_WHEN = r"(?: on [A-Z][a-z]+\.? \d{1,2}|(?: on)? [A-Z][a-z]+day| recently| jointly)"
_DEED = (
    r"(?:issued|released|published|carried|posted|ran|made|sent|printed|gave|put|adopted|dedicated|observed|edited)"
)
_ISSUED = re.compile(
    rf"(?P<who>[^,;:()\n]{{2,140}}?)(?:, (?P<beside>[^,;:\n]{{3,90}}),)?{_WHEN}?"
    rf"(?: (?P<deed>{_DEED})\b[^;:\n]{{0,60}}? (?P<issued>{_WRITING})\b"
    rf"| in (?:a|an|its|his|her) (?:\w+ ){{0,3}}(?P<within>{_WRITING})\b)"
)
_OUTLETS = MENTION_WORDS["outlet"] | {"paper", "media"}
_CARRYING = frozenset({"carried", "ran", "printed"})
_PERSONS = NAME_WORDS["title"] | MENTION_WORDS["person_head"]
_LONGEST = 400
_LONGEST_NAME = 5
_SMALL = frozenset("of the for and on in".split())
_MARKS = "\"“”‘’'"


@dataclass(frozen=True, slots=True)
class Opening:
    """``who`` is where the author is named, ``writing`` the noun for what was issued.

    ``outlet`` and ``person`` tell what the words beside the name, or the verb, say that he is.
    """

    who: Span
    writing: str
    outlet: bool
    person: bool


def opening(context: Context) -> Opening | None:
    """The author whom the first sentence behind the dateline names; None where it tells of nothing issued."""
    dateline = context.article.dateline
    begin = dateline.span.end if dateline is not None else 0
    first = next((sentence for sentence in context.article.sentences if sentence.end > begin), None)
    if first is None:
        return None
    start = max(begin, first.start)
    while start < first.end and not context.text[start].isalnum():
        start += 1
    match = _ISSUED.match(context.text, start, min(first.end, start + _LONGEST))
    if match is None or not match["who"][0].isupper():
        return None
    beside = {fold(word) for word in (match["beside"] or "").split()}
    outlet = bool(beside & _OUTLETS) or match["deed"] in _CARRYING
    return Opening(Span(*match.span("who")), match["issued"] or match["within"], outlet, bool(beside & _PERSONS))


def outlet_at(where: Opening, context: Context) -> Referent | None:
    """The author as an outlet, where the words beside the name or the verb say that it is one."""
    article, words = _words(where, context)
    row = context.registry.outlet_named(" ".join(words))
    if row is not None:
        return context.body(row)
    kinds = [k for k, word in enumerate(words[:-1]) if word in _OUTLETS]
    if kinds:
        words = words[kinds[-1] + 1 :]  # "Lorrican paper Patriot"
    named = (where.outlet or kinds) and article in ("", "The") and len(words) <= _LONGEST_NAME
    return _as_written(words, "outlet") if named and all(word[0].isupper() for word in words) else None


def body_at(where: Opening, context: Context) -> Referent | None:
    """The author by his own words, where these are a name with its article: "The Council for the Issue of Ulmark"."""
    article, words = _words(where, context)
    capitals = [word for word in words if word[0].isupper()]
    nouns = [word for word in words if word not in _SMALL]
    if article not in ("", "The") or not words[0][0].isupper() or 2 * len(capitals) < len(nouns):
        return None
    return _as_written(words, "organisation") if article or len(capitals) > 1 else None


def is_author(found: Referent, where: Opening, context: Context) -> bool:
    """Whether a name taken for a person's is one: the words beside it say so, or its own first word."""
    article, words = _words(where, context)
    first = fold(words[0])
    strong = is_given_name(first) or first in NAME_WORDS["family_first"]
    return found.type != "person" or found.id is not None or where.person or (not article and strong)


def _words(where: Opening, context: Context) -> tuple[str, list[str]]:
    """The article of the name, empty where it has none, and its words."""
    words = [word for raw in context.text[where.who.start : where.who.end].split() if (word := raw.strip(_MARKS))]
    return (words[0], words[1:]) if len(words) > 1 and words[0] in ("The", "A", "An") else ("", words)


def _as_written(words: Sequence[str], kind: SpeakerType) -> Referent:
    written = " ".join(words)
    return Referent(f"b:{fold(written)}", written, None, kind, None)
