"""Which files a list of paths means."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from quotes.errors import DocumentError, UsageError
from quotes.readers.sniff import ENDINGS, SourceKind, kind_of, sniffed

STANDARD_INPUT = "-"
DATASET = "dataset:"
"""What a path begins with that names a dataset of the library `datasets`."""

Columns = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read: its ``name`` as the user knows it and, where it is one document, that one's id.

    ``columns`` are pairs of a field of a document and the column that holds it, where the two differ; the column
    ``#`` stands for the number of the row.
    """

    path: Path
    name: str
    kind: SourceKind
    doc_id: str
    columns: Columns = ()

    def column(self, name: str) -> str:
        """The column that holds a field."""
        return next((column for field, column in self.columns if field == name), name)

    def lacks(self, name: str, columns: Sequence[str]) -> bool:
        """Whether a field has no column among these."""
        return self.column(name) not in (*columns, NUMBER)


NUMBER = "#"


@dataclass(frozen=True, slots=True)
class Found:
    """The files to read, sorted by name; those in the folders that are of no kind known; folders that are shut."""

    sources: tuple[Source, ...]
    skipped: tuple[str, ...]
    errors: tuple[DocumentError, ...] = ()


@dataclass(slots=True)
class _Search:
    columns: Columns
    skipped: set[str] = field(default_factory=set)
    errors: list[DocumentError] = field(default_factory=list)


def discover(paths: Sequence[str | Path], columns: Mapping[str, str] | None = None) -> Found:
    """The files that these paths mean; folders are searched through, links followed once.

    Hidden files are passed over, as are the sidecars (``*.meta.json``) of collections. A file reached twice
    is read once. The id of a document that is a whole file is its name, within a folder its path from there.
    What a file holds is told by its ending and, where that says nothing, by its first bytes.

    Raises `UsageError` when a path does not exist, is of no kind known, or when nothing is there to read.
    """
    if not paths:
        raise UsageError("no input: name at least one file or folder, or - for the standard input")
    search = _Search(tuple(sorted((columns or {}).items())))
    by_place: dict[str, Source] = {}
    for path in sorted(str(path) for path in paths):
        for source in _sources(path, search):
            by_place.setdefault(_place(source), replace(source, columns=search.columns))
    if not by_place and not search.errors:
        raise UsageError(_nothing_in(paths, sorted(search.skipped)))
    sources = sorted(by_place.values(), key=lambda source: source.name)
    errors = sorted(search.errors, key=lambda error: error.where)
    return Found(tuple(sources), tuple(sorted(search.skipped)), tuple(errors))


def moved(source: Source, path: Path, kind: SourceKind) -> Source:
    """The same source, its bytes lying elsewhere."""
    return replace(source, path=path, kind=kind)


def _place(source: Source) -> str:
    if source.name == "stdin" or source.kind == "dataset":
        return source.name
    return os.path.realpath(source.path)


def _sources(name: str, search: _Search) -> Iterator[Source]:
    path = Path(name)
    if name == STANDARD_INPUT:
        yield Source(path, "stdin", "json_lines", "stdin")
    elif name.startswith(DATASET):
        yield Source(path, name, "dataset", name.removeprefix(DATASET))
    elif path.is_dir():
        yield from _in_folder(path, search)
    elif not path.exists() and not path.is_symlink():
        raise UsageError(f"{name}: no such file or folder; check the spelling and where the path starts")
    else:
        kind = kind_of(path.name) or sniffed(path)
        if kind is None:
            raise UsageError(f"{name}: not a kind of file known here; give one of {_known()}, or a folder")
        yield Source(path, _printable(path), kind, _printable(path.name))


def _in_folder(folder: Path, search: _Search) -> Iterator[Source]:
    def shut(error: OSError) -> None:
        reason = f"the folder cannot be opened: {error.strerror}"
        advice = "Ask for the right to read it (chmod u+rx)"
        search.errors.append(DocumentError(_printable(error.filename), reason, advice))

    seen: set[str] = set()
    for place, folders, files in os.walk(folder, onerror=shut, followlinks=True):
        real = os.path.realpath(place)
        if real in seen:  # a link that leads back up, or to a folder that was searched
            folders[:] = []
            search.skipped.add(_printable(place))
            continue
        seen.add(real)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and not name.endswith(".meta.json"):
                yield from _file(Path(place, name), folder, search)


def _file(path: Path, folder: Path, search: _Search) -> Iterator[Source]:
    kind = kind_of(path.name) or sniffed(path)
    if kind is None or not _is_plain(path):
        search.skipped.add(_printable(path))
        return
    yield Source(path, _printable(path), kind, _printable(path.relative_to(folder)))


def _is_plain(path: Path) -> bool:
    """False for what is no file at all (a pipe would be waited for without end); a dead link is told when read."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return True


def _printable(path: str | Path) -> str:
    """A name with ``/`` between its parts and the bytes that are no UTF-8 written out."""
    return os.fsencode(Path(path).as_posix()).decode("utf-8", "backslashreplace")


def _nothing_in(paths: Sequence[str | Path], skipped: Sequence[str]) -> str:
    seen = sorted({Path(name).suffix or Path(name).name for name in skipped})
    there = f"; it holds {len(skipped)} other files ({', '.join(seen[:5])})" if skipped else ""
    return f"{', '.join(map(str, paths))}: nothing to read in there{there}; give one of {_known()}"


def _known() -> str:
    return ", ".join(ENDINGS)
