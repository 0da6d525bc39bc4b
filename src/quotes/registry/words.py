"""The closed word classes by which names and mentions are read, as data tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType

from quotes.registry.rows import Gender


def _classes(name: str) -> Mapping[str, frozenset[str]]:
    raw = json.loads(files(__package__).joinpath("data", name).read_text(encoding="utf-8"))
    return MappingProxyType({kind: frozenset(words.split()) for kind, words in raw.items()})


NAME_WORDS = _classes("name_words.json")
"""Capitalised words that are no names, and words inside and before names, by class."""

_GIVEN = _classes("given_names.json")


_ALL_GIVEN = frozenset().union(*_GIVEN.values())


def gender_of_given_name(name: str) -> Gender | None:
    """The gender that a given name tells in lower case, None where it tells none or is not in the table."""
    if name in _GIVEN["female"]:
        return "female"
    return "male" if name in _GIVEN["male"] else None


def is_given_name(name: str) -> bool:
    """Whether the table of given names holds this name (lower case)."""
    return name in _ALL_GIVEN


MENTION_WORDS = _classes("mention_words.json")
"""Pronouns, and nouns that mean a speaker without a name, by class."""
