"""The regeneration script: the published version comes out again, and a changed one is told."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT
from quotes import release


@pytest.fixture
def copy(tmp_path) -> Path:
    """What the script needs of the repository, for the test to spoil."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "regenerate.py", tmp_path / "scripts")
    shutil.copy(ROOT / "requirements.lock", tmp_path)
    return tmp_path


def regenerate(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, root / "scripts" / "regenerate.py", *arguments],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"COLUMNS": "200", "NO_COLOR": "1"},
        check=False,
    )


def test_the_newest_version_comes_out_as_published(copy):
    newest = release.newest(copy)
    done = regenerate(copy)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Version {newest.name}, rebuilt, equals the published one." in done.stdout
    assert f'load_dataset("data/processed/{newest.name}")' in done.stdout
    for row in [row for row in release.read_table(newest, "quotes") if row["quote"]][:3]:
        assert row["quote"][:20] in done.stdout
    for column in ("speaker", "source", "stance"):
        assert f"quotations  {column}" in done.stdout


def test_a_raw_document_that_changed_is_told(copy):
    [raw, *_] = sorted((copy / "data" / "raw").glob("*.jsonl"))
    raw.write_bytes(raw.read_bytes().replace(b" said ", b" claimed ", 1))
    done = regenerate(copy)
    assert done.returncode != 0
    assert raw.name in done.stdout
    assert "equals" not in done.stdout


def test_a_version_that_does_not_exist_is_wrong_use(copy):
    done = regenerate(copy, "9.9.9")
    assert done.returncode == 2
    assert "9.9.9" in done.stdout
