"""Verify: does a version hold what its manifest says, and do the raw documents still give it?

Two kinds of sameness are kept apart. What the tables *say* (their logical digests) must be the same on
every machine. *Bytes* are compared only where they can be the same: tables where pyarrow has the version
that wrote them, cards and manifests where code and locked dependencies are the same too. Where they cannot
be compared, a note says so and names both sides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from quotes.errors import ReleaseError
from quotes.models.scorer import Scorer
from quotes.release import manifest
from quotes.release.extraction import Extraction, Pipeline
from quotes.release.findings import Finding
from quotes.release.layout import MANIFEST, Layout
from quotes.release.progress import Progress, silent
from quotes.release.verify_files import check_files
from quotes.release.verify_rebuild import check_rebuild


def verify(
    folder: Path,
    *,
    root: Path,
    scorer: Scorer | None = None,
    workers: int = 1,
    progress: Progress = silent,
    extraction: Extraction | None = None,
) -> list[Finding]:
    """Check the version in ``folder`` against its own digests and against a rebuild from ``root``.

    Nothing is written; the rebuild happens in a temporary folder. Without ``scorer`` every score must stand
    in the ledger. The version holds where no finding is a ``fault``. Raises ReleaseError where ``folder``
    is no folder at all.
    """
    if not folder.is_dir():
        raise ReleaseError(
            f"{folder} is no folder. Name the folder of a version, for example data/processed/0.1.0"
        )
    progress("checking files and digests", 0, 1)
    findings = check_files(folder)
    try:
        found = manifest.read(folder)
    except ReleaseError as error:
        return [*findings, Finding("fault", MANIFEST, str(error))]
    layout = Layout(root)
    findings += _check_inputs(layout, found["inputs"])
    progress("checking files and digests", 1, 1)
    findings += check_rebuild(
        folder,
        found,
        layout=layout,
        scorer=scorer,
        workers=workers,
        progress=progress,
        extraction=extraction or Pipeline(),
    )
    return findings


def _check_inputs(layout: Layout, listed: Sequence[Mapping[str, Any]]) -> Iterator[Finding]:
    """Whether the raw files and the ledger are those that the version was made from."""
    advice = "Restore it, or check out the commit that made this version"
    expected = {entry["file"]: entry["sha256"] for entry in listed}
    present = {entry["file"]: entry["sha256"] for entry in manifest.inputs(layout)}
    for name in sorted(expected.keys() | present.keys()):
        if name not in present:
            yield Finding("fault", name, f"the version was made from it, and it is missing. {advice}")
        elif name not in expected:
            yield Finding(
                "fault", name, f"the version was made without it. {advice.replace('Restore', 'Remove')}"
            )
        elif present[name] != expected[name] and name == layout.name(layout.ledger):
            # Later versions add scores; those of this version are the same where its rows are.
            yield Finding("note", name, "it holds other scores than when the version was made, as it may")
        elif present[name] != expected[name]:
            change = f"sha256 is {present[name]}, the version was made from {expected[name]}"
            yield Finding("fault", name, f"{change}. {advice}")
