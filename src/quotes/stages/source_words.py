"""The words around an outlet's name that make it the carrier of somebody's words."""

from __future__ import annotations

import re

_UP = "[A-ZÀ-ÖØ-ÞА-ЯЁ]"
_CAPITAL = rf"{_UP}[\w&.'’-]*"

MEDIUM = (
    r"news agenc(?:y|ies)|news service|newswire|press agency|agency|newspaper|daily|weekly|paper|broadcaster|magazine|"
    r"tabloid|news (?:site|website|outlet|portal|channel|network)|television(?: station| channel| network)?|TV(?: station| "
    r"channel)?|radio(?: station)?|station|outlet|mouthpiece|organ|media"
)
"""Words for a kind of outlet."""

_DESCRIBING = (
    rf"(?:(?>(?:the|The|its|his|her|their|our|a|an|country['’]s|nation['’]s|North['’]s|state|state-run|state-owned|"
    rf"state-controlled|state-backed|state-funded|government|government-run|party|ruling|official|semi-official|local|leading|"
    rf"main|German|reporters?|correspondents?|journalists?|la|el|los|der|die|das|agencia|estatal|oficial|emisora|diario|[Aa]gentur|"
    rf"Nachrichtenagentur|Zeitung|staatlichen?|агентств[оау]|журнал|газета|{_CAPITAL}|{MEDIUM}),? )){{0,8}}[\"“«(]?$"
)
_PIECE = (
    r"(?:release|statement|report|reports|dispatch|commentary|editorial|article|interview|interviews|op-ed|column|piece|comment|"
    r"comments|broadcast|conversation|remarks|message|letter|story|despatch)"
)


def _before(trigger: str) -> re.Pattern[str]:
    return re.compile(rf"(?:(?<=\W)|^)(?:{trigger}) {_DESCRIBING}")


CITED = _before(r"(?:[Cc]iting|[Qq]uoting|[Rr]eferring to|with reference to|which cited|which quoted|who cited|что со ссылкой на)")
"""Behind these stands the outlet that another outlet took the words from."""

TOLD = _before(
    r"told|tells|telling|asked by|[Ss]peaking (?:\w+ ){0,2}?(?:to|with|on)|spoke (?:\w+ ){0,2}?(?:to|with)|talked to|"
    r"(?:[Ii]nterview|interviews|conversation) (?:\w+ ){0,4}?(?:with|to|by|on|for|in)|interviewed (?:by|on)|"
    r"(?:[Ii]n|[Ii]n an?) (?:\w+ ){0,2}?(?:comments?|remarks|statements?|e-?mail|emails?) (?:\w+ ){0,2}?(?:to|for)|"
    r"(?:said|says|appeared|appearing|wrote|writes|writing|published) (?:\w+ ){0,4}?(?:on|in)|met|"
    r"dijo a|declaró a|в интервью|gegenüber|im Gespräch mit"
)
"""Behind these stands the outlet that somebody spoke to."""

BY = _before(
    r"(?:[Aa]ccording|ccording) to(?: (?:a|an) \w+ (?:by|from|in|on))?(?: \w+ (?:by|from|in|on))?|"
    r"(?:quoted|cited|carried|reported|published|released|issued|aired|broadcast|distributed|printed|posted|run|relayed|dated"
    r"|made public|made available|made)"
    r"(?: \w+){0,3}? (?:by|to|in|on|through|via)|(?:as saying|as having said|as telling) (?:by|in)|"
    rf"(?:[Ii]n|[Bb]y) (?:a|an|the|its|his|her) (?:[\w-]+ ){{0,3}}?{_PIECE} (?:\w+ ){{0,4}}?(?:from|by|to|in|on|of|for|via|through)|"
    rf"{_PIECE} (?:from|by|of)|"
    r"[Ss]ource:|[Ll]aut(?: \w+)?|[Nn]ach (?:Angaben|Informationen|einem Bericht)(?: de[rs])?|[Ww]ie die|[Ss]egún(?: la| el)?|citado por(?: la| el)?|"
    r"[Ss]elon(?: l[ae])?|[Dd]['’]après(?: l[ae])?|[Пп]о (?:данным|сообщению|информации)|сообщает|передает|передаёт|сообщило|"
    r"[Vv]ia|[Pp]er"
)
"""Behind these stands the outlet that carries the words."""

