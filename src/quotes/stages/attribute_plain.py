"""The plain rules of attribution: speakers that the place of a clause beside the words tells without weighing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes.records import Article, Candidate, Span
from quotes.stages.attribution import Attribution
from quotes.stages.clauses import Clause
from quotes.stages.clauses_nouns import NOUNS
from quotes.stages.clauses_shapes import VOICING
from quotes.stages.noun_phrases import noun_phrase_left, noun_phrase_right, topic
from quotes.stages.options import mention_span
from quotes.stages.options_agents import agents
from quotes.stages.sentences import Sentence
from quotes.stages.tokens import POSSESSIVES, Token

CONFIDENCE = {
    "behind": 0.98,
    "around": 0.97,
    "credited": 0.95,
    "before": 0.92,
    "introduced": 0.95,
    "goes-on": 0.98,
    "caption": 0.95,
    "speaker-line": 0.97,
    "inner": 0.9,
    "called": 0.95,
    "turn": 0.9,
    "answer": 0.9,
}
"""Share of quotations whose speaker each plain rule named rightly on the training split of PolNeAR, rounded."""

_WORDING = [["the", noun] for noun in ("word", "words", "phrase", "term", "terms", "expression")]
_IS_HOW = (["is", "how"], ["was", "how"])
_QUOTED = ("quote", "cite", "report")
_LIGHT = frozenset(",:-STYP(")
_WRITTEN = frozenset("post page statement letter memo email tweet speech feed account blog column book memoir".split())
_MAX_LED = 3
_OPENING = ("after", "before", "until")
_SIGNED = re.compile(
    r"\n{1,2} ?(?:--?|[—–―]) ?(?P<name>[A-Z][\w'’-]+(?: (?:[A-Z]\.|[A-Z][\w'’-]+)){0,4})(?=\.?(?:\n|$)|, )"
)


def asked(sentence: Sentence, place: int) -> Attribution | None:
    """Asked "…?" Kim said: a question whose asker is not named."""
    tokens = sentence.tokens
    if place == 0 or tokens[place - 1].word.lower() != "asked" or (place > 1 and tokens[place - 2].type != "W"):
        return None
    cue = Span(tokens[place - 1].start, tokens[place - 1].end)
    return Attribution("none:nobody-named", cue, None, "say", "ask", 1)


def said_in_paper(_: Article, sentence: Sentence, place: int, __: Candidate) -> Attribution | None:
    """«…», — говорится в послании маршала: whose the paper is, where it is said to be anybody's."""
    tokens = sentence.tokens
    k = next((k for k in range(place + 1, min(place + 4, len(tokens))) if tokens[k].type not in ",-"), 0)
    if not k or tokens[k].cue is None or not tokens[k].word.endswith("ся"):
        return None
    cue = Span(tokens[k].start, tokens[k].end)
    leads = k + 1 < len(tokens) and tokens[k + 1].word in ("в", "во")
    owner = noun_phrase_right(tokens, k + 3) if leads else None
    if owner is None:
        return Attribution("none:nobody-named", cue, None, "say", "say", 1)
    return Attribution("behind", cue, mention_span(tokens, owner), "say", "say", 1, confidence=CONFIDENCE["behind"])


def told_by_nobody(article: Article, sentence: Sentence, place: int, candidate: Candidate) -> Attribution | None:
    """ "…," the students were told: by somebody whom the text does not name."""
    tokens = sentence.tokens
    for clause in sentence.clauses:
        if clause.lemma != "tell" or clause.form != "passive" or clause.subject is not None or clause.verb <= place:
            continue
        subject = noun_phrase_right(tokens, place + 1)
        if subject is None or last_character(article, candidate) not in ",.!?…":
            return None
        if all(token.type in "AY" for token in tokens[subject[1] : clause.verb]):
            return Attribution("none:nobody-named", clause.cue, None, "say", "tell", 1)
    return None


