"""Lists: a body with commas in its name, and several bodies that issue something together."""

from __future__ import annotations

import re

from quotes.registry import fold
from quotes.registry.words import MENTION_WORDS
from quotes.stages.resolve_context import Referent

_BODIES = MENTION_WORDS["body"] | {"solidarity", "headquarters", "front"}
_COUNTRY_ADDED = re.compile(r" of (?:south|north) [A-Z]\w+$")
_ARTICLE = re.compile(r"^[Tt]he ")
_LAST = re.compile(r",? and (?=(?:the )?[A-Z])")
_OF = re.compile(r" (?:of|for|in) ")


def listed_at(phrase: str) -> Referent | None:
    """Whom words with commas name; None where they name several outlets or people, who have no name together.

    "The Harbour Council, the Salt Committee and the Boat Union" are a group under their joint name. One body is "The
    Solidarity for Salt, People's Nets and Peace" by the noun of its first part, and "The North, South and Overseas
    Headquarters of …" by that of its last.
    """
    name = _COUNTRY_ADDED.sub("", _ARTICLE.sub("", phrase))
    if name == phrase:
        return None  # a body with commas in its name has an article before it
    *parts, last = name.split(", ")
    ends = list(_LAST.finditer(last))
    joined = [*parts, *_LAST.split(last)] if not ends else _at_last_body(parts, last, ends)
    bodies = [_is_body(part) for part in joined]
    if len(joined) > 1 and all(bodies):
        return Referent(f"g:{fold(name)}", name, None, "group", None)
    shared = bodies[-1] and not any(bodies[:-1]) and all(len(part.split()) == 1 for part in joined[:-1])
    if shared or (bodies[0] and not any(bodies[1:])):
        return Referent(f"b:{fold(name)}", name, None, "organisation", None)
    return None


def _at_last_body(parts: list[str], last: str, ends: list[re.Match[str]]) -> list[str]:
    """The parts, the last one cut at the "and" behind which a body stands: "the Fish and Salt Board and the Union"."""
    for end in reversed(ends):
        if _is_body(last[end.end() :]):
            return [*parts, last[: end.start()], last[end.end() :]]
    return [*parts, last[: ends[-1].start()], last[ends[-1].end() :]]


def _is_body(part: str) -> bool:
    words = _OF.split(_ARTICLE.sub("", part))[0].split()
    return bool(words) and fold(words[-1]) in _BODIES
