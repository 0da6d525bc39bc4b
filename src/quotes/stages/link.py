"""Link: identifiers made of content, so that the same words keep them whatever changes around them."""

from __future__ import annotations

import base64
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from quotes.stages.quoted_words import quoted_words

_SEPARATOR = "\x1f"
_BYTES = 15
"""Of a hash, which make 24 letters and figures."""


def quote_ids(publisher: str | None, doc_id: str, quotes: Iterable[str]) -> Iterator[str]:
    """An identifier for each quotation of a document, in order of position.

    Made of publisher, document and words (each in Unicode NFC), and of how many times the same words stood before in
    the document; speaker, date, stance and offsets stay out, so that a correction of those keeps the identifier.
    """
    seen: Counter[str] = Counter()
    of, document = (unicodedata.normalize("NFC", name) for name in (publisher or "", doc_id))
    for quote in quotes:
        words = unicodedata.normalize("NFC", quote)
        yield _identifier("q1", of, document, words, str(seen[words]))
        seen[words] += 1


def statement_id(quote: str) -> str:
    """One identifier for the same words, however they are capitalised, spaced and punctuated."""
    plain = quote.replace("’", "'")
    if plain.isascii():  # then folding changes no letter into another kind, and the words are those counted before
        return _identifier("s1", " ".join(quoted_words(quote)).replace("’", "'").lower())
    folded = unicodedata.normalize("NFKC", quote).casefold().replace("’", "'")
    return _identifier("s1", " ".join(quoted_words(folded)))


def told_apart(statement: str, quote_id: str) -> str:
    """The identifier of an utterance whose words another one had before; made of its first print too."""
    return _identifier("s1", statement, quote_id)


def count_words(quote: str) -> int:
    """Number of words; "nation's" and "anti-war" count once."""
    return len(quoted_words(quote))


def _identifier(scheme: str, *parts: str) -> str:
    content = _SEPARATOR.join((scheme, *parts)).encode("utf-8", "surrogatepass")
    return f"{scheme}_{base64.b32hexencode(sha256(content).digest()[:_BYTES]).decode('ascii').lower()}"
