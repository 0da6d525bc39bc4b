"""Answers: words right behind a question, told by whom it was put to, or by who spoke before it was asked.

Inside a paragraph words without a clause of their own go on with the speaker before, a question's asker too ("“How
long?” Brenn asked. “We have waited for years.”"): of 37 such places in the training articles one has a second speaker.
They are another's only where the text shows it: the question was put by somebody whose work is asking, or question and
answer stand side by side with nothing between.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from quotes.records import Article, Candidate, Span
from quotes.stages.attribute_plain import CONFIDENCE, asks
from quotes.stages.attribution import Attribution
from quotes.stages.noun_phrases import noun_phrase_right
from quotes.stages.options import mention_span
from quotes.stages.sentences import Sentence
from quotes.stages.tokens import Token

_PUTTING = ("ask", "question", "press", "inquire", "enquire", "query")
_ASKS_WHAT = frozenset("whether if how why what when who where which about".split())
_QUESTIONERS = frozenset(
    "reporter reporters journalist journalists interviewer interviewers moderator moderators questioner host "
    "correspondent correspondents".split()
)
"""Heads of those who ask for the answer's sake and do not go on themselves."""
_FOR_WHOM = ("for", "from", "of", "at", "with")
_PLACED = ("behind", "around", "before")
_NOBODY = Attribution("none:nobody-named", None, None, "say", "answer", 2)
_ASKED = re.compile(r"\w+ to have asked\b")
"""Behind another verb: "claims to have asked"."""
_MAX_REPORT = 5
_MAX_GAP = 4
"""Characters between a question and its answer, the end of a paragraph included."""
_MAX_BESIDE = 2
_SIGHT = 1200
"""Characters before a question in which somebody spoke last whom it is put to."""
_REACH = 12


class Question(NamedTuple):
    """A question that a sentence reports: who asked (None where it is told of, not quoted), to whom it was put."""

    asker: int | None
    mention: Span | None
    addressee: Span | None


def answer(
    article: Article,
    candidates: Sequence[Candidate],
    found: Sequence[Attribution],
    index: int,
    previous: Sentence | None,
) -> Attribution | None:
    """Who answers with the words of ``index``, alone in their sentence, the question in the sentence before.

    None where that is no question, or where its asker may go on: in the same paragraph, unless asking is his work. In
    a paragraph of its own, six of seven such answers in the training articles are another's: nobody's where no one else
    is named.
    """
    if previous is None or not previous.tokens or asks(article, candidates[index]):
        return None
    gap = article.text[previous.tokens[-1].end : candidates[index].outer.start]
    question = _question(article, candidates, found, previous)
    if question is None or gap.strip() or len(gap) > _MAX_GAP:
        return None
    if question.asker is not None and "\n" not in gap and not _asks_for_a_living(article, question.mention):
        return None
    if question.addressee is not None:
        confidence = CONFIDENCE["answer"]
        return Attribution("answer", None, question.addressee, "say", "answer", 2, confidence=confidence)
    earlier = None if question.asker is None else _other(article, candidates, found, question.asker)
    return _NOBODY if earlier is None else _taken_over(found, earlier)


def exchanged(
    article: Article, candidates: Sequence[Candidate], found: Sequence[Attribution], index: int
) -> Attribution | None:
    """A question and an answer side by side behind those of two who are named, all in one paragraph.

    "“Why?” Brenn asked. “Rust,” Tolan said. “Who is to pay?” “The ministry.”"
    """
    if asks(article, candidates[index]):
        following = index + 1
        if following == len(candidates) or not _beside(article, candidates, index):
            return None
        return None if asks(article, candidates[following]) else _asker_before(article, candidates, found, index)
    if index < 1 or found[index - 1].rule != "exchange" or not _beside(article, candidates, index - 1):
        return None
    return _asker_before(article, candidates, found, index - 1, answers=True)


def _asker_before(
    article: Article,
    candidates: Sequence[Candidate],
    found: Sequence[Attribution],
    index: int,
    *,
    answers: bool = False,
) -> Attribution | None:
    """Takes over the asker, or who answered, of the question and answer right before ``index``."""
    asked, replied = index - 2, index - 1
    if asked < 0 or not asks(article, candidates[asked]) or asks(article, candidates[replied]):
        return None
    if len({candidates[k].parent for k in (asked, replied, index)}) > 1:
        return None
    mentions = [found[k].mention for k in (asked, replied)]
    if None in mentions or len({_words(article, mention) for mention in mentions}) < len(mentions):
        return None
    if "\n" in article.text[candidates[asked].outer.start : candidates[index].outer.end]:
        return None
    return _taken_over(found, replied if answers else asked)._replace(rule="exchange")


