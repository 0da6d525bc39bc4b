"""What a file holds, by its ending or, where that says nothing, by its first bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from quotes.readers.bytes_of import FAILURES, PACKED, opened

SourceKind = Literal["json_lines", "parquet", "csv", "plain_text", "html", "warc", "dataset"]

ENDINGS: Mapping[str, SourceKind] = {
    ".jsonl": "json_lines",
    ".ndjson": "json_lines",
    ".parquet": "parquet",
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "plain_text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".warc": "warc",
}
"""What a file's name ends in; ``.gz`` or ``.zst`` may follow, but for Parquet, which is compressed already."""

_LOOK = 1024
_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html|head|body)\b", re.I | re.S)
_OBJECT = re.compile(rb'\s*\{\s*"')


def kind_of(name: str) -> SourceKind | None:
    """The kind of file that a name tells, or None."""
    path = Path(name.lower())
    packed = path.suffix in PACKED
    kind = ENDINGS.get(path.with_suffix("").suffix if packed else path.suffix)
    return None if packed and kind == "parquet" else kind


def sniffed(path: Path) -> SourceKind | None:
    """The kind that the first bytes of a file tell, packed or not; None where they tell nothing."""
    try:
        if not path.is_file():
            return None
        with opened(path) as file:
            start = file.read(_LOOK)
    except FAILURES:
        return None
    return kind_of_bytes(start)


def kind_of_bytes(start: bytes) -> SourceKind | None:
    """The kind of file that begins with these bytes, or None."""
    start = start.removeprefix(b"\xef\xbb\xbf")
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(b"WARC/"):
        return "warc"
    if _PAGE.match(start):
        return "html"
    wide = start.startswith((b"\xff\xfe{", b"\xfe\xff\x00{"))
    return "json_lines" if wide or _OBJECT.match(start) else None
