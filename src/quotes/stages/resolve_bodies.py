"""Bodies: ministries, outlets and countries that speak, and those for whom somebody without a name speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes.lexicon import CUES
from quotes.registry import Country, Organisation, Outlet, Registry, fold
from quotes.registry.words import MENTION_WORDS, NAME_WORDS
from quotes.stages.resolve_context import Context, Referent
from quotes.stages.resolve_mention import Mention
from quotes.stages.resolve_people import is_strong

_STOP = (
    "said|says|told|on|at|to|who|that|has|is|was|as|issued|released|made|stated|announced|published|gave|according|"
    "by|with|had|also|read|from"
)
_CHAIN = re.compile(
    r"(?: (?:of|for|from|at) (?:the )?[\w'’&.-]+(?: (?:of|for) the)?"
    rf"(?: (?:and |in )?(?!(?:{_STOP}|[A-Z][a-z]+day)\b)[\w'’&.-]+){{0,9}})+"
)
_LINK = re.compile(r" (?:of|for|from|at) (?:the )?")
_OWNER = re.compile(r"(?P<owner>[A-Z][\w-]*(?: [A-Z][\w-]*)?)['’]s (?P<body>.+)")
_INITIALS = re.compile(r"(?:[A-Z]\.){2,}$")
_SHORT_FORM = re.compile(r" \([^()\n]{2,24}\)")
_BEYOND = re.compile(
    r" (?:(?<!Solidarity )(?<!Friendship )(?<!Relations )(?<!Ties )with|by|on|to|from|at|who|that|which|said|says) "
)
_AND_THE = re.compile(r",? and the (?=[A-Z])")
_SMALL = frozenset("of the for and on in with".split())
_ADJECTIVES = MENTION_WORDS["rank"] | MENTION_WORDS["determiner"]
_OWN = frozenset({"campaign", "team", "administration", "family", "office"})
_MEMBERS = frozenset({"Women", "People", "Children", "Men"})
"""Whom a body is made up of is part of its name: "the Lorrican Women's Society"."""
_OWNED = re.compile(r"(?:^| )(?:its|his|her|their|our) ")
_MAX_WORDS = 16
_LONGEST = 30
"""Words of the longest name of a body."""
_AHEAD = 160


def known(words: Sequence[str], registry: Registry) -> Organisation | Outlet | Country | None:
    """The outlet, organisation or country that folded words name together."""
    name = " ".join(words)
    return registry.outlet_named(name) or registry.organisation_named(name) or registry.country_named(name)


def outlet_in(words: Sequence[str], registry: Registry) -> Outlet | None:
    """The one outlet named among folded words: "the Chinese paper Huan Qiu Shibao"."""
    found: dict[str, Outlet] = {}
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + _MAX_WORDS), at, -1):
            outlet = registry.outlet_named(" ".join(words[at:end]))
            if outlet is not None:
                found[outlet.id] = outlet
                at = end
                break
        else:
            at += 1
    return next(iter(found.values())) if len(found) == 1 else None


def body_called(phrase: str, context: Context) -> Referent | None:
    """The organisation that a phrase names, a country in it telling whose it is; None where it is only a noun.

    What the registry does not hold is named as its own are: "Lao Health Ministry", "Defence Ministry of Tamrin".
    """
    core = _BEYOND.split(phrase)[0]
    raw = core.split()
    if len(raw) > _LONGEST:
        return None  # a name is given whole or not at all
    while raw and (fold(raw[0]) in _ADJECTIVES or raw[0].endswith("-run")) and raw[:2] != ["Supreme", "Command"]:
        raw = raw[1:]
    while len(raw) > 1 and fold(raw[-1]) in NAME_WORDS["time"]:
        raw = raw[:-1]  # "the Boat Union Tuesday made public"
    raw = _from_ministry(raw)
    words = [fold(word) for word in raw]
    verbs = (fold(word) for word in raw[1:] if word[0].islower())
    if not words or any(word in CUES or word in ("is", "are", "was") for word in verbs):
        return None
    row = context.registry.organisation_named(" ".join(words))
    if row is not None:
        return context.body(row)
    if not _is_body(words) or "branch" in raw:
        return None
    if "with" in words:
        return _as_written(raw)  # "the Committee for Solidarity with the Fishermen of Tamrin": whose it is not told
    country, rest = _country(words, context.registry)
    owner = core.rpartition(" the ")[2].split() if " the " in core else []
    small = raw[0][:1].islower() and raw[0] not in ("south", "north")
    if owner and raw[-1][:1].isupper() and small and not _is_country(owner, context.registry):
        return _as_written(owner)  # "the editorial staff of the Harbour Post", not "the permanent mission of the DPRK"
    capitals = all(not word[0].islower() or fold(word) in _SMALL for word in raw)
    proper = capitals and rest[-1:] != ["ministry"]
    if country is not None and rest and not (proper and len(rest) > 1):
        found = context.registry.body_of(country.id, " ".join(rest))
        name = f"{country.prefix} {_capitals(rest)}"
        return context.body(found) if found else _unknown(name, country.name)
    if len(words) > 1 and country is None:
        for identifier in _likely(context):
            found = context.registry.body_of(identifier, " ".join(words))
            if found is not None:
                return context.body(found)
    return _as_written(raw)


def are_several(phrase: str) -> bool:
    """Whether a phrase joins bodies: "The Council of the Port and the Committee for Fish and the Boat Union"."""
    parts = _AND_THE.split(phrase)
    return len(parts) > 1 and all(_is_body([fold(word) for word in part.split()]) for part in parts)


def _from_ministry(raw: list[str]) -> list[str]:
    """A section of a ministry is the ministry: "the Letters Section of … of the Tamrin Foreign Ministry"."""
    words = [fold(word) for word in raw]
    if "of" not in words or "ministry" not in words or "ministry" in words[: words.index("of")]:
        return raw
    at = words.index("ministry")
    start = max(i for i in range(at) if words[i] in ("of", "the")) + 1
    return raw[start:]


def _is_body(words: Sequence[str]) -> bool:
    """The noun at the end, or before the first "of", is that of a body."""
    core = words[: words.index("of")] if "of" in words else words
    for joint in ("for", "in"):
        core = core[: core.index(joint)] if joint in core else core
    return bool(core) and core[-1] in MENTION_WORDS["body"]


def _as_written(raw: Sequence[str]) -> Referent | None:
    """A body that neither registry nor country explain, by its own words where these are more than a noun."""
    while raw and raw[-1] in _SMALL:
        raw = raw[:-1]
    phrase = " ".join(raw)
    owner = _OWNER.match(phrase)
    if owner is not None and owner["owner"].split()[-1] not in _MEMBERS:
        if owner["body"] in _OWN:
            return _unknown(f"{owner['owner']} {owner['body']}", None)
        return _unknown(f"{_capitals(owner['body'].split())} of {owner['owner']}", None)
    capitals = any(word[0].isupper() for word in raw)
    ministry = fold(raw[-1]) in ("ministry", "department") and len(raw) > 1
    return _unknown(_capitals(raw), None) if (capitals and len(raw) > 1) or ministry else None


def _unknown(name: str, country: str | None) -> Referent:
    return Referent(f"b:{fold(name)}", name, None, "organisation", country)


def _country(words: Sequence[str], registry: Registry) -> tuple[Country | None, list[str]]:
    """The country named among the words, and the words without it."""
    for length in range(min(6, len(words)), 0, -1):
        for at in range(len(words) - length + 1):
            country = registry.country_named(" ".join(words[at : at + length]))
            if country is not None:
                return country, _without_joints([*words[:at], *words[at + length :]])
    return None, list(words)


def _is_country(words: Sequence[str], registry: Registry) -> bool:
    return registry.country_named(" ".join(map(fold, words))) is not None


def _without_joints(words: Sequence[str]) -> list[str]:
    kept = list(words)
    while kept and kept[0] in _SMALL:
        kept = kept[1:]
    while kept and kept[-1] in _SMALL:
        kept = kept[:-1]
    return kept


def _likely(context: Context) -> list[str]:
    """Whose a ministry is that the text names without a country: a state organ's own, else the only one named."""
    outlet = context.outlet
    if outlet is not None and outlet.country and outlet.type != "independent":
        return [outlet.country]
    abroad = [country for country in context.countries if country != context.home]
    return abroad if len(abroad) == 1 else list(context.countries) if len(context.countries) == 1 else []


