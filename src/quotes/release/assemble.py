"""Assemble: the recipe of a version folder, from raw documents to checksums. Writes nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from quotes.errors import ReleaseError
from quotes.models.scorer import Scorer
from quotes.release import (
    about,
    card,
    changelog,
    citation,
    collections,
    croissant,
    datasheet,
    decide,
    diff_files,
    digest,
    ledgers,
    manifest,
    page,
    published,
    tables,
    validate,
    version,
)
from quotes.release import layout as names
from quotes.release.collection import Collection
from quotes.release.diff import Diff, compare, without_withdrawn
from quotes.release.extraction import Extraction
from quotes.release.layout import Layout
from quotes.release.ledgers import Ledgers
from quotes.release.plan import Plan
from quotes.release.progress import Progress
from quotes.release.standoff_words import WORDS
from quotes.release.tables import Tables
from quotes.release.version import Version


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything of a version that does not depend on where it is written."""

    plan: Plan
    collections: Sequence[Collection]
    ledgers: Ledgers
    tables: Tables
    checks: Sequence[validate.Check]
    diff: Diff | None


def draft(
    layout: Layout,
    plan: Plan,
    *,
    extraction: Extraction,
    scorer: Scorer | None,
    workers: int,
    progress: Progress,
) -> Draft:
    """Read the raw documents, extract, complete, validate, and compare with the version before.

    Raises ReleaseError where the raw data is not what its sidecars say, a decision does not fit its row, a row
    is not valid, or the version number is below the bump that the changes demand.
    """
    made = checked(layout, plan, extraction=extraction, scorer=scorer, workers=workers, progress=progress)
    validate.require(made.checks)
    if plan.previous and made.diff:
        require_bump(version.parse(plan.previous.name), plan.version, made.diff)
    progress("comparing with the version before", 4, 4)
    return made


def checked(
    layout: Layout,
    plan: Plan,
    *,
    extraction: Extraction,
    scorer: Scorer | None,
    workers: int,
    progress: Progress,
) -> Draft:
    """The same, valid or not: what is wrong stands in its checks."""
    progress("reading the collections", 0, 4)
    decided = ledgers.read(layout.ledgers, plan.lengths)
    read_in = decide.without_taken(collections.read(layout.raw, plan.collections), decided)
    documents = [document for one in read_in if not one.fictional for document in one.documents()]
    progress("extracting", 1, 4)
    extracted = extraction.tables(documents, scorer=scorer, workers=workers, progress=progress)
    found = decide.apply(tables.join(extracted, read_in), decided)
    found["statements"] = extraction.statements(found["quotes"])
    full = tables.complete(found, read_in, extraction.register())
    progress("validating", 2, 4)
    older = published.contents(plan.previous) if plan.previous else None
    before = {name: content.rows for name, content in older.items()} if older else None
    full = tables.first_versions(full, before, str(plan.version))
    checks = validate.validate(full, register=extraction.register(), before=before)
    if checks[0].faults:
        return Draft(plan, read_in, decided, full, checks, None)
    hidden = decide.hidden_documents(extracted, decided)
    tables_made = tables.withhold(full, read_in, also=hidden)
    progress("comparing with the version before", 3, 4)
    diff = None
    if older is not None:
        diff = without_withdrawn(compare(older, published.contents_of(tables_made)), WORDS)
    return Draft(plan, read_in, decided, tables_made, checks, diff)


def require_bump(older: Version, number: Version, diff: Diff) -> None:
    """Raises ReleaseError where ``number`` is below what the difference to ``older`` demands."""
    lowest = older.after(diff.bump)
    if number < lowest:
        change = f"since {older} there is a {diff.bump} change, which needs {lowest} or higher"
        raise ReleaseError(f"{number} is too low: {change}.\n{diff}")


def write(made: Draft, folder: Path, layout: Layout) -> None:
    """Write every file of a version into ``folder``, which must be there and empty."""
    views = tables.of_collections(made.tables, made.collections)
    written = [manifest.write_table(folder, name, rows) for name, rows in made.tables.items()]
    written += [manifest.write_table(folder, name, rows, of="quotes") for name, rows in views.items()]
    number, date = str(made.plan.version), made.plan.date
    _put(folder / names.MANIFEST, manifest.text(_manifest(made, written, layout)))
    cited = citation.Cited(about.read(layout), number, date, digest.of_file(folder / names.MANIFEST))
    own = about.datasheet(layout)
    for name, text in _texts(made, cited, written, own).items():
        _put(folder / name, text)
    _put(folder / names.SUMS, sums(folder))


def _texts(
    made: Draft, cited: citation.Cited, written: Sequence[manifest.TableFile], own: str | None
) -> dict[str, str]:
    """Every file of a version but its tables, its manifest and the list of digests."""
    number, date, plan = cited.version, cited.date, made.plan
    texts = {
        names.SCHEMA: files("quotes").joinpath("schema.json").read_text(encoding="utf-8"),
        names.VALIDATION: validate.report(made.checks),
        names.CITATION: citation.cff(cited),
        names.BIBTEX: citation.bibtex(cited),
        names.DATACITE: citation.datacite(cited),
        names.ZENODO: citation.zenodo(cited),
        names.CROISSANT: croissant.text(cited, written),
        names.PAGE: page.text(cited, made.tables),
        names.DATASHEET: datasheet.text(
            version=number, date=date, tables=made.tables, collections=made.collections, own=own
        ),
        names.CHANGELOG: changelog.text(
            version=number, date=date, tables=made.tables, previous=plan.previous, diff=made.diff
        ),
        names.CARD: card.text(
            version=number,
            date=date,
            tables=made.tables,
            files=written,
            collections=made.collections,
            bibtex=citation.bibtex(cited),
            about=cited.about,
        ),
    }
    if plan.previous is not None and made.diff is not None:
        texts[names.CHANGES] = diff_files.lines(made.diff)
        texts[names.DIFF] = diff_files.page(made.diff, plan.previous.name, number)
    if made.ledgers.takedown:
        texts[names.TAKEDOWN] = ledgers.lines(made.ledgers.takedown)
    if made.ledgers.aliases:
        texts[names.ALIASES] = ledgers.lines(made.ledgers.aliases)
    return texts


def sums(folder: Path) -> str:
    """Digest and name of every file of a version folder but the list itself, as ``sha256sum -c`` reads
    them."""
    paths = sorted(path for path in folder.iterdir() if path.name != names.SUMS)
    return "".join(f"{digest.of_file(path)}  {path.name}\n" for path in paths)


def _manifest(made: Draft, written: Sequence[manifest.TableFile], layout: Layout) -> dict[str, Any]:
    plan = made.plan
    previous = None
    if plan.previous is not None and made.diff is not None:
        previous = {
            "version": plan.previous.name,
            "manifest_sha256": digest.of_file(plan.previous / names.MANIFEST),
            "bump": made.diff.bump,
        }
    return manifest.make(
        layout,
        version=str(plan.version),
        date=plan.date,
        previous=previous,
        collections=plan.collections,
        lengths=plan.lengths,
        checkout=plan.checkout,
        model=plan.model,
        tables=written,
    )


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
