"""Mark: the words between quotation marks of every style, well set or badly."""

from __future__ import annotations

import pytest

from case_files import Case, expected, found, load


@pytest.mark.parametrize("case", load("mark"))
def test_case(case: Case) -> None:
    assert found(case) == expected(case)
