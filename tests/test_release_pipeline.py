"""Releases made by the pipeline itself: the same bytes with any number of processes and in any order."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from quotes import release, schema
from release_case import LengthScorer, write_collection, write_repository

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def documents():
    """The invented documents, which here stand for real ones."""
    lines = (ROOT / "data" / "raw" / "challenge.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [{**row, "doc_id": f"played-{row['doc_id']}", "gold": []} for row in rows]


@pytest.fixture(scope="module")
def built(tmp_path_factory, documents):
    return build(tmp_path_factory.mktemp("one"), documents)


def build(root, documents, *, workers=1):
    layout = write_repository(root)
    write_collection(layout, "norvania", documents)
    return release.build(root, version="0.1.0", date="2031-06-02", scorer=LengthScorer(), workers=workers).folder


def tables(folder):
    return {name: (folder / f"{name}.parquet").read_bytes() for name in schema.NAMES}


def test_the_pipeline_fills_every_table(built):
    assert all(release.read_table(built, name) for name in schema.NAMES)


def test_two_processes_give_the_bytes_of_one(tmp_path, built, documents):
    other = build(tmp_path, documents, workers=2)
    assert {path.name: path.read_bytes() for path in other.iterdir()} == {
        path.name: path.read_bytes() for path in built.iterdir()
    }


def test_the_order_of_documents_does_not_show(tmp_path, built, documents):
    shuffled = random.Random(7).sample(documents, len(documents))
    assert tables(build(tmp_path, shuffled)) == tables(built)


def test_a_document_more_changes_no_row_of_another(tmp_path, built, documents):
    fewer = build(tmp_path, documents[1:])
    for name in ("quotes", "stances", "documents", "rejected"):
        kept = [row for row in release.read_table(built, name) if row["doc_id"] != documents[0]["doc_id"]]
        assert release.read_table(fewer, name) == kept
    assert release.difference(fewer, built).bump == "minor"


def test_what_the_pipeline_gave_verifies_without_a_model(built):
    assert release.verify(built, root=built.parents[2]) == []
