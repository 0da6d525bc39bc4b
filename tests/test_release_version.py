"""Versions are ordered by their numbers, and raised by the weight of a change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import ReleaseError
from quotes.release import version
from quotes.release.version import Version

NUMBERS = st.builds(Version, *[st.integers(0, 10**6)] * 3)


@given(NUMBERS)
def test_a_version_reads_as_it_is_written(number):
    assert version.parse(str(number)) == number


@given(NUMBERS, st.sampled_from(["patch", "minor", "major"]))
def test_every_bump_is_higher_and_heavier_ones_are_no_lower(number, bump):
    assert number < number.after("patch") <= number.after(bump) <= number.after("major")


def test_ten_comes_after_nine(tmp_path):
    for name in ("0.10.0", "0.9.0", "0.9.1", "notes", ".0.11.0.partial"):
        (tmp_path / name).mkdir()
    assert [str(number) for number in version.published(tmp_path)] == ["0.9.0", "0.9.1", "0.10.0"]
    assert str(version.newest_before(tmp_path, version.parse("0.10.0"))) == "0.9.1"
    assert version.newest_before(tmp_path, version.parse("0.9.0")) is None


@pytest.mark.parametrize(
    "text", ["1.0", "v1.0.0", "1.0.0-rc1", "01.0.0", "1.0.0\n", "", "١.٠.٠", "1.0.0/../2.0.0"]
)
def test_what_is_no_version_is_refused(text):
    with pytest.raises(ReleaseError, match=r"for example 0\.1\.0"):
        version.parse(text)
