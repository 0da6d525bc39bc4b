"""Inner reports: of two clauses before the words, the one that the other reports; nearest to the words, it has them.

"Harrow said Venkar had told him that the mill was “…”", "what it called “…”", "Lorin said the minister's claim that …".
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.records import Article, Candidate
from quotes.stages.clauses import Clause
from quotes.stages.sentences import Sentence
from quotes.stages.tokens import POSSESSIVE, Token

_OUTER = ("say", "quote", "express", "speak")
_SAYING = ("say", "quote")
_NAMING = ("evaluate", "attack")
_NOT_SAYING = ("agree", "show", "order")
_THINKING = ("see", "view", "regard", "consider", "deem", "rate", "find")
"""Verbs behind which stands what the outer speaker makes of it."""
_INNER_FORMS = ("subject-verb", "participle", "noun", "passive")
_BETWEEN_CLAUSES = frozenset("STYOMDRNLP")
_BREAKS = frozenset(".;:QVK(")
_MAX_BETWEEN = 6
_MAX_REPORTED = 14
_MAX_NAMING = 5
_MAX_TO_NAME = 3


def inner(_: Article, sentence: Sentence, place: int, __: Candidate) -> Clause | None:
    """Kim said the agency had told him that it was "…": the clause that another clause reports."""
    left = [clause for clause in sentence.clauses if clause.verb < place and clause.subject is not None]
    if len(left) < 2:
        return None
    outer, clause = left[-2:]
    if clause.form not in _INNER_FORMS or outer.cue_class not in _OUTER or outer.form == "noun":
        return None
    start = _own_start(sentence.tokens, clause)
    if start is None or not outer.verb < start or outer.subject is None:
        return None
    credit = outer.form == "according-to" and sentence.tokens[start - 1].type == ","
    behind = outer.subject[1] if credit else outer.verb + 1
    if not _is_reported(sentence.tokens[behind : start - credit]):
        return None
    cue = sentence.tokens[clause.verb].cue
    forms = ("past", "present", "ing") if clause.form == "participle" else ("past", "present")
    finite = clause.form in ("noun", "passive") or (cue is not None and cue.form in forms)
    return clause if finite and _governs(sentence.tokens, clause, place) else None


def called(_: Article, sentence: Sentence, place: int, __: Candidate) -> Clause | None:
    """what the ministry called "…" / Dolvish, whom he once branded "…": the subject inside the relative clause."""
    tokens = sentence.tokens
    for clause in reversed(sentence.clauses):
        if clause.verb >= place:
            continue
        if clause.subject is None or clause.form != "subject-verb" or clause.cue_class != "evaluate":
            return None
        first = clause.subject[0]
        near = place - clause.verb <= _MAX_TO_NAME and all(t.type in "DYOL" for t in tokens[clause.verb + 1 : place])
        related = first > 0 and tokens[first - 1].word.lower() in ("what", "whom", "which")
        # Where somebody reports this, his name tells more than "what she called".
        named = tokens[first].type != "P" or all(other.verb >= first for other in sentence.clauses)
        return clause if near and related and named and clause.subject[1] <= clause.verb else None
    return None


def _own_start(tokens: Sequence[Token], clause: Clause) -> int | None:
    """Where the subject begins, if it is a name or noun of the clause's own; of a pronoun nobody can tell."""
    if clause.subject is None or clause.subject[0] >= clause.verb + 2:
        return None
    first, last = tokens[clause.subject[0]], tokens[clause.subject[1] - 1]
    if clause.form != "passive" and clause.subject[1] > clause.verb + 1:
        return None
    owner = any(_owns(token) for token in tokens[clause.subject[0] : clause.subject[1]])
    if clause.form == "noun" and first.type == "D" and clause.subject[1] - clause.subject[0] == 1:
        return None  # "his claim"
    if clause.form != "noun" and (owner or tokens[clause.verb - 1].type == "L"):
        return None  # "Brenn's flurry of late tweets": a noun for the verb
    return None if last.type == "P" or first.type == "P" else clause.subject[0]


def _owns(token: Token) -> bool:
    return token.word.endswith(POSSESSIVE)


def _is_reported(between: Sequence[Token]) -> bool:
    """Whether what parts the outer cue from the inner subject leads on to it: "told reporters on Monday that"."""
    return len(between) <= _MAX_BETWEEN and all(token.type in _BETWEEN_CLAUSES for token in between)


def _governs(tokens: Sequence[Token], clause: Clause, place: int) -> bool:
    """Whether the words stand in the clause that the inner cue opens."""
    between = [token for token in tokens[clause.verb + 1 : place] if token.start >= clause.cue.end]
    if any(token.type in _BREAKS for token in between):
        return False
    if clause.form == "noun":  # not "his claim that Brenn is ill is “…”"
        predicates = sum(token.type == "A" for token in between)
        return bool(between) and between[0].type == "S" and len(between) <= _MAX_REPORTED and predicates < 2
    if clause.cue_class in _SAYING:
        return len(between) <= _MAX_REPORTED and clause.lemma not in _NOT_SAYING
    if clause.lemma in _THINKING or any(token.type == "O" and token.word != "as" for token in between):
        return False
    closed = place + 1 < len(tokens) and tokens[place + 1].type in "AV"  # "the mayor nicknamed “…” is"
    return clause.cue_class in _NAMING and len(between) <= _MAX_NAMING and not closed
