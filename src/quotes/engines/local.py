"""The processes of this machine.

New processes are started fresh (spawn), because a copy of a process (fork) that has loaded a model may hang.
The work is made once in each of them, so that a model is loaded once a process and not once a document.
"""

from __future__ import annotations

import gc
import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing.synchronize import Event
from typing import Any, Generic, TypeVar

from quotes.errors import QuotesError, UsageError

Item = TypeVar("Item")
Result = TypeVar("Result")
Work = Callable[[Item], Result]

CHUNK = 8
"""Items sent to a process at a time: few enough to keep every process busy, enough to make sending cheap."""

_AHEAD = 3  # chunks a process that are read before the first result is asked for; bounds the memory

_THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Failure(Generic[Item]):
    """The work on one item raised ``reason`` (class and message of the error); the others went on."""

    item: Item
    reason: str


def available_cores() -> int:
    """How many processes can run at once here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(
    items: Iterable[Item], make_work: Callable[[], Work[Item, Result]], *, workers: int = 1, chunk: int = CHUNK
) -> Iterator[Result | Failure[Item]]:
    """The result of ``make_work()`` on each item, in the order of the items, however many ``workers``.

    ``chunk`` items are sent to a process at a time.

    ``make_work`` is called once a process and returns the function to apply; with more than one worker it,
    the items and the results must be picklable. Items are read as results are taken, so that they may be a
    long stream. Work that raises an ordinary exception gives a `Failure` in place of a result. Input that
    fits in one chunk stays in this process: starting others would take longer than the work.

    Raises `QuotesError` when a process dies (most often for want of memory), and passes on what ``make_work``
    raises and any `UsageError` of the work. Closing the iterator, or Ctrl-C, ends the processes.
    """
    if workers < 1:
        raise ValueError(f"workers must be 1 or more, not {workers}")
    stream = iter(items)
    first = list(islice(stream, chunk + 1))
    if workers == 1 or len(first) <= chunk:
        return _here(chain(first, stream), make_work)
    return _in_processes(chain(first, stream), make_work, workers, chunk)


def _here(
    items: Iterable[Item], make_work: Callable[[], Work[Item, Result]]
) -> Iterator[Result | Failure[Item]]:
    work = make_work()
    for item in items:
        yield _try(work, item)


def _in_processes(
    items: Iterator[Item], make_work: Callable[[], Work[Item, Result]], workers: int, size: int
) -> Iterator[Result | Failure[Item]]:
    context = multiprocessing.get_context("spawn")
    waiting: deque[Future[list[Result | Failure[Item]]]] = deque()
    stop = context.Event()
    with _one_thread():
        pool = ProcessPoolExecutor(
            workers, mp_context=context, initializer=_start, initargs=(make_work, stop)
        )
        try:
            while True:
                while len(waiting) < workers * _AHEAD and (chunk := list(islice(items, size))):
                    with _deaf():
                        waiting.append(pool.submit(_do, chunk))
                if not waiting:
                    break
                yield from waiting.popleft().result()
        except BrokenProcessPool:
            reason = "a worker process died, most often for want of memory; try fewer workers"
            raise QuotesError(reason) from None
        finally:
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _deaf() -> Iterator[None]:
    """Ctrl-C waits meanwhile: a process started here is deaf to it from its first moment, before `_start` runs."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# In a worker process: what `make_work` gave, or the exception that it raised; and whether to stop early.
_work: Any = None
_stop: Event | None = None

SELDOM = 10_000
"""New objects after which a worker looks for circles: an article makes some thousands, and hardly any circle."""


def _start(make_work: Callable[[], Work[Item, Result]], stop: Event) -> None:
    global _work, _stop
    _stop = stop
    # Ctrl-C reaches every process of the terminal; the parent alone decides what becomes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        _work = make_work()
        gc.freeze()  # what was loaded stays: no collection need look through it
        gc.set_threshold(SELDOM)
    except Exception as error:  # raised here it would only be told as "a process died"; `_do` hands it on
        _work = error


def _end_with_parent() -> None:
    """Ends this process when its parent is gone, killed without a chance to tell."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def _do(chunk: list[Item]) -> list[Result | Failure[Item]]:
    if isinstance(_work, Exception):
        raise _work
    return [_try(_work, item) for item in chunk if _stop is None or not _stop.is_set()]


def _try(work: Work[Item, Result], item: Item) -> Result | Failure[Item]:
    try:
        return work(item)
    except UsageError:  # says that nothing can go as asked, as when the weights of a model are damaged
        raise
    except Exception as error:  # one item that fails, in whatever way, must not stop the others
        return Failure(item, f"{type(error).__name__}: {error}")


@contextmanager
def _one_thread() -> Iterator[None]:
    """Processes started within do their sums on one thread, so that they do not fight over the cores."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
