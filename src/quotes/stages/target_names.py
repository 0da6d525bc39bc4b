"""What a target is called: its name in the registry where it has one, else the words of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from quotes.lexicon import CUES, WORDS
from quotes.records import Article, Quotation, Span, Speaker
from quotes.stages.target_phrases import Word, span_of
from quotes.stages.target_words import TABLES

_LEADING = re.compile(
    r"(?:(?:the|a|an|all|any|both|such|these|those|this|that|some|certain|every|each|his|her|their|its"
    r")\s+)+",
    re.IGNORECASE,
)
_OWN = re.compile(r"(?:all\s+)?(?:our|my)(?:\s+own)?\s+", re.IGNORECASE)
_TITLES = re.compile(
    r"(?:(?:[A-Z][\w.-]+ )?(?:President|Prime Minister|(?:Foreign|Defen[cs]e) Minister|Premier|Chancellor|"
    r"Secretary of (?:State|Defen[cs]e|War|Commerce|Energy|the Treasury)|"
    r"Marshal|General Secretary|Secretary|Chairman|Chairwoman|Minister|General|Senator|Comrade|Leader|"
    r"Governor|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen)\.? )+"
)
_POSSESSOR = re.compile(r"(?P<who>.+?)['’]s?\s+(?P<what>\S.*)", re.DOTALL)
_CAPITALS = re.compile(r"[A-Z][\w-]++(?: [A-Z][\w-]++)++")
_POSSESSIVE = re.compile(r"['’]s\b")
_COMPASS = frozenset({"north", "south"})
_APPOSED = re.compile(r"(?:\S+ ){0,4}(?P<noun>[a-z][a-z-]+(?<!ing)(?<!ed)) (?P<name>[A-Z]\S*(?: [A-Z]\S*){0,3})")
"""What somebody is before his name: "Salt Party nominee Lena Undo", "Pact member Ulmark"."""
_NO_NOUNS = frozenset(CUES).union(
    *(WORDS[kind] for kind in ("preposition", "conjunction", "determiner", "adverb", "auxiliary", "pronoun"))
)
_EDGES = " ,;:!?'’\"“”‘«»()[]"


class _Named(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


class _Body(_Named, Protocol):
    @property
    def country(self) -> str | None: ...


class _Person(_Named, Protocol):
    @property
    def family(self) -> str: ...


class Names(Protocol):
    """What this stage asks of a registry."""

    def __hash__(self) -> int: ...
    @property
    def countries(self) -> Sequence[_Named]: ...

    def country_named(self, name: str) -> _Named | None: ...
    def organisation_named(self, name: str) -> _Body | None: ...
    def persons_named(self, name: str) -> tuple[_Person, ...]: ...
    def persons_known_as(self, name: str) -> tuple[_Person, ...]: ...
    def begins_person(self, word: str) -> bool: ...


class Called(NamedTuple):
    """A name and, where the registry knows it, an identifier and what it names; of a body, its country's identifier."""

    name: str
    id: str | None
    kind: str | None
    country: str | None = None

    @property
    def known(self) -> bool:
        """Whether the registry knows it."""
        return self.kind is not None


