"""The rules by which a mention finds its speaker, tried in order; the first that knows decides."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from quotes.records import Quotation, Span, SpeakerType
from quotes.registry import Country, Organisation, Outlet, Person, fold
from quotes.registry.rows import Gender
from quotes.registry.words import MENTION_WORDS, NAME_WORDS
from quotes.stages import resolve_scripts as scripts
from quotes.stages.resolve_authors import Authors
from quotes.stages.resolve_bodies import are_several, body_called, fuller, known, longer, outlet_in
from quotes.stages.resolve_context import Context, Referent
from quotes.stages.resolve_discourse import Discourse
from quotes.stages.resolve_documents import author_before
from quotes.stages.resolve_groups import group_of_sentence
from quotes.stages.resolve_mention import Mention, read
from quotes.stages.resolve_names import is_plain_word
from quotes.stages.resolve_offices import Description, describe, holds
from quotes.stages.resolve_roles import Found, Roles, anchor_of
from quotes.stages.resolve_sequences import Name
from quotes.stages.resolve_sequences import written as on_one_line
from quotes.stages.resolve_told import addressed, is_told_of

_MEDIA = MENTION_WORDS["outlet"] | MENTION_WORDS["writing"]
_PLAIN = MENTION_WORDS["rank"] | _MEDIA | frozenset(
    "bylined signed unsigned co-signed long detailed full lengthy special same joint news".split()
)
"""Words that tell nothing of whose an article is."""
_FULLER = MENTION_WORDS["body"] - {"regime", "side", "leadership", "administration", "group", "team", "government"}
_CARRIED = MENTION_WORDS["writing"] | {"issue", "edition"}
"""What is an outlet's: "an article of the Ulmark Post", "the May 4 issue of the Ulmark Post"."""
_ABOUT_GROUP = re.compile(r"The (?:[\w'’-]+ ){0,4}(?:group|clique|gang|clan)\b(?! of (?!traitors)| for )")
_NAMED_GROUP = re.compile(r"(?<=\w )Group (?:for|of) (?:the )?[A-Z]")
"""A body by its capital: "the Lorrican Group for the Study of the Dyke"."""
_OF_THE_PAPER = (" of the paper", " of the newspaper", " of the daily", " of the magazine")
_SORT = re.compile(r" [a-z]{3,}s")
"""What stands behind a word of what sort some are: "Corporate lobbyists", "War-like forces"."""
_DEFINITE = frozenset({"the", "this", "that", "its", ""})
_NO_ONES_NAME = (
    NAME_WORDS["function"] | NAME_WORDS["place"] | NAME_WORDS["organisation"] | NAME_WORDS["time"]
    | MENTION_WORDS["group"] | NAME_WORDS["title"] | MENTION_WORDS["person_head"]
) - NAME_WORDS["surname"]