def behind(article: Article, sentence: Sentence, place: int, candidate: Candidate) -> Clause | None:
    """ "…," Kim said. / "…," said Kim. / "…," according to Kim."""
    tokens = sentence.tokens
    following = place + 1
    if following >= len(tokens) or _answers_a_clause(tokens, place):
        return None
    fragment = _is_fragment(article, tokens, place, candidate)
    comma = tokens[following].type in ",-"
    following += comma
    closed = comma or last_character(article, candidate) in ",.!?…-—，"
    for clause in sentence.clauses:
        if clause.form == "passive" and clause.verb == following and clause.lemma in VOICING and clause.subject:
            return clause  # "…," shouted by the crowd
        if fragment and clause.lemma != "put":
            continue
        inverted = clause.form in ("verb-subject", "according-to")
        if clause.subject is None or clause.form in ("noun", "relative", "participle") or not (closed or inverted):
            continue
        if clause.form == "passive" and clause.lemma in _QUOTED and clause.subject[0] > clause.verb > place:
            return clause  # "…," the agency quoted him as saying
        starts = clause.verb if inverted else min(clause.subject[0], clause.verb)
        between = tokens[following:starts]
        light = "YTOM,LDAP-" if inverted else "YTOM,LDW-"
        if starts < following or len(between) > (6 if clause.form == "according-to" else 3):
            continue
        if [token.word for token in between] in _IS_HOW:
            return clause
        if between and not (closed and all(_is_light(token, light) for token in between)):
            continue
        if inverted or clause.cue_class not in ("think", "hold"):
            return clause
    return None


def _answers_a_clause(tokens: Sequence[Token], place: int) -> bool:
    """ "When a clerk shouted, “…,” Kim smiled": the clause before the words reports them, not the one behind."""
    verb = place - 2 if place > 2 and tokens[place - 1].type == "," else place - 1
    if verb < 0 or tokens[verb].type != "V":
        return False
    if tokens[verb].word.lower() == "asked" and (verb == 0 or tokens[verb - 1].type == "W"):
        return True
    cue = tokens[verb].cue
    return cue is not None and cue.cue_class == "say" and tokens[0].word.lower() in ("when", "after", "as", "once")


def _is_light(token: Token, light: str) -> bool:
    """A word that may part the words from their clause; of those that open a clause of their own only "as"."""
    word = token.word.lower()
    return token.type in light and word not in _OPENING and (token.type != "W" or word == "as")


def _is_fragment(article: Article, tokens: Sequence[Token], place: int, candidate: Candidate) -> bool:
    """Whether the words fill a place in a sentence that began before them."""
    if place == 0 or tokens[place - 1].type in ",.:;-Q":
        return False
    if tokens[place - 1].type == "S":
        return True
    return article.text[candidate.span.start : candidate.span.start + 1].islower()


def before(article: Article, sentence: Sentence, place: int, candidate: Candidate) -> Clause | None:
    """Kim said: "…" / Kim told reporters on Monday, "…" / Kim said "It …"."""
    for clause in reversed(sentence.clauses):
        if clause.verb >= place or clause.form == "noun":
            continue
        between = [token for token in sentence.tokens[clause.verb + 1 : place] if token.start >= clause.cue.end]
        if clause.form == "passive" and clause.lemma in _QUOTED and clause.subject is not None:
            return None if any(token.type in ".;QVK" for token in between) else clause
        if clause.lemma == "use" and [token.word for token in between] in _WORDING:
            return clause
        if clause.cue_class not in ("say", "go", "quote") or any(token.type in ".;QV" for token in between):
            return None
        ends = between[-1].type if between else ""
        if ends == ":" and _is_labelled(sentence.tokens, place):
            return None
        own = ends in (":", ",") or article.text[candidate.span.start : candidate.span.start + 1].isupper()
        light = all(token.type in _LIGHT for token in between)
        return clause if own and (light or ends == ":" or (ends == "," and len(between) <= 8)) else None
    return None


def _is_labelled(tokens: Sequence[Token], place: int) -> bool:
    """ "Pollsters agree - Odo Venkar: “…”": a name between a dash and the colon is whose the words are."""
    phrase = noun_phrase_left(tokens, place - 2)
    named = phrase is not None and all(token.type == "N" for token in tokens[slice(*phrase)])
    return phrase is not None and named and phrase[0] > 0 and tokens[phrase[0] - 1].type == "-"