def _capitals(words: Sequence[str]) -> str:
    return " ".join(
        word if fold(word) in _SMALL or word[:1].isupper() else word[:1].upper() + word[1:] for word in words
    )


def spoken_for(mention: Mention, context: Context) -> Referent | None:
    """The body in whose name somebody without a name speaks.

    Of a chain the ministry counts before its sections: "the chief of the Letters Section of the Office of
    Replies of the Foreign Ministry" speaks for the ministry.
    """
    before, links, stretches = _chain(mention, context)
    order = sorted(range(len(links)), key=lambda i: ("ministry" not in links[i].lower().split(), i))
    for i in order:
        for phrase in (" of ".join(links[i:]), links[i]):
            if _OWNED.search(phrase):
                continue
            row = known([fold(word) for word in phrase.split()], context.registry)
            found = context.body(row) if row is not None else body_called(phrase, context)
            if found is not None:
                exact = body_called(stretches[i], context) if found.id is None and phrase != links[i] else None
                return exact or found
    if before:
        row = known([fold(word) for word in before.split()], context.registry)
        return context.body(row) if row is not None else body_called(before, context) or _proper(before)
    whole = " of ".join(links)
    if not links or _OWNED.search(whole) or any(map(is_strong, context.people.called(_folded(whole)))):
        return None  # "a spokesman for Aldo Brenn" is his, and of no body
    return _proper(whole)


