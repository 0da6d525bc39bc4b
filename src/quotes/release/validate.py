"""Validate: what must hold of every table before it is published.

A check is a function that yields faults; the runner goes on after each, so that one run shows every fault
with its row. Checks see the tables before any words are withheld, so that offsets are tested against the
documents.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from quotes import schema
from quotes.errors import ReleaseError
from quotes.release import digest
from quotes.release.tables import Register, Tables
from quotes.release.validate_dates import date_fault
from quotes.release.validate_registry import label_shares, registered, unknown_ids
from quotes.stages.clean import repair

Row = Mapping[str, Any]
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one row."""

    table: str
    row: str
    message: str

    def __str__(self) -> str:
        return f"table {self.table}, row {self.row}: {self.message}"


@dataclass(frozen=True, slots=True)
class Check:
    """One check that ran: what it demands, over how many rows, and what it found.

    What a check that is not ``strict`` finds is told and does not stop a publication.
    """

    name: str
    demands: str
    rows: int
    faults: tuple[Fault, ...]
    strict: bool = True


def validate(tables: Tables, *, register: Register | None = None, before: Tables | None = None) -> list[Check]:
    """Run every check. Later checks run only where the rows fit the schema, since they read its columns.

    Identifiers are looked up in the ``register`` and shares of labels compared with the version ``before``,
    where they are given.
    """
    checks = [_run("schema", CHECKS["schema"], tables)]
    if checks[0].faults:
        return checks
    checks += [_run(name, check, tables) for name, check in CHECKS.items() if name != "schema"]
    if register is not None:
        known = registered(register)
        found = tuple(Fault(*parts) for parts in unknown_ids(tables, known))
        checks.append(Check("registry", _one_line(unknown_ids.__doc__), _covered(tables), found))
    if before is not None:
        found = tuple(Fault(*parts) for parts in label_shares(before, tables))
        demands = _one_line(label_shares.__doc__)
        checks.append(Check("label shares", demands, _covered(tables), found, strict=False))
    return checks


def require(checks: Sequence[Check]) -> None:
    """Raises ReleaseError that lists the faults found, the first 50 of them in full."""
    faults = [fault for check in checks for fault in check.faults if check.strict]
    if not faults:
        return
    listed = "\n".join(f"  {fault}" for fault in faults[:SHOWN])
    more = f"\n  and {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
    raise ReleaseError(f"{len(faults)} rows may not be published as they are:\n{listed}{more}")


def report(checks: Sequence[Check]) -> str:
    """All checks and every fault with its row, as the JSON of validation.json."""
    listed = [
        {
            "check": check.name,
            "demands": check.demands,
            "strict": check.strict,
            "rows": check.rows,
            "faults": len(check.faults),
            "found": [asdict(fault) for fault in check.faults],
        }
        for check in checks
    ]
    return json.dumps({"checks": listed}, indent=2, ensure_ascii=False) + "\n"


def _run(name: str, check: Callable[[Tables], Iterator[Fault]], tables: Tables) -> Check:
    return Check(name, _one_line(check.__doc__), _covered(tables), tuple(check(tables)))


def _covered(tables: Tables) -> int:
    return sum(len(rows) for rows in tables.values())


def _one_line(words: str | None) -> str:
    return " ".join((words or "").split())


def _fits_schema(tables: Tables) -> Iterator[Fault]:
    """Every row has the columns of its table, each of its type, and labels are known words."""
    for name, rows in tables.items():
        table = schema.table(name)
        for row in rows:
            for fault in schema.row_faults(table, row):
                yield Fault(name, schema.row_name(table, row), fault)


def _unique(tables: Tables) -> Iterator[Fault]:
    """No two rows of a table have the same key."""
    for name, rows in tables.items():
        key = schema.table(name).key
        seen: set[str] = set()
        for row in rows:
            identity = digest.row_id(row, key)
            if identity in seen:
                yield Fault(name, identity, f"another row has the same {', '.join(key)}")
            seen.add(identity)


def _offsets(tables: Tables) -> Iterator[Fault]:
    """Slicing the given text at the offsets of a row and repairing the slice gives the words of the row."""
    documents = {row["doc_id"]: row for row in tables["documents"]}
    for name, words, start, end in (
        ("quotes", "quote", "start", "end"),
        ("quotes", "speaker_mention", "speaker_start", "speaker_end"),
        ("quotes", "date_words", "date_start", "date_end"),
        ("rejected", "text", "start", "end"),
    ):
        for row in tables[name]:
            fault = _slice_fault(documents.get(row["doc_id"]), row, words, start, end)
            if fault:
                yield _fault(name, row, fault)
    for name, start, end in (
        ("stances", "target_start", "target_end"),
        ("quotes", "outer_start", "outer_end"),
        ("rejected", "outer_start", "outer_end"),
    ):
        for row in tables[name]:
            length = documents.get(row["doc_id"], {}).get("n_chars", 0)
            if not 0 <= row[start] < row[end] <= length:
                yield _fault(name, row, f"{start} {row[start]} and {end} {row[end]} are not in a text of {length}")


