"""What the words before and behind marks say of those between them: a title, a slogan, a term, or distance."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes.lexicon import WORDS
from quotes.records import Reason
from quotes.stages.small_letters import Small

_TITLED = Small(
    r"\b(?:titled|tilted|titiled|tittled|entitled|entilted|headlined|named|theme (?:of|titled)|title(?:d)?(?: of)?"
    r"|(?:under|with|on) the (?:title|theme|motto|headline)"
    r"(?: of)?|(?:broadcast|edition|episode|clip|rendition|performance|remake|anthem|ballad|song|songs|film"
    r"|movie|novel|poem"
    r"|opera|album|painting|sculpture|symphony|musical|poems|paintings|drawings?|mosaics?|anecdotes?|dances?|sculptures?"
    r"|operas)(?: of)?),? $",
)
_NAMES = re.compile(r"titled|entitled|headlined|named|title|theme|under|with|on ")
_BY_NAME = re.compile(r"[A-Z][\w.’'-]* [A-Z]\w+ $")
_CALLED = Small(r"\b(?:is|are|was|were|a|an|the|\w+,?) (?:called|known as) $")
_REPORTS_CALLING = Small(
    r"\b(?:what|which|whom?|that) (?:[\w’'.]+ ){1,5}called (?:[\w’']+ ){0,4}$",
    signs=("called ",),
)
_PUBLISHED = Small(
    r"\b(?:statement|article|commentary|editorial|essay|book|treatise|thesis|works?|memoir|report|declaration"
    r"|law|act|bill|"
    r"column|series|program|programme|documentary|play)(?: (?:under|with|on) the (?:title|theme|motto)(?: of)?)? $",
)
_BEARING_A_NAME = Small(
    r"\b(?:show|newspaper|magazine|weekly|talk|speech|operation|exercise|drill|maneuvers?|campaign|project|forum"
    r"|festival|"
    r"exhibition|conference|party|movement|mass games|ship|vessel|satellite|rocket|missile|train|group"
    r"|initiative|website|"
    r"podcast|blog|app|game|band|play|series|lecture|anthem|memoir|ad|spot|commercial|special|drama|comedy|sitcom|thriller"
    r"|single|track|tour|concert|sequel|tape|hymn|hit|classic|season|co-?author|syllabus|mural|exhibit|fund|pact|book|column|essay"
    r"|documentary)"
    r"(?: of| on)?,? $",
)
_WRITTEN = frozenset("article report statement commentary editorial story dispatch release source".split())
_LEADING_IN = re.compile(
    r"\b(?i:on|in|of|from|for|to|with|at|hosts?|hosting|watch(?:es|ing|ed)?|starring|joined|canceled|cancelled)"
    r"(?: (?:the|a|his|her|its|their|this|[A-Z]+['’]s))?(?: \d{4})? $"
)
_CHANTED = re.compile(r"\b(?:chants?|cries|shouts?|calls|references?|talk|words?) (?:of|to|for) $")
_ARTICLE = Small(r"\b(?:the|a|an|its|his|her|their|this|that)(?: \d{4})? $")
_NOUN_BEHIND = re.compile(
    r"[ -](?!(?:as|by|and|or|but|in|on|at|for|to|of|with|from|that|which|who|is|was|are|were)\b)[a-z]+"
)
_OUTLETS = re.compile(r"(?P<name>[A-Z][\w.&]*(?: [A-Z][\w.&]*)*)(?:'s?|’s?) $")
_SMALL = frozenset("a an the of in on at to for and or with from by as is are it its vs".split())

SLOGAN = Small(
    r"\b(?:slogans?|mott?o(?:es)?|hashtag|watchword|catchphrase|inscribed|inscription|(?<!capital )letters)"
    r"(?: (?:of|that|such as|like|as|saying|which read))?[:,]? $",
    signs=("slogan", "mot", "hashtag", "watchword", "catchphrase", "inscri", "letters"),
)
"""Words that name a watchword as such."""
SLOGAN_OF = Small(
    r"\b(?:slogans?|mott?o(?:es)?|watchword) of (?:[\w’']+ ){1,7}$", signs=("slogan", "mot", "watchword")
)
"""Whose watchword it is: "the slogan of the Harbour Party"."""
SHOWN = Small(
    r"\b(?:banners?|placards?|signs?|posters?|chants?|reading|read|reads)"
    r"(?: (?:of|that|such as|like|as|saying|which read))?[:,]? $",
    signs=("banner", "placard", "sign", "poster", "chant", "read"),
)
"""What is carried, shown or chanted: a slogan, unless somebody is reported to call or to write it."""
HELD = Small(
    r"\b(?:held|holds?|holding|hoist\w*|wav(?:ed?|es|ing)|raised?|raising|carr(?:y|ies|ied|ying)|wore|wears?|wearing"
    r"|donned|donning) (?:up )?"
    r"(?:[\w-]+ ){1,4}(?:[—–-] )?(?:that |which )?(?:reads?|reading|says?|saying|said)[:,]? $",
    signs=("sign", "banner", "placard", "poster", "shirt", "hat ", "cap ", "button"),
)
"""Who holds a sign up shows its words as his own: "a boy hoisted a sign that read “…”"."""
UTTERED = Small(
    r"\b(?:(?:chants?|cry|cries|shouts?|cheers?) of"
    r"|(?<!\bthe )(?<!\ba )(?:chant|shout|yell|scream)(?:ed|ing|s)?(?: out| back)?"
    r"(?: (?:(?:the|such|these) )?(?:[\w-]+ ){0,3}slogans?(?: such as| as| like| of| that)?)?[,:]?) $",
    signs=("chant", "cry", "cries", "shout", "yell", "scream", "cheer"),
)
"""What a crowd utters, though nobody in it is named."""
WRITTEN = Small(r"\b(?:messages?|tweets?|letters?|headlines?|captions?|statements?|notes?|e-?mails?|posts?|memos?)\b")
"""What somebody wrote, of which "reads" reports the words."""
TERM = Small(
    r"\b(?:known (?:\w+ )?as|the (?:word|term|words|phrase|expression|name)s?|nicknamed?|dubbed|abbreviated"
    r"|stands for|means?|(?:a|no|the) (?:word|term|name) for|"
    r"is called|are called)(?: the| a)? $",
)
TERM_BEHIND = re.compile(
    r",? (?:for short|as (?:it|they|he|she|its? [\w ]{1,40}?) (?:is|are) (?:\w+ )?(?:known|called)"
    r"|as its sanctions are)\b"
)
ENTRY_BEHIND = re.compile(r" \([A-Z][^()\n]{1,40}\) *(?:\n|\Z)")
"""Whose a work is, at the end of its line: "Best Camera: “Dyke” (Lorrica)"."""
NAMED_THING = re.compile(
    r"(?:\ban? (?:(?!who |that |which |and )[\w'’-]+ ){1,5}|[a-z], )(?:called|named|code-?named)(?: the)? $"
)
"""A thing that bears a name: "a new rocket called “Lantern-5”"."""
DISTANCE = Small(
    r"\b(?:so[- ]+called|ill-famed|self-styled|what (?:is|are|was) called|(?:under|on) the (?:pretext|signboard"
    r"|pretence|pretense|"
    r"guise|plea|theme|cloak|name) of|under the|talk of|touted)(?: the| a| its| their)? $",
)
DETERMINED = re.compile(r"(?:^|[\s(])(?:the|this|its|their|his|her|\d+(?:st|nd|rd|th)) $")
"""What stands before a noun: the marked words are one in the narrator's own sentence."""
PROVERB = Small(
    r"\b(?:(?:an?|the) (?:(?:[\w-]+ )?(?:proverb|adage|maxim)"
    r"|(?:old|ancient|common|famous|popular|well-known|wise|local|folk) saying)|there is an? (?:[\w-]+ )?saying"
    r"|old (?:saying|proverb|adage|maxim))"
    r"(?: that| goes| runs| is)?[,:]? $"
)
"""What everybody says: "there is an old saying “…”"; not "a cover saying “…”", which is the verb."""
UNDER_A_THEME = Small(
    r"\b(?:under|on|with|behind) (?:the|a|its|their|this) (?:[\w-]+ ){0,2}"
    r"(?:theme|motto|title|slogan|banner)(?: of)?,? $"
)
"""What a meeting is held under is its theme, also where a clause follows that says something."""
_NAMED_SO = re.compile(
    r"(?:(?P<noun>\b[a-z][\w’'-]*)|(?P<apart>,)) (?:called|named|nicknamed|dubbed)(?: as)?(?: the| an?)? $"
)
_KNOWN_AS = Small(r"(?<!\bhave )(?<!\bhas )\bknown (?:\w+ ){0,2}as(?: the| an?)? $", signs=("known",))
_THING_CALLED = Small(
    r"\b(?:an?|the|its|his|her|their|this|some|any) (?:[a-z-]+ ){0,2}(?P<noun>[a-z-]+) called(?: the| an?)? $",
    signs=(" called ",),
)
_NAMED_BY_NOBODY = Small(
    r"\b(?:are|is|was|were|been|otherwise|often|commonly|sometimes|typically|usually|popularly|informally be)"
    r" (?:called|dubbed|nicknamed|otherwise labell?ed)(?: the| an?)? $",
    signs=("called ", "dubbed ", "named ", "labe"),
)
_EXAMPLES = Small(
    r"\b(?:headlines?|slogans?|hashtags?|nicknames?|titles?|songs?|shows?|films?|movies?|books?),?"
    r" (?:such as|like|including)(?: the| an?)? $",
    signs=("such as", "like", "including"),
)
_NAMING_SIGNS = (
    "known", "called ", "dubbed ", "named ", "labe", "such as", " like ", "including", "slogan", "motto", "phrase",
    "tagline", "#",
)
"""Words of which one stands in whatever the expressions of `bears_a_name` match."""
_IS_A_SLOGAN = Small(
    r"\b(?:slogan|motto|catchphrase|tagline)(?: is| was| has been),? $", signs=("slogan", "motto", "phrase", "tagline")
)
_HASHTAG = re.compile(r"#\w+ ?[-–—(]+ ?$")
_BY_SOMEBODY = re.compile(r"[^.;:\n]{0,40}?\bby\b")
_SUBJECTS = frozenset("he she it they we i you who that which what whom one some many others critics".split())
_CALLERS = WORDS["role"] | WORDS["title"] | WORDS["outlet"] | _SUBJECTS | frozenset(
    "party committee council government ministry campaign army court report editorial article bill ad study poll "
    "company union commission embassy regime authorities crowd group team office bureau letter statement".split()
)
"""Who may call something so, or what may: "the campaign called “…”" tells nothing."""
_CALLED_BY = re.compile(r",? by\b")
_LAST_WORD = re.compile(r"\b(?P<word>[a-z]+) *$")
_SO_CALLED_NAME = Small(r"\bwhat (?:[\w’'.-]+ ){1,6}(?:calls?|called|termed|dubbed)(?: the| a)? $")
_IDLE = Small(r"\bit(?: goes without| (?:is|was|would be|will be|seems) (?:[\w-]+ ){1,3}to)$")
"""What stands before a verb whose "it" means nobody: "it is idle to talk of “…”", "it goes without saying"."""
_DECIDED = Small(
    r"\b(?:decisions?|resolutions?|decrees?|ordinances?|orders?|drafts?|laws?|reports?|lectures?|agenda items?) $"
)
_ON = frozenset({"On", "About", "Concerning", "Regarding", "For"})
FOLLOWING_WORK = re.compile(
    r" (?:movement|song|film|movie|show|tape|program|programme|act|law|bill|party|award|prize|campaign|ship"
    r"|operation|exercises?|"
    r"drills?|newspaper|magazine|farce|racket|moves|plot|ploy|trumpeting|envoy|theory|forum|festival"
    r"|organi[sz]ations?)\b"
)


