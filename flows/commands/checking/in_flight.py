"""Two checks of a command at once in this process: while one waits for its sources or is judged, the other is read.

They are logged one after the other, in the given order, with the results that they would have had one by one.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from claims.records import Check
from flows.checks import pipeline
from flows.checks.conductor import Conductor, Progress, Watch
from flows.config.setup import Setup


@dataclass(slots=True)
class Begun:
    """A check that was begun; its progress is shown from the time that it is waited for."""

    shown: list[Watch] = field(default_factory=list)
    task: asyncio.Task[Check] | None = None

    def watch(self, progress: Progress) -> None:
        """Hand the progress on to whoever waits for the check."""
        for watch in self.shown:
            watch(progress)

    async def ended(self) -> None:
        """Wait until the check was logged, or could not be made."""
        if self.task is not None:
            await asyncio.wait([self.task])


class InFlight:
    """The checks of a command's articles, each begun while the one before it is waited for.

    With a ``runner``, which begins articles by itself, and for standard input a check begins when it is asked for.
    """

    def __init__(self, sources: Sequence[str], how: Setup) -> None:
        self._how = how
        ahead = how.settings.runner == "local"
        self._waiting = deque(dict.fromkeys(sources) if ahead else ())
        self._begun: dict[str, Begun] = {}

    async def check(self, source: str, watch: Watch) -> Check:
        """The check of an article, shown to ``watch``. Raises what `pipeline.check` raises."""
        while source in self._waiting:  # what is before it was checked otherwise
            self._waiting.popleft()
        begun = self._begun.pop(source, None) or self._begin(source)
        begun.shown.append(watch)
        if self._waiting and not self._begun and self._waiting[0] != "-":
            following = self._waiting.popleft()
            self._begun[following] = self._begin(following, after=begun)
        assert begun.task is not None  # noqa: S101  it was begun
        return await begun.task

    def _begin(self, source: str, after: Begun | None = None) -> Begun:
        begun = Begun()
        turn = None if after is None else after.ended
        begun.task = asyncio.create_task(pipeline.check(source, self._how, Conductor(begun.watch), turn))
        return begun

    async def stop(self) -> None:
        """End the checks that nobody waits for any more."""
        tasks = [begun.task for begun in self._begun.values() if begun.task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def stopped_at_end(checks: InFlight) -> AsyncIterator[None]:
    """End what is left of these checks with the block."""
    try:
        yield
    finally:
        await checks.stop()
