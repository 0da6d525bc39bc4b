"""The card over all versions, data/processed/README.md: every configuration of every version by name.

The newest version's tables carry their plain names, ``quotes`` being the default; each version's tables are
also there as ``<table>-<version>``. Every file is named, so that a new folder changes nothing that is
loaded by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from quotes.release import card, front_matter, manifest, markdown, template, version
from quotes.release.layout import CARD
from quotes.release.markdown import Raw


def text(processed: Path) -> str:
    """The card over all versions under ``processed``, which must hold at least one."""
    versions = [str(number) for number in reversed(version.published(processed))]
    heads = {number: _front_matter(processed / number) for number in versions}
    configs, infos = _entries(heads[versions[0]], versions[0], named="{}")
    for number in versions:
        more = _entries(heads[number], number, named=f"{{}}-{number}")
        configs, infos = configs + more[0], infos + more[1]
    kept = ("license", "language", "tags", "task_categories", "size_categories")
    head = {
        "pretty_name": "quotes",
        **{key: heads[versions[0]][key] for key in kept if key in heads[versions[0]]},
        "configs": configs,
        "dataset_info": infos,
    }
    values = {"newest": versions[0], "versions": _listed(processed, versions)}
    return front_matter.put(head, template.fill("index.md", values))


def _front_matter(folder: Path) -> Mapping[str, Any]:
    return front_matter.read((folder / CARD).read_text(encoding="utf-8"))


def _entries(
    head: Mapping[str, Any], number: str, *, named: str
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    configs = [
        card.config(
            named.format(entry["config_name"]),
            entry["config_name"],
            f"{number}/{entry['data_files'][0]['path']}",
        )
        for entry in head["configs"]
    ]
    infos = [{**info, "config_name": named.format(info["config_name"])} for info in head["dataset_info"]]
    return configs, infos


def _listed(processed: Path, versions: list[str]) -> str:
    rows = []
    for number in versions:
        found = manifest.read(processed / number)
        counts = {table["name"]: table["rows"] for table in found["tables"]}
        link = Raw(f"[{number}]({number}/README.md)")
        rows.append(
            [link, found["date"], *(counts.get(name, 0) for name in ("quotes", "documents", "challenge"))]
        )
    return markdown.table(["version", "date", "quotes", "documents", "challenge documents"], rows)
