"""How a version is cited: Citation File Format, BibTeX, APA, DataCite, CSL-JSON and a line of text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from quotes.errors import ReleaseError
from quotes.release import digest, front_matter, manifest
from quotes.release.about import About
from quotes.release.layout import BIBTEX, CITATION, MANIFEST

Style = Literal["text", "bibtex", "apa", "datacite", "csl", "cff"]
STYLES: tuple[Style, ...] = ("text", "bibtex", "apa", "datacite", "csl", "cff")


@dataclass(frozen=True, slots=True)
class Cited:
    """The version that is cited, and the digest of its manifest."""

    about: About
    version: str
    date: str
    manifest_sha256: str


def cff(cited: Cited) -> str:
    """The version as a CITATION.cff (Citation File Format 1.2.0)."""
    about = cited.about
    entry: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite the version you used.",
        "type": "dataset",
        "title": about.title,
        "abstract": about.abstract,
        "authors": [{"name": name} for name in about.authors],
        "version": cited.version,
        "date-released": cited.date,
        "license": list(about.licences),
        "keywords": list(about.keywords),
        "identifiers": [
            {
                "type": "other",
                "value": f"sha256:{cited.manifest_sha256}",
                "description": f"SHA-256 of {MANIFEST} of this version, with the digest of every table",
            }
        ],
        **({"url": about.url} if about.url else {}),
    }
    return front_matter.dump(entry)


def bibtex(cited: Cited) -> str:
    """The version as a BibTeX entry whose key names the version."""
    fields = {
        "author": " and ".join(f"{{{name}}}" for name in cited.about.authors),
        "title": f"{{{cited.about.title}}}",
        "year": cited.date[:4],
        "month": str(int(cited.date[5:7])),
        "version": cited.version,
        "howpublished": "Dataset",
        **({"url": cited.about.url} if cited.about.url else {}),
        "note": f"Version {cited.version} of {cited.date}, manifest sha256 {cited.manifest_sha256}",
    }
    lines = [f"  {name:<12} = {{{value}}},\n" for name, value in fields.items()]
    return f"@misc{{{cited.about.name}-{cited.version},\n{''.join(lines)}}}\n"


def apa(cited: Cited) -> str:
    """The version in the style of the American Psychological Association (7th edition), as plain text."""
    authors = _listed(cited.about.authors)
    where = f" {cited.about.url}" if cited.about.url else ""
    title = f"{cited.about.title} (Version {cited.version}) [Data set]"
    return f"{authors}{'' if authors.endswith('.') else '.'} ({cited.date[:4]}). {title}.{where}\n"


def line(cited: Cited) -> str:
    """The version as one line of text."""
    who, title = _listed(cited.about.authors), cited.about.title
    when = f"version {cited.version}, {cited.date}"
    return f"{who} ({cited.date[:4]}). {title} ({when}) [Dataset]. sha256:{cited.manifest_sha256}\n"


def csl(cited: Cited) -> str:
    """The version as CSL-JSON, which reference managers read."""
    item = {
        "id": f"{cited.about.name}-{cited.version}",
        "type": "dataset",
        "title": cited.about.title,
        "author": [{"literal": name} for name in cited.about.authors],
        "issued": {"date-parts": [[int(part) for part in cited.date.split("-")]]},
        "version": cited.version,
        "abstract": cited.about.abstract,
        "keyword": ", ".join(cited.about.keywords),
        **({"URL": cited.about.url} if cited.about.url else {}),
        "note": f"manifest sha256:{cited.manifest_sha256}",
    }
    return json.dumps([item], indent=2, ensure_ascii=False) + "\n"


def datacite(cited: Cited) -> str:
    """The version as metadata of DataCite (schema 4.6), in JSON; the identifier is given when it is deposited."""
    about = cited.about
    entry = {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Dataset"},
        "titles": [{"title": about.title}],
        "creators": [{"name": name, "nameType": "Organizational"} for name in about.authors],
        "publisher": {"name": about.authors[0]},
        "publicationYear": cited.date[:4],
        "dates": [{"date": cited.date, "dateType": "Issued"}],
        "version": cited.version,
        "language": "en",
        "subjects": [{"subject": word} for word in about.keywords],
        "descriptions": [{"description": about.abstract, "descriptionType": "Abstract"}],
        "rightsList": [
            {"rightsIdentifier": name, "rightsIdentifierScheme": "SPDX", "schemeUri": "https://spdx.org/licenses/"}
            for name in about.licences
        ],
        "formats": ["application/vnd.apache.parquet", "application/json", "text/html"],
        "alternateIdentifiers": [
            {"alternateIdentifier": f"sha256:{cited.manifest_sha256}", "alternateIdentifierType": "SHA-256"}
        ],
        **({"url": about.url} if about.url else {}),
    }
    return json.dumps(entry, indent=2, ensure_ascii=False) + "\n"


def zenodo(cited: Cited) -> str:
    """The version as .zenodo.json, the metadata of a deposit at Zenodo."""
    about = cited.about
    entry = {
        "title": about.title,
        "description": about.abstract,
        "upload_type": "dataset",
        "publication_date": cited.date,
        "version": cited.version,
        "access_right": "open",
        "license": about.licences[0].lower(),
        "creators": [{"name": name} for name in about.authors],
        "keywords": list(about.keywords),
        "language": "eng",
        "notes": f"SHA-256 of {MANIFEST}: {cited.manifest_sha256}. Licences: {', '.join(about.licences)}.",
    }
    return json.dumps(entry, indent=2, ensure_ascii=False) + "\n"


def cite(folder: Path, style: Style = "text") -> str:
    """How to cite the version in ``folder``. Raises ReleaseError where there is none."""
    found = manifest.read(folder)
    cited = Cited(_about(folder), found["version"], found["date"], digest.of_file(folder / MANIFEST))
    make = {"text": line, "bibtex": bibtex, "apa": apa, "csl": csl, "datacite": datacite, "cff": cff}
    return make[style](cited)


def _about(folder: Path) -> About:
    """What the dataset called itself when the version was made, read back from the files that lie there."""
    try:
        entry = front_matter.load((folder / CITATION).read_text(encoding="utf-8"))
        return About(
            name=_key(folder).removesuffix(f"-{entry['version']}"),
            title=entry["title"],
            abstract=entry["abstract"],
            authors=tuple(author["name"] for author in entry["authors"]),
            keywords=tuple(entry["keywords"]),
            licences=tuple(entry["license"]),
            url=entry.get("url"),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReleaseError(f"{folder / CITATION} cannot be read ({error!r}). Fetch it anew") from error


def _key(folder: Path) -> str:
    """The key of the BibTeX entry that lies there."""
    return (folder / BIBTEX).read_text(encoding="utf-8").partition("{")[2].partition(",")[0]


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}, & {names[-1]}"