def _folded(phrase: str) -> list[str]:
    return [fold(word) for word in phrase.split()[-1:]]


def _chain(mention: Mention, context: Context) -> tuple[str, list[str], list[str]]:
    """Words before the noun ("Kremlin" spokesman), each "of …" after it, in the mention or right behind, and what
    stands from there to the end."""
    phrase = _SHORT_FORM.sub("", mention.text.split(",")[0])
    parts = _LINK.split(phrase)
    inside = parts[0].split()
    while inside and fold(inside[0]) in _ADJECTIVES:
        inside = inside[1:]
    if "," not in mention.text:
        more = _CHAIN.match(context.text, mention.span.end, min(len(context.text), mention.span.end + _AHEAD))
        phrase += more[0] if more else ""
        parts += _LINK.split(more[0])[1:] if more else []
    ends = [match.end() for match in _LINK.finditer(phrase)]
    told = [(_bare(part), _bare(phrase[end:])) for part, end in zip(parts[1:], ends, strict=True)]
    return " ".join(inside[:-1]), [part for part, _ in told if part], [rest for part, rest in told if part]


def _bare(phrase: str) -> str:
    """A phrase without the full stop of its sentence, which is not that of "U.S."."""
    phrase = phrase.strip(" ")
    return phrase if _INITIALS.search(phrase) else phrase.strip(" .")


def _proper(phrase: str) -> Referent | None:
    """A body by its own words where these are written in capitals: "a spokesman for Judicial Watch"."""
    words = re.sub(r"['’]s?$", "", phrase).split()
    big = [word for word in words if fold(word) not in _SMALL]
    if all(fold(word) in NAME_WORDS["title"] for word in big):
        return None
    if not big or not all(word[0].isupper() for word in big) or len(words) > _MAX_WORDS:
        return None
    return _unknown(" ".join(words), None)


def fuller(noun: str, before: int, context: Context) -> Referent | None:
    """What "the ministry" stood for when it was last named in full: the ministry of education of Norvania."""
    pattern = re.compile(
        rf"\b((?:[\w'’-]+ ){{0,4}}(?i:{re.escape(noun)})"
        r"(?: of (?:the )?(?:[A-Z][\w'’-]+|[a-z]+)(?: (?:and |of |of the )?[A-Z][\w'’-]+)*)?)"
    )
    last = None
    for match in pattern.finditer(context.text, max(0, before - 3000), before):
        phrase = _tail_of_capitals(match[1], noun)
        found = body_called(phrase, context) if len(phrase.split()) > 1 else None
        last = found or last
    return last


def longer(phrase: str, before: int, context: Context) -> Referent | None:
    """The body whose country was told when it was last named: "the Ministry of Works of the Republic of Tamrin"."""
    words = phrase.split()
    while words and fold(words[0]) in _ADJECTIVES:
        words = words[1:]
    if len(words) < 3 or "of" not in words or not _is_body([fold(word) for word in words]):
        return None
    name = re.escape(" ".join(words))
    pattern = re.compile(rf"\b({name}) of (?:the )?(?:[a-z]+ )?([A-Z]\w*(?: of)?(?: [A-Z]\w*)*)")
    found = list(pattern.finditer(context.text, max(0, before - 3000), before))
    country = context.registry.country_named(found[-1][2]) if found else None
    if country is None:
        return None
    row = context.registry.body_of(country.id, " ".join(fold(word) for word in words))
    return context.body(row) if row else _unknown(f"{country.prefix} {_capitals(words)}", country.name)


def _tail_of_capitals(phrase: str, noun: str) -> str:
    """The phrase from its first modifier on: of "has replied to the Norvanian ministry" the last two words."""
    words = phrase.split()
    at = next((i for i, word in enumerate(words) if fold(word) == noun), 0)
    start = at
    while start > 0 and (words[start - 1][0].isupper() or fold(words[start - 1]) in _QUALIFIERS):
        start -= 1
    while start < at and fold(words[start]) in MENTION_WORDS["determiner"]:
        start += 1
    return " ".join(words[start:])


_QUALIFIERS = frozenset(
    "foreign defence defense interior finance health education justice trade commerce district supreme unification "
    "appeals county central high labour labor agriculture energy".split()
)
