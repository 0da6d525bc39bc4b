"""Read the tables of the lexicon and inflect the cue verbs."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, cast

CueClass = Literal[
    "say", "evaluate", "attack", "favour", "express", "speak", "think", "hold", "read", "go", "quote", "title"
]
Form = Literal["base", "present", "past", "ing"]


@dataclass(frozen=True, slots=True)
class Cue:
    """One form of a reporting verb.

    ``inverts`` verbs may stand before their subject behind a quotation, those of languages with ``free`` word order
    anywhere.
    """

    lemma: str
    cue_class: CueClass
    inverts: bool
    form: Form
    free: bool = False


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


def _english_cues() -> dict[str, Cue]:
    table: dict[str, Cue] = {}
    with files(__package__).joinpath("cues.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            forms = [*_inflect(row["lemma"], row["past"]), (row["participle"] or row["lemma"], "past")]
            if row["noun"] == "yes":
                forms = [(word, form) for word, form in forms if form in ("past", "ing") and word != row["lemma"]]
            for word, form in forms:
                cue = Cue(row["lemma"], cast(CueClass, row["class"]), row["inverts"] == "yes", form)
                table.setdefault(word, cue)
    return table


def _read(name: str) -> dict[str, frozenset[str]]:
    raw = json.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
    return {key: frozenset(words.split()) for key, words in raw.items()}


CUES = MappingProxyType(_english_cues())
"""Every form of every English reporting verb, by the word in lower case."""

WORDS = MappingProxyType(_read("words.json"))
"""English closed word classes by name: pronoun, determiner, auxiliary, preposition, adverb, time, conjunction …"""

LANGUAGES = ("en", "de", "es", "fr", "ru")
"""Languages with a table of their own; others are read with the English one."""

_LETTERS = (
    ("role", "R"),
    ("adverb", "Y"),
    ("time", "T"),
    ("relative", "W"),
    ("preposition", "O"),
    ("conjunction", "K"),
    ("auxiliary", "A"),
    ("determiner", "D"),
    ("pronoun", "P"),
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Cues and word types of one language; ``types`` as in `quotes.stages.tokens`."""

    language: str
    cues: Mapping[str, Cue]
    types: Mapping[str, str]
    time: frozenset[str]


@cache
def lexicon(language: str | None) -> Lexicon:
    """The lexicon of a language (ISO 639-1, region apart), the English one where it has none."""
    code = (language or "en").lower()[:2]
    if code not in LANGUAGES or code == "en":
        return Lexicon("en", CUES, _types(WORDS, frozenset({"that"})), WORDS["time"])
    words = _read(f"{code}.json")
    cues = {
        word: Cue(word, name, True, "past", free=True)
        for name in ("favour", "attack", "evaluate", "say")
        for word in words[name]
    }
    return Lexicon(code, MappingProxyType(cues), _types(words, words["that"]), words["time"])


def _types(words: Mapping[str, frozenset[str]], that: frozenset[str]) -> Mapping[str, str]:
    types = {word: letter for name, letter in _LETTERS for word in words[name]}
    return MappingProxyType({**types, **dict.fromkeys(that, "S")})
