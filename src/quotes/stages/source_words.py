"""The words around an outlet's name that make it the carrier of somebody's words."""

from __future__ import annotations

import re

from quotes.stages.source_scan import Signs

_UP = "[A-ZÀ-ÖØ-ÞА-ЯЁ]"
_CAPITAL = rf"{_UP}[\w&.'’-]*"

MEDIUM = (
    r"news agenc(?:y|ies)|news service|newswire|press agency|agency|newspaper|daily|weekly|paper|broadcaster|magazine|"
    r"tabloid|news (?:site|website|outlet|portal|channel|network)|television(?: station| channel| network)?|"
    r"TV(?: station| channel)?|radio(?: station)?|station|outlet|mouthpiece|organ|media"
)
"""Words for a kind of outlet."""

_DESCRIBING = (
    rf"(?:(?>(?:the|The|its|his|her|their|our|a|an|country['’]s|nation['’]s|state|state-run|state-owned|"
    rf"state-controlled|state-backed|state-funded|government|government-run|party|ruling|official|semi-official|"
    rf"local|leading|main|reporters?|correspondents?|journalists?|la|el|los|der|die|das|agencia|estatal|oficial|"
    rf"emisora|diario|l['’]agence|agence|officielle|nationale|quotidien|[Aa]gentur|Nachrichtenagentur|Zeitung|staatlichen?|агентств[оау]|журнал|газета|"
    rf"{_CAPITAL}|{MEDIUM}),? )){{0,8}}[\"“«(]?$"
)
_PIECE = (
    r"(?:release|video|bulletin|statement|reports?|dispatch|despatch|commentary|editorial|article|interviews?|op-ed|column|piece|"
    r"comments?|broadcast|conversation|remarks|message|letter|story)"
)


def _before(trigger: str) -> re.Pattern[str]:
    return re.compile(rf"(?:(?<=\W)|^)(?:{trigger}) {_DESCRIBING}")


CITED = _before(
    r"[Cc]iting|[Qq]uoting|[Rr]eferring to|with reference to|which cited|which quoted|who cited|со ссылкой на"
)
"""Behind these stands the outlet that another outlet took the words from."""
CITED_SIGNS = ("iting", "uoting", "efer", "cited", "quoted", "ссылкой")

TOLD = _before(
    r"told|tells|telling|asked by|[Ss]peaking (?:\w+ ){0,2}?(?:to|with|on)|spoke (?:\w+ ){0,2}?(?:to|with)|talked to|"
    r"(?:[Ii]nterview|interviews|conversation) (?:\w+ ){0,4}?(?:with|to|by|on|for|in)|interviewed (?:by|on)|"
    r"(?:[Ii]n|[Ii]n an?) (?:\w+ ){0,2}?(?:comments?|remarks|statements?|e-?mail|emails?) (?:\w+ ){0,2}?(?:to|for)|"
    r"(?:said|says|appeared|appearing|wrote|writes|writing|published) (?:\w+ ){0,4}?(?:on|in)|met|"
    r"dijo a|declaró a|в интервью|gegenüber|im Gespräch mit"
)
"""Behind these stands the outlet that somebody spoke to."""
TOLD_SIGNS = tuple(
    "told tell asked peak spoke talked nterview conversation omment remarks statement mail said says appear wr "
    "published met dijo declaró интервью gegenüber Gespräch".split()
)

