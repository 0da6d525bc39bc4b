"""Where the narrator returns after a statement without marks: a report, another voice, or a scene."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from quotes.records import Article, Span
from quotes.stages.block_introductions import Introduction
from quotes.stages.block_marked import Marked
from quotes.stages.block_patterns import (
    FIRST_PERSON,
    FORMULA_VERBS,
    LOOK_AHEAD,
    MARKED_WORDS,
    MODAL,
    NARRATOR,
    NEW_SPEECH,
    OPENING_MARK,
    PARTICIPLE,
    PAST,
    POSTED,
    REPORT_AFTER_MARK,
    REPORTING,
    REPORTS_THAT,
    TEXT_NARRATOR,
    TEXTS,
)
from quotes.stages.block_scenes import (
    ACTORS,
    ALSO_SCENE,
    ANAPHOR,
    JUDGES,
    NAMED,
    POINTING,
    PRESENT,
    SCENE,
    THIRD_PERSON,
)
from quotes.stages.block_speakers import head
from quotes.stages.tokens import Token, narrator_sentences

_MAX_HEAD = 420
"""Characters of a paragraph read for who speaks in it."""
_MAX_SPEECH = 20_000
"""Characters of the statement, from its end, in which a name is looked for."""
_DEED = re.compile(r"(?:He|She) (?:indicated|set forth|clarified|extended|maintained) (?:the|a|an|his|her)\b")
"""What a great man did rather than what a speaker said."""
_OF_HIM = re.compile(
    r"(?:^|\n|[.!?] )(?:He|She) (?!said|noted|stressed|added)[a-z]+ed\b|\b(?:He|She) (?:was|built|led|set)\b"
)
_POSTED = re.compile(POSTED)
_SIGNED = re.compile(r"(?:Yours|Sincerely|Respectfully|Faithfully)\b[^.:\n]{0,60}")
"""How a letter is signed: "Yours ever, Tobin"."""
_TEXT = re.compile(rf"(?:^|\b)(?:{TEXTS}|It|it)\Z")
_AGAIN = re.compile(
    rf"(?:[^.,\n]{{3,60}}, )?[Tt]he (?P<noun>(?:[a-z]+ )?(?![a-z]+ly )[a-z]+) "
    rf"(?:also |then |further |[a-z]+ly )*(?:{REPORTING}|evinced|(?:re)?introduced(?: in detail)?)\b(?![.,])"
)
_PAST_END = re.compile(
    r"(?<!\bwas )\b(?!appeared\b)(?:\w+ed|said|wrote|held|went on)(?: that| his| her| he| she| they| their|[:, ])*\Z"
)
_IN_TEXTS = frozenset(
    "statement statements article articles message letter write-up write-ups videos photos bulletin Bulletin".split()
)
_MAX_TITLE = 8
_VOICES = frozenset(
    "say note stress state tell express praise laud hail recall refer denounce condemn support point add underline "
    "underscore emphasize emphasise wish hope extend demand appeal pledge vow observe rebuke urge call "
    "affirm declare".split()
)
"""What the next speaker does; a speaker himself tells who "confessed" or "disclosed" something."""
_BODIES = frozenset(
    [
        "Association",
        "Committee",
        "Group",
        "Center",
        "Centre",
        "Institute",
        "Society",
        "Party",
        "Federation",
        "League",
        "Union",
        "Front",
        "Council",
        "Action",
        "Alliance",
        "Coalition",
        "Confederation",
        "Movement",
        "Network",
        "Solidarity",
        "newspaper",
        "paper",
        "magazine",
        "daily",
        "weekly",
        "radio",
        "homepage",
        "website",
    ]
)
"""What speaks beside persons in a list of voices."""


class Speech(NamedTuple):
    """A statement as far as it is read: its words up to ``end``, and whether they were in the first person."""

    introduction: Introduction
    start: int
    end: int
    personal: bool = False

    def read_on(self, text: str, end: int) -> Speech:
        """The speech with its words up to ``end``."""
        personal = self.personal or bool(FIRST_PERSON.search(text, self.end, end))
        return Speech(self.introduction, self.start, end, personal)


def narrates(article: Article, k: int, speech: Speech, marked: Marked) -> bool:
    """Whether the narrator speaks again in paragraph ``k``.

    A reporting clause at its head says so, a report behind the marks with which it opens, or a voice that was not
    heard before. Without one, what the people of an occasion did does, or a paragraph in the past tense behind a speech
    in the first person.
    """
    introduction = speech.introduction
    if introduction.whole:
        return _POSTED.match(article.text, *article.paragraphs[k]) is not None
    if article.paragraphs[k - 1].start >= speech.start and _SIGNED.fullmatch(article.text, *article.paragraphs[k - 1]):
        return True
    if _quotes_another(article, k, marked):
        return True
    if marked.covers(article.paragraphs[k].start):
        return False
    told = reports(article, k, introduction) and not _praises(article, k, speech)
    return told or _is_other_voice(article, k, speech, marked) or _tells(article, k, speech)


def speaks_anew(text: str, part: Span, limit: int, introduction: Introduction) -> bool:
    """Whether the colon at ``limit`` opens other words; inside an announced text only a formula of speech does."""
    return not introduction.whole or NEW_SPEECH.search(text, max(part.start, limit - 70), limit) is not None


def _praises(article: Article, k: int, speech: Speech) -> bool:
    """Whether a speech goes on about the man of whom it speaks: "He built the dyke. … He indicated the road …"."""
    text, part = article.text, article.paragraphs[k]
    deed = _DEED.match(text, *part)
    return deed is not None and _OF_HIM.search(text, speech.start, speech.end) is not None


def _quotes_another(article: Article, k: int, marked: Marked) -> bool:
    """Whether the paragraph opens with marked words that somebody is reported to have said behind them."""
    start = article.paragraphs[k].start
    first = bisect_left(marked.spans, (start, 0))
    if first == len(marked.spans) or marked.spans[first].start != start:
        return False
    words, end = marked.candidates[marked.top[first]].span, marked.spans[first].end
    # A comma inside the marks ("“We did,” a cheerful Brenn said.") shows that a report follows.
    comma = article.text[words.end - 1] == "," and article.text[end : end + 1] == " "
    return comma or REPORT_AFTER_MARK.match(article.text, end) is not None


def _introduces(article: Article, k: int) -> bool:
    """Whether other speech begins here: the paragraph ends in a colon or opens with a mark."""
    part = article.paragraphs[k]
    return article.text[part.end - 1] == ":" or bool(OPENING_MARK.match(article.text, part.start))


def reports(article: Article, k: int, introduction: Introduction | None = None) -> bool:
    """Whether paragraph ``k`` begins with a report; a body that speaks of itself is still inside its own text.

    The narrator keeps to one tense: behind "the article says" somebody who "said" something is inside the article.
    """
    text, part = article.text, article.paragraphs[k]
    if PARTICIPLE.match(text, part.start, min(part.end, part.start + _MAX_HEAD)):
        return True
    end = min(part.end, part.start + 160)
    own_voice = introduction is not None and introduction.text_speaks
    present = introduction is not None and introduction.present
    if introduction is not None and _speaks_again(text, part, introduction):
        return True
    patterns = (TEXT_NARRATOR if own_voice else NARRATOR, REPORTS_THAT)
    found = (pattern.match(text, part.start, end) for pattern in patterns)
    return any(
        report is not None and not FIRST_PERSON.search(report[0]) and not (present and _is_inside(report[0]))
        for report in found
    )


def _is_inside(report: str) -> bool:
    """Whether a report in the past is one inside a text that "says": of anybody but the people of an occasion."""
    return _PAST_END.search(report) is not None and not report.startswith(
        ("Speakers", "The speakers", "The participants")
    )


def _speaks_again(text: str, part: Span, introduction: Introduction) -> bool:
    """The speaker as he was called before, in the third person: "The mayor said: …", and then "The mayor hoped …"."""
    if introduction.mention is None:
        return False
    words = re.split(r" (?:of|for) ", text[slice(*introduction.mention)])[0].split()
    if not 1 < len(words) <= 3 or not words[-1].islower() or words[0].lower() != "the":
        return False
    again = _AGAIN.match(text, part.start, min(part.end, part.start + 160))
    return (
        again is not None
        and again["noun"].split()[-1] == words[-1]
        and not (introduction.present and _PAST_END.search(again[0]))
    )


def _is_other_voice(article: Article, k: int, speech: Speech, marked: Marked) -> bool:
    """Whether somebody who was not named before reports at the head of the paragraph: lists of friends and parties
    that speak one after another, each in one paragraph."""
    tokens = _first_sentence(article, k, marked)
    introduction = speech.introduction
    for i in range(len(tokens)):
        if not _says(tokens, i, introduction):
            continue
        phrase = head(tokens, i)
        if phrase is None or phrase[0] != 0:
            return False
        words = tokens[slice(*phrase)]
        if not _is_new(article.text, words, speech):
            return False
        also = tokens[i - 1].word == "also" and tokens[i].word in FORMULA_VERBS
        if also or any(token.word in _BODIES for token in tokens[:i]) or _in_text(tokens, phrase[1], i):
            return True
        opens = any(token.type == ":" for token in tokens[i + 1 : i + 3])
        return not introduction.text_speaks and (opens or _has_office(tokens, phrase, i))
    return False


def _in_text(tokens: list[Token], start: int, verb: int) -> bool:
    """ "X in its statement said", "X said in an article", "X carried an article titled …"."""
    for i in range(start, min(len(tokens), verb + 7)):
        if tokens[i].word not in _IN_TEXTS:
            continue
        if any(token.word in ("in", "titled", "entitled") for token in tokens[max(start, i - 3) : i + 2]):
            return True
    return False


def _has_office(tokens: list[Token], phrase: tuple[int, int], verb: int) -> bool:
    """ "Ivo Lasker, chairman of …", "The secretary of …": somebody who is told for what he is."""
    start, end = phrase
    if tokens[start].type == "N" and end < verb and tokens[end].type == ",":
        return any(token.type == "R" for token in tokens[end : end + 5])
    return any(
        tokens[i].type == "R" and tokens[i + 1].word in ("of", "for", "to", "from", "at") for i in range(start, end - 1)
    )


def _says(tokens: list[Token], i: int, introduction: Introduction) -> bool:
    """Whether token ``i`` is a finite verb of reporting in the narrator's tense, or one that gives out a text."""
    token = tokens[i]
    issues = token.word in FORMULA_VERBS and not introduction.present
    form = token.cue.form if token.type == "V" and token.cue is not None else None
    finite = form == ("present" if introduction.present else "past")
    if not (issues or finite) or i == 0 or any(before.type == "A" for before in tokens[max(0, i - 2) : i]):
        return False
    if issues and any(t.word in _IN_TEXTS for t in tokens[i + 1 : i + 7]):
        return True
    if not finite or token.cue is None:
        return False
    return token.cue.lemma in _VOICES or any(t.word in _IN_TEXTS for t in tokens[max(0, i - _MAX_TITLE) : i])


