"""Resolve: tell whom each mention means, in the document first and in the registry second.

Names, pronouns, offices and epithets, bodies and the spokespeople who speak for them are each read by their own
rules, in the order of the text, so that a mention can go back to one that was resolved before it. Where two people
fit equally well the name stays None and the rule says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quotes.records import Article, Quotation, Speaker
from quotes.registry import Registry
from quotes.stages.resolve_context import Context, Referent
from quotes.stages.resolve_mention import read
from quotes.stages.resolve_pronouns import Discourse
from quotes.stages.resolve_rules import Resolver

_LOOK_AHEAD = 45


def resolve(article: Article, quotations: Sequence[Quotation], registry: Registry) -> list[Speaker]:
    """One speaker for each quotation, in order."""
    if not quotations:
        return []
    context = Context(article, quotations, registry)
    discourse = Discourse(context)
    resolver = Resolver(context, discourse, quotations)
    found: list[tuple[Referent | None, str]] = [(None, "none:no-mention")] * len(quotations)
    for i in sorted(range(len(quotations)), key=lambda i: _order(quotations[i], i)):
        found[i] = _one(resolver, quotations, i, found)
    return [_speaker(referent, rule) for referent, rule in found]


def _order(quotation: Quotation, i: int) -> tuple[int, int]:
    return (quotation.mention or quotation.span).start, i


def _one(
    resolver: Resolver, quotations: Sequence[Quotation], i: int, found: Sequence[tuple[Referent | None, str]]
) -> tuple[Referent | None, str]:
    quotation = quotations[i]
    if quotation.mention is None:
        if quotation.follows is not None and quotation.follows < i:
            return found[quotation.follows]
        return None, "none:no-mention"
    parent = found[quotation.parent][0] if quotation.parent is not None else None
    names = resolver.context.names_between(quotation.mention.start, quotation.mention.end + _LOOK_AHEAD)
    mention = read(resolver.context.text, quotation.mention, names)
    referent, rule = resolver.resolve(mention, quotation, parent)
    if referent is not None:
        resolver.discourse.add(mention.span.start, mention.span.end, referent.key)
        resolver.context.referents.setdefault(referent.key, referent)
    return referent, rule


def _speaker(referent: Referent | None, rule: str) -> Speaker:
    if referent is None:
        kind = "group" if rule.startswith("none:group") else "role" if rule.startswith("none:role") else None
        return Speaker(None, None, kind, None, rule)
    return Speaker(referent.name, referent.id, referent.type, referent.country, rule)


__all__ = ["replace", "resolve"]
