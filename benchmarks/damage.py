"""Files of every kind, damaged: cut short, with a piece taken out, with bytes put in, with bytes changed."""

from __future__ import annotations

import gzip
import io
import json
import random
from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

_TEXT = "“The harvest is safe,” President Aldo Brenn said."
LINE = json.dumps({"doc_id": "good", "text": _TEXT}).encode() + b"\n"


def _lines() -> bytes:
    return b"".join(LINE.replace(b"good", b"d%d" % number) for number in range(40))


def _table() -> bytes:
    sink = io.BytesIO()
    rows = [{"doc_id": f"d{number}", "text": _TEXT} for number in range(50)]
    pq.write_table(pa.Table.from_pylist(rows), sink, row_group_size=10)
    return sink.getvalue()


def _archive(*, packed: bool) -> bytes:
    records = []
    for number in range(5):
        content = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + _page()
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2024-03-05T00:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:0000-{number}>\r\nWARC-Target-URI: https://ncna.example/{number}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        record = head.encode() + content + b"\r\n\r\n"
        records.append(gzip.compress(record, mtime=0) if packed else record)
    return b"".join(records)


def _page() -> bytes:
    return b"<html><body><article>" + b"<p>It is so, he said, and went away.</p>" * 20


def _graph() -> bytes:
    quotes = [{"pre": "He said", "quote": "it is so", "post": "and left."}] * 3
    rows = [{"date": "20240305120000", "url": f"https://ncna.example/{k}", "quotes": quotes} for k in range(20)]
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


KINDS: Mapping[str, Callable[[], bytes]] = {
    "jsonl": _lines,
    "jsonl.gz": lambda: gzip.compress(_lines(), mtime=0),
    "jsonl.zst": lambda: pa.Codec("zstd").compress(_lines(), asbytes=True),
    "utf16.jsonl": lambda: _lines().decode().encode("utf-16"),
    "csv": lambda: b"doc_id,text\n" + b"".join(b'd%d,"It is so"\n' % number for number in range(60)),
    "tsv.gz": lambda: gzip.compress(b"doc_id\ttext\n" + b"a\tIt is so\n" * 60, mtime=0),
    "txt": lambda: b"It is so. " * 100,
    "html": _page,
    "html.gz": lambda: gzip.compress(_page(), mtime=0),
    "parquet": _table,
    "warc": lambda: _archive(packed=False),
    "warc.gz": lambda: _archive(packed=True),
    "gdelt.json.gz": lambda: gzip.compress(_graph(), mtime=0),
}
"""How the names of files end, and what makes a whole one."""


def damaged(whole: bytes, chance: random.Random, number: int) -> bytes:
    """The bytes damaged in one of four ways, which ``number`` chooses."""
    place = chance.randrange(1, len(whole))
    if number % 4 == 0:
        return whole[:place]
    if number % 4 == 1:
        return whole[:place] + whole[place + chance.randrange(1, 20) :]
    if number % 4 == 2:
        return whole[:place] + chance.randbytes(chance.randrange(1, 30)) + whole[place:]
    changed = bytearray(whole)
    for _ in range(10):
        changed[chance.randrange(len(whole))] = chance.randrange(256)
    return bytes(changed)


def write_damaged(kind: str, count: int, folder: Path) -> None:
    """``count`` damaged files of a kind, and a whole one that must be read whatever they are."""
    chance, whole = random.Random(kind), KINDS[kind]()
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:04}.{kind}").write_bytes(damaged(whole, chance, number))
    (folder / "whole.jsonl").write_bytes(LINE.replace(b"good", b"whole"))
