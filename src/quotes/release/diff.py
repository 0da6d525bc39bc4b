"""Diff: what moved between two versions, and which bump of the version number that demands.

*patch*: every table says what it said. *minor*: only additions: rows, nullable columns, tables, labels at
the end of their list. *major*: a value, identifier, type, label or row changed or is gone. Values that are
counted from other tables (``derived`` in the schema) move whenever rows are added, and count as an addition.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from quotes.release import digest
from quotes.release.version import Bump

Row = Mapping[str, Any]


WITHDRAWN = "(withdrawn)"
"""Stands for words that a version no longer prints."""


@dataclass(frozen=True, slots=True)
class Content:
    """A table of one version: its entry in that version's schema (key, columns) and its rows."""

    key: tuple[str, ...]
    columns: tuple[Mapping[str, Any], ...]
    rows: Sequence[Row]


class Change(NamedTuple):
    """One value that moved: the row's key, the column, both values."""

    row: str
    column: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class TableDiff:
    """What moved in one table: keys of rows, values, and phrases about its schema."""

    name: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[Change, ...] = ()
    derived: tuple[Change, ...] = ()
    schema_added: tuple[str, ...] = ()
    schema_broken: tuple[str, ...] = ()

    @property
    def bump(self) -> Bump:
        """The lowest bump that this table allows."""
        if self.removed or self.changed or self.schema_broken:
            return "major"
        return "minor" if self.added or self.derived or self.schema_added else "patch"


@dataclass(frozen=True, slots=True)
class Diff:
    """What moved between two versions, table by table; tables that say the same are left out."""

    tables: tuple[TableDiff, ...]

    @property
    def bump(self) -> Bump:
        """The lowest bump that all tables allow."""
        bumps = {table.bump for table in self.tables}
        return "major" if "major" in bumps else "minor" if "minor" in bumps else "patch"

    def __str__(self) -> str:
        lines = [line for table in self.tables for line in report(table)]
        return "\n".join(lines) or "Every table says the same."


def compare(old: Mapping[str, Content], new: Mapping[str, Content]) -> Diff:
    """What moved from ``old`` to ``new``."""
    tables = []
    for name in (*old, *(name for name in new if name not in old)):
        if name not in new:
            tables.append(TableDiff(name, schema_broken=("the table is gone",)))
        elif name not in old:
            added = tuple(digest.row_id(row, new[name].key) for row in new[name].rows)
            tables.append(TableDiff(name, added=added, schema_added=("the table is new",)))
        else:
            tables.append(_compare_table(name, old[name], new[name]))
    return Diff(tuple(table for table in tables if table != TableDiff(table.name)))


def without_withdrawn(diff: Diff, words: Collection[str]) -> Diff:
    """The same, but words that were withdrawn (a column of ``words`` that is null now) are not said once more."""

    def told(change: Change) -> Change:
        gone = change.column in words and change.new is None and change.old is not None
        return change._replace(old=WITHDRAWN) if gone else change

    return Diff(
        tuple(
            replace(table, changed=tuple(map(told, table.changed)), derived=tuple(map(told, table.derived)))
            for table in diff.tables
        )
    )


def _compare_table(name: str, old: Content, new: Content) -> TableDiff:
    added_columns, broken = _compare_columns(old, new)
    if old.key != new.key:
        return TableDiff(name, schema_broken=(f"the key was {', '.join(old.key)}", *broken))
    before = {digest.row_id(row, old.key): row for row in old.rows}
    after = {digest.row_id(row, new.key): row for row in new.rows}
    derived = {column["name"] for column in new.columns if column.get("derived")}
    changes = [
        Change(identity, column, row[column], after[identity][column])
        for identity, row in before.items()
        if identity in after
        for column in row
        if column in after[identity] and _differ(row[column], after[identity][column])
    ]
    return TableDiff(
        name,
        added=tuple(sorted(after.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(change for change in changes if change.column not in derived),
        derived=tuple(change for change in changes if change.column in derived),
        schema_added=tuple(added_columns),
        schema_broken=tuple(broken),
    )


def _differ(old: object, new: object) -> bool:
    return digest.canonical({"": old}) != digest.canonical({"": new})


def _compare_columns(old: Content, new: Content) -> tuple[list[str], list[str]]:
    before = {column["name"]: column for column in old.columns}
    after = {column["name"]: column for column in new.columns}
    added: list[str] = []
    broken = [f"column {name} is gone" for name in before if name not in after]
    for name, column in after.items():
        if name not in before:
            (added if column["nullable"] else broken).append(f"column {name} is new")
            continue
        a, b = _compare_column(before[name], column)
        added, broken = added + a, broken + b
    return added, broken


def _compare_column(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    name = new["name"]
    added: list[str] = []
    broken: list[str] = []
    if old["type"] != new["type"] or old.get("fields") != new.get("fields"):
        broken.append(f"column {name} has another type")
    if new["nullable"] and not old["nullable"]:
        broken.append(f"column {name} may be null now")
    labels, was = list(new.get("labels") or []), list(old.get("labels") or [])
    if labels[: len(was)] != was:
        broken.append(f"the labels of column {name} were {', '.join(was)}")
    elif len(labels) > len(was):
        added.append(f"column {name} knows the new labels {', '.join(labels[len(was) :])}")
    return added, broken


def report(table: TableDiff, *, shown: int = 20) -> list[str]:
    """What moved in a table, as lines of a Markdown list, each kind of change ``shown`` times at most."""
    lines = [f"`{table.name}`: {phrase}" for phrase in (*table.schema_broken, *table.schema_added)]
    for word, rows in (("added", table.added), ("gone", table.removed)):
        if rows:
            lines.append(f"`{table.name}`: {len(rows)} rows {word} ({_some(rows, shown)})")
    for what, changes in (("values changed", table.changed), ("counts moved", table.derived)):
        if changes:
            lines.append(f"`{table.name}`: {len(changes)} {what}")
            lines += [
                f"  - row {change.row}, `{change.column}`: {_code(change.old)} → {_code(change.new)}"
                for change in changes[:shown]
            ]
            lines += [f"  - and {len(changes) - shown} more"] if len(changes) > shown else []
    return [line if line.startswith("  ") else f"- {line}" for line in lines]


def _some(rows: Sequence[str], shown: int) -> str:
    more = f" and {len(rows) - shown} more" if len(rows) > shown else ""
    return ", ".join(rows[:shown]) + more


def _code(value: object) -> str:
    words = digest.canonical({"": value})[4:-1]
    cut = words if len(words) <= 80 else f"{words[:80]}…"
    return "`" + cut.replace("`", "'") + "`"
