"""Issues: who issued the statement, article or message on which a document reports.

A digest names its author once ("The Harbour League in a statement on April 7 accused …", "The Ulmark Post, an
Internet paper, on Feb. 24 carried an article", "… received a message from …, president of Lorrica"), and then speaks
of "the statement", "the article" and "it".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotes.lexicon import CUES
from quotes.records import Span, SpeakerType
from quotes.registry import fold
from quotes.registry.words import MENTION_WORDS, NAME_WORDS, is_given_name
from quotes.stages.resolve_bodies import are_several
from quotes.stages.resolve_context import Context, Referent

_WRITINGS = sorted(MENTION_WORDS["document"] | MENTION_WORDS["writing"], key=lambda word: (-len(word), word))
_WRITING = "|".join(("white paper", "address", *_WRITINGS))
_SIGN = re.compile(rf" (?:{_WRITING})\b")
"""Some word stands before every writing that is issued."""
_LEAD = (
    r"(?:(?:In|On|At|As|To|For|With|After|Amid|Under|Earlier|Meanwhile|Shortly)\b(?! (?:a|an|its|his|her)\b)"
    r"[^,;:\n]{0,80}, )?"
)
_WHEN = (
    r"(?:(?: on)? [A-Z][a-z]+\.? \d{1,2}(?: (?:last|this) year)?|(?: on)? [A-Z][a-z]+day"
    r"| recently| jointly| also| again| once| today| earlier| shortly ago){0,3}"
)
_DEED = (
    r"(?:issued|released|published|carried|posted|ran|made|sent|printed|gave|put|adopted|dedicated|observed|edited|"
    r"delivered|contributed|devoted|allotted|wrote|aired|brought out)"
)
_WHO = r"(?P<who>[^,;:()\n]{2,200}?)(?: \([^()\n]{2,24}\))?(?:, (?P<beside>[^;:\n]{3,200}?),)?"
_IN = r" in (?:a|an|its|his|her) (?:[\w-]+ ){0,4}?"
_ISSUED = re.compile(
    rf"{_LEAD}{_WHO}{_WHEN}"
    rf"(?: (?P<deed>{_DEED})\b[^;:\n]{{0,80}}? (?P<issued>{_WRITING})\b"
    rf"|(?: (?:says|said)(?: this| so)?| [a-z]+ed\b[^,;:\n]{{2,100}}?)?{_IN}(?P<within>{_WRITING})\b)"
)
_INVERTED = re.compile(
    rf"\b(?:says|said|notes|noted|observes|made by) (?P<who>[^,;:()\n]{{2,100}}?){_WHEN}{_IN}(?P<within>{_WRITING})\b"
)
_ISSUES = re.compile(rf" (?:{_DEED}\b|in (?:an?|its|his|her) )")
"""Without it nobody issues anything, unless it is received, or issued by somebody."""
_RECEIVED = re.compile(
    rf"\breceived\b[^,;:\n]{{0,30}}? (?P<issued>{_WRITING})\b(?: of [\w ]{{3,40}}?)? (?:sent )?(?:from|by) "
    r"(?P<who>[^,;:()\n]{2,160}?)(?: \([^()\n]{2,24}\))?"
    r"(?=,|(?<! [A-Z])\.(?:\s|$)|$| for [a-z]+ing\b"
    r"| (?:on|upon|as|to|at|in) (?:the|a|an|this|regards|mark|reply|connection|New|[A-Z][a-z]+\.? \d)"
    r"| (?:on )?[A-Z][a-z]+day\b)(?:, (?P<beside>[^;:\n]{3,90}))?"
)
_NAMES = r"(?:the )?[A-Z][\w'’.-]*(?: (?:(?:of|the|for|and|in) ){0,2}[A-Z][\w'’.-]*)*"
_PART = r"(?:the )?[A-Z][\w'’.-]*(?: (?:(?:of|the|for|and|in|with|south|north) ){0,3}[A-Z][\w'’.-]*)*"
_LIST = rf"{_PART}(?:, {_PART})+,? and {_PART}"
_ISSUED_BY = re.compile(
    rf"\b(?P<issued>{_WRITING}) (?:jointly )?(?:issued|published|released|adopted|made public) (?:jointly )?by "
    rf"(?P<who>{_NAMES}(?:, {_NAMES})*)"
)
_WRITTEN_BY = re.compile(
    r"[^.;:\n]{0,200}?\b(?:written|contributed|authored) by "
    r"(?P<who>[A-Z][\w'’-]*(?: [A-Z][\w'’.-]*){1,4})(?=,|\.? |\.?$)"
)
"""Whose the words are that an outlet carries: "posted an article titled “…” written by Anka Lorin, an editorialist"."""
_LISTED = re.compile(
    rf"(?P<who>(?:The )?{_LIST})(?: \([^()\n]{{2,24}}\))?{_WHEN}"
    rf"(?: (?P<deed>{_DEED})\b[^;:\n]{{0,80}}? (?P<issued>{_WRITING})\b|{_IN}(?P<within>{_WRITING})\b)"
)
"""A body with commas in its name, or several that issue something together."""
_BESIDE_ALL = re.compile(rf"(?:{_NAMES}, )*?{_NAMES} and {_NAMES}, [a-z]+ (?:[a-z]+ )?[a-z]+s\b")
"""Behind the first of several who issue something together: "the Post, the Banner and the Lantern, leading papers"."""
_OUTLETS = MENTION_WORDS["outlet"] | {"paper", "media"}
_CARRYING = frozenset({"carried", "ran", "printed"})
_PERSONS = NAME_WORDS["title"] | MENTION_WORDS["person_head"]
_VERBS = MENTION_WORDS["aux"] | {"are", "were", "been", "have"}
_PRONOUNS = frozenset("he she it they we i this that there who which".split())
_SEVERAL = (MENTION_WORDS["group"] - {"group", "police", "crowd", "audience"}) | frozenset(
    "associations bodies committees figures groups media organisations organizations papers parties personages"
    .split()
)
_OFFICES = frozenset({"Member", "Chairman", "Chairperson", "President", "Secretary", "Director", "Head", "Delegate"})
"""Words with which an office opens whose holder is named behind: "Member of the Lantern Party Dace Harrow"."""
_LONGEST = 400
_LONGEST_NAME = 5
_SMALL = frozenset("of the for and on in".split())
_PREPOSITIONS = _SMALL - {"the", "and"} | {"from", "to", "at"}
_MARKS = "\"“”‘’'"
_DOUBLE = "\"“”"


@dataclass(frozen=True, slots=True)
class Issue:
    """``who`` is where the author is named, ``writing`` the noun for what was issued, ``end`` where that is told.

    ``outlet`` and ``person`` tell what the words beside the name, or the verb, say that he is; ``first`` that the
    first sentence of the document tells of it.
    """

    who: Span
    writing: str
    end: int
    outlet: bool
    person: bool
    first: bool
    sent: bool = False
    """Whether it is told of as received from somebody."""
    carrier: Span | None = None
    """Where the outlet is named that carried what ``who`` wrote."""


def issues(context: Context) -> list[Issue]:
    """What the document says was issued, in order; of a quotation's own sentences too."""
    return list(_issues(context))


