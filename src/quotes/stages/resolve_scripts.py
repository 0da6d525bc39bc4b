"""Names in Chinese, Japanese and Korean mentions: without the title, the style or the particle that stands at them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotes.registry import Outlet, Person, Registry

_MOST = 40
"""Characters of a mention that are looked at; names are shorter."""

_DOTTED = re.compile(r"[一-龥]+(?:[·・][一-龥]+)+|[ァ-ヴー]+(?:[・·][ァ-ヴー]+)+")
_TITLED = re.compile(r"《([^》]{2,30})》?")
_FIRST_PARTS = re.compile("[一-龥ァ-ヴー]++[·・]")
_KATAKANA = re.compile("[ァ-ヴー]")
_PARTICLE = re.compile(r"(?:동지)?(?:께서는|께서|은|는|이|가|도)?$")
_HANGUL = re.compile(r"[가-힣]+(?: [가-힣]+)*")
_STYLES = frozenset(
    "대통령 총리 의원 대변인 원수 부부장 부장 장관 차관 위원장 총비서 동지 씨 "
    "국장 대사 교수 기자 외무상 외상 시장".split()
)
_JAPANESE_STYLE = re.compile(
    r"(?<=[ァ-ヴー])(?:大統領|首相|外相|国防相|議員|報道官|氏|さん|大臣|総書記|委員長|知事|教授|記者)+$"
)
_CHINESE_OFFICE = re.compile(
    "^(?:[一-龥]{0,10}?(?:总统|總統|总理|總理|主席|部长|部長|外长|外長|议员|議員|将军|元帅|元帥|总书记|发言人|领导人|國王|国王|首相)){1,3}(?=[一-龥]+[·・])"
)
_NOBODY = re.compile(
    r"(?:관계자|노인|주민|시민|어민|학생|소식통|教員|父|母|漁師|住民|老人|関係者|専門家|作者|记者|渔夫|居民|官员)$"
    r"|^(?:他|她|그|그녀|彼|彼女)(?:[들们ら]|$|想|在|又|还|也)|^(?:文章|评论|社论|社説|논평|사설)$"
)
"""Nouns and pronouns that name nobody."""


class LongNames:
    """Names of a text in parts that a dot joins, each found by its last part."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places: dict[str, list[tuple[int, int]]] = {}
        for first in _FIRST_PARTS.finditer(text):
            self._places.setdefault(text[first.end() : first.end() + 1], []).append(first.span())

    def of(self, last: str) -> str | None:
        """The first name that ends so, with the part before its last dot."""
        for start, end in self._places.get(last[:1], ()):
            if self._text.startswith(last, end) and not _KATAKANA.match(self._text, end + len(last)):
                return self._text[start : end + len(last)]
        return None


def person(written: str, registry: Registry) -> Person | None:
    """The one person of the registry whose name stands in the mention, beside a title or whatever else."""
    for name in _names(written[:_MOST]):
        people = registry.persons_named(name)
        if len(people) == 1:
            return people[0]
    return None


def outlet(written: str, registry: Registry) -> Outlet | None:
    """The paper whose name stands in title brackets: 机关报《…》."""
    title = _TITLED.search(written)
    return registry.outlet_named(title[1]) if title else None


def bare(written: str) -> str | None:
    """The name alone, as far as its form tells; None for somebody without a name."""
    if _NOBODY.search(written):
        return None
    written = _CHINESE_OFFICE.sub("", _JAPANESE_STYLE.sub("", written))
    words = written.split()
    while len(words) > 1 and words[-1] in _STYLES:
        words.pop()
    while len(words) > 1 and words[0] in _STYLES:
        words.pop(0)
    return " ".join(words)


def _names(written: str) -> Iterator[str]:
    """Parts of the mention that may be a name, the likeliest first."""
    for dotted in _DOTTED.finditer(written):
        given, dot, rest = re.split("([·・])", dotted[0], maxsplit=1)
        yield from (given[start:] + dot + rest for start in range(len(given)))
    for hangul in _HANGUL.finditer(written):
        words = hangul[0].split()
        for length in range(min(3, len(words)), 1, -1):
            for start in range(len(words) - length + 1):
                name = " ".join(words[start : start + length])
                yield name
                yield _PARTICLE.sub("", name)