def around(_: Article, sentence: Sentence, place: int, __: Candidate) -> Clause | None:
    """ "…," Kim said, "…": the second piece of a quotation that its own clause parts."""
    earlier = [q for q in sentence.quotations if q < place]
    if not earlier or sentence.tokens[place - 1].type not in ",.-:;":
        return None
    if (nearest := _right_before(sentence, earlier[-1], place)) is not None:
        return nearest
    for clause in sentence.clauses:
        if clause.subject is None or not earlier[-1] < clause.verb < place:
            continue
        opens = clause.verb == earlier[-1] + 1 or clause.subject[0] <= earlier[-1] + 2
        if opens and clause.form != "participle" and clause.cue_class in ("say", "go", "express", "think"):
            return clause
    return None


def _right_before(sentence: Sentence, earlier: int, place: int) -> Clause | None:
    """ "…," Kim said as the heckler yelled: "…": a clause of its own, with a colon, behind that of the words before."""
    between = [clause for clause in sentence.clauses if earlier < clause.verb < place and clause.subject is not None]
    if len(between) < 2 or sentence.tokens[place - 1].type != ":":
        return None
    first, last = between[0], between[-1]
    own = last.form == "subject-verb" and last.subject is not None and last.subject[0] > first.verb
    return last if own and last.verb == place - 2 and last.cue_class in ("say", "go") else None


def credited(_: Article, sentence: Sentence, place: int, __: Candidate) -> Clause | None:
    """It is, in the words of its captain, "…" / It was, according to the clerk, "…"."""
    if place < 2 or sentence.tokens[place - 1].type != ",":
        return None
    for clause in sentence.clauses:
        words_of = clause.form == "noun" and clause.cue_class == "say"
        inserted = clause.verb > 0 and (words_of or clause.form == "according-to")
        if inserted and clause.subject is not None and clause.verb < clause.subject[1] == place - 1:
            return clause
    return None


def last_character(article: Article, candidate: Candidate) -> str:
    """The last character of the words, closing marks of quotations inside them apart."""
    return article.text[candidate.span.start : candidate.span.end].rstrip("’'”\"»)]")[-1:] or " "


def asks(article: Article, candidate: Candidate) -> bool:
    """Whether the words end as a question does."""
    return last_character(article, candidate) in ("?", "？")


def caption(tokens: Sequence[Token], place: int) -> Attribution | None:
    """ "…" - Name, at the end of a paragraph; "…" (Name)."""
    if len(tokens) < place + 3 or tokens[place + 1].type not in "-(":
        return None
    phrase = noun_phrase_right(tokens, place + 2)
    if place > 0 and not _closes_a_caption(tokens, place, phrase):
        return None
    if phrase is None or not any(token.type == "N" for token in tokens[phrase[0] : phrase[1]]):
        return None
    if tokens[place + 1].type == "(" and phrase[1] < len(tokens) and tokens[phrase[1]].type not in "),":
        return None
    return Attribution("caption", None, mention_span(tokens, phrase), "say", None, 1, confidence=CONFIDENCE["caption"])


def _closes_a_caption(tokens: Sequence[Token], place: int, phrase: tuple[int, int] | None) -> bool:
    """Quote of the day: "…" – Name. With a heading that names nobody."""
    headed = tokens[place - 1].type == ":" and all(token.type in "LRDOTM" for token in tokens[: place - 1])
    ends = phrase is not None and (phrase[1] >= len(tokens) or tokens[phrase[1]].type in ".,")
    return headed and ends and tokens[place + 1].type == "-"


def speaker_line(tokens: Sequence[Token], place: int) -> Attribution | None:
    """Name: "…" at the head of a sentence; Name – "…" where nothing else stands in it."""
    if place < 2 or tokens[place - 1].type not in ":-":
        return None
    if tokens[place - 1].type == "-" and (place + 1 < len(tokens) or any(t.type != "N" for t in tokens[: place - 1])):
        return None
    phrase = noun_phrase_left(tokens, place - 2)
    if phrase is None or not (phrase[0] == 0 or _is_bylined(tokens, phrase)):
        return None
    if not any(token.type in "NR" for token in tokens[phrase[0] : phrase[1]]):
        return None
    phrase = _named_in_label(tokens, phrase)
    cue = Span(tokens[place - 1].start, tokens[place - 1].end)
    return Attribution(
        "speaker-line", cue, mention_span(tokens, phrase), "say", None, 1, confidence=CONFIDENCE["speaker-line"]
    )


