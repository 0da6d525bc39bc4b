"""Work grows linearly with the length of a text.

It is counted in lines of the program that run. What one call of a regular expression does shows in no line:
there the processor time of a longer text is held against that of a shorter one.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import process_time
from types import FrameType
from typing import Any

import pytest

from case_files import CASES, registry
from quotes.pipeline import extract_document
from quotes.records import Document

LENGTH = 600
TIMES = 4
SLACK = 1.25
"""Four times the text is four times the work; a quarter more is for what only long texts have."""

UNITS = json.loads((CASES / "growth.json").read_text(encoding="utf-8"))
"""What the texts are made of: repeated sentences, marks, and characters that expressions trip over."""


def extract(text: str) -> None:
    extract_document(Document("document", text), registry())


@contextmanager
def counting_lines() -> Iterator[Callable[[], int]]:
    """Counts the lines that run inside the package."""
    lines = 0

    def count(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal lines
        if event == "line":
            lines += 1
        elif event == "call" and "quotes" not in frame.f_code.co_filename:
            return None
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        yield lambda: lines
    finally:
        sys.settrace(before)


def lines_of(text: str) -> int:
    with counting_lines() as lines:
        extract(text)
        return lines()


def seconds_of(text: str) -> float:
    """The shortest of three runs: what else the machine does adds time and takes none away."""
    seconds = []
    for _ in range(3):
        start = process_time()
        extract(text)
        seconds.append(process_time() - start)
    return min(seconds)


def parameters(units: Sequence[str], known: Mapping[str, str]) -> list[Any]:
    """A parameter for each unit; ``known`` are those on which work grows faster, and why: strict xfails."""
    return [
        pytest.param(unit, id=ascii(unit), marks=pytest.mark.xfail(reason=known[unit], strict=True))
        if unit in known
        else pytest.param(unit, id=ascii(unit))
        for unit in units
    ]


@pytest.mark.parametrize(
    "unit", parameters([*UNITS["sentences"], *UNITS["marks"], *UNITS["characters"]], UNITS["known"]["lines"])
)
def test_work_grows_linearly(unit: str) -> None:
    short = unit * (LENGTH // len(unit))
    extract(short)
    work, more = lines_of(short), lines_of(short * TIMES)
    assert more <= TIMES * SLACK * work


@pytest.mark.parametrize(
    "unit", parameters([*UNITS["characters"], "'a' ", "‘", "He said:\n"], UNITS["known"]["seconds"])
)
def test_no_expression_goes_back_over_what_it_read(unit: str) -> None:
    short = unit * (4 * LENGTH // len(unit))
    extract(short)
    work, more = seconds_of(short), seconds_of(short * TIMES)
    # A tenth of a second forgives the clock where there is next to nothing to do; going back costs far more.
    assert more <= 2 * TIMES * work + 0.1
