"""Bodies: ministries, outlets, countries and the spokespeople without a name who speak for them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes.registry import Country, Organisation, Outlet, Registry, fold
from quotes.registry.words import MENTION_WORDS
from quotes.stages.resolve_context import Context, Referent
from quotes.stages.resolve_mention import Mention

_CHAIN = re.compile(
    r"(?:,)?( (?:of|for|from|at|with) (?:the )?[\w'’&.-]+(?: (?!(?:said|says|told|on|in|at|issued|released|made|who|that|"
    r"has|is|was|and|to|as|stated|announced|published|gave|according)\b)(?:of the |of |for the |for )?[\w'’&.-]+){0,9})"
)
_MAX_WORDS = 9
_SMALL = frozenset("of the for and on in".split())
_OFFICIAL = frozenset("foreign defence defense unification interior finance health justice trade commerce energy".split())


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


def body_in(words: Sequence[str], context: Context) -> Referent | None:
    """The organisation that folded words name, a country among them telling whose it is.

    A ministry that the registry does not hold is named after its country, as the others are: "Lao Health Ministry".
    """
    words = [word for word in words if word not in ("dprk's",)]
    registry = context.registry
    whole = registry.organisation_named(" ".join(words))
    if whole is not None:
        return context.body(whole)
    country, rest = _country(words, registry)
    rest = _without_joints(rest)
    if not rest:
        return None
    if country is None:
        ministry = _is_ministry(rest)
        for identifier in _likely(context) if ministry else []:
            found = registry.body_of(identifier, " ".join(rest))
            if found is not None:
                return context.body(found)
        return None
    found = registry.body_of(country.id, " ".join(rest))
    if found is not None:
        return context.body(found)
    if rest[-1] not in MENTION_WORDS["body"] and rest[0] not in MENTION_WORDS["body"]:
        return None
    name = f"{country.prefix} {_capitals(rest)}"
    return Referent(f"b:{fold(name)}", name, None, "organisation", country.name)


def _is_ministry(rest: Sequence[str]) -> bool:
    return rest[-1] in ("ministry", "defence", "defense", "affairs") and len(rest) > 1


def _likely(context: Context) -> list[str]:
    """Whose a ministry is that the text names without a country: the home country's where a state's organ writes."""
    outlet = context.outlet
    if outlet is not None and outlet.country and outlet.type != "independent":
        return [outlet.country]
    named = {country: count for country, count in context.countries.items() if country != context.home}
    return list(context.countries) if len(context.countries) == 1 else list(named) if len(named) == 1 else []


def _country(words: Sequence[str], registry: Registry) -> tuple[Country | None, list[str]]:
    """The country named among the words, and the words without it."""
    for length in range(min(6, len(words)), 0, -1):
        for at in range(len(words) - length + 1):
            country = registry.country_named(" ".join(words[at : at + length]))
            if country is not None:
                return country, [*words[:at], *words[at + length :]]
    return None, list(words)


def _without_joints(words: Sequence[str]) -> list[str]:
    words = list(words)
    while words and words[0] in _SMALL | {"a", "an", "official", "state run", "its", "their"}:
        words = words[1:]
    while words and words[-1] in _SMALL:
        words = words[:-1]
    return words


def _capitals(words: Sequence[str]) -> str:
    return " ".join(word if word in _SMALL else word.capitalize() for word in words)


def chain(mention: Mention, context: Context) -> list[list[str]]:
    """What a spokesperson speaks for, outermost last: words before the noun, then each "of …" after it."""
    text = context.text
    end = mention.span.end
    behind = text[mention.span.start : end]
    window = text[end : end + 160]
    cut = re.search(r"[.;:\n\"“”(]", window)
    more = _CHAIN.match(window[: cut.start()] if cut else window)
    phrase = behind.split(",")[0] + (more[1] if more and "," not in behind else "")
    parts = re.split(r" (?:of|for|from|at|with) (?:the )?", phrase)
    links = [[fold(word) for word in part.split()] for part in parts[1:]]
    before = list(mention.core[:-1])
    return [link for link in [before, *links] if link]


def spoken_for(mention: Mention, context: Context) -> Referent | None:
    """The body in whose name somebody without a name speaks.

    Of a chain the ministry counts before its sections: "the chief of the Foreign News Section of the Department of
    Press of the Foreign Ministry" speaks for the ministry.
    """
    links = chain(mention, context)
    merged = [_merged(links, i) for i in range(len(links))]
    order = sorted(range(len(merged)), key=lambda i: (not any("ministry" in w for w in links[i]), i))
    for i in order:
        for words in (merged[i], links[i]):
            found = body_in(words, context) or _outlet(words, context)
            if found is not None:
                return found
    for words in links:
        name = _as_written(words, context, mention)
        if name is not None:
            return Referent(f"b:{fold(name)}", name, None, "organisation", None)
    return None


def _merged(links: Sequence[Sequence[str]], i: int) -> list[str]:
    """A link together with what follows it: "Foreign Ministry" + "Democratic People's Republic" + "Korea"."""
    words: list[str] = []
    for k in range(i, len(links)):
        words += ["of", *links[k]] if words else links[k]
    return words


def _outlet(words: Sequence[str], context: Context) -> Referent | None:
    row = known(words, context.registry)
    return context.body(row) if row is not None else None


def _as_written(words: Sequence[str], context: Context, mention: Mention) -> str | None:
    """The body's own words where it is written in capitals: "a spokesman for Judicial Watch"."""
    joined = r"[\s’'.]+(?:s )?".join(re.escape(word) for word in words[:6])
    if not joined:
        return None
    found = re.compile(joined, re.IGNORECASE).search(
        context.text, mention.span.start, min(len(context.text), mention.span.end + 160)
    )
    if found is None:
        return None
    written = found[0].split()
    capitals = [word for word in written if word[0].isupper()]
    return " ".join(written) if capitals and len(capitals) * 2 >= len(written) and written[0][0].isupper() else None
