"""Which outlets a text names, and where: by the registry, and by what the text itself says of a name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from quotes.records import Article, Span
from quotes.registry import Registry
from quotes.stages import source_naming as naming
from quotes.stages import source_words as words
from quotes.stages.source_known import BARE, Carrier, Mention, of_outlet
from quotes.stages.source_known import known as known_names
from quotes.stages.source_scan import any_of, near, places

_MAX_NAMES = 64
"""Names that one article may make known; more are no article."""
_UPPER = re.compile(r"[A-ZÀ-ÖØ-ÞА-ЯЁ]")
_CLASS_AHEAD = re.compile(r",? (?:of [A-Z]\w+,? )?[\"“(«]?(?:the )?")
_CLASS_BEHIND = re.compile(r", (?:the |[A-Z]\w+['’]s |a )?(?:[A-Z]\w+ ){0,2}")
_CAPITALS = re.compile(r"(?: [A-Z]\w+){1,4}")
_BRACKET = re.compile(r"\(([^()]{2,40})\)")
_INSIDE = re.compile(r"[a-z] $")
"""What stands before a name inside a sentence, whose article is then its own: "the paper La Marea"."""
_FOREIGN_ARTICLES = ("El ", "La ", "Der ", "Die ", "Das ", "Le ")
_NAME_BEHIND = re.compile(" [A-Z]")
_NAME_LENGTH = 160
"""Characters of a name with what says that it is an outlet's, at most."""
_DAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday today Today".split())
_SMALL = frozenset("of the de del la du and for".split())
_NOT_PRESS = re.compile(
    r"\b(?:spy|intelligence|aid|space|weather|police|health|nuclear|energy|rating|travel|security)[\w ]*$"
)

def publisher_of(article: Article, registry: Registry) -> Carrier | None:
    """Who printed the document: by the registry, else as given."""
    document = article.document
    outlet = registry.outlet_of_publisher(document.publisher, document.url if document.publisher else None)
    if outlet is not None:
        return of_outlet(outlet)
    name = (document.publisher or "").strip()
    return Carrier(name, None, "unknown") if name else None


def dateline_of(article: Article, registry: Registry) -> Carrier | None:
    """The agency of the dateline, or the one that the publisher's name gives: "The Korea Herald (Yonhap)"."""
    agency = article.dateline.agency.strip() if article.dateline and article.dateline.agency else ""
    if not agency or agency in naming.NO_AGENCY:
        bracket = _BRACKET.search(article.document.publisher or "")
        outlet = registry.outlet_named(bracket[1]) if bracket else None
        return of_outlet(outlet) if outlet else None
    outlet = registry.outlet_named(agency)
    return of_outlet(outlet) if outlet else Carrier(agency, None, "unknown", "agency")


def find(
    text: str, registry: Registry, publisher: Carrier | None, dateline: Carrier | None
) -> list[Mention]:
    """Every outlet that ``text`` names, sorted, none overlapping.

    ``text`` is the narration: the reading, its quoted words masked.
    """
    known = list(known_names(text, registry))
    local = _local_names(text, registry, publisher, dateline)
    _shorten(local, [*local.values(), *(mention.carrier for mention in known if not mention.weak)])
    found = [*known, *_locals(text, local)]
    classes = near(naming.CLASS, text, naming.CLASS_SIGNS, before=2, behind=60)
    found += (Mention(Span(*m.span("class")), _class(m["class"]), "class") for m in classes)
    named = [mention for mention in _apart(found) if not _is_prefix(text, mention)]
    return _with_back(text, _apart(_unclassed(text, named)), publisher)


def _is_prefix(text: str, mention: Mention) -> bool:
    """Whether the words are part of a longer name: "Time Warner", "Fort Worth Times"."""
    if not mention.weak:
        return False
    run = _CAPITALS.match(text, mention.span.end)
    further = run[0].split() if run else []
    if any(naming.BODY_NAME.search(" ".join(further[: k + 1])) for k in range(len(further))):
        return True  # "the National Defence Commission"
    behind = re.match(r" ([A-Z]\w+)", text[mention.span.end : mention.span.end + 40])
    ahead = re.search(r"([A-Z]\w+) $", text[max(0, mention.span.start - 40) : mention.span.start])
    return any(m is not None and m[1].casefold() not in naming.NOT_A_NAME for m in (behind, ahead))


