"""Examines several articles at once, in processes of their own; the caller logs them, so the ledger has one writer.

A process reads the article and its sources and judges the claims. Each has connections of its own; what they share of a
host, such as the delay between two requests, stands beside the captures (``sources/fetching/shared_hosts.py``).
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor

from claims.records import Check
from claims.verification.onnx_runtime import THREADS
from flows.checks import pipeline, steps
from flows.config.setup import Setup
from sources.errors import UnreadableError

_AHEAD = 2  # articles per process that are begun before the first of them is asked for: a check is kept in memory

Examined = Check | UnreadableError


def examine_all(sources: Sequence[str], setup: Setup, workers: int | None = None) -> Iterator[tuple[str, Examined]]:
    """Examine articles in ``workers`` processes (default: one per core), and give them in the given order.

    Raises what an examination raises besides UnreadableError, which is given as a value.
    """
    count = min(workers or len(os.sched_getaffinity(0)), len(sources))
    if not count:
        return
    waiting = deque(sources)
    running: deque[tuple[str, Future[Examined]]] = deque()
    with _process_pool(count) as pool:
        try:
            while waiting or running:
                while waiting and len(running) < _AHEAD * count:
                    source = waiting.popleft()
                    running.append((source, pool.submit(_examine_one, source, setup)))
                source, future = running.popleft()
                yield source, future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _process_pool(count: int) -> ProcessPoolExecutor:
    """Processes that share the cores: each has its part of the model threads, unless ``FACTDESK_THREADS`` says more."""
    share = max(1, len(os.sched_getaffinity(0)) // count)
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(count, mp_context=spawn, initializer=_set_threads, initargs=(share,))


def _set_threads(threads: int) -> None:
    """Runs in each process of the pool, before a model is loaded."""
    os.environ.setdefault(THREADS, str(threads))


def _examine_one(source: str, setup: Setup) -> Examined:
    """Runs in a process of the pool."""
    try:
        return steps.event_loop().run(pipeline.examine_article(source, setup))
    except UnreadableError as error:
        return error
