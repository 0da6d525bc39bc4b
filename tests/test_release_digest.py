"""The logical digest depends on what the rows say, and on nothing else."""

from __future__ import annotations

import copy

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quotes.release import digest

VALUES = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
)
ROWS = st.lists(
    st.fixed_dictionaries({"id": st.text(max_size=4), "value": VALUES, "list": st.lists(VALUES, max_size=2)}),
    max_size=5,
    unique_by=lambda row: row["id"],
)


@given(ROWS, st.randoms())
def test_the_digest_does_not_depend_on_the_order_of_rows_or_columns(rows, random):
    shuffled = [dict(random.sample(list(row.items()), len(row))) for row in random.sample(rows, len(rows))]
    assert digest.of_rows(shuffled, ["id"]) == digest.of_rows(rows, ["id"])


@given(ROWS.filter(len), st.data())
def test_another_value_gives_another_digest(rows, data):
    changed = copy.deepcopy(rows)
    row = data.draw(st.sampled_from(changed))
    value = data.draw(VALUES)
    assume(digest.canonical({"": value}) != digest.canonical({"": row["value"]}))
    row["value"] = value
    assert digest.of_rows(changed, ["id"]) != digest.of_rows(rows, ["id"])


@given(ROWS.filter(len))
def test_a_row_less_gives_another_digest(rows):
    assert digest.of_rows(rows[1:], ["id"]) != digest.of_rows(rows, ["id"])


def test_minus_zero_is_zero():
    assert digest.canonical({"score": -0.0, "list": [-0.0]}) == digest.canonical(
        {"score": 0.0, "list": [0.0]}
    )


def test_rows_may_lack_an_identifier():
    rows = [{"id": "a", "name": "A"}, {"id": None, "name": "B"}, {"id": None, "name": "A"}]
    assert digest.of_rows(rows, ["id", "name"]) == digest.of_rows(rows[::-1], ["id", "name"])


@pytest.mark.parametrize("change", ["content", "name", "more"])
def test_a_tree_is_its_names_and_contents(tmp_path, change):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.py").write_text("1")
    before = digest.of_tree(tmp_path, leave_out=[".safetensors"])
    (tmp_path / "a" / "__pycache__").mkdir()
    (tmp_path / "a" / "__pycache__" / "one.pyc").write_text("compiled")
    (tmp_path / "weights.safetensors").write_text("weights")
    assert digest.of_tree(tmp_path, leave_out=[".safetensors"]) == before
    if change == "content":
        (tmp_path / "a" / "one.py").write_text("2")
    elif change == "name":
        (tmp_path / "a" / "one.py").rename(tmp_path / "one.py")
    else:
        (tmp_path / "two.py").touch()
    assert digest.of_tree(tmp_path, leave_out=[".safetensors"]) != before
