"""Decide: what people decided (see `ledgers`) put into the tables, before anything is counted from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from quotes import schema
from quotes.errors import ReleaseError
from quotes.release.collection import Collection
from quotes.release.ledgers import Decision, Ledgers

Row = dict[str, Any]
Tables = Mapping[str, Sequence[Mapping[str, Any]]]

CONFIRMED = "reviewed"
"""The field of a decision that confirms the whole row."""

FIELDS = (
    "kind", "speaker", "speaker_id", "speaker_type", "cue", "date", "date_edtf", "date_basis", "source",
    "source_id", "source_type", "target", "target_id", "stance",
)  # fmt: skip
"""Columns that a person may correct."""

_OF_TARGET = ("target", "target_id", "stance")
_OF_MODEL = ("stance_score", "stance_confidence", "abstained", "p_against", "p_neutral", "p_favour")
REVIEW = "review"
"""Stands as rule, and as model, where a person decided."""


def apply(tables: Tables, ledgers: Ledgers) -> dict[str, list[Row]]:
    """The tables ``quotes``, ``stances`` and ``rejected`` as people decided, the others as they are.

    A quotation whose ``kind`` became a reason (scare, title …) moves to ``rejected``. Raises ReleaseError that
    lists the decisions which no longer fit their row.
    """
    result = {name: [dict(row) for row in rows] for name, rows in tables.items()}
    quotes = {row["quote_id"]: row for row in result["quotes"]}
    mains = {row["quote_id"]: row for row in result["stances"] if row["main"]}
    misfits = []
    for decision in ledgers.review:
        identifier = ledgers.current(decision.id)
        row = quotes.get(identifier)
        fault = misfit(row, decision) if row is not None else "no such quotation is found any more"
        if fault or row is None:
            misfits.append(f"  {decision.id}, {decision.field}: {fault}")
            continue
        _decide(row, mains.get(identifier), decision)
    if misfits:
        advice = "Look at these rows again, and append a decision that fits (quotes review)"
        raise ReleaseError("decisions of data/ledger/review.jsonl do not fit:\n" + "\n".join(misfits) + f"\n{advice}")
    _move_rejected(result)
    _take_down(result, ledgers)
    return result


def without_taken(collections: Sequence[Collection], ledgers: Ledgers) -> list[Collection]:
    """The collections without the documents that were taken down."""
    gone = {entry.id for entry in ledgers.takedown}
    return [replace(one, rows=tuple(row for row in one.rows if row["doc_id"] not in gone)) for one in collections]


def hidden_documents(extracted: Tables, ledgers: Ledgers) -> frozenset[str]:
    """Documents that hold words of a quotation that was taken down; their text must not be printed either."""
    gone = {ledgers.current(entry.id) for entry in ledgers.takedown}
    return frozenset(row["doc_id"] for row in extracted["quotes"] if row["quote_id"] in gone)


def misfit(row: Mapping[str, Any], decision: Decision) -> str | None:
    """Why a decision does not fit a row, as a phrase; None where it does."""
    if decision.field == CONFIRMED:
        return None
    if decision.field not in FIELDS:
        return f"no column that a person may correct; those are {', '.join(FIELDS)}"
    value = row[decision.field]
    if value not in (decision.old, decision.new):
        return f"the value is {value!r} now, and was {decision.old!r} when it was decided"
    return _label_fault(decision)


def _label_fault(decision: Decision) -> str | None:
    column = next(column for column in schema.table("quotes").columns if column.name == decision.field)
    known = tuple(column.labels or ())
    if decision.field == "kind":
        known += _reasons()
    if known and decision.new is not None and decision.new not in known:
        return f"{decision.new!r} is none of {', '.join(known)}"
    if decision.new is None and not column.nullable:
        return f"{decision.field} may not be null"
    return None


def _reasons() -> tuple[str, ...]:
    return next(column.labels or () for column in schema.table("rejected").columns if column.name == "reason")


def _decide(row: Row, main: Row | None, decision: Decision) -> None:
    row["reviewed"] = True
    if decision.field == CONFIRMED or row[decision.field] == decision.new:
        return
    row[decision.field] = decision.new
    row["rule"] = f"{row['rule']} {decision.field}={REVIEW}"
    if decision.field not in _OF_TARGET:
        return
    for one in (row, main):
        if one is not None:
            one[decision.field] = decision.new
            if decision.field == "stance":
                one.update({name: None for name in _OF_MODEL if name in one})
    if main is not None and decision.field == "stance":
        main["model"] = REVIEW


def _move_rejected(tables: dict[str, list[Row]]) -> None:
    reasons = _reasons()
    moved = [row for row in tables["quotes"] if row["kind"] in reasons]
    gone = {row["quote_id"] for row in moved}
    for row in moved:
        kept = {name: row[name] for name in schema.columns("rejected") if name in row}
        tables["rejected"].append({**kept, "text": row["quote"], "reason": row["kind"], "rule": REVIEW})
    _remove(tables, gone)


def _remove(tables: dict[str, list[Row]], quote_ids: set[str]) -> None:
    for name in ("quotes", "stances"):
        tables[name] = [row for row in tables[name] if row["quote_id"] not in quote_ids]


def _take_down(tables: dict[str, list[Row]], ledgers: Ledgers) -> None:
    gone = {ledgers.current(entry.id) for entry in ledgers.takedown}
    tables["rejected"] = [row for row in tables["rejected"] if row["doc_id"] not in gone]
    _remove(tables, {row["quote_id"] for row in tables["quotes"] if gone & {row["quote_id"], row["doc_id"]}})