def names_a_work(before: str, words: Sequence[str]) -> bool:
    """Whether the words between the marks are the title of a work, a law, a broadcast, an undertaking.

    ``before`` is the text in front of the opening mark. A noun that may bear a name ("campaign") makes a title only of
    words written as one; a verb or noun of naming ("entitled", "the song") of any.
    """
    if _REPORTS_CALLING.search(before):
        return False
    if _is_titled(before, words) or (_PUBLISHED.search(before) and not words[0][0].islower()):
        return True
    if not is_name(words):
        return False
    if _CALLED.search(before) or _BEARING_A_NAME.search(before):
        return True
    outlet = _OUTLETS.search(before)
    return outlet is not None and _is_outlet(outlet["name"])


def _is_titled(before: str, words: Sequence[str]) -> bool:
    """Whether a title is named in front; not by somebody of the name of Song, nor by a film "of" which he said, "…"."""
    match = _TITLED.search(before)
    if match is None or is_name(words) or _NAMES.match(match[0]):
        return match is not None
    return not before.endswith(", ") and _BY_NAME.search(before[: match.end()]) is None


def is_decided(before: str, words: Sequence[str]) -> bool:
    """Whether a decision is named by what it is on: "the decision “On mending the dykes”"."""
    return words[0] in _ON and len(words) > 1 and _DECIDED.search(before) is not None


