"""Statements over the partitions of a Spark DataFrame: quotations linked wherever they lie.

The same steps as on one machine (`quotes.shards.linked`): keys are made of each quotation alone, the quotations that
share a key are compared where Spark brings them together, and what hangs together is named together. Only the pairs
that were found, two identifiers and a number each, come to the driver, which tells what hangs together.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from quotes import pipeline, schema
from quotes.rows import Row
from quotes.shards.light import READ, hashed_keys, is_of_words
from quotes.stages import link_statements

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_LINK = "statement_id"
_EDGE = pa.schema([("alike", pa.float64()), ("one", pa.string()), ("other", pa.string())])
_NAMED = pa.schema([("quote_id", pa.string()), ("named", pa.string())])
_KEYED = pa.schema([("key", pa.int64()), ("quote_id", pa.string())])


def linked(quotes: DataFrame) -> DataFrame:
    """``quotes`` with the ``statement_id`` of the utterance that each row reports, as `link_statements.link` has it.

    The rows are read several times, the first time at once: they should be stored or persisted.
    """
    from pyspark.sql import functions as sql

    light = quotes.select(*READ)
    edges = _edges(light)
    if edges is None:
        return quotes
    spark = quotes.sparkSession
    members = pa.table({
        "quote_id": pa.chunked_array([*edges["one"].chunks, *edges["other"].chunks]),
        "part": pa.chunked_array(edges["part"].chunks * 2),
    })
    pairs = spark.createDataFrame(edges)
    rows = light.join(spark.createDataFrame(members).distinct(), "quote_id")
    found = rows.groupBy("part").cogroup(pairs.groupBy("part")).applyInArrow(_named, _spark(_NAMED))
    name = sql.coalesce("named", _LINK).alias(_LINK)
    columns = [name if column == _LINK else sql.col(column) for column in quotes.columns]
    return quotes.join(found, "quote_id", "left").select(*columns)


def statements(quotes: DataFrame) -> DataFrame:
    """The table of `statements` of quotations that are linked."""
    light = quotes.select(*READ)
    return light.groupBy(_LINK).applyInArrow(_stated, _spark(_stated_schema()))


def _spark(shape: pa.Schema) -> Any:  # noqa: ANN401
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(pa.schema([field.with_nullable(True) for field in shape]))


def _edges(light: DataFrame) -> pa.Table | None:
    """The pairs that were found, each with the number of what hangs together; None where there are none."""
    keyed = light.mapInArrow(_keyed, _spark(_KEYED))
    shared = keyed.groupBy("key").count().where("count > 1").select("key")
    together = keyed.join(shared, "key").join(light, "quote_id")
    compared = together.groupBy("key").applyInArrow(_compared, _spark(_EDGE)).distinct().toArrow()
    if not len(compared):
        return None
    one, other = (compared.column(name).combine_chunks() for name in ("one", "other"))
    alike = compared.column("alike").combine_chunks()
    return pa.table({"part": _parts(one, other), "alike": alike, "one": one, "other": other})


def _parts(one: pa.Array, other: pa.Array) -> pa.Array:
    """For each pair the number of the part of the graph that it belongs to."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    places: npt.NDArray[np.int64] = pa.concat_arrays([one, other]).dictionary_encode().indices.to_numpy()
    ends = places.reshape(2, -1)
    count = int(places.max()) + 1
    graph = coo_array((np.ones(ends.shape[1], np.int8), (ends[0], ends[1])), shape=(count, count))
    return pa.array(connected_components(graph, directed=False)[1][ends[0]], pa.int64())


def _keyed(batches: Any) -> Any:  # noqa: ANN401
    for batch in batches:
        found = [(key, row["quote_id"]) for row in batch.to_pylist() for key in hashed_keys(row)]
        keys = np.array([key for key, _ in found], dtype=np.uint64).view(np.int64)
        yield pa.record_batch([pa.array(keys), pa.array([name for _, name in found], pa.string())], schema=_KEYED)


def _compared(key: tuple[pa.Scalar, ...], table: pa.Table) -> pa.Table:
    """The pairs of one key. Of two utterances with the same words one gives way: they are named together."""
    rows = sorted(table.to_pylist(), key=lambda row: str(row["quote_id"]))
    edges = list(link_statements.pairs([link_statements.signature(row) for row in rows]))
    if is_of_words(key[0].as_py()):
        edges += ((-1.0, one["quote_id"], other["quote_id"]) for one, other in pairwise(rows))
    return pa.Table.from_pylist([dict(zip(_EDGE.names, edge, strict=True)) for edge in edges], schema=_EDGE)


def _named(rows: pa.Table, edges: pa.Table) -> pa.Table:
    of: dict[str, Row] = {row["quote_id"]: row for row in rows.to_pylist()}
    signed = {name: link_statements.signature(row) for name, row in of.items()}
    pairs = [(edge["alike"], edge["one"], edge["other"]) for edge in edges.to_pylist() if edge["alike"] >= 0]
    called = link_statements.named(link_statements.groups(signed, pairs), of)
    return _table(sorted(called.items()))


def _table(items: Sequence[tuple[str, str]]) -> pa.Table:
    columns = list(zip(*items, strict=True)) or [(), ()]
    return pa.table([pa.array(column, pa.string()) for column in columns], schema=_NAMED)


@cache
def _stated_schema() -> pa.Schema:
    return schema.arrow_schema("statements").remove_metadata()


def _stated(table: pa.Table) -> pa.Table:
    return pa.Table.from_pylist(pipeline.statements(table.to_pylist()), schema=_stated_schema())