def _taken_over(found: Sequence[Attribution], earlier: int) -> Attribution:
    confidence = min(CONFIDENCE["answer"], found[earlier].confidence)
    return found[earlier]._replace(rule="answer", cue=None, follows=earlier, distance=2, confidence=confidence)


def _question(
    article: Article, candidates: Sequence[Candidate], found: Sequence[Attribution], previous: Sentence
) -> Question | None:
    """The question in a sentence: between marks, or told of ("asked Brenn whether …")."""
    tokens = previous.tokens
    if not previous.quotations:
        return _told_of(tokens, previous)
    asker = tokens[previous.quotations[-1]].candidate
    if asker is None or not asks(article, candidates[asker]):
        return None
    link = found[asker]
    verb = None if link.mention is None else _asking(tokens, link)
    return None if verb is None else Question(asker, link.mention, _put_to(tokens, verb))


def _asking(tokens: Sequence[Token], link: Attribution) -> int | None:
    """The verb (a token index) with which somebody asks what stands beside it."""
    if link.rule not in _PLACED or link.cue is None:
        return None
    verb = next((i for i, token in enumerate(tokens) if token.start == link.cue.start), None)
    if verb is None or link.lemma in _PUTTING:
        return verb
    return verb if _ASKED.match(" ".join(token.word for token in tokens[verb : verb + _MAX_REPORT])) else None


def _told_of(tokens: Sequence[Token], previous: Sentence) -> Question | None:
    """ "The Post asked Minister Brenn whether …": to whom a question that is only told of was put."""
    for clause in previous.clauses:
        if clause.lemma not in _PUTTING or clause.form in ("passive", "participle", "noun", "relative"):
            continue
        addressee = _put_to(tokens, clause.verb)
        behind = next((token for token in tokens if addressee is not None and token.start >= addressee.end), None)
        if behind is not None and behind.word.lower() in _ASKS_WHAT:
            return Question(None, None, addressee)
    return None


def _put_to(tokens: Sequence[Token], verb: int) -> Span | None:
    """The one person behind a verb of asking: by name, by office, or by "him" or "her"."""
    first = tokens[verb + 1] if verb + 1 < len(tokens) else None
    alone = verb + 2 >= len(tokens) or tokens[verb + 2].type not in "LNRM"
    if first is not None and first.word in ("him", "her") and alone:
        return Span(first.start, first.end)
    phrase = noun_phrase_right(tokens, verb + 1)
    if phrase is None:
        return None
    words = tokens[phrase[0] : phrase[1]]
    is_named = any(token.type == "N" for token in words)
    is_one = any(token.type == "R" and not token.word.endswith("s") for token in words)
    return mention_span(tokens, phrase) if is_named or is_one else None


def _other(
    article: Article, candidates: Sequence[Candidate], found: Sequence[Attribution], asker: int
) -> int | None:
    """Whoever spoke last before a question, in the same paragraph, and did not ask it."""
    asked = candidates[asker].outer.start
    start = max(article.text.rfind("\n", max(0, asked - _SIGHT), asked), asked - _SIGHT)
    for k in range(asker - 1, max(-1, asker - _REACH), -1):
        if candidates[k].outer.start < start:
            return None
        if candidates[k].parent == candidates[asker].parent and found[k].mention is not None:
            return k if _words(article, found[k].mention) != _words(article, found[asker].mention) else None
    return None


def _asks_for_a_living(article: Article, mention: Span | None) -> bool:
    """ "A reporter", "one journalist from the Post"; a host who is named may go on."""
    words = _words(article, mention).split()
    places = [i for i, word in enumerate(words) if word in _QUESTIONERS]
    return bool(places) and (places[0] == len(words) - 1 or words[places[0] + 1] in _FOR_WHOM)


def _beside(article: Article, candidates: Sequence[Candidate], index: int) -> bool:
    """Whether nothing but a space parts the words from the ones behind them."""
    following = candidates[index + 1]
    gap = article.text[candidates[index].outer.end : following.outer.start]
    return candidates[index].parent == following.parent and not gap.strip(" \xa0") and len(gap) <= _MAX_BESIDE


def _words(article: Article, mention: Span | None) -> str:
    return "" if mention is None else article.text[slice(*mention)].lower()
