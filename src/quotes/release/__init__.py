"""The versions of a dataset: built from raw documents, verified by rebuilding, compared, cited."""

from quotes.release.build import Release, build, newest, refresh, versions
from quotes.release.citation import cite
from quotes.release.diff import Diff
from quotes.release.findings import Finding
from quotes.release.progress import Progress, silent
from quotes.release.published import difference, read_table
from quotes.release.verify import verify

__all__ = [
    "Diff",
    "Finding",
    "Progress",
    "Release",
    "build",
    "cite",
    "difference",
    "newest",
    "read_table",
    "refresh",
    "silent",
    "verify",
    "versions",
]
