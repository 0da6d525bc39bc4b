"""Judge: decide which candidates somebody is reported to have said, and of what kind they are.

What nobody said is rejected with its reason: ``title`` (a work, law, event or statement that the words name), ``term``
(a name that the marks only introduce), ``slogan`` (words on no one's lips), ``scare`` (irony, sneer, distance).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from quotes.records import Article, Candidate, Quotation, Reason, Rejection, Span
from quotes.stages import kinds
from quotes.stages.attribution import Attribution
from quotes.stages.block import Statement
from quotes.stages.judge_inside import FIRST_PERSON, inside_statements, is_speakers_own
from quotes.stages.judge_patterns import (
    DISTANCE,
    ENTRY_BEHIND,
    FOLLOWING_WORK,
    HELD,
    NAMED_THING,
    PROVERB,
    SHOWN,
    SLOGAN,
    SLOGAN_OF,
    TERM,
    TERM_BEHIND,
    UNDER_A_THEME,
    UTTERED,
    WRITTEN,
    bears_a_name,
    fills_a_place,
    is_capitalised,
    is_decided,
    is_idle,
    is_name,
    is_named_so,
    is_report,
    names_a_work,
    stands_as_name,
)
from quotes.stages.judge_reported import is_reported_fragment
from quotes.stages.judge_works import is_heading, is_nickname, is_written_as_name, told_by_neighbours
from quotes.stages.quoted_words import quoted_words

_EAST_ASIAN = ("japanese-particle", "korean-particle", "chinese-verb")
_SPEECH = ("behind", "around", "introduced", "goes-on", "speaker-line", "caption", "turn", "headline")
_MIN_UNNAMED = 3
_LONG_TITLE = 4
"""Words, all written as a name, from which a title is likelier than speech in a sneering narrator's sentence."""
_NEAR = 60
"""Characters between a subject and its verb, at most, in which a reason is looked for that it means nobody."""


def judge(
    article: Article,
    candidates: Sequence[Candidate],
    attributions: Sequence[Attribution],
    statements: Sequence[Statement],
    *,
    state_voice: bool,
) -> tuple[list[Quotation], list[Rejection]]:
    """Quotations and rejections, each sorted by position; every candidate ends in exactly one of them.

    ``state_voice`` says that the narrator is an organ of a state, whose marks around single words are its own
    sneers far more often than anyone's speech.
    """
    kept: list[tuple[Span, int | None, Quotation]] = []
    rejected: list[Rejection] = []
    lost: dict[int | None, tuple[Reason, str]] = {}
    inside = inside_statements(candidates, statements)
    for i, (candidate, attribution) in enumerate(zip(candidates, attributions, strict=True)):
        around = inside[i]
        sneers = state_voice or (around is not None and is_speakers_own(article.text, candidate, attribution, around))
        outer = None if candidate.parent is None else (candidates[candidate.parent], attributions[candidate.parent])
        weighed = state_voice and article.lang == "en"
        verdict = _rejection(article, candidates, candidate, attribution, outer, sneers, weighed)
        if verdict is None and attribution.rule == "series" and attribution.follows in lost:
            verdict = lost[attribution.follows]
        if verdict is None and i - 1 in lost and attribution.mention is None:
            verdict = lost[i - 1] if _is_listed(article.text, candidates[i - 1 : i + 1]) else None
        if verdict is not None:
            lost[i] = verdict
            rejected.append(Rejection(candidate.span, candidate.outer, verdict[0], f"{candidate.rule}/{verdict[1]}"))
            continue
        kept.append((candidate.outer, i, _quotation(article, candidate, attribution)))
    marked = {outer.start: outer.end for outer, _, _ in kept}
    for statement in statements:
        # Words that only their closing mark shows are read as marked.
        if marked.get(statement.span.start, -1) < statement.span.end:
            kept.append((statement.span, None, _block(statement)))
    kept.sort(key=lambda entry: (entry[0].start, -entry[0].end))
    return _relink(kept, attributions, statements), rejected


