"""The word lists that dating needs, and the names of months and weekdays in several languages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Names:
    """Names of months (1 to 12) and weekdays (Monday is 0), and words that count days back, in one language."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    days_ago: Mapping[str, int]


def _read() -> dict[str, frozenset[str]]:
    raw = json.loads(files("quotes.stages").joinpath("date_words.json").read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in raw.items()}


TABLES = MappingProxyType(_read())
"""Words by the name of their list, lower case."""


@cache
def names(language: str) -> Names | None:
    """The names that a language (ISO 639-1) has for days; None where it has no table."""
    raw = json.loads(files("quotes.stages").joinpath("date_languages.json").read_text(encoding="utf-8")).get(language)
    if raw is None:
        return None
    return Names(
        {name: number for number, each in enumerate(raw["months"], 1) for name in each.split()},
        {name: number for number, each in enumerate(raw["weekdays"]) for name in each.split()},
        {word: int(number) for number, each in raw["days_ago"].items() for word in each},
    )
