"""The word lists that finding targets needs, from ``target_words.json``."""

from __future__ import annotations

import json
from importlib.resources import files
from types import MappingProxyType


def _read() -> dict[str, frozenset[str]]:
    raw = json.loads(files("quotes.stages").joinpath("target_words.json").read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in raw.items()}


TABLES = MappingProxyType(_read())
"""Words by the name of their list, lower case."""
