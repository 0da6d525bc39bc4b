"""How texts name outlets: what a name says of itself, what the text says of a name, and what is no name."""

from __future__ import annotations

import re

from quotes.stages.source_scan import Signs

_UP = "[A-ZÀ-ÖØ-ÞА-ЯЁ]"

_STATES = (
    "(?:-run|-controlled|-owned|-backed)? (?:run )?"
    "(?:media|television|TV|radio|broadcaster|news agency|agency|press|newspaper)"
)
_OFFICIAL, _LOCAL = "(?:media|news agency)", "(?:media|radio|press|television|TV|newspaper)"
CLASS = re.compile(rf"\b(?P<class>(?:state|State){_STATES}|(?:official|Official) {_OFFICIAL}|local {_LOCAL})\b")
"""An outlet named by its kind alone."""
CLASS_SIGNS = Signs(
    patterns=(re.compile(f"tate{_STATES}"), re.compile(f"fficial {_OFFICIAL}"), re.compile(f"local {_LOCAL}"))
)

# The capital comes first, for the engine passes quickly over what cannot be the first letter.
_NAME = rf"{_UP}(?<![\w&'’-].)[\w&'’-]*(?:(?: of(?: the)?| de| del| of)? {_UP}[\w&'’-]*){{0,4}}"
_PAPER = (
    "Daily|Courier|Tribune|Herald|Times|Post|Gazette|Journal|Chronicle|Observer|Telegraph|Sinmun|Ilbo|Shimbun|Zeitung|"
    "Pravda|Banner|Inquirer|Examiner|Bulletin|Globe|Register|Dispatch|Wire|Newspaper|Weekly|Magazine|Radio|Television|TV"
)
NAMED_SO = re.compile(
    rf"\b(?={_UP})(?:(?P<suffix>(?<![\w’'-]){_UP}[\w’'-]+(?: {_UP}[\w’'-]+){{0,3}} "
    rf"(?:News Agency|News Service|News Network|Press Agency|Press Association|Telegraph(?:ic)? Agency|"
    rf"Information Agency|Broadcasting (?:Network|Corporation|Service|Company)|{_PAPER}))\b(?! {_UP})|"
    rf"(?P<prefix>\b(?:The )?Daily {_UP}\w+|\bRadio {_UP}\w+|\bAgen(?:ce|cia) {_UP}\w+(?: {_UP}\w+)?))"
)
"""Names that say of themselves that they are an outlet's."""
NAMED_SO_SIGNS = Signs(
    patterns=(re.compile(rf"{_PAPER}|News Service|News Network|Agency|Press Association|Broadcasting|Agence|Agencia"),)
)
"""All begin with capitals, of which a text has few."""

_MEDIUM_BEFORE = (
    r"(?:news|state|state-run|press|official|State|News)(?: news)? agency|news service|newspaper|[Bb]roadcaster|"
    r"magazine|tabloid|television channel|radio station|TV channel|news site|party organ|state media|state TV|"
    r"state television|[Aa]gentur|Nachrichtenagentur|Zeitung|agencia(?: \w+)?|emisora|diario|agence|"
    r"[Жж]урнал|[Гг]азета|[Аа]гентство"
)
_MEDIUM_BEHIND = (
    r"(?:(?:state|official|party|state-run|national|country['’]s|government|ruling|local|main|private|independent|"
    r"Internet|internet|online|regional) )"
    r"{0,3}(?:news agency|state agency|agency|newspaper|paper|daily|broadcaster|magazine|radio|organ|weekly|news site)"
)
CALLED_SO = re.compile(
    rf"\b(?=[nspobmtraedжга]|{_UP})(?:(?P<kind>{_MEDIUM_BEFORE}) [\"“«]?(?P<behind>{_NAME})|"
    rf"(?P<country>{_UP}\w+)['’]s (?:state |official |news )?agency, (?P<apposed>{_UP}[\w-]+),|"
    rf"(?P<before>{_NAME}), (?P<kind2>(?:the|a|an|its|{_UP}\w+['’]s) {_MEDIUM_BEHIND})\b|"
    rf"(?P<acronym>{_UP}{{2}}\w*+)(?P<kind3>(?: news)? agency|(?: state)? television|(?: state)? radio)\b)"
)
"""Names of which the text says that they are an outlet's."""
CALLED_SO_SIGNS = Signs(
    tuple(
        "agenc;news s;paper;roadcaster;magazine;tabloid;channel;radio;tate TV;state media;television;gentur;Zeitung;"
        "emisora;diario;урнал;азета;гентство;daily;weekly".split(";")
    ),
    (re.compile(r"organ\b"),),
)

