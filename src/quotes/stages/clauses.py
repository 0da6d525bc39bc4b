"""Clauses: who reports in a sentence of the narrator, found by walking from each cue to its subject.

The walk reads the token types of `quotes.stages.tokens` only, never further than the sentence, and gives up (a clause
without subject) rather than take a name that merely stands near.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from quotes.lexicon import Cue, CueClass
from quotes.records import Span
from quotes.stages.clauses_appositions import before_apposition, opening_bracket
from quotes.stages.clauses_control import (
    behind_words,
    blamed_for,
    heard_from,
    is_shown,
    is_told_by,
    made_to,
    with_actor,
    with_subject,
)
from quotes.stages.clauses_groups import chain_start, has_auxiliary, is_passive
from quotes.stages.clauses_heads import before_inset, before_period, both, means_nobody, of_marks, outer_head, person_of
from quotes.stages.clauses_nouns import (
    NOUNS,
    SAME_IN_PAST,
    SPREAD,
    is_led_in,
    is_modifier,
    is_noun_behind_marks,
    noun_by_article,
    noun_report,
    owned_noun,
    spread_by,
)
from quotes.stages.clauses_shapes import (
    PHRASAL,
    acting,
    described_by,
    ends_sentence,
    follows_quotation,
    goes_on,
    is_aside,
    is_done_by,
    is_finite,
    is_named_by_others,
    is_one,
    is_voiced,
    is_voiced_by,
    is_what_they_call,
    is_within_day,
    last_of_list,
    leads_on,
    may_invert,
    named_behind,
    phrasal,
    quoted_first,
    share,
)
from quotes.stages.clauses_views import VIEWING, view
from quotes.stages.noun_phrases import main_clause, noun_phrase_left, noun_phrase_right, topic
from quotes.stages.tokens import Token

Form = Literal[
    "subject-verb", "verb-subject", "according-to", "passive", "participle", "coordinate", "relative", "noun"
]

_MAX_QUOTED = 9
_QUOTING = frozenset(["quote", "quotes", "quoted", "quoting", "cite", "cites", "cited", "citing", "reported"])
_OWN = frozenset(["his", "her", "its", "their"])
_SOMEBODY = frozenset("one another both some many two three few several each all".split())
_LEADING_ON = frozenset(["by", "for", "of", "over", "about", "without"])
_FLOATING = frozenset(["each", "both", "all"])
_FRONTING = frozenset("After Before By In Upon While When Without Since Despite".split())
_ACCORDING = frozenset(["laut", "selon", "según", "segun"])
_TELLING = frozenset({"according", "per", "as", "quoting", *_ACCORDING, *VIEWING, *NOUNS, *SPREAD, *PHRASAL})
"""Words that may tell whose words follow or went before, besides cue verbs."""


class Clause(NamedTuple):
    """A cue (token index ``verb``) and its subject (token indices, half-open), None where the walk gave up."""

    verb: int
    cue: Span
    cue_class: CueClass
    lemma: str
    subject: tuple[int, int] | None
    form: Form


def clauses(tokens: Sequence[Token]) -> list[Clause]:
    """Reporting clauses of one sentence, in the order of their cues."""
    found: list[Clause] = []
    quoting = False
    for i, token in enumerate(tokens):
        start, _, _, word, _, cue = token
        lower = word.lower()
        if cue is None and lower not in _TELLING:
            continue
        quoting = quoting or lower == "quoting"
        if (cue := cue or phrasal(tokens, i)) is not None and not is_noun_behind_marks(tokens, i):
            clause = _verb_clause(tokens, i, cue, found) or _let_loose(tokens, i, found)
            if clause is not None:
                found.append(clause)
        elif lower == "according" and i + 2 < len(tokens) and tokens[i + 1].word == "to":
            subject = noun_phrase_right(tokens, i + 2)
            if subject:
                found.append(Clause(i, Span(start, tokens[i + 1].end), "say", lower, subject, "according-to"))
        elif (clause := _without_verb(tokens, i, found)) is not None:
            found.append(clause)
    return _of_whom_they_quote(tokens, found) if quoting else found


def _of_whom_they_quote(tokens: Sequence[Token], found: list[Clause]) -> list[Clause]:
    """ "Quoting Marshal Tovik, the agency said": the words of the sentence are his, the agency only carries them."""
    quoted = quoted_first(tokens)
    if quoted is None:
        return [_reported_quoting(tokens, clause) for clause in found]
    return [
        clause._replace(subject=quoted) if clause.subject is not None and clause.verb > quoted[1] else clause
        for clause in found
    ]


def _reported_quoting(tokens: Sequence[Token], clause: Clause) -> Clause:
    """ "…," the agency reported, quoting a marshal." """
    behind = [token.word for token in tokens[clause.verb + 1 : clause.verb + 3]]
    if clause.lemma != "report" or clause.form != "subject-verb" or behind != [",", "quoting"]:
        return clause
    quoted = noun_phrase_right(tokens, clause.verb + 3)
    ends = quoted is not None and quoted[1] < len(tokens) and tokens[quoted[1]].type == "."
    return clause._replace(subject=quoted, form="passive") if ends else clause