def _slice_fault(document: Row | None, row: Row, words: str, start: str, end: str) -> str | None:
    first, last = row[start], row[end]
    text, length = (document["text"], document["n_chars"]) if document else ("", 0)
    if row[words] is None and first is None and last is None:
        return None
    if first is None or last is None or (row[words] is None and text is not None):
        return f"{words}, {start} and {end} are not all there or all null"
    if not 0 <= first <= last <= length:
        return f"{start} {first} and {end} {last} do not lie in a text of {length} characters"
    if text is None:
        return None  # the document is kept elsewhere
    found = repair(text[first:last])
    if row[words] in (found, " ".join(found.split())):
        return None
    return f"{words} is {row[words]!r}, but the text has {found!r} at {first}:{last}"


def _hashes(tables: Tables) -> Iterator[Fault]:
    """quote_sha256 is the digest of quote, and text_sha256 that of the text."""
    for name, words, column in (("quotes", "quote", "quote_sha256"), ("documents", "text", "text_sha256")):
        for row in tables[name]:
            if row[words] is not None and digest.of_bytes(row[words].encode()) != row[column]:
                yield _fault(name, row, f"{column} is not the SHA-256 of {words}")


_REFERENCES = (
    ("quotes", ("doc_id",), "documents", ("doc_id",)),
    ("quotes", ("statement_id",), "statements", ("statement_id",)),
    ("stances", ("quote_id", "doc_id"), "quotes", ("quote_id", "doc_id")),
    ("statements", ("statement_id", "first_quote_id"), "quotes", ("statement_id", "quote_id")),
    ("rejected", ("doc_id",), "documents", ("doc_id",)),
)


def _references(tables: Tables) -> Iterator[Fault]:
    """Every identifier that points to another table is there."""
    for name, columns, other, keys in _REFERENCES:
        known = {tuple(row[key] for key in keys) for row in tables[other]}
        for row in tables[name]:
            value = tuple(row[column] for column in columns)
            if value not in known:
                yield _fault(name, row, f"{', '.join(columns)} {value!r} is not in {other}")


def _main_targets(tables: Tables) -> Iterator[Fault]:
    """The target and stance of a quotation are those of its one main row in stances; without target, none."""
    shared = ("target", "target_id", "stance", "stance_score", "stance_confidence", "abstained")
    mains: dict[str, list[Row]] = {}
    for row in tables["stances"]:
        if row["main"]:
            mains.setdefault(row["quote_id"], []).append(row)
    for row in tables["quotes"]:
        found = mains.get(row["quote_id"], [])
        if len(found) > 1:
            yield _fault("quotes", row, f"{len(found)} rows of stances are its main one")
        expected = found[0] if found else dict.fromkeys(shared)
        for column in shared:
            if row[column] != expected[column]:
                yield _fault("quotes", row, f"{column} is {row[column]!r}, stances says {expected[column]!r}")


def _scores(tables: Tables) -> Iterator[Fault]:
    """Confidences and probabilities lie between 0 and 1, scores between -1 and 1, all with four decimals."""
    for name in ("quotes", "stances"):
        columns = [column.name for column in schema.table(name).columns if column.type == "float64"]
        for row in tables[name]:
            for column in columns:
                value, lowest = row[column], -1 if column == "stance_score" else 0
                if value is not None and not (lowest <= value <= 1 and round(value, 4) == value):
                    yield _fault(name, row, f"{column} is {value!r}")


def _dates(tables: Tables) -> Iterator[Fault]:
    """Days exist, agree with date_edtf and date_basis, and lie no later than the day of publication."""
    for row in tables["quotes"]:
        fault = date_fault(row["date"], row["date_edtf"], row["date_basis"], row["published"])
        if fault:
            yield _fault("quotes", row, fault)


def _one_place(tables: Tables) -> Iterator[Fault]:
    """No stretch of a document stands both in quotes and in rejected."""
    quoted = {(row["doc_id"], row["start"], row["end"]) for row in tables["quotes"]}
    for row in tables["rejected"]:
        if (row["doc_id"], row["start"], row["end"]) in quoted:
            yield _fault("rejected", row, "the same words stand in quotes")


def _gold(tables: Tables) -> Iterator[Fault]:
    """The gold of an invented document fits its text, and no invented document stands among the real ones."""
    real = {row["doc_id"] for row in tables["documents"]}
    for row in tables["challenge"]:
        if row["doc_id"] in real:
            yield _fault("challenge", row, "an invented document stands in documents")
        for number, entry in enumerate(row["gold"]):
            for message in _gold_faults(row, entry):
                yield _fault("challenge", row, f"gold[{number}]: {message}")


def _gold_faults(row: Row, entry: Row) -> Iterator[str]:
    if entry["doc_id"] != row["doc_id"]:
        yield f"doc_id is {entry['doc_id']!r}"
    for words, start, end in (
        ("quote_text", "quote_start", "quote_end"),
        ("speaker_text", "speaker_start", "speaker_end"),
    ):
        first, last = entry[start], entry[end]
        found = None if first is None or last is None else row["text"][first:last]
        if found != entry[words]:
            yield f"{words} is {entry[words]!r}, but the text has {found!r} at {first}:{last}"


def _fault(table: str, row: Row, message: str) -> Fault:
    return Fault(table, digest.row_id(row, schema.table(table).key), message)


CHECKS: dict[str, Callable[[Tables], Iterator[Fault]]] = {
    "schema": _fits_schema,
    "unique": _unique,
    "offsets": _offsets,
    "hashes": _hashes,
    "references": _references,
    "main targets": _main_targets,
    "scores": _scores,
    "dates": _dates,
    "one place": _one_place,
    "gold": _gold,
}
"""Every check by its name, in the order in which they run."""