def _issues(context: Context) -> Iterator[Issue]:
    dateline = context.article.dateline
    begin = dateline.span.end if dateline is not None else 0
    first = True
    for sentence in context.article.sentences:
        if sentence.end <= begin:
            continue
        start, end = max(begin, sentence.start), min(sentence.end, sentence.start + _LONGEST)
        if _SIGN.search(context.text, start, end):
            while start < end and not context.text[start].isalnum():
                start += 1
            match = _told(context.text, start, end)
            if match is not None:
                yield _issue(match, first)
        first = False


def _told(text: str, start: int, end: int) -> re.Match[str] | None:
    # The expressions try much at every word: each is asked only where a word stands that it cannot do without.
    if text.find("received", start, end) >= 0 and (received := _RECEIVED.search(text, start, end)) is not None:
        return received
    issues = _ISSUES.search(text, start, end) is not None
    match = _ISSUED.match(text, start, end) if issues else None
    if match is not None and _begins_name(match["who"]) and not _has_verb(match["who"]):
        return match
    if issues and text.find(", ", start, end) >= 0 and (listed := _LISTED.match(text, start, end)) is not None:
        return listed
    if text.find(" by ", start, end) >= 0 and (passive := _ISSUED_BY.search(text, start, end)) is not None:
        return passive
    match = _INVERTED.search(text, start, end) if issues else None
    return match if match is not None and not _has_verb(match["who"]) else None


def _begins_name(words: str) -> bool:
    return words[0].isupper() or words.startswith(("the ", "a ", "an "))


def _has_verb(words: str) -> bool:
    first, *rest = words.split()
    if first == "It" and not rest:
        return False  # "It carried an article": what was issued before carries another writing
    return fold(first) in _PRONOUNS or any(word in CUES or word in _VERBS for word in rest)


def _issue(match: re.Match[str], first: bool) -> Issue:
    groups = match.groupdict()
    beside = {fold(word) for word in (groups.get("beside") or "").split()}
    outlet = bool(beside & _OUTLETS) or groups.get("deed") in _CARRYING
    writing = groups.get("issued") or groups.get("within") or ""
    sent = match.re is _RECEIVED
    who = Span(*match.span("who"))
    by = _WRITTEN_BY.match(match.string, match.end())
    if by is not None:
        return Issue(Span(*by.span("who")), writing, match.end(), False, True, first, carrier=who)
    if groups.get("beside") and _BESIDE_ALL.match(groups["beside"]):
        who = Span(who.start, match.end("beside"))
    return Issue(who, writing, match.end(), outlet, bool(beside & _PERSONS), first, sent)


