"""The figures that cards and datasheets show, as Markdown tables, counted from the published tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from quotes import schema
from quotes.release import markdown
from quotes.release.markdown import Raw
from quotes.release.tables import Tables

NONE = Raw("*none*")
SHOWN = 20


def counted(rows: Sequence[Mapping[str, object]], column: str) -> list[tuple[object, int]]:
    """How often each value of a column occurs, the most frequent first, nulls as *none*."""
    counts = Counter(row[column] for row in rows)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0] is not None, str(item[0])))
    return [(NONE if value is None else value, count) for value, count in ordered]


def of_tables(tables: Tables) -> str:
    """Rows and meaning of every table."""
    return markdown.table(
        ["table", "rows", "what a row is"],
        [[Raw(f"`{name}`"), len(rows), schema.table(name).definition] for name, rows in tables.items()],
    )


def of_column(tables: Tables, name: str, column: str, *, shown: int = SHOWN) -> str:
    """How often each value of one column of a table occurs, the ``shown`` most frequent ones."""
    rows = counted(tables[name], column)
    more = sum(count for _, count in rows[shown:])
    lines: list[tuple[object, int]] = rows[:shown]
    if more:
        lines = [*lines, (Raw(f"*{len(rows) - shown} others*"), more)]
    return markdown.table([column, "rows"], lines) if lines else "No row."


def of_gaps(tables: Tables, name: str) -> str:
    """How many rows of a table leave each column that may be null empty."""
    rows = tables[name]
    gaps = [
        [Raw(f"`{column.name}`"), sum(row[column.name] is None for row in rows), len(rows)]
        for column in schema.table(name).columns
        if column.nullable
    ]
    return markdown.table(["column", "null", "of rows"], gaps)


def of_columns(name: str) -> str:
    """The columns of a table: type, nullability and definition."""
    return markdown.table(
        ["column", "type", "may be null", "what it holds"],
        [
            [
                Raw(f"`{column.name}`"),
                Raw(_type(column)),
                "yes" if column.nullable else "no",
                column.definition,
            ]
            for column in schema.table(name).columns
        ],
    )


def of_phenomena(tables: Tables) -> str:
    """How many invented documents exercise each phenomenon."""
    counts = Counter(phenomenon for row in tables["challenge"] for phenomenon in row["phenomena"])
    return markdown.table(["phenomenon", "documents"], sorted(counts.items())) if counts else "No document."


def of_gold(tables: Tables) -> str:
    """How many passages of each kind the gold of the invented documents marks."""
    counts = Counter(entry["kind"] for row in tables["challenge"] for entry in row["gold"])
    return markdown.table(["gold kind", "passages"], sorted(counts.items())) if counts else "No passage."


def _type(column: schema.Column) -> str:
    if column.labels is None:
        return f"`{column.type}`"
    return "label: " + ", ".join(f"`{label}`" for label in column.labels)
