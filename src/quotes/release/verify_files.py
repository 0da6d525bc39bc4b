"""The files of a version folder against the digests that lie beside them; no rebuild is needed for this."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from quotes.errors import ReleaseError
from quotes.release import digest, manifest, writer
from quotes.release.findings import Finding
from quotes.release.layout import MANIFEST, SCHEMA, SIGNATURE, SUMS

_SUM = re.compile(r"([0-9a-f]{64})  ([^/\x00\n]+)")


def check_files(folder: Path) -> list[Finding]:
    """Files that are missing, not listed, or not what SHA256SUMS and the manifest say."""
    findings = list(_check_sums(folder))
    try:
        found = manifest.read(folder)
    except ReleaseError:
        return findings  # the caller reports it: without a manifest nothing more can be checked
    for entry in found["tables"]:
        findings += _check_table(folder, entry)
    return findings


def _check_sums(folder: Path) -> Iterator[Finding]:
    path = folder / SUMS
    if not path.is_file():
        yield Finding("fault", SUMS, "the list of digests is missing. Fetch it anew")
        return
    listed: dict[str, str] = {}
    for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), start=1):
        match = _SUM.fullmatch(line)
        if match is None:
            yield Finding("fault", SUMS, f"line {number} is no digest and name: {line[:100]!r}")
        else:
            listed[match[2]] = match[1]
    expected = "".join(f"{listed[name]}  {name}\n" for name in sorted(listed))
    if path.read_bytes() != expected.encode():
        yield Finding("fault", SUMS, "lines are not one a file, sorted by name, each with its line end")
    yield from _check_listed(folder, listed)


def _check_listed(folder: Path, listed: Mapping[str, str]) -> Iterator[Finding]:
    present = {path.name: path for path in folder.iterdir() if path.name not in (SUMS, SIGNATURE)}
    for name in sorted(present.keys() - listed.keys()):
        yield Finding(
            "fault", name, f"it is not listed in {SUMS}, so it is no part of the version. Remove it"
        )
    for name in sorted(listed.keys() - present.keys()):
        yield Finding("fault", name, f"it is listed in {SUMS} and missing. Fetch it anew")
    for name in sorted(listed.keys() & present.keys()):
        if present[name].is_symlink() or not present[name].is_file():
            yield Finding("fault", name, "it is no plain file. Fetch it anew")
        elif (found := digest.of_file(present[name])) != listed[name]:
            size = present[name].stat().st_size
            yield Finding("fault", name, f"sha256 of its {size} bytes is {found}, {SUMS} says {listed[name]}")


def _check_table(folder: Path, entry: Mapping[str, Any]) -> Iterator[Finding]:
    name, file = entry["name"], entry["file"]
    path = folder / file
    if not path.is_file():
        yield Finding("fault", file, f"{MANIFEST} lists it, and it is missing. Fetch it anew", table=name)
        return
    size, found = path.stat().st_size, digest.of_file(path)
    if size != entry["bytes"] or found != entry["sha256"]:
        said = f"{entry['bytes']} bytes with sha256 {entry['sha256']}"
        message = f"it has {size} bytes with sha256 {found}, {MANIFEST} says {said}"
        yield Finding("fault", file, message, table=name)
    try:
        yield from _check_rows(folder, path, entry)
    except ReleaseError as error:
        yield Finding("fault", file, str(error), table=name)


def _check_rows(folder: Path, path: Path, entry: Mapping[str, Any]) -> Iterator[Finding]:
    name, file = entry["name"], entry["file"]
    described = _described(folder, entry.get("table", name))
    columns = [column for column, _, _ in writer.read_columns(path)]
    wanted = [column["name"] for column in described["columns"]]
    if columns != wanted:
        message = f"its columns are {', '.join(columns)}; {SCHEMA} says {', '.join(wanted)}"
        yield Finding("fault", file, message, table=name)
        return
    rows = writer.read(path)
    if len(rows) != entry["rows"]:
        yield Finding("fault", file, f"it has {len(rows)} rows, {MANIFEST} says {entry['rows']}", table=name)
    found = digest.of_rows(rows, described["key"])
    if found != entry["logical_sha256"]:
        message = f"its rows have the digest {found}, {MANIFEST} says {entry['logical_sha256']}"
        yield Finding("fault", file, message, table=name)


def _described(folder: Path, name: str) -> Mapping[str, Any]:
    """The entry of a table in the schema that lies beside it."""
    try:
        entry: Mapping[str, Any] = json.loads((folder / SCHEMA).read_text("utf-8"))["tables"][name]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReleaseError(
            f"{SCHEMA} does not describe the table {name} ({error!r}). Fetch it anew"
        ) from error
    return entry
