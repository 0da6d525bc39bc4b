"""What is pushed: the files of a version that is whole, and what is told while it happens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from quotes.errors import ReleaseError
from quotes.release import digest, manifest
from quotes.release.layout import MANIFEST
from quotes.release.verify_files import check_files

Tell = Callable[[str], None]
"""Is told of every operation before it is done."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version to push: its folder, its number, its files in order, the digest of its manifest."""

    folder: Path
    number: str
    files: tuple[Path, ...]
    manifest_sha256: str


def whole(folder: Path) -> Version:
    """The version in a folder. Raises ReleaseError where it is not what its own digests say."""
    faults = [finding for finding in check_files(folder) if finding.level == "fault"]
    found = manifest.read(folder)
    if faults:
        raise ReleaseError(f"{folder} is not pushed: {faults[0]}. See quotes release verify")
    files = tuple(sorted(folder.iterdir()))
    return Version(folder, found["version"], files, digest.of_file(folder / MANIFEST))


def without_secret(words: object, secret: str | None) -> str:
    """Words as they may be shown: without the token, should they hold it."""
    text = str(words)
    return text.replace(secret, "***") if secret else text
