"""Roles: offices, epithets, spokespeople and other nouns that mean somebody without saying the name."""

from __future__ import annotations

import re

from quotes.records import Quotation, Span
from quotes.registry import Country, Person, fold
from quotes.registry.rows import Gender
from quotes.registry.words import MENTION_WORDS, NAME_WORDS
from quotes.stages.resolve_bodies import spoken_for
from quotes.stages.resolve_context import Context, Referent
from quotes.stages.resolve_discourse import Discourse
from quotes.stages.resolve_groups import NOUNS, named_group
from quotes.stages.resolve_leaders import leader_before
from quotes.stages.resolve_mention import Mention, read
from quotes.stages.resolve_offices import Description, describe, fits_place, holders, holds
from quotes.stages.resolve_told import addressed

Found = tuple[Referent | None, str]
_INDEFINITE = frozenset({"a", "an", "another", "one", "some", "un", "une", "una", "ein", "eine"})
_THE = frozenset({"the", "le", "la", "l", "el", "il", "der", "die", "das"})
_NEAR = 500
_BESIDE = 2
"""Sentences before an office in which countries are looked for whose it may be."""
_OF_BODY = r" of (?:the )?[A-Z][\w'’-]*(?: (?:(?:of|the|for|and|in) ){0,2}[A-Z][\w'’-]*)*"
_FORMER = re.compile(r"\b(?:[Ff]ormer|ex-|[Oo]ne-time|[Rr]etired|late)\b")
_OFFICIAL = re.compile(
    r"\b(?:statements?|press conference|news conference|briefing|communique|authori[sz]ed|on behalf of|made a speech"
    r"|(?:answer|answers|answered|reply|replied|question|questions)\b[^.]{0,40}\b(?:put|raised|asked|question|by))\b"
)
"""What a body says by the mouth of its head."""
_OWN_WORDS = re.compile(r"\bin (?:his|her|an?|the) (?:\w+ )?(?:lecture|article|book|essay|memoirs?|poem|interview)\b")
_POSSESSED = frozenset({"his", "her", "its", "their", "my", "our"})