class Namer:
    """Names for the phrases of one article; people may be called by what the article called them before."""

    def __init__(
        self, article: Article, quotations: Sequence[Quotation], speakers: Sequence[Speaker], registry: Names
    ) -> None:
        self._registry = registry
        self._people: dict[str, Called | None] = {}
        self._exact: dict[str, Called | None] = {}
        for person in _introduced(article.text, registry) if quotations else ():
            self._remember(_fold(person.family), Called(person.name, person.id, "person"))
        for quotation, speaker in zip(quotations, speakers, strict=True):
            if quotation.mention is None or speaker.name is None or speaker.type not in (None, "person"):
                continue
            mention = _fold(article.text[slice(*quotation.mention)])
            called = Called(speaker.name, speaker.id, "person")
            for short in {mention, _fold(speaker.name)} - _PRONOUNS:
                self._remember(short, called)

    def _remember(self, short: str, called: Called) -> None:
        """A name for this person in this article, unless another goes by it too."""
        known = self._people.setdefault(short, called)
        if known is not None and known.name != called.name:
            self._people[short] = None

    def exact(self, words: str) -> Called | None:
        """The registry's entry, or the person of this article, that goes by exactly these words."""
        try:
            return self._exact[words]
        except KeyError:
            found = self._exact[words] = self._find(words.strip(_EDGES))
            return found

    def _find(self, words: str) -> Called | None:
        if words.islower():
            return None  # the registry need not be asked: "us" and "ice" are no names
        found, short = _registered(self._registry, words)
        return found if found is not None or not short else self._people.get(short)

    def name(self, words: str, speaker: Speaker) -> Called:
        """A name for any phrase: "our army" is that of the speaker's country, "Moscow's war" Russia's."""
        words = " ".join(words.split()).strip(_EDGES)
        exact = self.exact(words)
        if exact is not None:
            return exact
        own = _OWN.match(words)
        if own is not None:
            side = self.side(speaker)
            return Called(f"{side.name}'s {words[own.end() :]}" if side else words, None, None)
        plain = (_without(_LEADING, words) or words).strip(_EDGES)
        government = plain.rpartition(" ")
        if government[2] in _GOVERNMENT and (body := self.exact(government[0])) is not None:
            return body
        apposed = _APPOSED.fullmatch(plain)
        if apposed and apposed["noun"] not in _NO_NOUNS and (bearer := self.exact(apposed["name"])) is not None:
            return bearer
        owned = _POSSESSOR.fullmatch(plain)
        if owned is not None and (owner := self.exact(owned["who"])) is not None:
            return Called(f"{owner.name}'s {owned['what']}", None, None)
        return Called(plain, None, None)

    def side(self, speaker: Speaker) -> _Named | None:
        """The speaker's country."""
        return _countries(self._registry).get(speaker.country) if speaker.country else None


@lru_cache(maxsize=8192)
def _registered(registry: Names, words: str) -> tuple[Called | None, str]:
    """The entry of a registry that these words name; else how somebody of the article may be called, if anything."""
    plain = _without(_LEADING, words) if words[:1].islower() or words.startswith("The ") else words
    if not any(letter.isupper() for letter in plain):
        return None, ""
    bare = _without(_TITLES, plain)
    country = registry.country_named(plain)
    if country is not None:
        return Called(country.name, country.id, "country"), ""
    body = registry.organisation_named(plain)
    if body is not None:
        return Called(body.name, body.id, "organisation", body.country), ""
    if not bare[:1].isupper():
        return None, ""
    for people in (registry.persons_named(bare), registry.persons_known_as(bare)):
        if len(people) == 1:
            return Called(people[0].name, people[0].id, "person"), ""
    return None, _fold(bare)


@lru_cache(maxsize=8)
def _countries(registry: Names) -> dict[str, _Named]:
    """Countries by their names and identifiers, the first of each."""
    found: dict[str, _Named] = {}
    for country in registry.countries:
        for called in (country.name, country.id):
            found.setdefault(called, country)
    return found


def _introduced(text: str, registry: Names) -> Iterator[_Person]:
    """People whom the text calls by a name of two or three words that only one person bears."""
    for run in _CAPITALS.findall(text):
        yield from _people(registry, run)


@lru_cache(maxsize=8192)
def _people(registry: Names, run: str) -> tuple[_Person, ...]:
    """People whom a run of capitalised words names, those of three words first."""
    parts = run.split(" ")
    first = [k for k, part in enumerate(parts[:-1]) if registry.begins_person(part)]
    named = [" ".join(parts[k : k + size]) for size in (3, 2) for k in first if k + size <= len(parts)]
    return tuple(people[0] for people in map(registry.persons_named, named) if len(people) == 1)


_PRONOUNS = TABLES["pronouns"]


def _without(leading: re.Pattern[str], words: str) -> str:
    """The words behind those with which they begin."""
    found = leading.match(words)
    return words[found.end() :] if found else words


@lru_cache(maxsize=4096)
def _fold(words: str) -> str:
    plain = _POSSESSIVE.sub("", words.replace("-", " ")).casefold()
    return " ".join(_without(_LEADING, plain).split())


def actors(tokens: Sequence[Word], text: str, namer: Namer) -> list[tuple[Span, Called]]:
    """Named actors among the words, in their order, no two overlapping.

    The longest name that is known, else a run of capitalised words; with the noun behind it where that noun
    is a body of people ("the Norvanian army and people").
    """
    found: list[tuple[Span, Called]] = []
    behind = 0
    for k in [k for k, (_, _, kind, word, _) in enumerate(tokens) if kind == "N" or word in _COMPASS]:
        word = tokens[k].word
        if k < behind or (tokens[k].kind != "N" and not (k + 1 < len(tokens) and tokens[k + 1].kind == "N")):
            continue
        end = k + 1
        while end < len(tokens) and _continues(tokens, end):
            end += 1
        if word in _BEFORE_ADDRESS and all(other.word in _IN_ADDRESS for other in tokens[k:end]):
            behind = end  # "Your Excellency", "Dear Mr President": whoever "you" is
            continue
        actor, behind = _actor(tokens, k, end, text, namer)
        if actor is not None:
            found.append(actor)
    return found