_TIME = (
    r"(?:(?:on |late |early |last |this |earlier |later )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|on [A-Z]\w+\.? \d{1,2}|"
    r"today|yesterday|earlier|later|also|then|again|once|first|only|separately|in turn|has|have|had|further|even|never)"
)
_ASIDE = r"(?:\s?\([^()]{1,60}\)|,? (?:which|who|citing|quoting|the|an?|a party|its)\b[^,.:;]{0,110},|, [^,.:;]{1,60},| of [A-Z]\w+)"
_VERB = (
    r"report(?:ed|s|ing)|sa(?:id|ys)|quot(?:ed|es|ing)|cit(?:ed|es)|wr(?:ote|ites)|add(?:ed|s)|not(?:ed|es)|announc(?:ed|es)|"
    r"reveal(?:ed|s)|comment(?:ed|s)|claim(?:ed|s)|stat(?:ed|es)|relat(?:ed|es)|carr(?:ied|ies)|publish(?:ed|es)|ran|runs|"
    r"broadcast|air(?:ed|s)|show(?:ed|s)|released|called|calls|described|describes|put it|writes|devoted|meldete|berichtete|"
    r"zitierte|informó|reportó|сообщил[аои]?|пишет"
)
REPORTING = re.compile(
    rf"(?P<medium>(?:['’]s)?(?: (?:state |official )?(?:{MEDIUM}|article|report|editorial|commentary)){{0,2}})[\"”»)]?"
    rf"(?:{_ASIDE})?,?(?: {_TIME}){{0,3}},? (?P<verb>{_VERB})\b"
)
"""What follows an outlet's name where the outlet is the subject of a report."""

SUBJECT_ENDS = re.compile(r"(?: (?:on )?[A-Z]\w+day\b| on [A-Z]| in (?:a|an|its)\b|\W*[.,;:\n\ue000]|\W*$)")
"""What follows an outlet's name that is the whole subject: not "MSNBC host"."""

INVERTED = re.compile(rf"(?:reported|reports|wrote|writes|added|said|says|сообщил[аои]?|пишет|berichtet|meldet) {_DESCRIBING}")
"""A report's verb before its subject (behind a quotation): "..., reported the Courier"."""

RELAYING = re.compile(r"report|quot|cit|carr|publish|ran|runs|broadcast|air|released|meldete|bericht|zitierte|inform|сообщ")
"""Verbs by which an outlet passes on what others say; the other verbs may be its own words."""

THROUGH = re.compile(r",? (?:as )?(?:cited|quoted|carried|relayed|citado|citada|zitiert) (?:by|in|por|von) ")
"""Between two outlets: the second has the words from the first."""

QUOTED_AS = re.compile(r"\b(?:was|were|is|are|been|being) (?:also |further |later |again )?(?:quoted|cited|reported) (?:\w+ ){0,2}?as\b")
"""A report that does not name its outlet again."""

NEW_EVENT = re.compile(
    r"\b(?:told|tells) (?:reporters|journalists|lawmakers|MPs|parliament|the (?:parliament|press|media|crowd|council|senate))|"
    r"\b(?:news|press) (?:conference|briefing)\b|\b[Ii]n (?:his|her|a|an earlier) speech\b|"
    r"\b[Aa]t (?:a|the) (?:rally|hearing|debate|forum)\b|^\W*(?:Earlier|Separately|Meanwhile|Last (?:week|month|year)|Previously|"
    r"In (?:a )?separate|A (?:day|week|month|year) (?:earlier|later|ago)|In (?:January|February|March|April|May|June|July|August|"
    r"September|October|November|December)\b|In (?:19|20)\d\d)"
)
"""Signs that the words were said on another occasion than the ones before."""

ADDRESSED = re.compile(rf"\b(?:told|tells|asked) {_UP}\w")

SAME_STATEMENT = re.compile(r"\b(?:also|remarks?|comments?|statement|message|letter|speech|warning)\b")
"""In the sentence behind a quotation: it speaks of the same statement."""

HEADER = re.compile(r"^(?:Source|SOURCE|Quelle|Fuente|Источник) ?: ?(?P<name>[^\n\[(]{2,60}?) *(?=[\[(\n]|$)", re.MULTILINE)
"""A line that names the outlet of the whole document."""

