"""One JSON object a line."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import IO, Any

from quotes.errors import DocumentError
from quotes.readers import gdelt
from quotes.readers.bytes_of import FAILURES, lines, opened, unreadable
from quotes.readers.discover import Source
from quotes.readers.encodings import decoded, marked
from quotes.readers.limits import MAX_LINE
from quotes.readers.raw import Raw

_ONE_A_LINE = "Write one JSON object a line, with nothing between the lines"
_WIDE = ("utf-16", "utf-16-le", "utf-32")
_FRAGMENT = 1 << 16


def rows(source: Source) -> Iterator[Raw | DocumentError]:
    """Each line as ``file:line`` with its fields; blank lines are passed over."""
    try:
        with opened(source.path) as file:
            for number, line in enumerate(_lines(file), start=1):
                where = f"{source.name}:{number}"
                if line is None:
                    yield DocumentError(where, f"the line is longer than {MAX_LINE:,} bytes", _ONE_A_LINE)
                elif number == 1 and line.strip() in (b"[", b"{"):
                    advice = f"{_ONE_A_LINE} (jq -c does it)"
                    yield DocumentError(source.name, "one JSON value spread over many lines", advice)
                    return
                elif line.strip():
                    yield from _row(line, where)
    except UnicodeError:
        reason = "not the UTF-16 or UTF-32 that its first bytes say"
        yield DocumentError(source.name, reason, "Convert it to UTF-8 first")
    except FAILURES as error:
        yield unreadable(source.name, error)


def _lines(file: IO[bytes]) -> Iterator[bytes | None]:
    start = file.peek(4)[:4] if isinstance(file, io.BufferedReader) else b""
    encoding = marked(start)
    if encoding not in _WIDE:
        yield from lines(file, MAX_LINE)
        return
    # A newline is more than a byte here: the file is turned into UTF-8 as it is read.
    wide = io.TextIOWrapper(file, encoding=encoding, newline="\n")
    try:
        while text := wide.readline(MAX_LINE + 1):
            if len(text) <= MAX_LINE:
                yield text.encode("utf-8", "surrogatepass")
                continue
            while not text.endswith("\n") and (text := wide.readline(_FRAGMENT)):
                pass
            yield None
    finally:
        wide.detach()  # the file is closed by whoever opened it


def _row(line: bytes, where: str) -> Iterator[Raw | DocumentError]:
    try:
        value = json.loads(decoded(line, where))
    except DocumentError as error:
        yield error
    except json.JSONDecodeError as error:
        yield DocumentError(where, f"not JSON: {error.msg} at character {error.pos + 1}", _ONE_A_LINE)
    except (RecursionError, ValueError):
        yield DocumentError(where, "JSON nested too deep, or with too long a number", _ONE_A_LINE)
    else:
        yield from _documents(value, where)


def _documents(value: Any, where: str) -> Iterator[Raw | DocumentError]:  # noqa: ANN401
    if not isinstance(value, dict):
        yield DocumentError(where, "the line is not a JSON object", 'Write {"doc_id": "...", "text": "..."}')
    elif gdelt.is_entry(value):
        yield from gdelt.snippets(value, where)
    else:
        yield Raw(where, value)
