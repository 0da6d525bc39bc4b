"""Pictures: what is counted, and files that are pictures and the same every time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from quotes import plots
from quotes.cli.app import app


def quote(number: int, speaker: str | None, day: str | None, statement: str | None = None) -> dict:
    return {
        "quote_id": f"q{number}",
        "doc_id": "d",
        "speaker": speaker,
        "date": day,
        "published": "2031-05",
        "statement_id": statement or f"s{number}",
    }


def toward(number: int, target: str, score: float | None, *, abstained: bool | None = False) -> dict:
    label = None if score is None else "favour" if score > 0.3 else "against" if score < -0.3 else "neutral"
    return {
        "quote_id": f"q{number}",
        "doc_id": "d",
        "target": target,
        "target_start": 3,
        "stance": label,
        "stance_score": score,
        "abstained": abstained,
    }


QUOTES = [
    quote(1, "Aldo Brenn", "2031-01-05"),
    quote(2, "Aldo Brenn", "2031-03-09"),
    quote(3, "Mira Tesk", None),
    quote(4, None, "2031-01-05"),
    quote(5, "Aldo Brenn", "2031-01-06", "s1"),
    quote(6, "Mira Tesk", "2031-02-01"),
]
STANCES = [
    toward(1, "Norvania", 0.8),
    toward(1, "Estova $1", -0.9),
    toward(2, "Norvania", 0.4),
    toward(3, "Norvania", -0.6),
    toward(4, "Norvania", 0.9),
    toward(5, "Norvania", 0.8),
    toward(6, "Estova $1", 0.1, abstained=True),
    toward(6, "Norvania", None, abstained=None),
]


def test_a_statement_counts_once_however_often_it_is_printed() -> None:
    found = plots.matrix(plots.opinions(QUOTES, STANCES))
    assert found.speakers == ("Aldo Brenn", "Mira Tesk")
    assert found.targets == ("Norvania", "Estova $1")
    assert found.cells["Aldo Brenn", "Norvania"].count == 2
    assert found.cells["Aldo Brenn", "Norvania"].score == pytest.approx(0.6)
    assert ("Mira Tesk", "Estova $1") not in found.cells


def test_guesses_are_counted_only_when_asked_for() -> None:
    found = plots.matrix(plots.opinions(QUOTES, STANCES, guesses=True))
    assert found.cells["Mira Tesk", "Estova $1"].count == 1


def test_a_month_stands_for_its_middle_and_the_day_of_print_for_that_of_speech() -> None:
    lines = plots.series(plots.opinions(QUOTES, STANCES))
    assert [(one.speaker, one.target, len(one.points)) for one in lines] == [
        ("Aldo Brenn", "Norvania", 2),
        ("Aldo Brenn", "Estova $1", 1),
        ("Mira Tesk", "Norvania", 1),
    ]
    assert lines[2].points[0].day == date(2031, 5, 15)
    assert [mean for _, mean in lines[0].means] == [0.8, 0.4]


def test_the_most_spoken_of_come_first_and_no_more_than_asked_for() -> None:
    found = plots.opinions(QUOTES, STANCES, guesses=True)
    assert len(plots.series(found, 1)) == 1
    assert plots.matrix(found, 1).targets == ("Norvania",)


@pytest.fixture
def release(tmp_path: Path) -> Path:
    folder = tmp_path / "release"
    folder.mkdir()
    pq.write_table(pa.Table.from_pylist(QUOTES), folder / "quotes.parquet")
    pq.write_table(pa.Table.from_pylist(STANCES), folder / "stances.parquet")
    return folder


@pytest.mark.parametrize(("kind", "magic"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")])
def test_the_same_tables_give_the_same_pictures(release: Path, tmp_path: Path, kind: str, magic: bytes) -> None:
    made = []
    for out in ("one", "two"):
        done = CliRunner().invoke(app, ["plot", str(release), "-o", str(tmp_path / out), "--format", kind])
        assert done.exit_code == 0, done.output
        made.append({path.name: path.read_bytes() for path in (tmp_path / out).iterdir()})
    assert set(made[0]) == {f"stance_over_time.{kind}", f"who_toward_whom.{kind}"}
    assert made[0] == made[1]
    assert all(content.startswith(magic) for content in made[0].values())


def test_nothing_to_draw_and_nothing_written(release: Path, tmp_path: Path) -> None:
    pq.write_table(pa.Table.from_pylist(STANCES[-1:]), release / "stances.parquet")
    done = CliRunner().invoke(app, ["plot", str(release), "-o", str(tmp_path / "out")])
    assert done.exit_code == 2
    assert "nothing to draw" in " ".join(done.output.split())
    assert not (tmp_path / "out").exists()


def test_a_folder_without_tables(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["plot", str(tmp_path), "-o", str(tmp_path / "out")])
    assert done.exit_code == 2
    assert "quotes.parquet" in " ".join(done.output.split())
