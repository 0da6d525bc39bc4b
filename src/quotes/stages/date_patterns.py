"""How a text tells that words were said at another time, again, on the spot, or by somebody else."""

from __future__ import annotations

import re

from quotes.stages.small_letters import Small

ANOTHER_TIME = Small(
    r"\b(?:earlier|previously|once|often|always|regularly|repeatedly|usually|formerly|"
    r"(?:days?|weeks?|months?|years?) (?:ago|later)|"
    r"in (?:his|her|their|its|a) (?:\d{4} )?(?:book|memoirs?|autobiography|diary)|likes? to|has long|used to|"
    r"according to (?:his|her|their|its) (?:[\w-]+ )?(?:report|account|diary|version|memoirs?)|"
    r"every (?:day|week|month|year|time)|last (?:week|month|year)|in the past|said later|later said|one day)\b",
    signs=(
        *("earlier", "previously", "once", "often", "always", "regularly", "repeatedly", "usually", "formerly"),
        *(" ago", "later", " book", "memoir", "autobiography", "diary", "like", "has long", "used to", "every "),
        *("last ", "past", "according to ", "one day"),
    ),
)
SPEECH = re.compile(
    r"\b(?:told (?:reporters|journalists|a (?:news|press)|the (?:press|media)|[A-Z]\w*)|said|says|stated|"
    r"announced|issued|released|"
    r"made public|gave the following|published|contributed|declared|warned|statements? made|"
    r"spokes(?:man|woman|person)|press statement)\b"
)
SECOND_HAND = Small(r"\b(?:reported|according to|citing|quoted by|state media|recently|shortly ago|days ago)\b")
PROGRESSIVE = re.compile(r"\b(?:is|are) (?:now )?\w+ing\b[^.]*$")
QUOTED_AS = re.compile(
    r"\b(?<!was )(?<!were )quot(?:ed|es|ing) (?:[\w’'.-]+ ){1,12}?"
    r"as (?:saying|calling|having|telling|describing|writing)\b[^.]*$"
)
IN_HIS_SPEECH = re.compile(r"\bin (?:his|her|the) (?P<noun>speech|address|report|message|letter|talk)\b")
AFTERWARDS = re.compile(
    r"\W*(?:(?:At|After) the end of|After) (?:the|his|her|their) "
    r"(?:visit|tour|performance|meeting|ceremony|concert|show)\b"
)
ON_THE_SPOT = re.compile(r" (?:on|at) the (?:spot|scene|site)\b| there\b")
CHEERS = re.compile(r"\b(?:shouts?|cheers|cries|chants?)(?: of)? $")
"""Before the words that a crowd shouts at what is told."""