def _without_verb(tokens: Sequence[Token], i: int, found: list[Clause]) -> Clause | None:
    """What the word at ``i`` reports where it is no verb of saying: a view, a noun, a description."""
    token = tokens[i]
    lower = token.word.lower()
    if lower in VIEWING and (seen := view(tokens, i)) is not None:
        cue = Span(tokens[seen.noun].start, tokens[seen.noun].end)
        return Clause(i, cue, "say", "view", seen.subject, "according-to")
    if lower in _ACCORDING or (lower == "per" and (i == 0 or tokens[i - 1].type in "Q,")):
        subject = noun_phrase_right(tokens, i + 1)
        return Clause(i, Span(token.start, token.end), "say", lower, subject, "according-to") if subject else None
    if (spread := _let_loose(tokens, i, found)) is not None:
        return spread
    if lower in NOUNS and not (found and found[-1].cue.start == token.start):
        noun = noun_report(tokens, i)
        return Clause(i, Span(token.start, token.end), noun.cue_class, lower, noun.subject, "noun") if noun else None
    verb = described_by(tokens, i) if lower == "as" else None
    if verb is None or (found and (found[-1].verb >= verb or _takes_as(tokens, found[-1], i))):
        return None
    subject = subject_of(tokens, verb, found)
    cue = Span(tokens[verb].start, tokens[verb].end)
    return Clause(verb, cue, "express", "as", subject, "subject-verb") if subject else None


def _let_loose(tokens: Sequence[Token], i: int, found: list[Clause]) -> Clause | None:
    """ "aired another lie that “…”": whoever makes or spreads what the noun at ``i`` names."""
    noun = tokens[i]
    verb = spread_by(tokens, i) if noun.word in SPREAD else None
    if verb is None:
        return None
    participle = tokens[verb].word.endswith("ing") and not has_auxiliary(tokens, chain_start(tokens, verb))
    subject = _inherited(tokens, verb, found) if participle else subject_of(tokens, verb, found)
    return Clause(i, Span(noun.start, noun.end), "say", noun.word, subject, "subject-verb") if subject else None


def _takes_as(tokens: Sequence[Token], clause: Clause, i: int) -> bool:
    """Whether "as" belongs to a cue before: "described what his country is doing as “…”"."""
    between = tokens[clause.verb + 1 : i]
    return clause.lemma == "describe" and not any(token.type in ".;:,QK" for token in between)


def subject_of(tokens: Sequence[Token], verb: int, before: list[Clause]) -> tuple[int, int] | None:
    """Subject (token indices, half-open) of any finite verb, found by the same walk as that of a cue.

    ``before`` are the clauses to its left, whose subject a second verb shares.
    """
    return _subject(tokens, chain_start(tokens, verb) - 1, before)[0]


