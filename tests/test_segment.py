"""Segment: paragraphs, sentences and datelines."""

from __future__ import annotations

import pytest

from case_files import Case, expected, found, load


@pytest.mark.parametrize("case", load("segment"))
def test_case(case: Case) -> None:
    assert found(case) == expected(case)
