"""Digests: of bytes, of a tree of files, and of what a table says whatever file holds it.

The *logical digest* of a table is SHA-256 over its rows, sorted by their key, each as one line of canonical
JSON (keys sorted, no blanks, UTF-8). It is the same on every machine and with every version of pyarrow; the
digest of the file's bytes is not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]


def of_bytes(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def of_file(path: Path) -> str:
    """SHA-256 of a file in hexadecimal, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def of_tree(folder: Path, *, leave_out: Iterable[str] = ()) -> str:
    """SHA-256 over the names and contents of all files under ``folder``, in the order of their names.

    Compiled files are no part of it, nor are files whose suffix is in ``leave_out``.
    """
    suffixes = {".pyc", *leave_out}
    names = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in suffixes and "__pycache__" not in path.parts
    }
    lines = [f"{of_file(names[name])}  {name}\n" for name in sorted(names)]
    return of_bytes("".join(lines).encode())


def canonical(row: Row) -> str:
    """A row as one line of JSON that depends on its values alone."""
    return json.dumps(_plain(row), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def of_rows(rows: Iterable[Row], key: Sequence[str]) -> str:
    """The logical digest of a table: independent of the order of ``rows``."""
    digest = hashlib.sha256()
    for row in sorted(rows, key=lambda row: (sort_key(row, key), canonical(row))):
        digest.update(canonical(row).encode() + b"\n")
    return digest.hexdigest()


def sort_key(row: Row, columns: Sequence[str]) -> tuple[tuple[bool, Any], ...]:
    """What rows are sorted by: the values of ``columns``, null before everything."""
    return tuple((row[column] is not None, row[column]) for column in columns)


def row_id(row: Row, key: Sequence[str]) -> str:
    """How messages and diffs call a row: the values of its key."""
    if len(key) == 1:
        return str(row[key[0]])
    return ", ".join(f"{column} {row[column]}" for column in key)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    # Minus zero equals zero, but JSON would write it with its sign.
    return value + 0.0 if isinstance(value, float) else value
