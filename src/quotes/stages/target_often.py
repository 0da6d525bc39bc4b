"""Whom a long statement names, and how often: the first sentence of a page does not tell what it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from quotes.records import Quotation, Span, Speaker, Target
from quotes.stages.target_names import Called
from quotes.stages.target_own import Own

LONG = 600
"""Characters of a quotation beyond which its names are counted."""
SIGHT = 20_000
"""Characters that are ever counted: some ten printed pages."""
_OFTEN = 3
"""Names of one actor that make it what a statement is about, at least."""

Places = Mapping[str, Sequence[tuple[Span, Called]]]
"""Where each actor is named, by identifier or folded name."""


def is_long(quotation: Quotation) -> bool:
    """Whether the names in a quotation are counted."""
    return quotation.span.end - quotation.span.start > LONG


def places(named: Sequence[tuple[Span, Called]]) -> Places:
    """Where a long quotation names each of its actors, in order."""
    found: dict[str, list[tuple[Span, Called]]] = {}
    for span, called in named:
        found.setdefault(called.id or called.name.casefold(), []).append((span, called))
    return found


def main(text: str, own: Own, speaker: Speaker, named: Places) -> Span | None:
    """Where the actor is first named whom a long quotation names most often, the earliest of several.

    Only actors that the registry knows are counted, and not the speaker's own side: so none is given where his country
    is not known.
    """
    if speaker.country is None or not named:
        return None
    counted = {
        each[0][0]: len(each) for each in named.values()
        if len(each) >= _OFTEN and each[0][1].id is not None and not own.covers(each[0][0], text)
    }
    return max(counted, key=lambda span: (counted[span], -span.start), default=None)


def with_places(target: Target, named: Places) -> Target:
    """The target with the further places where a long quotation names it."""
    found = named.get(target.id or target.name.casefold(), ())
    return replace(target, places=tuple(span for span, _ in found if span != target.span)) if found else target
