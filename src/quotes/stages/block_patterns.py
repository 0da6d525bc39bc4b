"""What introduces a statement without marks, what ends it, and how the narrator sounds when he returns."""

from __future__ import annotations

import re

END_MARK = re.compile(r"\s*-\s?0\s?-\s*\Z")
LIST = re.compile(r"\s*(?:[-–•*▲△○◆□■]|\d{1,2}[.)])\s?\S")
OPENING_MARK = re.compile(r"\s*[\"“”„«‘'「『`]")
NO_SPEECH = re.compile(
    r"\b(?:are|is|were|was|reads?) as follows|\bfollowing (?:are|is)\b|\bincluding$",
    re.IGNORECASE,
)
FULL_TEXT = re.compile(r"\b(?:full )?text of (?:the|his|her|its) (?P<noun>\w+) (?:is|reads|runs) as follows:\Z")
"""Announces the words of a text that the sentence before has told of."""
MARK = re.compile(r"[\"“”„«»]")
FORMULA_VERBS = frozenset(
    [
        "released",
        "issued",
        "published",
        "made",
        "carried",
        "delivered",
        "sent",
        "gave",
        "contributed",
        "addressed",
        "releases",
        "issues",
        "publishes",
        "gives",
        "sends",
        "adopted",
        "posted",
        "edited",
        "dedicated",
        "devoted",
    ]
)
FORMULA_NOUNS = frozenset(
    [
        "statement",
        "article",
        "message",
        "letter",
        "pledge",
        "appeal",
        "declaration",
        "order",
        "communique",
        "communiqué",
        "commentary",
        "speech",
        "address",
        "reply",
        "announcement",
        "answer",
        "warning",
        "talk",
        "information",
        "bulletin",
        "editorial",
        "essay",
        "text",
        "remarks",
        "resolution",
        "report",
        "greetings",
        "note",
        "notice",
    ]
)
GOES_ON = re.compile(
    r"\b(?:and|he|she|they|article|editorial|commentary|statement|paper) (?:goes|went) on\.$", re.IGNORECASE
)
ANNOUNCED = re.compile(
    r"\b[Tt]he following (?:[\w-]+ ){0,4}?(?:statement|answer|article|commentary|letter|message|declaration|appeal"
    r"|memorandum|editorial|communique)\b(?:[^:\n]{0,300}[.\"”’]|(?: [a-z]+){0,4},? [\"“][^\n]{5,300}[\"”]\.?)\Z"
)
"""An announcement that ends without a colon: "released the following press statement titled “…”."."""
GLUED_STOP = re.compile(r"(?<=[a-z][a-z])[.!?](?=[A-Z](?:[a-z]| ))")
"""The end of a sentence that has lost the blank behind it."""
INLINE = re.compile(r": (?<=[a-z]: ) *+(?=[A-Z])")
FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|us|me|my|[Oo]ur|ourselves|[Ll]et us|you|your)\b")
MARKED_WORDS = re.compile(r"\"[^\"\n]*\"|“[^”\n]*”")
POSTPOSED_PERSON = re.compile(r"\b(?:I|[Ww]e|us|me|my|myself|ourselves)\b")
REPORT_BEHIND = re.compile(
    r", (?P<subject>he|she|it|they|the [a-z][\w-]*(?: [a-z][\w-]*){0,2}|[A-Z][\w-]+(?: [A-Z][\w-]+){0,3}) "
    r"(?P<verb>said|says|noted|notes|stressed|stresses|added|adds|stated|declared|continued|wrote|writes|pointed out|"
    r"emphasized|underlined|went on|goes on|held|warned|warns|conclude[sd]|charged|deplored"
    r"|asserted)\b(?!,? ?[\"“‘:])(?=[,.]| on\b| in\b|\s*$)"
    r"|, (?P<verb_before>said|says|added|adds|noted"
    r"|stressed|concludes|concluded) (?P<subject_behind>the (?:white )?[a-z]+|[A-Z][\w-]+(?: [A-Z][\w-]+){0,3})"
    r"(?=[,.]|\s*$)"
)
REPORTING = (
    r"said|says|not(?:ed|es)|stress(?:ed|es)|add(?:ed|s)|stat(?:ed|es)|declar(?:ed|es)|urg(?:ed|es)|call(?:ed|s)"
    r"|express(?:ed|es)|"
    r"affirm(?:ed|s)|reaffirm(?:ed|s)|hop(?:ed|es)|wish(?:ed|es)|recall(?:ed|s)|point(?:ed|s) (?:out|to)"
    r"|assail(?:ed|s)|"
    r"denounc(?:ed|es)|condemn(?:ed|s)|refer(?:red|s)|emphasi[sz](?:ed|es)|underlin(?:ed|es)|underscor(?:ed|es)"
    r"|ask(?:ed|s)|"
    r"warn(?:ed|s)|conclud(?:ed|es)|demand(?:ed|s)|appeal(?:ed|s)|explain(?:ed|s)|accus(?:ed|es)|disclos(?:ed"
    r"|es)|instruct(?:ed|s)|"
    r"set forth|clarified|pledg(?:ed|es)|vow(?:ed|s)|indicat(?:ed|es)|censur(?:ed|es)|went on|goes on"
    r"|extend(?:ed|s)|observ(?:ed|es)|deplor(?:ed|es)|assert(?:ed|s)|maintain(?:ed|s)|insist(?:ed|s)"
    r"|brand(?:ed|s)|criticiz(?:ed|es)|blam(?:ed|es)|likened"
)
TEXTS = (
    "article|editorial|commentary|statement|letter|message|report|paper|newspaper|bulletin|declaration|appeal|essay|"
    "document|memorandum"
)
MANNERS = frozenset(
    [
        *TEXTS.split("|"),
        "speech",
        "address",
        "interview",
        "lecture",
        "reminiscences",
        "memoirs",
        "book",
        "work",
        "treatise",
        "dispatch",
        "conference",
        "meeting",
        "homepage",
        "website",
        "tone",
        "editorial",
    ]
)
"""Nouns of what somebody speaks or writes in: "X in its statement said"."""
_LINKS = r"(?:And |Then |Also |Meanwhile, |Finally, )?"
_ADVERBS = (
    r"(?:also |then |further |again |clearly |wholeheartedly |strongly |bitterly |highly |warmly |in the \w+ |, )*"
)
_SPEAKERS = (
    r"The (?:organi[sz]ations?|participants"
    r"|(?:participants|members|representatives|delegates) (?:of|in|at) [^.,]{3,80}?"
    r"|reporter|speaker|leader|president|minister|spokes\w+|official|author)"
    r"|(?:The s|S)peakers?(?: (?:at|from|of) [^.,]{3,60}?)?"
)
NARRATOR = re.compile(
    rf"{_LINKS}(?:He|She|They|It|The (?:{TEXTS})|{_SPEAKERS}|(?:[A-Z][\w'’-]+ ){{1,3}}[A-Z][\w'’-]+)"
    rf" {_ADVERBS}(?:{REPORTING})\b|(?:Then|Later),? (?:he|she|they) {_ADVERBS}(?:{REPORTING})\b"
)
TEXT_NARRATOR = re.compile(
    rf"{_LINKS}(?:It|The (?:{TEXTS})|{_SPEAKERS}|(?!The )(?:[A-Z][\w'’-]+ ){{1,3}}[A-Z][\w'’-]+)"
    rf" {_ADVERBS}(?:{REPORTING})\b"
)
"""The same behind an article or a statement, which goes on speaking of a body named with "The", of him or of them."""
POSTED = (
    r"[A-Z][^.\n]{3,200}? (?:(?:on|in) [A-Z][a-z]+\.? \d+ )?posted on (?:its|their) (?:[Ii]nternet )?"
    r"(?:home ?page|website)s?\b"
)
"""Another body that put something out."""
REPORTS_THAT = re.compile(
    rf"The (?:{TEXTS}) (?:appeared|was (?:released|published|carried|printed|signed|dated|addressed|read out))\b|"
    r"(?!(?:If|When|As|Since|Though|Although|While|Once|Unless|Whether) )"
    r"(?:The|A|An|[A-Z][\w'’-]+)(?: [\w'’-]+){1,9}? (?:said|wrote|commented|noted|added|reported|claimed"
    r"|observed|quoted|conveyed(?: the)? news)(?: in (?:its|an?) [\w ]{3,30})?"
    r"(?: that\b|[:,]| (?:his|her|he|she|they|their)\b)"
    r"|[A-Z][^.\n]{2,90}? in (?:an?|its|their) (?:\w+ )?(?:statement|article|message|letter|speech|interview|lecture)"
    r"(?: [^.,\n]{2,40})? (?:said|noted|stressed|praised|lauded|hailed|denounced"
    r"|condemned|wished|expressed|hoped)\b"
    r"|(?:The )?(?:[A-Z][\w'’-]+ ){1,5}(?:\w+day )?in an? (?:[\w-]+ )?(?:article|commentary|editorial) (?:\w+day )?"
    r"(?:says|said|calls|called|urges|urged|notes|noted|stresses|stressed|observes|observed)\b"
    r"|(?:The )?(?:[A-Z][\w'’-]+ ){1,5}(?:says|observes|notes|stresses|calls|urges)\b[^.\n]{0,60}? in an? "
    r"(?:[\w-]+ )?(?:article|commentary|editorial)\b"
    r"|In (?:an|another|its|his|her) (?:\w+ )?(?:article|statement|commentary|editorial)[^.\n]{0,140}?"
    r" (?:the [a-z]+|it|he|she) (?:also )?(?:said|noted|stressed|introduced|described)\b"
    r"|On (?:the same|that) day,? [^.,\n]{3,60}? (?:said|called|urged|issued|released|declared|announced)\b"
    rf"|{POSTED}"
    r"|(?:The|A|An) (?:[\w'’-]+ ){0,9}?(?:paper|newspaper|daily|weekly|Daily|News|Times|Post|Herald|Tribune"
    r"|Courier|radio|agency)"
    r"(?: [^.,]{2,60})? (?:carried|printed|published|reprinted) "
)
PARTICIPLE = re.compile(
    rf"(?:[A-Z][a-z]+ly )?[A-Za-z][a-z]+ing\b(?:[^.]|(?<=\b[A-Z])\.)*?,[\"”]? (?:he|she|it|they|the \w[\w' -]{{2,40}}"
    r"|[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,4}) "
    rf"{_ADVERBS}(?!called (?!for|on|upon))(?:{REPORTING})\b(?![.,])|"
    r"(?:Saying|Noting|Stressing|Referring|Expressing|Pointing|Recalling|Underlining|Underscoring|Adding"
    r"|Emphasi[sz]ing|Declaring|"
    r"Touching|Mentioning|Calling|Citing|Affirming|Concluding|Warning|Asserting|Commenting|Reiterating"
    r"|Clarifying|Setting)\b[^.]*, "
    r"(?:he|she|it|they|the [a-z]|(?!I\b|We\b)[A-Z])"
)
PAST = re.compile(
    r"\b(?:was|were|had|took|came|went|drew|gave|made|rose|fell|stood|met|held|began|left|saw|sang|broke|spoke"
    r"|told|said|"
    r"brought|read out|[a-z]{3,}ed)\b"
)
MODAL = re.compile(r"\b(?:should|must|will|shall|can|may|let)\b", re.IGNORECASE)
MAX_COLONS = 8
MAX_SENTENCE = 600
"""Characters read before a colon inside a paragraph."""
LOOK_AHEAD = 12
"""Paragraphs read ahead for a first person before a paragraph is taken for the narrator's."""
LABEL = re.compile(
    r"(?:\d{1,2}[.)] ?)?(?P<name>(?:[QA]|Question|Answer)(?=:)|[A-Z][A-Z.'’-]{2,}(?: [A-Z][A-Z.'’-]+){0,3})"
    r"(?: \([^)]{1,40}\))?: +(?=\S)"
    r"|(?P<glued>Q)(?=[A-Z](?:['’][a-z]|[a-z]))"
)
"""A speaker's name in capitals, or Q and A; "QWhat did you see?" has lost what stood between."""
STAGE = re.compile(r"\([A-Z][A-Z .,:;'’-]+\)|[.…\s]+")
"""A paragraph of a transcript that nobody says: "(BEGIN VIDEO CLIP)", "…"."""
SPEAKER_LINE = re.compile(
    r"(?!(?:For|On|In|At|By|With|From|To|After|Before|During|Since|Until|When|While|As|If|But|And|Like|Unlike) )"
    r"(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’.-]+){1,3}), (?:(?:an?|the) )?[a-z][\w-]*(?: [\w&'’-]+){1,14}: ?"
)
"""A line that names the speaker and what he is, nothing else; the words follow in the next paragraphs."""
_DAY = r"(?:(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day )?"
OUTLET_LINE = re.compile(
    rf"(?:[^\n]*[.,] )?(?:The )?(?P<name>[A-Z][\w'’-]+(?: (?:of )?[A-Z][\w'’-]+){{0,3}}?) {_DAY}"
    r"in an? (?:[\w-]+ ){0,2}?"
    rf"(?:commentary|article|editorial|analysis) {_DAY}(?P<verb>says|said|observes|observed|notes|noted|writes|wrote)"
    r"(?: in this regard| this)?: ?"
)
NEW_SPEECH = re.compile(
    r"(?:^|[.!?] )(?:It|He|She|They) (?:said|says|went on|goes on|added|read|reads):$"
    r"| (?:said|says) in an? (?:statement|message|letter|article)(?: (?:on|in|to|of) [^.:\n]{2,40})?:$"
)
REPORT_AFTER_MARK = re.compile(
    r" (?:(?:said|says|added|recalled|asked|noted) (?=[A-Z]|the )"
    r"|(?:he|she|they|[A-Z][\w'’-]+|the [a-z]+(?: [a-z]+)?)(?: [A-Z][\w'’-]+){0,3}(?: \([^)\n]{1,80}\))?"
    r" (?:said|says|added|recalled|asked|noted|told|replied)\b)"
)
"""A report right behind the closing mark, of somebody in the third person."""
