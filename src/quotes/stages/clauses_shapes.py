"""Shapes that tell the subject of a cue from a phrase that only stands beside it."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.lexicon import CUES, Cue
from quotes.stages.noun_phrases import PAST, acts, noun_phrase_left, noun_phrase_right
from quotes.stages.tokens import POSSESSIVES, Token

_OF_ONE = frozenset(["a", "an", "the", "his", "her", "their", "its", "this", "that", "another", "every", "each", "no"])
PLURAL = frozenset(["people", "men", "women", "police", "media", "staff", "public", "others", "children", "press"])


_NAMING = frozenset(["call", "dub", "brand", "label", "term"])
PHRASAL = {
    "shot": "back",
    "shoots": "back",
    "fired": "back",
    "fires": "back",
    "hit": "back",
    "hits": "back",
    "piped": "up",
    "pipes": "up",
    "butted": "in",
    "butts": "in",
    "summed": "up",
    "sums": "up",
    "broke": "into",
    "burst": "into",
    "bursting": "into",
    "played": "down",
    "plays": "down",
    "cut": "in",
    "cuts": "in",
    "chimed": "in",
    "wanted": "to",
    "wants": "to",
    "raised": "cheers",
    "raising": "cheers",
}
"""Verbs that report with the particle behind them alone, or with what they break into."""
_CHEERS = frozenset("cheers shouts chants".split())
_MAX_CHEERS = 5
_JOINING = frozenset("and but while".split())
VOICING = frozenset("chant cry exclaim scream shout utter voice yell".split())
"""Verbs with which words are brought out aloud; others only tell who issued what the marks name."""
_PARTICLES = frozenset(["out", "aloud", "up", "forth"])
_NUMBERS = frozenset("one two three four five six seven eight nine ten twelve twenty hundred".split())
_MAX_DESCRIBED = 8
_BEFORE_VERB = frozenset("NPRLYAWK),")
_BEHIND_PRESENT = frozenset("DOPQS:")
_MAX_NAME = 5


def phrasal(tokens: Sequence[Token], i: int) -> Cue | None:
    """ "shot back", "piped up": the cue that the word at ``i`` is with its particle."""
    particle = PHRASAL.get(tokens[i].word)
    if particle in ("into", "cheers"):
        cheers = any(token.word in _CHEERS for token in tokens[i + 1 : i + _MAX_CHEERS])
        return CUES["shouting" if tokens[i].word.endswith("ing") else "shouted"] if cheers else None
    if particle is None or i + 1 >= len(tokens) or tokens[i + 1].word != particle:
        return None
    if particle == "to":
        know = i + 2 < len(tokens) and tokens[i + 2].word == "know"
        return CUES["asks" if tokens[i].word.endswith("s") else "asked"] if know else None
    if particle == "down":
        return CUES["dismisses" if tokens[i].word.endswith("s") else "dismissed"]
    if particle == "up" and tokens[i].word.startswith("sum"):
        return CUES["described"]
    return CUES["retorts" if tokens[i].word.endswith("s") else "retorted"]


def quoted_first(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Whom somebody quotes in a phrase between commas or at the head of the sentence, in front of his own clause."""
    quoting = next((i for i, token in enumerate(tokens) if token.word in ("Quoting", "quoting")), None)
    if quoting is None or (quoting and tokens[quoting - 1].type != ","):
        return None
    phrase = noun_phrase_right(tokens, quoting + 1)
    if phrase is None or not any(token.type in "NR" for token in tokens[slice(*phrase)]):
        return None
    return phrase if phrase[1] < len(tokens) and tokens[phrase[1]].type == "," else None


def described_by(tokens: Sequence[Token], i: int) -> int | None:
    """ "hammers Brenn as a “…”": the verb (a token index) whose object the phrase behind "as" (at ``i``) describes."""
    k = i + 1
    while k < len(tokens) and k - i <= 3 and tokens[k].type in "DYL":
        k += 1
    if k >= len(tokens) or tokens[k].type != "Q":
        return None
    start = _object_before(tokens, i)
    if start is None or start == 0:
        return None
    verb = tokens[start - 1]
    finite = verb.word.endswith(("ed", "s", "ing")) or verb.word in PAST
    return start - 1 if verb.type == "L" and verb.word.islower() and finite else None


def _object_before(tokens: Sequence[Token], i: int) -> int | None:
    """First token of the object that ends before ``i``: its verb is the last word in small letters that is no noun."""
    k = i - 1
    if k < 0 or tokens[k].type not in "NRLP":
        return None
    if tokens[k].type == "P" or tokens[k].word.lower().endswith("self"):
        return k
    phrase = noun_phrase_left(tokens, k)
    if phrase is None:
        return None
    start = k
    while start > phrase[0] and tokens[start - 1].type in "NR" and i - start < _MAX_DESCRIBED:
        start -= 1
    return phrase[0] if tokens[phrase[0]].type == "D" else start


