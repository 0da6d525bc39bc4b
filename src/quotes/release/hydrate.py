"""Hydrate: put the words back into stand-off rows, for whoever has the documents.

A document is known by the SHA-256 of its text, whatever it is called; each quotation is checked against its
own digest before its words are put in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotes import schema
from quotes.records import Article, Document, Span
from quotes.release import digest, manifest, writer
from quotes.release.layout import table_file
from quotes.release.published import read_table
from quotes.rows import context, words_at
from quotes.stages import clean

Row = dict[str, Any]
Problem = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Hydrated:
    """Tables with words, and what did not fit: each problem with ``what``, ``doc_id``, ``row`` and ``reason``.

    ``wanted`` counts the documents whose text the version withholds, ``found`` those that were at hand,
    ``filled`` the quotations that have their words now.
    """

    tables: Mapping[str, list[Row]]
    wanted: int
    found: int
    filled: int
    problems: tuple[Problem, ...]


def hydrate(folder: Path, documents: Sequence[Document]) -> Hydrated:
    """The tables of a version with the words of these documents.

    Documents that the version does not withhold, or does not know, are listed as problems, and so is every text
    that is not the one that was read and every quotation that is not as it was. Raises ReleaseError where the
    version cannot be read.
    """
    names = [entry["name"] for entry in manifest.read(folder)["tables"] if _whole(entry)]
    tables = {name: read_table(folder, name) for name in names}
    wanted = {row["doc_id"]: row for row in tables["documents"] if row["text"] is None}
    articles, problems = _match(wanted, documents)
    for doc_id, article in articles.items():
        wanted[doc_id].update(title=article.document.title, text=article.document.text)
    for row in tables["quotes"]:
        if row["doc_id"] in articles and row["quote"] is None:
            problems += _fill_quote(row, articles[row["doc_id"]])
    for row in tables["rejected"]:
        if row["doc_id"] in articles and row["text"] is None:
            _fill_rejected(row, articles[row["doc_id"]])
    quotes = {row["quote_id"]: row for row in tables["quotes"]}
    for row in tables["statements"]:
        first = quotes[row["first_quote_id"]]
        row["quote"] = row["quote"] if row["quote"] is not None else first["quote"]
    filled = sum(row["doc_id"] in articles and row["quote"] is not None for row in tables["quotes"])
    return Hydrated(tables, len(wanted), len(articles), filled, tuple(problems))


def _whole(entry: Mapping[str, Any]) -> bool:
    return bool(entry.get("table", entry["name"]) == entry["name"])


def _match(
    wanted: Mapping[str, Row], documents: Sequence[Document]
) -> tuple[dict[str, Article], list[Problem]]:
    """The articles at hand, by the identifiers that the version gives them."""
    by_text: dict[str, list[str]] = {}
    by_url: dict[str, str] = {}
    for doc_id, row in wanted.items():
        by_text.setdefault(row["text_sha256"], []).append(doc_id)
        by_url.setdefault(row["url"] or "", doc_id)
    articles: dict[str, Article] = {}
    problems: list[Problem] = []
    for document in documents:
        found = digest.of_bytes(document.text.encode("utf-8", "surrogatepass"))
        named = document.doc_id if document.doc_id in wanted else by_url.get(document.url or " ")
        doc_ids = by_text.get(found, [])
        for doc_id in [named] if named in doc_ids else doc_ids:
            if doc_id is not None and (doc_id not in articles or doc_id == document.doc_id):
                articles[doc_id] = clean.read(document)
        if not doc_ids:
            problems.append(_unfit(document, named, wanted, found))
    return articles, problems


def _unfit(document: Document, named: str | None, wanted: Mapping[str, Row], found: str) -> Problem:
    if named is None:
        return _problem("document", document.doc_id, None, "no document of this version has this text or address")
    row = wanted[named]
    was = f"{row['n_chars']} characters with sha256 {row['text_sha256']}"
    reason = f"another text than was read: {len(document.text)} characters with sha256 {found}, not {was}"
    return _problem("document", named, None, reason)


def _fill_quote(row: Row, article: Article) -> Iterator[Problem]:
    given = article.document.text
    words = clean.repair(given[row["start"] : row["end"]])
    found = digest.of_bytes(words.encode("utf-8", "surrogatepass"))
    if found != row["quote_sha256"]:
        reason = f"the words at {row['start']}:{row['end']} have sha256 {found}, not {row['quote_sha256']}"
        yield _problem("quotation", row["doc_id"], row["quote_id"], reason)
        return
    row["quote"], row["title"] = words, article.document.title
    _fill_context(row, article)
    for words, start, end in (
        ("speaker_mention", "speaker_start", "speaker_end"),
        ("date_words", "date_start", "date_end"),
    ):
        if row[start] is not None:
            row[words] = words_at(article.text, clean.read_span(article, Span(row[start], row[end])))


def _fill_rejected(row: Row, article: Article) -> None:
    row["text"] = clean.repair(article.document.text[row["start"] : row["end"]])
    _fill_context(row, article)


def _fill_context(row: Row, article: Article) -> None:
    outer = clean.read_span(article, Span(row["outer_start"], row["outer_end"]))
    row["context_before"], row["context_after"] = context(article.text, outer)


def _problem(what: str, doc_id: str, row: str | None, reason: str) -> Problem:
    return {"what": what, "doc_id": doc_id, "row": row, "reason": reason}


def write(hydrated: Hydrated, folder: Path) -> None:
    """Write every table, and the problems as JSON Lines, into a new folder. It is no version of the dataset."""
    from quotes.writers import replacing, write_lines

    with replacing(folder) as part:
        part.mkdir()
        for name, rows in hydrated.tables.items():
            if name in schema.NAMES:
                writer.write(name, rows, part / table_file(name))
        write_lines(hydrated.problems, part / "problems.jsonl")
