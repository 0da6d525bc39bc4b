"""The manifest of a version: digests of everything that went in and of everything that came out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from quotes import errors, schema
from quotes.errors import ReleaseError
from quotes.release import collections, digest, ledgers, writer
from quotes.release.layout import MANIFEST, Layout, table_file

PACKAGE = Path(errors.__file__).parent
WEIGHTS = ".safetensors"


@dataclass(frozen=True, slots=True)
class TableFile:
    """One table as it was written. ``memory`` is its size in Arrow memory, in bytes.

    ``table`` names its schema: the table itself, or, of the rows of one collection, the table they are taken from.
    """

    name: str
    table: str
    file: str
    bytes: int
    sha256: str
    rows: int
    logical_sha256: str
    memory: int


def write_table(
    folder: Path, name: str, rows: Sequence[Mapping[str, Any]], *, of: str | None = None
) -> TableFile:
    """Write one table, or some rows ``of`` another one, into a version folder and say what was written."""
    path = folder / table_file(name)
    kind = of or name
    table = writer.write(kind, rows, path)
    return TableFile(
        name=name,
        table=kind,
        file=path.name,
        bytes=path.stat().st_size,
        sha256=digest.of_file(path),
        rows=table.num_rows,
        logical_sha256=digest.of_rows(table.to_pylist(), schema.table(kind).key),
        memory=table.nbytes,
    )


def make(
    layout: Layout,
    *,
    version: str,
    date: str,
    previous: Mapping[str, str] | None,
    collections: Sequence[str],
    lengths: Mapping[str, int] | None,
    checkout: Mapping[str, Any] | None,
    model: Mapping[str, Any] | None,
    tables: Sequence[TableFile],
) -> dict[str, Any]:
    """The manifest as data. ``previous`` says which version came before and how it was digested.

    ``lengths`` limits the ledgers to those bytes of each that an earlier build read (see `ledgers.read`).
    """
    return {
        "version": version,
        "date": date,
        "previous": dict(previous) if previous else None,
        "checkout": dict(checkout) if checkout else None,
        "collections": list(collections),
        "inputs": inputs(layout, collections, lengths),
        "model": dict(model) if model else None,
        **here(layout),
        "tables": [asdict(table) for table in tables],
    }


def here(layout: Layout) -> dict[str, Any]:
    """The code that runs: package, weights, locked dependencies, and what writes the tables."""
    return {
        "code": code(),
        "weights": weights(),
        "lock": _described(layout.lock, layout.name(layout.lock)) if layout.lock.is_file() else None,
        "writer": {"pyarrow": pa.__version__},
    }


def inputs(
    layout: Layout, names: Sequence[str], lengths: Mapping[str, int] | None = None
) -> list[dict[str, Any]]:
    """Name, size and digest of every file of these collections and of every ledger, sorted by name.

    Files that are missing are left out. With ``lengths``, a ledger that lines are appended to counts up to
    there.
    """
    paths = [path for name in names for path in collections.files(layout.raw, name)]
    found = {layout.name(path): _described(path, layout.name(path)) for path in paths if path.is_file()}
    for path in (layout.about, layout.datasheet):
        if path.is_file():
            found[layout.name(path)] = _described(path, layout.name(path))
    for name in (*ledgers.NAMES, ledgers.SCORES):
        path = layout.ledgers / f"{name}.jsonl"
        if path.is_file() and (lengths is None or name in lengths):
            length = path.stat().st_size if lengths is None else min(lengths[name], path.stat().st_size)
            described = {"bytes": length, "sha256": ledgers.prefix_sha256(path, length)}
            found[layout.name(path)] = {"file": layout.name(path), **described}
    return [found[name] for name in sorted(found)]


def lengths(manifest: Mapping[str, Any]) -> dict[str, int]:
    """How many bytes of each ledger that lines are appended to a version was made from."""
    sizes = {entry["file"]: entry["bytes"] for entry in manifest["inputs"]}
    names = (*ledgers.NAMES, ledgers.SCORES)
    return {name: sizes[f"data/ledger/{name}.jsonl"] for name in names if f"data/ledger/{name}.jsonl" in sizes}


def collection_names(manifest: Mapping[str, Any]) -> list[str]:
    """The collections that a version was made from."""
    if "collections" in manifest:
        return list(manifest["collections"])
    names = (entry["file"].removeprefix("data/raw/") for entry in manifest["inputs"])
    return sorted({name.removesuffix(".jsonl") for name in names if name.endswith(".jsonl") and "/" not in name})


def code() -> dict[str, Any]:
    """Version of the package and digest of its files (weights and compiled files left out)."""
    return {
        "package": "quotes",
        "version": package_version(),
        "sha256": digest.of_tree(PACKAGE, leave_out=[WEIGHTS]),
    }


def package_version() -> str:
    """The version of the package that runs."""
    from quotes import __version__

    return __version__


def weights() -> list[dict[str, Any]]:
    """Name, size and digest of the models' weights that the package ships."""
    found = sorted(PACKAGE.rglob(f"*{WEIGHTS}"))
    return [_described(path, path.relative_to(PACKAGE.parent).as_posix()) for path in found]


def text(manifest: Mapping[str, Any]) -> str:
    """The manifest as the file holds it."""
    return json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"


def read(folder: Path) -> dict[str, Any]:
    """The manifest of a version folder. Raises ReleaseError where there is none that can be read."""
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ReleaseError(f"{path} is missing. Name the folder of a version, or fetch it anew") from error
    except ValueError as error:
        raise ReleaseError(f"{path} is no JSON: {error}. Fetch the file anew") from error
    if not isinstance(manifest, dict) or not {"version", "date", "tables", "inputs"} <= manifest.keys():
        raise ReleaseError(f"{path} is no manifest of a version. Fetch the file anew")
    return manifest


def _described(path: Path, name: str) -> dict[str, Any]:
    return {"file": name, "bytes": path.stat().st_size, "sha256": digest.of_file(path)}
