"""Introductions: the words before a colon that announce a statement printed without marks, and who makes it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from quotes.lexicon import lexicon
from quotes.records import Article, Candidate, Span
from quotes.stages.block_patterns import (
    FORMULA_NOUNS,
    FORMULA_VERBS,
    FULL_TEXT,
    NO_SPEECH,
    OUTLET_LINE,
    SPEAKER_LINE,
    TEXTS,
)
from quotes.stages.block_reports import announces
from quotes.stages.block_speakers import head, speaker
from quotes.stages.clauses import Clause, clauses, subject_of
from quotes.stages.noun_phrases import noun_phrase_right
from quotes.stages.tokens import Token, narrator_sentences

_TITLED = frozenset(["titled", "entitled", "title", "headlined", "headline"])
_SPOKEN = frozenset(["pledge", "speech", "address"])
"""Texts that are spoken at an occasion, which the narrator goes on to tell of."""
_POSSESSIVE = re.compile(r"['’]s$")


@dataclass(frozen=True, slots=True)
class Introduction:
    """What announces a statement: the cue, who makes it, and what may be expected of its end."""

    cue: Span
    mention: Span | None
    rule: str
    whole: bool
    """Whether the formula announces a text that fills the rest of the article."""
    text_speaks: bool = False
    """Whether an article, an editorial or a statement speaks, which has no ceremony around it to narrate."""
    speaks: bool = True
    """Whether the cue is a verb of saying, and finite or a participle that adds to one."""
    lists: bool = False
    """Whether the words may begin with a number: "solemnly declares as follows: 1. …"."""
    present: bool = False
    """Whether the narrator tells in the present: "the article says"."""


def introduce(
    article: Article, part: Span, candidates: Sequence[Candidate], inside: Sequence[int]
) -> Introduction | None:
    """What the words of ``part``, which end in a colon, announce; None where nobody is about to speak.

    ``inside`` are the marked candidates within ``part``.
    """
    if (line := _speaker_line(article.text, part)) is not None:
        return line
    if (told := _told_before(article, part)) is not None:
        return told
    sentences = list(narrator_sentences(article, part, candidates, inside))
    if not sentences:
        return None
    tokens = sentences[-1]
    if (following := _following(tokens)) is not None:
        return following
    if NO_SPEECH.search(article.text, tokens[0].start, part.end) and not any(t.type == "V" for t in tokens[-6:]):
        return None
    if tokens[-1].type == ".":
        tokens = tokens[:-1]
    reporting = _authorised(tokens) or _headed(tokens) or _reporting(tokens, lexicon(article.lang).language)
    if reporting is not None and reporting.mention is not None:
        return reporting
    return _formula(tokens) or reporting


def _speaker_line(text: str, part: Span) -> Introduction | None:
    """A line of its own: "Ivo Lasker, a miller of Ostrel:", or "The Torch in a signed article observes:"."""
    if (match := SPEAKER_LINE.fullmatch(text, *part)) is not None:
        return Introduction(Span(part.end - 1, part.end), Span(*match.span("name")), "block:speaker-line", False)
    if (match := OUTLET_LINE.fullmatch(text, *part)) is not None:
        cue, mention = Span(*match.span("verb")), Span(*match.span("name"))
        present = match["verb"].endswith("s")
        return Introduction(cue, mention, "block:reported", False, text_speaks=True, present=present)
    return None


def _told_before(article: Article, part: Span) -> Introduction | None:
    """Ivo Lasker made a speech at the harbour. The full text of the speech is as follows:"""
    match = FULL_TEXT.search(article.text, max(part.start, part.end - 80), part.end)
    if match is None or match["noun"] not in FORMULA_NOUNS:
        return None
    cue = Span(match.start(), part.end - 1)
    k = bisect_left(article.paragraphs, part)
    start = article.paragraphs[k - 1].start if k else part.start
    for tokens in reversed(list(narrator_sentences(article, Span(start, match.start()), (), ()))):
        if (formula := _formula(tokens)) is not None:
            return Introduction(cue, formula.mention, "block:formula", True)
    whose = max(match.start("noun") - len("the "), match.start())
    return Introduction(cue, Span(whose, match.end("noun")), "block:formula", True)


def _following(tokens: Sequence[Token]) -> Introduction | None:
    """The following is the full text of X's speech:  …  is the press statement of X:  …  an article issued by X:"""
    words = [token.word.lower() for token in tokens]
    start = next((i for i, pair in enumerate(pairwise(words)) if pair == ("following", "is")), None)
    if start is None:
        return None
    nouns = [i for i in range(start + 2, min(len(words), start + 24)) if words[i] in FORMULA_NOUNS - {"text"}]
    if not nouns:
        return None
    noun, cue = nouns[0], Span(tokens[start].start, tokens[start + 1].end)
    author = _owner(tokens, start + 2, noun) or _author(tokens, noun)
    return Introduction(cue, author, "block:formula", True)


