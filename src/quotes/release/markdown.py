"""Markdown from untrusted words: escaped, so that no text of a document turns into markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_SPECIAL = re.compile(r"([\\`*_\[\]|~$])")


def escape(words: object) -> str:
    """Words as plain text of one line: line ends become blanks, markup and HTML show as they are written."""
    line = " ".join(str(words).split())
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(r"\\\1", line)


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; cells that are numbers stand on the right."""
    body = [list(row) for row in rows]
    numeric = [
        all(isinstance(row[k], int | float) for row in body) and bool(body) for k in range(len(header))
    ]
    lines = [_line(header), _line(["---:" if right else "---" for right in numeric])]
    return "\n".join(lines + [_line([_cell(value) for value in row]) for row in body])


class Raw(str):
    """Markdown that is meant as markup, and is not escaped."""

    __slots__ = ()


def _cell(value: object) -> str:
    return value if isinstance(value, Raw) else escape(value)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