def _is_bylined(tokens: Sequence[Token], phrase: tuple[int, int]) -> bool:
    """ "A lesson from Brenn: …", "From the report: …", "“A headline,” by the Post's Aldo Brenn: …"."""
    start = phrase[0]
    earlier, led = tokens[: start - 1], tokens[start - 1].word.lower()
    own = _named_in_label(tokens, phrase)
    named = own[1] - own[0] > 1 and all(token.type == "N" for token in tokens[slice(*own)])
    if led in ("from", "by") and start <= _MAX_LED and all(token.type in "DL" for token in earlier):
        return True
    if led == "from" and earlier and earlier[-1].word == "More":
        return True
    return (named and led == "by") or (start > 1 and _is_labelled(tokens, phrase[1] + 1))


def _named_in_label(tokens: Sequence[Token], phrase: tuple[int, int]) -> tuple[int, int]:
    """Whose words a label brings in: "Brenn's verdict: …", "Brenn's Facebook post: …", "the Post's Aldo Brenn: …"."""
    owner = next((k for k in range(*phrase) if tokens[k].type == "N" and tokens[k].word.endswith(POSSESSIVES)), None)
    if owner is None or owner + 1 == phrase[1]:
        return phrase
    rest = tokens[owner + 1 : phrase[1]]
    if all(token.type == "L" for token in rest) or rest[-1].word.lower() in _WRITTEN:
        return phrase[0], owner + 1
    bylined = phrase[0] > 0 and tokens[phrase[0] - 1].word.lower() == "by"
    return (owner + 1, phrase[1]) if bylined and all(token.type == "N" for token in rest) else phrase


def introduced(article: Article, previous: Sentence | None, sentence: Sentence) -> Attribution | None:
    """A quotation at the head of a sentence after one that ends in a colon, or in a cue and a comma."""
    if previous is None or not previous.tokens:
        return None
    end, start = previous.tokens[-1], sentence.tokens[0]
    if article.text[end.end : start.start].strip() or end.type not in ":,":
        return None
    spoken = [clause for clause in previous.clauses if clause.subject is not None and clause.form != "noun"]
    if spoken and spoken[-1].subject is not None:
        clause = spoken[-1]
        mention = mention_span(previous.tokens, spoken[-1].subject)
        return Attribution(
            "introduced", clause.cue, mention, clause.cue_class, clause.lemma, 1, confidence=CONFIDENCE["introduced"]
        )
    if end.type != ":":
        return None
    if (line := speaker_line([*previous.tokens, start], len(previous.tokens))) is not None:
        return line
    if (agent := next(agents(previous.tokens, len(previous.tokens), previous.clauses), None)) is not None:
        mention = mention_span(previous.tokens, agent.subject)
        cue = Span(previous.tokens[agent.verb].start, previous.tokens[agent.verb].end)
        return Attribution("introduced", cue, mention, "say", None, 1, confidence=CONFIDENCE["introduced"])
    subject = topic(previous.tokens)
    if subject is not None and (
        any(token.word.lower() in NOUNS for token in previous.tokens) or _is_first_person(previous.tokens, subject)
    ):
        mention = mention_span(previous.tokens, subject)
        cue = Span(end.start, end.end)
        return Attribution("introduced", cue, mention, "say", None, 1, confidence=CONFIDENCE["before"])
    return Attribution("none:introduced-without-subject", Span(end.start, end.end), None, "say", None, 1)


def _is_first_person(tokens: Sequence[Token], subject: tuple[int, int]) -> bool:
    """ "I will put our stand into words: “…”": whoever speaks of himself says what follows."""
    return subject[1] - subject[0] == 1 and tokens[subject[0]].word in ("I", "We", "we")


def signed(article: Article, sentence: Sentence, candidate: Candidate) -> Attribution | None:
    """ "…" alone in its paragraph, and "- Name" in the next."""
    match = _SIGNED.match(article.text, candidate.outer.end) if sentence.alone else None
    if match is None:
        return None
    mention = Span(*match.span("name"))
    return Attribution("caption", None, mention, "say", None, 1, confidence=CONFIDENCE["caption"])
