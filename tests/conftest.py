"""What several test files need."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent

WriteLines = Callable[[str, Iterable[Mapping[str, Any] | str]], Path]


@pytest.fixture
def write_lines(tmp_path: Path) -> WriteLines:
    """Writes objects, or lines as they are, to a file of the test's own folder."""

    def write(name: str, rows: Iterable[Mapping[str, Any] | str]) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
        path.write_bytes("".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass"))
        return path

    return write


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The development data beside the repository; tests that read it are skipped where it is not."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the development data is not here")
    return folder
