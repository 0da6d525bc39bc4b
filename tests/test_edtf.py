"""Days known in part: what is a date, what a calendar has, and how far a day may be moved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.edtf import UNKNOWN, Day, full, is_day, is_valid, moved, parse, text

VALID = [
    "2025-05-09", "2025-05", "2025", "XXXX-05-09", "2025-04-2X", "2025-04-XX", "202X", "XXXX-02-29", "2024-02-29",
    "2025-05-05/2025-05-09", "../2025-05-09", "2025-05/..", "2024/2025",
]  # fmt: skip
INVALID = [
    "", "..", "../..", "May 9", "2025-5-9", "2025-13", "2025-02-30", "2025-02-29", "XXXX-02-30", "2025-04-4X",
    "2025-00", "2025-05-09/2025-05-05", "2025-05-09/", "2025-05-09T10:00", "0000", "٢٠٢٥",
]  # fmt: skip


@pytest.mark.parametrize("edtf", VALID)
def test_valid(edtf: str) -> None:
    assert is_valid(edtf)


@pytest.mark.parametrize("edtf", INVALID)
def test_invalid(edtf: str) -> None:
    assert not is_valid(edtf)


@pytest.mark.parametrize(
    ("edtf", "day"),
    [
        ("2025-05-09", Day(2025, 5, 9)),
        ("2025-05", Day(2025, 5, None)),
        ("2025", Day(2025, None, None)),
        ("2025-02-30", UNKNOWN),
        ("0000-01-01", UNKNOWN),
        ("XXXX-05-09", UNKNOWN),
        ("yesterday", UNKNOWN),
        ("", UNKNOWN),
        (None, UNKNOWN),
    ],
)
def test_parse(edtf: str | None, day: Day) -> None:
    assert parse(edtf) == day


@pytest.mark.parametrize(
    ("day", "days", "there"),
    [
        (Day(2024, 3, 1), -1, Day(2024, 2, 29)),
        (Day(2023, 12, 31), 1, Day(2024, 1, 1)),
        (Day(None, 6, 7), -1, Day(None, 6, 6)),
        (Day(None, 6, 1), -1, Day(None, 5, 31)),
        (Day(None, 3, 1), -1, UNKNOWN),
        (Day(None, 1, 1), -1, UNKNOWN),
        (Day(2024, 3, None), -1, UNKNOWN),
        (Day(1, 1, 1), -1, UNKNOWN),
        (Day(9999, 12, 31), 1, UNKNOWN),
    ],
)
def test_moved(day: Day, days: int, there: Day) -> None:
    assert moved(day, days) == there


def test_february_of_an_unknown_year_has_29_days() -> None:
    assert is_day(None, 2, 29)
    assert not is_day(None, 2, 30)
    assert not is_day(2025, 2, 29)


DAYS = st.dates().map(lambda day: Day(day.year, day.month, day.day))


@given(DAYS, st.integers(-800, 800))
def test_moving_is_counting_days(day: Day, days: int) -> None:
    there = full(moved(day, days))
    start = full(day)
    assert start is not None
    assert there is None or (there - start).days == days


@given(DAYS, st.sampled_from(["year", "month", "day", "no year"]))
def test_what_is_written_is_valid_and_read_again(day: Day, known: str) -> None:
    part = {
        "year": Day(day.year, None, None),
        "month": Day(day.year, day.month, None),
        "day": day,
        "no year": Day(None, day.month, day.day),
    }[known]
    edtf = text(part)
    assert edtf is not None
    assert is_valid(edtf)
    assert known == "no year" or parse(edtf) == part


@given(st.text(st.sampled_from("0123456789X-/."), max_size=22))
def test_any_string_is_judged(edtf: str) -> None:
    assert is_valid(edtf) in (True, False)
    if parse(edtf) != UNKNOWN:
        assert is_valid(edtf)
