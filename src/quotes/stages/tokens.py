"""Tokens of the narrator's voice: words typed by closed classes, each quotation one token.

The types are single letters, so that a sentence is also a short string over which patterns can be read:

    N name  R role noun  L other word  M number  P pronoun  D determiner  V cue verb  A auxiliary  O preposition
    Y adverb  T time word  K conjunction  W relative  S "that"  Q quotation  , comma  : colon  ( ) brackets  - dash
    ; semicolon  . full stop  $ possessive mark of a quotation
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import NamedTuple

from quotes.lexicon import CUES, WORDS, Cue, Lexicon, lexicon
from quotes.records import Article, Candidate, Span
from quotes.registry.words import NAME_WORDS
from quotes.stages.kept import Kept
from quotes.stages.stops import first_stop, passed_over

# The blank before a word is taken along, so that no branch is tried at it. Most words are found by the first branch;
# the second is asked only where a letter stands with which it may begin.
_TOKEN = re.compile(
    r" ?+([a-z]++(?=[ ,\n])|(?=[A-Zv])"
    r"(?:(?:[A-Z]\.){2,}(?:-(?:(?:[A-Z]\.){2,}|[A-Za-z]\w*))?|(?:Mr|Mrs|Ms|Messrs|Dr|Gen|Sen|Sens|Rep|Reps|Gov|Lt|Col|Maj|Capt|Sgt|Adm|Prof|"
    r"Del|Brig|Cmdr|Hon|Rev|St|Jr|Sr|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|No|vs|Mt|[A-Z])\.(?=\s))"
    r"|[@#]?[^\W_]\w*+(?:[-'’.&/]\w++|‘s\b)*+['’]?|[.!?…。！？]+(?![),])|--+|[,;:()\[\]{}—–―•|-]|\n)"
)
_PUNCTUATION = {
    ",": ",",
    "，": ",",
    ":": ":",
    "：": ":",
    ";": ";",
    "(": "(",
    "[": "(",
    ")": ")",
    "]": ")",
    "-": "-",
    "—": "-",
    "–": "-",
    "―": "-",
    "\n": "n",
    "•": "n",
    "|": "n",
}
_SHORT_DAYS = frozenset(
    [
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "oct",
        "nov",
        "dec",
    ]
)
"""Days and months cut short: without their stop they are as often names (Kang Sun Nam)."""
_NEXT = re.compile(r" ([a-z]+)\b")
_CLITIC = re.compile(r"(i|you|he|she|it|we|they|who)(['’](?:s|d|ll|ve|re|m))")
"""A pronoun and the verb that is joined to it, which are two words."""
_IN_NAMES = frozenset(["In", "On", "To", "Up"])
"""Parts of Korean names that are small words too, behind a family name."""
_AMBIGUOUS = _IN_NAMES | {"May", "Will"}
_NAME = re.compile(r" [A-Z][a-z]")
_STATE_BODY = re.compile(r"[ -](?:media|television|TV|radio|news|broadcaster|department|run|owned|controlled)\b")
_QUALIFIERS = {
    "talk": re.compile(r" (?:show|radio)\b"),
    "ruling": re.compile(r" (?:part|coalition|forces|class|circles|quarters|clique|bod(?:y|ies)|elite|family|group)"),
}
"""Verbs that say of what sort a thing is: "a talk show host", "the ruling forces"."""
_ELIDED = re.compile(r"(?:[ldjnscmt]|qu|jusqu)['’](?=\w)")
_MAY = re.compile(r" \d| this| last|,? \d{4}")
_AGED = re.compile(r"\d+-year-olds?")
_SURNAME = re.compile(r" [A-Z][a-z]+")
_FOR_A_GERUND = frozenset("for of from over about with at on against despite without".split())
"""Behind these what ends in "-ing" is a verb as often as not: "slammed Brenn for calling it “…”"."""
_BEFORE_MONTH = frozenset(["in", "of", "last", "since", "early", "late", "mid", "until", "by", "this", "from"])
POSSESSIVE = ("'s", "’s")
"""What ends the name of somebody to whom what follows belongs, in the singular;"""
POSSESSIVES = (*POSSESSIVE, "s'", "s’")
"""and of one or many."""
_STATING = frozenset(
    "i you we they who which that and or would will can could should must may might do did does not".split()
)
"""Words right before "state" behind which it is a verb, beside plural nouns."""
_NO_NAMES = tuple("edly ously ably ibly ively ately arily ently antly ingly fully ically derous".split())
_FEWEST_LETTERS = 8
"""Letters of an adverb or adjective from which on it is nobody's name: "Unexpectedly", not "Kimberly"."""
_NO_MARKERS = "to this that these those some many one another both all most by after before while without in since as"
COUNTS = frozenset("two three four five six seven eight nine ten few several".split())
"""Behind these a past form is a verb: "the mother of three replied"."""
_VERB_MARKERS = COUNTS | {"each"}
_NOUN_MARKERS = (WORDS["determiner"] | WORDS["preposition"]) - frozenset(_NO_MARKERS.split())
_MAX_TOKENS = 160
"""A longer sentence is cut: nobody writes one, and clauses are looked for from each quotation."""
_REPORT = re.compile(r"(?P<subject>P|D?[LNR]{1,5}(?:,[^.,;:V]{1,14},)?)[AY]{0,2}V")


