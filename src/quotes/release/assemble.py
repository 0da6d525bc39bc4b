"""Assemble: the recipe of a version folder, from raw documents to checksums. Writes nowhere else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from quotes.errors import ReleaseError
from quotes.models.scorer import Scorer
from quotes.release import (
    card,
    changelog,
    citation,
    collections,
    datasheet,
    digest,
    manifest,
    published,
    tables,
    validate,
    version,
)
from quotes.release import layout as names
from quotes.release.diff import Diff, compare
from quotes.release.extraction import Extraction
from quotes.release.layout import Layout
from quotes.release.progress import Progress
from quotes.release.tables import Tables
from quotes.release.version import Version


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything of a version that does not depend on where it is written."""

    version: Version
    date: str
    collections: Sequence[collections.Collection]
    tables: Tables
    checks: Sequence[validate.Check]
    previous: Path | None
    diff: Diff | None


def draft(
    layout: Layout,
    *,
    number: Version,
    date: str,
    extraction: Extraction,
    scorer: Scorer | None,
    workers: int,
    progress: Progress,
) -> Draft:
    """Read the raw documents, extract, complete, validate, and compare with the version before.

    Raises ReleaseError where the raw data is not what its sidecars say, a row is not valid, or the version
    number is below the bump that the changes demand.
    """
    progress("reading the collections", 0, 4)
    read_in = collections.read(layout.raw)
    documents = [document for one in read_in if not one.fictional for document in one.documents()]
    progress("extracting", 1, 4)
    extracted = extraction.tables(documents, scorer=scorer, workers=workers, progress=progress)
    full = tables.complete(extracted, read_in, extraction.register())
    progress("validating", 2, 4)
    checks = validate.validate(full)
    validate.require(checks)
    tables_made = tables.withhold(full, read_in)
    progress("comparing with the version before", 3, 4)
    older = version.newest_before(layout.processed, number)
    previous = layout.processed / str(older) if older else None
    diff = compare(published.contents(previous), published.contents_of(tables_made)) if previous else None
    if older and diff:
        require_bump(older, number, diff)
    progress("comparing with the version before", 4, 4)
    return Draft(number, date, read_in, tables_made, checks, previous, diff)


def require_bump(older: Version, number: Version, diff: Diff) -> None:
    """Raises ReleaseError where ``number`` is below what the difference to ``older`` demands."""
    lowest = older.after(diff.bump)
    if number < lowest:
        change = f"since {older} there is a {diff.bump} change, which needs {lowest} or higher"
        raise ReleaseError(f"{number} is too low: {change}.\n{diff}")


def write(made: Draft, folder: Path, layout: Layout) -> None:
    """Write every file of a version into ``folder``, which must be there and empty."""
    written = [manifest.write_table(folder, name, rows) for name, rows in made.tables.items()]
    number, previous = str(made.version), _previous(made)
    _put(
        folder / names.MANIFEST,
        manifest.text(
            manifest.make(layout, version=number, date=made.date, previous=previous, tables=written)
        ),
    )
    cited = (number, made.date, digest.of_file(folder / names.MANIFEST))
    _put(folder / names.SCHEMA, files("quotes").joinpath("schema.json").read_text(encoding="utf-8"))
    _put(folder / names.VALIDATION, _validation(made.checks))
    _put(folder / names.CITATION, citation.cff(*cited))
    _put(folder / names.BIBTEX, citation.bibtex(*cited))
    _put(folder / names.DATASHEET, datasheet.text(version=number, date=made.date, tables=made.tables))
    _put(
        folder / names.CHANGELOG,
        changelog.text(
            version=number, date=made.date, tables=made.tables, previous=made.previous, diff=made.diff
        ),
    )
    _put(
        folder / names.CARD,
        card.text(
            version=number,
            date=made.date,
            tables=made.tables,
            files=written,
            collections=made.collections,
            bibtex=citation.bibtex(*cited),
        ),
    )
    _put(folder / names.SUMS, sums(folder))


def sums(folder: Path) -> str:
    """Digest and name of every file of a version folder but the list itself, as ``sha256sum -c`` reads
    them."""
    paths = sorted(path for path in folder.iterdir() if path.name != names.SUMS)
    return "".join(f"{digest.of_file(path)}  {path.name}\n" for path in paths)


def _previous(made: Draft) -> dict[str, str] | None:
    if made.previous is None or made.diff is None:
        return None
    return {
        "version": made.previous.name,
        "manifest_sha256": digest.of_file(made.previous / names.MANIFEST),
        "bump": made.diff.bump,
    }


def _validation(checks: Sequence[validate.Check]) -> str:
    listed = [
        {"check": check.name, "demands": check.demands, "rows": check.rows, "faults": len(check.faults)}
        for check in checks
    ]
    return json.dumps({"checks": listed}, indent=2, ensure_ascii=False) + "\n"


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
