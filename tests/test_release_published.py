"""The versions that this repository publishes hold, load, and are rebuilt by the pipeline as they are."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from pathlib import Path

import pytest

from quotes import release, schema
from quotes.release import digest, ledgers, manifest
from quotes.release.verify_files import check_files

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
    assert [str(finding) for finding in findings if finding.level != "note"] == []


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


FROZEN = ROOT / "tests" / "cases" / "frozen_ids.json"


@pytest.mark.parametrize("number", release.versions(ROOT))
def test_identifiers_of_the_first_version_never_change(number):
    frozen = json.loads(FROZEN.read_text(encoding="utf-8"))
    assert 20 < sum(len(ids) for ids in frozen["ids"].values()) <= 100
    taken_down = {entry.id for entry in ledgers.read(ROOT / "data" / "ledger").takedown}
    folder = ROOT / "data" / "processed" / number
    for name, key in (
        ("quotes", "quote_id"), ("statements", "statement_id"), ("documents", "doc_id"), ("challenge", "doc_id"),
    ):  # fmt: skip
        held = {row[key] for row in release.read_table(folder, name)}
        assert set(frozen["ids"][name]) - taken_down <= held


@pytest.mark.parametrize("number", release.versions(ROOT))
def test_every_version_holds_what_its_digests_say(number):
    """The files of every version, whatever code is here; that the newest is rebuilt as it is, is tested above."""
    folder = ROOT / "data" / "processed" / number
    assert [str(finding) for finding in check_files(folder) if finding.level == "fault"] == []


def test_each_version_is_linked_to_the_one_before():
    numbers = release.versions(ROOT)
    for older, newer in itertools.pairwise(numbers):
        before = manifest.read(ROOT / "data" / "processed" / newer)["previous"]
        assert before["version"] == older
        assert before["manifest_sha256"] == digest.of_file(ROOT / "data" / "processed" / older / "manifest.json")


def test_the_rows_of_a_collection_are_a_configuration(newest, tmp_path, monkeypatch):
    """Batch and streaming, from the folder of the version and from the folder of all versions."""
    views = [one["name"] for one in manifest.read(newest)["tables"] if one.get("table", one["name"]) != one["name"]]
    if not views:
        pytest.skip("this version has one collection")
    for name, value in (("HF_HUB_OFFLINE", "1"), ("HF_HOME", str(tmp_path))):
        monkeypatch.setenv(name, value)
    counts = [len(release.read_table(newest, name)) for name in views]
    for folder in (newest, newest.parent):
        command = [sys.executable, "-c", LOAD, str(folder), str(tmp_path / "datasets"), *views]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        assert [int(count) for count in printed[1:]] == [count for count in counts for _ in range(2)]