def is_named_so(before: str, words: Sequence[str], after: str) -> bool:
    """Whether a thing bears the words as its name, and nobody says them, in the copy of a narrator who sneers.

    "The quay, called the “Lantern,” burnt", and what somebody is said to call so where the words are a name: "what
    they call “Navy Day”". Elsewhere the same words report ("a man that Brenn, the mayor, called “a child”").
    """
    if _REPORTS_CALLING.search(before):
        return len(words) > 1 and is_name(words) and _SO_CALLED_NAME.search(before) is not None
    named = _NAMED_SO.search(before)
    return named is not None and not _CALLED_BY.match(after) and named["noun"] not in _SUBJECTS


def bears_a_name(before: str, after: str) -> Reason | None:
    """Why the words are a name that nobody is said to give: known as, called so by nobody, one of several titles.

    "The wall known as the “Lantern”", "a loophole called the “eel gate”", "headlines such as “…”". ``after`` is the
    text behind the closing mark: with "by" in it somebody does.
    """
    small = before.lower()
    if not any(map(small.__contains__, _NAMING_SIGNS)):
        return None
    if _EXAMPLES.search(before):
        return "title"
    if _IS_A_SLOGAN.search(before) or _HASHTAG.search(before):
        return "slogan"
    if _KNOWN_AS.search(before):
        return "term"
    if _REPORTS_CALLING.search(before) or _BY_SOMEBODY.match(after):
        return None
    thing = _THING_CALLED.search(before)
    if thing is not None and thing["noun"] not in _CALLERS and not thing["noun"].endswith(("er", "or", "ers", "ors")):
        return "term"
    return "term" if _NAMED_BY_NOBODY.search(before) else None