def _owner(tokens: Sequence[Token], first: int, noun: int) -> Span | None:
    """X in "X's important speech" or in "the X commentary"."""
    for i in range(noun - 1, first - 1, -1):
        if _POSSESSIVE.search(tokens[i].word):
            start = i
            while start > first and tokens[start - 1].type in "NRL" and tokens[start - 1].word.lower() != "text":
                start -= 1
            return Span(tokens[start].start, tokens[i].end - 2)
    before = tokens[noun - 1]
    return Span(before.start, before.end) if before.type == "N" and noun > first else None


def _author(tokens: Sequence[Token], noun: int) -> Span | None:
    """X in "the statement of X", "the article … issued by X"."""
    for i in range(noun + 1, len(tokens)):
        if tokens[i].word.lower() == "by" or (i == noun + 1 and tokens[i].word.lower() == "of"):
            phrase = noun_phrase_right(tokens, i + 1)
            return Span(tokens[phrase[0]].start, tokens[phrase[1] - 1].end) if phrase else None
    return None


def _without_title(tail: Sequence[Token]) -> Sequence[Token]:
    """The words behind a verb without the title that ends them: "said in an article titled “…”"."""
    words = [token.word.lower() for token in tail]
    named = [i for i, word in enumerate(words) if word in _TITLED]
    if not named or not any(token.type == "Q" for token in tail[named[0] :]):
        return tail
    texts = [*TEXTS.split("|"), "lecture", "speech", "commentary"]
    return [] if any(word in texts for word in words[: named[0]]) else tail


def _formula(tokens: Sequence[Token]) -> Introduction | None:
    """X released the following press statement […]:"""
    following = next((i for i, token in enumerate(tokens) if token.word.lower() == "following"), len(tokens))
    for i in range(len(tokens) - 1, -1, -1):
        word = tokens[i].word.lower()
        if word not in FORMULA_VERBS or (i > following and _gives(tokens[:following])):
            continue
        rest = [token.word.lower() for token in tokens[i + 1 : i + 14]]
        nouns = FORMULA_NOUNS & {*rest, *(token.word.lower() for token in tokens[max(0, i - 4) : i])}
        if not nouns or (word == "contributed" and rest[:1] == ["to"]):
            continue
        by = i + 1 < len(tokens) and tokens[i + 1].word.lower() == "by"
        passive = i > 0 and tokens[i - 1].word.lower() in ("was", "were", "been")
        subject = noun_phrase_right(tokens, i + 2) if by else _whole_subject(tokens, i)
        if passive and not by:
            subject = None
        mention = Span(tokens[subject[0]].start, tokens[subject[1] - 1].end) if subject else None
        end = tokens[i + 1].end if word == "made" and rest[:1] == ["public"] else tokens[i].end
        return Introduction(Span(tokens[i].start, end), mention, "block:formula", not _SPOKEN & {*rest})
    return None


def _gives(tokens: Sequence[Token]) -> bool:
    """Whether a verb that gives out a text stands right before "the following"."""
    return any(token.word.lower() in FORMULA_VERBS for token in tokens[-4:])


