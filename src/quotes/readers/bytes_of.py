"""The bytes of a file, unpacked where they are packed, and the ways in which that fails.

What a file is packed with shows in its first bytes, whatever its name says. Nothing is unpacked without a bound:
a file that swells beyond all measure is told as damaged.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

import pyarrow as pa

from quotes.errors import DocumentError
from quotes.readers.limits import BOMB_RATIO, BOMB_START


class SwellingError(OSError):
    """The file unpacks to too many times its size."""


FAILURES = (OSError, EOFError, zlib.error, pa.ArrowException)
"""What opening or unpacking a file may raise."""

PACKED = (".gz", ".zst")
"""How the names of packed files end."""

_PLAIN = (b"{", b"<", b"WARC", b"\xef\xbb\xbf")
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_BLOCK = 1 << 16


def opened(path: Path) -> IO[bytes]:
    """The file, to read bytes from, unpacked where it is gzip or Zstandard."""
    file = path.open("rb")
    try:
        start = file.read(4)
        file.seek(0)
        return _unpacked(file, start, named_packed=path.name.lower().endswith(PACKED))
    except BaseException:
        file.close()
        raise


def _unpacked(file: IO[bytes], start: bytes, *, named_packed: bool) -> IO[bytes]:
    packing = packing_of(start)
    if packing is None:
        # Some servers unpack what they send and leave the name; what else has such a name is damaged.
        if named_packed and not start.startswith(_PLAIN):
            raise gzip.BadGzipFile("not packed, whatever its name says")
        return file
    inner = gzip.GzipFile(fileobj=file) if packing == "gzip" else pa.CompressedInputStream(pa.PythonFile(file), "zstd")
    return cast(IO[bytes], io.BufferedReader(_Unpacked(inner, file), _BLOCK))


def packing_of(start: bytes) -> str | None:
    """What a file that begins so is packed with: ``gzip``, ``zstd`` or nothing."""
    if start.startswith(_GZIP):
        return "gzip"
    return "zstd" if start.startswith(_ZSTD) else None


class _Unpacked(io.RawIOBase):
    """The unpacked bytes, counted and held against those that were read for them."""

    def __init__(self, inner: Any, packed: IO[bytes]) -> None:  # noqa: ANN401
        self._inner, self._packed, self._count = inner, packed, 0
        # What stands before a damaged place is given out: no read goes on to fill the buffer.
        self._read = getattr(inner, "read1", inner.read)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401
        data = self._read(len(buffer))
        buffer[: len(data)] = data
        self._count += len(data)
        if self._count > BOMB_START and self._count > BOMB_RATIO * max(1, self._packed.tell()):
            raise SwellingError(f"unpacks to more than {BOMB_RATIO} times its size")
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._inner.close()
            self._packed.close()
        super().close()


def lines(file: IO[bytes], limit: int) -> Iterator[bytes | None]:
    """The lines of a file with their ends; None for each one that is longer than ``limit``."""
    while line := file.readline(limit + 1):
        if len(line) <= limit:
            yield line
            continue
        while not line.endswith(b"\n") and (line := file.readline(_BLOCK)):
            pass
        yield None


def unreadable(where: str, error: Exception) -> DocumentError:
    """What to tell of a file that cannot be read, or not to its end."""
    if isinstance(error, PermissionError):
        return DocumentError(where, "the file may not be read", "Ask for the right to read it (chmod u+r)")
    if isinstance(error, SwellingError):
        reason = f"the packed file {error}, as no text does; it is not read any further"
        return DocumentError(where, reason, "Look at what is in it; unpack it first if it is in order")
    packed = isinstance(error, (gzip.BadGzipFile, EOFError, zlib.error, pa.ArrowException))
    if packed or "decompress" in str(error) or "Truncated" in str(error):
        return DocumentError(where, "the packed file is damaged or cut short", "Fetch or pack it again")
    reason = getattr(error, "strerror", None) or type(error).__name__
    return DocumentError(where, f"the file cannot be read: {reason}", "Check the file and its disk")
