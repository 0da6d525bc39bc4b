"""Control: whom another word than the verb itself makes the subject of a participle or of an infinitive.

"with the union calling her …", "drove the candidate to say", "common for clerks to call", "slammed Brenn for calling".
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.lexicon import CueClass
from quotes.stages.noun_phrases import acts, noun_phrase_left, noun_phrase_right, topic
from quotes.stages.tokens import Token, is_owner, owns

_SOME = frozenset(["one", "some", "many", "most", "members", "several"])
_RECORDINGS = frozenset(["footage", "video", "clip", "recording", "audio", "tape"])
_HEARING = frozenset(
    "heard hears hear recalled recalls recall remembered remembers remember saw filmed recorded showed shows showing "
    "depicting caught".split()
)
_CAUSING = frozenset(
    "led lead leads leading drove drive drives driving prompted prompt prompts prompting forced forces forcing caused "
    "causes causing pushed pushes pushing compelled compels inspired inspires provoked provokes".split()
)
_PAPERS = frozenset("editorial editorials headline headlines".split())
"""What says by itself what it says: of "the paper's editorial telling him to leave" nobody else is to be named."""
_SHOWN = frozenset("shown seen heard filmed caught recorded pictured".split())
_REASONS = frozenset(["for", "of", "over", "about", "after"])
_JUDGING: tuple[CueClass, ...] = ("attack", "favour", "evaluate")
_COPULAS = frozenset(["is", "are", "was", "were"])
_THINGS = frozenset(["this", "that", "it", "these", "those"])
_MAX_MADE = 8
_MAX_WORDS = 2
_MAX_OPENING = 14
_MAX_APART = 10


def made_to(tokens: Sequence[Token], to: int) -> tuple[int, int] | None:
    """ "drove the candidate to say", "for clerks to say": who is to speak; ``to`` is the token index of "to"."""
    if to > 1 and tokens[to - 1].word == "her" and tokens[to - 2].word.lower() in (*_CAUSING, "for"):
        return to - 1, to
    phrase = noun_phrase_left(tokens, to - 1) if to > 1 and tokens[to - 1].type in "NRLP" else None
    if phrase is None:
        return None
    for k in range(to - 2, max(-1, to - _MAX_MADE), -1):
        if tokens[k].word.lower() in _CAUSING:
            return max(phrase[0], k + 1), to
    start = phrase[0]
    while start > 1 and phrase[0] - start < _MAX_WORDS and tokens[start - 1].type == "L":
        start -= 1  # "for news accounts to portray"
    start = _joined(tokens, start, ("for",))
    return (start, to) if start > 1 and tokens[start - 1].word == "for" else None


def heard_from(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """ "…," came shouts from the crowd: whom they came from."""
    k = i - 1 if i and tokens[i - 1].type != "D" else i - 2
    if k < 1 or tokens[k].word.lower() not in ("came", "comes", "went", "rose") or i + 2 >= len(tokens):
        return None
    return noun_phrase_right(tokens, i + 2) if tokens[i + 1].word == "from" else None


def with_subject(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """ "with the union calling her …", "footage of Kim saying …": the phrase right before a participle."""
    if (owner := _whose_habit(tokens, i) or _whose_talk(tokens, i)) is not None:
        return owner
    k = i - 1
    while k > 0 and tokens[k].type == "Y":
        k -= 1
    phrase = noun_phrase_left(tokens, k) if k > 0 and tokens[k].type in "NRPL" else None
    if phrase is None:
        return None
    if tokens[i - 1].word.lower() in _PAPERS:
        return phrase
    for j in range(phrase[0], phrase[1]):
        if tokens[j].word.lower() in _RECORDINGS and j + 1 < phrase[1] and tokens[j + 1].word.lower() == "of":
            return j + 2, phrase[1]
    start = phrase[0]
    if start > 0 and tokens[start].type in "NP" and _stands_apart(tokens, start):
        return phrase
    if start > 0 and tokens[start - 1].word.lower() in _HEARING:
        return phrase
    if start > 1 and tokens[start - 1].word == "by" and tokens[start - 2].word.endswith("ed") and k == i - 1:
        return phrase  # "a policy pursued by the rebels crying out for “…”"
    if k == i - 1 and any(token.type in "NRD" for token in tokens[slice(*phrase)]) and _is_only(tokens, start):
        return _owner_of(tokens, phrase)
    start = _joined(tokens, start)
    if start > 2 and tokens[start - 1].word.lower() == "of" and tokens[start - 2].word.lower() in _SOME:
        start -= 2
    return (start, phrase[1]) if start > 0 and tokens[start - 1].word.lower() == "with" else None


def _whose_habit(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """ "Brenn's habit of calling it “…”": who owns what the participle at ``i`` makes out."""
    if i < 3 or tokens[i - 1].word != "of" or tokens[i - 2].type != "L":
        return None
    phrase = noun_phrase_left(tokens, i - 2)
    owner = next((k for k in range(phrase[1] - 1, phrase[0] - 1, -1) if owns(tokens[k])), None) if phrase else None
    return noun_phrase_left(tokens, owner) if owner is not None else None


def _whose_talk(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """ "the group's noisy talking about “…”": who owns a form in "-ing" that is a noun."""
    k = i - 1
    while k > 0 and i - k <= _MAX_WORDS and tokens[k].type in "LY":
        k -= 1
    return noun_phrase_left(tokens, k) if k >= 0 and is_owner(tokens[k]) else None


def _is_only(tokens: Sequence[Token], end: int) -> bool:
    """ "This is the reality of …", "Brenn's attitude is …": whether nothing before ``end`` acts, so that a participle
    there can only belong to the noun before it.
    """
    verbs = [k for k in range(end) if tokens[k].type in "AVQ;:W,"]
    if len(verbs) != 1 or tokens[verbs[0]].word not in _COPULAS:
        return False
    about = topic(tokens[: verbs[0]])
    return (about is None and tokens[verbs[0] - 1].type in "DPL") or (
        about is not None and (tokens[about[1] - 1].type == "L" or tokens[about[0]].word.lower() in _THINGS)
    )


def _owner_of(tokens: Sequence[Token], phrase: tuple[int, int]) -> tuple[int, int]:
    """The last of a chain: "the harbour" of "the reality of the harbour"."""
    last = next((k for k in range(phrase[1] - 1, phrase[0], -1) if tokens[k].word == "of"), phrase[0] - 1)
    return last + 1, phrase[1]


def is_told_by(tokens: Sequence[Token], that: int) -> bool:
    """ "officials that said", "a headline that read": whether "that" (at ``that``) takes up a noun that may tell."""
    return that > 0 and (tokens[that - 1].type == "R" or tokens[that - 1].word.lower() in _PAPERS)


def is_shown(tokens: Sequence[Token], i: int) -> bool:
    """ "his supporters were shown chanting": whether the participle at ``i`` is what somebody is seen or heard at."""
    return i > 1 and tokens[i - 1].word in _SHOWN and tokens[i - 2].type == "A"


def _joined(tokens: Sequence[Token], start: int, behind: tuple[str, ...] = ("with", "of")) -> int:
    """Where "many marchers and spectators" begins, of which the last noun is at ``start``, if it stands behind one of
    these words."""
    if start < 2 or tokens[start - 1].type != "K" or tokens[start - 2].type not in "NRL":
        return start
    earlier = noun_phrase_left(tokens, start - 2)
    return earlier[0] if earlier is not None and tokens[earlier[0] - 1].word.lower() in behind else start


def _stands_apart(tokens: Sequence[Token], start: int) -> bool:
    """Behind a dash, or behind "and" and marked words: "– Kim saying “…” and Brenn calling it “…”"."""
    mark = tokens[start - 1]
    return mark.type == "-" or (mark.type == "K" and start > 1 and tokens[start - 2].type == "Q")


def behind_words(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """ "Calling it “…,” Brenn left": the subject behind a participle that opens the sentence, and its words."""
    last = next((k for k in range(1, min(len(tokens), _MAX_OPENING)) if tokens[k].type == "Q"), None)
    if last is None:
        return None
    start = last + 1 + (last + 1 < len(tokens) and tokens[last + 1].type == ",")
    phrase = noun_phrase_right(tokens, start)
    if phrase is not None and not _is_participle(tokens, phrase):
        return phrase
    return _acting_behind(tokens, start)


def _is_participle(tokens: Sequence[Token], phrase: tuple[int, int]) -> bool:
    """Whether a single word goes on with the words before it: "“…”, published for years", "“…” spread by Brenn"."""
    following = tokens[phrase[0] + 1] if phrase[0] + 1 < len(tokens) else None
    if tokens[phrase[0]].type != "L" or (following is not None and following.type in "NRL"):
        return False
    return tokens[phrase[0]].word.endswith("ed") or (following is not None and following.word == "by")


def _acting_behind(tokens: Sequence[Token], start: int) -> tuple[int, int] | None:
    """ "Claiming that it helps the “…” of all, the group left": the first phrase behind a comma that acts."""
    for comma in range(start, len(tokens) - 2):
        if tokens[comma].type in ".;:":
            return None
        phrase = noun_phrase_right(tokens, comma + 1) if tokens[comma].type == "," else None
        if phrase is not None and acts(tokens, phrase[1]):
            return phrase
    return None


def with_actor(tokens: Sequence[Token], i: int, after: int) -> tuple[int, int] | None:
    """ "…, with Brenn taking to the radio to call …": whom "with" makes act in front of the verb at ``i``, where no
    other clause (``after``) and no comma stands between.
    """
    for k in range(i - 3, max(after, i - _MAX_APART), -1):
        if tokens[k].type in ".,;:Q":
            return None
        if tokens[k].word == "with" and tokens[k - 1].type in ",-":
            acting = next((j for j in range(k + 2, i) if tokens[j].word.endswith("ing")), 0)
            phrase = noun_phrase_right(tokens, k + 1) if acting else None
            return (k + 1, acting) if phrase is not None and phrase[1] >= acting else None
    return None


def blamed_for(tokens: Sequence[Token], i: int, verb: int, judges: CueClass) -> tuple[int, int] | None:
    """ "slammed Brenn for calling it “…”", "accused her of saying “…”": whom the verb before (a token index, of the
    class ``judges``) blames or praises for what the participle at ``i`` tells.
    """
    if judges not in _JUDGING or tokens[i - 1].word not in _REASONS or verb >= i - 2:
        return None
    if tokens[verb + 1].word in ("her", "him", "them"):
        return verb + 1, verb + 2
    if any(token.type in ".,;:QW" for token in tokens[verb + 1 : i - 1]):
        return None
    phrase = noun_phrase_right(tokens, verb + 1)
    return phrase if phrase is not None and any(t.type in "NRP" for t in tokens[slice(*phrase)]) else None
