"""Clean: repaired readings of damaged texts, and the way back to the given characters."""

from __future__ import annotations

import pytest

from case_files import Case, expected, found, load


@pytest.mark.parametrize("case", load("clean"))
def test_case(case: Case) -> None:
    assert found(case) == expected(case)
