"""Versions of the data: ``MAJOR.MINOR.PATCH``, ordered by their numbers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, NamedTuple

from quotes.errors import ReleaseError

Bump = Literal["patch", "minor", "major"]

_VERSION = re.compile(r"(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})", re.ASCII)


class Version(NamedTuple):
    """One version of the data (Semantic Versioning 2.0.0, without pre-releases)."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    def after(self, bump: Bump) -> Version:
        """The lowest version that a change of this weight allows after this one."""
        if bump == "major":
            return Version(self.major + 1, 0, 0)
        if bump == "minor":
            return Version(self.major, self.minor + 1, 0)
        return Version(self.major, self.minor, self.patch + 1)


def parse(text: str) -> Version:
    """The version that ``text`` writes. Raises ReleaseError where it writes none."""
    match = _VERSION.fullmatch(text)
    if match is None:
        raise ReleaseError(f"{text!r} is no version. Write three numbers, for example 0.1.0")
    return Version(*(int(number) for number in match.groups()))


def published(processed: Path) -> list[Version]:
    """The versions that have a folder under ``processed`` (data/processed), oldest first."""
    if not processed.is_dir():
        return []
    names = [entry.name for entry in processed.iterdir() if entry.is_dir()]
    return sorted(parse(name) for name in names if _VERSION.fullmatch(name))


def newest_before(processed: Path, version: Version) -> Version | None:
    """The newest published version that is older than ``version``; None where there is none."""
    older = [other for other in published(processed) if other < version]
    return older[-1] if older else None
