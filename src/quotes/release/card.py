"""The dataset card of a version: what a reader sees first, and what 🤗 Datasets reads.

The front matter names the file of every table and its features. Files hold labels as words; the features
declare them as class labels, and Datasets turns words into numbers when it loads them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from quotes import schema
from quotes.release import figures, front_matter, markdown, template
from quotes.release.about import About
from quotes.release.collection import Collection
from quotes.release.manifest import TableFile
from quotes.release.tables import Tables

DEFAULT = "quotes"
SPLIT = "train"
PROJECT = About()
TAGS = ["quotations", "quotation-attribution", "stance", "news", "state-media", "propaganda-studies"]
_SIZES = [(1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M")]


def text(
    *,
    version: str,
    date: str,
    tables: Tables,
    files: Sequence[TableFile],
    collections: Sequence[Collection],
    bibtex: str,
    about: About = PROJECT,
) -> str:
    """The whole card: front matter and body."""
    body = template.fill(
        "card.md",
        {
            "name": markdown.escape(about.name),
            "version": version,
            "date": date,
            "tables": figures.of_tables(tables),
            "empty": _empty(tables),
            "views": _views(files),
            "withheld": _withheld(tables),
            "rows": _rows(tables),
            "kinds": figures.of_column(tables, "quotes", "kind"),
            "speakers": figures.of_column(tables, "quotes", "speaker"),
            "sources": figures.of_column(tables, "quotes", "source"),
            "stances": figures.of_column(tables, "quotes", "stance"),
            "reasons": figures.of_column(tables, "rejected", "reason"),
            "collections": listed(collections),
            "columns": figures.of_columns(DEFAULT),
            "bibtex": bibtex,
        },
    )
    return front_matter.put(head(version=version, tables=tables, files=files, about=about), body)


def head(
    *, version: str, tables: Tables, files: Sequence[TableFile], about: About = PROJECT
) -> dict[str, Any]:
    """The card's YAML as data; a table without rows is left out, for Datasets cannot load an empty split."""
    filled = [file for file in files if file.rows]
    return {
        "pretty_name": f"{about.name} {version}",
        "version": version,
        "license": [licence.lower() for licence in about.licences],
        "language": _languages(tables),
        "tags": TAGS,
        "task_categories": ["text-classification", "token-classification"],
        "size_categories": [_size(sum(file.rows for file in files if file.name == DEFAULT))],
        "configs": [config(file.name, file.name, file.file) for file in filled],
        "dataset_info": [_info(file) for file in filled],
    }


def config(name: str, table: str, path: str, *, default: str = DEFAULT) -> dict[str, Any]:
    """One configuration: its name and where its file lies, from the folder of the card."""
    entry: dict[str, Any] = {"config_name": name}
    if table == default and name == default:
        entry["default"] = True
    return {**entry, "data_files": [{"split": SPLIT, "path": path}]}


def features(columns: Iterable[schema.Column]) -> list[dict[str, Any]]:
    """Columns as the features of 🤗 Datasets."""
    return [{"name": column.name, **_feature(column)} for column in columns]


def _feature(column: schema.Column) -> dict[str, Any]:
    if column.labels is not None:
        names = {str(number): label for number, label in enumerate(column.labels)}
        return {"dtype": {"class_label": {"names": names}}}
    if column.type == "list<string>":
        return {"list": "string"}
    if column.type == "list<struct>":
        return {"list": features(column.fields)}
    return {"dtype": column.type}


def _info(file: TableFile) -> dict[str, Any]:
    return {
        "config_name": file.name,
        "features": features(schema.table(file.table).columns),
        "splits": [{"name": SPLIT, "num_bytes": file.memory, "num_examples": file.rows}],
        "download_size": file.bytes,
        "dataset_size": file.memory,
    }


def _languages(tables: Tables) -> list[str]:
    found = {row["lang"] for name in ("documents", "challenge") for row in tables[name]}
    return sorted(found - {None}) or ["und"]


def _size(rows: int) -> str:
    return next((name for limit, name in _SIZES if rows < limit), "n>1M")


def _empty(tables: Tables) -> str:
    names = [f"`{name}`" for name, rows in tables.items() if not rows]
    if not names:
        return ""
    return f"\nWithout rows in this version, and therefore no configurations: {', '.join(names)}.\n"


def _views(files: Sequence[TableFile]) -> str:
    names = [f"`{file.name}`" for file in files if file.name != file.table]
    if not names:
        return ""
    return f"The quotations of one collection alone are a configuration of its name: {', '.join(names)}. "


def _withheld(tables: Tables) -> str:
    count = sum(row["quote"] is None for row in tables[DEFAULT])
    if not count:
        return ""
    return (
        f"\n{count:,} of {len(tables[DEFAULT]):,} quotations come from documents that may not be reprinted: `quote`, "
        "`title` and the context are null, `quote_sha256`, `n_words` and the offsets stand for them. `quotes hydrate` "
        "puts the words back for whoever has the documents, and checks each hash.\n"
    )


def _rows(tables: Tables, *, shown: int = 6) -> str:
    columns = ("speaker", "quote", "date_edtf", "source", "target", "stance")
    printed = sorted(tables[DEFAULT], key=lambda row: row["quote"] is None)
    return markdown.table(columns, [[_shown(row[column]) for column in columns] for row in printed[:shown]])


def _shown(value: object) -> object:
    return figures.NONE if value is None else value


def listed(collections: Sequence[Collection]) -> str:
    """The collections as a Markdown list, each with its licence and what its sidecar says of it."""
    return "\n".join(
        f"- **{markdown.escape(collection.title)}** (`{collection.name}`, {len(collection.rows)} documents, "
        f"{markdown.escape(collection.licence)}). {markdown.escape(collection.description)}"
        for collection in collections
    )