def _local_names(
    text: str, registry: Registry, publisher: Carrier | None, dateline: Carrier | None
) -> dict[str, Carrier]:
    """Names that this article makes known as an outlet's, with what they stand for."""
    local: dict[str, Carrier] = {}
    for carrier in (publisher, dateline):
        if carrier is not None:
            local.setdefault(BARE.sub("", carrier.name), carrier)
    for name, state, form in _introduced(text):
        bare = BARE.sub("", name).rstrip("’'.").removesuffix("'s").removesuffix("’s")
        if len(local) >= _MAX_NAMES:
            break
        known = local.get(bare)
        if known is not None and known.id is None and state and known.type == "unknown":
            local[bare] = replace(known, type="state_media")
        elif known is None and _is_free(bare, registry):
            whole = name if name.startswith(_FOREIGN_ARTICLES) else bare
            local[bare] = Carrier(whole, None, "state_media" if state else "unknown", form)
    return local


def _shorten(local: dict[str, Carrier], carriers: list[Carrier]) -> None:
    """Adds how a paper is called after the first time: "The Selwick Courier", then "the Courier"."""
    short: dict[str, set[Carrier]] = {}
    for carrier in carriers:
        *head, last = BARE.sub("", carrier.name).split() or [""]
        if head and last in naming.SHORT:
            short.setdefault(f"the {last}", set()).add(carrier)
    local.update((name, meant.pop()) for name, meant in short.items() if len(meant) == 1)


def _is_free(name: str, registry: Registry) -> bool:
    """Whether a name is nobody else's in the registry, and no ordinary word."""
    if len(name) < 3 or name in naming.SHORT or naming.BODY_NAME.search(name):
        return False
    if all(word.casefold() in naming.NOT_A_NAME for word in name.split()):
        return False
    if name in naming.ACRONYMS:
        return False
    parts = name.split()
    if any(registry.outlet_named(" ".join(parts[i:])) for i in range(1, len(parts))):
        return False  # "Chinese Global Times"
    return registry.named(name) is None and registry.country_named(name) is None and not registry.persons_named(name)


def _introduced(text: str) -> Iterator[tuple[str, bool, str | None]]:
    """Names that the text introduces as an outlet's: name, whether the text calls it a state's, and its form."""
    for match in near(naming.CALLED_SO, text, naming.CALLED_SO_SIGNS, before=_NAME_LENGTH, behind=_NAME_LENGTH):
        kind = match["kind"] or match["kind2"] or match["kind3"] or "state agency"
        name = match["behind"] or match["apposed"] or match["before"] or match["acronym"]
        if _NOT_PRESS.search(text[max(0, match.start() - 20) : match.start()]) or _NOT_PRESS.search(kind):
            continue
        if match["before"] and kind.endswith("organ") and "party" not in kind:
            continue
        yield _trimmed(name), bool(naming.STATE_RUN.search(kind)), _form(kind)
    for match in near(naming.NAMED_SO, text, naming.NAMED_SO_SIGNS, before=_NAME_LENGTH, behind=_NAME_LENGTH):
        yield _trimmed(match[0]), False, None
    for match in near(naming.DID_SO, text, naming.DID_SO_SIGNS, before=2 * _NAME_LENGTH, behind=30):
        inside = _INSIDE.search(text, max(0, match.start() - 2), match.start()) is not None
        yield (match["name"] if inside else _trimmed(match["name"])), False, "newspaper"
    for match in near(naming.CARRIED_BY, text, naming.CARRIED_BY_SIGNS, before=30, behind=_NAME_LENGTH):
        yield match["name"] or match["reporters"] or match["agency"] or match["place"], False, None
    for match in reviewed(text):
        yield match["name"], False, "newspaper"
    if any_of(text, naming.EAST_ASIAN_SIGNS):
        for match in naming.EAST_ASIAN.finditer(text):
            ahead = text[max(0, match.start() - 6) : match.start() + 2]
            yield match["name"] or match["own"], bool(naming.STATE_RUN.search(ahead)), "newspaper"
    for match in near(naming.STATE_RUN_NAME, text, naming.STATE_RUN_NAME_SIGNS, before=1, behind=_NAME_LENGTH):
        yield match["name"], True, None


def reviewed(text: str) -> Iterator[re.Match[str]]:
    """The paragraphs of a press review, each with the paper that it sums up."""
    for at in places(text, naming.REVIEWED_SIGNS):
        if text.endswith(naming.REVIEWED_AHEAD, 0, at):
            return naming.REVIEWED.finditer(text)
    return iter(())


def _form(kind: str) -> str | None:
    return next((form for word, form in words.FORMS.items() if word in kind.lower()), None)


