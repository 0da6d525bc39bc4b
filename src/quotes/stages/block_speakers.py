"""Speakers of statements without marks: whom the words before a colon name.

An introduction has one shape: a name and what it is, then the verb ("Ivo Lasker, first clerk of the Harbour Board,
Ostrel, said:"). The walk of `quotes.stages.clauses`, made for any sentence, goes left from the verb and may stop in the
middle of such a chain; here it is read from its head.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes.stages.block_patterns import MANNERS, TEXTS
from quotes.stages.clauses import Clause
from quotes.stages.noun_phrases import PAST, noun_phrase_right
from quotes.stages.tokens import Token

Phrase = tuple[int, int]

_INITIAL = re.compile(r"[A-Z]\.")
_ORDINALS = frozenset(["first", "second", "third", "then", "former", "late", "acting"])
_CHAIN = frozenset(["of", "for", "with", "in", "at", "from", "on", "to", "under"])
_FIRST_PERSON = frozenset(["we", "i", "you"])
_TITLED = frozenset(["titled", "entitled"])
_TEXTS = frozenset([*TEXTS.split("|"), "commentary"])
_LINKS = frozenset(["Then", "Also", "Meanwhile", "Later", "Finally", "And", "But"])
_MAX_DATELINE = 16
_MAX_MANNER = 10
_MAX_INVERTED = 4
"""Words of a day or a place between an inverted subject and the verb that goes on."""


def speaker(tokens: Sequence[Token], found: Sequence[Clause], last: Clause) -> Phrase | None:
    """Who speaks by the clause ``last``, the one before the colon, among the clauses ``found`` in its sentence."""
    if (inverted := _inverted(tokens, last.verb)) is not None:
        return inverted
    if last.form == "relative":
        return _text_before(tokens, last)
    base = _base(tokens, found, last)
    if base.form == "passive":
        return base.subject
    if _is_postposed(tokens, base):
        return base.subject
    return head(tokens, base.verb) or _behind_opening(tokens, base) or base.subject


def _is_postposed(tokens: Sequence[Token], clause: Clause) -> bool:
    """ "…, he said" and "…, the article said": a pronoun or a role right behind a comma, and words of his before it."""
    if clause.subject is None or clause.subject[0] < 2:
        return False
    first = tokens[clause.subject[0]]
    return tokens[clause.subject[0] - 1].type == "," and (first.type in "PD" or first.word.lower() in _TEXTS)


def _base(tokens: Sequence[Token], found: Sequence[Clause], last: Clause) -> Clause:
    """The clause whose subject ``last`` shares: "X noted …, adding:", "X noted, added:", "X says …, and goes on:"."""
    if last.form not in ("participle", "coordinate") and not _follows_on(tokens, found, last):
        return last
    earlier = [clause for clause in found if clause.verb < last.verb and clause.form not in ("noun", "participle")]
    earlier = [clause for clause in earlier if tokens[clause.verb].word not in _TITLED]
    if _follows_on(tokens, found, last) or _is_first_person(tokens, last):
        others = [clause for clause in earlier if not _is_first_person(tokens, clause)]
        return others[-1] if others else last
    return next((clause for clause in earlier if clause.subject is not None and clause.subject == last.subject), last)


def _follows_on(tokens: Sequence[Token], found: Sequence[Clause], last: Clause) -> bool:
    """ "the statement noted, added:": two verbs with nothing but a comma between them."""
    before = [clause.verb for clause in found]
    return last.verb > 1 and tokens[last.verb - 1].type == "," and last.verb - 2 in before


def _is_first_person(tokens: Sequence[Token], clause: Clause) -> bool:
    return clause.subject is not None and tokens[clause.subject[0]].word.lower() in _FIRST_PERSON


def _inverted(tokens: Sequence[Token], last: int) -> Phrase | None:
    """The article in "…, says the article, and goes on:", whatever words it says stand before."""
    for i in range(last - 1, 0, -1):
        cue = tokens[i].cue
        if tokens[i].type != "V" or cue is None or not cue.inverts or cue.form not in ("past", "present"):
            continue
        if tokens[i - 1].type != ",":
            continue
        phrase = noun_phrase_right(tokens, i + 1)
        if phrase is None or not any(token.type in "NRP" for token in tokens[slice(*phrase)]):
            continue
        between = tokens[phrase[1] : last]
        stop = next((k for k, token in enumerate(between) if token.type in ",K"), None)
        ends = stop if stop is not None else 0 if not between else None
        if any(token.type == "V" for token in between):
            continue
        if ends is not None and ends <= _MAX_INVERTED + 2 and all(t.type in "TMODLRN" for t in between[:ends]):
            return phrase
    return None


def _text_before(tokens: Sequence[Token], clause: Clause) -> Phrase | None:
    """The article in "an article which said:"; in "an article by its correspondent in Ostrel, which said:" nobody."""
    subject = clause.subject
    if subject is None or tokens[subject[1] - 1].type != "N":
        return subject
    between = tokens[max(0, subject[0] - _MAX_MANNER) : subject[0]]
    return None if any(token.word.lower() in _TEXTS for token in between) else subject


def head(tokens: Sequence[Token], verb: int) -> Phrase | None:
    """The phrase that leads the sentence, or the part of it behind a comma, up to the verb group at ``verb``; None
    where other words stand between them."""
    end = _before_manner(tokens, verb)
    for start in _starts(tokens, end):
        if (phrase := _leading(tokens, start, end)) is not None:
            return phrase
    return None


def _starts(tokens: Sequence[Token], end: int) -> list[int]:
    """Where the subject may begin: at the head of the sentence; behind a comma where a phrase comes first."""
    first = 0
    for i in range(1, end):
        dash = tokens[i].type == "-" and (tokens[i].word == "--" or tokens[i - 1].type == ")")
        if tokens[i].type == "." or (dash and i < _MAX_DATELINE):
            first = i + 1
    while first < end and (tokens[first].type in ",." or tokens[first].word in _LINKS):
        first += 1
    if first >= end:
        return []
    if not _opens_phrase(tokens[first]):
        return [first]
    commas = [i + 1 for i in range(first, end - 1) if tokens[i].type == ","]
    bare = [
        i  # "At the end of the visit Ivo Lasker, clerk of the port, said"
        for i in range(first + 2, min(end - 2, commas[0] - 2 if commas else 0))
        if tokens[i].type == tokens[i + 1].type == "N" and tokens[i - 1].type in "LV" and tokens[i - 1].word.islower()
    ]
    told = tokens[first].type == "O" and tokens[end - 1].type == ","
    return bare[:1] + commas[::-1] if told else commas[::-1]


def _opens_phrase(token: Token) -> bool:
    return token.type in "OWKS" or (token.type in "LV" and token.word.endswith("ing"))


def _before_manner(tokens: Sequence[Token], verb: int) -> int:
    """End of the subject: before the verb group, and before the day, the place or the text in which it speaks."""
    end = verb
    while end > 0:
        if tokens[end - 1].type in "AYTM" and not (tokens[end - 1].type == "M" and tokens[end - 2].type in ",NRL"):
            end -= 1
            continue
        start = _manner(tokens, end)
        if start is None:
            break
        end = start
        if tokens[end - 1].type == ",":
            end -= 1
    return end


def _manner(tokens: Sequence[Token], end: int) -> int | None:
    """Start of the phrase with "in" or "on" that ends at ``end`` and names a text, an occasion of speech or a day."""
    for i in range(end - 1, max(0, end - _MAX_MANNER), -1):
        token = tokens[i]
        if token.type in ",;.V" and token.word not in _TITLED:
            return None
        if token.type == "O" and token.word.lower() in ("in", "on", "at"):
            inside = tokens[i + 1 : end]
            named = any(t.word.lower() in MANNERS for t in inside) and inside[0].type in "DLRTMQ"
            return i if named or all(t.type in "TM" for t in inside) else None
    return None


def _leading(tokens: Sequence[Token], start: int, end: int) -> Phrase | None:
    """The phrase at ``start`` if its chain of "of" and "for", and what is told of it, fill the words up to ``end``."""
    i = _run(tokens, start, end)
    if i is None or not any(token.type in "NRP" for token in tokens[start:i]):
        return None
    first, mention = i, i
    while i < end:
        token = tokens[i]
        if token.type == "(":
            i = next((k + 1 for k in range(i, end) if tokens[k].type == ")"), end)
        elif (token.type == "O" and token.word in _CHAIN) or (token.type == "K" and token.word == "and" and i > first):
            further = _run(tokens, i + 1, end)
            if further is None:
                return None
            i = mention = further
        elif token.type in ",W":
            if not _tells(tokens[i + 1 : end] if token.type == "," else tokens[i:end]):
                return None
            break
        elif token.word in _TITLED:
            break
        else:
            return None
    titled = tokens[start].type == "R" and tokens[first - 1].type == "N" and first - start > 1
    return start, first if titled else mention


def _run(tokens: Sequence[Token], start: int, end: int) -> int | None:
    """End of the run of names, roles and adjectives at ``start``, None where there is none."""
    i = start + (start < end and tokens[start].type == "D" and not _INITIAL.fullmatch(tokens[start].word))
    if _is_surname(tokens, i):
        i += 1
    while i < end and (
        tokens[i].type in "NRLMTP$" or _INITIAL.fullmatch(tokens[i].word) or tokens[i].word.lower() in _ORDINALS
    ):
        if tokens[i].type == "L" and i > start and tokens[i - 1].type in "NR" and _is_past(tokens[i].word):
            return None
        i += 1
        if i + 2 < end and tokens[i - 1].type == "N" and tokens[i].word == "of" and tokens[i + 1].type == "Q":
            i += 2 + (tokens[i + 2].word == "and")  # "Action for Removing Remnants of “the toll” and Justice"
        if (
            i + 1 < end
            and tokens[i].word == "and"
            and tokens[i - 1].type == tokens[i + 1].type == "N"
            and i > start + 1
        ):
            i += 1  # "The Ostrel Friendship and Cultural Society"
    return i if i > start and tokens[i - 1].type != "D" else None


def _is_past(word: str) -> bool:
    return word in PAST or word.endswith("ed")


def _is_surname(tokens: Sequence[Token], i: int) -> bool:
    """ "So Ung Chol, a student, said": a name, as two more names and a comma show."""
    return tokens[i].word == "So" and "".join(token.type for token in tokens[i + 1 : i + 4]) == "NN,"


def _tells(words: Sequence[Token]) -> bool:
    """Whether words behind a name only say what it is; a list of names says something else."""
    if any(token.type in ";:.S" for token in words):
        return False
    if any(words[i - 1].type == "," and words[i].type == "L" and _is_past(words[i].word) for i in range(1, len(words))):
        return False
    relative = next((i for i, token in enumerate(words) if token.type == "W"), len(words))
    if any(token.type in "VA" for token in words[:relative]):
        return False
    listed = next((i for i, token in enumerate(words) if token.type == "K"), None)
    return listed is None or any(token.type in "OR" for token in words[:listed])


def _behind_opening(tokens: Sequence[Token], clause: Clause) -> Phrase | None:
    """Whom a sentence is about that opens with a participle, where the walk stopped inside its opening: "Meeting the
    captains of the fleet, she went over the charts, and said:"."""
    if clause.form not in ("participle", "coordinate") or not tokens[0].word.endswith("ing"):
        return None
    subject = clause.subject
    if subject is not None and not any(token.type in "NRP" for token in tokens[slice(*subject)]):
        subject = None
    for i in range(1, clause.verb - 1):
        if tokens[i].type != ",":
            continue
        phrase = noun_phrase_right(tokens, i + 1)
        if phrase is None or phrase[1] >= clause.verb or (subject is not None and subject[0] > i):
            continue
        behind = tokens[phrase[1]]
        if tokens[i + 1].type in "PNR" and (behind.type in "AVY" or _is_past(behind.word)):
            return phrase
    return None
