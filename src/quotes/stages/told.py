"""Told: what speaks for and against anybody being reported to have said marked words.

The features go to a small learned model (`quotes.stages.rank.said`); those of the link come from whom the rules or the
ranker would name. A feature is a short string; what it is worth was learnt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.lexicon import lexicon
from quotes.records import Article, Candidate
from quotes.stages.attribution import Attribution
from quotes.stages.judge_patterns import DISTANCE, SHOWN, SLOGAN, TERM, is_name, names_a_work
from quotes.stages.judge_reported import is_reported_fragment
from quotes.stages.quoted_words import quoted_words
from quotes.stages.sentences import Sentence
from quotes.stages.tokens import Token

OF_A_STATE = "state:"
"""What stands before the features of a state's copy, and before the names of those that count in it alone."""
_OWN = 2
"""Features that only such copy has."""
_MAX_INNER = 6
_OPENING = 12
"""Words among which the verb and the pronoun of a first clause are looked for."""
_REACH = 4
_MAX_LABEL = 9


def told(
    article: Article,
    sentence: Sentence,
    place: int,
    candidate: Candidate,
    about: Sequence[str],
    link: Attribution,
    earlier: str,
    echo: str,
    narration: Sequence[str],
) -> tuple[str, ...]:
    """Features of one candidate, given whom it would be attributed to (``link``).

    ``about`` are those of the words and their place (`quotes.stages.options.describe`), ``earlier`` says what became
    of the words before in the same sentence, ``echo`` whether words of a headline come again between marks (empty for
    others), ``narration`` what `of_narration` says of the sentence.
    """
    return (
        "bias",
        *about,
        *_of_words(article, candidate),
        *narration,
        f"{narration[-1]}&place={'first' if place == 0 else 'later'}",
        *_of_place(sentence, place),
        *_of_fit(sentence, place, about, link),
        *_of_link(link, about),
        *_of_speaker(article, link),
        *_of_way(sentence, place, link),
        f"earlier={earlier}",
        *_of_headline(candidate, link, echo),
    )


def told_of_a_state(
    article: Article, candidate: Candidate, link: Attribution, features: Sequence[str]
) -> tuple[str, ...]:
    """The features in the copy of a state's organ that sneers, marked as such, and whether a rule sees a report.

    Each counts once for any copy and once for this (`apart`). Two domains in one model: Daumé III, "Frustratingly easy
    domain adaptation", ACL 2007.
    """
    words = quoted_words(article.text[slice(*candidate.span)])
    reported = is_reported_fragment(article.text, candidate, link, words)
    return (OF_A_STATE, *features, f"fragment={reported}", f"fragment={reported}&class={link.cue_class}")


def apart(features: Sequence[str]) -> Sequence[str]:
    """Features of a state's copy as the model counts them: those of any copy, and each by itself; others unchanged."""
    if features[0] != OF_A_STATE:
        return features
    return (*features[1:-_OWN], *[f"{OF_A_STATE}{feature}" for feature in features[1:]])


def _of_words(article: Article, candidate: Candidate) -> Iterator[str]:
    text = article.text
    words = quoted_words(text[slice(*candidate.span)])
    types = lexicon("en").types
    kinds = [types.get(word.lower(), "L") for word in words[:_OPENING]]
    if words:
        yield f"first={kinds[0]}&last={types.get(words[-1].lower(), 'L')}"
        yield f"first-word={words[0].lower() if kinds[0] != 'L' else words[0][-3:].lower()}"
        yield f"ending={words[-1][-3:].lower()}"
    yield f"finite={'A' in kinds}&pronoun={'P' in kinds}"
    if len(words) <= _MAX_INNER:
        yield from (f"in={word.lower()}" for word in words)
    before = text[max(0, candidate.outer.start - 60) : candidate.outer.start].replace("\n", " ")
    if DISTANCE.search(before):
        yield "distance"
    if SLOGAN.search(before):
        yield "slogan"
    if SHOWN.search(before):
        yield "shown"
    if TERM.search(before):
        yield "term"
    if words and names_a_work(before, words):
        yield "work"
    if words and is_name(words):
        yield "name"
        yield f"name&words={min(len(words), 4)}"


def _of_headline(candidate: Candidate, link: Attribution, echo: str) -> Iterator[str]:
    if echo:
        yield "headline"
        yield f"headline&echo={echo}"
        yield f"headline&rule={link.rule}"
        yield f"headline&class={link.cue_class}"
        yield f"headline&single={candidate.rule.startswith('single')}&echo={echo}"


