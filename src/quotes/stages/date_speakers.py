"""Who speaks, as roughly as dating needs it: who goes on speaking, and who takes part in what is told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes.lexicon import CUES
from quotes.records import Article, Quotation, Span
from quotes.stages.date_words import TABLES
from quotes.stages.small_words import SmallWords

_WORD = re.compile(r"\w+")
_SMALL_WORD = re.compile(r"(?<!\w)\w+")
_DEFINITE = re.compile(r"(?:the|this|that) (?!other\b|latter\b)", re.IGNORECASE)
_NAME = re.compile(r"(?:(?P<before>\b[^\W\dA-ZÀ-ÞА-Я][\w’'-]*) )?(?P<name>\b[A-ZÀ-ÞА-Я][\w-]*(?: [A-ZÀ-ÞА-Я][\w-]*)*)")
_PHRASE_END = re.compile(r"\b(?:of|for|in|at|from|who)\b|,")
_NO_NAMES = TABLES["titles"] | TABLES["openers"]
_OWNING = re.compile(r"['’]s\b")
"""No word: "the people's"."""
_BLANKLESS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WRITING = re.compile(r"(?:the|this|its) (?:[\w-]+ )?(?P<noun>\w+)")
_PAPERS = re.compile(
    r"\b(?:[Ll]eading|[Mm]ajor|[Cc]entral|[Aa]ll|[Tt]he) (?:newspapers|papers|dailies)\b"
    r"|\b(?:Newspapers|Papers|Dailies)\b"
    r"|\b(?:personages|figures|parties|organi[sz]ations|[Oo]rgani[sz]ations|Personages)"
    r"(?: (?:of|in) (?:the )?[A-Z][\w ,]{2,60})?\s*$"
)
"""Several who write: those that are quoted then are of them."""
_OCCASION = re.compile(
    r"\b(?:ceremony|rally|march|meeting|demonstration|demo|parade|concert|gathering|forum|symposium|function|vigil)\b"
)
_OWNED_MEDIA = re.compile(
    r"[^’']{2,40}[’']s? (?:[a-z-]+ ){0,3}(?:agency|media|press|newspapers?|papers?|television|radio|broadcaster)\b"
)
_BESIDE = 10
"""Characters between a pronoun and its verb, at most, an adverb included."""
_SIGHT = 300
"""Characters before a pronoun in which the name that it stands for is looked for."""
_LONG = 5
"""Letters of a name that are enough to know it by its beginning, where it is inflected or glued to the next word."""
_WIDE = 2
"""Letters of a name written without blanks that are enough to know it again."""


class Voices:
    """The mentions of an article's quotations, compared by their names."""

    def __init__(self, article: Article, quotations: Sequence[Quotation], told: str) -> None:
        """``told`` is the reading with the quoted words hidden."""
        self._text = told
        self._reading = article.text
        self._mentions = [self._words(q.mention) for q in quotations]
        self._quotations = quotations
        self._memory: dict[Span, frozenset[str]] = {}
        self._part: dict[Span, list[bool]] = {}
        self._common = SmallWords(article.text, _SMALL_WORD)
        self._outermost: list[int | None] = []
        for k, quotation in enumerate(quotations):
            before = self._outermost[-1] if self._outermost else None
            self._outermost.append(k if quotation.parent is None else before)
        self._german = (article.document.lang or "").lower().startswith("de")

    def goes_on(self, index: int, before: int) -> bool:
        """Whether quotation ``index`` has a pronoun, or the very words, for the speaker of ``before``."""
        mention = self._mentions[index]
        if mention is None:
            return False
        between = self._between(before, index)
        if not self._is_pronoun(mention):
            return self.same(index, before) and not re.search(r"[.!?]\s+[^\W\d_]", between)
        known = {word.lower() for word in self._names(self._mentions[before] or "")}
        return not {name.lower() for name in self._subjects(between)} - known

    def _between(self, before: int | None, index: int) -> str:
        """The text from one quotation to the mention of another's speaker, or to its words where that comes first."""
        one = self._quotations[index]
        start = self._quotations[before].outer.end if before is not None else 0
        end = one.outer.start
        if one.mention is not None and start <= one.mention.start < end:
            end = one.mention.start
        return self._text[start : max(start, end)]

    def is_pronoun(self, mention: Span) -> bool:
        """Whether the mention is a pronoun, and names nobody."""
        return self._is_pronoun(self._reading[slice(*mention)])

    def paper(self, mention: Span | None) -> str | None:
        """The noun of "the white paper", "the editorial": something written that speaks; else None."""
        words = self._words(mention)
        match = _WRITING.fullmatch(words.lower()) if words is not None else None
        return match["noun"] if match is not None and match["noun"] in TABLES["papers"] else None

    def is_it(self, mention: Span | None) -> bool:
        """Whether the mention is "it"."""
        return (self._words(mention) or "").lower() == "it"

    def is_first_person(self, mention: Span | None) -> bool:
        """Whether the mention is "I" or "we"."""
        return (self._words(mention) or "").lower() in ("i", "we")

    def is_named_in(self, mention: Span | None, told: str) -> bool:
        """Whether a text names whom a mention names; of a pronoun, whether it tells of anybody."""
        words = self._words(mention)
        if words is None:
            return False
        if self._is_pronoun(words) or words.lower() == "the speaker":
            return True
        names = self._names(words) or _WORD.findall(words)[-1:]
        return bool(names) and re.search(rf"\b{re.escape(names[-1])}\b", told) is not None

    def is_other(self, mention: Span | None, paper: str) -> bool:
        """Whether a mention is of somebody else than the paper: neither its name nor "it" or "the article"."""
        words = self._words(mention)
        if words is None or self.is_it(mention) or self.paper(mention) is not None:
            return False
        return self._is_pronoun(words) or not self.is_named_in(mention, paper)

    def same(self, index: int, before: int) -> bool:
        """Whether both mentions end in the same name or word."""
        one, other = (_WORD.findall((self._mentions[k] or "").lower()) for k in (index, before))
        return bool(one) and bool(other) and one[-1] == other[-1]

    def takes_part(self, index: int, scene: Span) -> bool:
        """Whether the speaker is named in ``scene``; of a pronoun or epithet, whether the speaker before was."""
        part = self._part.setdefault(scene, [])
        while len(part) <= index:
            part.append(self._takes_part(len(part), scene))
        return part[index]

    def _takes_part(self, index: int, scene: Span) -> bool:
        quotation, mention = self._quotations[index], self._mentions[index]
        last = self._last(index)
        before = last is None or self._part[scene][last]
        if quotation.parent is not None:
            return before
        if mention is None:
            return quotation.kind == "block" and before
        present = self._present(scene)
        if self._is_pronoun(mention):
            told = quotation.kind == "block" or (mention.lower() == "it" and self._says(quotation))
            return before if told else self._antecedent_takes_part(last, index, scene)
        if _BLANKLESS.search(mention):
            pairs = [mention[at : at + _WIDE] for at in range(len(mention) - 1)]
            known = [pair in self._text[slice(*scene)] for pair in pairs if not any(map(str.isspace, pair))]
            return 2 * sum(known) > len(known)
        if self._attends(mention, scene):
            return True
        if quotation.kind == "block" and _PAPERS.search(self._text[slice(*scene)]):
            return True
        head, names = self._head(mention), [word.lower() for word in self._names(mention)]
        if _OWNED_MEDIA.match(mention) is not None and head not in present:
            return False  # "Tamrin's official agency" is not Tamrin
        if (head in TABLES["everywhere"] and head not in present) or mention.lower() in TABLES["some"]:
            return False
        if names:
            return names[-1] in present or (len(names[-1]) >= _LONG and any(w.startswith(names[-1]) for w in present))
        nouns = [word for word in _WORD.findall(mention.lower()) if word not in TABLES["titles"] - TABLES["roles"]]
        if _DEFINITE.match(mention):
            if head in present:
                return True
            formula = quotation.kind == "block" or TABLES["papers"] & set(nouns)
            return before if formula else self._antecedent_takes_part(last, index, scene)
        return bool(nouns) and not TABLES["some"] & set(nouns) and set(nouns) <= present

    def _attends(self, mention: str, scene: Span) -> bool:
        """Whether the mention is of those who make up an occasion that the scene tells of: "the marchers"."""
        attendants = TABLES["attendants"] & set(_WORD.findall(mention.lower())[-1:])
        return bool(attendants) and _OCCASION.search(self._text, *scene) is not None

    def _says(self, quotation: Quotation) -> bool:
        """Whether a verb of saying stands right behind the mention: "it said", not "it is trying to justify"."""
        mention, cue = quotation.mention, quotation.cue
        if mention is None or cue is None:
            return True
        words = _WORD.findall(self._reading[slice(*cue)].lower())
        saying = any(word in CUES and CUES[word].cue_class in ("say", "read", "go") for word in words)
        return saying and abs(cue.start - mention.end) <= _BESIDE

    def _antecedent_takes_part(self, last: int | None, index: int, scene: Span) -> bool:
        """Whether the name that a pronoun stands for, or else the speaker before, takes part."""
        names = self._subjects(self._between(last, index)[-_SIGHT:])
        if self._mentions[index] in ("He", "She"):  # "He", behind "TAMCA", is not TAMCA; "it" may be
            names = [name for name in names if len(name) == 1 or not name.isupper()]
        return names[-1].lower() in self._present(scene) if names else last is None or self._part[scene][last]

    @staticmethod
    def _head(mention: str) -> str:
        """The noun of "the tall minister of works": what stands before the first preposition."""
        found: list[str] = _WORD.findall(_PHRASE_END.split(mention.lower())[0])
        return found[-1] if found else ""

    def _subjects(self, text: str) -> list[str]:
        """Names that may be subjects: behind no preposition or article, and no common word that opens a sentence."""
        found = []
        for match in _NAME.finditer(text):
            if match["before"] and match["before"].lower() not in TABLES["before_subjects"] | TABLES["roles"]:
                continue
            if text[match.start("name") - 1 : match.start("name")] == "(":
                continue
            names = [name for name in _WORD.findall(match["name"]) if name.lower() not in _NO_NAMES]
            if not names or (len(names) == 1 and (names[0].lower() in self._common or self._german)):
                continue
            found.append(names[-1])
        return found

    def _last(self, index: int) -> int | None:
        """The quotation before that stands in no other."""
        return self._outermost[index - 1] if index else None

    def _present(self, scene: Span) -> frozenset[str]:
        if scene not in self._memory:
            told = _OWNING.sub("", self._text[slice(*scene)])
            self._memory[scene] = frozenset(word.lower() for word in _WORD.findall(told))
        return self._memory[scene]

    def _words(self, mention: Span | None) -> str | None:
        return self._reading[slice(*mention)] if mention is not None else None

    @staticmethod
    def _is_pronoun(mention: str) -> bool:
        return mention.lower().rpartition("-")[2] in TABLES["pronouns"]

    @staticmethod
    def _names(text: str) -> list[str]:
        """Words with a capital letter that are no titles."""
        return [word for word in _WORD.findall(text) if word[0].isupper() and word.lower() not in _NO_NAMES]
