"""Names: where a text names people, outlets, organisations and countries, and with which titles before them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from quotes.lexicon import CUES
from quotes.records import Article, Span
from quotes.registry import Country, Organisation, Outlet, Person, Registry, fold
from quotes.registry.rows import Gender
from quotes.registry.words import MENTION_WORDS, NAME_WORDS, gender_of_given_name, is_given_name

NameKind = Literal["person", "outlet", "organisation", "country"]
Known = Person | Outlet | Organisation | Country

_UPPER = "".join(chr(code) for code in range(0x41, 0x530) if chr(code).isupper())
_ABBREVIATIONS = (
    "Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Govs|Gen|Lt|Col|Maj|Capt|Sgt|Adm|"
    "Cmdr|Prof|Rev|Hon|St|Jr|Sr|Messrs|Del|Amb|Pres|Supt|Insp|Atty|Msgr|Fr|Lieut"
)
_WORD = (
    rf"(?:[{_UPPER}]\.(?:-?[{_UPPER}]\.)+|(?:{_ABBREVIATIONS})\.|[{_UPPER}]\.(?= [{_UPPER}]|[{_UPPER}])"
    rf"|(?:al|el|an|ul)-[{_UPPER}][\w'’-]*|[{_UPPER}][\w'’-]*)"
)
_PARTICLES = "|".join(sorted((re.escape(word) for word in NAME_WORDS["particle"]), key=len, reverse=True))
_JOINT = (
    rf"(?: (?:(?:{_PARTICLES}) ){{0,2}}| of (?:the )?| for (?:the )?"
    rf"| [\"“‘'][{_UPPER}]\w*[\"”’'] |(?<=\.)(?=[{_UPPER}]))"
)
_SEQUENCE = re.compile(rf"(?<![\w@#/.]){_WORD}(?:{_JOINT}{_WORD})*")
_PART = re.compile(r"[^ ]+")
_DOTTED = re.compile(r"[ァ-ヴー]{2,}(?:・[ァ-ヴー]{2,})+|[一-龥]{2,5}(?:·[一-龥]{2,5})+")
_POSSESSIVE = re.compile(r"['’](?:s)?$", re.IGNORECASE)
_INITIAL = re.compile(rf"(?:[{_UPPER}]\.-?)+|[{_UPPER}]")
_DESCRIPTIVE = re.compile(r"-[a-z]{2,}(?:ing|ed|elect|born|led|run|era|style|based)$")
_LOWER_WORD = re.compile(r"(?<![\w'’-])[a-z]{3,}(?![\w-])")
_CARRIES = re.compile(
    r"(?:,? (?:on )?[A-Z][a-z]+day| of [A-Z]\w+)?,? "
    r"(?:ran|carries|carried|published|printed|devoted|dedicated) (?:a|an|the|its)\b"
)
_MEDIUM_BEFORE = re.compile(r"(?:agency|newspaper|paper|daily|weekly|broadcaster|magazine|state-run|channel) $")
_NEWS = frozenset({"news", "press", "broadcasting", "information"})
_MAX_KNOWN = 9

_SUFFIX = NAME_WORDS["suffix"]
_HONORIFIC: dict[str, Gender] = {
    **dict.fromkeys(NAME_WORDS["honorific_male"], "male"), **dict.fromkeys(NAME_WORDS["honorific_female"], "female")
}
_NO_SYLLABLES = {word for word in NAME_WORDS["time"] if len(word) > 3} | MENTION_WORDS["aux"] | CUES.keys()
_CLOSED = (
    NAME_WORDS["function"] | NAME_WORDS["time"] | NAME_WORDS["organisation"] | NAME_WORDS["place"]
    | NAME_WORDS["title"] | NAME_WORDS["honorific"] | set(_HONORIFIC)
)


@dataclass(frozen=True, slots=True)
class Name:
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


@dataclass(slots=True)
class _Part:
    start: int
    end: int
    raw: str
    word: str
    possessive: bool
    initial: bool = field(default=False)


def find_names(article: Article, registry: Registry) -> list[Name]:
    """Every name in the text, sorted; one pass over the sequences of capitalised words."""
    return names_in(article.text, registry, frozenset(sentence.start for sentence in article.sentences))


def names_in(text: str, registry: Registry, openings: frozenset[int] = frozenset()) -> list[Name]:
    """Names of a text; ``openings`` are the places where a capital may be that of a sentence."""
    common = set(_LOWER_WORD.findall(text))
    names: list[Name] = []
    for match in _SEQUENCE.finditer(text):
        parts = list(_parts(match))
        opens = match.start() in openings or (match.start() > 0 and text[match.start() - 1] in "\"“'‘«„(")
        if opens and _is_common(parts[0].word, common):
            parts = parts[1:]
        if not parts:
            continue
        found = list(_read(parts, registry))
        timed = all(part.word in NAME_WORDS["time"] for part in parts)
        if not timed and not any(name.known for name in found) and _CARRIES.match(text, match.end()):
            found = [_name(parts, (0, 0, len(parts)), "outlet", (), None)]
        names += [_as_medium(name, text) for name in found]
    dotted = list(_dotted(text, registry))
    return sorted((*names, *dotted), key=lambda name: name.span) if dotted else names


def _dotted(text: str, registry: Registry) -> Iterator[Name]:
    """Foreign names in Chinese and Japanese, their parts joined by a dot: アルド・ブレン, 阿尔多·布伦."""
    for match in _DOTTED.finditer(text):
        start = match.start()
        while (lead := _title_or_country(text[start : match.end()], registry)) and start + lead < match.end() - 3:
            start += lead
        written = text[start : match.end()]
        found = registry.persons_named(written)
        row = found[0] if len(found) == 1 else None
        span = Span(start, match.end())
        yield Name(span, "person", tuple(fold(written).split()), (), None, False, start, row)


def _title_or_country(written: str, registry: Registry) -> int:
    """Characters of an office or country with which a name begins that no blank parts: 总统阿尔多·布伦."""
    return next(
        (k for k in (4, 3, 2) if written[:k] in registry.titles or registry.country_named(written[:k]) is not None), 0
    )


def _as_medium(name: Name, text: str) -> Name:
    """An organisation that the registry does not hold is an outlet where the word before it says so."""
    unknown = name.kind == "organisation" and name.known is None
    if unknown and _MEDIUM_BEFORE.search(text, max(0, name.lead - 14), name.lead):
        return replace(name, kind="outlet")
    return name


def _parts(match: re.Match[str]) -> Iterator[_Part]:
    for part in _PART.finditer(match[0]):
        raw = part[0]
        possessive = _POSSESSIVE.search(raw)
        bare = raw[: possessive.start()] if possessive else raw
        if bare:
            start = match.start() + part.start()
            yield _Part(
                start, start + len(bare), bare, fold(bare), possessive is not None, _INITIAL.fullmatch(bare) is not None
            )


def _is_common(word: str, common: set[str]) -> bool:
    return word in NAME_WORDS["function"] or (word in common and not is_given_name(word))


def _read(parts: Sequence[_Part], registry: Registry) -> Iterator[Name]:
    """Names of one sequence: first what the registry knows, longest first, then runs of words that are names."""
    titles: list[str] = []
    lead = at = 0
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
        end = _medium_end(parts, at)
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
            if not (end < len(parts) and parts[end].word in NAME_WORDS["organisation"]):
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
    gender = next((_HONORIFIC[title] for title in reversed(titles) if title in _HONORIFIC), None)
    return Name(
        Span(parts[start].start, parts[end - 1].end),
        kind,
        tuple(part.word for part in parts[start:end]),
        tuple(titles),
        gender,
        parts[end - 1].possessive,
        parts[lead].start,
        row,
    )


def _known(parts: Sequence[_Part], at: int, registry: Registry) -> tuple[int, NameKind, Known] | None:
    """The longest stretch from ``at`` that the registry names, a possessive only at its end."""
    words: list[str] = []
    found: tuple[int, NameKind, Known] | None = None
    for end in range(at, min(len(parts), at + _MAX_KNOWN)):
        words.append(parts[end].raw)
        row = registry.named(" ".join(words))
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
        isinstance(row, Country) and is_given_name(parts[at].word) and _goes_on(parts, at + 1)
    )


def _kind(row: Known) -> NameKind:
    if isinstance(row, Person):
        return "person"
    if isinstance(row, Outlet):
        return "outlet"
    return "organisation" if isinstance(row, Organisation) else "country"


def _medium_end(parts: Sequence[_Part], at: int) -> int:
    """Where a name like that of a newspaper or agency ends: Lorrim Daily, Norvanian Central News Agency."""
    if parts[at].word in NAME_WORDS["function"] or parts[at].word in NAME_WORDS["title"]:
        return at
    for end in range(at + 1, min(len(parts), at + 5)):
        word, before = parts[end].word, parts[end - 1].word
        if parts[end - 1].possessive or before in NAME_WORDS["title"]:
            return at
        if word in MENTION_WORDS["media_end"] or (word in MENTION_WORDS["media_pair"] and before in _NEWS):
            more = parts[end + 1].word if end + 1 < len(parts) else ""
            return end + 2 if more in MENTION_WORDS["media_pair"] and word in _NEWS else end + 1
    return at


def _is_acronym(parts: Sequence[_Part], at: int) -> bool:
    """Three capitals or more among words that are not shouted."""
    raw = parts[at].raw
    shouted = any(part.raw.isupper() and len(part.raw) > 2 for i, part in enumerate(parts) if i != at)
    return len(raw) > 2 and raw.isupper() and raw.isalpha() and not shouted


def _person_end(parts: Sequence[_Part], at: int) -> int:
    """Where the run of name words that begins at ``at`` ends; ``at`` itself where none begins."""
    first = parts[at]
    if not first.raw[0].isupper() and "-" not in first.raw:
        return at
    if _is_korean(parts, at):
        return at + 3
    if _leads_a_name(parts, at):
        return at
    if _DESCRIPTIVE.search(first.raw):
        return at
    if first.word in _CLOSED and not (is_given_name(first.word) and _goes_on(parts, at + 1)):
        return at
    end = at + 1
    given = is_given_name(first.word) or first.initial
    while end < len(parts) and not parts[end - 1].possessive and end - at < 6:
        part = parts[end]
        if part.word in NAME_WORDS["particle"] and end + 1 < len(parts):
            end += 2
            continue
        inside = part.word in _SUFFIX or part.initial or part.raw[0] in "\"“‘'"
        surname = given and part.word in NAME_WORDS["surname"] and _are_initials(parts, at, end)
        if not inside and ((part.word in _CLOSED and not surname) or _ends_name(part)):
            break
        end += 1
    while end > at and (parts[end - 1].raw[0] in "\"“‘'" or parts[end - 1].word in NAME_WORDS["particle"]):
        end -= 1
    return at if end == at + 1 and first.initial else end


def _ends_name(part: _Part) -> bool:
    return part.word in ("of", "for", "the") or _DESCRIPTIVE.search(part.raw) is not None


def _are_initials(parts: Sequence[_Part], at: int, end: int) -> bool:
    """Whether nothing but initials stands between the given name and this word: Peter T. King."""
    return all(part.initial for part in parts[at + 1 : end])


def _goes_on(parts: Sequence[_Part], at: int) -> bool:
    return at < len(parts) and (parts[at].initial or parts[at].word not in _CLOSED)


def _leads_a_name(parts: Sequence[_Part], at: int) -> bool:
    """A noun with a capital before given name and surname: "Oppositionspolitikerin Vera Indrel"."""
    return (
        at + 2 < len(parts)
        and not parts[at].initial
        and not is_given_name(parts[at].word)
        and gender_of_given_name(parts[at + 1].word) is not None
        and parts[at + 2].word not in _CLOSED
        and not parts[at + 2].initial
    )


def _is_korean(parts: Sequence[_Part], at: int) -> bool:
    """Three short words, the first a family name of Korea: Kim Jong Un, No Kwang Chol."""
    if at + 2 >= len(parts) or parts[at].word not in NAME_WORDS["family_first"]:
        return False
    rest = parts[at + 1 : at + 3]
    return (
        not any(part.possessive for part in parts[at : at + 2])
        and all(2 <= len(part.raw) <= 6 and part.raw[1:].islower() and part.raw.isalpha() for part in rest)
        and not any(part.word in _NO_SYLLABLES for part in rest)
        and not all(part.word in _CLOSED for part in rest)
    )
