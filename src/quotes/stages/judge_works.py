"""Works told by their neighbours: who wrote them, who stars in them, where they are on the air; and headings.

Each looks at words that a report near by would else make somebody's: "“The Grey Quay” host Anka Lorin said",
"Brenn told “Harbour and Friends”".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes.lexicon import WORDS
from quotes.records import Article, Candidate, Reason
from quotes.stages.attribution import Attribution
from quotes.stages.judge_patterns import is_capitalised, is_name, names_a_work
from quotes.stages.quoted_words import quoted_words
from quotes.stages.small_letters import Small

_BYLINE = re.compile(r" by (?:the )?[A-Z]")
_ITEM = re.compile(r"(?:^|\n|—|--|[–•*]) ?$")
_TOLD = re.compile(r"\b(?:told|tells) (?:[A-Z]\w+['’]s )?$")
_STARRED = re.compile(
    r" (?:[Cc]o-?)?(?:[Ss]tar|[Hh]ost|[Aa]ctor|[Aa]ctress|[Cc]reator|[Aa]nchor|[Ss]tarlet|[Aa]lum)s?\b"
    r"| (?:cast|episode|franchise|sequel|rerun|season|finale|premiere|soundtrack)s?\b"
)
_APPOSED = re.compile(
    r",? (?:an?|the|his|her|its|their|(?:[A-Z][\w.-]* ){0,3}[A-Z][\w.-]*['’]s?) (?:[\w’'-]+ ){0,4}?"
    r"(?:auto)?(?:biography|book|novel|film|movie|show|series|memoir|comedy|drama|documentary|musical|play|album|song"
    r"|podcast|sitcom|thriller|newsletter|best[- ]?seller)\b"
)
_PERFORMED = re.compile(r"\b(?:perform|sing|play|hum)(?:s|ed|ing)? (?:the )?$|\b(?:sang|sung) (?:the )?$")
_ON_A_DAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day['’]s $")
_ON_AIR = re.compile(
    r"\b(?i:on|of|in)"
    r"(?: (?:the|his|her|(?:[A-Z][\w.]*(?: [A-Z][\w.]*)*)(?: (?:channel|network|radio))?['’]s?))? $"
)
_CHANTED = re.compile(r"\b(?:chant|cr[iy]|shout|call|song|word)(?:e?s)? of $")
_FORENAME = re.compile(r"(?:^|\s)(?!(?:In|On|At|The|A|An|For|With|Of|To|By) )[A-Z][\w.-]*[\w.] $")
_SURNAME = re.compile(r" [A-Z][a-z]+")
_THE = re.compile(r"\b[Tt]he $")
_DOES = re.compile(r" (?:was|were|is|are|has|had|will|would)\b")
_TRANSLATED = re.compile(r"\b[A-Z][a-z]+(?:an|ese|ish|ic|in|ch|ek) for(?: the)? $")
_MAX_HEADING = 8
_BESIDE = 60
"""Characters behind the words in which a work's neighbours are looked for."""
_IS_TITLED = Small(
    r"\b(?:(?:video lectures?|documentary films?|titled|tilted|titiled|tittled|entitled|entilted|headlined)"
    r"|titles? of (?:the |its |his |her |their )?"
    r"(?:\w+ )?(?:article|work|book|editorial|speech|lecture|commentary|poem|song|film) (?:is|was)) $",
    signs=("titled", "tilted", "titiled", "tittled", "headlined", "title", "lecture", "film"),
)
"""What gives a title whatever follows: a slip of the pen ("tilted") included."""
_LETTERED = Small(r"\b(?:letters|inscriptions?) $")
"""Before a name that is written on something: "seen on the stamps are letters “…”"."""
_WORKS = r"(?:articles?|essays?|poems?|songs?|books?|works?|films?|stories|lectures?|write-ups?|editorials?|plays?)"
_SEVERAL_WORKS = r"(?:articles|essays|poems|songs|books|works|films|stories|lectures|write-ups|editorials|plays)"
_LISTED_WORKS = Small(rf"\b(?:such {_SEVERAL_WORKS} as|{_SEVERAL_WORKS} (?:such as|like|including)) $")
_WORK_BY = Small(
    rf"\b(?:an?|the) (?:\w+ )?(?:{_WORKS}) (?:written|composed|recited|sung|painted|created) by (?:[\w’'.-]+ ){{1,7}}$"
)
_WORK_BEHIND = re.compile(rf",? an? (?:\w+ )?{_WORKS} (?:written|composed|recited|sung|painted|created|by|of)\b")
_DEPICTS = Small(
    r"\b(?:mosaics?|paintings?|murals?|sculptures?|statues?|monuments?|pictures?|posters?|films?|embroider(?:y|ies)) "
    r"(?:depicting|portraying|showing) [^.;:]{0,200}$",
    signs=("depicting", "portraying", "showing"),
)
_SHORT_FORM = re.compile(r" \([A-Z]{3,}\)")
"""Behind a name that is cut short from there on: "“Joint Boat Agreement” (JBA)"."""
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_EVENT = 2
"""Words of the name of a fair, games or stamps: "Lorrim 1998"."""
_LONG_TITLE = 4
"""Words from which one small word of any kind is forgiven in a title."""
_DEPICTED = 200
"""Characters before the words in which a picture is looked for that bears them as its name."""


