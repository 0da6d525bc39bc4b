"""Single quotation marks, told from apostrophes, years ('90s) and clipped words ('em)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotes.records import Article

# Both begin with the mark, so that the engine skips to the next one; what stands before it is looked at from there.
_OPENER = re.compile(r"[‘'‚](?:(?<=[\s(\[—–“\"„«:].)|(?<=^.))(?=[^\W_]|[“\"…])", re.MULTILINE)
_CLOSER = re.compile(r"['’‘](?<=[^\s(\[—–].)(?![^\W_])")
_CLIPPED = re.compile(
    r"['‘’](?:\d0s\b|\d\d\b(?!['’])|em\b|til\b|tis\b|twas\b|cause\b|bout\b|round\b|n['’]|s\b|re\b|ll\b|ve\b|d\b|t\b)",
    re.IGNORECASE,
)
_MAX_LENGTH = 2000


def single_pairs(article: Article) -> Iterator[tuple[int, int]]:
    """Positions between single marks, as (start, end) without the marks, in order, never overlapping."""
    text = article.text
    if not _OPENER.search(text):
        return
    for part in article.paragraphs:
        position = part.start
        while (opener := _OPENER.search(text, position, part.end)) is not None:
            position = opener.end()
            if _CLIPPED.match(text, opener.start()):
                continue
            following = _OPENER.search(text, opener.end(), part.end)
            limit = min(part.end, opener.end() + _MAX_LENGTH)
            end = _closer(text, opener.end(), limit, following.start() if following else part.end)
            if end is not None:
                yield opener.end(), end
                position = end + 1


def _closer(text: str, start: int, limit: int, next_opener: int) -> int | None:
    """The mark that closes: the first one behind a stop, else the first that is no plural possessive."""
    possessive: int | None = None
    for closer in _CLOSER.finditer(text, start, limit):
        at = closer.start()
        if text[at - 1] in "sS" and text[at + 1 : at + 2] == " " and text[at + 2 : at + 3].islower():
            # "the workers' rights": closes only if nothing better follows before the next opener
            if possessive is None:
                possessive = at
            continue
        if possessive is not None and at > next_opener:
            return possessive
        return at
    return possessive
