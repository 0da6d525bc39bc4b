"""People of a document: full names joined into one entity each, short names given to the entity that they mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from quotes.registry import Person, Registry, fold
from quotes.registry.rows import Gender
from quotes.registry.words import NAME_WORDS, gender_of_given_name, is_given_name
from quotes.stages.kept import Kept
from quotes.stages.resolve_reports import OFFICE_BEHIND
from quotes.stages.resolve_sequences import Name, written

_OBLIQUE = frozenset(
    "of to with for by from in on at against about between like than toward towards over under upon into around "
    "including despite via regarding behind beside near after before since until without within through supporting "
    "and or versus vs blasted praised met told visited attacked called calling named as".split()
)
_TITLES = NAME_WORDS["title"]
_DETERMINERS = frozenset({"the", "a", "an", "his", "her", "its", "their"})


@dataclass(slots=True)
class Entity:
    """Somebody whom the document names in full.

    ``words`` is the fullest name folded, ``name`` the same as the text writes it, ``row`` the person of the registry.
    """

    words: tuple[str, ...]
    name: str
    row: Person | None
    gender: Gender | None
    first: int
    index: int
    places: list[Name] = field(default_factory=list)
    genders: dict[Gender, int] = field(default_factory=dict)

    @property
    def core(self) -> tuple[str, ...]:
        """The words without initials and suffixes."""
        return _core(self.words)


class Occurrence(NamedTuple):
    """A name of a person in the text with the entity it means, None where that is open.

    ``subject`` tells that the name can be the subject of its clause: no preposition or verb stands right before it.
    """

    name: Name
    entity: Entity | None
    full: bool
    subject: bool
    rule: str


@lru_cache(maxsize=65536)
def _core(words: tuple[str, ...]) -> tuple[str, ...]:
    kept = tuple(word for word in words if len(word) > 1 and word not in NAME_WORDS["suffix"])
    return kept or words


class People:
    """The people of one document, and who each name in it means. Built once an article."""

    def __init__(
        self,
        text: str,
        names: Sequence[Name],
        title_names: Sequence[Name],
        title: str,
        registry: Registry,
        supports: Callable[[Person, Name], bool],
        holder: Callable[[Name], Person | None],
    ) -> None:
        self._text = text
        self._registry = registry
        self._supports = supports
        self._holder = holder
        self._rows: dict[str, Person | None] = {}
        self.entities: list[Entity] = []
        self._by_key: dict[tuple[str, ...] | str, Entity] = {}
        self._short: dict[tuple[str, ...], list[Entity]] = defaultdict(list)
        self._given: dict[str, list[Entity]] = defaultdict(list)
        self._surnames: dict[tuple[str, ...] | str, Entity] = {}
        people = [name for name in names if name.kind == "person"]
        last_words = [name.words for name in people if _is_full(name)]
        self._alone = _initials_alone(people, last_words) | frozenset(self._of_one_word(people, last_words))
        full = [self._is_full(name) for name in people]
        self._collect((name for name, whole in zip(people, full, strict=True) if whole), text)
        for name in title_names:
            if name.kind == "person" and not self._has(name) and _is_sure(name):
                self._collect([name], title, in_title=True)
        self._finish()
        self._known_as(name for name, whole in zip(people, full, strict=True) if not whole)
        self.occurrences = self._assign(people, full)
        # Both hold on to whoever built this: a circle, which would wait for the garbage collector.
        del self._supports, self._holder

    def _known_as(self, short: Iterable[Name]) -> None:
        """Those whom the press names without introduction, or by their office: "Putin", "President Brenn"."""
        for name in short:
            if self.called(name.words, name.gender):
                continue
            found = self._registry.persons_known_as(" ".join(name.words))
            row = self._holder(name) or (found[0] if len(found) == 1 else None)
            if row is not None and row.id not in self._by_key:
                entity = Entity(
                    tuple(fold(row.name).split()), row.name, row, row.gender, name.span.start, len(self.entities)
                )
                self._by_key[row.id] = entity
                self.entities.append(entity)
                self._index(entity)
                if entity not in self._short[name.words]:
                    self._short[name.words].append(entity)

    def _collect(self, people: Iterable[Name], text: str, *, in_title: bool = False) -> None:
        for name in people:
            key = self._key(name)
            entity = self._by_key.get(key)
            if entity is None:
                row = self._row(name)
                first = -1 if in_title else name.span.start
                full = _written(text[name.span.start : name.span.end])
                entity = Entity(
                    name.words, full, row, row.gender if row else None, first, len(self.entities)
                )
                self._by_key[key] = entity
                self.entities.append(entity)
            elif len(name.words) > len(entity.words):
                entity.words, entity.name = name.words, _written(text[name.span.start : name.span.end])
            if not in_title:
                entity.places.append(name)
            if name.gender:
                entity.genders[name.gender] = entity.genders.get(name.gender, 0) + 1

    def _of_one_word(self, people: Sequence[Name], full: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
        """Names of one word that an office behind makes a person's: "Undabir, director of the institute, said"."""
        last = {word for words in full for word in words}
        for name in people:
            if len(name.words) > 1 or name.titles or name.words[0] in last:
                continue
            opens = name.lead == 0 or self._text.endswith(("\n", ". ", "., "), 0, name.lead)
            office = OFFICE_BEHIND.match(self._text, name.span.end) if opens else None
            if office is not None and not self._registry.persons_called(name.words[0]):
                yield name.words

    def _is_full(self, name: Name) -> bool:
        """Whether a name is more than a short one; initials count where nobody's full name ends so."""
        return _is_full(name) or name.words in self._alone

    def _key(self, name: Name) -> tuple[str, ...] | str:
        row = self._row(name)
        core = _core(name.words)
        return row.id if row else (core[0], core[-1])

    def _has(self, name: Name) -> bool:
        """Whether the text names the person of the title in full, or the title only gives a short name."""
        return not self._is_full(name) or self._key(name) in self._by_key

    def _finish(self) -> None:
        families = {entity.core[-1] for entity in self.entities if is_strong(entity)}
        longer = {entity.core[-2:]: entity for entity in reversed(self.entities) if len(entity.core) > 2}
        for entity in self.entities:
            whole = longer.get(entity.core)
            if whole is not None and entity.row is None and not is_strong(entity):
                self._surnames[entity.core] = whole  # "Lena Holm Sandys": Holm Sandys is her surname
                continue
            if entity.gender is None:
                entity.gender = _gender(entity)
            core = entity.core
            if not is_strong(entity) and (core[0] in families or core[-1] in families):
                continue  # "Obama Education", "Dump Trump": no name of its own
            self._index(entity)

    def _row(self, name: Name) -> Person | None:
        """The person of the registry whom a full name means; a name that many bear needs support."""
        key = " ".join(name.words)
        if key not in self._rows:
            found = [row for row in self._registry.persons_named(key) if not row.common]
            found = found or [
                row for row in self._registry.persons_named(key) if row.common and self._supports(row, name)
            ]
            self._rows[key] = found[0] if len(found) == 1 else None
        return self._rows[key]

    def _index(self, entity: Entity) -> None:
        core = entity.core
        for i in range(1, len(core)):
            self._short[core[i:]].append(entity)
        if entity.words in self._alone:
            self._short[core].append(entity)
        family = fold(entity.row.family) if entity.row else core[0] if _is_family_first(core) else ""
        if family and family == core[0]:
            self._short[(family,)].append(entity)
        elif core[0] != core[-1] and (entity.row is not None or is_given_name(core[0])):
            self._given[core[0]].append(entity)

    def _assign(self, people: Sequence[Name], whole: Sequence[bool]) -> list[Occurrence]:
        holders: dict[tuple[str, ...], Entity] = {}
        occurrences: list[Occurrence] = []
        for name, full in zip(people, whole, strict=True):
            subject = self.is_subject(name)
            if full:
                key = self._key(name)
                entity: Entity | None = self._surnames.get(key) or self._by_key.get(key)
                rule = "short-name-in-document" if key in self._surnames else "full-name"
                if entity is not None:
                    self._take(holders, entity, subject)
            else:
                entity, rule = self.meant(name, holders)
                if entity is not None and subject:
                    self._take(holders, entity, True)
            occurrences.append(Occurrence(name, entity, full, subject, rule))
        return occurrences

    def _take(self, holders: dict[tuple[str, ...], Entity], entity: Entity, subject: bool) -> None:
        """The entity holds its short names, unless another does and this one is only mentioned by the way."""
        core = entity.core
        for key in (core[-1:], core[:1]):
            if subject or key not in holders:
                holders[key] = entity

    def called(self, words: Sequence[str], gender: Gender | None = None) -> list[Entity]:
        """The people whom a short name may mean: by family name, else by given name."""
        words = _core(tuple(words))
        candidates = self._short.get(words) or (self._given.get(words[0], []) if len(words) == 1 else [])
        return [entity for entity in candidates if _agrees(entity, gender)]

    def meant(self, name: Name, holders: dict[tuple[str, ...], Entity]) -> tuple[Entity | None, str]:
        """Whom a short name means, with the rule that says so."""
        words = _core(name.words)
        candidates = self.called(words, name.gender)
        if len(candidates) > 1:
            candidates = self._titled(candidates, name) or candidates
        if not candidates:
            return None, "none:short-name-without-full"
        if len(candidates) == 1:
            known = not candidates[0].places and candidates[0].first >= 0
            if not known:
                return candidates[0], "short-name-in-document"
            return candidates[0], "short-name-known" if _is_known_as(candidates[0], words) else "short-name-office"
        holder = holders.get(words)
        if holder in candidates:
            return holder, "short-name-nearest"
        famous = [entity for entity in candidates if _is_known_as(entity, words)]
        if len(famous) == 1:
            return famous[0], "short-name-known"
        before = [entity for entity in candidates if entity.first < name.span.start]
        if len(before) == 1:
            return before[0], "short-name-nearest"
        return None, "none:two-candidates"

    def _titled(self, candidates: Sequence[Entity], name: Name) -> list[Entity]:
        """Those who bear the title before a short name: "President Obama" is not his wife."""
        titles = {
            title.title for start in range(len(name.titles))
            if (title := self._registry.titles.get(" ".join(name.titles[start:])))
        }
        return [
            entity for entity in candidates
            if entity.row is not None and any(office.title in titles for office in entity.row.offices)
        ]

    def is_subject(self, name: Name) -> bool:
        """Whether a name can be the subject of its clause: no preposition or verb with an object stands before it."""
        if name.possessive:
            return False
        window = self._text[max(0, name.lead - 60) : name.lead]
        words = window[window.rfind("\n") + 1 :].split()
        for k in range(len(words) - 1, -1, -1):
            if words[k][0].isupper():
                continue
            word = words[k].casefold()
            # Titles, articles and an adjective behind one belong to the name: "of the puppet Republic of Tamrin".
            if word in _DETERMINERS or word in _TITLES:
                continue
            if k and words[k - 1].casefold() in _DETERMINERS and word.isalpha() and word not in _OBLIQUE:
                continue
            return word not in _OBLIQUE
        return True


