"""The signs that stand for quotation marks, and what the shape and the neighbours of each say that it does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from quotes.records import Article

Role = Literal["open", "close", "either"]

_WHOLE = "\"“”„‟«»「」『』《》＂″〝〞〟‹›〈〉｢｣﹁﹂﹃﹄"
# Begins with one class of characters, so that the engine skips to the next mark: the doubled ones are told behind it.
# Of three single marks that end words the last two are the double one: ''He called it 'free.'''
_DOUBLED = r"(?<=')'(?:(?!'(?!'))|(?<=(?<!\S)''))|(?<=`)`|(?<=(?<![a-zA-Z'])‘)‘|(?<=’)’(?:(?!’(?!’))|(?<=(?<!\S)’’))"
_MARKS = re.compile(f"[{_WHOLE}'`‘’](?:(?<=[{_WHOLE}])|{_DOUBLED})")
_TYPED = re.compile(
    rf"[{_WHOLE}'`‘’<>,´‚](?:(?<=[{_WHOLE}])|{_DOUBLED}|(?<=<)<(?=\s?\w)|(?<=>)>|(?<=´)´|(?<=(?<![^\s(\[—–]),),(?=\w)"
    r"|(?<=(?<![^\s(\[—–])‚)‚(?=\w)|(?<=‘)‘(?=[\s.,;:!?)]|\Z))"
)
"""With what typewriters make of marks they lack: <<…>>, ,,…'', ‚‚…‘‘, ´´…´´."""
_TYPED_SIGNS = ("<<", ",,", "‚‚", "´´")

FAMILY = {
    **dict.fromkeys([*"\"“”„‟＂″〝〞〟", "''", "``", "‘‘", "’’", ",,", "‚‚", "´´"], "double"),
    **dict.fromkeys(("«", "»", "<<", ">>"), "guillemets"),
    **dict.fromkeys("‹›", "single-guillemets"),
    **dict.fromkeys("「」｢｣﹁﹂", "corner"),
    **dict.fromkeys("『』﹃﹄", "white-corner"),
    **dict.fromkeys("《》", "angle"),
    **dict.fromkeys("〈〉", "single-angle"),
}
_STYLE = {
    **dict.fromkeys(('"', "＂", "″"), "straight"),
    **dict.fromkeys("“”‟〝〞〟", "curly"),
    **dict.fromkeys(("„", ",,", "‚‚"), "low-high"),
    **dict.fromkeys(("''", "``", "‘‘", "’’", "´´"), "double-single"),
}
_SHAPE: dict[str, Role] = {
    **dict.fromkeys([*"“„〝«‹「｢﹁『﹃《〈", "``", "‘‘", "<<", ",,", "‚‚"], "open"),
    **dict.fromkeys([*"”〞〟»›」｣﹂』﹄》〉", "’’", ">>"], "close"),
}
_BEFORE_OPENER = frozenset(" \n([{—–-/:=>|‘'‚「『《“„«\"：（【")
_AFTER_CLOSER = frozenset(" \n.,;:!?)]}—–-/…'’」』》”»\"|<，。、；：！？）】")
_ENDS_CLAUSE = frozenset(".,;:!?)]}，。、；：！？）】")
"""What stands behind a closing mark, also one that a blank parts from its words, and never behind an opening one."""
_WORDS = re.compile(r"[.?!,:;)\]}][\"”“»«.?!]|[.!?][^\W_A-Z]|[!?]\w|\. \.")
"""Where such a sign is, or begins, the words themselves: “?”, “...and left”, “. . . and left”, “!Viva!”."""


class Mark(NamedTuple):
    """A quotation mark: where it stands, what its shape says and what its neighbours say."""

    start: int
    end: int
    glyph: str
    shape: Role
    place: Role
    role: Role
    """What it does: by its shape, where that tells, else by its neighbours."""
    paragraph: int
    after_digit: bool

    @property
    def family(self) -> str:
        """Marks of one family open and close each other."""
        return FAMILY[self.glyph]

    @property
    def style(self) -> str:
        """The name of its look in the rule of a candidate."""
        return _STYLE.get(self.glyph, self.family)


def marks(article: Article) -> Iterator[Mark]:
    """Every mark of the article in order, single ones left out."""
    text, parts, k = article.text, article.paragraphs, 0
    signs = _TYPED if any(sign in text for sign in _TYPED_SIGNS) else _MARKS
    for match in signs.finditer(text):
        start, end = match.span()
        while k < len(parts) - 1 and parts[k].end <= start:
            k += 1
        glyph = match[0]
        before = text[start - 1] if start > parts[k].start else "\n"
        after = text[end : min(end + 3, parts[k].end)] or "\n"
        shape, place = _SHAPE.get(glyph, "either"), _place(before, after)
        role = shape if shape != "either" else place
        yield Mark(start, end, glyph, shape, place, role, k, before.isdigit())


def _place(before: str, after: str) -> Role:
    """What the character before a mark and the three behind it say that it does."""
    ends = after[0] in _ENDS_CLAUSE and _WORDS.match(after) is None
    opens = before in _BEFORE_OPENER and not after[0].isspace() and not ends
    closes = after[0] in _AFTER_CLOSER and not before.isspace() if not ends else before != "\n"
    if opens and not closes:
        return "open"
    if closes and not opens:
        return "close"
    return "either"
