"""A version against the same version built anew from the raw documents, in a temporary folder."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from quotes.errors import QuotesError, ReleaseError
from quotes.models.ledger import LedgerScorer
from quotes.models.scorer import Scorer
from quotes.release import assemble, diff, manifest, plan
from quotes.release.diff import TableDiff
from quotes.release.extraction import Extraction
from quotes.release.findings import Finding
from quotes.release.layout import MANIFEST, SIGNATURE, Layout, table_file
from quotes.release.progress import Progress
from quotes.release.published import content
from quotes.release.recorded import recorded
from quotes.release.verify_inputs import moved_code, other, way_back

SHOWN = 20


def check_rebuild(
    folder: Path,
    published: Mapping[str, Any],
    *,
    layout: Layout,
    moved: Sequence[str],
    scorer: Scorer | None,
    workers: int,
    progress: Progress,
    extraction: Extraction,
) -> list[Finding]:
    """Build the version anew and compare: rows first, then bytes where they can be the same.

    ``moved`` names inputs that are no longer as they were; what comes out differently then, or with other code,
    is counted and not called a fault.
    """
    reasons = [f"{name} is not as it was" for name in moved]
    with tempfile.TemporaryDirectory() as place:
        rebuilt = Path(place) / folder.name
        rebuilt.mkdir()
        wanted = plan.again(layout, published)
        if wanted.previous is not None and not wanted.previous.is_dir():
            reasons.append(f"version {wanted.previous.name}, the one before, is not here")
        try:
            scores = recorded(folder, published, layout, scorer)
            made = assemble.draft(
                layout,
                wanted,
                extraction=extraction,
                scorer=scores,
                workers=workers,
                progress=progress,
            )
            assemble.write(made, rebuilt, layout)
        except QuotesError as error:
            reasons += moved_code(published, manifest.here(layout))
            failed = f"the version cannot be built anew: {error}"
            return [_moved(published, reasons, failed) if reasons else Finding("fault", MANIFEST, failed)]
        anew = manifest.read(rebuilt)
        reasons += moved_code(published, anew)
        differences = [*_check_recorded(layout, scores), *_check_tables(folder, rebuilt, published)]
        if differences and reasons:
            return [*_counted(differences), _moved(published, reasons, "built anew here, tables come out differently")]
        return [*differences, *_check_bytes(folder, rebuilt, published)]


def _moved(published: Mapping[str, Any], reasons: Sequence[str], what: str) -> Finding:
    why = "; ".join(reasons)
    return Finding("moved", MANIFEST, f"{what}. That need be no damage: {why}. To compare, {way_back(published)}")


def _counted(differences: Sequence[Finding]) -> list[Finding]:
    """One finding a file in place of one a row."""
    counts = Counter((finding.file, finding.table) for finding in differences)
    return [
        Finding("moved", file, f"{count} differences between what is published and what is built here", table=table)
        for (file, table), count in counts.items()
    ]


def _check_recorded(layout: Layout, scores: LedgerScorer | None) -> Iterator[Finding]:
    if scores and scores.added:
        message = f"{len(scores.added)} scores are not recorded there and were computed anew. Restore it"
        yield Finding("fault", layout.name(layout.ledger), message)


def _check_tables(folder: Path, rebuilt: Path, published: Mapping[str, Any]) -> Iterator[Finding]:
    anew = {entry["name"]: entry for entry in manifest.read(rebuilt)["tables"]}
    for entry in published["tables"]:
        name, file = entry["name"], entry["file"]
        if name not in anew:
            yield Finding("fault", file, "the raw documents give no such table", table=name)
            continue
        try:
            difference = _difference(folder, rebuilt, name, entry.get("table", name))
        except ReleaseError as error:
            yield Finding("fault", file, str(error), table=name)
            continue
        yield from _described(difference, file)
        if entry["logical_sha256"] != anew[name]["logical_sha256"]:
            digests = f"{entry['logical_sha256']}, but {anew[name]['logical_sha256']} built anew"
            yield Finding("fault", MANIFEST, f"its digest of the rows is {digests}", table=name)
    for name in anew.keys() - {entry["name"] for entry in published["tables"]}:
        yield Finding("fault", table_file(name), "the raw documents give this table too", table=name)


def _difference(folder: Path, rebuilt: Path, name: str, table: str) -> TableDiff:
    found = diff.compare({name: content(folder, name, of=table)}, {name: content(rebuilt, name, of=table)})
    return found.tables[0] if found.tables else TableDiff(name)


def _described(difference: TableDiff, file: str) -> Iterator[Finding]:
    name = difference.name
    for phrase in (*difference.schema_broken, *difference.schema_added):
        yield Finding("fault", file, f"built anew, {phrase}", table=name)
    findings = [
        Finding("fault", file, "the raw documents do not give this row", table=name, row=row)
        for row in difference.removed
    ]
    findings += [
        Finding("fault", file, "the raw documents give this row, and it is missing", table=name, row=row)
        for row in difference.added
    ]
    for change in (*difference.changed, *difference.derived):
        message = f"{_short(change.old)} is published, {_short(change.new)} built anew"
        findings.append(Finding("fault", file, message, table=name, row=change.row, column=change.column))
    yield from findings[:SHOWN]
    if len(findings) > SHOWN:
        yield Finding("fault", file, f"{len(findings) - SHOWN} more differences", table=name)


def _short(value: object) -> str:
    words = repr(value)
    return words if len(words) <= 100 else f"{words[:100]}…"


def _check_bytes(folder: Path, rebuilt: Path, published: Mapping[str, Any]) -> Iterator[Finding]:
    anew = manifest.read(rebuilt)
    tables = {entry["file"] for entry in anew["tables"]}
    other_writer = other(published, anew, "writer", "pyarrow")
    other_code = (
        other_writer
        or other(published, anew, "lock", "sha256")
        or other(published, anew, "code", "sha256")
        or (None if published["inputs"] == anew["inputs"] else "the raw data or the ledger changed since")
    )
    for what, reason in (("tables", other_writer), ("texts", other_code)):
        if reason:
            message = (
                f"the bytes of the {what} are not comparable: {reason}. What the tables say was compared"
            )
            yield Finding("note", MANIFEST, message)
    for path in sorted(rebuilt.iterdir()):
        reason = other_writer if path.name in tables else other_code
        if not reason and (folder / path.name).is_file():
            yield from _check_same_bytes(folder / path.name, path)
        elif not reason:
            yield Finding("fault", path.name, "it is part of the version built anew, and missing")
    if not other_code:
        for name in sorted(
            {path.name for path in folder.iterdir()} - {path.name for path in rebuilt.iterdir()} - {SIGNATURE}
        ):
            yield Finding("fault", name, "it is no part of the version built anew")


def _check_same_bytes(path: Path, rebuilt: Path) -> Iterator[Finding]:
    old, new = path.read_bytes(), rebuilt.read_bytes()
    if old != new:
        at = next(
            (k for k, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
        )
        sizes = f"{len(old)} bytes published, {len(new)} built anew"
        yield Finding("fault", path.name, f"not the bytes that a rebuild gives, first at byte {at} ({sizes})")
