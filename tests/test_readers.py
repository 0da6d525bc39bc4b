"""Readers: every good document comes out as it was given, every bad one with the reason why."""

from __future__ import annotations

import gzip
import io
import json
import re
import sys
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.errors import DocumentError, UsageError
from quotes.readers import discover, read
from quotes.readers.check import edtf
from quotes.records import Document

BRENN = {
    "doc_id": "ncna-1",
    "text": "President Aldo Brenn said the harvest was safe.",
    "title": "Harvest safe",
    "published": "2024-03-05",
    "publisher": "NCNA",
    "url": "https://ncna.example/1",
    "lang": "en",
}


def documents(*paths: Path) -> list[Document]:
    return [item for item in read(paths) if isinstance(item, Document)]


def failures(*paths: Path) -> list[DocumentError]:
    return [item for item in read(paths) if isinstance(item, DocumentError)]


# Good documents


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.JSONL"])
def test_json_lines(write_lines, name):
    path = write_lines(name, [BRENN, "", {"doc_id": "ncna-2", "text": "Short."}])
    assert documents(path) == [Document(**BRENN), Document("ncna-2", "Short.")]
    assert failures(path) == []


def test_packed_json_lines(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(BRENN).encode()))
    assert documents(path) == [Document(**BRENN)]


def test_unknown_keys_are_passed_over(write_lines):
    path = write_lines("a.jsonl", [BRENN | {"gold": [1], "phenomena": {"a": 1}}])
    assert documents(path) == [Document(**BRENN)]


def test_a_byte_order_mark_and_windows_line_ends_are_no_part_of_a_line(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        b"\xef\xbb\xbf" + json.dumps(BRENN).encode() + b"\r\n" + b'{"doc_id": "b", "text": "x"}\r\n'
    )
    assert [document.doc_id for document in documents(path)] == ["ncna-1", "b"]


def test_parquet(tmp_path):
    path = tmp_path / "a.parquet"
    pd.DataFrame([BRENN, {"doc_id": "ncna-2", "text": "Short."}]).assign(extra=1).to_parquet(path)
    assert documents(path) == [Document(**BRENN), Document("ncna-2", "Short.")]


@pytest.mark.parametrize("day", [date(2024, 3, 5), datetime(2024, 3, 5, 23, 30)])
def test_parquet_days_and_timestamps(tmp_path, day):
    path = tmp_path / "a.parquet"
    pd.DataFrame({"doc_id": ["a", "b"], "text": ["x", "y"], "published": [day, None]}).to_parquet(path)
    assert [document.published for document in documents(path)] == ["2024-03-05", None]


def test_plain_text_keeps_every_character(tmp_path):
    text = "He said:\r\n“No.”\n\n\u2028 end\x00 \t"
    (tmp_path / "speech.txt").write_bytes(text.encode())
    assert documents(tmp_path / "speech.txt") == [Document("speech.txt", text)]


def test_plain_text_in_utf16(tmp_path):
    (tmp_path / "speech.txt").write_bytes("“No.”".encode("utf-16"))
    assert documents(tmp_path / "speech.txt")[0].text == "“No.”"


