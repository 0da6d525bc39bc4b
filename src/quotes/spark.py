"""Quotations of a Spark DataFrame: the same functions and the same rows as on one machine.

    from quotes import spark as quotes_on_spark

    articles = session.read.parquet("articles")            # doc_id and text, and where known title, published, …
    tables = quotes_on_spark.tables(articles, stance=False)
    tables["quotes"].write.parquet("quotes")
    tables["statements"].write.parquet("statements")

Registry and model are loaded once in each Python process of Spark, from the package that is installed there. Each
document needs an id of its own: `dropDuplicates(["doc_id"])` sees to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from quotes import models, pipeline, registry, schema
from quotes.engines import spark_statements
from quotes.errors import DocumentError, UsageError
from quotes.readers.check import FIELDS, to_document
from quotes.records import Document
from quotes.rows import Extraction

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["extract", "tables"]

_TABLES = ("quotes", "stances", "rejected")
_ERROR = pa.struct([("where", pa.string()), ("doc_id", pa.string()), ("reason", pa.string()), ("advice", pa.string())])
_DOCUMENTS = 16  # in one batch of results: an article of ten quotations has a hundred kilobytes of rows


def extract(documents: DataFrame, *, stance: bool = True, link: bool = True) -> DataFrame:
    """The `quotes` table of these documents; the options are those of `tables`."""
    return tables(documents, stance=stance, link=link)["quotes"]


def tables(documents: DataFrame, *, stance: bool = True, link: bool = True) -> dict[str, DataFrame]:
    """``quotes``, ``stances``, ``statements``, ``rejected``, and ``errors``: the documents that failed, and why.

    Reprints are linked wherever they lie, for which the documents are worked on at once; what is found is kept on the
    disks of the executors until ``session.catalog.clearCache()``. Without ``link`` nothing is worked on before a
    table is asked for (``cache`` what is asked for more than once), ``statement_id`` is that of the words alone, and
    there are no ``statements``. Raises `UsageError` where a column is missing.
    """
    from pyspark import StorageLevel
    from pyspark.sql import functions as sql
    from pyspark.sql.pandas.types import from_arrow_schema

    lacking = [name for name in ("doc_id", "text") if name not in documents.columns]
    if lacking:
        reason = f"no column {' and '.join(lacking)} among {', '.join(documents.columns)}"
        raise UsageError(f"{reason}: rename those that hold them")
    known = documents.select(*(name for name in FIELDS if name in documents.columns))
    found = known.mapInArrow(partial(_extracted, stance=stance), from_arrow_schema(_schema()))
    if link:
        found = found.persist(StorageLevel.DISK_ONLY)
    flat = {name: found.select(sql.explode(name).alias("row")).select("row.*") for name in _TABLES}
    if link:
        flat["quotes"] = spark_statements.linked(flat["quotes"])
        flat["statements"] = spark_statements.statements(flat["quotes"])
    failed = found.where("error is not null").select("error.*")
    return {**flat, "errors": failed}


@cache
def _schema() -> pa.Schema:
    """What comes of a document: its rows in each table, or an error."""
    lists = [(name, pa.list_(pa.struct(list(schema.arrow_schema(name).remove_metadata())))) for name in _TABLES]
    return _nullable(pa.schema([*lists, ("error", _ERROR)]))


def _nullable(found: pa.Schema) -> pa.Schema:
    """The same with every column allowed to be null, as Spark wants what comes from Python."""

    def opened(kind: pa.DataType) -> pa.DataType:
        if pa.types.is_list(kind):
            return pa.list_(opened(kind.value_type))
        if pa.types.is_struct(kind):
            return pa.struct([(field.name, opened(field.type)) for field in kind])
        return kind

    return pa.schema([(field.name, opened(field.type)) for field in found])


@cache
def _work(stance: bool) -> Callable[[Document], Extraction]:
    """Made once in each Python process of Spark."""
    return partial(pipeline.extract_document, registry=registry.load(), scorer=models.load() if stance else None)


def _extracted(batches: Iterator[pa.RecordBatch], *, stance: bool) -> Iterator[pa.RecordBatch]:
    work = _work(stance)
    for batch in batches:
        for start in range(0, batch.num_rows, _DOCUMENTS):
            rows = batch.slice(start, _DOCUMENTS).to_pylist()
            yield pa.RecordBatch.from_pylist([_one(row, work) for row in rows], schema=_schema())


def _one(row: Mapping[str, Any], work: Callable[[Document], Extraction]) -> dict[str, Any]:
    where = str(row.get("doc_id"))
    try:
        found = work(to_document(row, where))
    except DocumentError as error:
        return {"error": {name: getattr(error, name) for name in ("where", "doc_id", "reason", "advice")}}
    except UsageError:
        raise
    except Exception as error:  # one document that fails, in whatever way, must not stop the others
        advice = "This is a fault of the program: please report it"
        reason = f"{type(error).__name__}: {error}"
        return {"error": {"where": where, "doc_id": where, "reason": reason, "advice": advice}}
    return {"quotes": found.quotes, "stances": found.stances, "rejected": found.rejected, "error": None}