def _whole_subject(tokens: Sequence[Token], verb: int) -> tuple[int, int] | None:
    """Who issues the text: all that stands before the verb where it is one name ("The mission of X at Y"), else the
    subject of the clause."""
    if (leading := head(tokens, verb)) is not None:
        return leading
    end = verb
    while end > 0 and tokens[end - 1].type in "TYM":
        end -= 1
    start = max((i + 1 for i in range(end) if tokens[i].type == "-"), default=0)  # behind the dateline
    before = tokens[start:end]
    if len(before) > 2 and before[0].type in "DNR" and all(token.type in "DNRLOK()V" for token in before):
        chained = any(token.word in ("at", "for", "on", "against") for token in before)
        if chained and sum(token.type in "NR" for token in before) > 1 and before[-1].type in "NRL":
            return start, end
    return subject_of(tokens, verb, clauses(tokens[:verb]))


def _reporting(tokens: Sequence[Token], language: str) -> Introduction | None:
    """He said: / the article says, and goes on: / X told the agency: / the ministry states as follows:"""
    found = clauses(tokens)
    for clause in reversed(found):
        speech = clause.cue_class in ("say", "read", "quote") or clause.lemma in ("go", "continue")
        if not (speech or (clause.lemma in ("speak", "express") and _as_follows(tokens[clause.verb + 1 :][:6]))):
            continue
        if clause.form in ("noun", "according-to"):
            continue
        tail = _without_title(tokens[clause.verb + 1 :])
        if len(tail) > 12 or any(token.type in ".;Q" or token.word.lower() in FORMULA_VERBS for token in tail):
            return None
        if language == "en" and not announces(tokens, clause):
            return None
        subject = speaker(tokens, found, clause) if language == "en" else clause.subject
        mention = Span(tokens[subject[0]].start, tokens[subject[1] - 1].end) if subject else None
        end = tokens[clause.verb + 1].end if clause.lemma == "go" and len(tail) > 1 else clause.cue.end
        text_speaks = subject is not None and _is_text(tokens[subject[0] : subject[1]])
        goes_on = clause.lemma == "go" or clause.lemma == "continue"
        speaks = goes_on or (clause.cue_class == "say" and (clause.form != "participle" or clause.lemma == "add"))
        lists = mention is not None and _as_follows(tail)
        cue = Span(clause.cue.start, end)
        present = _is_present(tokens, clause)
        return Introduction(cue, mention, "block:reported", False, text_speaks, speaks, lists, present)
    return None


def _is_present(tokens: Sequence[Token], last: Clause) -> bool:
    """The tense of the last finite verb of saying: of "says" in "the article says, adding:"."""
    finite = (
        token.cue.form for token in tokens[last.verb :: -1] if token.cue and token.cue.form in ("past", "present")
    )
    return next(finite, "past") == "present"


def _headed(tokens: Sequence[Token]) -> Introduction | None:
    """Chairman Ivo Lasker:  an office and a name, and nothing else."""
    words = tokens[:-1] if tokens[-1].type == ":" else tokens
    if not 3 <= len(words) <= 5 or any(token.type != "N" for token in words[1:]):
        return None
    if lexicon("en").types.get(words[0].word.lower()) != "R":
        return None
    return Introduction(
        Span(tokens[-1].start, tokens[-1].end), Span(words[0].start, words[-1].end), "block:speaker-line", False
    )


def _authorised(tokens: Sequence[Token]) -> Introduction | None:
    """The committee is authorized to solemnly state as follows:"""
    for i in range(1, len(tokens)):
        if tokens[i].word.lower() not in ("authorized", "authorised") or tokens[i - 1].type != "A":
            continue
        verb = next((token for token in tokens[i + 1 : i + 5] if token.type == "V"), None)
        subject = _whole_subject(tokens, i - 1)
        if verb is None or subject is None or not _as_follows(tokens[i:]):
            return None
        mention = Span(tokens[subject[0]].start, tokens[subject[1] - 1].end)
        return Introduction(Span(verb.start, verb.end), mention, "block:reported", True, lists=True)
    return None


def _as_follows(words: Sequence[Token]) -> bool:
    return any(pair[0].word == "as" and pair[1].word == "follows" for pair in pairwise(words))


def _is_text(phrase: Sequence[Token]) -> bool:
    word = phrase[-1].word.lower()
    outlets = {"news", "agency", "tv", "radio", "daily", "website", "homepage", "magazine", "broadcasting"}
    texts = {"it", *TEXTS.split("|")} - {"letter", "message"}
    return word in texts | outlets or phrase[-1].word in ("Sinmun", "Joson")