DID_SO = re.compile(
    rf"(?P<name>{_NAME})(?:, [^,.\n]{{1,60}},| on {_UP}\w+(?: \d{{1,2}})?| of {_UP}\w+| {_UP}\w+day)? "
    r"(?:(?:ran|carried|carries|runs|devoted|dedicated) (?:a|an|its|the|long|excerpts)\b(?: [\w-]+){0,3} "
    r"(?:commentary|commentaries|editorial|articles?|front page|excerpts|dispatch|issue)|"
    r"(?:published|publishes) an?(?: [\w-]+){0,2} editorial)\b"
)
"""Names of whatever prints articles."""
DID_SO_SIGNS = Signs(
    ("commentar", "editorial", "article", "front page", "excerpts", "dispatch", "issue"),
    also=("ran ", "carrie", "runs ", "devoted ", "dedicated ", "publishe"),
)

CARRIED_BY = re.compile(
    r"\b(?=[A-Zacqrt])(?:(?:(?:quoted|carried|reported|cited) by|[Aa]ccording to) (?P<name>[A-Z]{3,}\w*)\b|"
    r"(?P<reporters>[A-Z]{3,}) reporters?\b|(?P<agency>[A-Z]{2,4}NA)\b|"
    rf"[Tt]he (?P<place>(?:radio|television|newspaper) of (?:the )?(?:\w+ of (?:the )?)?{_UP}\w+(?: {_UP}\w+)?))"
)
"""Abbreviations credited as only outlets are (NA stands for news agency), and what prints or sends at a place."""

CARRIED_BY_SIGNS = Signs(
    ("NA", "radio", "television", "paper"),
    tuple(map(re.compile, ("d by [A-Z]{3}", "ccording to [A-Z]{3}", " reporter(?<=[A-Z]{3} reporter)"))),
)

REVIEWED = re.compile(
    rf"^(?:[\w /.,]{{0,40}}/\. )?(?P<name>{_NAME}): [^\n]*\b(?:the (?:paper|weekly|newspaper|daily|magazine))\b",
    re.MULTILINE,
)
"""A paragraph of a press review: the paper's name, a colon, what it writes."""
REVIEWED_SIGNS, REVIEWED_AHEAD = ("paper", "weekly", "daily", "magazine"), ("the ", "the news")
"""Words of which one stands in every such paragraph, and what stands before it there."""

EAST_ASIAN = re.compile(
    r"(?:报|報|紙|紙の|誌|誌の|杂志|通讯社|通信社|신문|신문은|통신)[《『「](?P<name>[^》』」\n]{2,20})[》』」]|"
    r"[《『](?P<own>[^》』\n]{1,16}(?:报|報|新聞|时报))[》』]"
)
"""Papers and agencies in the brackets for titles."""
EAST_ASIAN_SIGNS = ("》", "』", "」")

STATE_RUN = re.compile(
    r"\b(?:state|state-run|state-owned|state-controlled|official|government)\b|estatal|staatlich|государствен|政府系|"
    r"机关报|党报"
)
"""Words by which a text calls an outlet a state's."""

STATE_RUN_NAME = re.compile(rf"\bstate(?:-run|-controlled) (?!bank|company|oil|gas)(?P<name>{_NAME})")
"""A name that the text calls state-run; where it reports, it is an outlet."""
STATE_RUN_NAME_SIGNS = Signs(("state-",))

SHORT = frozenset(_PAPER.split("|")) | {"Lantern", "Banner", "Star", "Mail", "Sun", "Mirror", "Ledger", "Independent"}
"""Last words of papers' names by which they are called afterwards."""

ORDINARY = frozenset(
    "time dawn fox bild slate vox welt guardian mirror independent telegraph herald star sun hill times dr app "
    "liberation folha pap nan granma economist hindu atlantic spiegel the die aps ena rai ani national news".split()
)
"""Names of outlets that are ordinary words too."""

NOT_A_NAME = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december the in on a an at it he she they we i this that those these when while after "
    "before but and as according during for from by with despite earlier last president mr mrs ms dr general minister "
    "prime marshal comrade leader foreign secretary spokesman spokeswoman defence defense chairman chancellor king "
    "queen premier sir der die das ein eine er sie es el la los las un una il le les он она они".split()
)
"""Capitalised words that are no part of anybody's name."""

ACRONYMS = frozenset(
    "NATO NASA UNICEF UNESCO OPEC FIFA UEFA ASEAN INTERPOL WHO IAEA PETA AIPAC FEMA OSHA ACLU NAACP CAIR "
    "DNA RNA".split()
)
"""Abbreviations that stand without an article and are nobody's outlet."""

NO_AGENCY = frozenset("LEAD URGENT UPDATE CORRECTED EXCLUSIVE ANALYSIS FOCUS".split())
"""What stands in brackets before a text and is no agency."""

BODY_NAME = re.compile(
    r"\b(?:Committee|Party|Ministry|Government|Department|Association(?<!Press Association)|Institute|Council|"
    r"University|Group|Union|Embassy|Front|Society|Court|Police|Army|Office|Commission|Organi[sz]ation|Party|Assembly|Congress|Senate)$"
)
"""Names of bodies that publish articles too and are no outlet."""