class Token(NamedTuple):
    """A word or mark of the narrator, or a whole quotation (type ``Q``, ``candidate`` its index)."""

    start: int
    end: int
    type: str
    word: str
    candidate: int | None = None
    cue: Cue | None = None


def owns(token: Token) -> bool:
    """Whether a word names somebody to whom what follows belongs: "Brenn's", "ministers’"."""
    return token.type in "NR" and token.word.endswith(POSSESSIVES)


def is_owner(token: Token) -> bool:
    """The same, a plural in small letters among them: "the pirates' propaganda"."""
    return owns(token) or (token.type == "L" and token.word.endswith(POSSESSIVES[2:]))


_Entry = tuple[str, str, Cue | None, bool, bool]

_token = partial(tuple.__new__, Token)
"""`Token` of its six fields in a tuple; there are many, and this makes them in one step."""


def narrator_sentences(
    article: Article, region: Span, candidates: Sequence[Candidate], children: Sequence[int], *, near: bool = False
) -> Iterator[list[Token]]:
    """The narrator's sentences inside ``region``; the candidates named by ``children`` are one token each.

    ``near``: those that hold one of them and the one before each that begins with one, others as it comes.
    """
    tokens = _tokens(article, region, candidates, children, near=near)
    sentence: list[Token] = []
    last = ""  # the type of the token before
    for i, token in enumerate(tokens):
        start, _, kind, _, _, _ = token
        if sentence and (
            kind == "n"
            or (last in ".Q" and _starts_anew(article.text, sentence[-1], tokens, i, candidates))
            or len(sentence) >= _MAX_TOKENS
        ):
            yield sentence
            sentence = []
        if kind == "," and article.text[start - 1 : start] == "." and _joins(article, tokens, i):
            token = token._replace(type=".")
            kind = "."
        if kind != "n":
            sentence.append(token)
            last = kind
    if sentence:
        yield sentence


def _joins(article: Article, tokens: Sequence[Token], i: int) -> bool:
    """Whether a sentence of the article begins behind the comma at ``i``: "… was opened., The mayor …"."""
    if i + 1 >= len(tokens) or (i and tokens[i - 1].end >= tokens[i].start):
        return False  # "the C.C., a board"
    following = Span(tokens[i + 1].start, 0)
    k = bisect_left(article.sentences, following)
    return k < len(article.sentences) and article.sentences[k].start == following.start


def _tokens(
    article: Article, region: Span, candidates: Sequence[Candidate], children: Sequence[int], *, near: bool
) -> list[Token]:
    text, at, language = article.text, region.start, lexicon(article.lang).language
    tokens: list[Token] = []
    for child in children:
        outer = candidates[child].outer
        skipped = passed_over(text, at, outer.start, opens=at == region.start) if near else None
        if skipped is None:
            _add_words(tokens, text, at, outer.start, language)
        else:
            _add_words(tokens, text, at, skipped.start, language)
            _add_words(tokens, text, skipped.end, outer.start, language, at)
        tokens.append(Token(outer.start, outer.end, "Q", "", child))
        at = outer.end
    end = first_stop(text, at, region.end) if near and children else None
    _add_words(tokens, text, at, region.end if end is None else end, language)
    return tokens