def is_named_by_others(tokens: Sequence[Token], i: int, cue: Cue) -> bool:
    """ "a document called “…”", "Norvania, called the “…”,": named, where only the name stands behind the cue."""
    if cue.lemma not in _NAMING or i == 0:
        return False
    k = i + 1
    while k < len(tokens) and k - i <= 3 and tokens[k].type in "DYL":
        k += 1
    if k >= len(tokens) or tokens[k].type != "Q" or (k + 1 < len(tokens) and tokens[k + 1].type in "DNRP"):
        return False
    if tokens[i - 1].type == ",":
        return k + 1 < len(tokens) and tokens[k + 1].type in ",LVOA" and not any(t.type == "W" for t in tokens[:i])
    phrase = noun_phrase_left(tokens, i - 1) if tokens[i - 1].type in "LR" else None
    return phrase is not None and tokens[phrase[0]].word.lower() in ("a", "an") and not _is_somebody(tokens, phrase)


def is_named_behind(tokens: Sequence[Token], i: int, cue: Cue) -> bool:
    """ "the book titled “…”", "— often labelled a “…” by sailors": a participle with the name behind it."""
    k = i + 1
    while k < len(tokens) and k - i <= _MAX_NAME and (tokens[k].type in "DYL" or tokens[k].word == "as"):
        k += 1
    if k >= len(tokens) or tokens[k].type != "Q":
        return False
    if cue.cue_class == "title":
        return tokens[i - 1].type in "NRLM" and k == i + 1
    return tokens[i - 1].type in "-,Y(" and k + 1 < len(tokens) and tokens[k + 1].word == "by"


def is_done_by(tokens: Sequence[Token], i: int, cue: Cue) -> bool:
    """ "The levy, described by the captain as “…”": a participle with its agent right behind it."""
    if cue.cue_class not in ("evaluate", "attack", "favour", "title", "express") or i + 2 >= len(tokens):
        return False
    if cue.form == "past" and i and is_named_behind(tokens, i, cue):
        return True
    return tokens[i + 1].word.lower() == "by" and noun_phrase_right(tokens, i + 2) is not None


def is_voiced_by(tokens: Sequence[Token], i: int, cue: Cue) -> bool:
    """ "“…”, shouted by the crowd": words right before a participle with its agent behind it."""
    before = i - 2 if i > 1 and tokens[i - 1].type == "," else i - 1
    if cue.lemma not in VOICING or cue.form != "past" or before < 0 or tokens[before].type != "Q":
        return False
    by = i + 2 if i + 1 < len(tokens) and tokens[i + 1].word in _PARTICLES else i + 1
    return by < len(tokens) and tokens[by].word == "by" and noun_phrase_right(tokens, by + 1) is not None


def _is_somebody(tokens: Sequence[Token], phrase: tuple[int, int]) -> bool:
    """Whether a phrase stands behind another noun, as the subject of a clause of its own: "a plan a clerk called"."""
    return phrase[0] > 0 and tokens[phrase[0] - 1].type in "LNRWS" and tokens[phrase[0] - 1].word.lower() != "is"


def named_behind(tokens: Sequence[Token], phrase: tuple[int, int]) -> tuple[int, int] | None:
    """ "…," admitted the coach, Odo Venkar.": the name that a comma adds to a phrase without one."""
    comma = phrase[1]
    if comma + 1 >= len(tokens) or tokens[comma].type != "," or any(t.type in "NP" for t in tokens[phrase[0] : comma]):
        return None
    end = comma + 1
    while end < len(tokens) and tokens[end].type == "N":
        end += 1
    closed = end >= len(tokens) or tokens[end].type in ".,"
    return (comma + 1, end) if closed and 1 < end - comma <= _MAX_NAME else None


def is_aside(tokens: Sequence[Token], subject: tuple[int, int] | None, verb: int, i: int) -> bool:
    """Whether a clause stands in a relative one between commas: "A report, which nobody has confirmed, spoke of"."""
    if subject is None or not any(token.type == "," for token in tokens[verb : i + 1]):
        return False
    opening = next((k for k in range(subject[0] - 1, 0, -1) if tokens[k].type != "Y"), 0)
    return opening > 0 and tokens[opening].word in ("which", "whom", "whose") and tokens[opening - 1].type == ","


def is_what_they_call(tokens: Sequence[Token], subject: tuple[int, int] | None) -> bool:
    """ "The board speaks of what it calls a “…”, adding": whether a clause only names a thing in another."""
    return subject is not None and subject[0] > 0 and tokens[subject[0] - 1].word == "what"


def goes_on(tokens: Sequence[Token], i: int) -> bool:
    """Whether "went" at ``i`` tells that somebody speaks: "went on to say", "went on:"; not "goes on recess"."""
    if i + 1 >= len(tokens):
        return True
    if tokens[i + 1].word.lower() not in ("on", "further"):
        return False
    behind = tokens[i + 2] if i + 2 < len(tokens) else None
    return behind is None or behind.type not in "LRNM" or behind.word.endswith("ing")


