"""The version as Croissant (1.0): files, record sets and fields, for whatever reads machine learning datasets."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from quotes import schema
from quotes.release.citation import Cited, bibtex
from quotes.release.manifest import TableFile

_TYPES = {"string": "sc:Text", "int64": "sc:Integer", "float64": "sc:Float", "bool": "sc:Boolean"}
_TERMS = (
    "citeAs column conformsTo equivalentProperty extract field fileProperty fileObject fileSet format includes "
    "isLiveDataset jsonPath key md5 parentField path recordSet references regex repeated replace samplingRate "
    "separator source subField transform"
)
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "sc": "https://schema.org/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{term: f"cr:{term}" for term in _TERMS.split()},
    "conformsTo": "dct:conformsTo",
}
_LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}


def text(cited: Cited, files: Sequence[TableFile]) -> str:
    """The description of a version; files are named from the folder that it lies in."""
    about = cited.about
    entry = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "name": about.name,
        "description": about.abstract,
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "citeAs": bibtex(cited),
        "creator": [{"@type": "sc:Organization", "name": name} for name in about.authors],
        "datePublished": cited.date,
        "keywords": list(about.keywords),
        "license": [_LICENCES.get(name, f"https://spdx.org/licenses/{name}") for name in about.licences],
        "url": about.url or f"urn:sha256:{cited.manifest_sha256}",
        "version": cited.version,
        "isLiveDataset": False,
        "distribution": [_file(file) for file in files],
        "recordSet": [_records(file) for file in files if file.rows],
    }
    return json.dumps(entry, indent=2, ensure_ascii=False) + "\n"


def _file(file: TableFile) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.file,
        "name": file.file,
        "description": f"{file.rows} rows of {file.table}.",
        "contentUrl": file.file,
        "contentSize": f"{file.bytes} B",
        "encodingFormat": "application/x-parquet",
        "sha256": file.sha256,
    }


def _records(file: TableFile) -> dict[str, Any]:
    table = schema.table(file.table)
    keys = [{"@id": f"{file.name}/{name}"} for name in table.key]
    return {
        "@type": "cr:RecordSet",
        "@id": file.name,
        "name": file.name,
        "description": table.definition,
        "key": keys if len(keys) > 1 else keys[0],
        "field": [_field(file, column) for column in table.columns if column.type != "list<struct>"],
    }


def _field(file: TableFile, column: schema.Column) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{file.name}/{column.name}",
        "name": column.name,
        "description": column.definition,
        "dataType": "sc:Text" if column.type == "list<string>" else _TYPES[column.type],
        **({"repeated": True} if column.type == "list<string>" else {}),
        "source": {"fileObject": {"@id": file.file}, "extract": {"column": column.name}},
    }