class Resolver:
    """Resolves the mentions of one article, in the order of the text."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.discourse = Discourse(context, self._office, self._ministry)
        self._roles = Roles(context, self.discourse)
        self._authors = Authors(context, self.discourse, self._first)
        self._borne: dict[tuple[str, str], bool] = {}  # by key and title: whether he bears it in the document

    def resolve(self, mention: Mention, quotation: Quotation, parent: Referent | None) -> Found:
        """Whom a mention means, and by which rule; ``parent`` speaks the quotation around this one."""
        if not mention.core:
            return None, "none:not-understood"
        anchor = anchor_of(mention, quotation)
        if mention.head in MENTION_WORDS["pronoun_self"] and len(mention.phrase) == 1:
            return (parent, "first-person") if parent is not None else (None, "none:first-person")
        found = self._authors.instead(mention, self._first(mention, anchor), quotation.kind)
        return found if found[0] is None or found[0].name is not None else (None, "none:role-not-named")

    def _first(self, mention: Mention, anchor: int) -> Found:
        for rule in _RULES:
            found = rule(self, mention, anchor)
            if found is not None:
                return found
        return self._roles.resolve(mention, anchor)

    def _office(self, span: Span) -> Referent | None:
        """The person who holds an office that the narrator names."""
        mention = read(self.context.text, span, (), None)
        found = self._roles.described(mention, span.start)
        return found[0] if found is not None else None

    def _ministry(self, span: Span) -> Referent | None:
        """The body that the narrator names by a noun: "the Norvanian ministry of works"."""
        mention = read(self.context.text, span, (), None)
        found = self._body(mention, mention.span.start)
        return found[0] if found is not None else None

    # --- pronouns -------------------------------------------------------------------------------------------

    def _pronoun(self, mention: Mention, anchor: int) -> Found | None:
        if len(mention.phrase) != 1 or mention.determiner:
            return None
        word, region = mention.head, self.context.region(mention.span.start)
        anchor = min(anchor, self._before_report(mention, region))
        for kind, gender in _PRONOUNS:
            if word in MENTION_WORDS[kind]:
                referent, rule = self.discourse.go_back(anchor, region, gender, addressed(mention, self.context))
                if referent is not None and region < 0 and is_told_of(referent, mention, self.context):
                    return None, "none:two-candidates"
                return referent, rule if referent is None else f"pronoun-{rule}"
        if word in MENTION_WORDS["pronoun_thing"]:
            if self.context.text.startswith(" goes without", mention.span.end):
                return None, "none:no-antecedent"
            group = group_of_sentence(mention.span.start, self.context)
            if self._is_of_group(mention):
                return (group, "pronoun-of-group") if group is not None else (None, "none:group")
            referent, rule = self.discourse.antecedent(anchor, region, lambda one: one.type != "person")
            if referent is None and group is not None:
                return group, "pronoun-of-group"
            if referent is not None and rule == "nearest-mention" and isinstance(referent.row, Country):
                return None, "none:no-antecedent"  # a country that is only spoken about said nothing
            return referent, rule if referent is None else f"pronoun-{rule}"
        if word in MENTION_WORDS["pronoun_group"] or word in MENTION_WORDS["pronoun_one"]:
            return None, "none:group-pronoun" if word in MENTION_WORDS["pronoun_group"] else "none:role-not-named"
        if word in MENTION_WORDS["relative"]:
            return self._relative(mention, region)
        return None

    def _is_of_group(self, mention: Mention) -> bool:
        """ "The Brenn group boasts of what it calls …": a group without a name is what the sentence is about."""
        start = self.context.article.sentences[self.context.sentence(mention.span.start)].start
        match = _ABOUT_GROUP.match(self.context.text, start, mention.span.start)
        return match is not None and self.context.region(start) == self.context.region(mention.span.start)

    def _before_report(self, mention: Mention, region: int) -> int:
        """Where to look back from: in "Brenn would win, he said" Brenn is somebody else."""
        start, end = self.context.article.sentences[self.context.sentence(mention.span.start)].start, mention.span.start
        lead = self.context.text[start:end].rstrip()
        told = lead.endswith(",") and lead[-2:-1].isalnum() and self.context.says(mention.span.end)
        plain = self.context.region(start + len(lead) - 1) == region == self.context.region(start)
        return start if told and plain and fold(lead.split()[0]) not in _SUBORDINATE else end

    def _relative(self, mention: Mention, region: int) -> Found:
        events = next(self.discourse.before(mention.span.start, region), [])
        if events:
            last = self.context.referents[events[-1].key]
            if mention.span.start - events[-1].end < 80 and (last.type == "person") == (mention.head == "who"):
                return last, "relative-pronoun"
        return None, "none:no-antecedent"

    def _nation(self, mention: Mention, _: int) -> Found | None:
        """ "South Koreans": the people of a country, or some of them."""
        words = mention.text.split(",")[0].partition(" of ")[0].split()
        if not words or not words[-1][0].isupper() or not words[-1].endswith("s"):
            return None
        one = fold(words[-1])[:-1]
        names = [one, f"south {one}", *([f"{fold(words[-2])} {one}"] if len(words) > 1 else [])]
        return (None, "none:group") if any(map(self._is_of_country, names)) else None

    def _is_of_country(self, name: str) -> bool:
        row = self.context.registry.country_named(name)
        return row is not None and any(fold(adjective) == name for adjective in row.adjectives)

    def _named(self, mention: Mention, _: int) -> Found | None:
        if mention.several:
            return None, "none:group-of-names"
        name = mention.name
        occurrence = self.context.occurrence(name) if name is not None else None
        if name is None or occurrence is None or self._is_country(mention):
            return None
        if occurrence.entity is not None:
            return self.context.referent(occurrence.entity), occurrence.rule
        if occurrence.rule == "none:two-candidates":
            return None, occurrence.rule
        written = self.context.text[name.span.start : name.span.end]
        if len(name.words) == 1 and _SORT.fullmatch(self.context.text, name.span.end, mention.span.end):
            return None, "none:group"
        return self._only_short(name.words, written, name.gender, self._titles_at(name, mention))

    def _is_country(self, mention: Mention) -> bool:
        """ "South Korea" beside an organisation or a person called "… Korea"."""
        return len(mention.phrase) > 1 and self.context.registry.country_named(" ".join(mention.phrase)) is not None

    def _titles_at(self, name: Name, mention: Mention) -> Description:
        inside = self.context.text[mention.span.start : name.lead].split()
        return describe([*inside, *name.titles], self.context.registry)

    def _short(self, mention: Mention, _: int) -> Found | None:
        """A short name that looks like another word ("King said"), or one in a script without capitals."""
        words = mention.text.split()
        if mention.determiner or len(words) > 4 or mention.core != mention.phrase:
            return None
        if not all(word[0].isupper() or not word[0].isascii() for word in words):
            return None
        candidates = self.context.people.called(mention.core)
        if len(candidates) == 1:
            return self.context.referent(candidates[0]), "short-name-in-document"
        if candidates:
            return None, "none:two-candidates"
        if not words[0][0].isupper():
            return self._in_other_script(mention)
        if mention.core[-1] in _NO_ONES_NAME or mention.core[0] in NAME_WORDS["function"]:
            return None
        return self._only_short(mention.core, mention.text, None, describe("", self.context.registry))

    def _only_short(
        self, words: tuple[str, ...], written: str, gender: Gender | None, description: Description
    ) -> Found:
        """A short name of which the document does not give the full form."""
        registry, context = self.context.registry, self.context
        short = " ".join(words)
        called = [
            row for row in registry.persons_called(short)
            if (gender is None or row.gender in (gender, None)) and row.country in context.countries
        ]
        in_office = [
            row for row in called
            if description.titles and holds(row, description.titles, description.places, context.day, registry)
        ]
        if len(in_office) == 1:
            return context.person(in_office[0]), "short-name-office"
        spoken = [context.referents[row.id] for row in called if self.discourse.names(row.id)]
        if len(spoken) == 1:
            return spoken[0], "short-name-of-office-holder"
        bare = registry.persons_known_as(short)
        if len(bare) == 1:
            return context.person(bare[0]), "short-name-known"
        if len(called) == 1 and not called[0].common:
            return context.person(called[0]), "short-name-registry"
        if len(called) > 1:
            return None, "none:namesakes-in-registry"
        plain = len(words) == 1 and is_plain_word(written, context.common)
        if gender is None and (plain or words[-1] in _NO_ONES_NAME or words == ("judge",)):
            return None, "none:not-understood"
        name = on_one_line(written)
        acronym = len(name) > 2 and name.isupper() and " " not in name
        kind: SpeakerType = "organisation" if acronym else "person"
        return Referent(f"n:{short}", name, None, kind, None, gender), "only-name-in-document"

    def _in_other_script(self, mention: Mention) -> Found | None:
        """Chinese, Japanese and Korean: a title goes to the name before it, a short name to its longer form."""
        written = mention.text
        if fold(written) in self.context.registry.titles:
            bearer = next((one for one in self.discourse.known() if self._bears(one, written)), None)
            return (bearer, "epithet-in-document") if bearer is not None else None
        row = known(mention.core, self.context.registry) or scripts.outlet(written, self.context.registry)
        if row is not None:
            return self.context.body(row), f"named-{_kind(row)}"
        person = scripts.person(written, self.context.registry)
        if person is not None:
            return self.context.person(person), "full-name"
        bare = scripts.bare(written)
        if bare is None:
            return None, "none:role-not-named"
        written = bare
        longer = self._long_names.of(written)
        name = (scripts.bare(longer) or longer) if longer else written
        whole = "full-name" if name == written else "short-name-in-document"
        rule = whole if longer else "only-name-in-document"
        return Referent(f"n:{fold(name)}", name, None, "person", None), rule

    @cached_property
    def _long_names(self) -> scripts.LongNames:
        return scripts.LongNames(self.context.text)

    def _bears(self, one: Referent, title: str) -> bool:
        """Whether a title stands somewhere behind the name of a person."""
        key = (one.key, title)
        if key not in self._borne:
            aliases = one.row.aliases if isinstance(one.row, Person) else ()
            names = "|".join(re.escape(name) for name in (one.name, *aliases) if name)
            borne = re.search(rf"(?:{names})\s?{re.escape(title)}", self.context.text) if names else None
            self._borne[key] = one.type == "person" and borne is not None
        return self._borne[key]

    # --- bodies ---------------------------------------------------------------------------------------------

    def _body(self, mention: Mention, anchor: int) -> Found | None:
        registry, context = self.context.registry, self.context
        if mention.head in MENTION_WORDS["spokesperson"]:
            return None
        around = context.name_around(mention.span.start)
        if around is not None and around.known is not None and not isinstance(around.known, Person):
            return context.body(around.known), f"named-{_kind(around.known)}"
        for words in (mention.phrase, mention.core):
            row = known(words, registry)
            if row is not None and not self._is_short_name(row, mention):
                return context.body(row), f"named-{_kind(row)}"
        media = mention.head in _MEDIA
        outlet = outlet_in(mention.core, registry)
        if outlet is not None and (media or _ends_with(mention.core, outlet)):
            return context.body(outlet), "named-outlet"
        named = self._unknown_outlet(mention)
        if named is not None:
            return named, "named-outlet"
        carried = self._carrier(mention)
        if carried is not None:
            return context.body(carried), "named-outlet"
        beside = mention.beside
        if beside is not None and (media or mention.head in MENTION_WORDS["body"]):
            return context.body(beside.known) if beside.known else context.unknown_body(beside), "apposition"
        phrase = mention.text.split(",")[0]
        group = mention.head in MENTION_WORDS["group"] and not _NAMED_GROUP.search(phrase)
        if mention.head in MENTION_WORDS["person_head"] or group:
            return None
        if are_several(phrase):
            joint = " ".join(phrase.split()[1 if mention.determiner else 0 :])
            return Referent(f"g:{fold(joint)}", joint, None, "group", None), "joint-bodies"
        whose = longer(phrase, anchor, context)
        if whose is not None:
            return whose, "named-organisation"
        body = body_called(phrase, context) or body_called(" ".join(mention.core), context)
        if body is not None:
            return body, "named-organisation"
        if media:
            return self._medium(mention, anchor)
        if mention.head in MENTION_WORDS["document"]:
            return author_before(mention, anchor, context, self.discourse)
        if mention.head in _FULLER and mention.determiner == "the" and len(mention.phrase) == 1:
            body = fuller(mention.head, anchor, context)
            return (body, "body-before") if body is not None else (None, "none:body-not-named")
        return None

    def _carrier(self, mention: Mention) -> Outlet | None:
        """The outlet in "the Torch of Tamrin article", "a bylined article of the Torch of Tamrin"."""
        words = mention.text.split(",")[0].split()
        if mention.head in _CARRIED and " of " in mention.text:
            return self.context.registry.outlet_named(mention.text.split(",")[0].partition(" of ")[2])
        if len(words) < 3 or fold(words[-1]) not in MENTION_WORDS["writing"]:
            return None
        start = 1 if mention.determiner else 0
        return self.context.registry.outlet_named(" ".join(words[start:-1]))

    def _is_short_name(self, row: object, mention: Mention) -> bool:
        """ "Israel said" in an article about Steve Israel."""
        called = not mention.determiner and bool(self.context.people.called(mention.core))
        return called and not isinstance(row, Organisation)

    def _unknown_outlet(self, mention: Mention) -> Referent | None:
        """An outlet outside the registry that the mention names: "the Lorrim Daily"."""
        names = self.context.names_between(mention.span.start, mention.span.end)
        for name in names:
            if name.kind == "outlet" and name.known is None and name.span.end == mention.span.end:
                return self.context.unknown_body(name)
        return None

    def _medium(self, mention: Mention, anchor: int) -> Found:
        """ "The article": the outlet named before that carried it."""
        plain = all(
            word in _PLAIN or self.context.registry.country_named(word)
            for word in mention.phrase
        )
        plain = plain and mention.determiner in _DEFINITE
        if not plain and not mention.text.endswith(_OF_THE_PAPER):
            return None, "none:role-not-named"
        region = self.context.region(mention.span.start)
        referent, rule = self.discourse.antecedent(anchor, region, lambda one: one.type == "outlet")
        return referent, rule if referent is None else f"medium-{rule}"

    def _proper(self, mention: Mention, _: int) -> Found | None:
        """A body that only its capitals show: "Judicial Watch", "Alliance to Reclaim Our Schools (AROS)"."""
        words = mention.text.split(",")[0].split(" (")[0].split()
        if words and fold(words[0]) in MENTION_WORDS["determiner"]:
            words = words[1:]
        if mention.determiner not in ("", "the") or not words or not words[0][0].isupper():
            return None
        capitals = [word for word in words if word[0].isupper()]
        noun = fold(capitals[-1])
        if len(capitals) * 2 <= len(words) or (len(words) == 1 and noun in _NO_ONES_NAME):
            return None
        if mention.head in MENTION_WORDS["person_head"] or mention.head in MENTION_WORDS["group"]:
            return None
        if fold(" ".join(words)) in self.context.registry.titles:
            return None
        written = " ".join(words)
        titled = 1 < len(words) == len(capitals) <= _LONGEST_PERSON and self._is_told_of(mention)
        kind: SpeakerType = "person" if titled else "organisation"
        return Referent(f"b:{fold(written)}", written, None, kind, None), "only-name-in-document"

    def _is_told_of(self, mention: Mention) -> bool:
        """Whether an office or trade stands behind a name: "Hol Min Ok, a deputy director of the bureau"."""
        behind = _OFFICE.match(self.context.text, mention.span.end)
        return behind is not None and fold(behind["noun"]) in NAME_WORDS["title"] | MENTION_WORDS["person_head"]


_LONGEST_PERSON = 4
_OFFICE = re.compile(
    r", (?:an?|the|chief|vice|deputy|first) (?:[a-z-]+ ){0,2}?(?P<noun>[a-z-]+)\b(?= of | at | in | for |,)"
)
_SUBORDINATE = frozenset(
    "when after as while before if since although though once because until asked in at on with during for to by"
    .split()
)
"""Words with which a sentence begins that puts something in front of its main clause."""
_PRONOUNS: tuple[tuple[str, Gender | None], ...] = (
    ("pronoun_male", "male"), ("pronoun_female", "female"), ("pronoun_person", None),
)
_RULES: tuple[Callable[[Resolver, Mention, int], Found | None], ...] = (
    Resolver._pronoun, Resolver._nation, Resolver._named, Resolver._body, Resolver._short, Resolver._proper,
)


def _kind(row: object) -> str:
    return "outlet" if isinstance(row, Outlet) else "country" if isinstance(row, Country) else "organisation"


def _ends_with(words: tuple[str, ...], outlet: Outlet) -> bool:
    """Whether the phrase ends in the outlet's own name: "the state-run KCNA"."""
    tail = " ".join(words)
    return any(tail.endswith(fold(name).removeprefix("the ")) for name in (outlet.name, *outlet.aliases))