def _trimmed(name: str) -> str:
    """Without what is told beside the name: "According to The Harbour Post" is The Harbour Post."""
    parts = name.split()
    while len(parts) > 1 and (parts[0].casefold() in naming.NOT_A_NAME or parts[0] in _SMALL):
        parts.pop(0)
    while len(parts) > 1 and parts[-1] in _DAYS:
        parts.pop()  # "The Harbour Post Monday carries an article"
    owner = max((i for i, part in enumerate(parts[:-2]) if part.endswith(("'s", "’s"))), default=-1)
    return " ".join(parts[owner + 1 :])


def _locals(text: str, local: dict[str, Carrier]) -> Iterator[Mention]:
    """Where the names that the article makes known stand; a short one with its article and no name behind it."""
    found: list[tuple[int, int, Span, str]] = []
    for rank, name in enumerate(sorted(local, key=lambda name: (-len(name), name))):
        short = name.removeprefix("the ")
        for at in places(text, (short,)):
            start, end = at - 4 * (short != name), at + len(short)
            if short != name and (text[max(0, start) : at] not in ("the ", "The ") or _NAME_BEHIND.match(text, end)):
                continue
            if _is_edge(text, start - 1) and _is_edge(text, end):
                found.append((start, rank, Span(at, end), name))
    last = 0
    for start, _, span, name in sorted(found):
        if start >= last:
            last = span.end
            yield Mention(span, local[name], "named")


def _is_edge(text: str, outside: int) -> bool:
    """Whether a name may begin or end here: no word goes on, or one of a script without blanks stands there."""
    if not 0 <= outside < len(text):
        return True
    character = text[outside]
    return not (character.isalnum() or character == "_") or "\u3040" <= character <= "\uffee"


def _class(words_: str) -> Carrier:
    """An outlet known by its kind alone: "state-run media" and "state media" are one class."""
    name = re.sub(r"^(state)(?:-\w+| run)", r"\1", words_[0].lower() + words_[1:])
    name = re.sub(r"\b(?:TV|tv)\b", "television", name)
    state = name.startswith(("state", "official"))
    return Carrier(name, None, "state_media" if state else "unknown", _form(name))


def _unclassed(text: str, mentions: list[Mention]) -> list[Mention]:
    """Without the classes that only describe a name beside them: "state media KCNA", "TAMCA, the state agency"."""
    kept: list[Mention] = []
    for i, mention in enumerate(mentions):
        if mention.kind == "class":
            after = mentions[i + 1] if i + 1 < len(mentions) else None
            before = kept[-1] if kept else None
            if after and after.kind == "named" and _CLASS_AHEAD.fullmatch(text, mention.span.end, after.span.start):
                continue
            if before and before.kind == "named" and _CLASS_BEHIND.fullmatch(text, before.span.end, mention.span.start):
                continue
        kept.append(mention)
    return kept


def _apart(mentions: list[Mention]) -> list[Mention]:
    """Sorted, the longest where some overlap; a name goes before a class."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=_order):
        if not kept or mention.span.start >= kept[-1].span.end:
            kept.append(mention)
        elif kept[-1].kind == "class" and mention.kind == "named":
            kept[-1] = mention
    return kept


def _order(mention: Mention) -> tuple[int, int, bool, bool, bool]:
    length = mention.span.end - mention.span.start
    return mention.span.start, -length, mention.kind != "named", mention.weak, mention.carrier.id is None


def _with_back(text: str, named: list[Mention], publisher: Carrier | None) -> list[Mention]:
    """With the words that mean an outlet named before: "the agency", "the report", "this newspaper"."""
    found = list(named)
    starts = [mention.span.start for mention in named]
    for match in near(words.BACK, text, words.BACK_SIGNS, before=24, behind=12):
        if _UPPER.match(text, match.end() + 1) and text[match.end() : match.end() + 1] == " ":
            continue
        own = match["determiner"].lower() != "the"
        noun = match["noun"].split()[-1]
        carrier = publisher if own and noun in words.FORMS else None
        if not own:
            carrier = _antecedent(named, bisect_left(starts, match.start()), words.FORMS.get(noun), match.start())
        if carrier is not None:
            found.append(Mention(Span(*match.span()), carrier, "back"))
    return _apart(found)


def _antecedent(named: list[Mention], behind: int, form: str | None, position: int) -> Carrier | None:
    """The outlet named last, not far before; one of the wanted form first."""
    near = [m for m in named[max(0, behind - 4) : behind] if position - m.span.start < 2000 and not m.weak]
    fitting = [m for m in near if form is None or m.carrier.form == form]
    possible = fitting or [m for m in near if m.carrier.form is None]
    return possible[-1].carrier if possible else None
