"""Turns: lines of a conversation that nobody is named beside, told by who asked and who answered before."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.lexicon import WORDS
from quotes.records import Article, Candidate
from quotes.stages.attribute_plain import asks
from quotes.stages.attribution import Attribution

_ASKING = ("ask", "question", "wonder", "demand", "press")
_ANSWERING = ("answer", "reply", "respond", "retort", "counter", "return")
_LED_IN = ("before", "introduced", "speaker-line")
_MAX_GAP = 200
_MAX_LINE = 12
"""Words of a line in a quick exchange, at most."""
_REACH = 12


def turn(article: Article, candidates: Sequence[Candidate], found: Sequence[Attribution], index: int) -> int | None:
    """The candidate whose speaker has the words of ``index``, which fill a paragraph; None where that stays open.

    Two people speak in the paragraphs before. An answer to a question is by the one who did not ask it; another
    question behind an answer by the one who asked before; and short lines behind a reply take turns. Longer words go on
    with the speaker before, as elsewhere in the press.
    """
    before = _line_before(article, candidates, index)
    earlier = _line_before(article, candidates, before[0]) if before else []
    if not before or not earlier:
        return None
    last, first = _speaker(found, before), _speaker(found, earlier)
    if not all(_is_line(article, candidates[line[0]], found[line[0]]) for line in (before, earlier)):
        return None
    if last is None or first is None or not _are_two(article, found[first], found[last]):
        return None
    if asks(article, candidates[before[-1]]):
        return first
    if asks(article, candidates[index]) and asks(article, candidates[earlier[-1]]):
        return first
    is_reply = asks(article, candidates[earlier[-1]]) or found[last].lemma in _ANSWERING or found[last].rule == "turn"
    return first if is_reply and all(_is_short(article, candidates[k]) for k in (*earlier, *before, index)) else None


def _line_before(article: Article, candidates: Sequence[Candidate], index: int) -> list[int]:
    """The candidates of the paragraph right before that of ``index``, none where something else stands between."""
    parent, line, follower = candidates[index].parent, list[int](), index
    for k in range(index - 1, max(-1, index - _REACH), -1):
        if candidates[k].parent != parent:
            continue
        gap = article.text[candidates[k].outer.end : candidates[follower].outer.start]
        if len(gap) > _MAX_GAP or gap.count("\n") > 2 or (line and "\n" in gap) or (not line and "\n" not in gap):
            break
        line.insert(0, k)
        follower = k
    return line


def _speaker(found: Sequence[Attribution], line: Sequence[int]) -> int | None:
    return next((k for k in line if found[k].mention is not None), None)


def _is_line(article: Article, candidate: Candidate, attribution: Attribution) -> bool:
    """Whether somebody speaks in the paragraph: it begins with the words, or with a clause that leads them in."""
    start = candidate.outer.start
    return article.text[max(0, start - 1) : start] in ("", "\n") or attribution.rule in _LED_IN


def _are_two(article: Article, first: Attribution, last: Attribution) -> bool:
    """Whether two people are meant: by two names, or by a question and its answer where one is a pronoun."""
    if first.mention is None or last.mention is None:
        return False
    names = [article.text[mention.start : mention.end].lower() for mention in (first.mention, last.mention)]
    if names[0] == names[1]:
        return False
    replies = first.lemma in _ASKING or last.lemma in _ANSWERING
    return replies or not any(name in WORDS["pronoun"] for name in names)


def _is_short(article: Article, candidate: Candidate) -> bool:
    return len(article.text[candidate.span.start : candidate.span.end].split()) <= _MAX_LINE