def _is_listed(text: str, pair: Sequence[Candidate]) -> bool:
    """Whether marked words stand right behind others in a row: "articles “…”, “…” and “…”"."""
    return text[pair[0].outer.end : pair[1].outer.start] in (", ", " and ", ", and ")


def _rejection(
    article: Article,
    candidates: Sequence[Candidate],
    candidate: Candidate,
    attribution: Attribution,
    outer: tuple[Candidate, Attribution] | None,
    sneers: bool,
    weighed: bool,
) -> tuple[Reason, str] | None:
    """Reason and rule where nobody is reported to have said the words, else None; ``outer`` are words around them.

    ``sneers`` are expected of the narrator; where it was ``weighed`` with that in mind whether anybody said the words,
    no rule asks again.
    """
    text, span = article.text, candidate.span
    words = quoted_words(text[slice(*span)])
    if not words:
        return "empty", "no-words"
    before = text[max(0, candidate.outer.start - 60) : candidate.outer.start].replace("\n", " ")
    spoken = not attribution.rule.startswith("none:") and not _says_nobody(text, attribution)
    direct_speech = spoken and attribution.rule in (*_SPEECH, *_EAST_ASIAN)
    if before.endswith("="):
        return "term", "markup"
    if outer is not None and not (spoken and _is_nested_report(text, *outer, attribution)):
        return "nested", "inside-speech"
    if attribution.lemma == "sing" and (is_capitalised(words) or is_name(words)):
        return "title", "song"
    listed = attribution.rule == "speaker-line" and not _is_in_headline(article, candidate)
    if listed and text[span.end - 1] not in ",.!?…" and (
        is_capitalised(words) or (words[0][0].isupper() and ENTRY_BEHIND.match(text, candidate.outer.end))
    ):
        return "title", "list-entry"
    name_behind = _is_name_behind(text, candidate, words, before, attribution)
    if is_heading(article, candidates, candidate):
        return "title", "heading"
    work = told_by_neighbours(text, candidate, attribution, words, before)
    if work is not None and not (name_behind and work[1] == "on-air"):
        return work
    named = _is_named(article, candidate, words, before)
    if (
        direct_speech
        and attribution.cue_class != "title"
        and not (attribution.rule == "behind" and is_written_as_name(words) and (names_a_work(before, words) or named))
        and not (attribution.rule == "behind" and UNDER_A_THEME.search(before))
        and not name_behind
    ):
        return None
    if DISTANCE.search(before):
        return "scare", "distance"
    if sneers and is_named_so(before, words, text[candidate.outer.end : candidate.outer.end + 12]):
        return "term", "named-so"
    if name_behind:
        return "term", "named-thing"
    if NAMED_THING.search(before) and len(words) <= 4 and all(word[0].isupper() or word[0].isdigit() for word in words):
        return "term", "named-thing"
    if (
        names_a_work(before, words)
        and not (attribution.lemma == "call" and attribution.distance <= 4)
        and not (attribution.cue_class == "say" and attribution.distance <= 1)
    ):
        return "title", "named-work"
    if is_decided(before, words) or (named and not _is_calling(attribution)):
        return "title", "stands-as-name"
    if sneers and len(words) >= _LONG_TITLE and is_name(words) and not _is_calling(attribution):
        return "title", "written-as-title"
    if _is_on_no_lips(before, attribution, sneers, _stands_alone(text, candidate, words)):
        return "slogan", "slogan-on-no-lips"
    after = text[candidate.outer.end : candidate.outer.end + 60]
    if TERM_BEHIND.match(after):
        return "term", "explained"
    if (borne := bears_a_name(before, after)) is not None:
        return borne, "bears-a-name"
    if not spoken:
        if UTTERED.search(before):
            return None
        if _stands_alone(text, candidate, words) and not fills_a_place(before):
            return None
        if not sneers and (_is_unnamed(candidate, attribution, words) or _answers(article, candidates, candidate)):
            return None
        return _why(before, article, candidate, words), attribution.rule.removeprefix("none:")
    if sneers and not weighed and not is_reported_fragment(text, candidate, attribution, words):
        return _why(before, article, candidate, words), "narrators-own"
    if attribution.cue_class in ("title", "hold") and not _stands_alone(text, candidate, words):
        return _why(before, article, candidate, words), "no-report-of-words"
    return None