def _is_new(text: str, words: list[Token], speech: Speech) -> bool:
    names = [token.word for token in words if token.type == "N"]
    if any(token.type == "P" for token in words) or not (names or words[0].type == "D"):
        return False
    start = max(speech.start, speech.end - _MAX_SPEECH)
    phrase = text[words[0].end if words[0].type == "D" and len(words) > 1 else words[0].start : words[-1].end]
    return text.find(phrase, start, speech.end) < 0


def _first_sentence(article: Article, k: int, marked: Marked) -> list[Token]:
    part = article.paragraphs[k]
    sentences = article.sentences_of(part)
    end = min(sentences[0].end if sentences else part.end, part.start + _MAX_HEAD)
    region = Span(part.start, end)
    return next(iter(narrator_sentences(article, region, marked.candidates, marked.inside(region))), [])


def _tells(article: Article, k: int, speech: Speech) -> bool:
    """Whether the paragraph tells of the occasion, with no word of saying.

    The people of the occasion do something; or a paragraph in the past tense stands behind a speech in the first person
    and no first person comes again up to the next report. A speaker may himself tell of somebody else in the past: of
    whom he spoke before, of one whom he names, weighing what he did.
    """
    introduction, text, part = speech.introduction, article.text, article.paragraphs[k]
    end = min(part.end, part.start + _MAX_HEAD)
    if (ALSO_SCENE if introduction.text_speaks else SCENE).match(text, part.start, end):
        return True
    if introduction.text_speaks or not speech.personal:
        return False
    if MODAL.search(text, *part) or not PAST.search(text, part.start, end) or _goes_on(article, k, speech):
        return False
    for later in range(k, min(k + LOOK_AHEAD, len(article.paragraphs))):
        if later > k and (reports(article, later) or _introduces(article, later)):
            return True
        own = MARKED_WORDS.sub("", text[slice(*article.paragraphs[later])])
        if FIRST_PERSON.search(own):
            return False
        if later > k and _is_of_text(text, introduction) and MODAL.search(own):
            return False  # a message ends with what will be
    return True


