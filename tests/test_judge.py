"""Judge: what somebody said, of which kind, and what nobody said, with the reason."""

from __future__ import annotations

import pytest

from case_files import Case, expected, found, load


@pytest.mark.parametrize("case", load("judge"))
def test_case(case: Case) -> None:
    assert found(case) == expected(case)
