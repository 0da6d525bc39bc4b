"""One JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from quotes.errors import DocumentError
from quotes.readers.bytes_of import FAILURES, not_utf8, opened, unreadable
from quotes.readers.discover import Source

Row = tuple[str, dict[str, Any]]

_ONE_A_LINE = "Write one JSON object a line, with nothing between the lines"


def rows(source: Source) -> Iterator[Row | DocumentError]:
    """Each line as ``(file:line, fields)``; blank lines are passed over."""
    try:
        with opened(source.path) as file:
            for number, line in enumerate(file, start=1):
                if number == 1:
                    refusal = _not_lines(line, source)
                    if refusal:
                        yield refusal
                        return
                    line = line.removeprefix(b"\xef\xbb\xbf")
                if line.strip():
                    yield _row(line, f"{source.name}:{number}")
    except FAILURES as error:
        yield unreadable(source.name, error)


def ids(source: Source) -> Iterator[str]:
    """The ids of the lines that can be read, in order."""
    for row in rows(source):
        if not isinstance(row, DocumentError) and isinstance(row[1].get("doc_id"), str):
            yield row[1]["doc_id"]


def _not_lines(first: bytes, source: Source) -> DocumentError | None:
    if first.startswith((b"\xff\xfe", b"\xfe\xff")):
        advice = "Convert it first: iconv -f UTF-16 -t UTF-8 OLD > NEW"
        return DocumentError(source.name, "the file is UTF-16", advice)
    if first.strip() in (b"[", b"{"):
        advice = f"{_ONE_A_LINE} (jq -c does it)"
        return DocumentError(source.name, "one JSON value spread over many lines", advice)
    return None


def _row(line: bytes, where: str) -> Row | DocumentError:
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return not_utf8(where, error.start)
    except json.JSONDecodeError as error:
        return DocumentError(where, f"not JSON: {error.msg} at character {error.pos + 1}", _ONE_A_LINE)
    except (RecursionError, ValueError):
        return DocumentError(where, "JSON nested too deep, or with too long a number", _ONE_A_LINE)
    if not isinstance(value, dict):
        return DocumentError(where, "the line is not a JSON object", 'Write {"doc_id": "...", "text": "..."}')
    return where, value
