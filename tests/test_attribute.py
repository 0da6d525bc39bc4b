"""Attribute: whom the text names as the speaker, and by which cue; or nobody."""

from __future__ import annotations

import pytest

from case_files import Case, expected, found, load


@pytest.mark.parametrize("case", [*load("attribute"), *load("reports")])
def test_case(case: Case) -> None:
    assert found(case) == expected(case)