BY = _before(
    r"(?:[Aa]ccording|ccording) to(?: (?:a|an) \w+ (?:by|from|in|on))?(?: \w+ (?:by|from|in|on))?|"
    r"(?:quoted|cited|carried|reported|published|released|issued|aired|broadcast|distributed|printed|posted|run|"
    r"relayed|made public|made available|made)"
    r"(?: \w+){0,3}? (?:by|to|in|on|through|via)|(?:as saying|as having said|as telling) (?:by|in)|"
    rf"(?:[Ii]n|[Bb]y) (?:a|an|the|its|his|her) (?:[\w-]+ ){{0,3}}?{_PIECE} (?:\w+ ){{0,4}}?"
    rf"(?:from|by|to|in|on|of|for|via|through)|{_PIECE} (?:from|by|of)|[Ss]ource:|[Vv]ia|[Pp]er|[Ii]n the words of|"
    r"[Ll]aut(?: \w+)?|[Nn]ach (?:Angaben|Informationen|einem Bericht)(?: de[rs])?|[Ww]ie die|"
    r"[Ss]egún(?: la| el)?|citée? par(?: la| le)?|citado por(?: la| el)?|[Ss]elon(?: l[ae])?|[Dd]['’]après(?: l[ae])?|"
    r"[Пп]о (?:данным|сообщению|информации)|сообщает|передает|передаёт|сообщило"
)
"""Behind these stands the outlet that carries the words."""
BY_SIGNS = tuple(
    "words ccording quoted cited carried reported published released issued aired broadcast distributed printed posted "
    "run relayed made video bulletin saying having telling release statement report dispatch despatch commentary "
    "editorial article interview op-ed column piece comments conversation remarks message letter story ource: Via via "
    "Per per aut ach wie Wie egún citado cité elon après данным сообщению информации сообщает переда сообщило".split()
)

_TIME = (
    r"(?:(?:on |late |early |last |this |earlier |later )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"on [A-Z]\w+\.? \d{1,2}|today|yesterday|earlier|later|also|then|again|once|first|only|separately|in turn|has|have|"
    r"had|further|even|never)"
)
_ASIDE = (
    r"(?:\s?\([^()]{1,60}\)|,? (?:which|who|citing|quoting|the|an?|its)\b[^,.:;]{0,110},|, [^,.:;]{1,60},|"
    r" (?:of|in) [A-Z]\w+)"
)
_VERB = (
    r"report(?:ed|s|ing)|sa(?:id|ys)|quot(?:ed|es|ing)|cit(?:ed|es)|wr(?:ote|ites)|add(?:ed|s)|not(?:ed|es)|"
    r"announc(?:ed|es)|reveal(?:ed|s)|comment(?:ed|s)|claim(?:ed|s)|stat(?:ed|es)|relat(?:ed|es)|carr(?:ied|ies)|"
    r"publish(?:ed|es)|ran|runs|broadcast|air(?:ed|s)|show(?:ed|s)|released|call(?:ed|s)|describe[ds]|put it|devoted|"
    r"speaks of|spoke of|meldete|berichtete|zitierte|informó|reportó|сообщил[аои]?|пишет"
)
REPORTING = re.compile(
    rf"(?P<medium>(?:['’]s)?(?: (?:state |official )?(?:{MEDIUM}|article|report|editorial|commentary)){{0,2}})[\"”»)]?"
    rf"(?:{_ASIDE})?,?(?: {_TIME}){{0,3}},? (?P<verb>{_VERB})\b"
)
"""What follows an outlet's name where the outlet is the subject of a report."""

VERB_LAST = re.compile(
    r"(?:通讯社|通訊社|通信社?|通信|통신)?(?:(?:은|는|이|가|は|が)?\s*(?:\d{1,2}[日일](?:자로)?\s*)?(?:보도|전했|報じ|報道|伝え|报道|報導|报导)|"
    r"\s*(?:에 따르면|에 의하면|によると|によれば))"
)
"""What follows an outlet's name in languages whose verb comes last: it reports, or words are according to it."""

SUBJECT_ENDS = re.compile(r"(?: (?:on )?[A-Z]\w+day\b| on [A-Z]| in (?:a|an|its)\b|\W*[.,;:\n\ue000]|\W*$)")
"""What follows an outlet's name that is the whole subject: not "MSNBC host"."""

INVERTED = re.compile(
    rf"(?:reported|reports|wrote|writes|added|said|says|сообщил[аои]?|пишет|berichtet|meldet|"
    rf"a rapporté|rapporte|a annoncé|a indiqué) {_DESCRIBING}"
)
"""A report's verb before its subject (behind a quotation): "..., reported the Courier"."""

RELAYING = re.compile(
    r"report|quot|cit|carr|publish|ran|runs|broadcast|air|released|meldete|bericht|zitierte|inform|сообщ"
)
"""Verbs by which an outlet passes on what others say; the other verbs may be its own words."""

THROUGH = re.compile(r",? (?:as )?(?:cited|quoted|carried|relayed|citado|citada|citée?|zitiert) (?:by|in|por|par|von) ")
"""Between two outlets: the second has the words from the first."""

