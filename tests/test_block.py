"""Block: statements printed without marks, and what only looks like one."""

from __future__ import annotations

import pytest

from case_files import Case, expected, found, load


@pytest.mark.parametrize("case", load("block"))
def test_case(case: Case) -> None:
    assert found(case) == expected(case)
