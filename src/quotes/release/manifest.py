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
from quotes.release import digest, writer
from quotes.release.collections import SIDECAR
from quotes.release.layout import MANIFEST, Layout, table_file

PACKAGE = Path(errors.__file__).parent
WEIGHTS = ".safetensors"


@dataclass(frozen=True, slots=True)
class TableFile:
    """One table as it was written. ``memory`` is its size in Arrow memory, in bytes."""

    name: str
    file: str
    bytes: int
    sha256: str
    rows: int
    logical_sha256: str
    memory: int


def write_table(folder: Path, name: str, rows: Sequence[Mapping[str, Any]]) -> TableFile:
    """Write one table into a version folder and say what was written."""
    path = folder / table_file(name)
    table = writer.write(name, rows, path)
    return TableFile(
        name=name,
        file=path.name,
        bytes=path.stat().st_size,
        sha256=digest.of_file(path),
        rows=table.num_rows,
        logical_sha256=digest.of_rows(table.to_pylist(), schema.table(name).key),
        memory=table.nbytes,
    )


def make(
    layout: Layout,
    *,
    version: str,
    date: str,
    previous: Mapping[str, str] | None,
    tables: Sequence[TableFile],
) -> dict[str, Any]:
    """The manifest as data. ``previous`` says which version came before and how it was digested."""
    return {
        "version": version,
        "date": date,
        "previous": dict(previous) if previous else None,
        "inputs": inputs(layout),
        "code": code(),
        "weights": weights(),
        "lock": _described(layout.lock, layout.name(layout.lock)) if layout.lock.is_file() else None,
        "writer": {"pyarrow": pa.__version__},
        "tables": [asdict(table) for table in tables],
    }


def inputs(layout: Layout) -> list[dict[str, Any]]:
    """Name, size and digest of every collection, every sidecar and the ledger, sorted by name."""
    paths = [*layout.raw.glob("*.jsonl"), *layout.raw.glob(f"*{SIDECAR}")]
    paths += [layout.ledger] if layout.ledger.is_file() else []
    return [_described(path, layout.name(path)) for path in sorted(paths)]


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
