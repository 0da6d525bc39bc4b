"""The pipeline: whole documents in, tables out, the same whatever the order and the number of processes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import quotes
from case_files import Case, expected, found, load, registry
from quotes.pipeline import build_tables, statements
from quotes.records import Document

RAW = Path(__file__).parent.parent / "data" / "raw"
FIELDS = ("doc_id", "text", "title", "published", "publisher", "url", "lang")


@pytest.mark.parametrize("case", [*load("in_the_wild"), *load("negative"), *load("known_failures")])
def test_case(case: Case) -> None:
    assert found(case) == expected(case)


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    lines = (RAW / "challenge.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [Document(*(row[field] for field in FIELDS)) for row in rows]


@pytest.fixture(scope="module")
def tables(documents: list[Document]) -> Any:
    return build_tables(documents, scorer=None)


def as_bytes(tables: Any) -> bytes:
    return json.dumps(tables).encode()


def test_two_processes_give_the_same_tables(documents: list[Document], tables: Any) -> None:
    assert as_bytes(build_tables(documents, scorer=None, workers=2)) == as_bytes(tables)


def test_the_order_of_the_documents_does_not_matter(documents: list[Document], tables: Any) -> None:
    assert as_bytes(build_tables(documents[::-1], scorer=None)) == as_bytes(tables)


def test_rows_are_sorted(tables: Any) -> None:
    for name in ("quotes", "rejected"):
        places = [(row["doc_id"], row["start"]) for row in tables[name]]
        assert places == sorted(places)
    assert [row["statement_id"] for row in tables["statements"]] == sorted(
        {row["statement_id"] for row in tables["quotes"]}
    )


def test_a_registry_of_ones_own_is_used(documents: list[Document]) -> None:
    own = build_tables(documents[:3], scorer=None, registry=registry())
    assert {row["doc_id"] for row in own["quotes"]} <= {document.doc_id for document in documents[:3]}


def test_progress_counts_the_documents(documents: list[Document]) -> None:
    calls: list[tuple[str, int, int]] = []
    build_tables(documents[:3], scorer=None, progress=lambda *call: calls.append(call))
    assert [call[1:] for call in calls] == [(1, 3), (2, 3), (3, 3)]


def test_statements_link_the_same_words() -> None:
    printed = [
        Document("a", "“The port stays open,” Brenn said on May 9, 2025.", published="2025-05-10"),
        Document("b", 'Brenn told NOCNA: "The port stays open."', published="2025-05-12"),
        Document("c", "“The port stays shut,” Indrel said."),
    ]
    rows = build_tables(printed, scorer=None)["statements"]
    assert [(row["n_quotes"], row["n_documents"]) for row in rows if "open" in row["quote"]] == [(2, 2)]
    assert sum(row["n_quotes"] for row in rows) == 3


def test_no_quotations_are_no_statements() -> None:
    assert statements([]) == []
    assert build_tables([], scorer=None) == {"quotes": [], "stances": [], "statements": [], "rejected": []}


def test_extract_gives_the_rows_of_the_table() -> None:
    rows = quotes.extract(
        "“The port stays open,” President Aldo Brenn said.",
        published="2025-05-09",
        publisher="Harbour Post",
        stance=False,
    )
    assert [(row["quote"], row["speaker_mention"], row["publisher"]) for row in rows] == [
        ("The port stays open,", "President Aldo Brenn", "Harbour Post")
    ]


def test_extract_of_nothing_is_nothing() -> None:
    assert quotes.extract("", stance=False) == []
