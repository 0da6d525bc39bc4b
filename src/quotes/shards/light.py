"""What linking reads of a shard: its quotations, each a line that can be looked up alone, and their keys, sorted.

The keys of a quotation depend on it alone, so that they are made where it was found. A key is eight bytes of its hash;
the last bit tells the key of all words, which every two quotations of the same words share, from the others.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from quotes.rows import Row
from quotes.stages import link_statements
from quotes.stages.link_signature import Signature

READ = (
    "quote_id", "doc_id", "quote", "quote_sha256", "n_words", "start", "end", "speaker", "speaker_id", "date",
    "date_edtf", "source", "published", "statement_id",
)  # fmt: skip
"""Columns of `quotes` that linking and the table of statements read."""

ROWS, OFFSETS, KEYS = "light.jsonl", "light.npy", "keys.npy"

Pairs = npt.NDArray[np.uint64]
"""Keys and the places of quotations, side by side."""

_WORDS = "words:"
_KEPT = 10_000  # signatures in memory: two kilobytes each, five of a statement of a page


def write_light(quotes: pa.Table, folder: Path) -> None:
    """Keeps what linking reads of a shard's quotations, in the order of its file."""
    rows = quotes.select(READ).to_pylist()
    lines = [json.dumps(list(row.values())).encode() for row in rows]
    (folder / ROWS).write_bytes(b"".join(lines))
    np.save(folder / OFFSETS, np.cumsum([0, *map(len, lines)], dtype=np.int64))
    found = [(key, place) for place, row in enumerate(rows) for key in hashed_keys(row)]
    keys = np.array(sorted(found), dtype=np.uint64).reshape(-1, 2)
    np.save(folder / KEYS, keys)


def hashed_keys(row: Row) -> list[int]:
    """The keys of a quotation, eight bytes each."""
    return [_hashed(key) for key in link_statements.keys(link_statements.signature(row))]


def is_of_words(key: int) -> bool:
    """Whether a key is the one that quotations of the same words share."""
    return bool(key & 1)


def _hashed(key: str) -> int:
    value = int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
    return value | 1 if key.startswith(_WORDS) else value & ~1


class Rows:
    """The quotations of all shards by their place, read from a file as they are asked for."""

    def __init__(self, folder: Path) -> None:
        self._offsets = np.load(folder / OFFSETS, mmap_mode="r")
        with (folder / ROWS).open("rb") as file:
            self._lines: Any = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if self._offsets[-1] else b""
        self.signature = lru_cache(_KEPT)(self._signature)

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, place: int) -> Row:
        start, end = self._offsets[place], self._offsets[place + 1]
        return dict(zip(READ, json.loads(self._lines[start:end]), strict=True))

    def _signature(self, place: int) -> Signature:
        return link_statements.signature(self[place])


def gathered(shards: Sequence[Path], into: Path, parts: int) -> None:
    """The quotations of all shards in one file, and their keys in ``parts`` files, equal keys in one of them."""
    offsets, base, place = [np.zeros(1, np.int64)], 0, 0
    files = [(into / f"keys-{part}").open("wb") for part in range(parts)]
    try:
        with (into / ROWS).open("wb") as lines:
            for shard in shards:
                lines.write((shard / ROWS).read_bytes())
                own = np.load(shard / OFFSETS)
                offsets.append(own[1:] + base)
                keys = np.load(shard / KEYS) + np.array([0, place], np.uint64)
                for part, file in enumerate(files):
                    keys[_slice(keys, part, parts)].tofile(file)
                base, place = base + int(own[-1]), place + len(own) - 1
    finally:
        for file in files:
            file.close()
    np.save(into / OFFSETS, np.concatenate(offsets))


def _slice(keys: Pairs, part: int, parts: int) -> slice:
    """The rows of sorted keys that belong to a part: hashes spread evenly over all numbers."""
    bounds = [(2**64 * number // parts) for number in (part, part + 1)]
    start = np.searchsorted(keys[:, 0], np.uint64(bounds[0]))
    end = len(keys) if bounds[1] == 2**64 else np.searchsorted(keys[:, 0], np.uint64(bounds[1]))
    return slice(int(start), int(end))


def buckets(path: Path) -> Iterator[tuple[bool, bool, tuple[int, ...]]]:
    """The places that share a key: whether it is that of all words, whether no key before had them, and they."""
    keys = np.fromfile(path, np.uint64).reshape(-1, 2)
    keys = keys[np.lexsort((keys[:, 1], keys[:, 0]))]
    starts = np.flatnonzero(np.diff(keys[:, 0], prepend=keys[:1, 0] + np.uint64(1)))
    ends = np.append(starts[1:], len(keys))
    shared = ends - starts > 1
    seen: set[int] = set()
    for start, end in zip(starts[shared].tolist(), ends[shared].tolist(), strict=True):
        of_words = bool(keys[start, 0] & np.uint64(1))
        same = int.from_bytes(blake2b(keys[start:end, 1].tobytes(), digest_size=8).digest(), "little")
        is_new = same not in seen
        if of_words or is_new:
            seen.add(same)
            yield of_words, is_new, tuple(keys[start:end, 1].tolist())