def _of_place(sentence: Sentence, place: int) -> list[str]:
    tokens = sentence.tokens
    behind = tokens[place + 1 : place + 3]
    types = "".join([token.type for token in behind])
    features = [f"after-type={types}", f"around-type={tokens[place - 1].type if place else '^'}_{types[:1]}"]
    if (colon := next((k for k in range(1, min(place, _MAX_LABEL)) if tokens[k].type == ":"), None)) is not None:
        label = "".join([token.type for token in tokens[:colon]])[-2:]
        features += f"label={label}&short={place - colon <= 8}", "label"
    features.append(f"quotations={min(len(sentence.quotations), 4)}")
    near = tokens[max(0, place - _REACH) : place]
    features += [f"near={word.lower()}" for _, _, kind, word, _, _ in near if kind in "LRV"]
    features += [f"behind={word.lower()}" for _, _, kind, word, _, _ in behind if kind in "LR"]
    return features


def _of_fit(sentence: Sentence, place: int, about: Sequence[str], link: Attribution) -> tuple[str, str]:
    """How words of this length stand before what follows: "the two "brother" states" qualifies a noun."""
    tokens = sentence.tokens
    after = tokens[place + 1].type if place + 1 < len(tokens) else "^"
    fit = f"cue={link.cue is not None}&after={after}"
    return f"{fit}&{about[0]}", f"{fit}&{about[1]}"


def of_narration(sentence: Sentence) -> tuple[str, ...]:
    """Features of the narrator's words in a sentence, the same for each of its quotations."""
    first: Token | None = None
    verbs = person = 0
    for token in sentence.tokens:
        _, _, kind, word, _, _ = token
        if kind == "V":
            verbs += 1
        elif kind == "P":
            person += word.lower() in ("i", "we", "you")
        if first is None and kind in "NRP":
            first = token
    opens = "" if first is None else first.word.lower() if first.type == "P" else first.type
    return (f"opens={opens}", f"narrator-person={person > 0}", f"verbs={min(verbs, 3)}")


def _of_link(link: Attribution, about: Sequence[str]) -> list[str]:
    rule, kind, lemma = f"rule={link.rule}", f"class={link.cue_class}", f"lemma={link.lemma}"
    near = min(link.distance, 9)
    return [
        rule,
        kind,
        lemma,
        f"{kind}&near={near}",
        f"{lemma}&near={min(near, 3)}",
        f"{rule}&{kind}",
        f"share={int(link.confidence * 10)}",
        *[f"{kind}&{feature}" for feature in about[:6]],
        *[f"{rule}&{feature}" for feature in about[:6]],
    ]


def _of_speaker(article: Article, link: Attribution) -> Iterator[str]:
    """What kind of words name whoever would have said it."""
    if link.mention is None:
        return
    words = quoted_words(article.text[slice(*link.mention)])
    if not words:
        return
    last = words[-1].lower()
    types = lexicon("en").types
    kind, first = types.get(last, "L"), words[0].lower()
    named = words[-1][0].isupper() and kind not in "PD"
    yield f"speaker={'name' if named else kind}"
    yield f"speaker-head={last if kind in 'PDR' else 'name' if named else last[-2:]}"
    yield f"speaker={'name' if named else kind}&class={link.cue_class}"
    yield f"speaker-first={first if types.get(first, 'L') in 'PD' else ''}"


def _of_way(sentence: Sentence, place: int, link: Attribution) -> Iterator[str]:
    """What lies between the cue and the words, and how the cue is built."""
    if link.cue is None:
        return
    tokens = sentence.tokens
    clause = next((one for one in sentence.clauses if one.cue.start == link.cue.start), None)
    if clause is None:
        yield "way=elsewhere"
        return
    side = "left" if clause.verb < place else "right"
    low, high = sorted((clause.verb, place))
    types = "".join(token.type for token in tokens[low + 1 : high])
    way = types if len(types) <= 4 else types[:2] + "~" + types[-2:]
    yield f"{side}&form={clause.form}"
    yield f"{side}&form={clause.form}&class={clause.cue_class}"
    yield f"{side}&way={way}"
    yield f"{side}&class={clause.cue_class}&way={way}"
    yield f"{side}&class={clause.cue_class}&end={types[-2:]}"
    for mark in "VQWSK:,O":
        if mark in types:
            yield f"{side}&between={mark}{min(types.count(mark), 2)}"
    for token in tokens[low + 1 : high][-3:]:
        if token.type in "OSW":
            yield f"{side}&class={clause.cue_class}&led-by={token.word.lower()}"


def is_complement(tokens: Sequence[Token], place: int, link: Attribution) -> bool:
    """ "Brenn told the captain that Norvania stands by the “salty” front": whether the words at ``place`` are in what
    somebody says "that" is so, with no mark between.
    """
    if link.cue_class != "say" or link.cue is None or place == 0 or link.cue.start > tokens[place].start:
        return False
    between = "".join([token.type for token in tokens[:place] if token.start >= link.cue.end])
    return "S" in between and not any(mark in between for mark in "Q:;.")
