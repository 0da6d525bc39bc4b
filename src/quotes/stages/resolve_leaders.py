"""Leaders of parties: whom "the head of the delegation" means, where the text told who heads it."""

from __future__ import annotations

import re

from quotes.stages.resolve_context import Context, Referent
from quotes.stages.resolve_mention import Mention

_PARTY = r"(?:delegation|group|party|mission|team|troupe)"
_LEADER = re.compile(rf"(?:the|its) (?:head|leader|chief) of the (?:visiting )?{_PARTY}\b", re.IGNORECASE)
_HEADED = re.compile(rf"\b{_PARTY}\b[^.;\n]{{0,200}}? (?:headed|led) by ")
_REACH = 100
"""Characters behind "headed by" in which the name begins, offices before it."""


def leader_before(mention: Mention, anchor: int, context: Context) -> Referent | None:
    """The one person by whom a delegation is headed, as the text has told before; None where two are."""
    if _LEADER.match(mention.text) is None:
        return None
    found: dict[str, Referent] = {}
    for headed in _HEADED.finditer(context.text, 0, anchor):
        for name in context.names_between(headed.end(), headed.end() + _REACH):
            occurrence = context.occurrence(name)
            if name.kind == "person" and occurrence is not None and occurrence.entity is not None:
                one = context.referent(occurrence.entity)
                found[one.key] = one
                break
    return next(iter(found.values())) if len(found) == 1 else None
