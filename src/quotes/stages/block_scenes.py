"""How the narrator sounds when he tells again, with no word of saying, what went on around a speech."""

from __future__ import annotations

import re

_THEN = r"(?:Then |Later |Meanwhile,? |In the meantime,? |That day,? |On that day,? |After(?:wards| that),? )?"
_PEOPLE = (
    r"guests?|delegations?|delegates|visitors?|participants|attendants|envoys|audience|performers|entourage|mourners"
    r"|mission|group|spectators"
)
_DID = (
    r"visited|toured|looked (?:a)?round|went (?:a)?round|presented|posed|watched|laid|enjoyed|inspected|arrived|left"
    r"|departed|planted|paid|observed|saw|met|exchanged|handed|signed|attended|gave|received|took|walked|cheered|applauded"
)
_GATHERED = r"visited|laid|presented|toured|posed|watched|looked round|paid (?:floral )?tribute"
_AIRED = (
    r"[A-Z](?:[^.\n]|(?<=\b[A-Z])\.|\.(?=\d)){2,160}?\b(?:TV|Radio|Television|[Bb]roadcasting)\b[^.\n]{0,80}?"
    r" (?:also )?(?:aired|televised|introduced|showed|broadcast|gave a (?:detailed )?account)\b"
)
"""Other stations that carried the same news."""
SCENE = re.compile(
    rf"{_THEN}(?:the |The )?(?:[\w-]+ ){{0,2}}(?:{_PEOPLE}) (?:also |then |later )?(?:{_DID})\b"
    r"|(?:The )?(?:[Rr]epresentatives|[Mm]embers|[Oo]fficials|[Ss]taff) (?:of|from) the "
    rf"[^.,\n]{{2,80}}? (?:{_GATHERED})\b"
    rf"|(?:He|She|They) (?:also|then|later) (?:{_DID})\b"
    rf"|{_THEN}(?:(?:An?|The|the|[A-Z][a-z]+) (?:\w+ )?)?"
    r"(?:[Mm]essages?|[Ll]etters?|resolutions?|appeals?|oaths?|pledges?)"
    r"(?: [^.\n]{0,90})? (?:was|were) (?:adopted|sent|read out)\b"
    r"|(?:His|Her|The)(?: same)? (?:speech|news|reports?|statement|article|event) (?:was|were) (?:also )?"
    r"(?:reported|carried|covered|released|published)\b"
    r"|(?:Then|There) (?:followed|took place)\b|(?:It|This) was followed by\b"
    r"|(?:Present|Also present|On hand|Put on|On display|Among) (?:at|on|there|the|them)\b[^.\n]{0,120}? (?:was|were)\b"
    r"|(?:The|That) (?:meeting|ceremony|function|seminar|banquet|reception|congress|conference|rally) "
    r"(?:was|closed|ended|began|continues|goes on)\b"
    r"|(?:His|Her|Their|The) (?:words|speech|teachings|remarks|testimon\w+|appeal|instructions?) "
    r"(?:\w+ )?(?:implanted|moved|touched|stirred|evoked|encouraged|inspired|stunned|drew|was|were)\b"
    r"|(?:Going|Looking|Walking|Dropping|Touring|Visiting|Watching|Inspecting|Seeing)\b[^.\n]{0,200}?, "
    r"(?:he|she|they|[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}) "
    r"(?:learned|acquainted|inquired|saw|watched|went|looked|took|had|gave|inspected|visited|told)\b"
    r"|(?:Then|That day|On that day|Later),? (?:he|she|they) "
    r"(?:told|went|visited|looked|watched|gave|met|took|had|posed)\b"
    r"|When (?:his|her|the) (?:speech|report|address) was over\b"
    r"|(?:[A-Z][\w'’-]+ ){1,4}cut (?:off )?(?:a|the) (?:red )?tape\b"
    r"|(?:He|She|They), together with [^.\n]{3,160}?, (?:went|looked) (?:a)?round\b"
    rf"|{_AIRED}"
    r"|They (?:all )?(?:renewed|evinced|reaffirmed|hardened) (?:their|the) (?:\w+ )?"
    r"(?:resolutions?|determination|resolve|will|pledge|faith)\b"
)
"""What the people of an occasion did, and what became of the words."""
ALSO_SCENE = re.compile(
    rf"{_THEN}(?:the |The )?(?:[\w-]+ ){{0,2}}(?:{_PEOPLE}) (?:also|then|later) (?:{_DID})\b"
    r"|(?:(?:An?|The|[A-Z][a-z]+) (?:\w+ )?)?(?:[Mm]essages?|[Ll]etters?) to "
    r"[^.\n]{0,90} (?:was|were) (?:adopted|sent|read)\b"
    r"|(?:His|Her|The)(?: same)? (?:speech|news|reports?|statement|article|event) (?:was|were) (?:also )?"
    r"(?:reported|carried|covered|released)\b"
    rf"|{_AIRED}"
)
"""The same where an article or a statement speaks, which may itself tell of occasions."""
PRESENT = re.compile(r"(?<!\bwho )(?<!\bwhich )(?<!\bthat )\b(?:(?:is|are)(?! to be\b)|am|has|have|does|do)\b")
"""A verb in the present that is not of a clause about somebody: the narrator of an occasion tells in the past."""
ACTORS = re.compile(
    rf"(?:The|All the|All|Some) (?:[\w-]+ )?(?:{_PEOPLE}|officials|workers|builders|soldiers|sailors)\b"
)
"""The people of an occasion at the head of a paragraph."""
ANAPHOR = re.compile(r"(?:He|She|His|Her|They|Their)\b")
POINTING = re.compile(r"(?:It|Its|This|These|That(?! day)|Those|Such|Thus|So|But|However|Therefore|Seeing)\b")
JUDGES = re.compile(
    r"\A[^.\n]*?\b(?:proved|showed|demonstrated|displayed|reflected(?! on)|testified|indicated|meant"
    r"|(?:was|were) (?:not |also |indeed |really |truly |born )?(?:an?|the|in|so|possible|due|thanks))\b"
)
"""Weighs what happened, which the speaker does and the narrator of an occasion does not."""
NAMED = re.compile(
    r"(?:(?:The|General|Great|Respected|Supreme|Comrade|President|Chairman|Secretary|Leader|Marshal|King|Queen|Prince"
    r"|Generalissimo|Premier|Minister|His|Her|Majesty|Excellency) )*"
    r"(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)+)\b(?! [A-Z]|,)"
)
THIRD_PERSON = re.compile(r"\b(?:he|him|his|He|His|she|her|She|Her)\b|[a-z,] [A-Z][\w'’-]+ [A-Z][\w'’-]+")
"""Somebody whom a speech is about."""