def last_of_list(tokens: Sequence[Token], phrase: tuple[int, int] | None) -> tuple[int, int] | None:
    """The last of "singers like Luz Amary, Pell Orrin and Dace Harrow", whom alone a relative behind them means."""
    if phrase is None or phrase[0] < 2 or tokens[phrase[0] - 1].type != "," or tokens[phrase[0] - 2].type != "N":
        return phrase
    joined = [k for k in range(*phrase) if tokens[k].type == "K"]
    return (joined[-1] + 1, phrase[1]) if joined else phrase


def is_within_day(tokens: Sequence[Token], k: int) -> bool:
    """ "on March 31, 1939 said": whether the comma at ``k`` stands inside a day."""
    return 1 < k < len(tokens) - 1 and tokens[k - 1].type == tokens[k + 1].type == "M" and tokens[k - 2].type == "T"


def acting(tokens: Sequence[Token], i: int, cue: int) -> tuple[int, int] | None:
    """Whoever acts in a clause of his own between the cue before and a second verb behind "and" (at ``i``).

    "Brenn cried out for “…” and Tovik went to the island and called for “…”".
    """
    for k in range(i - 1, cue, -1):
        if tokens[k].type in "KW" and tokens[k].word in _JOINING:
            phrase = noun_phrase_right(tokens, k + 1)
            if phrase is None or phrase[1] >= i or not any(token.type in "NRP" for token in tokens[slice(*phrase)]):
                return None
            return phrase if acts(tokens, phrase[1]) else None
    return None


def may_invert(tokens: Sequence[Token], subject: tuple[int, int], cue: Cue) -> bool:
    """Whether the phrase behind the cue is its subject: no "…," said the candidate could …", no "protest songs"."""
    if tokens[subject[0]].type not in ("NRDPM" if cue.form == "base" else "NRDPLM"):
        return False
    return subject[1] >= len(tokens) or tokens[subject[1]].type != "A"


def is_one(tokens: Sequence[Token], subject: tuple[int, int]) -> bool:
    """ "a sharp retort", "the crude chant": of one thing the bare form of a verb is a noun."""
    last = tokens[subject[1] - 1]
    if tokens[subject[0]].word.lower() not in _OF_ONE or last.type not in "LNR":
        return False
    return not last.word.lower().endswith("s") and last.word.lower() not in PLURAL


def ends_sentence(tokens: Sequence[Token], phrase: tuple[int, int]) -> bool:
    """Whether a phrase with a name is the last of its sentence, as in "…, said Aldo Brenn, the mayor."."""
    if not any(token.type == "N" for token in tokens[phrase[0] : phrase[1]]):
        return False
    return phrase[1] >= len(tokens) or tokens[phrase[1]].type in ".,T"


def share(tokens: Sequence[Token], k: int) -> tuple[int, int] | None:
    """ "Four in 10 said", "three out of five think": a share of people that ends at ``k``."""
    if k < 2 or not _is_number(tokens[k]) or tokens[k - 1].word.lower() not in ("in", "of"):
        return None
    first = k - 3 if tokens[k - 2].word.lower() == "out" else k - 2
    return (first, k + 1) if first >= 0 and _is_number(tokens[first]) else None


def _is_number(token: Token) -> bool:
    return token.type == "M" or token.word.lower() in _NUMBERS


def follows_quotation(tokens: Sequence[Token], i: int) -> bool:
    k = i - 1
    while k > 0 and i - k <= 2 and tokens[k].type in ",-":
        k -= 1
    return k >= 0 and tokens[k].type == "Q"


def leads_on(tokens: Sequence[Token], i: int) -> bool:
    """ "continued to blast": the verb behind "to" reports."""
    return i + 2 < len(tokens) and tokens[i + 1].word.lower() == "to" and tokens[i + 2].type == "V"


def is_voiced(token: Token) -> bool:
    """Whether a participle tells that many bring words out aloud: "chanting"."""
    return token.cue is not None and token.cue.form == "ing" and token.cue.lemma in VOICING


def is_finite(tokens: Sequence[Token], k: int) -> bool:
    """Whether a word (type ``L``) in small letters is a past form behind what may be a subject, or a present one behind
    a name."""
    word, before = tokens[k].word, tokens[k - 1].type
    if not word.islower() or "-" in word:
        return False  # "state-sponsored"
    if word.endswith("ed") and k + 1 < len(tokens) and tokens[k + 1].word == "by":
        return False  # "the crimes committed by"
    if word.endswith("ed") or word in PAST:
        return before in _BEFORE_VERB or before == "Q"
    if tokens[k - 1].word.endswith(POSSESSIVES):
        return False  # "one of Brenn's messages by"
    return word.endswith("s") and before in "NP" and k + 1 < len(tokens) and tokens[k + 1].type in _BEHIND_PRESENT
