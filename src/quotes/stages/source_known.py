"""The outlets of the registry, and where a text names them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from quotes.records import SourceType, Span
from quotes.registry import Outlet, Registry
from quotes.stages import source_naming as naming
from quotes.stages.source_scan import places, shown

BARE = re.compile(r"^(?:[Tt]he|[Aa]n?|El|La|Der|Die|Das|Le) ")
"""An article before a name."""

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

    ``words`` finds words that begin with a capital or a figure with which a first word does, East Asian ones aside;
    ``small`` are the first words that begin otherwise. ``every`` finds all words, and names without blanks between
    words (East Asian ones) too, and takes longer.
    """

    table: dict[str, list[tuple[str, Carrier, bool]]]
    words: re.Pattern[str]
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
    capitals = "".join(sorted({key[0] for key in table if _CAPITAL.match(key) and not _EAST_ASIAN.match(key)}))
    words = re.compile(rf"[{re.escape(capitals)}](?<![\w-].)\w*" if capitals else "(?!)")
    return _Index(table, words, re.compile(rf"(?P<east>{branch or '(?!)'})|(?<![\w-])\w+"), small)


def _first(name: str) -> str:
    match = re.match(r"\w+", name)
    return match[0] if match else name


def known(text: str, registry: Registry) -> Iterator[Mention]:
    """Where a text names an outlet of the registry."""
    index = _index(registry)
    if not text.isascii() and _EAST_ASIAN.search(text):
        for match in index.every.finditer(text):
            east = match["east"] is not None
            key = _first(match[0]) if east else match[0]
            yield from _named_at(text, match.start(), index.table.get(key, ()), east)
        return
    # Few of the words that a text writes with capitals are an outlet's: only those are looked for one by one.
    capitals = index.table.keys() & index.words.findall(shown(text))
    for word in (*sorted(capitals), *index.small):
        for at in places(text, (word,)):
            if not _is_inside_word(text, at, at + len(word)):
                yield from _named_at(text, at, index.table[word], False)


def _is_inside_word(text: str, start: int, end: int) -> bool:
    """Whether letters go on behind what stands there, or letters or a hyphen stand before it."""
    before, behind = text[max(0, start - 1) : start], text[end : end + 1]
    return before.isalnum() or before in ("_", "-") or behind.isalnum() or behind == "_"


def _named_at(text: str, at: int, names: Sequence[tuple[str, Carrier, bool]], east: bool) -> Iterator[Mention]:
    for name, carrier, weak in names:
        end = at + len(name)
        if text.startswith(name, at) and (east or not _goes_on(text, end)):
            yield Mention(Span(at, end), carrier, "named", weak)
            return


def _goes_on(text: str, end: int) -> bool:
    return end < len(text) and (text[end].isalnum() or (text[end] == "-" and text[end + 1 : end + 2].isalnum()))
