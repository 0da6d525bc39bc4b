"""Pages as outlets set them, archives of pages, and what their encodings do to them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from case_files import CASES
from quotes.errors import DocumentError
from quotes.readers import PassedOver, Raw, discover, read, read_raw
from quotes.readers.page_title import title_by_class
from quotes.records import Document

PAGES = CASES / "pages"
EXPECTED = json.loads((PAGES / "expected.json").read_text(encoding="utf-8"))


def one(path: Path) -> Document:
    [document] = read([path])
    assert isinstance(document, Document), str(document)
    return document


@pytest.mark.parametrize("name", EXPECTED)
def test_a_page_of_an_outlets_shape(name):
    document, expected = one(PAGES / name), EXPECTED[name]
    assert (document.title, document.published, document.lang) == (
        expected["title"], expected["published"], expected["lang"]
    )  # fmt: skip
    for words in expected["holds"]:
        assert words in document.text
    for words in expected["lacks"]:
        assert words not in document.text


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("<p class='Title'>The <b>Land</b>  Stands Firm</p>", "The Land Stands Firm"),
        ("<div id='news-headline'>Firm</div><p class='Title'>Firm</p>", "Firm"),
        ("<p class='subtitle'>Firm</p>", None),
        ("<p class='title'>Firm</p><p class='title'>Latest news</p>", None),
        ("<h1>The Land</h1><p class='title'>Latest news</p>", None),
        ("<p class='title'> </p>", None),
        ("", None),
    ],
)
def test_a_title_that_is_no_heading_is_told_by_its_class(body, title):
    assert title_by_class(f"<html><head><title>Banner</title></head><body>{body}</body></html>") == title


@pytest.mark.parametrize("page", ["", "\x00", "<p class=title", "<p class='title'>\ud800</p>", "<?xml encoding='x'?>"])
def test_no_page_is_too_broken_to_look_for_a_title(page):
    assert title_by_class(page) in (None, "?")


def warc(pages: list[tuple[str, int, str, bytes]], *, packed: bool = False) -> bytes:
    """An archive of these answers (address, status, type, body) and the record of who made it."""
    records = [record("warcinfo", "application/warc-fields", b"software: test\r\n")]
    for number, (url, status, kind, body) in enumerate(pages):
        http = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        more = (f"WARC-Record-ID: <urn:uuid:0000-{number}>", f"WARC-Target-URI: {url}")
        records.append(record("response", "application/http; msgtype=response", http, *more))
    return b"".join(gzip.compress(one, mtime=0) if packed else one for one in records)


def record(kind: str, content_type: str, content: bytes, *more: str) -> bytes:
    head = ["WARC/1.0", f"WARC-Type: {kind}", "WARC-Date: 2024-03-06T00:00:00Z", *more]
    head += [f"Content-Type: {content_type}", f"Content-Length: {len(content)}", "", ""]
    return "\r\n".join(head).encode() + content + b"\r\n\r\n"


PAGE = (
    "<html lang='en'><head><title>Harvest safe</title></head><body><article><h1>Harvest safe</h1>"
    "<p>President Aldo Brenn said on Tuesday that the harvest of Norvania was safe near V\u00e9ll, and called it "
    "“the fruit of every hand in the land,” as farmers had hoped for a long time.</p>"
    "<p>He told reporters that nobody would go hungry this winter, whatever neighbours say.</p></article></body></html>"
)


@pytest.mark.parametrize("packed", [False, True])
def test_an_archive_gives_its_pages_and_passes_over_the_rest(tmp_path, packed):
    answers = [
        ("https://ncna.example/1", 200, "text/html; charset=utf-8", PAGE.encode()),
        ("https://ncna.example/2", 404, "text/html", PAGE.encode()),
        ("https://ncna.example/3.png", 200, "image/png", b"\x89PNG"),
        ("https://ncna.example/4", 200, "text/html; charset=windows-1252", PAGE.encode("cp1252")),
        ("https://ncna.example/5", 200, "text/html", b"<html><body></body></html>"),
    ]
    path = tmp_path / f"a.warc{'.gz' if packed else ''}"
    path.write_bytes(warc(answers, packed=packed))
    good, empty = [], []
    for item in read([path]):
        (good if isinstance(item, Document) else empty).append(item)
    assert [(item.doc_id, item.url) for item in good] == [
        ("urn:uuid:0000-0", "https://ncna.example/1"), ("urn:uuid:0000-3", "https://ncna.example/4")
    ]  # fmt: skip
    assert all("near Véll" in item.text and item.title == "Harvest safe" for item in good)
    [error] = empty
    assert (error.where, error.doc_id) == (f"{path.as_posix()}:6", "urn:uuid:0000-4")
    passed = [item.reason for item in read_raw(discover([path]).sources) if isinstance(item, PassedOver)]
    assert passed == ["a record of type warcinfo", "an answer with status 404", "of type image/png"]
    pages = [item for item in read_raw(discover([path]).sources) if isinstance(item, Raw)]
    assert len(pages) == 3, "pages are read where there is time, not here"


def test_an_archive_cut_short_gives_what_stands_before(tmp_path):
    whole = warc([("https://ncna.example/1", 200, "text/html", PAGE.encode())] * 3, packed=True)
    (tmp_path / "a.warc.gz").write_bytes(whole[:-30])
    items = list(read([tmp_path / "a.warc.gz"]))
    assert [type(item) for item in items] == [Document, Document, DocumentError]
    assert "damaged or cut short" in str(items[-1])


# Encodings

SENTENCE = "“The harvest is safe – for all,” Aldo Brénn said near Véll."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
@pytest.mark.parametrize("ending", ["jsonl", "csv", "txt", "jsonl.gz"])
def test_encodings(tmp_path, encoding, ending):
    if ending == "txt":
        content = SENTENCE
    elif ending == "csv":
        content = f'doc_id,text\nd,"{SENTENCE}"\n'
    else:
        content = json.dumps({"doc_id": "d", "text": SENTENCE}, ensure_ascii=False) + "\n"
    if encoding == "utf-16-le" and not ending.startswith("jsonl"):
        pytest.skip("nothing tells this encoding without its mark, outside JSON")
    data = content.encode(encoding)
    (tmp_path / f"a.{ending}").write_bytes(gzip.compress(data) if ending.endswith("gz") else data)
    assert one(tmp_path / f"a.{ending}").text == SENTENCE


def test_doubly_encoded_text_is_repaired_in_the_rows_while_offsets_are_those_of_the_file(tmp_path):
    from quotes.pipeline import extract_document
    from quotes.registry import load

    given = SENTENCE.encode().decode("cp1252", "replace").replace("\ufffd", "\x9d")
    assert "â€œ" in given
    (tmp_path / "a.jsonl").write_text(json.dumps({"doc_id": "d", "text": given}) + "\n")
    document = one(tmp_path / "a.jsonl")
    assert document.text == given
    [row] = extract_document(document, load()).quotes
    assert row["quote"] == "The harvest is safe – for all,"
    assert given[row["start"] : row["end"]] == "The harvest is safe â€“ for all,"


# Files known by what they hold


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b'{"doc_id": "a", "text": "x"}\n', "json_lines"),
        (b"\xef\xbb\xbf" + b'{"doc_id": "a"}', "json_lines"),
        (b"<!DOCTYPE html><html></html>", "html"),
        (b"\n<!-- x --><html>", "html"),
        (b"WARC/1.0\r\n", "warc"),
        (b"PAR1", "parquet"),
        (gzip.compress(b'{"doc_id": "a"}'), "json_lines"),
        (b"\x00\x01", None),
        (b"just words", None),
    ],
)
def test_what_a_file_holds_is_told_by_its_first_bytes(tmp_path, content, kind):
    (tmp_path / "thing.dat").write_bytes(content)
    (tmp_path / "other.jsonl").write_bytes(b"")
    found = [source.kind for source in discover([tmp_path]).sources if source.path.name == "thing.dat"]
    assert found == ([kind] if kind else [])