def _is_of_text(text: str, introduction: Introduction) -> bool:
    """Whether a letter or a message speaks, behind which a person not named in it is the narrator's."""
    mention = introduction.mention
    return mention is not None and _TEXT.search(text[slice(*mention)]) is not None


def _goes_on(article: Article, k: int, speech: Speech) -> bool:
    """Whether words in the past tense are still the speaker's."""
    text, part = article.text, article.paragraphs[k]
    sentences = article.sentences_of(part)
    first = MARKED_WORDS.sub("", text[part.start : sentences[0].end if sentences else part.end][:_MAX_HEAD])
    if ACTORS.match(first):
        return False
    if POINTING.match(first) or PRESENT.search(first) or JUDGES.match(first):
        return True
    if ANAPHOR.match(first):
        return THIRD_PERSON.search(text, max(speech.start, article.paragraphs[k - 1].start), speech.end) is not None
    named = NAMED.match(first)
    if named is None or _is_speaker(article, named["name"], speech):
        return False
    heard = text.find(named["name"], max(speech.start, speech.end - _MAX_SPEECH), speech.end) >= 0
    return heard or not _is_of_text(text, speech.introduction)


def _is_speaker(article: Article, name: str, speech: Speech) -> bool:
    """Whether a name is that of the speaker, as the introduction or the head of the paragraph before it gives it."""
    mention = speech.introduction.mention
    own = article.text[slice(*mention)] if mention is not None else ""
    k = bisect_left(article.paragraphs, (speech.start, 0)) - 1
    heads = [article.text[part.start : part.start + 60] for part in article.paragraphs[max(0, k - 1) : k + 1]]
    return name.split()[-1] in own or any(name.split()[-1] in head for head in heads)
