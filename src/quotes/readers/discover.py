"""Which files a list of paths means."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from quotes.errors import UsageError

SourceKind = Literal["json_lines", "parquet", "plain_text", "html"]

ENDINGS: Mapping[str, SourceKind] = {
    ".jsonl": "json_lines",
    ".ndjson": "json_lines",
    ".parquet": "parquet",
    ".txt": "plain_text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
"""What a file's name ends in; ``.gz`` may follow, but for Parquet, which is compressed already."""

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read: its ``name`` as the user knows it and, where it is one document, that one's id."""

    path: Path
    name: str
    kind: SourceKind
    doc_id: str


@dataclass(frozen=True, slots=True)
class Found:
    """The files to read, sorted by name, and those in the folders that are of no kind known."""

    sources: tuple[Source, ...]
    skipped: tuple[str, ...]


def discover(paths: Sequence[str | Path]) -> Found:
    """The files that these paths mean; folders are searched through.

    Hidden files are passed over, as are the sidecars (``*.meta.json``) of collections. A file reached twice
    is read once. The id of a document that is a whole file is its name, within a folder its path from there.

    Raises `UsageError` when a path does not exist, is of no kind known, or when nothing is there to read.
    """
    if not paths:
        raise UsageError("no input: name at least one file or folder, or - for the standard input")
    by_place: dict[str, Source] = {}
    skipped: list[str] = []
    for path in sorted(str(path) for path in paths):
        for source in _sources(path, skipped):
            by_place.setdefault(os.path.realpath(source.path) if source.name != "stdin" else "-", source)
    if not by_place:
        raise UsageError(_nothing_in(paths, skipped))
    sources = sorted(by_place.values(), key=lambda source: source.name)
    return Found(tuple(sources), tuple(sorted(set(skipped))))


def kind_of(name: str) -> SourceKind | None:
    """The kind of file that a name tells, or None."""
    lower = name.lower()
    packed = lower.endswith(".gz")
    kind = ENDINGS.get(Path(lower.removesuffix(".gz")).suffix)
    return None if packed and kind == "parquet" else kind


def _sources(name: str, skipped: list[str]) -> Iterator[Source]:
    path = Path(name)
    if name == STANDARD_INPUT:
        yield Source(path, "stdin", "json_lines", "stdin")
    elif path.is_dir():
        yield from _in_folder(path, skipped)
    elif not path.exists():
        raise UsageError(f"{name}: no such file or folder; check the spelling and where the path starts")
    else:
        kind = kind_of(path.name)
        if kind is None:
            raise UsageError(f"{name}: not a kind of file known here; give one of {_known()}, or a folder")
        yield Source(path, path.as_posix(), kind, path.name)


def _in_folder(folder: Path, skipped: list[str]) -> Iterator[Source]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(place, name)
            if name.startswith(".") or name.endswith(".meta.json"):
                continue
            kind = kind_of(name)
            if kind is None:
                skipped.append(path.as_posix())
            else:
                yield Source(path, path.as_posix(), kind, path.relative_to(folder).as_posix())


def _nothing_in(paths: Sequence[str | Path], skipped: Sequence[str]) -> str:
    seen = sorted({Path(name).suffix or Path(name).name for name in skipped})
    there = f"; it holds {len(skipped)} other files ({', '.join(seen[:5])})" if skipped else ""
    return f"{', '.join(map(str, paths))}: nothing to read in there{there}; give one of {_known()}"


def _known() -> str:
    return ", ".join(ENDINGS)


def moved(source: Source, path: Path) -> Source:
    """The same source, its bytes lying elsewhere."""
    return replace(source, path=path)