def _initials_alone(people: Sequence[Name], full: Sequence[tuple[str, ...]]) -> frozenset[tuple[str, ...]]:
    """Names of initials and a surname ("A. Dolvish") that no full name of the document ends in."""
    last = {words[-1] for words in full}
    return frozenset(
        name.words
        for name in people
        if len(name.words[0]) == 1 and len(_core(name.words)) == 1 < len(name.words) and name.words[-1] not in last
    )


def _is_full(name: Name) -> bool:
    return _ARE_FULL[name.words] or isinstance(name.known, Person)


def _are_full(words: tuple[str, ...]) -> bool:
    core = _core(words)
    while core and core[0] in NAME_WORDS["particle"]:
        core = core[1:]  # "de Blasio", "Le Pen": a family name alone
    return len(core) > 1


_ARE_FULL = Kept(_are_full)


def is_strong(entity: Entity) -> bool:
    """Whether the name is surely a person's."""
    core = entity.core
    return (
        entity.row is not None or bool(entity.genders) or is_given_name(core[0]) or _is_family_first(core)
        or len(core) < len(entity.words)
    )


def _is_known_as(entity: Entity, words: Sequence[str]) -> bool:
    """Whether the press calls this person so without any introduction."""
    return entity.row is not None and any(fold(bare) == " ".join(words) for bare in entity.row.bare)


def _is_sure(name: Name) -> bool:
    core = _core(name.words)
    return isinstance(name.known, Person) or is_given_name(core[0]) or _is_family_first(core)


def _agrees(entity: Entity, gender: Gender | None) -> bool:
    return gender is None or entity.gender is None or entity.gender == gender


def _gender(entity: Entity) -> Gender | None:
    if entity.genders:
        return max(sorted(entity.genders), key=lambda gender: entity.genders[gender])
    core = entity.core
    return None if _is_family_first(core) else gender_of_given_name(core[0].split()[0])


def _is_family_first(core: Sequence[str]) -> bool:
    return core[0] in NAME_WORDS["family_first"] and (len(core) == 3 or " " in core[-1])


def _written(name: str) -> str:
    """A name as the text writes it, in words of one capital where the text shouts."""
    name = written(name)
    return name.title() if name.isupper() and len(name) > 4 else name
