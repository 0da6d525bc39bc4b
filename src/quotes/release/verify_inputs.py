"""What a version was made from against what is here: raw files, ledgers, code, and the version after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from quotes.errors import ReleaseError
from quotes.release import digest, ledgers, manifest, version
from quotes.release.findings import Finding
from quotes.release.layout import MANIFEST, Layout


def check_inputs(layout: Layout, published: Mapping[str, Any]) -> Iterator[Finding]:
    """Whether the raw files and the ledgers are those that the version was made from.

    Collections that the version does not name, and what was appended to a ledger since, do not matter to it.
    """
    advice = f"Restore it, or {way_back(published)}"
    expected = {entry["file"]: entry for entry in published["inputs"]}
    names, lengths = manifest.collection_names(published), manifest.lengths(published)
    present = {entry["file"]: entry for entry in manifest.inputs(layout, names, lengths)}
    grows = layout.name(layout.ledger)
    for name in sorted(expected.keys() | (present.keys() - {grows})):
        if name not in present:
            yield Finding("moved", name, f"the version was made from it, and it is missing. {advice}")
        elif name not in expected:
            yield Finding("moved", name, f"the version was made without it. {advice.replace('Restore', 'Remove')}")
        elif present[name]["sha256"] == expected[name]["sha256"]:
            continue
        elif name == grows:
            # Later versions add scores; those of this version are the same where its rows are.
            yield Finding("note", name, "it holds other scores than when the version was made, as it may")
        else:
            was = f"the version was made from {expected[name]['sha256']}"
            what = "its first lines are others: sha256" if _appended(name) else "sha256"
            yield Finding("moved", name, f"{what} is {present[name]['sha256']}, {was}. {advice}")


def _appended(name: str) -> bool:
    return any(name == f"data/ledger/{ledger}.jsonl" for ledger in ledgers.NAMES)


def way_back(published: Mapping[str, Any]) -> str:
    """What to check out to have inputs and code as they were: the commit that brought the version."""
    place = f"data/processed/{published['version']}"
    checkout = published.get("checkout")
    found = f"git log -1 --diff-filter=A -- {place}/manifest.json"
    if not checkout:
        return f"check out the commit that added {place} ({found})"
    changed = checkout["changed"]
    dirty = f"; {len(changed)} files were not committed then: {', '.join(changed[:5])}" if changed else ""
    return f"check out the commit that added {place} ({found}), which was made from commit {checkout['commit']}{dirty}"


def moved_code(published: Mapping[str, Any], anew: Mapping[str, Any]) -> list[str]:
    """In what the code that made a version differs from the code here, each a phrase; empty where it is the same."""
    parts = [other(published, anew, "code", "sha256"), other(published, anew, "lock", "sha256")]
    if published.get("weights") != anew.get("weights"):
        was, now = (
            {entry["file"]: entry["sha256"] for entry in made.get("weights") or ()} for made in (published, anew)
        )
        parts += [f"weights: {name}" for name in sorted(was.keys() | now.keys()) if was.get(name) != now.get(name)]
    return [part for part in parts if part]


def other(published: Mapping[str, Any], anew: Mapping[str, Any], part: str, key: str) -> str | None:
    """How two manifests differ in one place; None where they agree there."""
    old, new = ((found.get(part) or {}).get(key) for found in (published, anew))
    return None if old == new else f"{part} ({key}) was {old}, here it is {new}"


def check_successor(folder: Path, published: Mapping[str, Any], layout: Layout) -> Iterator[Finding]:
    """Whether the versions made after this one recorded the digest that its manifest has now."""
    found = digest.of_file(folder / MANIFEST)
    for number in version.published(layout.processed):
        try:
            before = manifest.read(layout.processed / str(number)).get("previous") or {}
        except ReleaseError:
            continue  # it is not the version that is looked at
        if before.get("version") == published["version"] and before.get("manifest_sha256") != found:
            said = f"version {number} was made after one whose manifest has sha256 {before.get('manifest_sha256')}"
            yield Finding("fault", MANIFEST, f"its sha256 is {found}, but {said}. Fetch the version anew")
