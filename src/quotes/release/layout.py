"""Where things lie in the repository of a dataset, and the names of files in a version folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ALIASES = "aliases.jsonl"
CARD = "README.md"
CHANGES = "changes.jsonl"
CROISSANT = "croissant.json"
DATACITE = "datacite.json"
DIFF = "diff.html"
PAGE = "index.html"
SIGNATURE = "SHA256SUMS.sig"
TAKEDOWN = "takedown.jsonl"
ZENODO = ".zenodo.json"
CHANGELOG = "CHANGELOG.md"
CITATION = "CITATION.cff"
BIBTEX = "citation.bib"
DATASHEET = "DATASHEET.md"
MANIFEST = "manifest.json"
SCHEMA = "schema.json"
SUMS = "SHA256SUMS"
VALIDATION = "validation.json"


def table_file(name: str) -> str:
    """The file of a table in its version folder."""
    return f"{name}.parquet"


@dataclass(frozen=True, slots=True)
class Layout:
    """The repository of a dataset: raw documents and ledgers in, versions out."""

    root: Path

    @property
    def raw(self) -> Path:
        """The folder of collections and their sidecars."""
        return self.root / "data" / "raw"

    @property
    def about(self) -> Path:
        """What the dataset calls itself, where it is not this project's."""
        return self.root / "data" / "dataset.json"

    @property
    def datasheet(self) -> Path:
        """The prose of the datasheet, where the dataset is not this project's."""
        return self.root / "data" / "datasheet.md"

    @property
    def ledger(self) -> Path:
        """The recorded scores of models."""
        return self.root / "data" / "ledger" / "scores.jsonl"

    @property
    def ledgers(self) -> Path:
        """The folder of the ledgers."""
        return self.root / "data" / "ledger"

    @property
    def processed(self) -> Path:
        """The folder of version folders."""
        return self.root / "data" / "processed"

    @property
    def lock(self) -> Path:
        """The file that pins every dependency."""
        return self.root / "requirements.lock"

    def name(self, path: Path) -> str:
        """A path as manifests write it: from the root, with forward slashes."""
        return path.relative_to(self.root).as_posix()
