"""Stand-off collections of a version against their documents, where those are at hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from quotes.errors import QuotesError
from quotes.models.scorer import Scorer
from quotes.records import Document
from quotes.release import collections, manifest, standoff, standoff_make
from quotes.release.extraction import Extraction
from quotes.release.findings import Finding
from quotes.release.layout import MANIFEST, Layout
from quotes.release.progress import Progress
from quotes.release.recorded import recorded
from quotes.release.verify_inputs import moved_code, way_back


def check_standoff(
    folder: Path,
    published: Mapping[str, Any],
    documents: Sequence[Document] | None,
    *,
    layout: Layout,
    scorer: Scorer | None,
    workers: int,
    progress: Progress,
    extraction: Extraction,
) -> Iterator[Finding]:
    """Whether the rows of each stand-off collection are what its documents give; a note where these are not given."""
    names = [name for name in manifest.collection_names(published) if name in standoff.names(layout.raw)]
    for name in names:
        if documents is None:
            message = "its rows were taken as they are; give the documents (--documents) to read them again"
            yield Finding("note", f"data/raw/{name}", message)
            continue
        try:
            [collection] = collections.read(layout.raw, [name])
            found = list(
                standoff_make.check(
                    collection,
                    documents,
                    scorer=recorded(folder, published, layout, scorer),
                    workers=workers,
                    progress=progress,
                    extraction=extraction,
                )
            )
        except QuotesError as error:
            yield Finding("fault", f"data/raw/{name}", f"its rows cannot be read again: {error}")
            continue
        reasons = moved_code(published, manifest.here(layout))
        rows = [finding for finding in found if finding.level == "fault" and finding.table != "documents"]
        yield from (finding for finding in found if finding not in rows or not reasons)
        if rows and reasons:
            what = f"read again here, {len(rows)} rows or more come out differently. That need be no damage"
            yield Finding("moved", MANIFEST, f"{what}: {'; '.join(reasons)}. To compare, {way_back(published)}")