def _add_words(tokens: list[Token], text: str, start: int, end: int, language: str, since: int | None = None) -> None:
    """The words of a stretch; ``since`` is where the one began of which this is the rest."""
    first, line_end, headline, before = True, -1, False, ""
    if since is not None and (opening := _TOKEN.search(text, max(since, text.rfind("\n", since, start) + 1), start)):
        line_end = text.find("\n", start)
        line_end = len(text) if line_end < 0 else line_end
        headline = _is_headline(text, opening.start(1), line_end)
    english, add = language == "en", tokens.append
    inside, opening_words = _entries(language)
    for match in _TOKEN.finditer(text, start, end):
        word = match[1]
        at, behind = match.span(1)
        if at >= line_end:
            line_end = text.find("\n", at)
            line_end = len(text) if line_end < 0 else line_end
            headline = _is_headline(text, at, line_end)
        kind, lower, cue, plain, ends = (opening_words if first else inside)[word]
        if plain and not (first or headline):
            pass  # most words: what stands beside them changes nothing
        elif headline and kind == "N" and lower in CUES and not first:
            kind, cue = "V", lexicon(language).cues.get(lower)
        elif english and (
            (kind == "V" and cue is not None and _is_noun(before, cue, tokens))
            or (first and kind == "N" and _opens(lower, text, behind))
        ):
            kind, cue = "L", None
        elif english and lower == "state" and kind in "VL" and _STATE_BODY.match(text, behind):
            kind, cue = "R", None
        elif english and kind == "V" and lower in ("state", "states") and not _may_state(lower, before, tokens):
            kind, cue = "L", None
        elif english and kind == "V" and lower in ("ruling", "talk") and _QUALIFIERS[lower].match(text, behind):
            kind, cue = "L", None  # "the ruling party", "a talk show"
        elif english and kind == "V" and lower == "names" and tokens and tokens[-1].type in "LM":
            kind, cue = "L", None  # "calls them cruel names"
        elif english and first and kind == "V" and cue is not None and cue.form == "base" and word[0].isupper():
            kind, cue = "L", None  # a noun, or an order
        elif word in _IN_NAMES and before in NAME_WORDS["family_first"] and _NAME.match(text, behind):
            kind = "N"  # "Jong In Bok"
        elif word == "May" and not _MAY.match(text, behind) and before not in _BEFORE_MONTH:
            kind = "N"
        elif word == "Will" and before in CUES and _SURNAME.match(text, behind):
            kind = "N"  # "said Will Brenn"
        elif "‘" in word:
            word, lower = word.replace("‘", "’"), lower.replace("‘", "’")  # "Brenn‘s", misprinted
        elif english and kind in "PW" and (clitic := _CLITIC.fullmatch(lower)):
            part = at + len(clitic[1])
            add(_token((at, part, kind, word[: part - at], None, None)))
            at, kind, word, lower = part, "A", word[part - at :], "has"
        before = lower
        add(_token((at, behind, kind, word, None, cue)))
        first = ends


def _entry(known: Lexicon, first: bool, word: str) -> _Entry:
    """Type of a word, the word in small letters, and the cue that it is where it is a cue verb.

    Then whether it is the same beside whatever words, inside a line that is no headline, and whether another begins
    behind it.
    """
    lower = word.lower()
    kind = _type(known, first, word, lower)
    if known.language == "en" and (clitic := _CLITIC.fullmatch(lower)):
        return "W" if clitic[1] == "who" else "P", lower, None, False, False
    plain = kind != "V" and lower != "state" and word not in _AMBIGUOUS and "‘" not in word
    ends = word[-1] in ".!?\n:" and len(word) < 3
    return kind, lower, known.cues.get(lower) if kind == "V" else None, plain, ends


@cache
def _entries(language: str) -> tuple[Kept[str, _Entry], Kept[str, _Entry]]:
    """What `_entry` tells of words inside a sentence, and of first ones."""
    known = lexicon(language)
    return Kept(partial(_entry, known, False)), Kept(partial(_entry, known, True))


