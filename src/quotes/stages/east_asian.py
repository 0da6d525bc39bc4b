"""East Asian: who speaks in Chinese, Japanese and Korean sentences, by the particles and verbs around the marks.

Japanese and Korean close a quotation with a particle and a verb of saying; their speaker is the last topic or subject
before it in the sentence. Chinese opens it with a verb of saying whose subject stands before. 《》 holds speech in
(North) Korean where a particle of quotation follows, and titles elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

from quotes.records import Article, Candidate, Span
from quotes.stages.attribution import Attribution

LANGUAGES = frozenset({"ja", "ko", "zh"})
_WINDOW = 120
_CONFIDENCE = 0.85
"""Judged by reading; no corpus of these languages was at hand to measure it."""

_JAPANESE_REPORT = re.compile(
    r"(?:と|って|などと|とだけ|との)[^、。「」『』\n]{0,8}?"
    r"(?P<cue>述べ|語|話|言|批判|強調|主張|答え|指摘|訴え|説明|書い|笑|報じ|発表|表明|コメント|呼びかけ|質問|反論|つぶやい|叫)"
)
_JAPANESE_SUBJECT = re.compile(r"(?P<name>[^、。「」\n]{1,40}?)(?:は|が|も)(?=[^はが]*$)")
_JAPANESE_LEAD = re.compile(r".*(?:の(?=[ァ-ヴー一-龥]{2}.*(?:氏|さん|・))|、|』)")
_KOREAN_REPORT = re.compile(
    r"(?!이?라는 (?:말[을은이]|단어|표현|낱말|이름))\s?(?:으?로\s(?P<calls>부르|불렀|불러|규정했|묘사했|비유했|표현했)"
    r"|(?:이?라고|이?라며|이?라면서|이?라는|고|며|면서|하고)(?:\s|는|도)[^.“”《》\n]{0,40}?"
    r"(?P<cue>말했|밝혔|답했|비판했|강조했|되물었|주장했|전했|당부했|말하|설명했|덧붙였|물었|반박했|지적했|썼|선언했"
    r"|호소했|혀를 찼|외쳤|불렀|이야기하|비난하|당부하|평하)?)"
)
_KOREAN_SUBJECT = re.compile(r"(?P<name>[^,.“”《》\n]{1,40}?)(?:은|는|이|가|께서) (?=[^.]*$)")
_KOREAN_TITLE = re.compile(r"(?<=[가-힣]{2})(?:원수|부부장|대통령|위원장|총리|동지)$")
"""What the north writes without a blank behind a name."""
_CHINESE_REPORT = re.compile(
    r"(?P<subject>[^，。：；“”《》「」\n]{1,30}?)(?:才|还|也|又|则|就|在文中|在[^，。]{1,12}[中时])?"
    r"(?P<cue>说|表示|指出|强调|写道|回答|问道|宣布|认为|批评|道|声称|称)(?:道)?[，：,:]?$"
)
_CHINESE_CALLS = re.compile(r"(?P<cue>称|叫做|称为|形容|斥之为)[^，。：；“”]{0,16}(?:是|为)?$")
_CHINESE_SUBJECT = re.compile(
    r"(?:^|[。\n])(?P<subject>[^，。：；“”\n]{2,30}?)(?:当天|近日|今天|昨天)?(?:发表|刊登|在|，)"
)


def attribute(article: Article, candidate: Candidate) -> Attribution:
    """The speaker of one candidate, or nobody, in an article in one of `LANGUAGES`."""
    rule = _RULES[article.lang]
    part = article.paragraphs[bisect_right(article.paragraphs, candidate.outer.start, key=_start) - 1]
    start = max(part.start, candidate.outer.start - _WINDOW)
    sentence = max(start, _sentence_start(article.text, start, candidate.outer.start))
    behind = article.text[candidate.outer.end : min(part.end, candidate.outer.end + 60)]
    return rule(article, candidate, sentence, behind)


def _start(span: Span) -> int:
    return span.start


def _sentence_start(text: str, start: int, end: int) -> int:
    """Behind the last full stop before the quotation that stands outside marks."""
    depth, found = 0, start
    for i in range(start, end):
        if text[i] in "「『“《":
            depth += 1
        elif text[i] in "」』”》":
            depth = max(0, depth - 1)
        elif depth == 0 and (text[i] in "。！？\n" or text.startswith(". ", i)):
            found = i + 1
    return found


def _japanese(article: Article, candidate: Candidate, start: int, behind: str) -> Attribution:
    report = _JAPANESE_REPORT.match(behind)
    if report is None:
        return Attribution("none:no-report")
    subject = _JAPANESE_SUBJECT.search(article.text[start : candidate.outer.start])
    mention = None
    if subject is not None:
        lead = _JAPANESE_LEAD.match(subject["name"])
        skipped = lead.end() if lead and lead.end() < len(subject["name"]) else 0
        mention = Span(start + subject.start("name") + skipped, start + subject.end("name"))
    cue = Span(candidate.outer.end + report.start("cue"), candidate.outer.end + report.end("cue"))
    return _found("japanese-particle", cue, mention)


def _korean(article: Article, candidate: Candidate, start: int, behind: str) -> Attribution:
    report = _KOREAN_REPORT.match(behind)
    if report is None:
        return Attribution("none:no-report")
    before = article.text[start : candidate.outer.start]
    subjects = list(re.finditer(r"(?P<name>\S+(?: \S+){0,3}?)(?:은|는|이|가|께서)(?= )", before))
    mention = None
    if subjects:
        name = Span(start + subjects[0].start("name"), start + subjects[0].end("name"))
        words = article.text[name.start : name.end].split(" ")
        own = " ".join(words[-3:])
        title = _KOREAN_TITLE.search(own)
        mention = Span(name.end - len(own), name.end - (len(title[0]) if title else 0))
    at = next((report.span(name) for name in ("cue", "calls") if report[name]), report.span())
    cue = Span(candidate.outer.end + at[0], candidate.outer.end + at[1])
    return _found("korean-particle", cue, mention)


def _chinese(article: Article, candidate: Candidate, start: int, _: str) -> Attribution:
    before = article.text[start : candidate.outer.start]
    if candidate.rule.startswith("angle"):
        return Attribution("none:no-report")
    report = _CHINESE_REPORT.search(before)
    if report is not None and before.endswith(("：", ":", "，", ",", "说", "道", "称")):
        cue = Span(start + report.start("cue"), start + report.end("cue"))
        return _found("chinese-verb", cue, Span(start + report.start("subject"), start + report.end("subject")))
    calls = _CHINESE_CALLS.search(before)
    subject = _CHINESE_SUBJECT.search(before)
    if calls is None:
        return Attribution("none:no-report")
    cue = Span(start + calls.start("cue"), start + calls.end("cue"))
    mention = Span(start + subject.start("subject"), start + subject.end("subject")) if subject else None
    return _found("chinese-verb", cue, mention)


def _found(rule: str, cue: Span, mention: Span | None) -> Attribution:
    if mention is not None and mention.end <= mention.start:
        mention = None
    return Attribution(
        rule if mention else f"{rule}/none:without-subject",
        cue,
        mention,
        "say",
        None,
        1,
        confidence=_CONFIDENCE if mention else 0.0,
    )


_Rule = Callable[[Article, Candidate, int, str], Attribution]
_RULES: dict[str, _Rule] = {"ja": _japanese, "ko": _korean, "zh": _chinese}


def attribute_all(article: Article, candidates: Sequence[Candidate]) -> list[Attribution]:
    """One attribution for each candidate, in order."""
    return [attribute(article, candidate) for candidate in candidates]
