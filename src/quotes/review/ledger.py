"""Answers into the ledger, where they fit their rows and each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotes.errors import UsageError
from quotes.release import ledgers
from quotes.release.decide import misfit
from quotes.release.ledgers import Decision, Takedown
from quotes.review.answers import UNCLEAR, Answer


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of answers: decisions appended, those that stood there already, and why others were left out."""

    appended: tuple[Decision, ...]
    known: int
    unclear: int
    refused: tuple[str, ...]


def record(folder: Path, answers: Sequence[Answer], rows: Sequence[Mapping[str, Any]]) -> Imported:
    """Append the answers about these rows of quotes to the ledger ``review`` in ``folder``.

    An answer is refused where its row is gone or has another value than was judged, and where two people gave
    different answers: they decide together first, and one answer is given.
    """
    by_id = {row["quote_id"]: row for row in rows}
    held = ledgers.read(folder)
    standing = {(one.id, one.field, one.new) for one in held.review}
    told: dict[tuple[str, str], set[Any]] = {}
    for answer in answers:
        if answer.verdict != UNCLEAR:
            told.setdefault((answer.id, answer.field), set()).add(answer.new)
    appended: list[Decision] = []
    refused: list[str] = []
    known = unclear = 0
    for answer in answers:
        decision = Decision(answer.id, answer.field, answer.old, answer.new, answer.who, answer.when, answer.why)
        fault = _fault(decision, by_id.get(held.current(answer.id)), told.get((answer.id, answer.field), set()))
        if answer.verdict == UNCLEAR:
            unclear += 1
        elif (answer.id, answer.field, answer.new) in standing:
            known += 1
        elif fault:
            refused.append(f"{answer.id}, {answer.field}, by {answer.who}: {fault}")
        else:
            standing.add((answer.id, answer.field, answer.new))
            appended.append(decision)
    if appended:
        ledgers.append(folder, "review", appended)
    return Imported(tuple(appended), known, unclear, tuple(refused))


def _fault(decision: Decision, row: Mapping[str, Any] | None, told: set[Any]) -> str | None:
    if row is None:
        return "the version holds no such quotation"
    if len(told) > 1:
        return f"people disagree: {', '.join(sorted(repr(value) for value in told))}"
    return misfit(row, decision)


def take_down(folder: Path, row: Mapping[str, Any], identifier: str, *, reason: str, when: str) -> Takedown:
    """Append a quotation or document to the ledger ``takedown``; it leaves the dataset with the next version.

    Raises UsageError where it stands there already, or no reason is given.
    """
    if not reason.strip():
        raise UsageError("a takedown needs a reason, which every later version tells")
    if any(entry.id == identifier for entry in ledgers.read(folder).takedown):
        raise UsageError(f"{identifier} stands in the ledger already")
    entry = Takedown(identifier, reason, when, ledgers.row_sha256(row))
    ledgers.append(folder, "takedown", [entry])
    return entry
