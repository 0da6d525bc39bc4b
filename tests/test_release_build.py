"""Build: a version appears whole, the same each time, and only where it may."""

from __future__ import annotations

import hashlib
import json
import os
import random
import socket
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml

import release_case
from quotes import release, schema
from quotes.errors import ReleaseError
from quotes.release import writer
from release_case import REAL, LengthScorer, Marks, write_collection, write_repository

THIRD = {**REAL[1], "doc_id": "norvania-3", "text": "“Rain is coming,” said Mira Tolk."}


def build(layout, version="0.1.0", **options):
    options = {"date": "2031-06-02", "scorer": LengthScorer(), "extraction": Marks(), **options}
    return release.build(layout.root, version=version, **options)


def snapshot(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_version_holds_every_file_and_their_sums(tmp_path):
    made = build(write_repository(tmp_path))
    files = snapshot(made.folder)
    assert set(files) == {f"{name}.parquet" for name in schema.NAMES} | {
        "README.md", "CHANGELOG.md", "CITATION.cff", "citation.bib", "DATASHEET.md", "manifest.json",
        "schema.json", "SHA256SUMS", "validation.json", "croissant.json", "datacite.json", ".zenodo.json", "index.html",
    }  # fmt: skip
    lines = files.pop("SHA256SUMS").decode().splitlines()
    assert lines == [f"{hashlib.sha256(files[name]).hexdigest()}  {name}" for name in sorted(files)]
    assert made.counts == {
        "quotes": 3, "stances": 3, "statements": 3, "documents": 2, "speakers": 2, "sources": 1,
        "rejected": 1, "challenge": 1,
    }  # fmt: skip
    assert (made.bump, made.previous, made.scored) == ("first", None, 3)


def test_nothing_lies_in_a_load_root_that_loaders_would_run(tmp_path):
    build(write_repository(tmp_path))
    assert not list(tmp_path.rglob("*.py"))


def test_the_same_documents_give_the_same_bytes_in_any_order(tmp_path):
    first = build(write_repository(tmp_path / "a"))
    shuffled = random.Random(0).sample(REAL, len(REAL))
    second = build(write_repository(tmp_path / "b", real=shuffled))
    one, two = snapshot(first.folder), snapshot(second.folder)
    changed = {name for name in one if one[name] != two[name]}
    # The raw file is another one, and every file that cites its digest follows.
    assert changed <= {
        "manifest.json", "SHA256SUMS", "README.md", "citation.bib", "CITATION.cff", "croissant.json", "datacite.json",
        ".zenodo.json", "index.html",
    }  # fmt: skip
    assert snapshot(build(write_repository(tmp_path / "c")).folder) == one


BUILD = """
import sys
from pathlib import Path
from release_case import LengthScorer, Marks, write_repository
from quotes import release
root = Path(sys.argv[1])
write_repository(root)
release.build(root, version="0.1.0", date="2031-06-02", scorer=LengthScorer(), extraction=Marks())
"""


def test_the_order_of_sets_does_not_show_in_the_bytes(tmp_path):
    for seed in ("1", "2"):
        paths = os.pathsep.join([str(Path(release_case.__file__).parent), *sys.path])
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths}
        subprocess.run([sys.executable, "-c", BUILD, str(tmp_path / seed)], env=environment, check=True)
    one, two = (snapshot(tmp_path / seed / "data" / "processed" / "0.1.0") for seed in ("1", "2"))
    assert one == two


def test_files_hold_the_rows_in_order_without_foreign_metadata(tmp_path):
    made = build(write_repository(tmp_path))
    for name in schema.NAMES:
        file = pq.ParquetFile(made.folder / f"{name}.parquet")
        assert file.schema_arrow.equals(schema.arrow_schema(name), check_metadata=True)
        assert file.metadata.metadata is None
        assert file.metadata.row_group(0).column(0).compression == "ZSTD"
        rows = release.read_table(made.folder, name)
        assert rows == writer.arrange(name, rows)
    assert [row["doc_id"] for row in release.read_table(made.folder, "quotes")] == [
        "norvania-1", "norvania-2", "norvania-2",
    ]  # fmt: skip


def test_an_existing_version_is_never_touched(tmp_path):
    layout = write_repository(tmp_path)
    before = snapshot(build(layout).folder)
    with pytest.raises(ReleaseError, match="a published version never changes"):
        build(layout)
    assert snapshot(layout.processed / "0.1.0") == before


@pytest.mark.parametrize(
    ("change", "bump", "low", "high"),
    [
        (lambda _: None, "patch", None, "0.1.1"),
        (lambda layout: write_collection(layout, "more", [THIRD]), "minor", "0.1.1", "0.2.0"),
        (lambda layout: write_collection(layout, "norvania", REAL[:1]), "major", "0.9.0", "1.0.0"),
    ],
)
def test_a_version_below_the_computed_bump_is_refused(tmp_path, change, bump, low, high):
    layout = write_repository(tmp_path)
    build(layout)
    change(layout)
    if low:
        with pytest.raises(ReleaseError, match=f"a {bump} change, which needs {high} or higher"):
            build(layout, low)
        assert release.versions(tmp_path) == ["0.1.0"]
    made = build(layout, high)
    assert (made.bump, made.previous) == (bump, "0.1.0")
    assert release.difference(layout.processed / "0.1.0", made.folder).bump == bump
    changelog = (made.folder / "CHANGELOG.md").read_text()
    assert f"A {bump} change since 0.1.0" in changelog
    assert changelog.index(f"## {high}") < changelog.index("## 0.1.0 (2031-06-02)")


