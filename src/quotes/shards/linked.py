"""Statements over all shards: quotations linked across documents, when all shards are done.

The keys of all quotations are sorted into parts, equal keys into one; the quotations that share a key are compared,
part by part and on all processes; what hangs together is linked. In memory is a part and what hangs together, not the
quotations of all documents. The links are those of `link_statements.link`, which has all of them at hand.
"""

from __future__ import annotations

import os
import shutil
from array import array
from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby, pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from quotes import pipeline
from quotes.engines import Failure, run
from quotes.errors import QuotesError
from quotes.rows import Row
from quotes.shards.light import KEYS, ROWS, Rows, buckets, gathered
from quotes.shards.plan import in_order
from quotes.shards.renamed import LIGHT_ORDER, light_schema, write_renamed
from quotes.shards.runs import merged
from quotes.stages import link_statements

_FOLDER = "linked"
_LINK = "statement_id"
_PART = 1_000_000  # keys of a part: some fifty megabytes while they are sorted
_MOST_PARTS = 500  # files that are open at once

Edges = npt.NDArray[np.float64]
"""Rows of likeness and two places; -1 joins places that are only looked at together."""


def link_shards(folder: Path, workers: int, advance: Callable[[str, int, int], None]) -> None:
    """Links the quotations of all shards and keeps the outcome in ``folder``, unless an earlier run did."""
    if (folder / _FOLDER).is_dir():
        return
    shards = in_order(folder)
    part = folder / f".{_FOLDER}.{os.getpid()}.part"
    part.mkdir()
    try:
        keys = sum(int(np.load(shard / KEYS, mmap_mode="r").shape[0]) for shard in shards)
        parts = min(_MOST_PARTS, 1 + keys // _PART)
        gathered(shards, part, parts)
        rows = Rows(part)
        found = _compared(rows, part, parts, workers, advance)
        write_renamed(shards, sorted(_links(rows, found)), part)
        for path in (*part.glob("keys-*"), *part.glob("likeness-*"), *part.glob(f"{Path(ROWS).stem}.*")):
            path.unlink()
        part.replace(folder / _FOLDER)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def quote_runs(folder: Path) -> list[Path]:
    """The runs of `quotes`, linked."""
    return sorted((folder / _FOLDER).glob("*.quotes"))


def statement_rows(folder: Path, spare: Path) -> Iterator[Row]:
    """The table of statements, in order; the quotations of one of them are in memory at a time."""
    paths = sorted((folder / _FOLDER).glob("*.light"))
    rows = (row for batch in merged(paths, LIGHT_ORDER, light_schema(), spare) for row in batch.to_pylist())
    for _, group in groupby(rows, key=lambda row: row[_LINK]):
        yield from pipeline.statements(group)


def _compared(
    rows: Rows, part: Path, parts: int, workers: int, advance: Callable[[str, int, int], None]
) -> Edges:
    found = np.zeros((0, 3))
    # A single part stays in this process, and what is read for it serves when the links are drawn.
    make_work = partial(_make_work, part) if parts > 1 else lambda: partial(_edges_of, rows, part)
    for number, result in enumerate(run(range(parts), make_work, workers=workers, chunk=1), start=1):
        if isinstance(result, Failure):
            raise QuotesError(f"statements could not be linked: {result.reason}. Please report it")
        found = _once(np.concatenate([found, np.load(result)]))
        advance("linking statements", number, parts)
    return found


def _make_work(part: Path) -> Callable[[int], Path]:
    return partial(_edges_of, Rows(part), part)


def _edges_of(rows: Rows, part: Path, number: int) -> Path:
    """Compares the quotations that share a key of one part."""
    edges = array("d")  # six times smaller than tuples
    for of_words, is_new, places in buckets(part / f"keys-{number}"):
        if is_new:
            signed = [rows.signature(place) for place in places]
            at = {one.quote_id: place for one, place in zip(signed, places, strict=True)}
            for alike, one, other in link_statements.pairs(signed):
                edges.extend((alike, at[one], at[other]))
        if of_words:  # of two utterances with the same words one gives way: they are named together
            for pair in pairwise(places):
                edges.extend((-1.0, *pair))
    path = part / f"likeness-{number}.npy"
    np.save(path, _once(np.frombuffer(edges or b"", dtype=np.float64).reshape(-1, 3)))
    return path


def _once(edges: Edges) -> Edges:
    """Each edge once, sorted by its places."""
    ordered = edges[np.lexsort(edges.T)]
    return ordered[np.any(np.diff(ordered, axis=0, prepend=-2), axis=1)]


def _links(rows: Rows, edges: Edges) -> Iterator[tuple[int, str]]:
    """Each place whose quotation gets another identifier than that of its own words, and the identifier."""
    for group in _together(edges, len(rows)):
        places = sorted({int(place) for place in group[:, 1:].ravel()})
        of = {row["quote_id"]: row for row in map(rows.__getitem__, places)}
        names = dict(zip(places, of, strict=True))
        signed = {name: rows.signature(place) for place, name in names.items()}
        pairs = [
            (float(alike), *sorted((names[int(one)], names[int(other)]))) for alike, one, other in group if alike >= 0
        ]
        called = link_statements.named(link_statements.groups(signed, pairs), of)
        changed = (place for place in places if called[names[place]] != of[names[place]][_LINK])
        yield from ((place, called[names[place]]) for place in changed)


def _together(edges: Edges, count: int) -> Iterator[Edges]:
    """The edges of each part of the graph that hangs together."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    if not len(edges):
        return
    ends = edges[:, 1:].astype(np.int64)
    graph = coo_array((np.ones(len(ends), np.int8), (ends[:, 0], ends[:, 1])), shape=(count, count))
    label = connected_components(graph, directed=False)[1][ends[:, 0]]
    order = np.argsort(label, kind="stable")
    bounds = np.flatnonzero(np.diff(label[order], prepend=-1, append=-1))
    for start, end in pairwise(bounds.tolist()):
        yield edges[order[start:end]]
