"""Sequences: one run of capitalised words cut into the names that stand in it, with the titles before each.

What a run holds depends on its words alone, so each is read once and kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from quotes.lexicon import CUES
from quotes.records import Span
from quotes.registry import Country, Organisation, Outlet, Person, Registry, fold
from quotes.registry.rows import Gender
from quotes.registry.words import MENTION_WORDS, NAME_WORDS, gender_of_given_name, is_given_name
from quotes.stages.kept import Kept

NameKind = Literal["person", "outlet", "organisation", "country"]
Known = Person | Outlet | Organisation | Country

UPPER = "".join(chr(code) for code in range(0x41, 0x530) if chr(code).isupper())
"""Capitals of Latin, Greek and Cyrillic."""
_POSSESSIVE = re.compile(r"['’](?:s)?$", re.IGNORECASE)
_ROMAN = re.compile("(?<=[a-z])(?=[\u2160-\u216b])|[\u2160-\u216b]+")
"""Roman numerals of one character each, and where such a one is glued to a name: "HaraldⅤ"."""
_ORDINAL = re.compile("[IVXLC]+")
_INITIAL = re.compile(rf"(?:[{UPPER}]\.-?)+|[{UPPER}]")
_DESCRIPTIVE = re.compile(r"-[a-z]{2,}(?:ing|ed|elect|born|led|run|era|style|based)$")
_NEWS = frozenset({"news", "press", "broadcasting", "information"})
_MAX_KNOWN = 9
_NOUN = 9
"""Letters of the shortest noun that is taken for one in front of a name; shorter ones may be given names."""
_KEPT = 120
"""Characters of the longest sequence whose reading is worth keeping."""

_SUFFIX, _PARTICLES, _FAMILY_FIRST = NAME_WORDS["suffix"], NAME_WORDS["particle"], NAME_WORDS["family_first"]
_FUNCTION, _TIME, _TITLES = NAME_WORDS["function"], NAME_WORDS["time"], NAME_WORDS["title"]
_ORGANISATION = NAME_WORDS["organisation"]
_MARKS = "\"“‘'"
_MEDIA_WORDS = MENTION_WORDS["media_end"] | MENTION_WORDS["media_pair"]
_HONORIFIC: dict[str, Gender] = {
    **dict.fromkeys(NAME_WORDS["honorific_male"], "male"), **dict.fromkeys(NAME_WORDS["honorific_female"], "female")
}
_NO_SYLLABLES = {word for word in NAME_WORDS["time"] if len(word) > 3} | MENTION_WORDS["aux"] | CUES.keys()
_CLOSED = (
    NAME_WORDS["function"] | NAME_WORDS["time"] | NAME_WORDS["organisation"] | NAME_WORDS["place"]
    | NAME_WORDS["title"] | NAME_WORDS["honorific"] | set(_HONORIFIC)
)


class Name(NamedTuple):
    """One place where the text names somebody or something.

    ``words`` are the folded words of the name, ``titles`` what stands before it in the same sequence of capitals,
    from character ``lead`` on, ``known`` the row of the registry that the words alone lead to.
    """

    span: Span
    kind: NameKind
    words: tuple[str, ...]
    titles: tuple[str, ...]
    gender: Gender | None
    possessive: bool
    lead: int
    known: Known | None = None


class _Shape(NamedTuple):
    """What the letters of a word tell by themselves: without its possessive, folded, and what it looks like."""

    raw: str
    word: str
    possessive: bool
    initial: bool
    ordinal: bool
    descriptive: bool
    closed: bool
    given: bool


class _Part(NamedTuple):
    start: int
    end: int
    raw: str
    word: str
    possessive: bool
    initial: bool
    ordinal: bool
    descriptive: bool
    closed: bool
    given: bool


class Reading(NamedTuple):
    """What a sequence of capitals holds, counted from its first character.

    ``first`` is its first word, folded; ``open`` tells that the registry knows nothing in it, and that it is no date.
    """

    first: str
    names: tuple[Name, ...]
    open: bool


def read_sequence(sequence: str, skip: int, registry: Registry) -> Reading:
    """The names of a sequence without its first ``skip`` words."""
    return _kept(sequence, skip, registry) if len(sequence) <= _KEPT else _reading(sequence, skip, registry)


def _reading(sequence: str, skip: int, registry: Registry) -> Reading:
    parts = _parts(sequence)[skip:]
    names = tuple(_read(parts, registry))
    known = any(name.known for name in names)
    timed = known or all(part.word in _TIME for part in parts)
    return Reading(parts[0].word if parts else "", names, not timed)


_kept = lru_cache(maxsize=65536)(_reading)


def whole(sequence: str, skip: int) -> Name:
    """All of a sequence without its first ``skip`` words, as the name of an outlet."""
    parts = _parts(sequence)[skip:]
    return _name(parts, (0, 0, len(parts)), "outlet", (), None)


def moved(name: Name, by: int) -> Name:
    """The name as many characters further on."""
    (start, end), *rest, lead, known = name
    return tuple.__new__(Name, (Span(start + by, end + by), *rest, lead + by, known))


def _parts(sequence: str) -> list[_Part]:
    parts: list[_Part] = []
    start = 0
    for raw in sequence.split(" "):
        shape = _SHAPES[raw]
        if shape.raw:
            parts.append(tuple.__new__(_Part, (start, start + len(shape.raw), *shape)))
        start += len(raw) + 1
    return parts


def _shape(raw: str) -> _Shape:
    possessive = _POSSESSIVE.search(raw)
    bare = raw[: possessive.start()] if possessive else raw
    plain = written(bare)
    word = fold(plain)
    return _Shape(
        bare, word, possessive is not None, _INITIAL.fullmatch(bare) is not None, _ORDINAL.fullmatch(plain) is not None,
        _DESCRIPTIVE.search(bare) is not None, _is_closed(word), is_given_name(word),
    )


_SHAPES = Kept(_shape)


def written(name: str) -> str:
    """A name on one line, Roman numerals in letters."""
    plain = " ".join(name.split())
    if plain.isascii():
        return plain
    return _ROMAN.sub(lambda match: unicodedata.normalize("NFKC", match[0]) or " ", plain)


def _read(parts: Sequence[_Part], registry: Registry) -> Iterator[Name]:
    """Names of one sequence: first what the registry knows, longest first, then runs of words that are names."""
    titles: list[str] = []
    lead = at = 0
    media = any(part.word in _MEDIA_WORDS for part in parts)
    while at < len(parts):
        if not titles:
            lead = at
        found = _known(parts, at, registry)
        if found is not None:
            end, kind, row = found
            yield _name(parts, (lead, at, end), kind, titles, row)
            # A country or outlet before a name says whose office it is: "Russian President Vladimir Putin".
            titles = [*titles, *(part.word for part in parts[at:end])] if kind != "person" else []
            at = end
            continue
        end = _medium_end(parts, at) if media else at
        if end > at:
            yield _name(parts, (lead, at, end), "outlet", titles, None)
            titles, at = [], end
            continue
        if _is_acronym(parts, at):
            yield _name(parts, (lead, at, at + 1), "organisation", titles, None)
            titles, at = [], at + 1
            continue
        end = _person_end(parts, at)
        if end > at:
            if not (end < len(parts) and parts[end].word in _ORGANISATION):
                yield _name(parts, (lead, at, end), "person", titles, None)
            titles = []
            at = end
            continue
        titles.append(parts[at].word)
        at += 1


def _name(
    parts: Sequence[_Part], places: tuple[int, int, int], kind: NameKind, titles: Sequence[str], row: Known | None
) -> Name:
    lead, start, end = places
    gender = next((_HONORIFIC[title] for title in reversed(titles) if title in _HONORIFIC), None) if titles else None
    last = parts[end - 1]
    return Name(
        Span(parts[start].start, last.end),
        kind,
        tuple([part.word for part in parts[start:end]]),
        tuple(titles),
        gender,
        last.possessive,
        parts[lead].start,
        row,
    )


def _known(parts: Sequence[_Part], at: int, registry: Registry) -> tuple[int, NameKind, Known] | None:
    """The longest stretch from ``at`` that the registry names, a possessive only at its end."""
    name = parts[at].word
    if parts[at].raw in ("Dr.", "Mr.", "Mrs.", "Ms.", "St."):
        return None
    longest = registry.longest_name(name.partition(" ")[0])
    found: tuple[int, NameKind, Known] | None = None
    for end in range(at, min(len(parts), at + longest, at + _MAX_KNOWN)):
        name = name if end == at else f"{name} {parts[end].word}"
        row = registry.named_folded(name)
        if row is not None and not (end == at and _is_given(row, parts, at)) and not (
            isinstance(row, Person) and end == at + 1 and _is_korean(parts, at)
        ):
            found = (end + 1, _kind(row), row)
        if parts[end].possessive and parts[end].word not in ("workers", "people"):
            break
    return found


def _is_given(row: Known, parts: Sequence[_Part], at: int) -> bool:
    """A single word is no full name, and that of a country may be a given name: Chad Bown, Jordan Smith."""
    return isinstance(row, Person) or (
        isinstance(row, Country) and parts[at].given and _goes_on(parts, at + 1)
    )


def _kind(row: Known) -> NameKind:
    if isinstance(row, Person):
        return "person"
    if isinstance(row, Outlet):
        return "outlet"
    return "organisation" if isinstance(row, Organisation) else "country"


def _medium_end(parts: Sequence[_Part], at: int) -> int:
    """Where a name like that of a newspaper or agency ends: Lorrim Daily, Norvanian Central News Agency."""
    if parts[at].word in _FUNCTION or parts[at].word in _TITLES:
        return at
    for end in range(at + 1, min(len(parts), at + 5)):
        word, before = parts[end].word, parts[end - 1].word
        if parts[end - 1].possessive or before in _TITLES:
            return at
        if word in MENTION_WORDS["media_end"] or (word in MENTION_WORDS["media_pair"] and before in _NEWS):
            more = parts[end + 1].word if end + 1 < len(parts) else ""
            return end + 2 if more in MENTION_WORDS["media_pair"] and word in _NEWS else end + 1
    return at


def _is_acronym(parts: Sequence[_Part], at: int) -> bool:
    """Three capitals or more among words that are not shouted."""
    raw = parts[at].raw
    if len(raw) <= 2 or not raw.isupper() or not raw.isalpha():
        return False
    return not any(part.raw.isupper() and len(part.raw) > 2 for i, part in enumerate(parts) if i != at)


def _person_end(parts: Sequence[_Part], at: int) -> int:
    """Where the run of name words that begins at ``at`` ends; ``at`` itself where none begins."""
    first = parts[at]
    if not first.raw[0].isupper() and "-" not in first.raw:
        return at
    if _is_korean(parts, at):
        return at + 3
    if _leads_a_name(parts, at):
        return at
    if first.descriptive:
        return at
    dotted = first.initial and first.raw.endswith(".") and _goes_on(parts, at + 1)  # "A. Dolvish" has no article
    dotted = dotted or (first.raw == "Ri" and at + 2 == len(parts))  # a family name, and no state
    if first.closed and not dotted and not (first.given and _goes_on(parts, at + 1)):
        return at
    end = at + 1
    given = first.given or first.initial
    while end < len(parts) and not parts[end - 1].possessive and end - at < 6:
        part = parts[end]
        if part.word in _PARTICLES and end + 1 < len(parts):
            end += 2
            continue
        if (part.closed or _ends_name(part)) and not _is_inside(part):
            surname = given and part.word in NAME_WORDS["surname"] and _are_initials(parts, at, end)
            if not surname or _ends_name(part):
                break
        end += 1
    while end > at and (parts[end - 1].raw[0] in _MARKS or parts[end - 1].word in _PARTICLES):
        end -= 1
    return at if end == at + 1 and first.initial else end


def _is_closed(word: str) -> bool:
    """Whether a word is no name; one with a hyphen where all its parts are titles ("Secretary-General")."""
    return word in _CLOSED or (" " in word and all(part in _TITLES for part in word.split()))


def _is_inside(part: _Part) -> bool:
    """Whether a word belongs to the name before it by its look: a suffix, an initial, a number, a nickname."""
    return part.word in _SUFFIX or part.initial or part.ordinal or part.raw[0] in _MARKS


def _ends_name(part: _Part) -> bool:
    return part.word in ("of", "for", "the") or part.descriptive


def _are_initials(parts: Sequence[_Part], at: int, end: int) -> bool:
    """Whether nothing but initials stands between the given name and this word: Peter T. King."""
    return all(part.initial for part in parts[at + 1 : end])


def _goes_on(parts: Sequence[_Part], at: int) -> bool:
    return at < len(parts) and (parts[at].initial or parts[at].word not in _CLOSED)


def _leads_a_name(parts: Sequence[_Part], at: int) -> bool:
    """A noun with a capital before given name and surname: "Oppositionspolitikerin Vera Indrel"."""
    return (
        at + 2 < len(parts)
        and (len(parts[at].word) >= _NOUN or parts[at].word.endswith("in"))
        and not parts[at].initial
        and not parts[at].given
        and gender_of_given_name(parts[at + 1].word) is not None
        and parts[at + 2].word not in _CLOSED
        and not parts[at + 2].initial
    )


def _is_syllable(raw: str) -> bool:
    """A short word with a capital; of one letter, only those that are names: "Jin U"."""
    return raw in ("U", "O") or (2 <= len(raw) <= 6 and raw[1:].islower() and raw.isalpha())


def _is_korean(parts: Sequence[_Part], at: int) -> bool:
    """Three short words, the first a family name of Korea: Kim Jong Un, No Kwang Chol."""
    if at + 2 >= len(parts) or parts[at].word not in _FAMILY_FIRST:
        return False
    rest = parts[at + 1 : at + 3]
    return (
        not any(part.possessive for part in parts[at : at + 2])
        and all(_is_syllable(part.raw) for part in rest)
        and not any(part.word in _NO_SYLLABLES for part in rest)
        and not all(part.word in _CLOSED and part.raw != "Ok" for part in rest)
    )
