"""Noun phrases without a parser: words typed by closed classes, a phrase read from its first word to its
last.

One letter a word: N name, L other word, M number, D determiner, P pronoun, A auxiliary, V verb, O
preposition, Y adverb, K conjunction, W relative or clause opener, T day or month, "," any mark. A phrase is
cut short rather than run into a verb that the tables do not know.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from quotes.lexicon import CUES, WORDS
from quotes.records import Span
from quotes.stages.kept import Kept
from quotes.stages.target_words import TABLES

MAX_PHRASE = 14
# The blank before a word is taken along, so that no branch is tried at it.
_WORD = re.compile(
    r" ?+([a-z]++(?=[ ,])|(?=[A-Z])(?:(?:[A-Z]\.){2,}(?:['’]s)?|(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|St)\.(?=\s))"
    r"|\d{1,3}(?:,\d{3})++(?![\w,])|[^\W_]++(?:[-'’&.]\w++)*+(?:(?<=s)['’](?=\s))?|[^\w\s])"
)
_MARKS = TABLES["marks"]
_VERBS = TABLES["verbs"]
_BARE_NOUNS = TABLES["bare_nouns"]
_PREDETERMINERS = TABLES["predeterminers"]
_RELATIONAL = TABLES["relational"]
_RELATIONAL_ENDS = ("tion", "sion", "tions", "sions", "ment", "ments", "ship", "ance", "ence")
_ADJECTIVE_ENDS = ("ing", "ed", "ly", "ous", "ful", "ive", "able", "less")
_BODIES = TABLES["bodies"]
_LINKS = TABLES["phrases_links"]
_ADJECTIVES = TABLES["adjectives"]
_TIME_HEADS = TABLES["time_heads"]


class Word(NamedTuple):
    """A word of the text with its type; ``word`` is lower case, without a possessive mark."""

    start: int
    end: int
    kind: str
    word: str
    possessive: bool


_word = partial(tuple.__new__, Word)
"""`Word` of its five fields in a tuple; there are many, and this makes them in one step."""


class _Shape(NamedTuple):
    """What a word tells by itself.

    ``first`` is its type at the head of a clause, ``kind`` elsewhere; empty where the words before it decide, by the
    four that follow.
    """

    mark: bool
    bare: str
    possessive: bool
    first: str
    kind: str
    verb: bool
    bare_noun: bool
    past: bool
    adverb: bool


def words(text: str, start: int, end: int) -> list[Word]:
    """Words and marks of ``text[start:end]``, typed."""
    return _read_on([], text, start, end)


def words_before(tokens: Sequence[Word], text: str, end: int) -> list[Word]:
    """Of words that were read up to some later place those before ``end``, where the last one may be cut."""
    found = list(tokens[: bisect_left(tokens, end, key=lambda word: word.end)])
    return _read_on(found, text, found[-1].end, end) if found else _read_on(found, text, tokens[0].start, end)


def _read_on(found: list[Word], text: str, start: int, end: int) -> list[Word]:
    """The words found so far and those from ``start`` to ``end``."""
    kind = found[-1].kind if found else ","  # of the word before
    for match in _WORD.finditer(text, start, end):
        shape = _SHAPES[match[1]]
        if kind in "DOW" and shape.mark:
            continue  # a phrase may begin inside marks: "for the “Norvanian imperialists”"
        kind = (shape.first if kind == "," else shape.kind) or _open_class(shape, found)
        at, behind = match.span(1)
        found.append(_word((at, behind, kind, shape.bare, shape.possessive)))
    return found


def _shape(raw: str) -> _Shape:
    lower = raw.lower().replace("’", "'")
    possessive = lower.endswith(("'s", "s'")) and len(lower) > 2 and lower not in _CONTRACTED
    bare = lower[:-2] if possessive and lower.endswith("'s") else lower.rstrip("'")
    verb, past, adverb = bare in CUES or bare in _VERBS, bare.endswith("ed"), bare.endswith("ly")
    long = len(bare) > 4
    first = kind = _TYPES.get(bare, "" if verb or (long and (past or adverb)) else "L")
    if not raw[0].isalnum():
        first = kind = ","
    elif raw[0].isdigit():
        first = kind = "M"
    elif raw[0].isupper() and bare not in WORDS["time"] and bare != "i" and bare not in _CONTRACTED:
        kind = "N"
        first = first if bare in _CLOSED or bare.endswith(_ADJECTIVE_ENDS) else "N"
    return _Shape(
        raw in _MARKS, bare, possessive, first, kind, verb, bare in _BARE_NOUNS, long and past, long and adverb
    )


_SHAPES = Kept(_shape)


def _types() -> dict[str, str]:
    """Closed classes by word; of two classes of one word the later one here."""
    kinds = {
        **dict.fromkeys(WORDS["adverb"], "Y"),
        **dict.fromkeys(WORDS["conjunction"], "K"),
        **dict.fromkeys(WORDS["preposition"], "O"),
        **dict.fromkeys(WORDS["pronoun"] | TABLES["more_pronouns"] | _CONTRACTED, "P"),
        **dict.fromkeys(WORDS["determiner"], "D"),
        **dict.fromkeys(WORDS["auxiliary"], "A"),
        **dict.fromkeys(WORDS["relative"], "W"),
        **dict.fromkeys(WORDS["time"], "T"),
    }
    kinds |= {"that": "W", "to": "W", "not": "W", "according": "O", "let": "V", "thank": "V"}
    return kinds


_CONTRACTED = frozenset(
    f"{subject}'{verb}"
    for subject in (
        "i",
        "we",
        "you",
        "they",
        "he",
        "she",
        "it",
        "that",
        "there",
        "here",
        "what",
        "who",
        "let",
    )
    for verb in ("m", "re", "ve", "ll", "d", "s")
)
_TYPES = _types()
_CLOSED = frozenset(CUES) | _VERBS | TABLES["openers"] | frozenset(_TYPES)


def _open_class(shape: _Shape, found: Sequence[Word]) -> str:
    """Verb, adverb or other word, by the word before it."""
    before = found[-1] if found else None
    if before is not None and before.kind == "Y" and len(found) > 1 and found[-2].kind == "D":
        before = found[-2]  # "the just cause": what an article and an adverb lead in is no verb
    after_noun_marker = before is not None and (
        before.kind in "DM"
        or before.possessive
        or (before.kind == "O" and before.word != "to")
        or (before.kind == "L" and shape.bare_noun)
        or (before.word in _ADJECTIVES and not shape.past and before.kind in "LV")
    )
    if shape.verb and not after_noun_marker:
        return "L" if shape.bare_noun and (before is None or before.kind in "NK,") else "V"
    if shape.past and before is not None and before.kind in "LN" and not before.possessive:
        return "V"
    return "Y" if shape.adverb else "L"


def phrase(tokens: Sequence[Word], k: int) -> tuple[int, int] | None:
    """The noun phrase whose first word is ``tokens[k]``, as token indices, half-open; None where none
    begins there, or where its noun is one that the tables take for another word ("this historic day").
    """
    end = _core(tokens, k)
    if end is None or tokens[end - 1].word in _ADJECTIVES:
        return None
    if end < len(tokens) and tokens[end].word in _TIME_HEADS and tokens[end - 1].kind == "L":
        return None
    while end - k < MAX_PHRASE and end + 1 < len(tokens):
        link = tokens[end]
        joined = link.kind == "K" and link.word in ("and", "&") and _joins(tokens, k, end)
        if not joined and not (
            link.word == "of" or (_links(link.word) and _is_relational(tokens[end - 1].word))
        ):
            break
        further = _core(tokens, end + 1)
        if further is None or tokens[further - 1].word in _ADJECTIVES:
            break
        end = further
    return k, end


def _links(word: str) -> bool:
    return word in _LINKS


def _core(tokens: Sequence[Word], k: int) -> int | None:
    """End of determiners, modifiers and head that begin at ``k``."""
    end, has_head = k, False
    while end < len(tokens) and end - k < MAX_PHRASE:
        token = tokens[end]
        opens = end == k and (token.kind == "D" or token.word in _PREDETERMINERS)
        modifies = (
            end > k and not has_head and (token.kind == "Y" or (token.kind == tokens[end - 1].kind == "D"))
        )
        if opens or modifies:
            end += 1
        elif token.kind in "NLM":
            if has_head and (_is_verb_here(tokens, end) or _compares(tokens, end)):
                break
            has_head = True
            end += 1
        else:
            break
    return end if has_head else None


def _compares(tokens: Sequence[Word], k: int) -> bool:
    """Whether a word only grades an adverb: "the U.S. more openly reveals"."""
    return tokens[k].word in ("more", "most", "less") and k + 1 < len(tokens) and tokens[k + 1].kind == "Y"


def _is_verb_here(tokens: Sequence[Word], k: int) -> bool:
    """An unknown word behind a finished noun and before a determiner, as in "the troops trample the
    fields".
    """
    token, before = tokens[k], tokens[k - 1]
    plural_body = before.word in _BODIES and (before.word.endswith("s") or before.word == "people")
    if plural_body and token.kind == "L" and token.word not in _BODIES:
        return not before.possessive
    if token.kind != "L" or before.possessive or k + 1 >= len(tokens):
        return False
    after = tokens[k + 1]
    opens = (
        after.kind in "DP" or after.word in ("that", "to") or (after.kind == "N" and token.word.endswith("s"))
    )
    if before.kind == "N":
        return (
            token.word.endswith(("s", "ed"))
            and not token.word.endswith("ss")
            and (opens or after.kind in "O")
        )
    plural = before.word.endswith("s") or (token.word.endswith("s") and not token.word.endswith("ss"))
    return plural and opens and after.word != "to"


def _joins(tokens: Sequence[Word], k: int, conjunction: int) -> bool:
    """Whether "and" joins two nouns of one phrase."""
    left, right = tokens[conjunction - 1], tokens[conjunction + 1]
    if right.kind == "D" and conjunction + 2 < len(tokens) and tokens[k].kind == "D":
        return tokens[k].word == right.word
    if right.kind == "N":
        return left.kind == "N" or tokens[k].kind in "DN"
    if right.kind != "L" or left.kind not in "LN":
        return False
    return conjunction + 2 >= len(tokens) or tokens[conjunction + 2].kind not in "DPN"


def _is_relational(word: str) -> bool:
    return word in _RELATIONAL or word.endswith(_RELATIONAL_ENDS)


def phrase_before(tokens: Sequence[Word], k: int) -> tuple[int, int] | None:
    """The noun phrase whose last word is ``tokens[k - 1]``: the longest one that can be read forward to
    there.
    """
    for start in range(max(0, k - MAX_PHRASE), k):
        if (
            start
            and tokens[start - 1].kind in "NLM"
            and tokens[start].kind in "NLM"
            and not tokens[start - 1].possessive
        ):
            continue
        if start and tokens[start - 1].kind == "D" and tokens[start].kind != "D":
            continue
        found = phrase(tokens, start)
        if found is not None and found[1] >= k:
            return start, k
    return None


def span_of(tokens: Sequence[Word], found: tuple[int, int]) -> Span:
    """Characters of the words ``found``, without a possessive mark at the end."""
    last = tokens[found[1] - 1]
    cut = 0
    if last.possessive:
        cut = last.end - last.start - len(last.word)
    return Span(tokens[found[0]].start, last.end - cut)