def test_each_version_is_compared_with_the_newest_older_one(tmp_path):
    layout = write_repository(tmp_path)
    build(layout, "0.9.0")
    build(layout, "0.10.0")
    assert build(layout, "0.11.0").previous == "0.10.0"
    assert release.newest(tmp_path).name == "0.11.0"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"version": "1.0"}, "is no version"),
        ({"date": "2031-6-2"}, "is no day"),
        ({"date": "2031-02-30"}, "is no day"),
    ],
)
def test_wrong_use_writes_nothing(tmp_path, options, message):
    layout = write_repository(tmp_path)
    with pytest.raises(ReleaseError, match=message):
        build(layout, **options)
    assert not layout.processed.exists()
    assert not layout.ledger.exists()


class Broken(Marks):
    """An extraction whose first quotation has lost its words' place."""

    def tables(self, documents, **options):
        tables = super().tables(documents, **options)
        tables["quotes"][0]["start"] += 1
        return tables


def test_rows_that_are_not_valid_are_listed_and_nothing_is_written(tmp_path):
    layout = write_repository(tmp_path)
    with pytest.raises(ReleaseError, match=r"(?s)1 rows may not be published.*table quotes, row q1_"):
        build(layout, extraction=Broken())
    assert not layout.processed.exists()
    assert not layout.ledger.exists()


def test_half_a_version_is_never_left(tmp_path):
    layout = write_repository(tmp_path)
    (build(layout).folder / "CHANGELOG.md").write_bytes(b"\xff")
    with pytest.raises(ReleaseError, match=r"CHANGELOG.md cannot be read"):
        build(layout, "0.1.1")
    assert {path.name for path in layout.processed.iterdir()} == {"0.1.0", "README.md"}


def test_what_an_interrupted_run_left_is_not_taken_up(tmp_path):
    layout = write_repository(tmp_path)
    (layout.processed / ".0.1.0.partial").mkdir(parents=True)
    (layout.processed / ".0.1.0.partial" / "notes.txt").touch()
    assert not (build(layout).folder / "notes.txt").exists()
    assert release.versions(tmp_path) == ["0.1.0"]


def test_recorded_scores_are_read_and_missing_ones_appended(tmp_path):
    layout = write_repository(tmp_path)
    build(layout)
    recorded = [json.loads(line) for line in layout.ledger.read_text().splitlines()]
    assert [entry["key"] for entry in recorded] == sorted(entry["key"] for entry in recorded)
    write_collection(layout, "more", [THIRD])
    scorer = LengthScorer()
    assert build(layout, "0.2.0", scorer=scorer).scored == scorer.asked == 1
    assert len(layout.ledger.read_text().splitlines()) == len(recorded) + 1


def test_without_a_model_there_is_no_stance(tmp_path):
    made = build(write_repository(tmp_path), scorer=None)
    assert {row["stance"] for row in release.read_table(made.folder, "quotes")} == {None}
    assert not (tmp_path / "data" / "ledger").exists()


