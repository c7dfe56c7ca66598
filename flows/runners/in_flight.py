"""Two checks at once in this process: while one waits for its sources or is judged, the other is read.

They are logged one after the other, in the given order, with the results that they would have had one by one.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from flows.checks.conductor import Progress, Watch
from flows.checks.pipeline import Turn

Result = TypeVar("Result")
Checking: TypeAlias = Callable[[str, Watch, "Turn | None"], Coroutine[Any, Any, Result]]


async def stop_all(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """End checks that nobody waits for any more."""
    left = list(tasks)
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)


def turn_after(task: asyncio.Task[Any]) -> Turn:
    """The turn of the check that comes after this one: when it was logged, or could not be made."""

    async def ended() -> None:
        await asyncio.wait([task])

    return ended


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun(Generic[Result]):
    """A check that was begun, and who watches it: nobody until it is waited for."""

    task: asyncio.Task[Result]
    watching: list[Watch]


class InFlight(Generic[Result]):
    """The checks of a command's articles, each begun while the one before it is waited for.

    ``checking`` makes one check. Where they are examined elsewhere (``at_once`` is 1), and for standard input, a check
    begins when it is asked for.
    """

    def __init__(self, sources: Sequence[str], at_once: int, checking: Checking[Result]) -> None:
        self._checking = checking
        self._waiting = deque(dict.fromkeys(sources) if at_once > 1 else ())
        self._begun: dict[str, Begun[Result]] = {}

    def has_begun(self, source: str) -> bool:
        """Whether the check of an article was begun and not waited for yet."""
        return source in self._begun

    def begin_no_more(self) -> None:
        """Begin no check any more before it is asked for."""
        self._waiting.clear()

    async def check(self, source: str, watch: Watch = lambda _: None) -> Result:
        """The check of an article, shown to ``watch``. Raises what the check raises."""
        while source in self._waiting:  # what is before it was checked otherwise
            self._waiting.popleft()
        begun = self._begun.pop(source, None) or self._begin(source)
        begun.watching.append(watch)
        if self._waiting and not self._begun and self._waiting[0] != "-":
            following = self._waiting.popleft()
            self._begun[following] = self._begin(following, turn_after(begun.task))
        return await begun.task

    def _begin(self, source: str, turn: Turn | None = None) -> Begun[Result]:
        watching: list[Watch] = []

        def show(progress: Progress) -> None:
            for watch in watching:
                watch(progress)

        return Begun(task=asyncio.create_task(self._checking(source, show, turn)), watching=watching)

    async def stop(self) -> None:
        """End the checks that nobody waits for any more."""
        await stop_all(begun.task for begun in self._begun.values())


@asynccontextmanager
async def stopped_at_end(*checks: InFlight[Any]) -> AsyncIterator[None]:
    """End what is left of these checks with the block."""
    try:
        yield
    finally:
        for some in checks:
            await some.stop()
