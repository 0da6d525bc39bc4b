"""Diff: every kind of change is found, and demands its bump."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.release import digest
from quotes.release.diff import Content, compare

COLUMNS = (
    {"name": "id", "type": "string", "nullable": False},
    {"name": "kind", "type": "string", "nullable": True, "labels": ["direct", "mixed"]},
    {"name": "count", "type": "int64", "nullable": False, "derived": True},
)
ROWS = [{"id": "a", "kind": "direct", "count": 1}, {"id": "b", "kind": None, "count": 2}]
ROW_LISTS = st.lists(
    st.fixed_dictionaries(
        {"id": st.sampled_from("abcd"), "kind": st.sampled_from(["direct", None]), "count": st.integers(0, 2)}
    ),
    unique_by=lambda row: row["id"],
)


def table(rows=ROWS, columns=COLUMNS, key=("id",)):
    return Content(key=key, columns=tuple(columns), rows=rows)


def changed(position, **changes):
    return [{**column, **changes} if k == position else column for k, column in enumerate(COLUMNS)]


@pytest.mark.parametrize(
    ("new", "bump"),
    [
        (table(), "patch"),
        (table(ROWS[::-1]), "patch"),
        (table([*ROWS, {"id": "c", "kind": None, "count": 0}]), "minor"),
        (table([{**ROWS[0], "count": 5}, ROWS[1]]), "minor"),
        (table(columns=[*COLUMNS, {"name": "note", "type": "string", "nullable": True}]), "minor"),
        (table(columns=changed(1, labels=["direct", "mixed", "block"])), "minor"),
        (table(ROWS[:1]), "major"),
        (table([{**ROWS[0], "kind": "mixed"}, ROWS[1]]), "major"),
        (table([{**ROWS[0], "id": "c"}, ROWS[1]]), "major"),
        (table(columns=COLUMNS[:2]), "major"),
        (table(columns=[*COLUMNS, {"name": "note", "type": "string", "nullable": False}]), "major"),
        (table(columns=changed(1, labels=["mixed", "direct"])), "major"),
        (table(columns=changed(1, labels=["direct"])), "major"),
        (table(columns=changed(2, type="float64")), "major"),
        (table(columns=changed(0, nullable=True)), "major"),
        (table(key=("id", "kind")), "major"),
    ],
)
def test_each_change_demands_its_bump(new, bump):
    found = compare({"quotes": table()}, {"quotes": new})
    assert found.bump == bump
    assert (str(found) == "Every table says the same.") == (bump == "patch")


def test_tables_come_and_go():
    assert compare({}, {"quotes": table()}).bump == "minor"
    assert compare({"quotes": table()}, {}).bump == "major"


def test_the_heaviest_table_decides():
    old = {"quotes": table(), "stances": table()}
    new = {"quotes": table([*ROWS, {"id": "c", "kind": None, "count": 0}]), "stances": table(ROWS[:1])}
    assert compare(old, new).bump == "major"


def test_a_change_says_row_column_and_both_values():
    new = table([{**ROWS[0], "kind": "mixed"}, ROWS[1]])
    (found,) = compare({"quotes": table()}, {"quotes": new}).tables
    assert [tuple(change) for change in found.changed] == [("a", "kind", "direct", "mixed")]
    assert 'row a, `kind`: `"direct"` → `"mixed"`' in str(compare({"quotes": table()}, {"quotes": new}))


@given(ROW_LISTS, ROW_LISTS)
def test_the_way_back_undoes_the_way_there(old, new):
    there = compare({"t": table(old)}, {"t": table(new)})
    back = compare({"t": table(new)}, {"t": table(old)})
    same = digest.of_rows(old, ["id"]) == digest.of_rows(new, ["id"])
    assert len(there.tables) == len(back.tables) == (not same)
    for a, b in zip(there.tables, back.tables, strict=True):
        assert (a.added, a.removed) == (b.removed, b.added)
        assert {(c.row, c.column, c.old, c.new) for c in a.changed} == {
            (c.row, c.column, c.new, c.old) for c in b.changed
        }
