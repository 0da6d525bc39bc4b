"""Options: everybody whom the text around a quotation offers as its speaker, each described by its features.

The rules of `quotes.stages.attribute` decide the plain cases; for the rest the ranker (`quotes.stages.rank`) weighs
these options against one another and against nobody. A feature is a short string; what it is worth was learnt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from quotes.lexicon import WORDS, CueClass
from quotes.records import Article, Candidate, Span
from quotes.stages.clauses import Clause
from quotes.stages.clauses_shapes import is_aside
from quotes.stages.noun_phrases import COPULA, noun_phrase_right, topic
from quotes.stages.options_agents import Agent, agents
from quotes.stages.quoted_words import quoted_words
from quotes.stages.sentences import Sentence
from quotes.stages.tokens import POSSESSIVE, POSSESSIVES, Token

_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|us|me|[Yy]ou|[Yy]our)\b")
_MAX_CLAUSES = 8
_MAX_LABEL = 9
_MAX_CREDIT = 5
_PIECES = frozenset(["article", "commentary", "editorial"])
"""In what a paper says something: "says the Post Monday in a bylined commentary"."""
_STOP = 2
"""Which of the features of the words tells with what mark they end."""


class Option(NamedTuple):
    """One possible speaker. ``rule`` names the relation; ``follows`` the candidate whose speaker it would take over."""

    rule: str
    cue: Span | None
    mention: Span | None
    cue_class: CueClass | None
    lemma: str | None
    distance: int
    features: tuple[str, ...]
    follows: int | None = None


def describe(article: Article, sentence: Sentence, place: int, candidate: Candidate) -> tuple[str, ...]:
    """Features of the words and of their place in the sentence, whoever spoke."""
    text = article.text
    inner = text[candidate.span.start : candidate.span.end]
    words = quoted_words(inner)
    tokens = sentence.tokens
    before = tokens[place - 1] if place else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    shape, count, last = f"shape={_shape(words)}", f"words={_bucket(len(words))}", inner[-1:]
    left = _word(before)
    features = [
        count,
        shape,
        f"stop={last if last in ',.!?' else ''}",
        f"before={left}",
        f"before-type={''.join([token.type for token in tokens[max(0, place - 2) : place]])}",
        f"after={_word(after)}",
        f"alone={sentence.alone}",
        f"nested={candidate.parent is not None}",
        f"{shape}&before={left}",
        f"{shape}&{count}",
        f"{shape}&clauses={min(len(sentence.clauses), 2)}",
        f"before-words={_word(tokens[place - 2] if place > 1 else None)}_{left}",
    ]
    if _PERSON.search(inner):
        features.append("person")
    if candidate.rule.startswith("single"):
        features.append("single")
    features += _nearest(sentence, place)
    if not sentence.clauses:
        features.append("no-clause")
    return tuple(features)


def _nearest(sentence: Sentence, place: int) -> Iterator[str]:
    """The nearest clause on each side: its class and how far its cue is."""
    left = next((clause for clause in reversed(sentence.clauses) if clause.verb < place), None)
    right = next((clause for clause in sentence.clauses if clause.verb > place), None)
    for side, clause in (("left", left), ("right", right)):
        if clause is None:
            yield f"no-clause-{side}"
            continue
        distance = _bucket(abs(clause.verb - place))
        yield f"near-{side}={clause.cue_class}"
        yield f"near-{side}={clause.cue_class}&{distance}"
        yield f"near-{side}={clause.lemma}"


def _word(token: Token | None) -> str:
    """A neighbouring word, names by their type and whether they own what follows."""
    if token is None:
        return "^"
    if token.type in "NQM":
        return token.type + ("'s" if token.word.endswith(POSSESSIVES) else "")
    return token.word.lower()


def _head(token: Token) -> str:
    """The last word of a phrase: pronouns themselves, of others the type."""
    return token.word.lower() if token.type == "P" else token.type


def _shape(words: Sequence[str]) -> str:
    """How the words are capitalised: as a title, a sentence, a name, a fragment, or all in capitals."""
    if not words:
        return "none"
    longer = [word for word in words if len(word) > 3]
    if len(words) > 1 and all(word.isupper() for word in words):
        return "capitals"
    if len(longer) > 1 and sum(word[0].isupper() for word in longer) >= 0.8 * len(longer):
        return "title"
    if words[0][0].isupper():
        return "name" if len(words) < 3 else "sentence"
    return "digits" if words[0][0].isdigit() else "fragment"


def in_sentence(sentence: Sentence, place: int, about: tuple[str, ...]) -> Iterator[Option]:
    """The subjects of the clauses of the sentence, nearest first on each side, and what the sentence is about."""
    tokens = sentence.tokens
    speaking = [clause for clause in sentence.clauses if clause.subject]
    inner = [clause for clause in speaking if not (_is_credit(tokens, clause) or _is_in_piece(tokens, clause))]
    speaking = inner or speaking
    left = [clause for clause in reversed(speaking) if clause.verb < place and not _is_aside(sentence, clause, place)]
    left = left[:_MAX_CLAUSES]
    right = [clause for clause in speaking if clause.verb > place][:_MAX_CLAUSES]
    for side, group in (("left", left), ("right", right)):
        for rank, clause in enumerate(group):
            yield _clause_option(sentence, place, clause, side, rank, about)
    subject = topic(sentence.tokens[:place])
    if subject is not None and (is_expletive(sentence.tokens, subject) or _is_described(sentence, subject)):
        subject = None
    if subject is not None and not any(clause.subject == subject for clause in sentence.clauses):
        yield _topic_option(sentence, place, subject, about)
    if (label := _label(sentence, place, about)) is not None:
        yield label
    for rank, agent in enumerate(agents(sentence.tokens, place, sentence.clauses)):
        if not any(clause.subject == agent.subject for clause in speaking):
            yield _agent_option(sentence, place, agent, rank, about)


def _label(sentence: Sentence, place: int, about: tuple[str, ...]) -> Option | None:
    """ "Brenn: The port is 'safe'": whom a sentence names before its colon."""
    tokens = sentence.tokens
    colon = next((k for k in range(1, min(place, _MAX_LABEL)) if tokens[k].type == ":"), None)
    phrase = noun_phrase_right(tokens, 0) if colon is not None and colon < place - 1 else None
    if colon is None or phrase != (0, colon) or not any(token.type in "NR" for token in tokens[:colon]):
        return None
    features = ("label", *(f"label&{feature}" for feature in about))
    return Option("label", None, mention_span(tokens, (0, colon)), "say", None, place - colon, features)


def _is_aside(sentence: Sentence, clause: Clause, place: int) -> bool:
    return is_aside(sentence.tokens, clause.subject, clause.verb, place)


def is_expletive(tokens: Sequence[Token], subject: tuple[int, int]) -> bool:
    """ "It is a shame that …"; "as Brenn put it, …"."""
    if subject[0] and tokens[subject[0] - 1].type == "V":
        return True
    following = tokens[subject[1]].word.lower() if subject[1] < len(tokens) else ""
    return tokens[subject[0]].word.lower() == "it" and following in COPULA


def _is_described(sentence: Sentence, subject: tuple[int, int]) -> bool:
    """ "Brenn was called a “fox”": of whom nobody in particular says so, who did not say it himself."""
    verb = next((k for k in range(subject[1], len(sentence.tokens)) if sentence.tokens[k].type not in "AY"), -1)
    return verb > subject[1] and any(
        clause.verb == verb and clause.form == "passive" and clause.subject is None for clause in sentence.clauses
    )


def is_credited(sentence: Sentence) -> bool:
    """Whether the sentence says which outlet it has all this from."""
    return any(_is_credit(sentence.tokens, clause) for clause in sentence.clauses)


def _is_credit(tokens: Sequence[Token], clause: Clause) -> bool:
    """ "according to the agency", "the paper reported": who carried the words, where somebody else is there to have
    said them."""
    if clause.subject is None:
        return False
    if clause.lemma == "report" and clause.form in ("subject-verb", "verb-subject"):
        return True
    if clause.form != "according-to":
        return False
    words = (token.word.lower() for token in tokens[clause.subject[0] : clause.subject[1]])
    return any(word in WORDS["outlet"] for word in words)


def _is_in_piece(tokens: Sequence[Token], clause: Clause) -> bool:
    """ "…, says the Post Monday in a bylined commentary": the paper tells what others say."""
    if clause.subject is None or clause.form != "verb-subject" or clause.lemma != "say":
        return False
    behind = [token.word for token in tokens[clause.subject[1] : clause.subject[1] + _MAX_CREDIT]]
    return "in" in behind and any(word in _PIECES for word in behind)


def from_elsewhere(
    rule: str, mention: Span, clause: Clause | None, gap: str, about: tuple[str, ...], follows: int | None = None
) -> Option:
    """A speaker from outside the sentence: the one before, or whoever the sentence before is about.

    ``gap`` is the text between them; ``follows`` the candidate whose speaker this is.
    """
    paragraph = "\n" in gap
    features = [f"rule={rule}", f"{rule}&paragraph={paragraph}"]
    features += _joined(rule, about)
    if clause is not None:
        features += (f"{rule}&class={clause.cue_class}", f"{rule}&form={clause.form}")
    return Option(
        rule,
        None,
        mention,
        clause.cue_class if clause else "say",
        clause.lemma if clause else None,
        3,
        tuple(features),
        follows,
    )


def _clause_option(
    sentence: Sentence, place: int, clause: Clause, side: str, rank: int, about: tuple[str, ...]
) -> Option:
    tokens = sentence.tokens
    assert clause.subject is not None
    low, high = sorted((clause.verb, place))
    between = tokens[low + 1 : high]
    types = "".join([token.type for token in between])
    head = tokens[clause.subject[1] - 1]
    first = clause.subject[0]
    features = [
        f"side={side}",
        f"{side}&rank={min(rank, 3)}",
        f"{side}&class={clause.cue_class}",
        f"{side}&lemma={clause.lemma}",
        f"{side}&form={clause.form}",
        f"{side}&class={clause.cue_class}&form={clause.form}",
        f"{side}&distance={_bucket(len(between))}",
        f"{side}&rank={min(rank, 3)}&class={clause.cue_class}",
        f"{side}&verbs={min(types.count('V'), 3)}",
        f"{side}&quotations={min(types.count('Q'), 3)}",
        f"{side}&commas={min(types.count(','), 3)}",
        f"{side}&that={'S' in types}",
        f"{side}&relative={'W' in types}",
        f"{side}&head={_head(head)}",
        f"{side}&led-in={tokens[first - 1].type if first else '^'}",
        f"{side}&opens={_word(tokens[min(first, clause.verb) - 1]) if min(first, clause.verb) else '^'}",
        f"{side}&behind={tokens[clause.verb + 1].type if clause.verb + 1 < len(tokens) else '^'}",
        f"{side}&between={types if len(types) <= 4 else types[:2] + '~' + types[-2:]}",
        f"{side}&{about[_STOP]}",
        f"{side}&{about[_STOP]}&between={types if len(types) <= 2 else '~'}&form={clause.form}",
    ]
    features += _joined("clause", about)
    features += _joined(str(clause.cue_class), about[:6])
    return Option(
        side,
        clause.cue,
        mention_span(tokens, clause.subject),
        clause.cue_class,
        clause.lemma,
        abs(clause.verb - place),
        tuple(features),
    )


def _topic_option(sentence: Sentence, place: int, subject: tuple[int, int], about: tuple[str, ...]) -> Option:
    tokens = sentence.tokens
    following = next((token for token in tokens[subject[1] :] if token.type in "LAVY"), None)
    head = tokens[subject[1] - 1]
    between = tokens[subject[1] : place]
    features = [
        "topic",
        f"topic&head={_head(head)}",
        f"topic&verb={following.word.lower() if following else ''}",
        f"topic&clauses={min(len(sentence.clauses), 3)}",
        f"topic&distance={_bucket(len(between))}",
        f"topic&verbs={min(sum(token.type == 'V' for token in between), 3)}",
    ]
    features += _joined("topic", about)
    return Option("topic", None, mention_span(tokens, subject), None, None, len(between), tuple(features))


def _agent_option(sentence: Sentence, place: int, agent: Agent, rank: int, about: tuple[str, ...]) -> Option:
    tokens = sentence.tokens
    low, high = sorted((agent.verb, place))
    between = tokens[low + 1 : high]
    types = "".join([token.type for token in between])
    side = "agent" if agent.verb < place else "agent-right"
    first = agent.subject[0]
    features = [
        side,
        f"{side}&rank={rank}",
        f"{side}&verb={tokens[agent.verb].word}",
        f"{side}&head={_head(tokens[agent.subject[1] - 1])}",
        f"{side}&clauses={min(len(sentence.clauses), 3)}",
        f"{side}&distance={_bucket(len(between))}",
        f"{side}&verbs={min(types.count('V'), 3)}",
        f"{side}&led-in={tokens[first - 1].type if first else '^'}",
        f"{side}&between={types if len(types) <= 4 else types[:2] + '~' + types[-2:]}",
    ]
    features += _joined(side, about)
    return Option(side, None, mention_span(tokens, agent.subject), None, None, len(between), tuple(features))


def mention_span(tokens: Sequence[Token], phrase: tuple[int, int]) -> Span:
    """Characters of a phrase (token indices, half-open), a possessive ending apart."""
    last = tokens[phrase[1] - 1]
    stop = last.end
    if last.word.endswith(POSSESSIVE):
        stop -= 2
    elif last.word.endswith(("'", "’")):
        stop -= 1
    return Span(tokens[phrase[0]].start, stop)


@lru_cache(maxsize=64)
def _joined(what: str, about: tuple[str, ...]) -> tuple[str, ...]:
    """Features of the words, each with what is weighed; the same for every clause beside them."""
    return tuple(f"{what}&{feature}" for feature in about)


_BUCKETS = ("0", "1", "2", "3", "5", "5", *["8"] * 3, *["13"] * 5, *["21"] * 8)


def _bucket(count: int) -> str:
    """The least of 0, 1, 2, 3, 5, 8, 13 and 21 that is not smaller."""
    return _BUCKETS[count] if count < len(_BUCKETS) else "more"
