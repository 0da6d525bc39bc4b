"""Descriptions: what the words around a name say of its bearer, before it and in apposition behind it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from quotes.lexicon import CUES
from quotes.registry import Person, Registry, fold
from quotes.registry.words import MENTION_WORDS, NAME_WORDS
from quotes.stages.resolve_offices import Description, describe, holds
from quotes.stages.resolve_sequences import Name

_WORD_BEFORE = re.compile(r"[\w'’.-]+$")
_WORDS_BEFORE = 8
_FRONT = re.compile(
    r"(?:^|[\s(“\"])((?:the|a|an|his|her|its|their|la|le|el|der|die|[A-Z][\w'’]+['’]s)\b [^,.;:\"“”()\n]{2,70}), $",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r",? (?P<copula>is |was |became |has become |who is |who was )?(?P<phrase>(?:the |a |an |his |her |its |their )?"
    r"[^,.;:\n\"“”()]{2,110}?)(?=[,.;:\n)\"“]| \()"
)
_RELATIVE = re.compile(r" (?:who|which|that|whose|whom)\b")
_SMALL_TITLES = frozenset({"of", "state", "foreign", "defence", "defense", "interior", "finance", "party", "army"})
_MAX_WORDS = 12


class Descriptions:
    """The descriptions of every person of one document, read once each."""

    def __init__(self, text: str, lang: str, registry: Registry) -> None:
        self._text = text
        self._adjective_behind = lang in ("fr", "es", "it", "pt")
        self._registry = registry

    def of(self, names: Iterable[Name]) -> tuple[Description, ...]:
        """What the text says of somebody at his names."""
        found: dict[Description, None] = {}
        for name in names:
            for read in _READERS:
                description = read(self, name)
                if description is not None and description:
                    found[description] = None
        return tuple(found)

    def names_office(self, person: Person, name: Name) -> bool:
        """Whether the words at a name tell of an office that this person ever held."""
        told = [description for read in _READERS if (description := read(self, name)) is not None]
        titles = [title for description in told for title in description.titles]
        return holds(person, titles, (), None, self._registry)

    def before(self, name: Name) -> Description | None:
        """Titles right before the name: "North Korean leader", "Prime Minister"."""
        words = [*self._small_titles(name), *name.titles]
        return describe(words, self._registry) if words else None

    def _small_titles(self, name: Name) -> list[str]:
        """Words in small letters, and the capitals before them, that belong to the titles of a name."""
        window = self._text[max(0, name.lead - 70) : name.lead]
        words: list[str] = []
        for raw in _words_before(window[window.rfind("\n") + 1 :]):
            word = fold(raw)
            title = word in NAME_WORDS["title"] or word in self._registry.titles or word in MENTION_WORDS["rank"]
            if not words and not title and self._adjective_behind and raw.islower():
                continue  # "le président keldonien Yarek Dolvish"
            if not (title or raw[0].isupper() or (words and word in _SMALL_TITLES)):
                break
            words.append(word)
        words.reverse()
        return words[1:] if words and words[0] == "of" else words

    def front(self, name: Name) -> Description | None:
        """A phrase before a comma: "the president's spokesman, Mirko Santel"."""
        window = self._text[max(0, name.lead - 90) : name.lead]
        match = _FRONT.search(window) if window.endswith(", ") else None
        if match is None:
            return None
        description = describe(match[1].split()[-_MAX_WORDS:], self._registry)
        return description if _is_role(description) else None

    def behind(self, name: Name) -> Description | None:
        """An apposition or predicate: "Marco Rubio, the Florida senator", "Brenn is president of Norvania"."""
        match = _BEHIND.match(self._text, name.span.end)
        if match is None or not (match["copula"] or match[0].startswith(",")):
            return None
        words = _RELATIVE.split(match["phrase"])[0].split()
        if not words or any(word in CUES or word in MENTION_WORDS["aux"] for word in words[1:]):
            return None  # "…, the governor said": another clause
        description = describe(words[:_MAX_WORDS], self._registry)
        determined = fold(words[0]) in MENTION_WORDS["determiner"]
        if match["copula"] and not description.titles:
            return None
        return description if description.titles or (determined and _is_role(description)) else None


def _words_before(window: str) -> Iterator[str]:
    """The words with which a text ends, a blank behind each, the last one first."""
    if not window.endswith(" "):
        return
    for piece in reversed(window[:-1].split(" ")[-_WORDS_BEFORE:]):
        match = _WORD_BEFORE.search(piece)
        if match is None:
            return
        yield match[0]
        if match.start():
            return


def _is_role(description: Description) -> bool:
    return bool(description.titles) or any(
        word in MENTION_WORDS["person_head"] or word in MENTION_WORDS["kin"] for word in description.words
    )


_READERS: tuple[Callable[[Descriptions, Name], Description | None], ...] = (
    Descriptions.before, Descriptions.front, Descriptions.behind,
)
