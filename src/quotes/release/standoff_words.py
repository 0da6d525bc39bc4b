"""Which words a stand-off row may hold: names, and words of our own lexicon; never the document's.

Columns of words (the quotation, its context, the title) are null. Of columns that point at words (who speaks,
about whom, by which verb) a value stays where it is a name, or a few words that any report has: pronouns,
offices, reporting verbs. Everything else becomes null; offsets say where it stands. A column that this module
does not know is treated in the same way, so that a new one cannot let words through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from quotes import schema

Row = Mapping[str, Any]

WITHHELD: Mapping[str, tuple[str, ...]] = {
    "quotes": ("quote", "title", "date_words", "context_before", "context_after"),
    "statements": ("quote",),
    "rejected": ("text", "context_before", "context_after"),
    "documents": ("title", "text"),
}
"""Columns of words, null in every stand-off row."""

WORDS = frozenset(column for columns in WITHHELD.values() for column in columns)
"""The same, whatever the table."""

FACTS = frozenset(
    "quote_id doc_id quote_sha256 speaker_id date date_edtf source_id publisher published url lang target_id "
    "statement_id rule model first_version".split()
)
"""Columns of text that hold identifiers, days, digests and names of rules."""

_TOKEN = re.compile(r"[^\W_]+(?:[.'’&/-]+[^\W_]+)*\.?")
_PARTICLES = frozenset("of the for and on in de la del da di al el von van der ibn bin 's &".split())
_LONGEST = 55
"""Characters beyond which even a name is left out: nothing that long is taken over from a text, whatever it is."""
_LONGEST_NAME = 12
_LONGEST_PHRASE = 3
_LONGEST_DATE = 6


@dataclass(frozen=True, slots=True)
class Names:
    """What counts as a name in a collection.

    ``known`` tells whether the registry has a name; ``lexicon`` holds words (lower case) that belong to no
    text, ``dates`` those of days; ``common`` the words that the documents also write with a small letter,
    which a capital alone therefore makes no names.
    """

    known: Callable[[str], bool]
    lexicon: Collection[str]
    dates: Collection[str]
    common: Collection[str]

    def allows(self, value: str) -> bool:
        """Whether these words are a name, or a short phrase of names and words of the lexicon."""
        if len(value) > _LONGEST:
            return False
        tokens = _TOKEN.findall(value)
        if not tokens or self.known(value):
            return True
        if len(tokens) > _LONGEST_PHRASE and not any(map(_capital, tokens[1:])) and not self._is_date(tokens):
            return False  # "the rowers and their sons": a stretch of the text, though the lexicon may have each word
        if tokens[0].casefold() in ("the", "a", "an"):
            tokens = tokens[1:]
        if tokens and self.known(" ".join(tokens)):
            return True
        return self._is_name(tokens) or self._is_phrase(tokens) or self._is_date(tokens)

    def _is_name(self, tokens: list[str]) -> bool:
        named = [token for token in tokens if _capital(token)]
        others = [token for token in tokens if not _capital(token)]
        if not named or len(tokens) > _LONGEST_NAME or any(token not in _PARTICLES for token in others):
            return False
        # A capital may only mean that a sentence begins: what is written small elsewhere is no name alone.
        return any(token.casefold() not in self.common for token in named) or len(named) > 1

    def _is_phrase(self, tokens: list[str]) -> bool:
        return len(tokens) <= _LONGEST_PHRASE and all(
            token.casefold() in self.lexicon or (_capital(token) and token.casefold() not in self.common)
            for token in tokens
        )

    def _is_date(self, tokens: list[str]) -> bool:
        return len(tokens) <= _LONGEST_DATE and all(
            token.rstrip(".").casefold() in self.dates or token.rstrip("stndrh").isdecimal() for token in tokens
        )


def common_words(texts: Iterable[str]) -> frozenset[str]:
    """The words that texts write with a small letter, in lower case."""
    return frozenset(token for text in texts for token in set(_TOKEN.findall(text)) if token[0].islower())


def without_words(table: str, row: Row, names: Names) -> dict[str, Any]:
    """The row without anyone's words."""
    columns = {column.name: column for column in schema.table(table).columns}
    return {name: _cell(table, columns[name], value, names) for name, value in row.items() if name in columns}


def _cell(table: str, column: schema.Column, value: object, names: Names) -> object:
    if column.name in WITHHELD.get(table, ()):
        return None
    if column.labels is not None or column.name in FACTS:
        return value
    if isinstance(value, str):
        return value if names.allows(value) else None
    if isinstance(value, list | tuple):
        kept = [item for item in value if not isinstance(item, str) or names.allows(item)]
        return list(value) if len(kept) == len(value) else [] if not column.nullable else None
    return value


def _capital(token: str) -> bool:
    return not token[0].islower()
