"""The rules by which a mention finds its speaker, tried in order; the first that knows decides."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.records import Quotation
from quotes.registry import Country, Organisation, Outlet, Person, fold
from quotes.registry.rows import Gender
from quotes.registry.words import MENTION_WORDS, NAME_WORDS, is_given_name
from quotes.stages.resolve_bodies import body_in, known, outlet_in, spoken_for
from quotes.stages.resolve_context import Context, Referent
from quotes.stages.resolve_mention import Mention
from quotes.stages.resolve_offices import Description, describe, fits_place, holders, holds
from quotes.stages.resolve_pronouns import Discourse

Found = tuple[Referent | None, str]


class Resolver:
    """Resolves the mentions of one article, in the order of the text."""

    def __init__(self, context: Context, discourse: Discourse, quotations: Sequence[Quotation]) -> None:
        self.context = context
        self.discourse = discourse
        self._quotations = quotations

    def resolve(self, mention: Mention, quotation: Quotation, parent: Referent | None) -> Found:
        """Whom a mention means, and by which rule; ``parent`` speaks the quotation around this one."""
        for rule in (self._pronoun, self._named, self._body, self._short, self._role):
            found = rule(mention, quotation, parent)
            if found is not None:
                return found
        return None, "none:not-understood"

    # --- pronouns -------------------------------------------------------------------------------------------

    def _pronoun(self, mention: Mention, quotation: Quotation, parent: Referent | None) -> Found | None:
        if len(mention.core) != 1 or len(mention.phrase) != 1:
            return None
        word = mention.head
        at, region = self._anchor(mention, quotation), self.context.region(mention.span.start)
        if word in MENTION_WORDS["pronoun_male"]:
            return self._go_back(at, region, "male")
        if word in MENTION_WORDS["pronoun_female"]:
            return self._go_back(at, region, "female")
        if word in MENTION_WORDS["pronoun_self"]:
            return (parent, "first-person") if parent is not None else (None, "none:first-person")
        if word in MENTION_WORDS["pronoun_thing"]:
            referent, rule = self.discourse.antecedent(at, region, lambda one: one.type != "person")
            return referent, rule if referent is None else f"pronoun-{rule}"
        if word in MENTION_WORDS["pronoun_group"]:
            return None, "none:group-pronoun"
        if word in MENTION_WORDS["relative"]:
            return self._relative(mention, region)
        return None

    def _go_back(self, at: int, region: int, gender: Gender) -> Found:
        referent, rule = self.discourse.go_back(at, region, gender)
        return referent, rule if referent is None else f"pronoun-{rule}"

    def _relative(self, mention: Mention, region: int) -> Found:
        for events in self.discourse.before(mention.span.start, region):
            last = self.context.referents[events[-1].key]
            if mention.span.start - events[-1].end < 80 and (last.type == "person") == (mention.head == "who"):
                return last, "relative-pronoun"
            break
        return None, "none:no-antecedent"

    def _anchor(self, mention: Mention, quotation: Quotation) -> int:
        """Where to look back from: what stands between quotation and mention names nobody new."""
        return min(mention.span.start, quotation.outer.start) if mention.span.start > quotation.outer.start else (
            mention.span.start
        )

    # --- names ----------------------------------------------------------------------------------------------

    def _named(self, mention: Mention, quotation: Quotation, parent: Referent | None) -> Found | None:
        if mention.several:
            return None, "none:group-of-names"
        name = mention.name
        if name is None:
            return None
        occurrence = self.context.occurrence(name)
        if occurrence is None:
            return None
        if occurrence.entity is not None:
            return self.context.referent(occurrence.entity), occurrence.rule
        if occurrence.rule == "none:two-candidates":
            return None, occurrence.rule
        return self._only_short(name.words, self.context.text[name.span.start : name.span.end], name.gender,
                                describe([*self._front(mention), *name.titles], self.context.registry))

    def _front(self, mention: Mention) -> list[str]:
        start = mention.name.span.start if mention.name else mention.span.end
        return [fold(word) for word in self.context.text[mention.span.start : start].split()]

    def _short(self, mention: Mention, quotation: Quotation, parent: Referent | None) -> Found | None:
        """A short name that looks like another word: "King said"; and a name in a script without capitals."""
        written = mention.text
        if mention.determiner or len(mention.core) > 4 or not mention.core or mention.core != mention.phrase:
            return None
        if not all(word[:1].isupper() or not word[:1].isascii() for word in written.split()):
            return None
        words = [word for word in mention.core if word not in NAME_WORDS["title"]] or list(mention.core)
        candidates = self.context.people.called(words)
        if len(candidates) == 1:
            return self.context.referent(candidates[0]), "short-name-in-document"
        if candidates:
            return None, "none:two-candidates"
        return self._only_short(tuple(words), written, None, describe("", self.context.registry))

    def _only_short(
        self, words: tuple[str, ...], written: str, gender: Gender | None, description: Description
    ) -> Found:
        """A short name of which the document does not give the full form."""
        registry, context = self.context.registry, self.context
        called = [
            row for row in registry.persons_called(" ".join(words))
            if gender is None or row.gender in (gender, None)
        ]
        supported = [row for row in called if row.country in context.countries]
        in_office = [
            row for row in supported
            if description.titles and holds(row, description.titles, description.places, context.day, registry)
        ]
        if len(in_office) == 1:
            return context.person(in_office[0]), "short-name-office"
        bare = [row for row in registry.persons_known_as(" ".join(words)) if row in called]
        if len(bare) == 1:
            return context.person(bare[0]), "short-name-known"
        rare = [row for row in supported if not row.common]
        if len(supported) == 1 and rare:
            return context.person(rare[0]), "short-name-registry"
        if len(supported) > 1:
            return None, "none:namesakes-in-registry"
        if len(words) == 1 and words[0] in NAME_WORDS["function"]:
            return None, "none:not-understood"
        key = "n:" + " ".join(words)
        return Referent(key, " ".join(written.split()), None, "person", None, gender), "only-name-in-document"

    # --- bodies ---------------------------------------------------------------------------------------------

    def _body(self, mention: Mention, quotation: Quotation, parent: Referent | None) -> Found | None:
        registry, context = self.context.registry, self.context
        if not mention.core or mention.head in MENTION_WORDS["spokesperson"]:
            return None
        for words in (mention.phrase, mention.core):
            row = known(words, registry)
            if row is not None and not self._is_also_short_name(row, mention):
                return context.body(row), f"named-{_kind(row)}"
        media = mention.head in MENTION_WORDS["outlet"] | MENTION_WORDS["writing"]
        outlet = outlet_in(mention.phrase, registry)
        if outlet is not None and (media or _ends_with(mention.phrase, outlet)):
            return context.body(outlet), "named-outlet"
        if mention.head in MENTION_WORDS["person_head"]:
            return None
        body = body_in(mention.phrase, context) or body_in(mention.core, context)
        if body is not None:
            return body, "named-organisation"
        if media:
            return self._of_medium(mention, quotation)
        if mention.head in MENTION_WORDS["document"]:
            return self._of_document(mention, quotation)
        return None

    def _is_also_short_name(self, row: object, mention: Mention) -> bool:
        """ "Israel said" in an article about Steve Israel."""
        return not mention.determiner and bool(self.context.people.called(mention.core)) and not isinstance(
            row, Organisation
        )

    def _of_medium(self, mention: Mention, quotation: Quotation) -> Found | None:
        """ "The article": the outlet named before that carried it."""
        at, region = self._anchor(mention, quotation), self.context.region(mention.span.start)
        if mention.determiner not in ("the", "this", "that", "its", ""):
            return None, "none:role-not-named"
        referent, rule = self.discourse.antecedent(at, region, lambda one: one.type == "outlet")
        return referent, rule if referent is None else f"medium-{rule}"

    def _of_document(self, mention: Mention, quotation: Quotation) -> Found | None:
        """ "The statement": the body or person that issued it, where the sentence before says so."""
        if mention.determiner not in ("the", "this", "that") or len(mention.phrase) > 3:
            return None, "none:document-without-author"
        at, region = self._anchor(mention, quotation), self.context.region(mention.span.start)
        for distance, events in enumerate(self.discourse.before(at, region)):
            first = events[0]
            start = self.context.article.sentences[self.context.sentence(first.at)]
            words = self.context.text[start.start : start.end]
            if mention.head in words.lower() and first.weight == 2:
                return self.context.referents[first.key], "document-of-subject"
            if distance > 5:
                break
        return None, "none:document-without-author"

    # --- roles ----------------------------------------------------------------------------------------------

    def _role(self, mention: Mention, quotation: Quotation, parent: Referent | None) -> Found | None:
        if not mention.core:
            return None
        if mention.head in MENTION_WORDS["group"] and mention.head not in MENTION_WORDS["spokesperson"]:
            return self._group(mention)
        if mention.head in MENTION_WORDS["spokesperson"]:
            return self._spokesperson(mention, quotation)
        named = self._described(mention, quotation)
        if named is not None:
            return named
        if mention.head in MENTION_WORDS["body_lead"]:
            body = spoken_for(mention, self.context)
            if body is not None and mention.determiner != "a":
                return _as_role(body), "head-of-body"
        if self._is_proper(mention):
            written = self._proper(mention)
            return Referent(f"b:{fold(written)}", written, None, "organisation", None), "only-name-in-document"
        return None, "none:role-not-named"

    def _group(self, mention: Mention) -> Found:
        country = next(
            (row for word in mention.core[:-1] if (row := self.context.registry.country_named(word))), None
        )
        if country is not None and mention.head in MENTION_WORDS["collective"]:
            name = f"{country.prefix} {mention.head}" if country.prefix != "DPRK" else f"North Korean {mention.head}"
            return Referent(f"g:{fold(name)}", name, None, "group", country.name), "named-group"
        return None, "none:group"

    def _spokesperson(self, mention: Mention, quotation: Quotation) -> Found:
        if mention.determiner not in ("a", "an", "another", "one"):
            person = self._described(mention, quotation)
            if person is not None and person[0] is not None:
                return person
        body = spoken_for(mention, self.context)
        if body is not None:
            return _as_role(body), "spokesperson-body"
        if mention.determiner in ("the", "his", "her", "its", "their"):
            at, region = self._anchor(mention, quotation), self.context.region(mention.span.start)
            referent, _ = self.discourse.antecedent(at, region, lambda one: one.type in ("organisation", "role"))
            if referent is not None and len(mention.phrase) == 1:
                return _as_role(referent), "spokesperson-body-before"
        return None, "none:role-not-named"

    def _described(self, mention: Mention, quotation: Quotation) -> Found | None:
        """The person who bears the office or epithet: in the document first, in the registry second."""
        if mention.determiner in ("a", "an", "another", "one", "some"):
            return None
        description = describe(mention.phrase, self.context.registry)
        if not description:
            return None
        found = self._in_document(description, mention, quotation)
        if found is not None:
            return found
        return self._in_registry(description) if description.titles else None

    def _in_document(self, description: Description, mention: Mention, quotation: Quotation) -> Found | None:
        context = self.context
        scores = {
            entity.index: score for entity in context.people.entities
            if (score := self._score(description, entity.index)) > 0
        }
        if not scores:
            return None
        best = max(scores.values())
        fitting = {index for index, score in scores.items() if score == best}
        if len(fitting) == 1:
            return context.referent(context.people.entities[fitting.pop()]), "epithet-in-document"
        keys = {context.referent(context.people.entities[index]).key for index in fitting}
        at, region = self._anchor(mention, quotation), context.region(mention.span.start)
        referent, _ = self.discourse.antecedent(at, region, lambda one: one.key in keys)
        return (referent, "epithet-nearest") if referent is not None else (None, "none:two-candidates")

    def _score(self, description: Description, index: int) -> int:
        """How well somebody of the document fits: 3 by title now, 2 by title once, 1 by another noun, else 0."""
        context = self.context
        entity = context.people.entities[index]
        told = context.descriptions[index]
        known_places = {place for one in told for place in one.places}
        if not fits_place(entity.row, description.places, tuple(known_places)):
            return 0
        if description.person is not None:
            return 3 if entity.row is not None and entity.row.id == description.person else 0
        if description.titles:
            if entity.row is not None and holds(
                entity.row, description.titles, description.places, context.day, context.registry,
                former=description.former,
            ):
                return 3
            for one in told:
                if set(one.titles) & set(description.titles) and (entity.row is None or not one.former):
                    return 3 if one.former == description.former else 2
            return 0
        nouns = set(description.words[-1:])
        return 1 if any(nouns & set(one.words) for one in told) else 0

    def _in_registry(self, description: Description) -> Found | None:
        context = self.context
        if description.person is not None:
            row = context.registry.row(description.person)
            return (context.person(row), "epithet-person") if isinstance(row, Person) else None
        if description.former:
            return None
        countries = [context.home] if context.home else list(context.countries)[:1] if len(context.countries) == 1 else []
        people = holders(description, [country for country in countries if country], context.day, context.registry)
        if len(people) == 1:
            return context.person(people[0]), "epithet-office"
        return (None, "none:two-holders") if people else None

    def _is_proper(self, mention: Mention) -> bool:
        words = self._proper(mention).split()
        capitals = [word for word in words if word[0].isupper() or not word[0].isascii()]
        return bool(capitals) and words[0][0].isupper() and len(capitals) * 2 > len(words) and (
            mention.determiner in ("", "the")
        )

    def _proper(self, mention: Mention) -> str:
        words = mention.text.split(",")[0].split(" (")[0].split()
        if words and fold(words[0]) in MENTION_WORDS["determiner"]:
            words = words[1:]
        return " ".join(words) or mention.text


def _kind(row: object) -> str:
    return "outlet" if isinstance(row, Outlet) else "country" if isinstance(row, Country) else "organisation"


def _ends_with(words: Sequence[str], outlet: Outlet) -> bool:
    """Whether the phrase ends in the outlet's own name: "the state-run KCNA"."""
    tail = " ".join(words)
    return any(tail.endswith(fold(name).removeprefix("the ")) for name in (outlet.name, *outlet.aliases))


def _as_role(referent: Referent) -> Referent:
    return Referent(referent.key, referent.name, referent.id, "role", referent.country, None, referent.row)


__all__ = ["Resolver", "is_given_name"]
