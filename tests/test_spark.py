"""Spark: the same rows as on one machine, from the same functions."""

from __future__ import annotations

import importlib.util
import shutil

import pytest

from quotes import pipeline, schema
from quotes.errors import UsageError
from quotes.readers import Raw
from quotes.records import Document
from quotes.release import digest
from quotes.shards import cut as cutting
from quotes.shards.cut import Shard
from quotes.shards.plan import workplace
from quotes.shards.spool import _written, read_shard, spark_engine
from quotes.shards.tables import TABLES, errors, table_rows
from quotes.shards.whole import extract_shards
from test_shards import article, built, planned, quiet, reprint

MASTER = "local[2]"
needs_spark = [
    pytest.mark.skipif(importlib.util.find_spec("pyspark") is None, reason="pyspark is not here (extra: spark)"),
    pytest.mark.skipif(shutil.which("java") is None, reason="Java is not here"),
    pytest.mark.filterwarnings("default"),
]


def test_a_shard_is_read_as_it_was_written(tmp_path):
    from quotes.errors import DocumentError

    items = [Document("a", "x\udcff", lang="en"), Raw("p:1", {"doc_id": "p", "url": None}, b"<p>\xff", "cp1252")]
    shard = Shard(7, items, [DocumentError("f:1", "reason", "advice", doc_id="e")], passed=2)
    again = read_shard(_written(shard, tmp_path))
    assert (again.number, again.items, again.passed) == (7, items, 2)
    assert [str(one) for one in again.errors] == [str(one) for one in shard.errors]


@pytest.fixture(scope="module")
def spark():
    from quotes.engines.spark import session

    with session(MASTER) as found:
        yield found


class TestOnSpark:
    pytestmark = needs_spark

    @pytest.mark.usefixtures("spark")
    def test_build_gives_the_tables_of_the_local_engine(self, write_lines, tmp_path, monkeypatch):
        monkeypatch.setattr(cutting, "FIRST", 8_000)
        source = write_lines("raw.jsonl", [*(article(number) for number in range(60)), "broken"])
        plan = planned(source, tmp_path / "out")
        with workplace(plan) as folder:
            found = extract_shards(plan, folder, spark_engine(MASTER), quiet, [])
            assert (found.documents, found.failed, len(list(errors(folder)))) == (60, 1, 1)
            rows = {name: list(table_rows(folder, name)) for name in TABLES}
        local = built(source, tmp_path / "local")
        assert rows == local
        for name in TABLES:
            key = schema.table(name).key
            assert digest.of_rows(rows[name], key) == digest.of_rows(local[name], key)

    def test_a_dataframe_gives_the_rows_of_the_pipeline(self, spark):
        from quotes import spark as quotes_on_spark

        documents = [Document(**fields(number)) for fields in (article, reprint) for number in range(24)]
        rows = [(d.doc_id, d.text, d.published, d.publisher, k) for k, d in enumerate(documents)]
        rows += [("empty", " ", None, None, 0), (None, "No id.", None, None, 0)]
        columns = "doc_id string, text string, published string, publisher string, other int"
        frame = spark.createDataFrame(rows, columns).repartition(5)
        found = quotes_on_spark.tables(frame, stance=False)
        expected = pipeline.tables(map(pipeline.extractor(), documents))
        linked = {row["statement_id"]: row["n_documents"] for row in expected["statements"]}
        assert max(linked.values()) > 1, "no reprints to link"
        alone = pipeline.tables(map(pipeline.extractor(), documents), link=False)
        assert alone["quotes"] != expected["quotes"], "linking changes nothing here"
        for name in ("quotes", "stances", "statements", "rejected"):
            given = [{k: v for k, v in row.items() if k in schema.columns(name)} for row in expected[name]]
            key = schema.table(name).key
            assert digest.of_rows([row.asDict() for row in found[name].collect()], key) == digest.of_rows(given, key)
        failed = {row["doc_id"]: row["reason"] for row in found["errors"].collect()}
        assert failed == {"empty": "the text is missing or empty", None: "the doc_id is missing or empty"}
        apart = quotes_on_spark.extract(frame, stance=False, link=False)
        assert {row["quote_id"]: row["statement_id"] for row in apart.collect()} == {
            row["quote_id"]: row["statement_id"] for row in alone["quotes"]
        }

    def test_a_dataframe_without_the_columns_is_refused(self, spark):
        from quotes import spark as quotes_on_spark

        with pytest.raises(UsageError, match="no column doc_id and text among id"):
            quotes_on_spark.extract(spark.createDataFrame([("a",)], "id string"))
