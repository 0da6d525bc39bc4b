"""Weights that were damaged or exchanged are refused, whatever they would have said."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from quotes.errors import ModelError
from quotes.models import attribution

SHIPPED = Path(attribution.__file__).parent
FILES = {"features.txt", "weights.safetensors", "wording.safetensors", "pieces.txt"}


def test_the_record_states_the_checksums_of_what_is_shipped():
    assert set(json.loads((SHIPPED / "record.json").read_text())["sha256"]) == FILES
    attribution._check(SHIPPED)


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_changed_byte_is_found(tmp_path, name):
    folder = shutil.copytree(SHIPPED, tmp_path / "weights")
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    with pytest.raises(ModelError, match="damaged or exchanged"):
        attribution._check(folder)