def _opens(word: str, text: str, end: int) -> bool:
    """Whether a sentence only begins with the word ("Hours later", "Asked about it", "Reprising a line"): no name."""
    if word in WORDS["opener"] or word == "having":
        return True
    if word.endswith(_NO_NAMES) and len(word) >= _FEWEST_LETTERS:
        return text.startswith(",", end) or _NEXT.match(text, end) is not None
    if len(word) < 5 or not word.endswith(("ing", "ed")):
        return False
    following = _NEXT.match(text, end)
    return following is not None and following[1] not in CUES and _entries("en")[0][following[1]][0] not in "AKW"


def _is_noun(before: str, cue: Cue, tokens: Sequence[Token]) -> bool:
    """Whether the word before shows that a cue is a noun here: "the call", "in reply", "Norvania's state radio"."""
    if cue.form == "ing" and before in _FOR_A_GERUND:
        return len(tokens) > 1 and tokens[-2].word in ("way", "ways")  # "a way of thinking"
    if cue.form == "past" and before in _VERB_MARKERS:
        return False
    return before in _NOUN_MARKERS or before.endswith(POSSESSIVES)


def _may_state(word: str, before: str, tokens: Sequence[Token]) -> bool:
    """Whether "state" is a verb here: "they state"; not "no swing state", "state to state", "two states"."""
    if word == "states":
        return not tokens or (tokens[-1].type != "M" and before != "dozen")
    if before == "to":
        return len(tokens) < 2 or tokens[-2].word.lower() != "state"
    return before in _STATING or before.endswith("ly") or (before.endswith("s") and before not in WORDS["determiner"])


def _is_headline(text: str, start: int, end: int) -> bool:
    """A short line whose words are nearly all capitalised, so that a capital does not make a name."""
    if end - start > 140:
        return False
    words = [word for word in text[start:end].split() if word[0].isalpha() and len(word) > 3]
    return len(words) > 3 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def _type(known: Lexicon, first: bool, word: str, lower: str) -> str:
    if word in _PUNCTUATION or word.startswith("--"):
        return _PUNCTUATION.get(word, "-")
    if word[0] in ".!?…。！？":
        return "."
    capital = word[0].isupper() or word[0] in "@#"
    if capital and lower in _SHORT_DAYS:
        return "N"
    bare = lower[:-2] if lower.endswith(POSSESSIVE) else lower.rstrip("'’.")
    if known.language == "fr" and (elided := _ELIDED.match(bare)):
        bare = bare[elided.end() :]
    kind = known.types.get(bare)
    if capital and not first and bare not in known.time and (word.isupper() or kind in (None, "R")):
        return "N" if len(word) > 1 or lower not in "ai" else kind or "N"
    if lower in known.cues and kind != "R":
        return "V"
    if kind:
        return kind
    if word[0].isdigit():
        return "R" if _AGED.fullmatch(lower) else "M"
    if capital:
        return "N"
    return "Y" if known.language == "en" and lower.endswith("ly") and len(lower) > 4 else "L"


def _starts_anew(text: str, last: Token, tokens: Sequence[Token], i: int, candidates: Sequence[Candidate]) -> bool:
    """Whether token ``i``, which follows ``last``, begins a new sentence of the narrator."""
    token = tokens[i]
    if last.type == ".":
        return not (token.type in "LOVKS" and token.word[:1].islower())
    if last.type == "Q" and last.candidate is not None:
        inner = candidates[last.candidate].span
        stop = text[inner.end - 1] if inner.end > inner.start else ""
        if stop and stop in ".!?…。":
            return token.type == "Q" or (token.word[:1].isupper() and not _is_report(tokens, i, stop))
    return False


def _is_report(tokens: Sequence[Token], i: int, stop: str) -> bool:
    """Whether a quotation that ends in a stop is followed by its own report: "Why?" Kim asked."""
    types = "".join(token.type for token in tokens[i : i + 22])
    match = _REPORT.match(types)
    if match is None:
        return False
    cue = tokens[i + match.end() - 1].cue
    reports = cue is not None and (cue.inverts or cue.cue_class in ("say", "quote") or cue.lemma in ("question", "go"))
    if cue is None or not reports or cue.form == "ing":
        return False
    if stop == "." and types[match.end() : match.end() + 2] == ",Q":
        return False
    return stop in "!?…" or types[match.end() : match.end() + 1] in ("", ".", "n", ",", "T")