class Roles:
    """Resolves the nouns of one article."""

    def __init__(self, context: Context, discourse: Discourse) -> None:
        self._context = context
        self._discourse = discourse
        self._heard: dict[str, tuple[int, Found]] = {}
        """By the noun: where somebody was last named by office and body, and who that is."""

    def resolve(self, mention: Mention, anchor: int) -> Found:
        """Whom a noun means; None with a reason where it is a group or stays without a name."""
        if mention.determiner in _THE and len(mention.phrase) == 1 and mention.head in self._heard:
            at, found = self._heard[mention.head]
            if at <= anchor and not self._discourse.people_between(at, anchor):
                return found  # "the head of the Tolva Club said …, the head added"
        if mention.determiner in _THE and len(mention.phrase) == 1 and mention.head in _PEOPLE:
            told = self._told_before(mention, anchor)
            if told is not None:
                return told
        found = self._noun(mention, anchor)
        if mention.core != mention.phrase:
            self._heard[mention.head] = mention.span.end, found
        return found

    def _told_before(self, mention: Mention, anchor: int) -> Found | None:
        """Who "the chairperson of the Salt Party" is, of whom the narrator told right before; None where of nobody."""
        text = self._context.text
        pattern = re.compile(rf"\bThe {re.escape(mention.head)}{_OF_BODY}")
        found = list(pattern.finditer(text, max(0, anchor - _NEAR), anchor))
        if not found or text[found[-1].end() : found[-1].end() + 1] in (",", "'", "’"):
            return None
        last = found[-1]
        region = self._context.region(mention.span.start)
        if self._context.region(last.start()) != region or self._discourse.people_between(last.end(), anchor):
            return None
        return self._noun(read(text, Span(*last.span()), (), None), last.start())

    def _noun(self, mention: Mention, anchor: int) -> Found:
        if mention.head in MENTION_WORDS["spokesperson"]:
            return self._spokesperson(mention, anchor)
        if mention.head in NOUNS and (group := named_group(mention, anchor, self._context)) is not None:
            return group, "named-group"
        if mention.head in MENTION_WORDS["group"]:
            return self._group(mention)
        found = self.described(mention, anchor)
        if found is not None:
            return found
        if mention.head in MENTION_WORDS["body_lead"] and mention.determiner not in _INDEFINITE:
            body = spoken_for(mention, self._context)
            if body is not None and self._speaks_for(mention, body):
                return _as_role(body), "head-of-body"
        return self._same_person(mention, anchor) or (None, "none:role-not-named")

    def _speaks_for(self, mention: Mention, body: Referent) -> bool:
        """Whether the head of a body is its voice: in a statement or an answer, not in a lecture or once in office."""
        context = self._context
        k = context.sentence(mention.span.start)
        sentence = context.text[context.article.sentences[k].start : context.article.sentences[k].end]
        if _FORMER.search(mention.text) or _OWN_WORDS.search(sentence):
            return False
        return _OFFICIAL.search(sentence) is not None or "ministry" in fold(body.name or "").split()

    def _group(self, mention: Mention) -> Found:
        country = next(
            (row for word in mention.core[:-1] if (row := self._context.registry.country_named(word))), None
        )
        if country is not None and mention.head in MENTION_WORDS["collective"]:
            name = f"{country.adjectives[0] if country.adjectives else country.name} {mention.head}"
            return Referent(f"g:{fold(name)}", name, None, "group", country.name), "named-group"
        return None, "none:group"

    # --- spokespeople ---------------------------------------------------------------------------------------

    def _spokesperson(self, mention: Mention, anchor: int) -> Found:
        if mention.determiner not in _INDEFINITE:
            person = self.described(mention, anchor)
            if person is not None and person[0] is not None:
                return self._of_body_before(mention, anchor, person) or person
        body = spoken_for(mention, self._context)
        if body is not None:
            return _as_role(body), "spokesperson-body"
        if mention.determiner not in _INDEFINITE and len(mention.phrase) == 1:
            region = self._context.region(mention.span.start)
            referent, _ = self._discourse.antecedent(
                anchor, region, lambda one: one.type in ("organisation", "role")
            )
            if referent is not None:
                return _as_role(referent), "spokesperson-body-before"
        return None, "none:role-not-named"

    def _of_body_before(self, mention: Mention, anchor: int, person: Found) -> Found | None:
        """The body that the sentence before is about, whose spokesman is likelier than one whom nobody named."""
        if person[1] != "epithet-office" or len(mention.phrase) > 1:
            return None
        region = self._context.region(mention.span.start)
        events = next(self._discourse.before(anchor, region), [])
        subjects = [self._context.referents[event.key] for event in events if event.weight >= 2]
        near = bool(events) and self._context.sentence(anchor) - self._context.sentence(events[0].at) <= 1
        if not near or not subjects or subjects[0].type != "organisation" or isinstance(subjects[0].row, Country):
            return None
        return _as_role(subjects[0]), "spokesperson-body-before"

    # --- offices and epithets -------------------------------------------------------------------------------

    def described(self, mention: Mention, anchor: int) -> Found | None:
        """The person who bears the office or epithet: in the document first, in the registry second."""
        if mention.determiner in _INDEFINITE | _POSSESSED:
            return None
        if (leader := leader_before(mention, anchor, self._context)) is not None:
            return leader, "leader-told-before"
        description = describe(mention.phrase, self._context.registry)
        if not description:
            return None
        found = self._in_document(description, mention, anchor)
        if found is not None or not description.titles:
            return found
        return self._in_registry(description, anchor)

    def _in_document(self, description: Description, mention: Mention, anchor: int) -> Found | None:
        entities = self._context.people.entities
        scores = [self._score(description, index) for index in range(len(entities))]
        best = max(scores, default=0)
        if best == 0:
            return None
        fitting = [self._context.referent(entities[i]) for i, score in enumerate(scores) if score == best]
        if len(fitting) == 1:
            return fitting[0], "epithet-in-document"
        keys = {referent.key for referent in fitting}
        region = self._context.region(mention.span.start)
        nearest, _ = self._discourse.antecedent(anchor, region, lambda one: one.key in keys)
        return (nearest, "epithet-nearest") if nearest is not None else (None, "none:two-candidates")

    def _score(self, description: Description, index: int) -> int:
        """How well somebody of the document fits: 3 by title now, 2 by title once, 1 by another noun, else 0."""
        context = self._context
        row = context.people.entities[index].row
        told = context.descriptions(index)
        if description.unknown and not any(set(description.unknown) & set(one.unknown) for one in told):
            return 0  # "the chairman of the Tolva Club" is no other chairman
        if not fits_place(row, description.places, tuple(place for one in told for place in one.places)):
            return 0
        if description.person is not None:
            return 3 if row is not None and row.id == description.person else 0
        if not description.titles:
            noun = set(description.words[-1:]) & _PEOPLE
            return 1 if any(noun & set(one.words) for one in told) else 0
        anybodys = not description.places and set(description.titles) <= _ANYBODYS
        if row is not None and not anybodys and holds(
            row, description.titles, description.places, context.day, context.registry, former=description.former
        ):
            return 3
        for one in told:
            if _shares_title(description, one) and (row is None or not one.former):
                return 3 if one.former == description.former else 2
        return 0

    def _in_registry(self, description: Description, anchor: int) -> Found | None:
        context = self._context
        if description.person is not None:
            row = context.registry.row(description.person)
            return (context.person(row), "epithet-person") if isinstance(row, Person) else None
        if description.former or description.unknown:
            return None
        if not description.places and set(description.titles) <= _ANYBODYS:
            return None  # "the chairman" is that of some body, and not the country's
        if not description.places and self._is_abroad(anchor):
            return None  # "Lorrica kept the port shut. The foreign minister said"
        home = [context.home] if context.home else list(context.countries) if len(context.countries) == 1 else []
        people = holders(description, [country for country in home if country], context.day, context.registry)
        if len(people) == 1:
            return context.person(people[0]), "epithet-office"
        return (None, "none:two-holders") if people else None

    def _is_abroad(self, anchor: int) -> bool:
        """Whether the last countries named before, in the sentences right before too, are none but foreign ones."""
        context = self._context
        k = context.sentence(anchor)
        start = context.article.sentences[max(0, k - _BESIDE)].start
        named = [name.known for name in context.names_between(start, anchor) if isinstance(name.known, Country)]
        return bool(named) and context.home is not None and all(row.id != context.home for row in named)

    # --- other nouns ----------------------------------------------------------------------------------------

    def _same_person(self, mention: Mention, anchor: int) -> Found | None:
        """ "The powerful sister": the subject right before, where nothing is told of her that speaks against it."""
        if mention.determiner not in _THE or len(mention.phrase) > 3 or mention.head not in _PEOPLE - _UNNAMED:
            return None
        if mention.core != mention.phrase:  # "the pope of Skarrow" is told apart by that
            return None
        if any(word in _OTHERS for word in mention.phrase):
            return None
        if self._is_told_apart(mention, anchor):
            return None
        gender = _gender(mention.head)
        region = self._context.region(mention.span.start)
        nearest, rule = self._discourse.go_back(anchor, region, gender)
        if nearest is None or rule != "nearest-subject" or self._has_other_title(nearest, mention):
            return None
        if nearest.key == addressed(mention, self._context):
            return None
        here = self._context.sentence(anchor)
        for events in self._discourse.before(anchor, region):
            if here - self._context.sentence(events[0].at) > 2:
                return None
            people = {
                event.key for event in events if event.weight >= 2
                and self._context.referents[event.key].type == "person"
            }
            if people:
                return (nearest, "same-person") if people == {nearest.key} else None
        return None

    def _is_told_apart(self, mention: Mention, anchor: int) -> bool:
        """Whether the same words stood before as an object: "Harrow called on the duke. The duke said"."""
        noun = mention.text.split(",")[0].partition(" ")[2]
        before = self._context.text[max(0, anchor - _NEAR) : anchor]
        told = self._context.text[max(0, anchor - 4 * _NEAR) : anchor]
        return (
            re.search(rf"\b(?:to|on|with|from|by|met|for|of) the {re.escape(noun)}\b(?!['’])", before) is not None
            or re.search(rf"\b[Tt]he {re.escape(noun)} (?:of|for|to) ", told) is not None
        )

    def _has_other_title(self, referent: Referent, mention: Mention) -> bool:
        title = mention.head in self._context.registry.titles or mention.head in NAME_WORDS["title"]
        if not title or mention.head in MENTION_WORDS["kin"]:
            return False
        if isinstance(referent.row, Person):
            return True
        index = int(referent.key[1:]) if referent.key[0] == "e" else -1
        return index < 0 or any(one.titles for one in self._context.descriptions(index))


_UNNAMED = frozenset("official source aide adviser advisor insider operative analyst expert observer witness".split())
_ANYBODYS = frozenset({"chairman", "director", "secretary"})
"""Offices that every club has."""
_OTHERS = frozenset("second third fourth other latter former first last".split())
_PEOPLE = MENTION_WORDS["person_head"] | MENTION_WORDS["kin"]


def _shares_title(one: Description, other: Description) -> bool:
    """Whether two descriptions share an office; "the minister" may be the foreign minister, "the ambassador" one to
    Lorrica."""
    if set(one.titles) & set(other.titles):
        return True
    return any(
        title.endswith(" " + general) or title.startswith(general + " to ")
        for general in one.titles if " " not in general for title in other.titles
    )


def _gender(noun: str) -> Gender | None:
    if noun in MENTION_WORDS["person_female"]:
        return "female"
    return "male" if noun in MENTION_WORDS["person_male"] else None


def _as_role(referent: Referent) -> Referent:
    return Referent(referent.key, referent.name, referent.id, "role", referent.country, None, referent.row)


def anchor_of(mention: Mention, quotation: Quotation) -> int:
    """Where to look back from: what stands between a quotation and its mention names nobody new."""
    return min(mention.span.start, quotation.outer.start)
