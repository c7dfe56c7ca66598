"""The processes or machines that examine articles, as far as they differ: their number, and how they are asked."""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AsyncExitStack, contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any, Protocol

from claims.verification.onnx_runtime import THREADS, core_count
from flows.checks import steps
from flows.config.memory import save_memory
from flows.errors import RunnerError
from flows.runners.assignment import Assignment, ExaminedArticle, examine_assigned, file_marks
from flows.runners.placement import PROCESSES, Place

_AHEAD = 2  # articles per process that are begun before the first result is taken: a check is kept in memory

_network = AsyncExitStack()  # of a process of the pool; never closed, because such a process ends at once


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
            try:
                self._futures[source] = self._submit(source, self._assignment, files)
            except Exception as error:  # noqa: BLE001  the pool is broken: raised where the outcome is asked for
                self._futures[source] = Future()
                self._futures[source].set_exception(error)

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


def threads_of(processes: int) -> str:
    """The model threads of each of several processes that share the cores, unless ``FACTDESK_THREADS`` says more."""
    return os.environ.get(THREADS) or str(max(1, core_count() // processes))


@contextmanager
def process_pool(assignment: Assignment, place: Place) -> Iterator[Pool]:
    """As many processes on this machine as ``place`` says.

    They end with the block, whatever they are examining then, and with this process, also where it is killed.
    """
    spawn = multiprocessing.get_context("spawn")
    watched, held = spawn.Pipe(duplex=False)
    executor = ProcessPoolExecutor(
        place.processes, mp_context=spawn, initializer=_begin_process, initargs=(threads_of(place.processes), watched)
    )

    def submit(*asked: Any) -> Future[ExaminedArticle]:
        with interrupts_kept_here(), _program_left_out():  # the first calls start the processes
            return executor.submit(_examine_in_one_network, *asked)

    def explained(error: Exception) -> Exception:
        return RunnerError(_lost(place)) if isinstance(error, BrokenProcessPool) else error

    with watched, executor:
        try:
            yield FuturePool(assignment, place.processes, submit, explained)
        finally:
            held.close()
            executor.shutdown(cancel_futures=True)
            gc.collect()  # the semaphores of its queues, too: a command that was stopped ends without freeing anything


def _lost(place: Place) -> str:
    if place.chosen:
        return "runner: processes: a process was killed, perhaps for lack of memory"
    return (
        "one of the processes that examine many articles was killed, perhaps for lack of memory: with "
        f"{PROCESSES}=1 there are none"
    )


@contextmanager
def interrupts_kept_here() -> Iterator[None]:
    """Start no process in this block that Ctrl-C reaches, too: it would print a traceback of its own."""
    resource_tracker.ensure_running()  # whose start would let interrupts through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _program_left_out() -> Iterator[None]:
    """Start processes in this block that do not import the program again.

    They need nothing of it (for a flow run it is all of Prefect), and a script without a guard would run again in each.
    """
    program = vars(sys.modules["__main__"])
    kept: dict[str, Any] = {name: program[name] for name in ("__file__", "__spec__") if name in program}
    program.update(__file__=None, __spec__=None)
    try:
        yield
    finally:
        del program["__file__"]  # what was started without a file, such as `python -c`, has none
        program.update(kept)


def _begin_process(threads: str, watched: Connection) -> None:
    """Runs in each process of the pool, before a model is loaded."""
    save_memory()
    os.environ[THREADS] = threads
    Thread(target=_end_when_closed, args=(watched,), daemon=True).start()


def _examine_in_one_network(source: str, assignment: Assignment, files: Sequence[str]) -> ExaminedArticle:
    """Examine an article in a process of the pool, whose articles share a network: a page is requested only once.

    Raises what ``examine_assigned`` raises.
    """
    loop = steps.event_loop()
    if loop.run(steps.current_network()) is None:
        loop.run(_network.enter_async_context(steps.network(assignment.setup)))
    return examine_assigned(source, assignment, files)


def _end_when_closed(watched: Connection) -> None:
    """End this process when the one that asks is gone, or waits for nothing any more: half a result is none."""
    watched.poll(None)
    os._exit(1)
