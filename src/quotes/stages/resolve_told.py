"""Who stands beside a mention and is somebody else.

"He made a bluff of “…”, Brenn said" is about somebody of whom Brenn tells, unless nobody else is there; in "he told
Brenn" and "the clerk asked Brenn" somebody else speaks.
"""

from __future__ import annotations

import re

from quotes.registry import fold
from quotes.stages.resolve_context import Context, Referent
from quotes.stages.resolve_mention import Mention

_BEHIND = re.compile(r",[\"”]? ?(?P<who>[A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,3}) (?:said|noted|stressed|added)\b")
_TELLS = re.compile(
    r" (?:(?:had|has) )?(?:then |later |once )?"
    r"(?:told|tells|asked|asks|assured|reminded|warned|informed|urged|advised) "
)
_TITLE = 60
"""Characters of the titles in front of a name, at most."""
_HIS_OWN = frozenset("though although while if when as because since but and".split())
"""First words of a sentence in which he may well tell of himself: "Though he said it was “…”, Brenn added"."""


def is_told_of(one: Referent, mention: Mention, context: Context) -> bool:
    """Whether the sentence of a pronoun is a report by the very person whom it would mean."""
    sentence = context.article.sentences[context.sentence(mention.span.start)]
    first = context.text[sentence.start : mention.span.start].split()[:1]
    match = _BEHIND.search(context.text, mention.span.end, sentence.end)
    if match is None or not first or fold(first[0]) in _HIS_OWN:
        return False
    names = context.names_between(match.start("who"), match.end("who"))
    occurrences = (context.occurrence(name) for name in names)
    return any(
        context.referent(occurrence.entity).key == one.key
        for occurrence in occurrences
        if occurrence is not None and occurrence.entity is not None
    )


def addressed(mention: Mention, context: Context) -> str | None:
    """The key of the person whom the mention's clause names as told or asked: "the clerk asked Odo Venkar".

    Whoever the mention means is somebody else.
    """
    verb = _TELLS.match(context.text, mention.span.end)
    names = context.names_between(verb.end(), verb.end() + _TITLE) if verb is not None else []
    if verb is None or not names or names[0].lead != verb.end():
        return None
    occurrence = context.occurrence(names[0])
    entity = occurrence.entity if occurrence is not None else None
    return context.referent(entity).key if entity is not None else None