def _verb_clause(tokens: Sequence[Token], i: int, cue: Cue, found: list[Clause]) -> Clause | None:
    token = tokens[i]
    span = Span(token.start, token.end)
    previous = tokens[i - 1] if i else None
    if cue.lemma == "say" and _is_quoted_as(tokens, i):
        return None
    if (cue.lemma == "go" and not goes_on(tokens, i)) or (cue.lemma == "quote" and previous and previous.word == "I"):
        return None  # "said, and I quote, …"
    before = previous.word.lower() if previous is not None and previous.type in "DO" else "to"
    if before != "to" and cue.form != "ing" and (cue.form != "past" or before not in _SOMEBODY):
        return None  # "this call", "in reply": a noun; not "another said"
    if (owner := owned_noun(tokens, i, cue)) is not None:
        return Clause(i, span, "express", token.word.lower(), owner, "noun")
    if (crowd := heard_from(tokens, i)) is not None:
        return Clause(i, span, cue.cue_class, cue.lemma, crowd, "verb-subject")
    if cue.lemma in ("quote", "cite") and (quoted := _quoted(tokens, i)) is not None:
        return quoted
    if cue.form == "base" and i > 1 and tokens[i - 2].word.lower() == "let":
        return None  # "let him say": he has not
    if cue.form == "base" and cue.lemma in ("open", "close") and (previous is None or previous.type in "LVDAO"):
        return None  # "remains open", "close to the talks"
    if cue.lemma in ("continue", "begin", "start") and leads_on(tokens, i):
        return None
    if cue.lemma == "put" and (i + 1 >= len(tokens) or tokens[i + 1].word.lower() != "it"):
        return None
    first = chain_start(tokens, i) if cue.free else i
    opens = i == 0 and cue.form in ("past", "present")
    if cue.inverts and cue.form != "ing" and (opens or follows_quotation(tokens, first)):
        right = noun_phrase_right(tokens, i + 1)
        if right is not None and may_invert(tokens, right, cue):
            return Clause(i, span, cue.cue_class, cue.lemma, named_behind(tokens, right) or right, "verb-subject")
    if cue.inverts and cue.form in ("past", "present") and previous is not None and previous.type == ",":
        right = noun_phrase_right(tokens, i + 1)
        if right is not None and ends_sentence(tokens, right):
            return Clause(i, span, cue.cue_class, cue.lemma, right, "verb-subject")
    start = chain_start(tokens, i)
    if cue.form == "base" and start == i and previous is not None and previous.word.lower() == "to":
        subject = made_to(tokens, i - 1) or _inherited(tokens, i, found)
        if subject is not None and means_nobody(tokens, subject[0]):
            return None
        return Clause(i, span, cue.cue_class, cue.lemma, subject, "participle")
    done = is_done_by(tokens, i, cue) or is_voiced_by(tokens, i, cue)
    passive = is_passive(tokens[start:i], cue) or is_named_by_others(tokens, i, cue) or done
    if cue.form == "past" and passive:
        return _passive(tokens, i, start, span, cue)
    if cue.form == "past" and previous is not None and previous.word == "having":
        return Clause(i, span, cue.cue_class, cue.lemma, _inherited(tokens, i - 1, found), "participle")
    if i == 1 and tokens[0].word == "Having" and cue.form == "past":
        return Clause(i, span, cue.cue_class, cue.lemma, behind_words(tokens), "participle")
    if cue.form == "ing" and not has_auxiliary(tokens, start):
        fronted = i == 0 or (i == 1 and tokens[0].word in _FRONTING)
        blamed = blamed_for(tokens, i, found[-1].verb, found[-1].cue_class) if found and i else None
        if is_shown(tokens, i):
            blamed, _ = _subject(tokens, chain_start(tokens, i - 1) - 1, found)
        subject = blamed or with_subject(tokens, i)
        subject = subject or (behind_words(tokens) if fronted else _inherited(tokens, i, found))
        if found and found[-1].form == "passive" and found[-1].cue.end == token.end:
            subject = found[-1].subject  # "quoted Kim as calling"
        return Clause(i, span, cue.cue_class, cue.lemma, subject, "participle")
    subject, form = _subject(tokens, start - 1, found)
    pronoun_behind = i + 1 < len(tokens) and tokens[i + 1].type == "P"
    if cue.free and form != "relative" and (subject is None or form == "coordinate" or pronoun_behind):
        right = noun_phrase_right(tokens, i + 1)
        subject, form = (right, "verb-subject") if right is not None else (subject, form)
    if cue.form == "base" and form != "coordinate":
        if subject is not None and subject[1] - subject[0] == 1 and tokens[subject[0]].word.endswith("ing"):
            return None  # "while showing support"
        noun = start == i and cue.lemma not in SAME_IN_PAST and form != "relative"
        if subject is None or (noun and is_one(tokens, subject)):
            return None
        if noun and tokens[subject[0]].word.lower() in ("a", "an"):
            return None  # "a reckless remark": one says no plural form
    ambiguous = cue.form in ("base", "present") and cue.lemma != "put" and form != "relative"
    if ambiguous and subject is not None and (is_led_in(tokens, subject[0], i) or is_modifier(tokens, subject, i)):
        reports = i + 1 < len(tokens) and tokens[i + 1].type in "SQ:"  # "32% of racist remarks that": a noun again
        return Clause(i, span, cue.cue_class, cue.lemma, None, "noun") if reports else None
    return Clause(i, span, cue.cue_class, cue.lemma, subject, form)


