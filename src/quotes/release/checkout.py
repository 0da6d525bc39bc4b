"""Checkout: which commit a version is built from, and whether anything was changed since."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from quotes.errors import ReleaseError

INPUTS = ("data/raw", "data/ledger", "src", "requirements.lock")
"""What a version is made from; changes elsewhere do not matter to it."""


def describe(root: Path, *, allow_dirty: bool) -> dict[str, Any] | None:
    """The commit of the repository at ``root``, and the inputs that differ from it; None outside git.

    Raises ReleaseError where an input differs and that is not allowed: nobody could get at it again.
    """
    commit = _git(root, "rev-parse", "HEAD")
    if commit is None or _git(root, "rev-parse", "--show-prefix") != "":
        return None
    status = _git(root, "status", "--porcelain", "--untracked-files=all", "--", *INPUTS) or ""
    changed = sorted(line[3:] for line in status.splitlines())
    if changed and not allow_dirty:
        listed = "\n".join(f"  {name}" for name in changed[:20])
        advice = "Commit these first, or say --allow-dirty, which the manifest records"
        raise ReleaseError(f"the version would be made from what no commit holds:\n{listed}\n{advice}")
    return {"commit": commit, "changed": changed}


def _git(root: Path, *arguments: str) -> str | None:
    command = ["git", "-c", "core.quotePath=false", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return None
    return done.stdout.rstrip("\n") if done.returncode == 0 else None
