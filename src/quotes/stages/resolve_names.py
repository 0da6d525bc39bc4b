"""Names: where a text names people, outlets, organisations and countries, and with which titles before them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from quotes.records import Article, Span
from quotes.registry import Registry, fold
from quotes.registry.words import NAME_WORDS, is_given_name
from quotes.stages.resolve_sequences import UPPER as _UPPER
from quotes.stages.resolve_sequences import Name, Reading, moved, read_sequence, whole
from quotes.stages.small_words import SmallWords

_ABBREVIATIONS = (
    "Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Govs|Gen|Lt|Col|Maj|Capt|Sgt|Adm|"
    "Cmdr|Prof|Rev|Hon|St|Jr|Sr|Messrs|Del|Amb|Pres|Supt|Insp|Atty|Msgr|Fr|Lieut"
)
_WORD = (
    rf"(?:[{_UPPER}]\.(?:-?[{_UPPER}]\.)+|(?:{_ABBREVIATIONS})\.|[{_UPPER}]\.(?= [{_UPPER}]|[{_UPPER}])"
    rf"|(?:al|el|an|ul)-[{_UPPER}][\w'’-]*|[{_UPPER}\u2160-\u216b][\w'’-]*)"
)
_PARTICLES = "|".join(sorted((re.escape(word) for word in NAME_WORDS["particle"]), key=len, reverse=True))
_JOINT = (
    rf"(?: (?:(?:{_PARTICLES}) ){{0,2}}| of (?:the )?| for (?:the )?"
    rf"| [\"“‘'][{_UPPER}]\w*[\"”’'] |(?<=\.)(?=[{_UPPER}]))"
)
_FURTHER = rf"(?:{_JOINT}{_WORD})*"
_BESIDE_NAME = re.compile(r",| \(\d|:| (?:said|told|added)\b")
_FAMILY_NAME = 3
_ARTICLES = ("al-", "el-", "an-", "ul-")
_ARTICLE = re.compile(rf"[ln]-[{_UPPER}](?<=(?:al|el|an|ul)-.)")
_ANY_SEQUENCE = re.compile(rf"(?<![\w@#/.]){_WORD}{_FURTHER}")


def _behind_first(words: Iterable[str]) -> str:
    """The words from their second letter on, each where its first one stands before."""
    tails: dict[str, list[str]] = {}
    for word in words:
        tails.setdefault(word[0], []).append(word[1:])
    return "|".join(f"(?<={first})(?:{'|'.join(rest)})" for first, rest in tails.items())


_SEQUENCE = re.compile(
    rf"[{_UPPER}\u2160-\u216b](?<![\w@#/.].)(?:\.(?<=[{_UPPER}]\.)(?:(?:-?[{_UPPER}]\.)+|(?= ?[{_UPPER}]))"
    rf"|(?:{_behind_first(_ABBREVIATIONS.split('|'))})\.|[\w'’-]*){_FURTHER}"
)
"""The same for texts without Arabic articles. It begins with one class, which the engine finds fastest."""
_DOTTED = re.compile(r"[ァ-ヴー]{2,}(?:・[ァ-ヴー]{2,})+|[一-龥]{2,5}(?:·[一-龥]{2,5})+")
_NO_NAMES_END = (
    *("ing", "edly", "fully", "derous", "ately"),
    *(f"{mark}{rest}" for mark in "'’" for rest in ("d", "ve", "ll", "re", "m")),
)
"""How words end that are nobody's name: "Dancing", "Reportedly", "We've"."""
SMALL_WORD = re.compile(r"(?<![\w'’-])[a-z]{3,}(?![\w-])")
_LONGER = re.compile(r"(?: (?:the|of|and|for|de|la) [A-Z][\w'’-]*)+(?= (?:on|in|said|[a-z]+ed|ran)\b)")
"""What may follow the first words of a paper's name: "the Lorrican paper We Serve the Boats carried"."""
_SIGHT = 60
"""Characters before a name that may tell what it is."""
_CARRIES = re.compile(
    r"(?:,? (?:on )?[A-Z][a-z]+day| of [A-Z]\w+)?,? (?:in its (?:\w+ )?issue )?"
    r"(?:ran|carries|carried|published|printed|devoted|dedicated) (?:a|an|the|its)\b"
)
_MEDIUM_BEFORE = re.compile(r"(?:agency|newspaper|paper|daily|weekly|broadcaster|magazine|state-run|channel) $")
_NATIONAL_MEDIUM = re.compile(
    r"(?P<nation>(?:south |north )?[A-Z]\w+(?: [A-Z]\w+)?) (?:\w+ )?"
    r"(?:news agency|newspaper|paper|daily|weekly|magazine|broadcaster|radio|website|(?<=Internet )\w+) $"
)
"""Whose paper it is, before its name: "the Lorrican paper Patriot"."""
_MEDIUM_NOUNS = tuple(
    f"{noun} " for noun in "agency newspaper paper daily weekly magazine broadcaster radio website".split()
)
"""With one of these ends what it matches, or it holds "Internet"."""