def _is_quoted_as(tokens: Sequence[Token], i: int) -> bool:
    """ "saying" of "was quoted as saying", which adds nothing to "quoted"."""
    words = [token.word.lower() for token in tokens[max(0, i - _MAX_QUOTED) : i]]
    return "as" in words[-1:] and any(word in _QUOTING for word in words)


def _quoted(tokens: Sequence[Token], i: int) -> Clause | None:
    """ "the agency quoted Kim as saying": the one quoted spoke."""
    words = [token.word.lower() for token in tokens[i + 1 : i + 3]]
    phrase = (i + 1, i + 2) if words == ["her", "as"] else noun_phrase_right(tokens, i + 1)
    if phrase is None or phrase[1] >= len(tokens) or tokens[phrase[1]].word.lower() != "as":
        return None
    end = min(phrase[1] + 1, len(tokens) - 1)
    if tokens[end].type != "V":
        if tokens[i].word.lower().startswith("cit"):
            return None  # "cited the storm as a reason"
        end = phrase[1]
    return Clause(i, Span(tokens[i].start, tokens[end].end), "say", "quote", phrase, "passive")


def _passive(tokens: Sequence[Token], i: int, start: int, span: Span, cue: Cue) -> Clause | None:
    """ "was quoted as saying": the subject spoke. "was called … by Y": the agent did. Else nobody is named."""
    as_ = next((k for k in range(i + 1, min(i + 9, len(tokens))) if tokens[k].word.lower() == "as"), None)
    if (
        cue.lemma in ("quote", "cite", "report")
        and as_ is not None
        and not any(t.type in "QV,." for t in tokens[i + 1 : as_])
    ):
        subject, _ = _subject(tokens, start - 1, [])
        end = tokens[as_ + 1].end if as_ + 1 < len(tokens) and as_ == i + 1 else span.end
        return Clause(i, Span(span.start, end), "say", cue.lemma, subject, "passive")
    for k in range(i + 1, min(i + 12, len(tokens))):
        if tokens[k].word.lower() == "by":
            return Clause(i, span, cue.cue_class, cue.lemma, noun_phrase_right(tokens, k + 1), "passive")
        if tokens[k].type in ".;":
            break
    return Clause(i, span, cue.cue_class, cue.lemma, None, "passive")


def _inherited(tokens: Sequence[Token], i: int, found: list[Clause]) -> tuple[int, int] | None:
    """Subject of a participle or of a second verb: that of the clause before it, else what the sentence is about."""
    after = found[-1].verb if found else 0
    by = i > 0 and tokens[i - 1].word in _LEADING_ON
    made = with_actor(tokens, i, after)
    voiced = i > 0 and tokens[i - 1].type == "," and is_voiced(tokens[i])
    actor = _actor(tokens, i, after) if by or voiced else None
    if made or (actor is not None and (by or tokens[actor[1] - 1].word.endswith("s"))):
        return made or actor
    k = len(found) - 1
    while k >= 0 and (
        (found[k].form == "passive" and k > 0)
        or (tokens[i].type == "K" and found[k].form == "participle" and _is_finite(found[k - 1 : k]))
        or (tokens[i].type == "K" and found[k].form == "according-to")
        or is_aside(tokens, found[k].subject, found[k].verb, i)
        or is_what_they_call(tokens, found[k].subject)
    ):
        k -= 1
    main = main_clause(tokens[:i])
    if k >= 0 and found[k].subject is not None and found[k].form not in ("noun", "passive") and found[k].verb >= main:
        return found[k].subject
    return topic(tokens[:i]) or _actor(tokens, i, after)


