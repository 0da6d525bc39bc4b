"""Validation on its own: of a version that is published, or of what data/raw would give now."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from quotes.errors import ModelError
from quotes.release import assemble, manifest, plan, published, validate, version
from quotes.release.extraction import Extraction, Pipeline
from quotes.release.layout import Layout
from quotes.release.progress import Progress, silent
from quotes.release.recorded import recorded
from quotes.release.validate import Check
from quotes.release.version import Version


def of_version(folder: Path, root: Path, *, extraction: Extraction | None = None) -> Sequence[Check]:
    """Every check on the tables of a version as they lie there. Raises ReleaseError where one cannot be read."""
    found = manifest.read(folder)
    tables = {name: content.rows for name, content in published.contents(folder).items()}
    before = None
    if found.get("previous"):
        older = Layout(root).processed / found["previous"]["version"]
        if older.is_dir():
            before = {name: content.rows for name, content in published.contents(older).items()}
    return validate.validate(tables, register=(extraction or Pipeline()).register(), before=before)


def of_raw(
    root: Path,
    *,
    workers: int = 1,
    progress: Progress = silent,
    extraction: Extraction | None = None,
) -> Sequence[Check]:
    """Every check on what data/raw and the ledgers give now. Stance comes from the ledger; a score that is not
    recorded there leaves stance out altogether. Nothing is written.

    Raises ReleaseError where the raw data is not what its sidecars say, or a decision does not fit its row.
    """
    layout = Layout(root)
    numbers = version.published(layout.processed)
    number = numbers[-1].after("major") if numbers else Version(0, 1, 0)
    wanted = plan.new(layout, number, "2000-01-01", only=None, checkout=None, model=None)
    newest = layout.processed / str(numbers[-1]) if numbers else None
    scorer = recorded(newest, manifest.read(newest), layout, None) if newest else None
    run = partial(
        assemble.checked,
        layout,
        wanted,
        workers=workers,
        progress=progress,
        extraction=extraction or Pipeline(),
    )
    try:
        return run(scorer=scorer).checks
    except ModelError:
        return run(scorer=None).checks
