"""Read a mention: the words that name a speaker, split into head, titles and tail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quotes.records import Span
from quotes.registry import fold
from quotes.registry.words import MENTION_WORDS
from quotes.stages.resolve_names import Name

_EDGE = re.compile(r"^[\s,;:—–\-\"“”‘'(]+|[\s,;:—–\-\"“”‘(.]+$")
_POSSESSIVE = re.compile(r"['’]s?$")
_SEGMENT = re.compile(r",|;|\(| [–—-]+ | (?:who|whom|whose|which|that|where|when) ")
_PREPOSITION = re.compile(r" (?:of|for|from|to|with|by|in|at|against|about|on|near|behind|among|including|as) ")
_AND = re.compile(r"(?:,| and| &| or) ")
_WORD = re.compile(r"[^\s]+")


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention in its parts.

    ``phrase`` is what stands before the first comma or relative clause, ``core`` the part of it before the first
    preposition, both folded words without the determiner; ``tail`` what follows the core. ``name`` is the person's
    name at the head, where there is one, ``several`` tells of two names joined.
    """

    span: Span
    text: str
    determiner: str
    phrase: tuple[str, ...]
    core: tuple[str, ...]
    name: Name | None
    several: bool
    own: tuple[Name, ...]

    @property
    def head(self) -> str:
        """The noun that says what the speaker is."""
        return self.core[-1] if self.core else ""

    @property
    def is_plural(self) -> bool:
        """Whether several people are meant."""
        return self.head in MENTION_WORDS["group"] or self.several


def read(text: str, span: Span, names: Sequence[Name]) -> Mention:
    """The mention at ``span``; ``names`` are the names of the document that begin inside it."""
    start, end = _trimmed(text, span)
    words = text[start:end]
    cut = _SEGMENT.search(words)
    # A relative clause or a comma at the very start is no cut.
    phrase_end = start + cut.start() if cut and cut.start() > 0 else end
    inside = [name for name in names if name.span.end <= phrase_end]
    head, several = _head(text, start, phrase_end, inside)
    if head is None:
        head = _apposition(text, phrase_end, names, span)
    phrase = _folded(text[start:phrase_end])
    determiner = phrase[0] if phrase and phrase[0] in MENTION_WORDS["determiner"] and len(phrase) > 1 else ""
    preposition = _PREPOSITION.search(text, start, phrase_end)
    core = _folded(text[start : preposition.start() if preposition else phrase_end])
    skip = 1 if determiner else 0
    return Mention(
        Span(start, end), words, determiner, phrase[skip:], core[skip:], head, several,
        tuple(name for name in names if start <= name.span.start < end),
    )


def _trimmed(text: str, span: Span) -> tuple[int, int]:
    words = text[span.start : span.end]
    lead = _EDGE.match(words)
    start = span.start + (lead.end() if lead and lead.start() == 0 else 0)
    tail = re.search(r"[\s,;:—–\-\"“”‘(]+$", text[start : span.end])
    end = start + tail.start() if tail else span.end
    possessive = _POSSESSIVE.search(text[start:end])
    return start, start + possessive.start() if possessive else max(start, end)


def _folded(words: str) -> tuple[str, ...]:
    return tuple(folded for word in _WORD.findall(words) if (folded := fold(word.strip("\"“”‘’'"))))


def _head(text: str, start: int, end: int, inside: Sequence[Name]) -> tuple[Name | None, bool]:
    """The person's name that the phrase amounts to, and whether two are joined."""
    people = [name for name in inside if name.kind == "person"]
    for k in range(len(people) - 1, -1, -1):
        name = people[k]
        rest = text[name.span.end : end]
        if rest.strip(" .,)") and not _closes(rest):
            continue
        before = text[start : name.span.start]
        preposition = _PREPOSITION.search(before)
        if preposition and not _is_title_of(name, preposition):
            continue
        if k and _AND.fullmatch(text[people[k - 1].span.end : name.span.start - _lead(text, people[k - 1], name)]):
            return None, True
        return name, False
    return None, False


def _closes(rest: str) -> bool:
    """Whether a name followed by these words is still the head: "Tomblin of West Virginia", "Trump's"."""
    return bool(re.match(r"(?:['’]s?)?$| (?:of|from|in|at|and|for|on|with|to) |,? (?:Jr|Sr)", rest))


def _is_title_of(name: Name, preposition: re.Match[str]) -> bool:
    """Secretary of State John Kerry: the words before the preposition belong to the name's own titles."""
    return preposition[0] == " of " and len(name.titles) > 1


def _lead(text: str, one: Name, other: Name) -> int:
    """Characters of titles between "and" and the second name."""
    between = text[one.span.end : other.span.start]
    joint = _AND.match(between)
    return len(between) - joint.end() if joint else 0


def _apposition(text: str, phrase_end: int, names: Sequence[Name], span: Span) -> Name | None:
    """The name after the comma: "the spokesman, Mirko Santel,", also where the mention ends before it."""
    for name in names:
        if name.kind == "person" and phrase_end <= name.span.start <= phrase_end + 40:
            between = text[phrase_end : name.span.start]
            after = text[name.span.end : name.span.end + 1]
            if re.fullmatch(r", (?:[A-Z][\w.]*\.? )*", between) and (after in ",.)" or name.span.end >= span.end):
                return name
            return None
    return None