def _is_in_headline(article: Article, candidate: Candidate) -> bool:
    parts = article.paragraphs
    return len(parts) != 1 and (not parts or candidate.outer.end <= parts[0].end)


def _is_named(article: Article, candidate: Candidate, words: Sequence[str], before: str) -> bool:
    """Whether the words stand where only a name can, outside the headline, in whose style every word is a name."""
    if _is_in_headline(article, candidate):
        return False
    after = article.text[candidate.outer.end : candidate.outer.end + 40]
    return article.text[candidate.span.end - 1] not in "!?" and stands_as_name(before, words, after)


def _is_name_behind(
    text: str, candidate: Candidate, words: Sequence[str], before: str, attribution: Attribution
) -> bool:
    """A name that fills a place in what stands before the clause: "seeing the sign of the “Lantern”, he said"."""
    if attribution.rule != "behind" or text[candidate.span.end - 1] in ",.!?…":
        return False
    return is_name(words) and (fills_a_place(before) or before.rstrip(" ")[-1:].isalpha())


def _is_on_no_lips(before: str, attribution: Attribution, sneers: bool, whole: bool) -> bool:
    """Whether the words are named as a watchword, or shown on something, and nobody calls, writes or holds them up.

    A ``whole`` sentence that a notice or a verse "reads" is no watchword.
    """
    if PROVERB.search(before):
        return True
    if attribution.mention is not None and attribution.cue_class == "say" and attribution.distance <= 1:
        return False
    if UTTERED.search(before):
        return False  # "shouting the slogan “…”": it is on somebody's lips
    if SLOGAN.search(before) or SLOGAN_OF.search(before):
        return True
    shown = SHOWN.search(before)
    if shown is None or sneers:
        return shown is not None
    if whole or HELD.search(before):
        return False
    by_somebody = attribution.cue is not None and (attribution.cue_class != "read" or WRITTEN.search(before))
    return not by_somebody and "chant" not in shown[0].lower()


def _says_nobody(text: str, attribution: Attribution) -> bool:
    """Whether the subject of the cue is an "it" that means nobody."""
    mention, cue = attribution.mention, attribution.cue
    if mention is None or cue is None or not mention.end <= cue.start <= mention.end + _NEAR:
        return False
    return is_idle(text[mention.start : cue.start].rstrip().lower())


def _is_calling(attribution: Attribution) -> bool:
    """A cue right before the words that calls somebody so, or says them."""
    near = 4 if attribution.cue_class in ("evaluate", "attack") else 1
    return attribution.cue is not None and attribution.distance <= near


def _is_nested_report(text: str, outer: Candidate, around: Attribution, attribution: Attribution) -> bool:
    """Words inside words: kept where the outer ones are themselves a report (an outlet's text), or name the speaker.

    Whom somebody quotes as he speaks, or in the first person ("and he said, …"), is part of his own story.
    """
    if attribution.cue_class not in ("say", "evaluate", "quote") or attribution.mention is None:
        return False
    written = around.mention is not None and is_report(quoted_words(text[slice(*around.mention)]))
    reports = around.lemma in ("report", "read") or written
    if around.rule in _SPEECH and not reports:
        return False
    named = any(word[0].isupper() and word != "I" for word in quoted_words(text[slice(*attribution.mention)])[-1:])
    return named or not FIRST_PERSON.search(text, *outer.span)


def _stands_alone(text: str, candidate: Candidate, words: Sequence[str]) -> bool:
    """Speech by its form, though nobody is named: a sentence of its own, long enough not to be a name."""
    inner = text[candidate.span.start : candidate.span.end]
    whole = inner[:1].isupper() and inner.rstrip("’'\"”")[-1:] in ",.!?…"
    return len(words) >= 6 and whole and not is_capitalised(words)