BACK = re.compile(
    r"\b(?P<determiner>[Tt]he|[Tt]his|[Oo]ur) (?P<noun>(?:state |state-run |official |news )?"
    r"(?:news agency|agency|newspaper|paper|daily|weekly|magazine|broadcaster|station|network|report|article|editorial|commentary))\b"
)
"""An outlet, or a piece of it, that was named before. "This newspaper" is the publisher."""

FORMS = {
    "agency": "agency", "newspaper": "newspaper", "paper": "newspaper", "daily": "newspaper", "weekly": "newspaper",
    "magazine": "magazine", "broadcaster": "broadcaster", "station": "broadcaster", "network": "broadcaster",
}

CLASS = re.compile(
    r"\b(?P<class>(?:state|State)(?:-run|-controlled|-owned|-backed)? (?:run )?"
    r"(?:media|television|TV|radio|broadcaster|news agency|agency|press|newspaper)|(?:official|Official) (?:media|news agency)|"
    r"local (?:media|radio|press|television|TV|newspaper))\b"
)
"""An outlet named by its kind alone."""

_NAME = rf"(?<![\w&'’-]){_UP}[\w&'’-]*(?:(?: of(?: the)?| de| del| of)? {_UP}[\w&'’-]*){{0,4}}"
_PAPER = (
    "Daily|Courier|Tribune|Herald|Times|Post|Gazette|Journal|Chronicle|Observer|Telegraph|Sinmun|Ilbo|Shimbun|Zeitung|Pravda|"
    "Banner|Inquirer|Examiner|Bulletin|Globe|Register|Dispatch|Wire|Newspaper|Weekly|Magazine|Radio|Television|TV"
)
NAMED_SO = re.compile(
    rf"(?P<suffix>(?<![\w’'-]){_UP}[\w’'-]+(?: {_UP}[\w’'-]+){{0,3}} (?:News Agency|News Service|News Network|Press Agency|Press Association|"
    rf"Telegraph(?:ic)? Agency|Information Agency|Broadcasting (?:Network|Corporation|Service|Company)|{_PAPER}))\b(?! {_UP})|"
    rf"(?P<prefix>\b(?:The )?Daily {_UP}\w+|\bRadio {_UP}\w+|\bAgen(?:ce|cia) {_UP}\w+(?: {_UP}\w+)?)"
)
"""Names that say of themselves that they are an outlet's."""

_MEDIUM_BEFORE = (
    r"(?:news|state|state-run|press|official|State|News)(?: news)? agency|news service|newspaper|[Bb]roadcaster|magazine|tabloid|"
    r"television channel|radio station|TV channel|news site|party organ|state media|state TV|state television|[Aa]gentur|"
    r"Nachrichtenagentur|Zeitung|agencia(?: \w+)?|emisora|diario|agence|[Жж]урнал|[Гг]азета|[Аа]гентство"
)
_MEDIUM_BEHIND = (
    r"(?:(?:state|official|party|state-run|national|country['’]s|government|ruling|local|main|private|independent) ){0,3}"
    r"(?:news agency|state agency|agency|newspaper|daily|broadcaster|magazine|radio|organ|weekly)"
)
CALLED_SO = re.compile(
    rf"\b(?P<kind>{_MEDIUM_BEFORE}) [\"“«]?(?P<behind>{_NAME})|"
    rf"\b(?P<country>{_UP}\w+)['’]s (?:state |official |news )?agency, (?P<apposed>{_UP}[\w-]+),|"
    rf"(?P<before>{_NAME}), (?P<kind2>(?:the|a|an|its|{_UP}\w+['’]s) {_MEDIUM_BEHIND})\b|"
    rf"\b(?P<acronym>{_UP}{{2}}\w*+)(?P<kind3>(?: news)? agency|(?: state)? television|(?: state)? radio)\b"
)
"""Names of which the text says that they are an outlet's."""

DID_SO = re.compile(
    rf"(?P<name>{_NAME})(?:, [^,.\n]{{1,60}},| on {_UP}\w+(?: \d{{1,2}})?| of {_UP}\w+| {_UP}\w+day)? (?:(?:ran|carried|carries|runs|devoted|"
    r"dedicated) (?:a|an|its|the|long|excerpts)\b(?: [\w-]+){0,3} (?:commentary|commentaries|editorial|article|articles|"
    r"front page|excerpts|dispatch|issue)|(?:published|publishes) an?(?: [\w-]+){0,2} editorial)\b"
)
"""Names of whatever prints articles."""

