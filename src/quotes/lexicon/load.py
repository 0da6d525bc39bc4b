"""Read the tables of the lexicon and inflect the cue verbs."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, cast

CueClass = Literal[
    "say", "evaluate", "attack", "favour", "express", "speak", "think", "hold", "read", "go", "quote", "title"
]
Form = Literal["base", "present", "past", "ing"]


@dataclass(frozen=True, slots=True)
class Cue:
    """One form of a reporting verb. ``inverts`` verbs may stand before their subject behind a quotation."""

    lemma: str
    cue_class: CueClass
    inverts: bool
    form: Form


def _inflect(lemma: str, past: str) -> Iterator[tuple[str, Form]]:
    """Forms of a verb; ``past`` as in the table, empty where it is regular."""
    sibilant = lemma.endswith(("s", "x", "ch", "sh"))
    consonant_y = lemma.endswith("y") and lemma[-2] not in "aeiou"
    yield lemma, "base"
    yield (lemma[:-1] + "ies" if consonant_y else lemma + ("es" if sibilant or lemma == "go" else "s")), "present"
    regular = lemma + "d" if lemma.endswith("e") else lemma[:-1] + "ied" if consonant_y else lemma + "ed"
    yield past or regular, "past"
    doubled = past.endswith("ed") and len(past) > 4 and past[-3] == past[-4] and past[:-3] == lemma
    doubled = doubled or lemma in {"begin", "quip", "put"}
    stem = lemma[:-1] if lemma.endswith("e") and not lemma.endswith("ee") else lemma + lemma[-1] if doubled else lemma
    yield stem + "ing", "ing"


def _cues() -> dict[str, Cue]:
    table: dict[str, Cue] = {}
    with files(__package__).joinpath("cues.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            forms = [*_inflect(row["lemma"], row["past"]), (row["participle"] or row["lemma"], "past")]
            for word, form in forms:
                cue = Cue(row["lemma"], cast(CueClass, row["class"]), row["inverts"] == "yes", form)
                table.setdefault(word, cue)
    return table


def _words() -> dict[str, frozenset[str]]:
    raw = json.loads(files(__package__).joinpath("words.json").read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in raw.items()}


CUES = MappingProxyType(_cues())
"""Every form of every reporting verb, by the word in lower case."""

WORDS = MappingProxyType(_words())
"""Closed word classes by name: pronoun, determiner, auxiliary, preposition, adverb, time, conjunction, relative, role, title."""
