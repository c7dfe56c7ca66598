"""The processes or machines that examine articles, as far as they differ: their number, and how they are asked."""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any, Protocol

from claims.verification.onnx_runtime import THREADS, core_count
from flows.config.memory import save_memory
from flows.errors import RunnerError
from flows.runners.assignment import Assignment, ExaminedArticle, examine_assigned, file_marks

PROCESSES = "FACTDESK_PROCESSES"
_MOST_PROCESSES = 256
_AHEAD = 2  # articles per process that are begun before the first result is taken: a check is kept in memory


class Pool(Protocol):
    """Where articles are examined; at most ``at_once`` of them are begun before a result is taken."""

    @property
    def at_once(self) -> int:
        """How many articles may be begun."""

    async def begin(self, sources: Sequence[str]) -> None:
        """Begin to examine articles."""

    async def outcome(self, source: str) -> ExaminedArticle:
        """The outcome for an article that was begun. Raises what its examination raised."""


class FuturePool:
    """Asks through ``submit``, which takes what ``examine_assigned`` takes and gives a future.

    ``explain`` says what is raised for an exception of a library, such as for a worker that was killed.
    """

    def __init__(
        self,
        assignment: Assignment,
        processes: int,
        submit: Callable[[str, Assignment, list[str]], Future[ExaminedArticle]],
        explain: Callable[[Exception], Exception],
    ) -> None:
        self.at_once = _AHEAD * max(1, processes)
        self._assignment, self._submit, self._explain = assignment, submit, explain
        self._futures: dict[str, Future[ExaminedArticle]] = {}

    async def begin(self, sources: Sequence[str]) -> None:
        """Begin to examine articles."""
        for source in sources:
            files = file_marks(source, self._assignment.setup)
            self._futures[source] = self._submit(source, self._assignment, files)

    async def outcome(self, source: str) -> ExaminedArticle:
        """The outcome for an article that was begun. Raises what its examination raised."""
        waiting = asyncio.wrap_future(self._futures.pop(source))
        await asyncio.wait([waiting])  # raises only where this task itself is cancelled
        if waiting.cancelled():  # by a library that lost its workers; asyncio's own error would end the program
            raise self._explain(CancelledError())
        try:
            return waiting.result()
        except Exception as error:
            if (explained := self._explain(error)) is not error:
                raise explained from error
            raise


def process_count() -> int:
    """The number of processes on this machine: ``FACTDESK_PROCESSES``, or one for each core. Raises RunnerError."""
    wanted = os.environ.get(PROCESSES, "").strip()
    if wanted and not (wanted.isdecimal() and 0 < int(wanted) <= _MOST_PROCESSES):
        raise RunnerError(f"{PROCESSES}: write a number from 1 to {_MOST_PROCESSES}")
    return int(wanted) if wanted else core_count()


def threads_of(processes: int) -> str:
    """The model threads of each of several processes that share the cores, unless ``FACTDESK_THREADS`` says more."""
    return os.environ.get(THREADS) or str(max(1, core_count() // processes))


@contextmanager
def process_pool(assignment: Assignment, articles: int) -> Iterator[Pool]:
    """Processes on this machine, as many as ``process_count`` says, but not more than there are articles.

    They end with the block, whatever they are examining then, and with this process, also where it is killed.
    """
    count = min(process_count(), articles)
    spawn = multiprocessing.get_context("spawn")
    watched, held = spawn.Pipe(duplex=False)
    executor = ProcessPoolExecutor(
        count, mp_context=spawn, initializer=_begin_process, initargs=(threads_of(count), watched)
    )

    def submit(*asked: Any) -> Future[ExaminedArticle]:
        with interrupts_kept_here():  # the first call starts the processes
            return executor.submit(examine_assigned, *asked)

    with watched, executor:
        try:
            yield FuturePool(assignment, count, submit, _explained)
        finally:
            held.close()
            executor.shutdown(cancel_futures=True)
            gc.collect()  # the semaphores of its queues, too: a command that was stopped ends without freeing anything


@contextmanager
def interrupts_kept_here() -> Iterator[None]:
    """Start no process in this block that Ctrl-C reaches, too: it would print a traceback of its own."""
    resource_tracker.ensure_running()  # whose start would let interrupts through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _explained(error: Exception) -> Exception:
    if isinstance(error, BrokenProcessPool):
        return RunnerError("runner: processes: a process was killed, perhaps for lack of memory")
    return error


def _begin_process(threads: str, watched: Connection) -> None:
    """Runs in each process of the pool, before a model is loaded."""
    save_memory()
    os.environ[THREADS] = threads
    Thread(target=_end_when_closed, args=(watched,), daemon=True).start()


def _end_when_closed(watched: Connection) -> None:
    """End this process when the one that asks is gone, or waits for nothing any more: half a result is none."""
    watched.poll(None)
    os._exit(1)
