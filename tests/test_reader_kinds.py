"""Every kind of input gives the same documents, or says where and why not; whatever is in a file."""

from __future__ import annotations

import csv
import gzip
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import strategies
from quotes.cli import app
from quotes.errors import DocumentError, UsageError
from quotes.readers import discover, read
from quotes.records import Document

ROWS = [
    {"doc_id": "ncna-1", "text": "“The harvest, is safe,”\nAldo Brenn said.", "published": "2024-03-05", "lang": "en"},
    {"doc_id": "ncna-2", "text": 'He said "no".', "published": None, "lang": None},
]  # fmt: skip
DOCUMENTS = [Document(**row) for row in ROWS]


def as_csv(rows, delimiter=",", end="\n"):
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, lineterminator=end)
    writer.writerow(rows[0])
    writer.writerows([value or "" for value in row.values()] for row in rows)
    return file.getvalue().encode()


def as_lines(rows):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", as_csv(ROWS)),
        ("a.csv", as_csv(ROWS, ";", "\r\n")),
        ("a.tsv", as_csv(ROWS, "\t")),
        ("a.csv.gz", gzip.compress(as_csv(ROWS))),
        ("a.jsonl.zst", pa.Codec("zstd").compress(as_lines(ROWS), asbytes=True)),
        ("a.jsonl", gzip.compress(as_lines(ROWS))),
        ("a.jsonl.gz", as_lines(ROWS)),
        ("a.dat", as_lines(ROWS)),
    ],
)
def test_the_same_documents_from_every_kind_of_file(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert list(read([tmp_path / name])) == DOCUMENTS


def test_a_dataset_saved_to_disk_and_a_folder_that_the_library_reads(tmp_path):
    import datasets

    datasets.Dataset.from_list([row | {"other": 1} for row in ROWS]).save_to_disk(tmp_path / "saved")
    assert list(read([f"dataset:{tmp_path / 'saved'}"])) == DOCUMENTS
    (tmp_path / "folder").mkdir()
    pq.write_table(pa.Table.from_pylist(ROWS), tmp_path / "folder" / "train.parquet")
    assert list(read([f"dataset:{tmp_path / 'folder'}?split=train"])) == DOCUMENTS
    [error] = read([f"dataset:{tmp_path / 'folder'}?split=test"])
    assert "cannot be read" in error.reason


@pytest.mark.parametrize(
    ("name", "reason"),
    [("owner/name", "say which commit"), ("owner/name@main", "say which commit"), ("nowhere", "no such folder")],
)
def test_a_dataset_of_the_hub_is_fetched_at_a_commit_or_not_at_all(name, reason):
    with pytest.raises(UsageError, match=reason):
        list(read([f"dataset:{name}"]))


# Columns of other names


def renamed(rows):
    return [{"id": row["doc_id"], "body": row["text"], "day": row["published"], "lang": row["lang"]} for row in rows]


COLUMNS = {"doc_id": "id", "text": "body", "published": "day"}


@pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet", "dataset"])
def test_columns_of_other_names(tmp_path, ending):
    path = tmp_path / f"a.{ending}"
    if ending == "parquet":
        pq.write_table(pa.Table.from_pylist(renamed(ROWS)), path)
    elif ending == "dataset":
        import datasets

        datasets.Dataset.from_list(renamed(ROWS)).save_to_disk(path)
    else:
        path.write_bytes(as_csv(renamed(ROWS)) if ending == "csv" else as_lines(renamed(ROWS)))
    name = f"dataset:{path}" if ending == "dataset" else path
    assert list(read([name], COLUMNS)) == DOCUMENTS
    numbered = [item.doc_id for item in read([name], COLUMNS | {"doc_id": "#"})]
    assert len(set(numbered)) == 2
    assert all(isinstance(item, DocumentError) for item in read([name]))


def test_the_command_takes_columns_and_refuses_what_are_none(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(as_lines(renamed(ROWS)))
    arguments = ["extract", str(tmp_path / "a.jsonl"), "-o", str(tmp_path / "out.jsonl"), "--no-stance", "-w", "1"]
    given_columns = [word for pair in COLUMNS.items() for word in ("--column", "=".join(pair))]
    assert CliRunner().invoke(app, arguments + given_columns).exit_code == 0
    for wrong in ("body", "words=body", "text=", "text=#"):
        assert CliRunner().invoke(app, [*arguments, "--column", wrong]).exit_code == 2


# Faults of tables


@pytest.mark.parametrize(
    ("content", "where", "reason"),
    [
        (b"id,body\na,b\n", "", "no column text"),
        (b"doc_id,text\na,b,c\n", ":2", "3 cells under 2 names"),
        (b'doc_id,text\nx,"a"b\n', ":2", "not CSV"),
        (b"", "", "no column text"),
    ],
)
def test_faults_of_csv_are_told_with_their_line(tmp_path, content, where, reason):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    [error] = read([path])
    assert error.where == f"{path.as_posix()}{where}"
    assert reason in error.reason


# GDELT


def test_quotations_of_gdelt_become_documents_that_can_be_attributed(tmp_path):
    from quotes.pipeline import extract_document
    from quotes.registry import load

    entry = {
        "date": "2024-03-05T12:00:00Z", "url": "https://ncna.example/1", "title": "Harvest safe", "lang": "ENGLISH",
        "quotes": [
            {"pre": "the minister came late.", "quote": "The harvest is safe,", "post": "President Aldo Brenn said."},
            {"pre": "x", "quote": " ", "post": "y"},
        ],
    }  # fmt: skip
    path = tmp_path / "20240305.gqg.json.gz"
    path.write_bytes(gzip.compress(as_lines([entry])))
    document, error = read([path])
    assert document == Document(
        "https://ncna.example/1#1",
        "the minister came late. “The harvest is safe,” President Aldo Brenn said.",
        "Harvest safe",
        "2024-03-05",
        url="https://ncna.example/1",
        lang="en",
    )
    assert error.where.endswith(":1#2")
    [row] = extract_document(document, load()).quotes
    assert (row["quote"], row["speaker_mention"]) == ("The harvest is safe,", "President Aldo Brenn")


# Whatever is in a file

LENIENT = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)


@LENIENT
@given(
    st.binary(max_size=300),
    st.sampled_from(["jsonl", "csv", "tsv", "txt", "html", "parquet", "warc", "jsonl.gz", "csv.zst", "warc.gz", "dat"]),
    st.sampled_from([b"", b"{", b"doc_id,text\n", b"PAR1", b"WARC/1.0\r\n", b"<html>", b"\x1f\x8b\x08", b"(\xb5/\xfd"]),
)
def test_any_bytes_in_any_file_end_in_documents_or_reasons(tmp_path, content, ending, start):
    path = tmp_path / f"a.{ending}"
    path.write_bytes(start + content)
    try:
        items = list(read([path]))
    except UsageError:
        assert ending == "dat"
        return
    assert all(isinstance(item, Document | DocumentError) for item in items)
    path.unlink()


@LENIENT
@given(st.lists(strategies.documents(), min_size=1, max_size=4), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_generated_documents_come_out_of_json_lines_and_csv_as_they_went_in(tmp_path, documents, encoding):
    texts = [one.text.encode("utf-8", "replace").decode().replace("\r", " ") for one in documents]
    rows = [{"doc_id": f"d{k}", "text": text} for k, text in enumerate(texts) if text.strip()]
    if not rows:
        return
    (tmp_path / "a.jsonl").write_bytes(as_lines(rows).decode().encode(encoding))
    (tmp_path / "a.csv").write_bytes(as_csv(rows).decode().encode(encoding))
    for name in ("a.jsonl", "a.csv"):
        assert [item.text for item in read([tmp_path / name])] == [row["text"] for row in rows]


def test_a_format_that_no_ending_tells_is_found_in_a_folder(tmp_path):
    (tmp_path / "a").write_bytes(as_lines(ROWS))
    (tmp_path / "b.bin").write_bytes(b"\x00\x01")
    found = discover([tmp_path])
    assert [source.kind for source in found.sources] == ["json_lines"]
    assert len(found.skipped) == 1