CARRIED_BY = re.compile(
    r"\b(?:(?:quoted|carried|reported|cited) by|[Aa]ccording to) (?P<name>[A-Z]{3,}\w*)\b|"
    r"\b(?P<reporters>[A-Z]{3,}) reporters?\b|\b(?P<agency>[A-Z]{2,4}NA)\b|"
    rf"\b[Tt]he (?P<place>(?:radio|television|newspaper) of (?:the )?(?:\w+ of (?:the )?)?{_UP}\w+(?: {_UP}\w+)?)"
)
"""Abbreviations that are credited as only outlets are (NA stands for news agency), and what prints or sends at a place."""

REVIEWED = re.compile(rf"^(?:[\w /.,]{{0,40}}/\. )?(?P<name>{_NAME}): [^\n]*\b(?:the (?:paper|weekly|newspaper|daily|magazine))\b", re.MULTILINE)
"""A paragraph of a press review: the paper's name, a colon, what it writes."""

EAST_ASIAN = re.compile(
    r"(?:报|報|紙|紙の|誌|誌の|杂志|通讯社|通信社|신문|신문은|통신)[《『「](?P<name>[^》』」\n]{2,20})[》』」]|[《『](?P<own>[^》』\n]{1,16}(?:报|報|新聞|时报))[》』]"
)

STATE_RUN = re.compile(r"\b(?:state|state-run|state-owned|state-controlled|official|government)\b|estatal|staatlich|государствен|政府系|机关报|党报")

STATE_RUN_NAME = re.compile(rf"\bstate(?:-run|-controlled) (?!bank|company|oil|gas)(?P<name>{_NAME})")
"""A name that the text calls state-run; where it reports, it is an outlet."""

SHORT = frozenset(_PAPER.split("|")) | {"Lantern", "Banner", "Star", "Mail", "Sun", "Mirror", "Ledger", "Independent"}
"""Last words of papers' names by which they are called afterwards."""

ORDINARY = frozenset(
    "time dawn fox bild slate vox welt guardian mirror independent telegraph herald star sun hill times dr app liberation folha pap "
    "nan granma economist hindu atlantic spiegel rodong the die aps ena rai ani".split()
)
"""Names of outlets that are ordinary words too."""

CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december the in on a an at it he she they we i this that those these when while after before but and as "
    "according during for from by with despite earlier last president mr mrs ms dr general minister prime marshal comrade leader "
    "der die das ein eine er sie es el la los las un una il le les он она они foreign secretary spokesman spokeswoman defence defense chairman chancellor king queen premier sir".split()
)
"""Capitalised words that are no part of anybody's name."""

HEAD = re.compile(rf"(?: (?:of|in) [A-Z]\w+)?[\"”’)]*(?: \([^()]*\))?(?: (?:state )?(?:{MEDIUM}|article|report|editorial|commentary|website))+\W*$|, (?:the|a|an|its|which)\b|"
                  r"['’]s? (?:article|report|editorial|commentary|website)\W*$| (?:of|in) [A-Z]\w+\W*$")
"""What may stand behind an outlet's name where the outlet is the speaker."""

IT = re.compile(r"(?<![^\s,\ue000])[Ii]t (?:also |then |further |had |has )?(?:quoted|cited|said|reported|added|went on|goes on|wrote|noted)\b")
"""A report whose outlet is a pronoun."""

PRONOUN_FIRST = re.compile(r"\W*(?:He|She|They|His|Her|The (?:remarks|comments|statement|message|letter|warning|speech))\b")

ACRONYMS = frozenset("NATO NASA UNICEF UNESCO OPEC FIFA UEFA ASEAN INTERPOL WHO IAEA PETA AIPAC FEMA OSHA ACLU NAACP CAIR DNA RNA".split())
"""Abbreviations that stand without an article and are nobody's outlet."""

NO_AGENCY = frozenset("LEAD URGENT UPDATE CORRECTED EXCLUSIVE ANALYSIS FOCUS".split())
"""What stands in brackets before a text and is no agency."""

BODY_NAME = re.compile(
    r"\b(?:Committee|Party|Ministry|Government|Department|Association(?<!Press Association)|Institute|Council|University|Group|"
    r"Union|Embassy|Front|Society|Court|Police|Army|Office|Commission|Organi[sz]ation|Party|Assembly|Congress|Senate)$"
)
"""Names of bodies that publish articles too and are no outlet."""