def fills_a_place(before: str) -> bool:
    """Whether a word of the narrator's own stands right before and no sentence begins here: "the theme was “…”"."""
    last = _LAST_WORD.search(before)
    return last is not None and last["word"] not in ("and", "or", "but")


def is_idle(before: str) -> bool:
    """Whether the verb behind ``before`` has an "it" that means nobody: "it goes without", "it is idle to"."""
    return _IDLE.search(before) is not None


def stands_as_name(before: str, words: Sequence[str], after: str) -> bool:
    """Whether several words written as a name stand where only a name can: "aired on "…"", "the "…" actress".

    ``after`` is the text behind the closing mark. In a headline every word is written so: it is no place to ask.
    """
    if len(words) < 2 or not is_name(words) or _CHANTED.search(before):
        return False
    if _LEADING_IN.search(before):
        return True
    return _ARTICLE.search(before) is not None and _NOUN_BEHIND.match(after) is not None


def is_name(words: Sequence[str]) -> bool:
    """Whether every word but the small ones has a capital, as in a title or a name."""
    first = words[0][0] if words else ""
    # The first word is looked at before the others: most words between marks begin with a small letter, or go on so.
    if not (first.isupper() or (first.isdigit() and len(words) > 1 and words[1][0].isupper())):
        return False
    return all(word[0].isupper() or word[0].isdigit() or word.lower() in _SMALL for word in words)


def is_capitalised(words: Sequence[str]) -> bool:
    """Title case: nearly every longer word of several has a capital."""
    longer = [word for word in words if len(word) > 3]
    return len(longer) > 1 and sum(word[0].isupper() for word in longer) >= 0.8 * len(longer)


def _is_outlet(name: str) -> bool:
    words = name.split()
    return any(word.lower() in WORDS["outlet"] for word in words) or (words[-1].isupper() and len(words[-1]) > 2)


def is_report(words: Sequence[str]) -> bool:
    """Whether the words name an outlet, or something written ("the article"), rather than who speaks."""
    lower = [word.lower().removesuffix("'s").removesuffix("’s") for word in words]
    return any(word in WORDS["outlet"] or word in _WRITTEN for word in lower)
