"""The local engine: the same results with any number of processes, and one item's failure is its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from functools import partial

import pytest

from quotes.engines import Failure, available_cores, run
from quotes.engines.local import CHUNK
from quotes.errors import ModelError, QuotesError

MANY = 5 * CHUNK + 3


def squares() -> Callable[[int], int]:
    return square


def square(number: int) -> int:
    if number == 13:
        raise ValueError("unlucky")
    return number * number


def processes() -> Callable[[int], int]:
    here = os.getpid()
    return lambda _: here


def unable() -> Callable[[int], int]:
    raise ModelError("no weights")


def damaged() -> Callable[[int], int]:
    return partial(fail_with, ModelError)


def dying() -> Callable[[int], int]:
    return os._exit


def fail_with(error: type[Exception], _: int) -> int:
    raise error("damaged weights")


@pytest.mark.parametrize("count", [0, 1, CHUNK, MANY])
def test_results_and_their_order_do_not_depend_on_the_number_of_processes(count):
    alone = list(run(range(count), squares))
    assert [result for result in alone if not isinstance(result, Failure)] == [
        number * number for number in range(count) if number != 13
    ]
    for workers in (2, 3):
        assert list(run(range(count), squares, workers=workers)) == alone


@pytest.mark.parametrize("workers", [1, 2])
def test_a_failure_is_in_the_place_of_its_result(workers):
    results = list(run(range(MANY), squares, workers=workers))
    assert results[13] == Failure(13, "ValueError: unlucky")
    assert [n for n, result in enumerate(results) if isinstance(result, Failure)] == [13]


def test_one_worker_is_this_process():
    assert set(run(range(MANY), processes)) == {os.getpid()}


def test_little_work_stays_in_this_process():
    assert set(run(range(CHUNK), processes, workers=2)) == {os.getpid()}


def test_work_is_made_once_a_process_and_not_in_this_one():
    workers = set(run(range(MANY), processes, workers=2))
    assert len(workers) in (1, 2)
    assert os.getpid() not in workers


def test_processes_of_workers_do_sums_on_one_thread_and_this_one_is_left_alone(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    seen = set(run(range(MANY), threads, workers=2))
    assert seen == {("1", "1")}
    assert os.environ["OMP_NUM_THREADS"] == "7"
    assert "MKL_NUM_THREADS" not in os.environ


def threads() -> Callable[[int], tuple[str | None, str | None]]:
    return lambda _: (os.environ.get("OMP_NUM_THREADS"), os.environ.get("MKL_NUM_THREADS"))


@pytest.mark.parametrize("workers", [1, 2])
def test_items_are_read_as_results_are_taken(workers):
    read = []

    def endless():
        number = 100
        while True:
            read.append(number)
            yield number
            number += 1

    results = run(endless(), squares, workers=workers)
    assert next(results) == 10_000
    assert len(read) < 100
    results.close()


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("make_work", [unable, damaged])
def test_what_concerns_the_whole_call_is_passed_on(make_work, workers):
    with pytest.raises(ModelError, match="weights"):
        list(run(range(MANY), make_work, workers=workers))


def test_a_process_that_dies_is_told():
    with pytest.raises(QuotesError, match="fewer workers"):
        list(run(range(MANY), dying, workers=2))


def test_workers_must_be_a_count():
    with pytest.raises(ValueError, match="1 or more"):
        run([], squares, workers=0)


def test_cores():
    assert available_cores() >= 1


@pytest.mark.skipif(os.name != "posix", reason="process groups are a matter of POSIX")
def test_ctrl_c_ends_every_process(tmp_path):
    script = tmp_path / "endless.py"
    script.write_text(
        textwrap.dedent(
            """
            import itertools, os, time
            from quotes.engines import run

            def work(number):
                time.sleep(0.01)
                return os.getpid()

            def make_work():
                return work

            if __name__ == "__main__":
                try:
                    for worker in run(itertools.count(), make_work, workers=2):
                        print(worker, flush=True)
                except KeyboardInterrupt:
                    print("interrupted", flush=True)
            """
        )
    )
    process = subprocess.Popen(
        [sys.executable, script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # A shell starts what runs behind it deaf to Ctrl-C, and so would be what this starts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout is not None
    worker = int(process.stdout.readline())
    os.killpg(process.pid, signal.SIGINT)
    output, complaints = process.communicate()
    assert output.splitlines()[-1] == "interrupted"
    assert complaints == ""
    assert process.returncode == 0
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
