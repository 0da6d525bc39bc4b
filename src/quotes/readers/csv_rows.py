"""Comma-separated values with a line of names on top: one document a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import IO

from quotes.errors import DocumentError
from quotes.readers.bytes_of import FAILURES, opened, unreadable
from quotes.readers.discover import Source
from quotes.readers.encodings import encoding_of
from quotes.readers.limits import MAX_LINE
from quotes.readers.raw import Raw

_DELIMITERS = ",;\t|"


def rows(source: Source) -> Iterator[Raw | DocumentError]:
    """Each row as ``file:line``, the line where it ends; empty cells are not known."""
    try:
        with opened(source.path) as file:
            encoding = encoding_of(file, source.name)
        with opened(source.path) as file:
            text = io.TextIOWrapper(file, encoding=encoding, newline="")
            try:
                yield from _rows(text, source)
            finally:
                text.detach()  # the file is closed by whoever opened it
    except DocumentError as error:
        yield error
    except UnicodeError:
        yield DocumentError(source.name, "not in the encoding that its first bytes say", "Convert it to UTF-8 first")
    except FAILURES as error:
        yield unreadable(source.name, error)


def _rows(file: IO[str], source: Source) -> Iterator[Raw | DocumentError]:
    csv.field_size_limit(MAX_LINE)
    top = file.readline(MAX_LINE)
    delimiter = max(_DELIMITERS, key=top.count)
    names = next(csv.reader([top], delimiter=delimiter), [])
    wanted = source.column("text")
    if wanted not in names:
        reason = f"no column {wanted} in the first line"
        advice = f"Say which column holds it, as in --column text=NAME: {', '.join(names)[:200]}"
        yield DocumentError(source.name, reason, advice)
        return
    reader = csv.reader(_bounded(file), delimiter=delimiter, strict=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            where = f"{source.name}:{reader.line_num + 1}"
            yield DocumentError(where, f"not CSV: {error}", "Put fields in quotation marks, and double those inside")
            continue
        where = f"{source.name}:{reader.line_num + 1}"
        if len(cells) == len(names):
            yield Raw(where, {name: cell or None for name, cell in zip(names, cells, strict=True)})
        elif cells:
            reason = f"{len(cells)} cells under {len(names)} names"
            yield DocumentError(where, reason, "Put fields in quotation marks, and double those inside")


def _bounded(file: IO[str]) -> Iterator[str]:
    """Lines, long ones in pieces, which the parser's own limit then refuses."""
    while line := file.readline(MAX_LINE):
        yield line
