"""Ledgers: decisions of people, as inputs of every later version.

Each is a JSON Lines file under data/ledger that lines are only ever appended to. A version is made from the
lines that were there when it was made (its manifest says how many bytes), so that it can be rebuilt after
others were added.

``review``: id, field, old, new, who, when, why: what a person decided about one value of one quotation.
``takedown``: id (of a quotation or document), reason, when, row_sha256 (of the row as it was; no text).
``aliases``: old and new id of a quotation whose identifier had to change, why, when.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from quotes.errors import ReleaseError
from quotes.release import digest

NAMES = ("review", "takedown", "aliases")
SCORES = "scores"
"""What models computed (see `quotes.models.ledger`); lines are only appended to it too."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about one field of a quotation; ``field`` ``reviewed`` confirms the whole row."""

    id: str
    field: str
    old: Any
    new: Any
    who: str
    when: str
    why: str | None


@dataclass(frozen=True, slots=True)
class Takedown:
    """A quotation or document that leaves the dataset."""

    id: str
    reason: str
    when: str
    row_sha256: str


@dataclass(frozen=True, slots=True)
class Alias:
    """A quotation that goes by another identifier now."""

    old: str
    new: str
    when: str
    why: str


@dataclass(frozen=True, slots=True)
class Ledgers:
    """The lines of all ledgers that a version reads, in their order."""

    review: tuple[Decision, ...] = ()
    takedown: tuple[Takedown, ...] = ()
    aliases: tuple[Alias, ...] = ()

    def current(self, identifier: str) -> str:
        """The identifier that one of any time goes by now."""
        seen = {identifier}
        renamed = {alias.old: alias.new for alias in self.aliases}
        while identifier in renamed and renamed[identifier] not in seen:
            identifier = renamed[identifier]
            seen.add(identifier)
        return identifier


Entry = TypeVar("Entry", Decision, Takedown, Alias)


def read(folder: Path, lengths: Mapping[str, int] | None = None) -> Ledgers:
    """The ledgers of a folder; of each file the first ``lengths[name]`` bytes, 0 where it is not named.

    Without ``lengths`` all of every file. Raises ReleaseError, with the line, for one that is no entry.
    """

    def entries(name: str, kind: type[Entry]) -> tuple[Entry, ...]:
        path = folder / f"{name}.jsonl"
        if not path.is_file():
            return ()
        content = path.read_bytes()
        if lengths is not None:
            content = content[: lengths.get(name, 0)]
        lines = enumerate(content.split(b"\n"), start=1)
        return tuple(_entry(kind, line, f"{path}:{number}") for number, line in lines if line.strip())

    return Ledgers(entries("review", Decision), entries("takedown", Takedown), entries("aliases", Alias))


def _entry(kind: type[Entry], line: bytes, where: str) -> Entry:
    names = [field.name for field in fields(kind)]
    try:
        row = json.loads(line)
        values = {name: row[name] for name in names}
    except (ValueError, KeyError, TypeError) as error:
        wanted = ", ".join(names)
        raise ReleaseError(f"{where}: no entry with {wanted} ({error!r}). Restore the file") from error
    return kind(**values)


def append(folder: Path, name: str, entries: Sequence[Decision | Takedown | Alias]) -> Path:
    """Append entries to a ledger, one line each; what stands there already is not touched."""
    path = folder / f"{name}.jsonl"
    folder.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8", newline="\n") as file:
        for entry in entries:
            row = {field.name: getattr(entry, field.name) for field in fields(entry)}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def lines(entries: Sequence[Takedown | Alias]) -> str:
    """What a version says of rows that were taken down or renamed, as JSON Lines; no text stands in it."""
    return "".join(json.dumps(asdict(entry), ensure_ascii=False) + "\n" for entry in entries)


def row_sha256(row: Mapping[str, Any]) -> str:
    """The digest by which a takedown names the row that it took away."""
    return digest.of_bytes(digest.canonical(row).encode())


def prefix_sha256(path: Path, length: int) -> str:
    """SHA-256 of the first ``length`` bytes of a ledger."""
    return hashlib.sha256(path.read_bytes()[:length]).hexdigest()
