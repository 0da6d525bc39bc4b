"""Build: make one version of the data from the raw documents, all of it or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as day
from pathlib import Path

from quotes.errors import ReleaseError
from quotes.models.ledger import LedgerScorer, append_ledger, read_ledger
from quotes.models.scorer import Scorer
from quotes.release import assemble, checkout, index, plan, version
from quotes.release import layout as names
from quotes.release.extraction import Extraction, Pipeline
from quotes.release.layout import Layout
from quotes.release.progress import Progress, silent
from quotes.release.recorded import described


@dataclass(frozen=True, slots=True)
class Release:
    """A version that was built: where it lies, how many rows its tables have, what changed and by how much.

    ``bump`` is ``first`` where no older version lies beside it; ``scored`` counts the scores that the
    ledger did not hold; ``refreshed`` names the files outside the version folder that were written anew.
    """

    folder: Path
    version: str
    date: str
    counts: Mapping[str, int]
    bump: str
    previous: str | None
    scored: int
    refreshed: tuple[Path, ...]


def build(
    root: Path,
    *,
    version: str,
    date: str,
    scorer: Scorer | None,
    collections: Sequence[str] | None = None,
    allow_dirty: bool = False,
    workers: int = 1,
    progress: Progress = silent,
    output: Path | None = None,
    extraction: Extraction | None = None,
) -> Release:
    """Build a version of the dataset in ``root`` (its data/raw and data/ledger) into
    data/processed/<version>.

    ``date`` is the day of the release, ``YYYY-MM-DD``; ``collections`` names those of data/raw to build from,
    None all of them. In a git checkout the inputs must be as the commit has them, unless ``allow_dirty``,
    which the manifest records. Scores that the ledger does not hold are computed by
    ``scorer`` and appended to it; without a scorer the tables carry no stance. The folder appears when it
    is complete; then the files outside that speak of the newest version are written anew. With ``output``
    the folder is made there, and nothing outside it but the ledger changes.

    Raises ReleaseError, with nothing written, where the folder exists already, the version is no version or
    below the bump that the changes demand, the raw data is not what its sidecars say, or a row is not
    valid.
    """
    layout = Layout(root)
    number = _parse(version, date)
    folder = output or layout.processed / version
    if folder.exists():
        raise ReleaseError(f"{folder} exists, and a published version never changes. Choose a higher version")
    recorded = LedgerScorer(scorer, read_ledger(layout.ledger)) if scorer else None
    made = assemble.draft(
        layout,
        plan.new(
            layout,
            number,
            date,
            only=collections,
            checkout=checkout.describe(root, allow_dirty=allow_dirty),
            model=described(scorer),
        ),
        extraction=extraction or Pipeline(),
        scorer=recorded,
        workers=workers,
        progress=progress,
    )
    if recorded and recorded.added:
        append_ledger(layout.ledger, recorded.added)
    progress("writing", 0, 1)
    _write_whole(made, folder, layout)
    progress("writing", 1, 1)
    return Release(
        folder=folder,
        version=version,
        date=date,
        counts={name: len(rows) for name, rows in made.tables.items()},
        bump=made.diff.bump if made.diff else "first",
        previous=made.plan.previous.name if made.plan.previous else None,
        scored=len(recorded.added) if recorded else 0,
        refreshed=() if output else tuple(refresh(root)),
    )


def refresh(root: Path) -> list[Path]:
    """Write anew what stands outside the version folders and speaks of the newest version.

    These are data/processed/README.md, DATASHEET.md and CITATION.cff. Returns the files whose content
    changed.
    """
    layout = Layout(root)
    folder = newest(root)
    wanted = {
        layout.processed / names.CARD: index.text(layout.processed),
        root / names.DATASHEET: (folder / names.DATASHEET).read_text(encoding="utf-8"),
        root / names.CITATION: (folder / names.CITATION).read_text(encoding="utf-8"),
    }
    changed = [path for path, text in wanted.items() if not path.is_file() or path.read_text("utf-8") != text]
    for path in changed:
        path.write_text(wanted[path], encoding="utf-8", newline="\n")
    return changed


def newest(root: Path) -> Path:
    """The folder of the newest version. Raises ReleaseError where none was published yet."""
    processed = Layout(root).processed
    found = version.published(processed)
    if not found:
        raise ReleaseError(f"{processed} holds no version yet. Build one: quotes release build")
    return processed / str(found[-1])


def versions(root: Path) -> list[str]:
    """The published versions, oldest first."""
    return [str(number) for number in version.published(Layout(root).processed)]


def _parse(written: str, date: str) -> version.Version:
    number = version.parse(written)
    try:
        known = day.fromisoformat(date).isoformat() == date
    except ValueError:
        known = False
    if not known:
        raise ReleaseError(f"{date!r} is no day. Write it as YYYY-MM-DD, for example 2026-01-31")
    return number


def _write_whole(made: assemble.Draft, folder: Path, layout: Layout) -> None:
    """Write beside the place and rename, so that nobody ever sees half a version."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    partial = folder.with_name(f".{folder.name}.partial")
    if partial.exists():
        shutil.rmtree(partial)
    partial.mkdir()
    try:
        assemble.write(made, partial, layout)
        partial.rename(folder)
    except BaseException:
        shutil.rmtree(partial)
        raise
