"""Spreads the articles of a command or of a flow run over other processes or machines.

Each article is read and judged there; its check comes home, where the ledger keeps one writer. What only this machine
can read is examined here: files that are not on a worker, and articles of which the ledger knows something.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import islice

from claims.records import Check
from flows.checks import elsewhere, pipeline
from flows.config.setup import Setup
from flows.runners.assignment import Assignment, assigned
from flows.runners.dask_pool import dask_pool
from flows.runners.placement import Place
from flows.runners.pools import Pool, process_pool
from flows.runners.ray_pool import ray_pool
from sources.packing.carried import unpack_captures


class Spread:
    """The announced articles of a command: begun in the given order, and taken one by one."""

    def __init__(self, sources: Sequence[str], setup: Setup, pool: Pool) -> None:
        self._setup, self._pool = setup, pool
        self._waiting = deque(source for source in dict.fromkeys(sources) if source != "-")
        self._begun: set[str] = set()

    def has(self, source: str) -> bool:
        """Whether the article was announced and its result was not taken yet."""
        return source in self._begun or source in self._waiting

    async def begin(self) -> None:
        """Begin as many articles as the pool takes."""
        fresh = list(islice(self._waiting, max(0, self._pool.at_once - len(self._begun))))
        for _ in fresh:
            self._waiting.popleft()
        self._begun.update(fresh)
        await self._pool.begin(fresh)

    async def result(self, source: str) -> Check:
        """Wait for the examined article. Raises UnreadableError, and what else its examination raised."""
        if source in self._waiting:  # an earlier one was never asked for
            self._waiting.remove(source)
            self._begun.add(source)
            await self._pool.begin([source])
        try:
            outcome = await self._pool.outcome(source)
        finally:
            self._begun.discard(source)  # asked for again, it is examined here
        await self.begin()
        elsewhere.note_usage(outcome.usage)
        await asyncio.to_thread(unpack_captures, outcome.captures, self._setup.captures)
        if outcome.error is not None:
            raise outcome.error
        if outcome.check is None:
            return await pipeline.examine_article(source, self._setup)
        return await pipeline.finish_examination(outcome.check, outcome.before, source, self._setup)


@asynccontextmanager
async def examining(sources: Sequence[str], setup: Setup, place: Place) -> AsyncIterator[None]:
    """Have the checks of these articles that begin before the block ends examined at their place.

    Raises:
        RunnerError: the runner cannot be used; the message says what to do.
    """
    if place.runner == "local":
        yield
        return
    async with AsyncExitStack() as stack:
        # Not a ledger that the first of the articles creates, while the others are examined.
        ledger = place.runner == "processes" and setup.ledger.exists()
        assignment = stack.enter_context(assigned(setup, ledger=ledger))
        pool = await _pool_of(place, assignment, len(set(sources)), stack)
        spread = Spread(sources, setup, pool)
        token = elsewhere.send_to(spread)
        try:
            await spread.begin()
            yield
        finally:
            elsewhere.keep_here(token)


async def _pool_of(place: Place, assignment: Assignment, articles: int, stack: AsyncExitStack) -> Pool:
    """The pool of a place for so many articles, closed with the stack."""
    if place.runner == "workers":
        from flows.runners.work_pool import work_pool  # noqa: PLC0415  Prefect costs 1.5 s: only where it is used

        return await stack.enter_async_context(work_pool(assignment))
    if place.runner == "processes":
        return stack.enter_context(process_pool(assignment, place))
    return stack.enter_context({"dask": dask_pool, "ray": ray_pool}[place.runner](assignment, articles))