def test_the_manifest_names_what_went_in_and_what_came_out(tmp_path):
    layout = write_repository(tmp_path)
    made = build(layout)
    manifest = json.loads((made.folder / "manifest.json").read_text())
    assert [entry["file"] for entry in manifest["inputs"]] == [
        "data/ledger/scores.jsonl", "data/raw/challenge.jsonl", "data/raw/challenge.meta.json",
        "data/raw/norvania.jsonl", "data/raw/norvania.meta.json",
    ]  # fmt: skip
    for entry in [*manifest["inputs"], manifest["lock"]]:
        content = (tmp_path / entry["file"]).read_bytes()
        assert (entry["bytes"], entry["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    for entry in manifest["tables"]:
        content = (made.folder / entry["file"]).read_bytes()
        assert (entry["bytes"], entry["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
        assert entry["rows"] == made.counts[entry["name"]]


def test_the_citation_names_this_version(tmp_path):
    made = build(write_repository(tmp_path))
    cff = yaml.safe_load((made.folder / "CITATION.cff").read_text())
    digest = hashlib.sha256((made.folder / "manifest.json").read_bytes()).hexdigest()
    assert (cff["version"], cff["date-released"], cff["type"]) == ("0.1.0", "2031-06-02", "dataset")
    assert cff["identifiers"][0]["value"] == f"sha256:{digest}"
    bibtex = (made.folder / "citation.bib").read_text()
    assert bibtex.startswith("@misc{quotes-0.1.0,")
    assert digest in bibtex
    assert release.cite(made.folder, "cff") == (made.folder / "CITATION.cff").read_text()
    assert release.cite(made.folder, "bibtex") == bibtex
    assert "version 0.1.0, 2031-06-02" in release.cite(made.folder)


def test_files_outside_speak_of_the_newest_version(tmp_path):
    layout = write_repository(tmp_path)
    build(layout)
    newest = build(layout, "0.1.1", date="2031-07-01")
    assert (tmp_path / "DATASHEET.md").read_text() == (newest.folder / "DATASHEET.md").read_text()
    assert (tmp_path / "CITATION.cff").read_text() == (newest.folder / "CITATION.cff").read_text()
    assert release.refresh(tmp_path) == []
    (tmp_path / "DATASHEET.md").write_text("old")
    assert release.refresh(tmp_path) == [tmp_path / "DATASHEET.md"]


def test_output_elsewhere_leaves_the_repository_alone(tmp_path):
    layout = write_repository(tmp_path / "repository")
    made = build(layout, output=tmp_path / "elsewhere")
    assert made.folder == tmp_path / "elsewhere"
    assert made.refreshed == ()
    assert not layout.processed.exists()
    assert snapshot(made.folder) == snapshot(build(layout).folder)


def test_progress_is_reported(tmp_path):
    seen = []
    build(write_repository(tmp_path), progress=lambda *step: seen.append(step))
    assert [what for what, _, _ in seen][:2] == ["reading the collections", "extracting"]
    assert all(0 <= done <= total for _, done, total in seen)


def git(root, *arguments):
    who = ["-c", "user.name=Mira Tolk", "-c", "user.email=mira@tolk.example"]
    subprocess.run(["git", *who, "-C", str(root), *arguments], check=True, capture_output=True)


def test_a_checkout_with_changed_inputs_is_refused_or_recorded(tmp_path):
    layout = write_repository(tmp_path)
    git(tmp_path, "init")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-m", "Raw")
    (tmp_path / "notes.txt").write_text("Changes elsewhere do not matter.")
    assert manifest_of(build(layout))["checkout"]["changed"] == []
    (layout.raw / "norvania.meta.json").write_text((layout.raw / "norvania.meta.json").read_text() + "\n")
    with pytest.raises(ReleaseError, match=r"no commit holds:\n.*scores.jsonl\n.*data/raw/norvania.meta.json"):
        build(layout, "0.1.1")
    recorded = manifest_of(build(layout, "0.1.1", allow_dirty=True))["checkout"]
    assert recorded["changed"] == ["data/ledger/scores.jsonl", "data/raw/norvania.meta.json"]
    assert len(recorded["commit"]) == 40


def manifest_of(made):
    return json.loads((made.folder / "manifest.json").read_text())


def test_a_version_is_built_from_the_collections_that_are_named(tmp_path):
    layout = write_repository(tmp_path)
    write_collection(layout, "more", [THIRD])
    made = build(layout, collections=["challenge", "norvania"])
    assert manifest_of(made)["collections"] == ["challenge", "norvania"]
    assert made.counts["documents"] == 2
    assert release.verify(made.folder, root=tmp_path, extraction=Marks()) == []
    with pytest.raises(ReleaseError, match="no collection mroe"):
        build(layout, "0.2.0", collections=["mroe"])


def test_rows_say_in_which_version_they_came(tmp_path):
    layout = write_repository(tmp_path)
    build(layout)
    write_collection(layout, "more", [THIRD])
    made = build(layout, "0.2.0")
    for name in ("quotes", "documents"):
        rows = release.read_table(made.folder, name)
        assert {row["first_version"] for row in rows if row["doc_id"] == "norvania-3"} == {"0.2.0"}
        assert {row["first_version"] for row in rows if row["doc_id"] != "norvania-3"} == {"0.1.0"}


def test_tables_are_written_in_whole_groups_with_checksums(tmp_path, monkeypatch):
    monkeypatch.setattr(writer, "ROWS_PER_GROUP", 2)
    made = build(write_repository(tmp_path))
    file = pq.ParquetFile(made.folder / "quotes.parquet")
    assert [file.metadata.row_group(k).num_rows for k in range(file.num_row_groups)] == [2, 1]
    content = bytearray((made.folder / "quotes.parquet").read_bytes())
    first = file.metadata.row_group(0).column(2)
    content[first.data_page_offset + 30] ^= 1
    (made.folder / "quotes.parquet").write_bytes(content)
    with pytest.raises(ReleaseError, match=r"quotes.parquet cannot be read"):
        release.read_table(made.folder, "quotes")


def test_a_build_asks_nothing_of_any_network_or_clock(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("a build reads raw data and ledgers only")

    layout = write_repository(tmp_path)
    for place, name in ((socket.socket, "connect"), (socket, "getaddrinfo"), (time, "time")):
        monkeypatch.setattr(place, name, refuse)
    made = build(layout)
    monkeypatch.undo()
    assert release.verify(made.folder, root=tmp_path, extraction=Marks()) == []
