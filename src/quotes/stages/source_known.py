"""The outlets of the registry, and where a text names them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from quotes.records import SourceType, Span
from quotes.registry import Outlet, Registry
from quotes.stages import source_naming as naming
from quotes.stages.source_scan import places, shown

BARE = re.compile(r"^(?:[Tt]he|[Aa]n?|El|La|Der|Die|Das|Le) ")
"""An article before a name."""
_LONGEST_WORD = 40

Kind = Literal["named", "class", "back"]


@dataclass(frozen=True, slots=True)
class Carrier:
    """An outlet as it will stand in a credit. ``form`` is that of the registry, where known."""

    name: str
    id: str | None
    type: SourceType
    form: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A place of the text that names an outlet. ``weak`` names are ordinary words too."""

    span: Span
    carrier: Carrier
    kind: Kind
    weak: bool = False


def of_outlet(outlet: Outlet) -> Carrier:
    """The carrier that a row of the registry stands for."""
    return Carrier(outlet.name, outlet.id, outlet.type, outlet.form)


@dataclass(frozen=True, slots=True)
class _Index:
    """The registry's names by their first word, the longest first.

    ``capitals`` finds those of them that begin with a capital or a figure, East Asian ones aside; ``small`` are the
    others. ``every`` finds all words, and names without blanks between words (East Asian ones) too, and takes longer.
    """

    table: dict[str, list[tuple[str, Carrier, bool]]]
    capitals: re.Pattern[str]
    every: re.Pattern[str]
    small: tuple[str, ...]


_CAPITAL = re.compile(r"[^\W_a-z]")
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")


@lru_cache(maxsize=8)
def _index(registry: Registry) -> _Index:
    table: dict[str, list[tuple[str, Carrier, bool]]] = {}
    other: list[str] = []
    for outlet in registry.outlets:
        for name in dict.fromkeys((outlet.name, *outlet.aliases)):
            if registry.outlet_named(name) != outlet:
                continue
            bare = BARE.sub("", name) if " " in name else name
            weak = bare.casefold() in naming.ORDINARY
            if _EAST_ASIAN.match(name):
                other.append(name)
            key = _first(bare)
            table.setdefault(key, []).append((bare, of_outlet(outlet), weak))
    for names in table.values():
        names.sort(key=lambda entry: (-len(entry[0]), entry[0]))
    branch = "|".join(sorted(map(re.escape, other), key=lambda name: (-len(name), name)))
    small = tuple(sorted(key for key in table if not _CAPITAL.match(key)))
    capitals = _any_of(key for key in table if _CAPITAL.match(key) and not _EAST_ASIAN.match(key))
    return _Index(table, capitals, re.compile(rf"(?P<east>{branch or '(?!)'})|(?<![\w-])\w+"), small)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Finds words by their first letters, behind each of which few are left to try."""
    tails: dict[str, list[str]] = {}
    for word in sorted(words):
        tails.setdefault(word[0], []).append(re.escape(word[1:]))
    letters = (rf"{re.escape(letter)}(?<![\w-].)(?:{'|'.join(each)})" for letter, each in tails.items())
    return re.compile(rf"(?:{'|'.join(letters) or '(?!)'})(?!\w)")


def _first(name: str) -> str:
    match = re.match(r"\w+", name)
    return match[0] if match else name


def known(text: str, registry: Registry) -> Iterator[Mention]:
    """Where a text names an outlet of the registry."""
    index = _index(registry)
    if not text.isascii() and _EAST_ASIAN.search(shown(text)):
        for match in index.every.finditer(text):
            east = match["east"] is not None
            key = _first(match[0]) if east else match[0]
            yield from _named_at(text, match.start(), index.table.get(key, ()), east)
        return
    for match in index.capitals.finditer(text):
        yield from _named_at(text, match.start(), index.table[match[0]], False)
    for at in places(text, index.small):
        key = _first(text[at : at + _LONGEST_WORD])
        if key in index.small and not (at and (text[at - 1].isalnum() or text[at - 1] in "_-")):
            yield from _named_at(text, at, index.table[key], False)


def _named_at(text: str, at: int, names: Sequence[tuple[str, Carrier, bool]], east: bool) -> Iterator[Mention]:
    for name, carrier, weak in names:
        end = at + len(name)
        if text.startswith(name, at) and (east or not _goes_on(text, end)):
            yield Mention(Span(at, end), carrier, "named", weak)
            return


def _goes_on(text: str, end: int) -> bool:
    return end < len(text) and (text[end].isalnum() or (text[end] == "-" and text[end + 1 : end + 2].isalnum()))