def find_names(article: Article, registry: Registry, common: SmallWords) -> list[Name]:
    """Every name in the text, sorted; one pass over the sequences of capitalised words.

    ``common`` are the words that the text writes in small letters too.
    """
    return names_in(article.text, registry, common, frozenset(sentence.start for sentence in article.sentences))


def names_in(
    text: str, registry: Registry, common: SmallWords, openings: frozenset[int] = frozenset()
) -> list[Name]:
    """Names of a text; ``openings`` are the places where a capital may be that of a sentence."""
    names: list[Name] = []
    arabic = any(article in text for article in _ARTICLES) and _ARTICLE.search(text)
    sequences = _ANY_SEQUENCE if arabic else _SEQUENCE
    taken = 0
    for match in sequences.finditer(text):
        start, end = match.span()
        if start < taken:
            continue
        sequence, skip = match[0], 0
        found = read_sequence(sequence, 0, registry)
        opens = start in openings or (start > 0 and text[start - 1] in "\"“‘'«„(")
        if opens and _is_common(found.first, common) and sequence[1:3] != ". " and not _is_family(found, text, end):
            found, skip = read_sequence(sequence, 1, registry), 1
        if found.open:
            national = _is_national_medium(text, start, registry)
            if national and (longer := _LONGER.match(text, end)) is not None:
                taken, sequence = longer.end(), sequence + longer[0]
            if national or _CARRIES.match(text, end):
                names.append(moved(whole(sequence, skip), start))
                continue
        for name in found.names:
            moved_name = moved(name, start)
            names.append(_as_medium(moved_name, text) if name.kind == "organisation" else moved_name)
    dotted = list(_dotted(text, registry)) if "・" in text or "·" in text else []
    return sorted((*names, *dotted), key=lambda name: name.span) if dotted else names


def _is_family(found: Reading, text: str, end: int) -> bool:
    """Whether the first word is a family name, of a name that ends at ``end``: "An Dol Mir, a sailor", no article."""
    if found.first not in NAME_WORDS["family_first"] or _BESIDE_NAME.match(text, end) is None:
        return False
    first = found.names[0] if found.names else None
    return first is not None and first.kind == "person" and first.span.start == 0 and len(first.words) == _FAMILY_NAME


def _is_national_medium(text: str, start: int, registry: Registry) -> bool:
    """Whether the words before a name say that it is a paper of some country."""
    sight = max(0, start - _SIGHT)
    if not text.endswith(_MEDIUM_NOUNS, sight, start) and text.find("Internet", sight, start) < 0:
        return False
    before = _NATIONAL_MEDIUM.search(text, sight, start)
    if before is None:
        return False
    words = before["nation"].split()
    countries = (registry.country_named(" ".join(words[k:])) for k in range(len(words)))
    return "Internet" in words or any(country is not None for country in countries)


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
        return name._replace(kind="outlet")
    return name


def is_plain_word(word: str, common: SmallWords) -> bool:
    """A word whose capital is that of its sentence: "Dancing", "Speeches"."""
    return len(word) < 2 or word.endswith(_NO_NAMES_END) or fold(word) in common


def _is_common(word: str, common: SmallWords) -> bool:
    return word in NAME_WORDS["function"] or (word in common and not is_given_name(word))