def _continues(tokens: Sequence[Word], k: int) -> bool:
    """Whether a name goes on at ``k``: another capitalised word, or "of" between two of them."""
    if tokens[k].kind == "N":
        return True
    if tokens[k - 1].possessive:
        return False
    return tokens[k].word in ("of", "for") and k + 1 < len(tokens) and tokens[k + 1].kind == "N"


def _actor(
    tokens: Sequence[Word], k: int, end: int, text: str, namer: Namer
) -> tuple[tuple[Span, Called] | None, int]:
    """The actor whose name begins at ``k`` and may run to ``end``, and the token behind it."""
    for stop in range(min(end, k + 8), k, -1):
        span = span_of(tokens, (k, stop))
        called = namer.exact(text[span.start : span.end])
        if called is None:
            continue
        if stop < len(tokens) and not tokens[stop - 1].possessive and called.kind == "country":
            return _qualified(tokens, k, stop, text, called)
        if stop < end and called.kind == "organisation" and not tokens[stop - 1].possessive:
            break  # what is named after a body is not the body: "the Western Pact Charter"
        return (span, called), stop
    end = next((j + 1 for j in range(k, end) if tokens[j].possessive), end)
    body = _body(tokens, end)
    if body == end and _needs_noun(tokens, k, end):
        end = body = end + 1
    span = span_of(tokens, (k, body))
    words = text[span.start : span.end]
    if body == k + 1 and (k == 0 or tokens[k - 1].kind == ",") and not words.isupper():
        return None, end  # a capital that begins a sentence makes no name
    return (span, Called(words, None, "group" if body > end else None)), max(body, end)


def _qualified(
    tokens: Sequence[Word], k: int, stop: int, text: str, called: Called
) -> tuple[tuple[Span, Called] | None, int]:
    """A country and the noun behind it: its government is the country itself, its army is not, its river is
    nobody.
    """
    if tokens[stop].word in _GOVERNMENT:
        return (span_of(tokens, (k, stop + 1)), called), stop + 1
    body = _body(tokens, stop)
    if body > stop:
        span = span_of(tokens, (k, body))
        return (span, Called(text[span.start : span.end], None, "group")), body
    span = span_of(tokens, (k, stop))
    adjective = text[span.start : span.end]
    qualifies = adjective not in (called.name, adjective.upper()) and adjective.endswith(_ADJECTIVE_ENDS)
    if qualifies and tokens[stop].kind in "LN":
        return None, stop
    return (span, called), stop


_ADJECTIVE_ENDS = ("n", "ese", "ish", "i", "ch", "ek", "ss")
_GOVERNMENT = TABLES["government"]
ADDRESS = frozenset("excellency majesty highness eminence holiness".split())
_BEFORE_ADDRESS = frozenset("your dear esteemed mr mrs ms madam sir".split())
_IN_ADDRESS = ADDRESS | _BEFORE_ADDRESS | set("president chairman premier prime minister comrade".split())
_BODIES = TABLES["bodies"]


def _needs_noun(tokens: Sequence[Word], k: int, end: int) -> bool:
    """Whether an adjective or a pair of countries leads in a noun: "Norvanian waters", "Norvania-Estova
    ties".
    """
    if end != k + 1 or end >= len(tokens) or tokens[end].kind != "L" or tokens[k].possessive:
        return False
    return tokens[k].word.endswith(("n", "ese", "ish")) or "-" in tokens[k].word


def _body(tokens: Sequence[Word], k: int) -> int:
    """Behind the nouns for bodies of people at ``k``: "army and people"."""
    if k < 1 or tokens[k - 1].possessive:
        return k
    while k < len(tokens):
        if tokens[k].word in _BODIES:
            k += 1
        elif (
            tokens[k].word == "and"
            and k + 1 < len(tokens)
            and tokens[k + 1].word in _BODIES
            and (tokens[k - 1].word in _BODIES)
        ):
            k += 2
        else:
            break
    return k
