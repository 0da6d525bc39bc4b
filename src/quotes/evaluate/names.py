"""When two names mean the same speaker or source."""

from __future__ import annotations

import re
import unicodedata

_TITLES = frozenset(
    {"the", "a", "an", "of", "mr", "mrs", "ms", "dr"}
    | {"president", "leader", "supreme", "minister", "prime", "foreign", "secretary", "general", "chairman"}
    | {"spokesman", "spokesperson", "spokeswoman", "sen", "rep", "gov", "senator"}
)
"""Words that tell nothing about who is meant."""

_WORD = re.compile(r"\w+")
_POSSESSIVE = re.compile(r"'s\b")


def same_name(one: str, other: str) -> bool:
    """Whether one name's words contain the other's, or both end in the same word.

    Case, accents, hyphens, possessives and titles do not count. Names of nothing but titles must be equal.
    """
    ours, theirs = _words(one), _words(other)
    if not ours or not theirs:
        return bool(one) and _folded(one).strip() == _folded(other).strip()
    return set(ours) <= set(theirs) or set(theirs) <= set(ours) or ours[-1] == theirs[-1]


def _words(name: str) -> list[str]:
    return [word for word in _WORD.findall(_folded(name)) if word not in _TITLES]


def _folded(name: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return _POSSESSIVE.sub("", bare.lower().replace("-", " ").replace("’", "'"))
