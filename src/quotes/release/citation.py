"""How a version is cited: Citation File Format, BibTeX and a line of text."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from quotes.release import digest, front_matter, manifest
from quotes.release.layout import MANIFEST

Style = Literal["text", "bibtex", "cff"]

AUTHOR = "quotes project"
TITLE = "quotes: who said what, when, carried by whom, and with which stance"
ABSTRACT = (
    "Quotations from news and state media as a versioned dataset: the words, their place in the document, "
    "who said them, when, which outlet carried them, and the speaker's stance toward what they are about."
)
KEYWORDS = ["quotation", "attribution", "stance", "state media", "dataset", "NLP"]
LICENCES = ["CC-BY-4.0", "CC0-1.0"]


def cff(version: str, date: str, manifest_sha256: str) -> str:
    """The version as a CITATION.cff (Citation File Format 1.2.0)."""
    entry = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite the version you used.",
        "type": "dataset",
        "title": TITLE,
        "abstract": ABSTRACT,
        "authors": [{"name": AUTHOR}],
        "version": version,
        "date-released": date,
        "license": LICENCES,
        "keywords": KEYWORDS,
        "identifiers": [
            {
                "type": "other",
                "value": f"sha256:{manifest_sha256}",
                "description": f"SHA-256 of {MANIFEST} of this version, with the digest of every table",
            }
        ],
    }
    return front_matter.dump(entry)


def bibtex(version: str, date: str, manifest_sha256: str) -> str:
    """The version as a BibTeX entry whose key names the version."""
    fields = {
        "author": f"{{{AUTHOR}}}",
        "title": f"{{{TITLE}}}",
        "year": date[:4],
        "month": str(int(date[5:7])),
        "version": version,
        "howpublished": "Dataset",
        "note": f"Version {version} of {date}, manifest sha256 {manifest_sha256}",
    }
    lines = [f"  {name:<12} = {{{value}}},\n" for name, value in fields.items()]
    return f"@misc{{quotes-{version},\n{''.join(lines)}}}\n"


def line(version: str, date: str, manifest_sha256: str) -> str:
    """The version as one line of text."""
    return f"{AUTHOR} ({date[:4]}). {TITLE} (version {version}, {date}) [Dataset]. sha256:{manifest_sha256}\n"


def cite(folder: Path, style: Style = "text") -> str:
    """How to cite the version in ``folder``. Raises ReleaseError where there is none."""
    found = manifest.read(folder)
    make = {"text": line, "bibtex": bibtex, "cff": cff}[style]
    return make(found["version"], found["date"], digest.of_file(folder / MANIFEST))