QUOTED_AS = re.compile(
    r"\b(?:was|were|is|are|been|being) (?:also |further |later |again )?(?:quoted|cited|reported) (?:\w+ ){0,2}?as\b"
)
"""A report that does not name its outlet again."""
QUOTED_AS_SIGNS = ("quoted ", "cited ", "reported ")

NEW_EVENT = re.compile(
    r"\b(?:told|tells) (?:reporters|journalists|lawmakers|MPs|parliament|"
    r"the (?:parliament|press|media|crowd|council|senate))|"
    r"\b(?:news|press) (?:conference|briefing)\b|\b[Ii]n (?:his|her|a|an earlier) speech\b|"
    r"\b[Aa]t (?:a|the) (?:rally|hearing|debate|forum)\b"
)
NEW_EVENT_SIGNS = ("told ", "tells ", "conference", "briefing", " speech", "rally", "hearing", "debate", "forum")
NEW_EVENT_FIRST = re.compile(
    r"\W*(?:Earlier|Separately|Meanwhile|Last (?:week|month|year)|Previously|In (?:a )?separate|"
    r"A (?:day|week|month|year) (?:earlier|later|ago)|In (?:January|February|March|April|May|June|July|August|"
    r"September|October|November|December)\b|In (?:19|20)\d\d)"
)
"""Signs that the words were said on another occasion than the ones before, anywhere and at the beginning."""

ADDRESSED = re.compile(rf"\b(?:told|tells|asked) {_UP}\w")
"""Words said to somebody by name."""
ADDRESSED_SIGNS = ("told ", "tells ", "asked ")

SAME_STATEMENT = re.compile(r"\b(?:also|remarks?|comments?|statement|message|letter|speech|warning)\b")
"""In the sentence behind a quotation: it speaks of the same statement."""

HEADER = re.compile(
    r"^(?:Source|SOURCE|Quelle|Fuente|Источник) ?: ?(?P<name>[^\n\[(]{2,60}?) *(?=[\[(\n]|$)", re.MULTILINE
)
"""A line that names the outlet of the whole document."""
HEADER_SIGNS = ("Source", "SOURCE", "Quelle", "Fuente", "Источник")
HEADER_LINE = re.compile(rf"\n(?:{'|'.join(HEADER_SIGNS)})")
"""How a text begins, or a line in it, where it has such a line."""

BACK = re.compile(
    r"\b(?P<determiner>[Tt]he|[Tt]his|[Oo]ur) (?P<noun>(?:state |state-run |official |news )?(?:news agency|agency|"
    r"newspaper|paper|daily|weekly|magazine|broadcaster|station|network|report|article|editorial|commentary))\b"
)
"""An outlet, or a piece of it, that was named before. "This newspaper" is the publisher."""
BACK_SIGNS = Signs(tuple(
    "agenc paper daily weekly magazine roadcaster station network report article editorial commentar".split()
))

FORMS = {
    "agency": "agency", "newspaper": "newspaper", "paper": "newspaper", "daily": "newspaper", "weekly": "newspaper",
    "magazine": "magazine", "broadcaster": "broadcaster", "station": "broadcaster", "network": "broadcaster",
}

HEAD = re.compile(
    rf"(?: (?:of|in) [A-Z]\w+)?[\"”’)]*(?: \([^()]*\))?"
    rf"(?: (?:state )?(?:{MEDIUM}|article|report|editorial|commentary|website))+\W*$|, (?:the|a|an|its|which)\b|"
    r"['’]s? (?:article|report|editorial|commentary|website)\W*$| (?:of|in) [A-Z]\w+\W*$"
)
"""What may stand behind an outlet's name where the outlet is the speaker."""

IT = re.compile(
    r"[Ii](?<![^\s,\ue000].)t (?:also |then |further |had |has )?"
    r"(?:quoted|cited|said|reported|added|went on|goes on|wrote|noted)\b"
)
"""A report whose outlet is a pronoun."""

PRONOUN_FIRST = re.compile(
    r"\W*(?:He|She|They|His|Her|The (?:remarks|comments|statement|message|letter|warning|speech))\b"
)
"""The beginning of a sentence that speaks of the one before."""
