"""What the person at the terminal is told: how far the work is, how long it will take, what was slow."""

from __future__ import annotations

import io
from collections import Counter

import pytest
from rich.console import Console

from quotes.cli import gather, terminal
from quotes.readers import Found
from quotes.shards.whole import Built


@pytest.fixture
def clock(monkeypatch):
    """Seconds that pass as they are told to."""
    now = [0.0]
    monkeypatch.setattr(terminal.time, "monotonic", lambda: now[0])
    return now


def test_lines_of_progress_tell_rate_and_time_left(clock, capsys):
    lines = terminal._Lines()
    for seconds, done in ((1, 0), (31, 3_000), (91, 9_000), (92, 9_100), (151, 15_000)):
        clock[0] = float(seconds)
        lines("extracting", done, 30_000)
    assert capsys.readouterr().err.splitlines() == [
        "extracting: 9,000 of 30,000 (100/s, 4 min left)",
        "extracting: 15,000 of 30,000 (100/s, 2 min left)",
    ]


def test_what_is_done_at_once_or_stands_still_is_no_fault(clock, capsys):
    lines = terminal._Lines()
    for seconds in (0, 0, 61, 62):
        clock[0] = float(seconds)
        lines("linking statements", 0, 0)
    assert capsys.readouterr().err.splitlines() == ["linking statements: 0 of 0 (0/s)"]


def test_a_terminal_shows_a_bar_with_rate_and_time_left(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")  # at a terminal that can do nothing no bar is drawn
    shown = io.StringIO()
    console = Console(file=shown, force_terminal=True, width=100)
    monkeypatch.setattr(terminal, "_console", lambda: console)
    with terminal.progress() as advance:
        for done in (0, 50, 100):
            advance("extracting", done, 200)
    assert "extracting" in shown.getvalue()
    assert "100/200" in shown.getvalue()
    assert "/s" in shown.getvalue()
    assert any(left in shown.getvalue() for left in ("0:00:0", "-:--:--"))


def test_slow_documents_are_told_and_quick_ones_are_not(capsys):
    built = Built(count=3, documents=3, kinds=Counter(direct=2), slowest=[(7.25, "long", 400_000), (0.2, "short", 90)])
    gather.sum_up(built, Found((), ()), "out")
    said = capsys.readouterr().err.splitlines()
    assert said[-1] == "slow documents: long (7.2 s, 400,000 characters)"
    gather.sum_up(Built(count=1, documents=1, slowest=[(0.2, "short", 90)]), Found((), ()), "out")
    assert "slow" not in capsys.readouterr().err