def _is_unnamed(candidate: Candidate, attribution: Attribution, words: Sequence[str]) -> bool:
    """Several words between marks of a pair that are likely to be somebody's, whom the text does not name."""
    whole = not candidate.rule.endswith(("no-closer", "no-opener"))
    return attribution.rule == "none:nobody-named" and whole and len(words) >= _MIN_UNNAMED


def _answers(article: Article, candidates: Sequence[Candidate], candidate: Candidate) -> bool:
    """A line of a conversation: a paragraph of its own, a sentence by its form, next to another such paragraph."""
    words = quoted_words(article.text[slice(*candidate.span)])
    if not _fills_paragraph(article.text, candidate) or (len(words) > 1 and is_name(words)):
        return False
    k = bisect_left(candidates, candidate.outer.start, key=lambda other: other.outer.start)
    return any(
        0 <= j < len(candidates) and j != k and _is_line(article.text, candidates[min(j, k)], candidates[max(j, k)])
        for j in (k - 1, k + 1)
    )


def _fills_paragraph(text: str, candidate: Candidate) -> bool:
    before, after = (
        text[max(0, candidate.outer.start - 1) : candidate.outer.start],
        text[candidate.outer.end : candidate.outer.end + 1],
    )
    return before in ("", "\n") and after in ("", "\n") and text[candidate.span.end - 1] in ".!?…"


def _is_line(text: str, earlier: Candidate, later: Candidate) -> bool:
    gap = text[earlier.outer.end : later.outer.start]
    return len(gap) < 200 and gap.count("\n") <= 2


def _why(before: str, article: Article, candidate: Candidate, words: Sequence[str]) -> Reason:
    """The reason for words that nobody said, from their form and their neighbours."""
    text = article.text
    after = text[candidate.outer.end : candidate.outer.end + 40]
    inner = text[candidate.span.start : candidate.span.end]
    if (TERM.search(before) and not (len(words) > 1 and is_capitalised(words))) or TERM_BEHIND.match(after):
        return "term"
    if is_nickname(before, words, after) and not _is_in_headline(article, candidate):
        return "term"
    if names_a_work(before, words) or text[candidate.outer.start] == "《":
        return "title"
    if SLOGAN.search(before) or SHOWN.search(before) or inner.endswith("!"):
        return "slogan"
    if len(words) > 1 and is_capitalised(words):
        return "title"
    if FOLLOWING_WORK.match(after) and words[0][0].isupper():
        return "title"
    return "scare"


def _quotation(article: Article, candidate: Candidate, attribution: Attribution) -> Quotation:
    return Quotation(
        candidate.span,
        candidate.outer,
        kinds.kind(article.text, candidate, attribution),
        attribution.cue,
        attribution.mention,
        attribution.confidence,
        f"{candidate.rule}/{attribution.rule}",
    )


def _block(statement: Statement) -> Quotation:
    rule = statement.rule if statement.mention is not None else f"{statement.rule}/none:without-subject"
    return Quotation(
        statement.span, statement.span, "block", statement.cue, statement.mention, statement.confidence, rule
    )


def _relink(
    kept: list[tuple[Span, int | None, Quotation]],
    attributions: Sequence[Attribution],
    statements: Sequence[Statement],
) -> list[Quotation]:
    """Turn indices of candidates into indices of quotations; find the quotation or statement around each."""
    places = {i: k for k, (_, i, _) in enumerate(kept) if i is not None}
    continued = {s.span.start for s in statements if s.continues}
    result: list[Quotation] = []
    around: list[int] = []
    last_block: int | None = None
    for k, (outer, i, quotation) in enumerate(kept):
        while around and kept[around[-1]][0].end <= outer.start:
            around.pop()
        parent = next((a for a in reversed(around) if kept[a][0].end >= outer.end), None)
        if i is None:
            follows = last_block if quotation.span.start in continued else None
            last_block = k
        else:
            earlier = attributions[i].follows
            follows = places.get(earlier) if earlier is not None else None
        linked = parent is not None or follows is not None
        result.append(replace(quotation, parent=parent, follows=follows) if linked else quotation)
        around.append(k)
    return result
