"""What moved between two versions, as JSON Lines for programs and as a page for readers."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from quotes.release import digest
from quotes.release.diff import Change, Diff, TableDiff

SHOWN = 500
"""Rows and values of each kind that the page shows; the JSON Lines hold all of them."""


def changes(diff: Diff) -> Iterator[dict[str, Any]]:
    """Each thing that moved: ``table``, ``change`` (added, removed, changed, derived, schema), ``row``, ``column``,
    ``old``, ``new``.
    """
    for table in diff.tables:
        for phrase in (*table.schema_broken, *table.schema_added):
            yield _line(table, "schema", None, None, None, phrase)
        yield from (_line(table, "added", row, None, None, None) for row in table.added)
        yield from (_line(table, "removed", row, None, None, None) for row in table.removed)
        yield from (_line(table, "changed", *change) for change in table.changed)
        yield from (_line(table, "derived", *change) for change in table.derived)


def _line(table: TableDiff, change: str, row: str | None, column: str | None, old: Any, new: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"table": table.name, "change": change, "row": row, "column": column, "old": old, "new": new}


def lines(diff: Diff) -> str:
    """The changes as JSON Lines."""
    return "".join(json.dumps(change, ensure_ascii=False) + "\n" for change in changes(diff))


def page(diff: Diff, old: str, new: str) -> str:
    """The changes as a page that needs nothing but itself; every value is escaped."""
    parts = [_summary(diff)] + [_table(table) for table in diff.tables]
    template = files("quotes.release").joinpath("text", "diff.html").read_text(encoding="utf-8")
    title = html.escape(f"{old} → {new}")
    filled = template.replace("{{title}}", title).replace("{{bump}}", html.escape(diff.bump))
    return filled.replace("{{body}}", "\n".join(parts))


def _summary(diff: Diff) -> str:
    if not diff.tables:
        return "<p>Every table says the same.</p>"
    rows = [
        f"<tr><th scope=row><a href='#{html.escape(table.name)}'>{html.escape(table.name)}</a></th>"
        f"<td>{len(table.added):,}</td><td>{len(table.removed):,}</td><td>{len(table.changed):,}</td>"
        f"<td>{len(table.derived):,}</td><td>{len(table.schema_broken) + len(table.schema_added):,}</td></tr>"
        for table in diff.tables
    ]
    head = "".join(f"<th scope=col>{name}</th>" for name in ("table", "added", "gone", "changed", "counts", "schema"))
    return f"<table class=counts><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _table(table: TableDiff) -> str:
    parts = [f"<h2 id='{html.escape(table.name)}'>{html.escape(table.name)}</h2>"]
    parts += [f"<p>{html.escape(phrase)}</p>" for phrase in (*table.schema_broken, *table.schema_added)]
    for word, rows in (("added", table.added), ("gone", table.removed)):
        if rows:
            listed = "".join(f"<li><code>{html.escape(row)}</code></li>" for row in rows[:SHOWN])
            parts.append(_fold(f"{len(rows):,} rows {word}", f"<ul class={word}>{listed}</ul>", len(rows)))
    for word, values in (("values changed", table.changed), ("counts moved", table.derived)):
        if values:
            listed = "".join(_change(change) for change in values[:SHOWN])
            head = "<tr><th scope=col>row</th><th scope=col>column</th><th scope=col>was</th><th scope=col>is</th></tr>"
            body = f"<table class=values><thead>{head}</thead><tbody>{listed}</tbody></table>"
            parts.append(_fold(f"{len(values):,} {word}", body, len(values)))
    return f"<section>{''.join(parts)}</section>"


def _change(change: Change) -> str:
    was, now = (html.escape(digest.canonical({"": value})[4:-1]) for value in (change.old, change.new))
    row, column = html.escape(change.row), html.escape(change.column)
    return f"<tr><td><code>{row}</code></td><td>{column}</td><td class=was>{was}</td><td class=now>{now}</td></tr>"


def _fold(summary: str, body: str, count: int) -> str:
    more = f"<p>and {count - SHOWN:,} more, in changes.jsonl</p>" if count > SHOWN else ""
    opened = " open" if count <= 20 else ""
    return f"<details{opened}><summary>{html.escape(summary)}</summary>{body}{more}</details>"
