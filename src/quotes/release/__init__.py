"""The versions of a dataset: built from raw documents, verified by rebuilding, compared, cited."""

from quotes.release.build import Release, build, newest, refresh, versions
from quotes.release.citation import cite
from quotes.release.diff import Diff
from quotes.release.diff_files import lines as diff_lines
from quotes.release.diff_files import page as diff_page
from quotes.release.findings import Finding
from quotes.release.hydrate import Hydrated, hydrate
from quotes.release.hydrate import write as write_hydrated
from quotes.release.progress import Progress, silent
from quotes.release.published import difference, read_table
from quotes.release.signature import sign
from quotes.release.standoff_make import make as make_standoff
from quotes.release.standoff_make import read_documents
from quotes.release.validate import report as validation_report
from quotes.release.validation import of_raw as validate_raw
from quotes.release.validation import of_version as validate_version
from quotes.release.verify import verify

__all__ = [
    "Diff",
    "Finding",
    "Hydrated",
    "Progress",
    "Release",
    "build",
    "cite",
    "diff_lines",
    "diff_page",
    "difference",
    "hydrate",
    "make_standoff",
    "newest",
    "read_documents",
    "read_table",
    "refresh",
    "sign",
    "silent",
    "validate_raw",
    "validate_version",
    "validation_report",
    "verify",
    "versions",
    "write_hydrated",
]
