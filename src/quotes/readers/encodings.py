"""Bytes as text: UTF-8, UTF-16 and UTF-32 by their marks, Windows-1252 where the bytes look like it.

Nothing is guessed beyond that. Windows-1252 is taken only for bytes that are no UTF-8 and mostly plain ASCII, as
Western text is; the same bytes of another alphabet would be read as rubbish, and are refused with advice.
"""

from __future__ import annotations

import codecs
from typing import IO

from quotes.errors import DocumentError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = "cp1252"
_UNDEFINED = frozenset(b"\x81\x8d\x8f\x90\x9d")
_FOREIGN = 0.2
"""Share of bytes beyond ASCII from which text is not Western: French has 4 to 6 in a hundred, Russian 80."""
_BLOCK = 1 << 20


def marked(start: bytes) -> str | None:
    """The encoding that the first bytes of a file state, or None."""
    if start[:2] in (b"{\x00", b"[\x00", b"<\x00"):
        return "utf-16-le"
    return next((name for mark, name in _MARKS if start.startswith(mark)), None)


def decoded(data: bytes, where: str) -> str:
    """The bytes as text, line ends as they are; `DocumentError` for other encodings."""
    name = marked(data)
    try:
        return data.decode(name or "utf-8")
    except UnicodeDecodeError as error:
        if name is None and is_western(data):
            return data.decode(_WESTERN)
        raise undecodable(where, error.start, name) from None


def is_western(data: bytes) -> bool:
    """Whether bytes that are no UTF-8 look like Windows-1252."""
    beyond = sum(byte > 127 for byte in data)
    return beyond <= max(1, len(data) * _FOREIGN) and _UNDEFINED.isdisjoint(data)


def encoding_of(file: IO[bytes], where: str) -> str:
    """The encoding of a whole file, read through in blocks. Raises `DocumentError` where it is none of ours."""
    start = file.read(_BLOCK)
    if name := marked(start):
        return name
    decoder = codecs.getincrementaldecoder("utf-8")()
    position, beyond, undefined, fault = 0, 0, False, None
    while start:
        if fault is None:
            try:
                decoder.decode(start)
            except UnicodeDecodeError as error:
                fault = position + error.start
        beyond += sum(byte > 127 for byte in start)
        undefined = undefined or not _UNDEFINED.isdisjoint(start)
        position += len(start)
        start = file.read(_BLOCK)
    if fault is None:
        return "utf-8"
    if undefined or beyond > max(1, position * _FOREIGN):
        raise undecodable(where, fault, None)
    return _WESTERN


def undecodable(where: str, position: int, name: str | None) -> DocumentError:
    """What to tell of bytes in no encoding read here, the first of them at ``position``."""
    reason = f"not {(name or 'utf-8').upper().removesuffix('-SIG')}: byte {position + 1} cannot be read"
    return DocumentError(where, reason, "Convert it first, as in: iconv -f WINDOWS-1251 -t UTF-8 OLD > NEW")
