"""Apache Spark: the same work, on as many machines as there are.

Tasks and results are short texts; what they stand for lies in files that every machine reaches. The work is made
once in each Python process of Spark, as in those of `quotes.engines.local`, and processes live as long as the job.
"""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any

import pyarrow as pa

from quotes.errors import QuotesError, UsageError

Work = Callable[[str], str]

TASKS_A_CORE = 8
"""Parts into which the tasks of a core are cut: many, so that no core waits long for the last."""

_FIELD = "task"
_INSTALL = "Install it with: pip install 'quotes[spark]', and Java 17 or later beside it"


def run(tasks: Iterable[str], make_work: Callable[[], Work], *, master: str) -> Iterator[str]:
    """The result of ``make_work()`` on each task, in any order. ``make_work`` must be picklable.

    Spark is started while the tasks are gone through, and not at all where there is none. Raises `UsageError` where
    pyspark or Java is missing, and `QuotesError` where Spark gives the job up.
    """
    stream = iter(tasks)
    first = next(stream, None)
    if first is None:
        return
    with ExitStack() as opened:
        begun = _begun(master, opened)
        given = [first, *stream]
        spark = begun()
        from pyspark.errors import PySparkException

        parts = max(1, min(len(given), TASKS_A_CORE * spark.sparkContext.defaultParallelism))
        frame = spark.createDataFrame([(task,) for task in given], f"{_FIELD} string").repartition(parts)
        try:
            done = frame.mapInArrow(_mapper(make_work), f"{_FIELD} string").collect()
        except PySparkException as error:
            raise QuotesError(f"Spark gave up: {_reason(error)}") from None
    for row in done:
        yield row[0]


def _begun(master: str, opened: ExitStack) -> Callable[[], Any]:
    """Begins a session, which takes seconds, on its own thread; what it gives waits for it. ``opened`` closes it."""
    if (active := _active()) is not None:  # what is active in one thread is not so in another
        return lambda: active
    pool = opened.enter_context(ThreadPoolExecutor(1))
    return pool.submit(opened.enter_context, session(master)).result


def _active() -> Any:  # noqa: ANN401
    """The session that is there; None where there is none, and where pyspark is missing."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        return None
    return SparkSession.getActiveSession()


@contextmanager
def session(master: str) -> Iterator[Any]:
    """A session at ``master``: the one that is there, or else one that is closed afterwards."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise UsageError(f"Spark is not here. {_INSTALL}") from None
    if (active := _active()) is not None:
        yield active
        return
    if master.startswith("local") and not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise UsageError(f"Java is not here. {_INSTALL}")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("quotes")
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "64",
    }
    if master.startswith("local"):
        settings |= {
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.sql.shuffle.partitions": "4",
        }
    for name, value in settings.items():
        builder = builder.config(name, value)
    started = builder.getOrCreate()
    try:
        yield started
    finally:
        started.stop()


def _mapper(make_work: Callable[[], Work]) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def mapped(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        work = _made(make_work)
        for batch in batches:
            for task in batch.column(0).to_pylist():
                yield pa.record_batch([pa.array([work(task)], pa.string())], names=[_FIELD])

    return mapped


_works: dict[Any, Work] = {}
"""In a Python process of Spark: the work that it has made, by what made it."""


def _made(make_work: Callable[[], Work]) -> Work:
    key = repr(make_work)
    if key not in _works:
        _works.clear()
        _works[key] = make_work()
        gc.freeze()  # what was loaded stays: nothing of it is looked through again
    return _works[key]


def _reason(error: Exception) -> str:
    """The last line that says what was raised, out of many that say where."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    ours = [line for line in lines if line.startswith("quotes.errors.")]
    return (ours or lines or [type(error).__name__])[0].partition("Error: ")[2] or (ours or lines)[0][:300]
