"""Verify: does a version hold what its manifest says, and do the raw documents still give it?

Three things are kept apart. *Damage* is a fault: the folder is not what its own digests say, or the same
inputs and code give other rows. Where inputs or code here are no longer those of the version, they have
*moved*: it is said what differs, and which commit to check out. And what the tables *say* (their logical
digests) must be the same on every machine, while *bytes* are compared only where they can be the same: tables
where pyarrow has the version that wrote them, cards and manifests where code and locked dependencies are the
same too. Where they cannot be compared, a note says so and names both sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quotes.errors import ReleaseError
from quotes.models.scorer import Scorer
from quotes.records import Document
from quotes.release import manifest, signature
from quotes.release.extraction import Extraction, Pipeline
from quotes.release.findings import Finding
from quotes.release.layout import MANIFEST, Layout
from quotes.release.progress import Progress, silent
from quotes.release.verify_files import check_files
from quotes.release.verify_inputs import check_inputs, check_successor
from quotes.release.verify_rebuild import check_rebuild
from quotes.release.verify_standoff import check_standoff


def verify(
    folder: Path,
    *,
    root: Path,
    scorer: Scorer | None = None,
    workers: int = 1,
    progress: Progress = silent,
    extraction: Extraction | None = None,
    documents: Sequence[Document] | None = None,
    signers: Path | None = None,
) -> list[Finding]:
    """Check the version in ``folder`` against its own digests and against a rebuild from ``root``.

    With ``documents``, the rows of stand-off collections are read from them again too; without, a note says
    that they were not. A signature is checked where there is one, and must be there, and one of theirs, where
    ``signers`` (a file of names and public keys, as ssh-keygen reads it) is given. Nothing is written; the
    rebuild happens in a temporary folder. Without ``scorer`` every score must stand in the ledger. The version
    holds where no finding is a ``fault``, and was rebuilt where none ``moved``. Raises ReleaseError where
    ``folder`` is no folder at all.
    """
    if not folder.is_dir():
        raise ReleaseError(
            f"{folder} is no folder. Name the folder of a version, for example data/processed/0.1.0"
        )
    progress("checking files and digests", 0, 1)
    findings = [*check_files(folder), *signature.check(folder, signers)]
    try:
        found = manifest.read(folder)
    except ReleaseError as error:
        return [*findings, Finding("fault", MANIFEST, str(error))]
    layout = Layout(root)
    findings += check_successor(folder, found, layout)
    moved = list(check_inputs(layout, found))
    findings += moved
    progress("checking files and digests", 1, 1)
    findings += check_rebuild(
        folder,
        found,
        layout=layout,
        moved=[finding.file for finding in moved if finding.level == "moved"],
        scorer=scorer,
        workers=workers,
        progress=progress,
        extraction=extraction or Pipeline(),
    )
    findings += check_standoff(
        folder,
        found,
        documents,
        layout=layout,
        scorer=scorer,
        workers=workers,
        progress=progress,
        extraction=extraction or Pipeline(),
    )
    return findings
