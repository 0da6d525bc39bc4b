"""Inputs that break other programs: each is read, or told with its place, the reason and what to try."""

from __future__ import annotations

import bz2
import gzip
import importlib.util
import json
import os
import subprocess
import sys
import zlib
from pathlib import Path
from types import ModuleType

import pyarrow as pa
import pytest

from conftest import ROOT
from quotes import readers
from quotes.errors import DocumentError, UsageError
from quotes.readers import bytes_of, discover, limits, read
from quotes.records import Document

GOOD = {"doc_id": "good", "text": "“The harvest is safe,” President Aldo Brenn said."}
LINE = json.dumps(GOOD).encode() + b"\n"


def outcome(*paths: Path) -> tuple[list[Document], list[DocumentError]]:
    items = list(read(paths))
    errors = [item for item in items if isinstance(item, DocumentError)]
    assert all(error.where and error.reason and error.advice for error in errors)
    return [item for item in items if isinstance(item, Document)], errors


# Too large


@pytest.mark.parametrize("packing", ["gzip", "zstd"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.txt", "a.html", "a.csv", "a.warc"])
def test_a_bomb_is_told_and_not_unpacked(tmp_path, monkeypatch, packing, name):
    monkeypatch.setattr(bytes_of, "BOMB_START", 1 << 20)
    zeros = b"\x00" * (16 << 20)
    packed = gzip.compress(zeros) if packing == "gzip" else pa.Codec("zstd").compress(zeros, asbytes=True)
    path = tmp_path / f"{name}.{'gz' if packing == 'gzip' else 'zst'}"
    path.write_bytes(packed)
    (tmp_path / "good.jsonl").write_bytes(LINE)
    documents, errors = outcome(tmp_path)
    assert [document.doc_id for document in documents] == ["good"]
    assert "times its size" in errors[-1].reason


def test_a_long_line_is_told_and_the_next_one_read(tmp_path, monkeypatch):
    monkeypatch.setattr(readers.json_lines, "MAX_LINE", 1000)
    (tmp_path / "a.jsonl").write_bytes(LINE.replace(b"good", b"x" * 5000) + LINE)
    documents, [error] = outcome(tmp_path / "a.jsonl")
    assert [document.doc_id for document in documents] == ["good"]
    assert error.where.endswith(":1")
    assert "longer than" in error.reason


def test_a_document_of_a_hundred_megabytes_is_told_in_bounded_memory(tmp_path):
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"doc_id": "huge", "text": "')
        for _ in range(100):
            file.write(b"word " * 200_000)
        file.write(b'"}\n' + LINE)
    (tmp_path / "b.txt").write_bytes(b"word " * 1_100_000)
    documents, errors = outcome(tmp_path)
    assert [document.doc_id for document in documents] == ["good"]
    assert len(errors) == 2
    assert "bytes" in errors[0].reason
    assert f"more than {limits.MAX_CHARACTERS:,}" in errors[1].reason


MARKS = 1_000_000 if "QUOTES_SOAK" in os.environ else 30_000
"""A million take a minute; `benchmarks/soak.py` asks for them."""


def test_a_million_marks_in_one_paragraph(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps({"doc_id": "marks", "text": "“” " * (MARKS // 2)}) + "\n")
    done = extract(tmp_path / "a.jsonl", tmp_path / "out.jsonl")
    assert done.returncode == 0, done.stderr
    assert "1 document read" in done.stderr


def extract(source: Path, output: Path, **options) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "quotes.cli", "extract", source, "-o", output, "--no-stance", "-w", "1"]
    return subprocess.run(list(map(str, command)), capture_output=True, encoding="utf-8", check=False, **options)


# Odd characters


@pytest.mark.parametrize(
    "text",
    [
        "a\x00b", "a\ud800b", "\u202e“evila”\u202c", "שלום «העולם» אמר", "\x1b[31mred\x1b[0m", "\ufeffx",
        "\u2028x\u2029", "e\u0301" * 50,
    ],
    ids=["nul", "surrogate", "overrides", "hebrew", "escapes", "mark", "line ends", "combining"],
)  # fmt: skip
def test_odd_characters_keep_their_places_and_come_through_to_the_rows(tmp_path, text):
    text = f"{text} “The harvest is safe,” President Aldo Brenn said."
    (tmp_path / "a.jsonl").write_text(json.dumps({"doc_id": "odd", "text": text}) + "\n", encoding="utf-8")
    done = extract(tmp_path / "a.jsonl", tmp_path / "out.jsonl")
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").split("\n") if line]
    assert "The harvest is safe," in [text[row["start"] : row["end"]] for row in rows]


# The file system


def test_links_that_lead_in_circles_are_followed_once(tmp_path):
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "deep" / "a.jsonl").write_bytes(LINE)
    (tmp_path / "in" / "deep" / "up").symlink_to(tmp_path / "in", target_is_directory=True)
    (tmp_path / "in" / "self.jsonl").symlink_to(tmp_path / "in" / "self.jsonl")
    (tmp_path / "in" / "dead.jsonl").symlink_to(tmp_path / "gone")
    documents, errors = outcome(tmp_path / "in")
    assert [document.doc_id for document in documents] == ["good"]
    assert [Path(error.where).name for error in errors] == ["dead.jsonl", "self.jsonl"]
    assert any(name.endswith("up") for name in discover([tmp_path / "in"]).skipped)


def test_a_linked_folder_is_read(tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "a.jsonl").write_bytes(LINE)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link").symlink_to(tmp_path / "there", target_is_directory=True)
    assert len(outcome(tmp_path / "in")[0]) == 1


def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.jsonl")
    (tmp_path / "b.jsonl").write_bytes(LINE)
    assert len(outcome(tmp_path)[0]) == 1
    assert discover([tmp_path]).skipped == ((tmp_path / "a.jsonl").as_posix(),)


def test_names_that_are_no_utf8_and_names_like_paths(tmp_path):
    (tmp_path / "in").mkdir()
    Path(os.fsdecode(os.fsencode(tmp_path / "in") + b"/caf\xe9.txt")).write_text("Quiet.")
    (tmp_path / "a.jsonl").write_text(json.dumps(GOOD | {"doc_id": "../../etc/x", "title": "/../y"}) + "\n")
    documents, errors = outcome(tmp_path)
    assert [document.doc_id for document in documents] == ["../../etc/x", "in/caf\\xe9.txt"]
    assert errors == []
    done = build(tmp_path, tmp_path / "out" / "tables")
    assert done.returncode == 2
    (tmp_path / "out").mkdir()
    assert build(tmp_path / "in", tmp_path / "out" / "tables").returncode == 0
    assert build(tmp_path / "a.jsonl", tmp_path / "out" / "more").returncode == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"tables", "more"}
    assert not (tmp_path.parent / "etc").exists()


def build(source: Path, output: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "quotes.cli", "build", source, "-o", output, "--no-stance", "-w", "1"]
    return subprocess.run(list(map(str, command)), capture_output=True, encoding="utf-8", check=False, cwd=ROOT)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can become nobody")
def test_what_nobody_may_read_is_told(tmp_path):
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    (tmp_path / "a.jsonl").write_bytes(LINE)
    (tmp_path / "b.jsonl").write_bytes(LINE)
    (tmp_path / "b.jsonl").chmod(0)
    (tmp_path / "shut").mkdir()
    (tmp_path / "shut" / "c.jsonl").write_bytes(LINE)
    (tmp_path / "shut").chmod(0)
    script = (
        "import os, sys; from quotes.readers import read; os.setgid(65534); os.setuid(65534); "
        "[print(getattr(item, 'where', item.doc_id), getattr(item, 'reason', '')) for item in read([sys.argv[1]])]"
    )
    done = subprocess.run([sys.executable, "-c", script, tmp_path], capture_output=True, encoding="utf-8", check=True)
    said = done.stdout.splitlines()
    assert sorted(line.removeprefix(tmp_path.as_posix()) for line in said) == [
        "/b.jsonl the file may not be read", "/shut the folder cannot be opened: Permission denied", "good "
    ]  # fmt: skip


def test_an_output_that_nobody_may_write_is_refused(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(LINE)
    done = extract(tmp_path / "a.jsonl", Path("/proc/none.jsonl"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "nothing can be written there" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_standard_output_that_is_full_is_told(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(LINE)
    command = f'"{sys.executable}" -m quotes.cli extract "{tmp_path}/a.jsonl" --no-stance -w 1 > /dev/full'
    done = subprocess.run(["bash", "-c", command], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert "the disk is full" in done.stderr
    assert "Traceback" not in done.stderr


# Damage: every kind of file, damaged in twenty ways


@pytest.fixture(scope="module")
def damage() -> ModuleType:
    spec = importlib.util.spec_from_file_location("damage", ROOT / "benchmarks" / "damage.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ENDINGS = [
    "jsonl", "jsonl.gz", "jsonl.zst", "utf16.jsonl", "csv", "tsv.gz", "txt", "html", "html.gz", "parquet", "warc",
    "warc.gz", "gdelt.json.gz",
]  # fmt: skip


def test_every_kind_of_file_is_damaged(damage):
    assert list(damage.KINDS) == ENDINGS


@pytest.mark.parametrize("ending", ENDINGS)
def test_twenty_damaged_files_of_each_kind_never_raise_and_never_stop_the_others(tmp_path, damage, ending):
    (tmp_path / f"undamaged.{ending}").write_bytes(damage.KINDS[ending]())
    assert outcome(tmp_path)[0]
    damage.write_damaged(ending, 20, tmp_path / "in")
    documents, _ = outcome(tmp_path / "in")
    assert [document.doc_id for document in documents if document.doc_id == "whole"] == ["whole"]


def test_other_packings_are_refused_as_unknown(tmp_path):
    (tmp_path / "a.jsonl.bz2").write_bytes(bz2.compress(LINE))
    with pytest.raises(UsageError, match="not a kind of file"):
        read([tmp_path / "a.jsonl.bz2"])
    (tmp_path / "a.jsonl").write_bytes(zlib.compress(LINE))
    assert outcome(tmp_path / "a.jsonl")[1]
