"""The versions of a dataset: built from raw documents, verified by rebuilding, compared, cited."""

from quotes.release.build import Release, build, newest, refresh, versions
from quotes.release.citation import cite
from quotes.release.diff import Diff
from quotes.release.findings import Finding
from quotes.release.hydrate import Hydrated, hydrate
from quotes.release.hydrate import write as write_hydrated
from quotes.release.progress import Progress, silent
from quotes.release.published import difference, read_table
from quotes.release.standoff_make import make as make_standoff
from quotes.release.standoff_make import read_documents
from quotes.release.verify import verify

__all__ = [
    "Diff",
    "Finding",
    "Hydrated",
    "Progress",
    "Release",
    "build",
    "cite",
    "difference",
    "hydrate",
    "make_standoff",
    "newest",
    "read_documents",
    "read_table",
    "refresh",
    "silent",
    "verify",
    "versions",
    "write_hydrated",
]