def told_by_neighbours(
    text: str, candidate: Candidate, link: Attribution, words: Sequence[str], before: str
) -> tuple[Reason, str] | None:
    """Reason and rule where what stands beside the words makes them a work, a name or a meaning; else None."""
    after = text[candidate.outer.end : candidate.outer.end + _BESIDE].replace("\n", " ")
    if link.rule != "introduced" and is_titled_so(text, candidate, words, before):
        return "title", "named-work"
    if len(words) == _EVENT and is_name(words[:1]) and _YEAR.fullmatch(words[1]):
        return "title", "event"
    if is_bylined(text, candidate):
        return "title", "bylined"
    if link.rule in ("behind", "around") and is_on_air(before, words):
        return "title", "on-air"
    if is_work_beside(before, words, after):
        return "title", "work-beside"
    if is_translated(before):
        return "term", "translated"
    if link.cue is None and is_subject(before, words, after):
        return "title", "subject"
    return None


def is_bylined(text: str, candidate: Candidate) -> bool:
    """The title of somebody's article at the head of an item: "— “Gate shut again,” by the Post's Anka Lorin"."""
    inner = text[candidate.span.start : candidate.span.end].rstrip("’'”\"")
    item = _ITEM.search(text[max(0, candidate.outer.start - 3) : candidate.outer.start]) is not None
    return item and inner.endswith(",") and _BYLINE.match(text, candidate.outer.end) is not None


def is_heading(article: Article, candidates: Sequence[Candidate], candidate: Candidate) -> bool:
    """A heading inside an article: a few words in single marks and alone, where speech has double ones."""
    text, outer = article.text, candidate.outer
    alone = text[max(0, outer.start - 1) : outer.start] == "\n" and text[outer.end : outer.end + 1] == "\n"
    if not alone or not candidate.rule.startswith("single") or outer.start < article.paragraphs[0].end:
        return False
    if len(quoted_words(text[slice(*candidate.span)])) > _MAX_HEADING:
        return False
    return any(not other.rule.startswith("single") and other.parent is None for other in candidates)


def is_work_beside(before: str, words: Sequence[str], after: str) -> bool:
    """Whether a name stands where only a work's can: told something, starred in, performed, apposed to "a novel"."""
    if not is_name(words):
        return False
    if _PERFORMED.search(before) and len(words) > 1:
        return True
    told = _TOLD.search(before) is not None and len(words) > 1
    return told or _ON_A_DAY.search(before) is not None or _STARRED.match(after) is not None or _is_apposed(after)


def _is_apposed(after: str) -> bool:
    return _APPOSED.match(after) is not None


def is_on_air(before: str, words: Sequence[str]) -> bool:
    """Whether what stands before a clause is the name of a broadcast: "on Radio Quay's “Sunday Tide,” Brenn said"."""
    if not is_name(words) or len(words) < 2 or _CHANTED.search(before):
        return False
    return _ON_AIR.search(before) is not None or names_a_work(before, words)


def is_subject(before: str, words: Sequence[str], after: str) -> bool:
    """A name that is the subject of the narrator's own sentence: "when the “Grey Peace” was made"."""
    return len(words) > 1 and is_name(words) and _THE.search(before) is not None and _DOES.match(after) is not None


def is_nickname(before: str, words: Sequence[str], after: str) -> bool:
    """A name inside a name: "Tobin “Lamps” Wenn"."""
    short = len(words) <= 2 and is_name(words) and words[-1].lower() not in WORDS["role"]
    return short and _FORENAME.search(before) is not None and _SURNAME.match(after) is not None


def is_translated(before: str) -> bool:
    """What foreign words mean: "Tamrinese for “goodbye”"."""
    return _TRANSLATED.search(before) is not None


def is_titled_so(text: str, candidate: Candidate, words: Sequence[str], before: str) -> bool:
    """Whether the words can be nothing but the title of a work: "an article tilted “…”", "such poems as “…”", or the
    name of a picture: "mosaics depicting the founders “…”"."""
    outer = candidate.outer
    if is_name(words) and len(words) > 1 and _SHORT_FORM.match(text, outer.end):
        return True
    if _IS_TITLED.search(before) or _LISTED_WORKS.search(before) or _WORK_BY.search(before):
        return True
    if len(words) > _LONG_TITLE and is_name(words) and _LETTERED.search(before):
        return True
    if is_name(words) and _WORK_BEHIND.match(text, outer.end) is not None:
        return True
    return _DEPICTS.search(text[max(0, outer.start - _DEPICTED) : outer.start]) is not None


def is_written_as_name(words: Sequence[str]) -> bool:
    """Whether the words have the capitals of a title, one small word of any kind forgiven in a long one."""
    return is_name(words) or (len(words) > _LONG_TITLE and is_capitalised(words))
