"""Noun phrases: the words that may name a speaker, grown from a token to the left or to the right.

Read off the token types of `quotes.stages.tokens`, without a parser: a run of names, roles and adjectives with its
determiner, and the phrases that "of" and "for" add to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes.stages.tokens import COUNTS, Token, owns

PAST = frozenset(
    "took made went came had gave got left ran won lost met held kept began brought sent stood sat became fell drew "
    "shut quit threw broke chose led laid set cut hit let paid sought taught grew knew flew rose fought bought caught "
    "heard built spent wore swore hung struck stuck shook drove rode wound dealt leapt crept burst".split()
)
PRESENT = frozenset(
    "makes takes goes gives gets keeps brings sends seeks becomes begins tries wants knows pursues continues intends "
    "tends behaves does refuses persists clings dares".split()
)
"""Present forms that are hardly ever nouns, so that they end the phrase of a name: "Lorrica makes efforts"."""
_COUNTS = COUNTS | {"both", "many"}
_PART = COUNTS | {"one", "some", "many", "most", "all", "both", "each"}
_MAX_DAY = 2
_WHEN = ("on", "by", "since", "until", "before", "after", "from")
_MAX_DATELINE = 10
COPULA = ("is", "was", "'s", "’s")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DECADE = re.compile(r"\d{4}['’]?s")
_SIDES = frozenset(["south", "north"])
"""Small words that belong to the name behind them in some copy: "south Tamrin"."""
_MAX_STRESSED = 12
"""Words from "It is" to the "that" or "who" behind it, at most."""
_SUBORDINATE = frozenset("as when whenever while after before since although though once because until".split())
"""Words that open a clause in front of the main one."""
_STRESSING = frozenset("even just only shortly soon long right".split())
_FIELDS = frozenset("affairs issues matters relations studies policy".split())
_MAX_FIELD = 6
_OF = ("of", "de", "du", "del", "des", "von")


def noun_phrase_left(tokens: Sequence[Token], k: int) -> tuple[int, int] | None:
    """The noun phrase that ends at token ``k``: a pronoun, or modifiers and head up to the determiner, "of"-phrases
    of a title before it included ("a spokesman for the ministry")."""
    if k < 0:
        return None
    if tokens[k].type == "P":
        return (k, k + 1)
    if tokens[k].type == "D" and tokens[k].word.lower() in (
        "another",
        "others",
        "this",
        "these",
        "both",
        "some",
        "many",
        "one",
    ):
        return (k, k + 1)
    if tokens[k].word in _COUNTS and k > 1 and tokens[k - 1].word == "of" and tokens[k - 2].type in "RL":
        return _modifiers(tokens, k - 2), k + 1  # "the mother of three"
    if tokens[k].type not in "NRLM" or _is_bare_verb(tokens, k) or _is_present(tokens, k):
        return None
    if tokens[k].word in _FIELDS and (expert := _expert(tokens, k)) is not None:
        return expert, k + 1
    start = _modifiers(tokens, k)
    for _ in range(3):
        if start < 2 or tokens[start - 1].type != "O" or tokens[start - 2].type not in "RNLQ":
            break
        if tokens[start - 1].word.lower() not in (
            "of",
            "for",
            "at",
            "with",
            "in",
            "from",
            "to",
            "de",
            "du",
            "del",
            "des",
            "von",
        ):
            break
        if (people := _people(tokens, start - 2, tokens[start - 1].word)) is not None:
            return people, k + 1
        further = _modifiers(tokens, start - 2)
        place = tokens[start - 1].word == "at" and tokens[start].type == "D" and tokens[start + 1].type == "N"
        if place and _opens_with_name(tokens, start - 2):
            return further, k + 1  # "Dr. Brenn at the School of Boats told"
        named = tokens[start - 1].word == "for" and tokens[start - 2].type == tokens[start].type == "N"
        head_is_role = named or tokens[start - 2].type == "R" or tokens[start - 1].word.lower() in _OF
        if tokens[start - 2].type == "Q" and tokens[start - 1].word.lower() not in ("of", "for"):
            break
        if tokens[start - 2].type == "Q":
            if start > 3 and tokens[start - 3].word == "of" and tokens[start - 4].type in "RL":
                return _modifiers(tokens, start - 4), k + 1  # "the group of “…” of Brenn"
            return max(0, start - 3 if start > 2 and tokens[start - 3].type == "D" else start - 2), k + 1
        if not head_is_role or (
            tokens[further].type != "D" and tokens[start - 1].word.lower() not in ("of", "for", "with")
        ):
            break
        start = further
    return start, k + 1


def _expert(tokens: Sequence[Token], k: int) -> int | None:
    """Where "a scholar on coastal affairs" begins, if an office stands before the field that ends at ``k``."""
    on = next((i for i in range(k - 1, max(0, k - _MAX_FIELD), -1) if tokens[i].type not in "LNK"), 0)
    if tokens[on].word != "on" or tokens[on - 1].type not in "RL":
        return None
    start = _modifiers(tokens, on - 1)
    return start if tokens[on - 1].type == "R" or tokens[start].type == "D" else None


def _opens_with_name(tokens: Sequence[Token], k: int) -> bool:
    """Whether a name ends at ``k`` and nothing but titles stands before it in the sentence."""
    return tokens[k].type == "N" and all(token.type in "NRK." for token in tokens[:k])


def _people(tokens: Sequence[Token], k: int, preposition: str) -> int | None:
    """Where "officials (concerned) in Tamrin" begins, with no article and first in its sentence; else None."""
    k -= tokens[k].word == "concerned"
    if preposition not in ("in", "from") or k < 0 or tokens[k].type != "R" or not tokens[k].word.endswith("s"):
        return None
    start = _modifiers(tokens, k)
    while start > 0 and tokens[start - 1].type == "L":
        start -= 1
    opens = start == 0 or (start == 1 and tokens[0].word in ("Even", "But", "And"))
    return start if opens and tokens[start].type in "RLN" else None


def _is_bare_verb(tokens: Sequence[Token], k: int) -> bool:
    """A past form that neither an article nor a noun makes a noun: "came", "veered"."""
    if tokens[k].type != "L" or not _is_verb(tokens[k].word):
        return False
    return k == 0 or tokens[k - 1].type not in "DLNR$M"


def _is_present(tokens: Sequence[Token], k: int) -> bool:
    """A present form behind a noun: "The group wants “dialogue”"."""
    return k > 0 and tokens[k].word in PRESENT and tokens[k - 1].type in "NRL"


def _modifiers(tokens: Sequence[Token], k: int) -> int:
    """Leftmost token of the run of nouns and adjectives that ends at ``k``, with its determiner."""
    start, small, named = k, 0, tokens[k].type == "N"
    while start > 0:
        kind = tokens[start - 1].type
        if kind == "M" and _is_time(tokens, start - 1):
            break  # "in the 2000s Japanese rulers", "On Jan. 25 KTB aired"
        if kind in "NR" or (kind == "L" and small < 3) or (kind in "$M" and start > 1):
            small += kind == "L"
            start -= 1
        elif (
            kind == "K"
            and start > 1
            and tokens[start - 1].word in ("and", "&")
            and tokens[start - 2].type == "N"
            and (tokens[start].type == "N")
        ):
            start -= 1
        elif kind == "Y" and start > 1 and tokens[start].type in "LR" and _leads(tokens[start - 2]) and not named:
            start -= 1  # "a later interview", "Brenn's admittedly provocative idea"
        elif kind == "D":
            return start - 1 - (start > 1 and tokens[start - 2].type == "D" and tokens[start - 1].word in _COUNTS)
        else:
            break
    if tokens[k].type == "L" and tokens[start].type == "L" and not any(t.type == "N" for t in tokens[start:k]):
        led_in = start > 1 and tokens[start - 1].word == "of" and tokens[start - 2].type in "NRL"
        return start if led_in else k  # no determiner: the words before may be verbs
    while start < k and tokens[start].type == "L" and any(token.type in "NR" for token in tokens[start + 1 : k + 1]):
        if tokens[start].word in _SIDES:
            break
        start += 1
    return start


def _leads(token: Token) -> bool:
    """Whether a phrase goes on behind a word: an article, or somebody who owns what follows."""
    return token.type == "D" or owns(token)


def _is_time(tokens: Sequence[Token], k: int) -> bool:
    """Whether the number at ``k`` is a decade, a year, or a day on which something happened.

    Not in "the June 15 Declaration".
    """
    if _DECADE.fullmatch(tokens[k].word) or (k > 0 and _YEAR.fullmatch(tokens[k].word) and tokens[k - 1].type == "O"):
        return True
    dated = k > 1 and tokens[k - 1].type == "T" and len(tokens[k].word) <= _MAX_DAY
    return dated and tokens[k - 2].word.lower() in _WHEN


def noun_phrase_right(tokens: Sequence[Token], k: int) -> tuple[int, int] | None:
    """The noun phrase that begins at token ``k``, with "of" and "for" phrases behind its head."""
    if k >= len(tokens):
        return None
    if tokens[k].type == "P":
        return k, k + 1
    if tokens[k].type == "D" and k + 2 < len(tokens) and tokens[k + 1].word == "of" and tokens[k].word in _PART:
        return (k, of[1]) if (of := noun_phrase_right(tokens, k + 2)) else None  # "one of two witnesses"
    end = k
    if tokens[k].type == "D" and k + 2 < len(tokens) and tokens[k + 1].type == "T" and tokens[k + 2].type in "NRL":
        end = k + 2  # "its last captain"
    while end < len(tokens) and (tokens[end].type in "NRLM" or (tokens[end].type == "D" and end == k)):
        if tokens[end].type == "L" and end > k and _is_verb_behind(tokens, end):
            break
        end += 1
        if end - k > 9:
            break
    if end == k or (end == k + 1 and tokens[k].type == "D"):
        return None
    while end + 1 < len(tokens) and tokens[end].word.lower() in ("of", "for") and tokens[end + 1].type in "NRLD":
        further = noun_phrase_right(tokens, end + 1)
        if further is None:
            break
        end = further[1]
    return k, end


def _is_verb_behind(tokens: Sequence[Token], k: int) -> bool:
    """Whether a past form stands behind a name, or behind another noun where it qualifies no further one."""
    if tokens[k - 1].type in "NR":
        return _is_verb(tokens[k].word) or tokens[k].word in PRESENT
    following = tokens[k + 1].type if k + 1 < len(tokens) else "."
    free = tokens[k].word in PAST or (tokens[k].word.endswith("ed") and following in "DOPYS")
    return tokens[k - 1].type == "L" and free and tokens[k - 1].word.islower()


def _is_verb(word: str) -> bool:
    """A word in small letters behind a name that looks like a past form."""
    return word.endswith("ed") or word in PAST


def topic(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """What the sentence is about: its first phrase with a name, role or pronoun that no preposition leads in."""
    k = main_clause(tokens)
    if (stressed := _stressed(tokens, k)) is not None:
        return stressed
    led = 0  # where the last phrase with a preposition before it ends
    while k < len(tokens):
        kind = tokens[k].type
        if kind in "NRPD":
            phrase = noun_phrase_right(tokens, k)
            if phrase is None:
                k += 1
                continue
            led_in = k > 0 and (tokens[k - 1].type == "O" or _takes_object(tokens, k - 1) or _joins(tokens, led, k))
            if not led_in and any(token.type in "NRP" for token in tokens[phrase[0] : phrase[1]]):
                return phrase
            if not led_in and acts(tokens, phrase[1]):
                return None  # "The rain hit the ministry": about a thing
            k = phrase[1]
        elif kind == "O":
            phrase = noun_phrase_right(tokens, k + 1)
            k = led = _behind_place(tokens, phrase) if phrase else k + 1
        else:
            k += 1
    return None


def _joins(tokens: Sequence[Token], led: int, k: int) -> bool:
    """ "In pursuance of the plan and Brenn's policy, …": whether "and" joins the phrase at ``k`` to one led in."""
    return 0 < led == k - 1 and tokens[led].word == "and"


def _takes_object(tokens: Sequence[Token], k: int) -> bool:
    """Whether a word is a gerund or participle in small letters: "from entering [the United Isles]", "has backed"."""
    token = tokens[k]
    if token.type not in "LV" or not token.word.islower():
        return False
    if token.word.endswith("ing"):
        return len(token.word) > 5
    return token.word.endswith("ed") and k > 0 and tokens[k - 1].type == "A"


def _stressed(tokens: Sequence[Token], k: int) -> tuple[int, int] | None:
    """X in "It was X who …" and "It is sad that X …"."""
    if k + 3 >= len(tokens) or tokens[k].word != "It" or tokens[k + 1].word not in COPULA:
        return None
    for i in range(k + 2, min(len(tokens), k + _MAX_STRESSED)):
        if tokens[i].type == "S":
            return noun_phrase_right(tokens, i + 1)
        if tokens[i].type == "W" and tokens[i].word in ("who", "which"):
            return noun_phrase_left(tokens, i - 1)
        if tokens[i].word == "for" and (phrase := noun_phrase_right(tokens, i + 1)) and _leads_to(tokens, phrase[1]):
            return phrase  # "It is absurd for Brenn to …"
        if tokens[i].type in ".;:Q" or (tokens[i].type == "," and not _is_enclosed(tokens, i)):
            return None
    return None


def _leads_to(tokens: Sequence[Token], k: int) -> bool:
    return k < len(tokens) and tokens[k].word == "to"


def _is_enclosed(tokens: Sequence[Token], comma: int) -> bool:
    """Whether a comma stands before or behind a single word between two: ", indeed,"."""
    return any(0 <= other < len(tokens) and tokens[other].type == "," for other in (comma - 2, comma + 2))


def main_clause(tokens: Sequence[Token]) -> int:
    """First token of the main clause where another stands before it: "When Brenn came, the mayor …", "Timed so, …"."""
    k = _behind_dateline(tokens)
    while k < len(tokens) and tokens[k].type == ",":
        k += 1
    if k >= len(tokens) or not _is_fronted(tokens, k):
        return k
    for comma in range(k + 1, len(tokens) - 2):
        if tokens[comma].type in ".;:Q":
            break
        if tokens[comma].type != ",":
            continue
        phrase = noun_phrase_right(tokens, comma + 1)
        if phrase is not None and acts(tokens, phrase[1]):
            return comma + 1
    return k


def _is_fronted(tokens: Sequence[Token], k: int) -> bool:
    """Whether a clause without a subject of its own, or a subordinate one, opens the sentence."""
    word = tokens[k].word.lower()
    if word in _STRESSING and k + 1 < len(tokens):
        return tokens[k + 1].word.lower() in _SUBORDINATE  # "Even before Brenn came, the mayor …"
    return word in _SUBORDINATE or (len(word) > 4 and word.endswith("ed") and tokens[k].type in "NLV")


def acts(tokens: Sequence[Token], k: int) -> bool:
    """Whether a finite verb stands at ``k``, adverbs before it."""
    while k < len(tokens) and tokens[k].type == "Y":
        k += 1
    if k >= len(tokens):
        return False
    return tokens[k].type in "AV" or (tokens[k].type == "L" and _is_verb(tokens[k].word))


def _behind_place(tokens: Sequence[Token], phrase: tuple[int, int]) -> int:
    """First token behind a phrase and the region that follows its name between commas: "in Ostrel, Tamrin,"."""
    end = phrase[1]
    if tokens[end - 1].type != "N" or end + 2 >= len(tokens) or tokens[end].type != ",":
        return end
    close = next((k for k in range(end + 1, min(end + 4, len(tokens))) if tokens[k].type != "N"), end + 1)
    return close + 1 if close > end + 1 and tokens[close].type == "," else end


def _behind_dateline(tokens: Sequence[Token]) -> int:
    """First token behind "ESTOVILLE (NOCNA) -" or "Estoville (NOCNA) -" at the head of a sentence, else 0."""
    if (place := _agency_behind_place(tokens)) is not None:
        return place
    if not tokens or not (tokens[0].type == "N" and tokens[0].word.isupper() and len(tokens[0].word) > 3):
        return 0
    return next((k + 1 for k in range(1, min(len(tokens), _MAX_DATELINE)) if tokens[k].type == "-"), 0)


def _agency_behind_place(tokens: Sequence[Token]) -> int | None:
    """First token behind a place, an agency in brackets and a dash."""
    bracket = next((k for k in range(1, min(len(tokens), _MAX_DATELINE)) if tokens[k].type != "N"), 0)
    if not 0 < bracket < len(tokens) - 3 or tokens[0].type != "N" or tokens[bracket].type != "(":
        return None
    closed = tokens[bracket + 1].word.isupper() and tokens[bracket + 2].type == ")" and tokens[bracket + 3].type == "-"
    return bracket + 4 if closed else None
