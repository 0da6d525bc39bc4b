"""The versions that this repository publishes hold, load, and are rebuilt by the pipeline as they are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from quotes import release, schema

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.skipif(not release.versions(ROOT), reason="no version is published yet")

LOAD = """
import sys
from datasets import load_dataset
folder, cache, *names = sys.argv[1:]
print(load_dataset(folder, split="train", cache_dir=cache).num_rows)
for name in names:
    print(load_dataset(folder, name, split="train", cache_dir=cache).num_rows)
    print(sum(1 for _ in load_dataset(folder, name, split="train", streaming=True, cache_dir=cache)))
"""


@pytest.fixture(scope="module")
def newest():
    return release.newest(ROOT)


def test_the_newest_version_is_what_the_raw_data_gives(newest):
    findings = release.verify(newest, root=ROOT)
    assert [str(finding) for finding in findings if finding.level == "fault"] == []


def test_every_table_of_the_newest_version_loads_in_a_fresh_process(newest, tmp_path, monkeypatch):
    for name, value in (("HF_HUB_OFFLINE", "1"), ("HF_HOME", str(tmp_path))):
        monkeypatch.setenv(name, value)
    counts = {name: len(release.read_table(newest, name)) for name in schema.NAMES}
    names = [name for name in schema.NAMES if counts[name]]
    command = [sys.executable, "-c", LOAD, str(newest), str(tmp_path / "datasets"), *names]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    assert [int(count) for count in printed] == [
        counts["quotes"],
        *(counts[name] for name in names for _ in range(2)),
    ]


def test_no_invented_document_stands_among_the_real_ones(newest):
    invented = {row["doc_id"] for row in release.read_table(newest, "challenge")}
    for name in schema.NAMES:
        if name != "challenge":
            assert not invented & {row.get("doc_id") for row in release.read_table(newest, name)}
