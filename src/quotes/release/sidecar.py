"""Sidecars: what a collection says of itself, as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from quotes.errors import ReleaseError

REQUIRED: Mapping[str, type] = {
    "title": str, "description": str, "authors": list, "created": str, "reason": str, "licence": str,
    "text_published": bool, "language": str, "fictional": bool, "documents": int,
}  # fmt: skip
"""What every sidecar holds, and of which type."""


def read(sidecar: Path, required: Mapping[str, type]) -> dict[str, Any]:
    """A sidecar as data. Raises ReleaseError where a required key is missing or of another type."""
    try:
        meta = json.loads(sidecar.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ReleaseError(f"{sidecar} is no JSON: {error}. Mend it") from error
    if not isinstance(meta, dict):
        raise ReleaseError(f"{sidecar} holds no JSON object. Write one with the keys {', '.join(required)}")
    for key, wanted in required.items():
        if type(meta.get(key)) is not wanted:
            given = f"{key!r} is {meta.get(key)!r}" if key in meta else f"{key!r} is missing"
            raise ReleaseError(f"{sidecar}: {given}. Write it there, a {wanted.__name__}")
    return meta


def read_lines(path: Path) -> list[tuple[int, Any]]:
    """The objects of a JSON Lines file with the numbers of their lines; blank lines are passed over.

    Raises ReleaseError, with the line, for one that is no JSON.
    """
    found = []
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            found.append((number, json.loads(line)))
        except ValueError as error:
            raise ReleaseError(f"{path}:{number} is no JSON: {error}. Mend the line") from error
    return found