def outlet_at(issue: Issue, context: Context) -> Referent | None:
    """The author as an outlet, where the words beside the name or the verb say that it is one."""
    article, words = _words(issue, context)
    if words[-2:-1] == ["of"] and context.registry.country_named(words[-1]) is not None and len(words) > 2:
        words = words[:-2]  # "Salt Road of Lorrica"
    row = context.registry.outlet_named(" ".join(words))
    if row is not None:
        return context.body(row)
    kinds = [k for k, word in enumerate(words[:-1]) if word in _OUTLETS]
    if kinds:
        words = words[kinds[-1] + 1 :]  # "Lorrican paper Patriot"
        row = context.registry.outlet_named(" ".join(words))
        if row is not None:
            return context.body(row)
    for start in range(1, len(words) if issue.outlet else 0):
        row = context.registry.outlet_named(" ".join(words[start:]))
        if row is not None:
            return context.body(row)  # "the May 4 issue of the Ulmark Post"
    named = (issue.outlet or kinds) and article in ("", "The") and len(words) <= _LONGEST_NAME
    return _as_written(words, "outlet") if named and all(word[0].isupper() for word in words) else None


def body_at(issue: Issue, context: Context) -> Referent | None:
    """The author by his own words, where these are a name with its article: "The Council for the Issue of Ulmark"."""
    article, words = _words(issue, context)
    capitals = [word for word in words if word[0].isupper()]
    nouns = [word for word in words if word not in _SMALL]
    head = words[: words.index("of")] if "of" in words else words
    if head and (fold(head[-1]) in _SEVERAL or head[0] in _OFFICES):
        return None
    if words[-3:-1] in (["of", "south"], ["of", "north"]):
        words = words[:-3]  # the country that the narrator adds: "… of south Tamrin"
        capitals, nouns = capitals[:-1], nouns[:-2]
    head = head[: head.index("for")] if "for" in head else head
    named = bool(capitals and head) and fold(head[-1]) in MENTION_WORDS["body"]
    if article in ("the", "The") and named and ("of" in words or "for" in words):
        return _as_written(words, "organisation")
    if article in ("A", "An", "a", "an") or not words[0][0].isupper() or 2 * len(capitals) < len(nouns):
        return None
    plain = not any(fold(word) in MENTION_WORDS["body"] | NAME_WORDS["title"] for word in words)
    sent = issue.sent and plain and context.registry.country_named(words[0]) is None
    if (issue.person or sent) and not article and len(capitals) == len(words) <= _LONGEST_NAME:
        return _as_written(words, "person")
    return _as_written(words, "organisation") if article or len(capitals) > 1 else None


def is_several(issue: Issue, context: Context) -> bool:
    """Whether the author is a group without a name: "the participants in a forum", or two who sign together."""
    words = _words(issue, context)[1]
    if any(word.endswith(",") for word in words[:-1]):
        return True  # "issued by the Post, the Banner and the Lantern"
    phrase = [fold(word) for word in words[: _first_small(words)]]
    if not phrase or phrase[-1] in MENTION_WORDS["group"] | _SEVERAL:
        return bool(phrase)
    return "and" in phrase and not any(word in MENTION_WORDS["body"] for word in phrase)


def _first_small(words: Sequence[str]) -> int:
    """Where the first preposition stands."""
    return next((i for i, word in enumerate(words) if word in _PREPOSITIONS), len(words))


def is_author(found: Referent, issue: Issue, context: Context) -> bool:
    """Whether a name taken for a person's is one: the words beside it say so, or its own first word."""
    article, words = _words(issue, context)
    first = fold(words[0])
    strong = is_given_name(first) or first in NAME_WORDS["family_first"] or first in _PERSONS
    return found.type != "person" or found.id is not None or issue.person or (not article and strong)


def _words(issue: Issue, context: Context) -> tuple[str, list[str]]:
    """The article of the name, empty where it has none, and its words."""
    raws = (raw.lstrip(_MARKS).rstrip(_DOUBLE) for raw in context.text[issue.who.start : issue.who.end].split())
    words = [raw if raw.endswith(("s'", "s’")) else raw.rstrip(_MARKS) for raw in raws if raw.strip(_MARKS)]
    determined = len(words) > 1 and words[0] in ("The", "A", "An", "the", "a", "an")
    return (words[0], words[1:]) if determined else ("", words)


def _as_written(words: Sequence[str], kind: SpeakerType) -> Referent:
    written = " ".join(words)
    if words[0] in ("south", "north"):
        written = written.capitalize()[:1] + written[1:]  # "south Lorrican Confederation of …"
    if kind == "organisation" and are_several(written):
        return Referent(f"g:{fold(written)}", written, None, "group", None)
    return Referent(f"b:{fold(written)}", written, None, kind, None)
