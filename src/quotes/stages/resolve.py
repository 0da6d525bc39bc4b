"""Resolve: tell whom each mention means, in the document first and in the registry second.

Names, pronouns, offices and epithets, bodies and the spokespeople who speak for them are each read by their own
rules, in the order of the text, so that a mention can go back to one that was resolved before it. Where two people
fit equally well the name stays None and the rule says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes.records import Article, Quotation, Speaker
from quotes.registry import Registry
from quotes.stages.resolve_context import Context, Referent
from quotes.stages.resolve_mention import read
from quotes.stages.resolve_rules import Resolver
from quotes.stages.resolve_turns import in_turn

_LOOK_AHEAD = 45
_NEAR = 20
_SHIP = re.compile(r"\b(?:carrier|submarine|warship|destroyer|frigate|cruiser) [\"“]?\Z")
"""What bears a person's name and says nothing."""

Found = tuple[Referent | None, str]


def resolve(article: Article, quotations: Sequence[Quotation], registry: Registry) -> list[Speaker]:
    """One speaker for each quotation, in order; ``rule`` says how it was found, or why not."""
    if not quotations:
        return []
    resolver = Resolver(Context(article, quotations, registry))
    found: list[Found] = [(None, "none:no-mention")] * len(quotations)
    for i in _outer_first(quotations):
        found[i] = _one(resolver, quotations, i, found)
    vars(resolver).clear()  # its parts hold on to it: a circle, which would wait for the garbage collector
    return [_speaker(*one) for one in found]


def _outer_first(quotations: Sequence[Quotation]) -> list[int]:
    """The quotations by the places of their mentions, each behind the one that it stands in."""
    order = [(_place(quotation), 0) for quotation in quotations]
    for i in sorted(range(len(quotations)), key=lambda i: quotations[i].span.start - quotations[i].span.end):
        parent = quotations[i].parent
        if parent is not None:
            place, depth = order[parent]
            order[i] = max(order[i][0], place), depth + 1
    return sorted(range(len(quotations)), key=lambda i: (order[i], i))


def _place(quotation: Quotation) -> int:
    return (quotation.mention or quotation.span).start


def _one(resolver: Resolver, quotations: Sequence[Quotation], index: int, found: Sequence[Found]) -> Found:
    quotation = quotations[index]
    if quotation.mention is None:
        return found[quotation.follows] if quotation.follows is not None else (None, "none:no-mention")
    context = resolver.context
    start, end = quotation.mention
    names = context.names_between(start, end + _LOOK_AHEAD)
    mention = read(context.text, quotation.mention, names, context.last_name_before(start))
    parent = found[quotation.parent][0] if quotation.parent is not None else None
    if _SHIP.search(context.text, max(0, start - _NEAR), start) is not None:
        return None, "none:not-a-person"  # "nuclear carrier Aldo Brenn entered the port"
    turned = in_turn(context.text, quotations, found, index, mention.head) if len(mention.phrase) == 1 else None
    referent, rule = turned or resolver.resolve(mention, quotation, parent)
    if referent is not None:
        resolver.discourse.add(mention.span, referent)
    return referent, rule


def _speaker(referent: Referent | None, rule: str) -> Speaker:
    if referent is not None:
        return Speaker(referent.name, referent.id, referent.type, referent.country, rule, referent.carrier)
    if rule.startswith("none:group"):
        return Speaker(None, None, "group", None, rule)
    return Speaker(None, None, "role" if rule == "none:role-not-named" else None, None, rule)