def _is_finite(before: Sequence[Clause]) -> bool:
    """Whether a clause stands before a participle that a second verb goes on with: "said, slamming it, and added"."""
    return any(clause.form in ("subject-verb", "coordinate") and clause.subject is not None for clause in before)


def _actor(tokens: Sequence[Token], i: int, after: int) -> tuple[int, int] | None:
    """ "Brenn won by calling", "where 50 sailors gathered, chanting": who acts right before, in a clause that reports
    nothing.
    """
    for k in range(i - 1, after, -1):
        if tokens[k].type in ".;:Q":
            return None
        if tokens[k].type == "A" or (tokens[k].type == "L" and is_finite(tokens, k)):
            subject, form = _subject(tokens, chain_start(tokens, k) - 1, [])
            return subject if form == "subject-verb" else None
    return None


def _subject(tokens: Sequence[Token], k: int, found: list[Clause]) -> tuple[tuple[int, int] | None, Form]:
    """Walk left from the token before a verb group to the subject."""
    if (part := share(tokens, k)) is not None:
        return part, "subject-verb"
    while k >= 0:
        kind, word = tokens[k].type, tokens[k].word.lower()
        if word == "ago" and k > 1:
            k = before_period(tokens, k)
        elif word == "abroad" and k > 0:
            k -= 3 if k > 3 and [token.word for token in tokens[k - 3 : k]] == ["at", "home", "and"] else 0
            k -= 1
        elif kind in "TMY" or (
            kind == "O" and word in ("on", "in", "at") and k + 1 < len(tokens) and tokens[k + 1].type in "TM"
        ):
            if kind == "M" and k > 0 and tokens[k - 1].type in "NRL":
                break
            k -= 1
        elif kind == ")":
            k = opening_bracket(tokens, k) - 1
        elif kind == "K":
            return acting(tokens, k, found[-1].verb if found else k) or _inherited(tokens, k, found), "coordinate"
        elif kind == "Q" and found and found[-1].form == "participle" and found[-1].verb == k - 1:
            return found[-1].subject, "coordinate"
        elif kind == "Q" and k > 2 and tokens[k - 1].type == "D" and tokens[k - 2].word == "in":
            k -= 3  # "Brenn in his “New Year address” called for"
        elif word in _FLOATING and kind == "D" and k > 0 and tokens[k - 1].type in "NRPL":
            k -= 1  # "the Times and the Post each called"
        elif kind == "W" and word == "once" and k > 0 and tokens[k - 1].type in "PNRL":
            k -= 1
        elif (kind == "W" and word in ("who", "which")) or (kind == "S" and is_told_by(tokens, k)):
            k -= 2 if k > 0 and tokens[k - 1].type in ",-" else 1
            phrase = last_of_list(tokens, noun_phrase_left(tokens, k)) if k >= 0 else None
            return (phrase and (outer_head(tokens, phrase) or person_of(tokens, phrase, word))), "relative"
        elif kind == "," and is_within_day(tokens, k):
            k -= 1
        elif kind in ",-":
            if (phrase := before_apposition(tokens, k)) is not None:
                return phrase, "subject-verb"
            return (_inherited(tokens, k, found) if found else topic(tokens[:k])), "coordinate"
        else:
            break
    if k < 0 or tokens[k].type not in "NRLPMDA$":
        return (noun_by_article(tokens, k) or of_marks(tokens, k) if k > 0 else None), "subject-verb"
    phrase = noun_phrase_left(tokens, k)
    if phrase and phrase[0] > 1 and tokens[phrase[0] - 1].word == "in" and tokens[phrase[0]].word in _OWN:
        return _subject(tokens, phrase[0] - 2, found)  # "Brenn in his book said"
    inset = before_inset(tokens, phrase) if phrase else None
    if inset is not None:
        return _subject(tokens, inset, found)
    return (outer_head(tokens, phrase) or both(tokens, phrase)) if phrase else None, "subject-verb"



