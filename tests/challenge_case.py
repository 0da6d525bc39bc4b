"""The challenge read by the pipeline, and every place where it and the gold made by hand disagree.

A disagreement is a document, where the words begin, and a field:

- ``span``: the words are not found, or cut elsewhere by more than a fifth;
- ``kept``: something is kept as a quotation that nobody said, or that the gold does not have;
- ``kind``: direct, mixed or block;
- ``speaker``: neither the words that name the speaker nor the name are right, or one is given where the text has none;
- ``name``: the canonical name, of a right speaker; whoever the text does not name must stay without one;
- ``type``: person, organisation, outlet, role or group, of a right speaker and where the gold has it;
- ``date``: what is known of the day, as EDTF;
- ``source``: the outlet nearest to the words; ``chain``, where that is right: the rest of the way;
- ``statement``: words that other documents print too have another identifier than there, or one that strangers share.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from quotes import pipeline
from quotes.evaluate.match import match
from quotes.evaluate.names import same_name
from quotes.records import Document
from quotes.registry import Registry, load
from quotes.stages import resolve

TESTS = Path(__file__).parent
RAW = TESTS.parent / "data" / "raw"
KNOWN = TESTS / "cases" / "challenge_known_failures.json"
FIELDS = ("doc_id", "text", "title", "published", "publisher", "url", "lang")
UNREAD = "unread"

Row = Mapping[str, Any]


class Place(NamedTuple):
    """What is known to fail: in which document, at which words, in which field."""

    doc_id: str
    quote_start: int
    field: str


@dataclass(frozen=True)
class Reading:
    """One document: its gold, and what the pipeline gives; ``pairs`` from gold row number to predicted one."""

    doc: Row
    rows: Sequence[Row]
    types: Sequence[str | None]
    pairs: Mapping[int, int]


@cache
def invented() -> Registry:
    """The shipped registry with that of the invented world."""
    return load(RAW / "challenge.registry")


@cache
def readings() -> tuple[Reading, ...]:
    """Every document of the challenge, read without stance."""
    raw = (RAW / "challenge.jsonl").read_bytes()
    docs = [json.loads(line) for line in raw.split(b"\n") if line]
    extractions = [pipeline.extract_document(_document(doc), invented()) for doc in docs]
    by_doc: dict[str, list[Row]] = {doc["doc_id"]: [] for doc in docs}
    for row in pipeline.tables(extractions)["quotes"]:
        by_doc[row["doc_id"]].append(row)
    return tuple(
        Reading(doc, rows, _types(doc), match(doc["gold"], rows))
        for doc in docs
        for rows in [by_doc[doc["doc_id"]]]
    )


def _document(doc: Row) -> Document:
    return Document(*(doc[field] for field in FIELDS))


def _types(doc: Row) -> list[str | None]:
    article, quotations, _ = pipeline.read(_document(doc), invented())
    return [speaker.type for speaker in resolve.resolve(article, quotations, invented())]


def disagreements() -> dict[Place, str]:
    """Every disagreement, in the order of the documents, with what is found and what is wanted."""
    found: dict[Place, str] = {}
    for reading in readings():
        doc_id = reading.doc["doc_id"]
        for start, field, said in _of_document(reading):
            found.setdefault(Place(doc_id, start, field), said)
    return found | {place: said for place, said in _of_statements() if place not in found}


def _of_document(reading: Reading) -> Iterator[tuple[int, str, str]]:
    answered = set(reading.pairs.values())
    for number, gold in enumerate(reading.doc["gold"]):
        answer = reading.pairs.get(number)
        start = gold["quote_start"]
        if gold["kind"] == "scare":
            if answer is not None:
                yield start, "kept", f"kept, of {reading.rows[answer]['speaker_mention']}; it is {gold['reason']}"
        elif answer is None:
            yield start, "span", f"not found: {_short(gold['quote_text'])}"
        else:
            row = {**reading.rows[answer], "type": reading.types[answer]}
            yield from ((start, field, said) for field, said in _of_row(gold, row))
    for number, row in enumerate(reading.rows):
        if number not in answered:
            yield row["start"], "kept", f"not in the gold: {_short(row['quote'])}"


def _short(words: str) -> str:
    return " ".join(words[:60].split())


def _of_row(gold: Row, row: Row) -> Iterator[tuple[str, str]]:
    if row["kind"] != gold["kind"]:
        yield "kind", f"{row['kind']}, not {gold['kind']}"
    # A wrong speaker has a wrong name and type besides, and a wrong source a wrong chain: one cause, one failure.
    if not _right_speaker(gold, row):
        yield "speaker", f"{row['speaker_mention']}, not {gold['speaker_text']}"
    elif not _same(row["speaker"], gold["speaker_name"]):
        yield "name", f"{row['speaker']}, not {gold['speaker_name']}"
    elif "speaker_type" in gold and row["type"] != gold["speaker_type"]:
        yield "type", f"{row['type']}, not {gold['speaker_type']}"
    if row["date_edtf"] != gold["date_edtf"]:
        yield "date", f"{row['date_edtf']}, not {gold['date_edtf']}"
    yield from _of_source(gold, row)


def _of_source(gold: Row, row: Row) -> Iterator[tuple[str, str]]:
    chain = gold.get("source_chain")
    nearest = gold["source_quoted"] if chain is None else next(iter(chain), None)
    if (chain is not None or nearest) and not _same(row["source"], nearest):
        yield "source", f"{row['source']}, not {nearest}"
        return
    given = list(row["source_chain"] or ())
    if chain is not None and [_key(name) for name in given] != [_key(name) for name in chain]:
        yield "chain", f"{given}, not {list(chain)}"


def _right_speaker(gold: Row, row: Row) -> bool:
    if gold["speaker_text"] is None or row["speaker_mention"] is None:
        return gold["speaker_text"] is row["speaker_mention"] is None
    if min(row["speaker_end"], gold["speaker_end"]) > max(row["speaker_start"], gold["speaker_start"]):
        return True
    return bool(gold["speaker_name"] and row["speaker"]) and _same(row["speaker"], gold["speaker_name"])


def _same(one: str | None, other: str | None) -> bool:
    """Whether both mean the same: one row of the registry, else two names of which one holds the other."""
    if not one or not other:
        return not one and not other
    keys = _key(one), _key(other)
    known = [key[1:2] == ":" for key in keys]
    return keys[0] == keys[1] if all(known) else same_name(one, other)


def _key(name: str) -> str:
    people = invented().persons_named(name)
    row = people[0] if len(people) == 1 else invented().outlet_named(name) or invented().organisation_named(name)
    row = row or invented().country_named(name)
    return row.id if row else name


def _of_statements() -> Iterator[tuple[Place, str]]:
    prints: dict[str, list[tuple[Place, str]]] = {}
    labelled: dict[str, set[str]] = {}
    for reading in readings():
        for number, answer in reading.pairs.items():
            gold, given = reading.doc["gold"][number], reading.rows[answer]["statement_id"]
            label = gold.get("statement") or f"{reading.doc['doc_id']}:{gold['quote_text']}"
            place = Place(reading.doc["doc_id"], gold["quote_start"], "statement")
            prints.setdefault(label, []).append((place, given))
            labelled.setdefault(given, set()).add(gold.get("statement") or "")
    for label, rows in prints.items():
        first = min(rows)[1]
        for place, given in sorted(rows):
            if given != first:
                yield place, f"not one statement with the first print of {label!r}"
            elif len(labelled[given] - {""}) > 1:
                yield place, f"one statement for {sorted(labelled[given])}"


def read_known(path: Path = KNOWN) -> dict[Place, str]:
    """The known failures, each with its reason."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    return {Place(row["doc_id"], row["quote_start"], row["field"]): row["reason"] for row in rows}


def write_known(known: Mapping[Place, str], path: Path = KNOWN) -> None:
    """One failure a line, sorted."""
    lines = [json.dumps({**place._asdict(), "reason": known[place]}, ensure_ascii=False) for place in sorted(known)]
    path.write_text("[\n " + ",\n ".join(lines) + "\n]\n" if lines else "[]\n", encoding="utf-8")
