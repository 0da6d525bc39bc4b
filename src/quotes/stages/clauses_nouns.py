"""Nouns that report: "in the words of X", "X's warning", "his “…” remark"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quotes.lexicon import Cue, CueClass
from quotes.stages.clauses_shapes import PLURAL
from quotes.stages.noun_phrases import noun_phrase_left, noun_phrase_right
from quotes.stages.tokens import Token, is_owner, owns

NOUNS = frozenset(
    "words word remarks remark comments comment statement statements message speech tweet tweets letter "
    "warning claim claims call calls description phrase promise vow assertion assertions contention allegation "
    "allegations accusation accusations suggestion insistence argument complaint complaints criticism "
    "admission declaration announcement prediction testimony plea assurance assurances reference references "
    "characterization boast taunt taunts insult insults quip quips joke response answer reply retort pledge "
    "line gaffe jab jibe dictum refrain motto mantra email emails quote quotation opinion view conclusion observation "
    "request requests proposition propaganda".split()
)
SPREAD = frozenset(
    "lie lies rumor rumors rumour rumours sophism story stories remark remarks nonsense rubbish balderdash invective "
    "invectives rhetoric commitment fallacy fiction falsehood falsehoods assertion assertions".split()
)
"""What somebody makes, spreads or lets loose: "aired another lie that “…”"."""
_SPREADING = frozenset(
    "make makes made making issue issues issued issuing air airs aired airing spread spreads spreading float floats "
    "floated floating let lets letting utter utters uttered uttering voice voices voiced voicing raise raises raised "
    "raising repeat repeats repeated repeating give gives gave giving put puts putting pose poses posed posing".split()
)
_PARTICLES = frozenset("loose out up forth forward about".split())
_OF_MANY = frozenset("spate string stream string series volley torrent barrage".split())
_MAX_ADJECTIVES = 4
SAME_IN_PAST = ("read", "put")
_ADJECTIVAL = tuple("ive al ic ous ing ed ful less able ible est ary".split())
_QUALIFYING = frozenset(
    "latest last new recent own stock famous false bold blunt stark harsh sharp "
    "now-famous sovereign foreign independent reckless impudent".split()
)
_NOT_ADJECTIVES = _PARTICLES | _SPREADING
_OWN = ("his", "her", "their")
_FROM = ("of", "from", "by")


class NounReport(NamedTuple):
    """Whose words a noun reports (token indices, half-open), None where nobody owns it."""

    cue_class: CueClass
    subject: tuple[int, int] | None


def noun_report(tokens: Sequence[Token], i: int) -> NounReport | None:
    """What the noun at ``i`` reports: owned by somebody before it or behind "of", or behind marked words."""
    if i + 2 < len(tokens) and tokens[i + 1].word == "of" and tokens[i].word.lower() in ("words", "word"):
        subject = noun_phrase_right(tokens, i + 2)
        return NounReport("say", subject) if subject else None
    if (author := _author_behind(tokens, i)) is not None:
        return NounReport("express", author)
    k = i - 1
    behind_marks = k >= 0 and tokens[k].type == "Q"
    k -= behind_marks
    while k > 0 and i - k <= _MAX_ADJECTIVES and _may_qualify(tokens[k]) and not is_owner(tokens[k]):
        k -= 1
    if k >= 0 and is_owner(tokens[k]):
        phrase = _owner(tokens, k)
        return NounReport("express", phrase) if phrase else None
    if k >= 0 and tokens[k].word.lower() in _OWN:
        return NounReport("express", (k, k + 1))
    return NounReport("express", None) if behind_marks else None


def _author_behind(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """ "the remarks of the minister that “…”", "a letter from Brenn: “…”": whose they are, right before the words."""
    of = i + 2 if i + 2 < len(tokens) and tokens[i + 1].word == "made" else i + 1  # "claims made by Brenn that"
    if of + 2 >= len(tokens) or tokens[of].word not in _FROM:
        return None
    phrase = noun_phrase_right(tokens, of + 1)
    if phrase is None or phrase[1] >= len(tokens) or tokens[phrase[1]].type not in "S:Q":
        return None
    return phrase if any(token.type in "NRP" for token in tokens[slice(*phrase)]) else None


def spread_by(tokens: Sequence[Token], i: int) -> int | None:
    """The verb (a token index) of "aired another lie that “…”", "let loose a string of rubbish like “…”"."""
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if following is None or not (following.type in "SQ:" or following.word in ("like", "about", "as")):
        return None
    k = _before_phrase(tokens, i)
    if k > 1 and tokens[k].word == "of" and tokens[k - 1].word in _OF_MANY:
        k = _before_phrase(tokens, k - 1)
    k -= k > 0 and tokens[k].word in _PARTICLES
    return k if k > 0 and tokens[k].word in _SPREADING else None


def _before_phrase(tokens: Sequence[Token], i: int) -> int:
    """The token before the article and adjectives of the noun at ``i``."""
    k = i - 1
    while k > 0 and i - k <= _MAX_ADJECTIVES and tokens[k].type in "LRY" and tokens[k].word not in _NOT_ADJECTIVES:
        k -= 1
    while k > 0 and tokens[k].type == "D":
        k -= 1
    return k


def is_noun_behind_marks(tokens: Sequence[Token], i: int) -> bool:
    """ "his “…” remark": a word that may be a verb is none behind marked words that somebody owns."""
    if i < 2 or tokens[i - 1].type != "Q" or tokens[i].word.lower() not in NOUNS:
        return False
    return owns(tokens[i - 2]) or tokens[i - 2].type == "D"


def _may_qualify(token: Token) -> bool:
    return token.type in "LYTRMK" or token.word == "most"


def owned_noun(tokens: Sequence[Token], i: int, cue: Cue) -> tuple[int, int] | None:
    """ "Brenn's latest request: “…”", "his scathing remarks": whose a noun is that might be a verb elsewhere."""
    word = tokens[i].word
    if cue.form not in ("base", "present") or word.lower() not in NOUNS:
        return None
    k = i - 1
    while k > 0 and i - k <= _MAX_ADJECTIVES and (tokens[k].type in "LY" or tokens[k].word == "most"):
        if tokens[k].type == "L" and not _is_adjective(tokens[k].word):
            return None
        k -= 1
    if k < 0 or k == i - 1:
        return None
    following = tokens[i + 1].type if i + 1 < len(tokens) else "S"
    if cue.form == "present" and following not in "OA,.:Q" and tokens[i - 1].word not in _QUALIFYING:
        return None
    if tokens[k].word.lower() in _OWN:
        return k, k + 1
    return _owner(tokens, k) if owns(tokens[k]) else None


def _owner(tokens: Sequence[Token], k: int) -> tuple[int, int] | None:
    """The phrase that ends with who owns a noun: of "in the wake of Brenn's remarks" Brenn."""
    phrase = noun_phrase_left(tokens, k)
    if phrase is None:
        return None
    of = [j for j in range(phrase[0] + 1, k) if tokens[j].word == "of" and tokens[j - 1].type == "L"]
    return (of[-1] + 1, phrase[1]) if of else phrase


def _is_adjective(word: str) -> bool:
    return word.endswith(_ADJECTIVAL) or word in _QUALIFYING


def is_modifier(tokens: Sequence[Token], subject: tuple[int, int], i: int) -> bool:
    """ "near-constant calls", "making racist remarks", "did not release details", "her recovered emails": whether what
    stands before a possible verb at ``i`` qualifies or rules it.
    """
    start = subject[0]
    if _is_such(tokens, subject, i) or _are_means(tokens, i) or _is_object(tokens, subject, i):
        return True
    if tokens[start].type == "D" and tokens[i].word.endswith("s") and subject[1] - start > 1:
        if subject[1] != i or (i + 1 < len(tokens) and tokens[i + 1].type in "SQ:"):
            return False
        of = next((k for k in range(subject[1] - 1, start, -1) if tokens[k].word == "of"), start)
        inner = [token for token in tokens[of + 1 : subject[1]] if token.type != "Y"]
        return all(token.type == "L" and _is_adjective(token.word) for token in inner)
    if subject[1] - start != 1 or tokens[start].type not in "LR" or not tokens[start].word.islower() or not start:
        return False
    if any(token.type != "Y" for token in tokens[subject[1] : i]):
        return False
    cue, word = tokens[i].cue, tokens[start].word
    bare = cue is not None and cue.form == "base" and cue.lemma not in SAME_IN_PAST and subject[1] == i
    if bare and not word.endswith("s") and word not in PLURAL:
        return True  # "an international order": of one thing no bare form is said
    k = start - 1
    while k > 0 and tokens[k].type == "Y":
        k -= 1
    before = tokens[k]
    if before.type == "L" and before.word.endswith("ed") and tokens[i].word.endswith("s"):
        return True  # "improved graduation rates"
    if before.type == "O" and _is_adjective(word) and tokens[i].word.endswith("s"):
        return True  # "held on groundless charges that"
    if before.type == "K" and k and tokens[k - 1].type == "L" and tokens[i].word in NOUNS:
        return True  # "ridiculous and impudent remarks"
    return before.type == "A" or (before.type in "LV" and before.word.endswith("ing") and len(before.word) > 5)


def _are_means(tokens: Sequence[Token], i: int) -> bool:
    """ "war means and troops": not "this means that"."""
    following = tokens[i + 1].type if i + 1 < len(tokens) else "."
    return tokens[i].word == "means" and tokens[i - 1].type == "L" and following in "K,.OV"


def _is_object(tokens: Sequence[Token], subject: tuple[int, int], i: int) -> bool:
    """ "Brenn restricted comments": a past form behind a name rules what might be a verb."""
    last = tokens[subject[1] - 1]
    ruled = last.type == "L" and last.word.endswith("ed") and subject[1] == i and tokens[i].word.endswith("s")
    return ruled and subject[1] - subject[0] > 1 and tokens[subject[1] - 2].type == "N"


def _is_such(tokens: Sequence[Token], subject: tuple[int, int], i: int) -> bool:
    """ "in the wake of such reckless remarks that": whether "such" and adjectives alone stand right before ``i``."""
    such = next((k for k in range(subject[1] - 1, subject[0] - 1, -1) if tokens[k].type == "D"), None)
    if such is None or tokens[such].word.lower() != "such" or subject[1] != i or such + 1 == i:
        return False
    return all(token.type == "L" and _is_adjective(token.word) for token in tokens[such + 1 : i])


def is_led_in(tokens: Sequence[Token], start: int, verb: int) -> bool:
    """Whether a preposition leads the phrase in and nothing behind the cue shows that it is a verb after all."""
    if start == 0 or tokens[start - 1].type != "O" or tokens[start].type == "P":
        return False
    following = tokens[verb + 1] if verb + 1 < len(tokens) else None
    return following is not None and following.type not in ".,:QS" and following.word.lower() != "it"


def noun_by_article(tokens: Sequence[Token], k: int) -> tuple[int, int] | None:
    """ "a familiar voice celebrated": the phrase of what an article and adjectives before it make a noun."""
    cue = tokens[k].cue
    if cue is None or cue.form != "base":
        return None
    j = k - 1
    while j > 0 and k - j <= _MAX_ADJECTIVES and tokens[j].type in "LY":
        j -= 1
    return (j, k + 1) if j >= 0 and tokens[j].type == "D" and tokens[j].word.lower() in ("a", "an", "the") else None