PAGE = """<!DOCTYPE html>
<html lang="en-NV"><head><meta charset="{charset}"><title>Harvest safe | NCNA</title>
<meta property="og:site_name" content="NCNA"><meta property="og:title" content="Harvest safe">
<meta property="article:published_time" content="2024-03-05T23:30:00+09:00">
<link rel="canonical" href="https://ncna.example/1"></head>
<body><nav><a href="/">Home</a> <a href="/news">All the news of the day</a></nav>
<article><h1>Harvest safe</h1>
<p>President Aldo Brenn said on Tuesday that the harvest of Norvania was safe, and called it
“the fruit of every hand in the land,” as farmers near Véll had hoped for a long time.</p>
<p>He told reporters: <q>We shall not go hungry this winter, whatever our neighbours may say of us.</q></p>
</article><footer>Copyright 2026 NCNA</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_web_page(tmp_path, charset):
    (tmp_path / "page.html").write_bytes(PAGE.format(charset=charset).encode(charset))
    [page] = documents(tmp_path / "page.html")
    assert (page.doc_id, page.title, page.published) == ("page.html", "Harvest safe", "2024-03-05")
    assert (page.publisher, page.url, page.lang) == ("NCNA", "https://ncna.example/1", "en")
    assert "“the fruit of every hand in the land,”" in page.text
    assert "Véll" in page.text
    assert "Home" not in page.text
    assert "Copyright" not in page.text


def test_the_marks_of_q_elements_are_printed(tmp_path):
    (tmp_path / "page.html").write_text(PAGE.format(charset="utf-8"), encoding="utf-8")
    assert "reporters: “We shall not go hungry" in documents(tmp_path / "page.html")[0].text


def test_a_page_that_states_no_day_or_site_has_none(tmp_path):
    page = PAGE.format(charset="utf-8").replace(" | NCNA", "")
    page = re.sub(
        r"<(meta property=.(og:site_name|article:published_time)|link rel=.canonical).[^>]*>", "", page
    )
    assert "2024" not in page
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    [found] = documents(tmp_path / "page.html")
    assert (found.published, found.publisher, found.url) == (None, None, None)


# Folders, several paths, the standard input


def test_folder(write_lines, tmp_path):
    write_lines("in/b/x.txt", ["one"])
    write_lines("in/a.jsonl", [BRENN])
    write_lines("in/a.meta.json", ["{}"])
    write_lines("in/.hidden.jsonl", ["broken"])
    write_lines("in/.git/y.jsonl", ["broken"])
    write_lines("in/notes.md", ["not read"])
    found = discover([tmp_path / "in"])
    assert [source.path.name for source in found.sources] == ["a.jsonl", "x.txt"]
    assert [Path(name).name for name in found.skipped] == ["notes.md"]
    assert [document.doc_id for document in documents(tmp_path / "in")] == ["ncna-1", "b/x.txt"]


def test_the_order_of_paths_does_not_matter(write_lines):
    paths = [write_lines(f"{name}.jsonl", [{"doc_id": name, "text": name}]) for name in "cab"]
    assert list(read(paths)) == list(read(paths[::-1]))


def test_a_file_reached_twice_is_read_once(write_lines, tmp_path):
    path = write_lines("a.jsonl", [BRENN])
    assert list(read([path, tmp_path, path])) == [Document(**BRENN)]


def test_standard_input(monkeypatch):
    data = json.dumps(BRENN).encode() + b"\nbroken\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    good, bad = read(["-"])
    assert good == Document(**BRENN)
    assert bad.where == "stdin:2"


# Wrong use


@pytest.mark.parametrize("name", ["missing.jsonl", "missing", "a.docx", "a.parquet.gz"])
def test_paths_that_cannot_be_read_are_refused_at_once(tmp_path, name):
    if not name.startswith("missing"):
        (tmp_path / name).write_text("x")
    with pytest.raises(UsageError, match=name):
        read([tmp_path / name])


def test_nothing_to_read_is_refused(tmp_path):
    (tmp_path / "scan.pdf").write_text("x")
    with pytest.raises(UsageError, match=r"nothing to read.*\.pdf"):
        read([tmp_path])
    with pytest.raises(UsageError, match="no input"):
        read([])


# Bad documents

BAD_FIELDS = {
    "no doc_id": ({"text": "x"}, "doc_id is missing"),
    "empty doc_id": ({"doc_id": " ", "text": "x"}, "doc_id is missing"),
    "number as doc_id": ({"doc_id": 7, "text": "x"}, "doc_id 7 is a number"),
    "control character in doc_id": ({"doc_id": "a\nb", "text": "x"}, "unprintable"),
    "half a pair in doc_id": ('{"doc_id": "a\\ud800", "text": "x"}', "unprintable"),
    "no text": ({"doc_id": "a"}, "text is missing"),
    "null text": ({"doc_id": "a", "text": None}, "text is missing"),
    "blank text": ({"doc_id": "a", "text": " \n\u00a0"}, "text is missing"),
    "list as text": ({"doc_id": "a", "text": ["x"]}, "text is a list"),
    "object as title": ({"doc_id": "a", "text": "x", "title": {}}, "title is an object"),
    "boolean as publisher": ({"doc_id": "a", "text": "x", "publisher": True}, "true or false"),
    "number as published": ({"doc_id": "a", "text": "x", "published": 2024}, "published: 2024 is a number"),
    "words as published": ({"doc_id": "a", "text": "x", "published": "May 2024"}, "not a day"),
    "no such day": ({"doc_id": "a", "text": "x", "published": "2023-02-29"}, "not in the calendar"),
    "not JSON": ('{"doc_id": "a", "text": ', "not JSON"),
    "a list": ('["a", "x"]', "not a JSON object"),
    "a number": ("1", "not a JSON object"),
    "nested too deep": ("[" * 100_000, "nested too deep"),
    "a number too long": ('{"doc_id": "a", "text": "x", "n": ' + "9" * 10_000 + "}", "too long a number"),
}


@pytest.mark.parametrize("case", BAD_FIELDS)
def test_a_bad_document_is_reported_and_the_others_go_on(write_lines, case):
    line, reason = BAD_FIELDS[case]
    path = write_lines("a.jsonl", [{"doc_id": "first", "text": "x"}, line, {"doc_id": "last", "text": "x"}])
    assert [document.doc_id for document in documents(path)] == ["first", "last"]
    [error] = failures(path)
    assert error.where == f"{path.as_posix()}:2"
    assert reason in error.reason
    assert error.advice


def test_bytes_in_no_encoding_read_here(tmp_path):
    russian = "Урожай Норвании цел".encode("cp1251")
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "' + russian + b'"}\n' + json.dumps(BRENN).encode())
    (tmp_path / "b.txt").write_bytes(russian)
    (tmp_path / "c.html").write_bytes(b"<p>" + russian + b"</p>")
    (tmp_path / "d.csv").write_bytes(b"doc_id,text\na," + russian)
    assert [error.reason for error in failures(tmp_path)] == [
        "not UTF-8: byte 11 cannot be read",
        "not UTF-8: byte 1 cannot be read",
        "not UTF-8: byte 4 cannot be read",
        "not UTF-8: byte 15 cannot be read",
    ]
    assert all("iconv" in error.advice for error in failures(tmp_path))
    assert [document.doc_id for document in documents(tmp_path)] == ["ncna-1"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.jsonl", "é".encode("utf-16") + b"\x00", "UTF-16"),
        ("a.jsonl", "é".encode("utf-16"), "not JSON"),
        ("a.jsonl", b'[\n {"doc_id": "a",\n "text": "x"}\n]\n', "spread over many lines"),
        ("a.jsonl.gz", b"no gzip", "damaged"),
        ("a.jsonl.gz", gzip.compress(b'{"doc_id": "a", "text": "x"}\n', mtime=0)[:-6], "cut short"),
        ("a.parquet", b"PAR1 no parquet", "not a Parquet file"),
        ("a.txt", b" \n", "text is missing"),
        ("a.html", b"<html><body></body></html>", "no article found"),
        ("a.html", b"", "no article found"),
        ("a.html", b'<meta charset="no-such-code"><p>caf\xe9</p>', "no encoding known"),
    ],
)
def test_bad_files(tmp_path, name, content, reason):
    (tmp_path / name).write_bytes(content)
    assert reason in failures(tmp_path / name)[-1].reason


def test_a_parquet_file_without_the_columns(tmp_path):
    pd.DataFrame({"id": ["a"], "body": ["x"]}).to_parquet(tmp_path / "a.parquet")
    [error] = failures(tmp_path / "a.parquet")
    assert error.reason == "no column doc_id and text"
    assert "id, body" in error.advice


def test_a_file_that_may_not_be_read(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("{}")
    path.chmod(0)
    try:
        path.read_text()
    except PermissionError:
        [error] = failures(path)
        assert "may not be read" in error.reason
    else:
        pytest.skip("this user may read everything")


def test_empty_fields_are_unknown_and_half_pairs_and_nul_keep_their_place(write_lines):
    line = (
        r'{"doc_id": "a", "text": "a\ud800b\u0000c", "title": " ", "publisher": "N\u0000C", "published": ""}'
    )
    [document] = documents(write_lines("a.jsonl", [line]))
    assert document == Document("a", "a\ufffdb\x00c", publisher="N C")


# Repeated ids


def test_the_same_document_twice_counts_once(write_lines):
    path = write_lines("a.jsonl", [BRENN, {"doc_id": "b", "text": "x"}, BRENN | {"extra": 1}])
    assert {document.doc_id for document in documents(path)} == {"ncna-1", "b"}
    [error] = failures(path)
    assert error.where.endswith(":3")
    assert error.doc_id == "ncna-1"
    assert "the same document" in error.reason


def test_of_different_documents_with_one_id_the_longest_stays_in_any_order(write_lines):
    rivals = [
        {"doc_id": "a", "text": "Short.", "title": "t", "publisher": "p"},
        {"doc_id": "a", "text": "The longest text."},
        {"doc_id": "a", "text": "The longest.text.", "published": "2024"},
        {"doc_id": "a", "text": "The longest!text.", "published": "2024"},
    ]
    orders = (rivals, rivals[::-1], rivals[2:] + rivals[:2])
    kept = [documents(write_lines(f"{n}.jsonl", order)) for n, order in enumerate(orders)]
    assert kept == [[Document("a", "The longest!text.", published="2024")]] * 3
    errors = failures(write_lines("x.jsonl", rivals))
    assert [error.where.rsplit(":", 1)[1] for error in errors] == ["1", "2", "3"]
    assert all("another document" in error.reason for error in errors)


# Days

DAYS = {
    "2024-03-05": "2024-03-05",
    "2024-03": "2024-03",
    "2024": "2024",
    " 2024-03-05 ": "2024-03-05",
    "2024-03-05T23:30:00+09:00": "2024-03-05",
    "2024-03-05T23:30:00.123Z": "2024-03-05",
    "2024-03-05 23:30": "2024-03-05",
    "2024-03-05 23:30:00 +0900": "2024-03-05",
    "2024-XX-XX": "2024",
    "2024-03-XX": "2024-03",
    "2024-02-29": "2024-02-29",
    "": None,
    None: None,
    float("nan"): None,
    pd.NaT: None,
    date(2024, 3, 5): "2024-03-05",
    pd.Timestamp("2024-03-05T23:30"): "2024-03-05",
}


@pytest.mark.parametrize("value", DAYS)
def test_days(value):
    assert edtf(value) == DAYS[value]


@pytest.mark.parametrize(
    "value",
    [
        "yesterday", "5 March 2024", "03/05/2024", "2024-3-5", "2024-13", "2024-00", "2024-02-30", "0000",
        "20240305", "2024-XX-05", "XXXX-03-05", "2024-03-05T", "2024-03-05x", "２０２４", "2024-03/2024-04",
        2024, True, b"2024",
    ],
)  # fmt: skip
def test_no_days(value):
    with pytest.raises(ValueError, match=r"not text|not a day|calendar"):
        edtf(value)


@given(st.dates())
def test_every_day_of_the_calendar_is_read_as_written(day):
    assert edtf(day.isoformat()) == edtf(day) == day.isoformat()


# Whatever is in a file, reading it ends well


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    lines=st.lists(
        st.one_of(st.binary(max_size=40), st.text(max_size=40).map(lambda s: json.dumps(s).encode()))
    )
)
def test_any_bytes(tmp_path, lines):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join([*lines, json.dumps(BRENN).encode()]))
    for item in read([path]):
        assert isinstance(item, Document | DocumentError)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(min_size=1).filter(str.strip), title=st.none() | st.text())
def test_text_comes_out_as_given(write_lines, text, title):
    [document] = read([write_lines("a.jsonl", [{"doc_id": "a", "text": text, "title": title}])])
    assert isinstance(document, Document)
    assert document.text == text
