"""The bytes of a file, unpacked where its name ends in ``.gz``, and the ways in which that fails."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from typing import IO, cast

from quotes.errors import DocumentError

FAILURES = (OSError, EOFError, zlib.error)
"""What opening or unpacking a file may raise."""


def opened(path: Path) -> IO[bytes]:
    """The file, to read bytes from."""
    if path.name.lower().endswith(".gz"):
        return cast(IO[bytes], gzip.open(path, "rb"))
    return path.open("rb")


def unreadable(where: str, error: Exception) -> DocumentError:
    """What to tell of a file that cannot be read, or not to its end."""
    if isinstance(error, PermissionError):
        return DocumentError(where, "the file may not be read", "Ask for the right to read it (chmod u+r)")
    if isinstance(error, (gzip.BadGzipFile, EOFError, zlib.error)):
        return DocumentError(where, "the packed file is damaged or cut short", "Fetch or pack it again")
    reason = getattr(error, "strerror", None) or type(error).__name__
    return DocumentError(where, f"the file cannot be read: {reason}", "Check the file and its disk")


def decoded(data: bytes, where: str) -> str:
    """UTF-8 (or UTF-16 with its mark) as text, line ends as they are; `DocumentError` for other encodings."""
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise not_utf8(where, error.start) from None


def not_utf8(where: str, position: int) -> DocumentError:
    """What to tell of bytes that are not UTF-8, the first of them at ``position``."""
    reason = f"not UTF-8: byte {position + 1} cannot be read"
    return DocumentError(where, reason, "Convert it first, as in: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW")
