"""Documents that speak: whom "the statement" and "the message" mean, by the sentence that told of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes.records import Span
from quotes.registry import Country
from quotes.registry.words import MENTION_WORDS
from quotes.stages.resolve_context import Context, Event
from quotes.stages.resolve_discourse import Discourse
from quotes.stages.resolve_mention import Mention
from quotes.stages.resolve_roles import Found

_ISSUED = re.compile(rf"\b(?:{'|'.join(sorted(MENTION_WORDS['issue']))})\b")
_PASSIVE = re.compile(r"\b(?:is|was|were|been) (?:\w+ly )?$")
_BY = re.compile(r"\bby (?:[\w.]+ )*$")
_JOINED = re.compile(r" and (?:(?:the )?(?:[A-Z][\w’'-]*\.? ){1,6})?")
_LEAD = 60
"""Characters before a name in which the document that he sent is looked for."""
_SENTENCES = 4
"""Sentences back in which a document is told of, at most."""


def author_before(mention: Mention, anchor: int, context: Context, discourse: Discourse) -> Found:
    """ "The statement": the body or person of whom a sentence before tells that it issued or sent it."""
    if mention.determiner not in ("the", "this", "that") or len(mention.phrase) > 3:
        return None, "none:document-without-author"
    for distance, events in enumerate(discourse.before(anchor, context.region(mention.span.start))):
        sentence = context.article.sentences[context.sentence(events[0].at)]
        if mention.head in context.text[sentence.start : sentence.end].lower():
            found = _sender(mention, events, context) or _issuer(events, sentence, context)
            if found is not None:
                return found
        if distance > _SENTENCES:
            break
    return None, "none:document-without-author"


def _sender(mention: Mention, events: Sequence[Event], context: Context) -> Found | None:
    """Who is named behind "a message from"; nobody where two sign it."""
    for event in events:
        if event.weight == 0 and isinstance(context.referents[event.key].row, Country):
            continue  # "from Norvanian King …"
        lead = context.text[max(0, event.at - _LEAD) : event.at]
        if re.search(rf"{mention.head}\b.*\b(?:from|by) (?:[\w.]+ )*$", lead, re.IGNORECASE):
            if _signs_with_another(event, events, context):
                return None, "none:group-of-names"
            return context.referents[event.key], "document-of-sender"
    return None


def _issuer(events: Sequence[Event], sentence: Span, context: Context) -> Found | None:
    """The subject of "issued a statement"."""
    verbs = re.findall(r"\w+", context.text[sentence.start : sentence.end].lower())
    issued = "received" not in verbs and any(word in MENTION_WORDS["issue"] for word in verbs)
    first = next((event for event in events if event.weight >= 2), None)
    if not issued or first is None or _is_behind_issue(first, sentence, context):
        return None
    return context.referents[first.key], "document-of-subject"


def _is_behind_issue(event: Event, sentence: Span, context: Context) -> bool:
    """Whether a name stands behind "issued a statement at …", and so did not issue it."""
    before = context.text[sentence.start : event.at]
    verb = _ISSUED.search(before)
    if verb is None:
        return False
    return not (_PASSIVE.search(before[: verb.start()]) and _BY.search(before[verb.end() :]))


def _signs_with_another(one: Event, events: Sequence[Event], context: Context) -> bool:
    """Whether a second person stands behind the name and "and": "from President Brenn and Vice-President Wenn"."""
    behind = next((event for event in events if event.at >= one.end), None)
    if behind is None or behind.key == one.key or context.referents[behind.key].type != "person":
        return False
    return _JOINED.fullmatch(context.text, one.end, behind.at) is not None
