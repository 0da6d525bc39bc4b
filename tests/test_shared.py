"""Real articles, where the development data lies beside the repository.

Nothing raises, the invariants hold on every row, and the quality is not below that of `floors.json`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import readings
from quotes.evaluate import evaluate, read_doc_ids, read_gold, read_spans
from quotes.pipeline import extract_document, read
from quotes.records import Document
from quotes.registry import load as load_registry
from quotes.rows import Extraction
from quotes.stages import clean, mark

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))
FIELDS = ("doc_id", "text", "title", "published", "publisher", "url", "lang")
SAMPLE = 300
"""Documents of each of the large files; every so many-th one, so that they are the same ones each time."""

Row = Mapping[str, Any]


@cache
def documents(path: Path) -> tuple[Document, ...]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return tuple(Document(*(row[field] for field in FIELDS)) for row in rows)


def sample(path: Path) -> Sequence[Document]:
    found = documents(path)
    return found[:: -(-len(found) // SAMPLE)]


@cache
def extract(document: Document) -> Extraction:
    return extract_document(document, load_registry())


@pytest.mark.parametrize("file", ["kcna2024_docs", "kcna2012_docs", "polnear_dev_docs", "state_docs"])
def test_invariants_hold_on_real_articles(shared_data: Path, file: str) -> None:
    quotations = 0
    for document in sample(shared_data / f"{file}.jsonl"):
        extraction = extract(document)
        quotations += len(extraction.quotes)
        for row in extraction.quotes:
            assert clean.repair(document.text[row["start"] : row["end"]]) == row["quote"] != ""
            if row["speaker_start"] is not None:
                mention = clean.repair(document.text[row["speaker_start"] : row["speaker_end"]])
                assert " ".join(mention.split()) == row["speaker_mention"]
        assert_each_candidate_has_one_place(document)
    assert quotations > 0


def assert_each_candidate_has_one_place(document: Document) -> None:
    article, quotations, rejections = read(document, load_registry())
    candidates = Counter(candidate.outer for candidate in mark.find(article))
    marked = [quotation for quotation in quotations if quotation.kind != "block"]
    assert Counter(found.outer for found in (*marked, *rejections)) == candidates
    assert len(extract(document).rejected) == len(rejections)
    assert len(extract(document).quotes) == len(quotations)


def rows_of(doc_ids: frozenset[str], *files: Path) -> list[Row]:
    wanted = [document for file in files for document in documents(file) if document.doc_id in doc_ids]
    assert {document.doc_id for document in wanted} == doc_ids
    return [row for document in wanted for row in extract(document).quotes]


def figures(folder: Path, name: str) -> Mapping[str, float]:
    """The figures of one development set, doubtful gold left out."""
    if name == "block_dev":
        gold = read_gold(folder / "block_dev_gold.jsonl")
        none = read_doc_ids(folder / "block_dev_none.jsonl")
        spans = read_spans(folder / "block_dev_doubtful.jsonl")
        kcna = (folder / "kcna2024_docs.jsonl", folder / "kcna2012_docs.jsonl")
        return evaluate(
            gold.rows, rows_of(gold.doc_ids | none, *kcna), only="block", ignore=spans, documents=none
        )
    if name == "state_unmarked":
        gold = read_gold(folder / "state_dev_unmarked.jsonl")
        return evaluate(gold.rows, rows_of(gold.doc_ids, folder / "state_docs.jsonl"), only="block")
    if name == "state_read":
        return read_again(folder)
    corrected = name.endswith("_read")
    name = name.removesuffix("_read")
    gold = read_gold(folder / f"{name}_gold.jsonl")
    if corrected:
        texts = {one.doc_id: one.text for one in documents(folder / f"{name}_docs.jsonl")}
        again = readings.read(readings.POLNEAR_DEV)
        gold = replace(gold, rows=[readings.corrected(row, again, texts[row["doc_id"]]) for row in gold.rows])
    rows = [row for row in gold.rows if not row.get("suspect")]
    file = folder / ("state_docs.jsonl" if name == "state_dev" else f"{name}_docs.jsonl")
    return evaluate(rows, rows_of(gold.doc_ids, file), only="marked")


def read_again(folder: Path) -> Mapping[str, float]:
    """Of the agency's marked strings that were read, and surely so: how many said ones are found, and others kept."""
    again = {key: one for key, one in readings.read(readings.STATE_DEV).items() if one.sure}
    gold = [readings.row(key, one) for key, one in again.items()]
    ids = {row["doc_id"] for row in gold}
    found = rows_of(ids, folder / "kcna2012_docs.jsonl", folder / "kcna2024_docs.jsonl")
    figures = evaluate(gold, [row for row in found if _is_asked(row, again)], only="marked")
    return {name: figures[name] for name in ("recall_mixed", "scare_kept_as_quote")}


def _is_asked(row: Row, again: Mapping[readings.Key, readings.Reading]) -> bool:
    return any(doc_id == row["doc_id"] and row["start"] < end and start < row["end"] for doc_id, start, end in again)


@pytest.mark.parametrize("name", sorted(FLOORS["floors"]))
def test_quality_is_not_below_its_floor(shared_data: Path, name: str) -> None:
    found = figures(shared_data, name)
    floors = FLOORS["floors"][name]
    too_low = {figure: found[figure] for figure, floor in floors["at_least"].items() if found[figure] < floor}
    too_high = {figure: found[figure] for figure, top in floors["at_most"].items() if found[figure] > top}
    assert (too_low, too_high) == ({}, {}), FLOORS["how_to_change"]
