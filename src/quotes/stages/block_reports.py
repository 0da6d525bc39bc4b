"""Reports: which verb before a colon reports one utterance, and announces its very words.

In free prose a colon mostly explains, and the last word of saying before it need not report at all: it may be a noun
("in nine states:"), tell what somebody would or always does say, or have its content with it already.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.stages.block_patterns import FORMULA_NOUNS, TEXTS
from quotes.stages.block_speakers import head
from quotes.stages.clauses import Clause
from quotes.stages.noun_phrases import noun_phrase_right
from quotes.stages.tokens import POSSESSIVE, Token

_NO_UTTERANCE = frozenset(
    "would could should might may can cannot never often always usually sometimes frequently repeatedly long".split()
)
"""Before a verb of saying: words that nobody has said yet, or that many have said many times."""
_NEVER_NOUNS = frozenset(["say", "write", "tell", "add", "argue", "insist"])
_OF_WHICH = frozenset(["which", "whom", "anything", "everything", "nothing"])
"""Behind which a clause only tells which ones are meant."""
_CLAUSES = frozenset(["that", "where", "how", "why", "whether"])
_NOT_FINITE = frozenset(["be", "been", "being"])
_FOLLOWS = frozenset(["follows", "following", "this", "thus"])
_HEARERS = frozenset(["tell", "remind", "inform", "assure", "warn", "ask", "urge", "address"])
"""Verbs whose object is who hears the words."""
_PLURALS = ("people", "men", "children", "police", "media")
_TEXTS = FORMULA_NOUNS | {*TEXTS.split("|")}
_MAX_TAIL = 12
"""Words before a purpose ("as follows to disclose the danger:") in which it may be said that the words follow."""
_NEAR = 3
"""Words before the verb among which its auxiliaries and adverbs stand."""


def announces(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether the clause reports one utterance, the words of which are still to come behind the colon."""
    return not (
        _is_noun(tokens, clause)
        or _is_no_utterance(tokens, clause)
        or _has_content(tokens, clause)
        or _is_parenthesis(tokens, clause)
    )


def _is_noun(tokens: Sequence[Token], clause: Clause) -> bool:
    """ "in nine states:", "an unapologetic answer:", "Grey Quay Post:": a noun that only looks like a verb."""
    verb = tokens[clause.verb]
    if clause.verb > 0 and verb.word[0].isupper():
        return True  # a name, or a headline, in which every word has a capital
    if verb.cue is None or verb.cue.form not in ("present", "base") or clause.subject is None:
        return False
    if clause.lemma in _NEVER_NOUNS:
        return False
    if tokens[clause.verb - 1].type == "O":
        return tokens[clause.verb - 1].word.lower() != "to"
    return not _agrees(tokens[slice(*clause.subject)], verb) or _is_owned(tokens, clause)


def _agrees(subject: Sequence[Token], verb: Token) -> bool:
    """Whether words may be the subject of the verb: one that is bare and singular has a name, and "states"."""
    last = subject[-1]
    if last.type == "P" or any(token.type in "DQ" for token in subject):
        return True
    heads = [token for token in subject if token.type in "NR"]
    if heads and (heads[-1].word.endswith(POSSESSIVE) or heads[-1] is not last):
        return False  # "Brenn's private emails:"
    singular = verb.cue is not None and verb.cue.form == "present" and verb.word.endswith("s")
    several = last.word.endswith(("s", *_PLURALS)) or any(token.type in "KM" for token in subject)
    if singular:
        return bool(heads) and not (last.type == "R" and last.word.endswith("s"))
    return several


def _is_owned(tokens: Sequence[Token], clause: Clause) -> bool:
    """ "a choice of the most notable Brenn emails": the words before the noun hang on a preposition."""
    start = clause.subject[0] if clause.subject is not None else 0
    while start > 0 and tokens[start - 1].type == "D":
        start -= 1
    return start > 0 and tokens[start - 1].type == "O" and head(tokens, clause.verb) is None


def _is_no_utterance(tokens: Sequence[Token], clause: Clause) -> bool:
    """ "what sailors always say:", "a sentence I would write:", "the wrecks which Tamrin has acknowledged:"."""
    verb = clause.verb
    near = tokens[max(0, verb - _NEAR) : verb]
    subject = clause.subject
    if subject is not None and subject[0] > 0 and tokens[subject[0] - 1].word.lower() in _OF_WHICH:
        return True
    return any(token.word.lower() in _NO_UTTERANCE or token.word.lower().endswith(("'d", "’d")) for token in near)


def _has_content(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether what is said stands between the verb and the colon: "said that she wants:", "noted the small crowd:"."""
    tail = [token for token in tokens[clause.verb + 1 :] if token.type != ":"]
    words = [token.word.lower() for token in tail]
    if _FOLLOWS & {token.word.lower() for token in tokens[max(0, clause.verb - _MAX_TAIL) :]}:
        return False
    if any(word in _CLAUSES for word in words):
        return True
    if any(word in _TEXTS for word in words):
        return False
    if any(token.type == "A" and token.word not in _NOT_FINITE for token in tail):
        return True
    if clause.lemma in _HEARERS:
        return False
    while tail and tail[0].type == "Y":
        tail = tail[1:]
    return len(tail) > 1 and tail[0].type == "D"


def _is_parenthesis(tokens: Sequence[Token], clause: Clause) -> bool:
    """ "Many things make this hard, sailors said: …": the sentence is what was said, and the colon explains it."""
    if clause.subject is None or clause.subject[1] != clause.verb or tokens[clause.verb + 1 : -1]:
        return False
    end = clause.subject[0] - 1
    spliced = tokens[clause.subject[0]].type == "D" and tokens[clause.subject[0]].word[0].isupper()
    if end < 2 or tokens[end].type != "," or spliced or tokens[0].word.endswith("ing"):
        return False
    phrase = noun_phrase_right(tokens, 0)
    while phrase is not None and phrase[1] < end and tokens[phrase[1]].word == "of":
        phrase = noun_phrase_right(tokens, phrase[1] + 1)
    if phrase is None or phrase[1] >= end:
        return False
    behind = tokens[phrase[1]]  # a verb, or a determiner behind a verb that the phrase has taken for a noun
    return behind.type in "LVAD" and not behind.word.endswith("ing")
