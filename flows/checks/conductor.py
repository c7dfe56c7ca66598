"""Runs the steps of one check and reports its progress."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from enum import StrEnum
from typing import ParamSpec, TypeVar, overload

from claims.privacy import hide_in

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class Stage(StrEnum):
    """The stages of a check, in order; EXAMINE stands for READ, CLAIMS and JUDGE where those are done elsewhere."""

    READ = "read"
    CLAIMS = "claims"
    SOURCES = "sources"
    JUDGE = "judge"
    LEDGER = "ledger"
    EXAMINE = "examine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The progress of a check: ``done`` of ``total`` steps, and the current item."""

    stage: Stage
    detail: str
    done: int
    total: int


Watch = Callable[[Progress], Awaitable[None] | None]


class Conductor:
    """Runs the steps of one check as plain functions and reports the progress to ``watch``."""

    def __init__(self, watch: Watch = lambda _: None) -> None:
        self._watch = watch
        self._done = 0
        self._total = len((Stage.READ, Stage.CLAIMS, Stage.JUDGE, Stage.LEDGER))

    def expect(self, sources: int) -> None:
        """Set the number of sources to be read."""
        self._total += sources

    @overload
    async def step(
        self,
        stage: Stage,
        detail: str,
        step: Callable[Arguments, Coroutine[object, object, Result]],
        *arguments: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Result: ...

    @overload
    async def step(
        self,
        stage: Stage,
        detail: str,
        step: Callable[Arguments, Result],
        *arguments: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Result: ...

    async def step(
        self,
        stage: Stage,
        detail: str,
        step: Callable[Arguments, Result | Awaitable[Result]],
        *arguments: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Result:
        """The result of ``step(*arguments, **named)``; what it raises is raised."""
        detail = hide_in(detail)
        await self._tell(stage, detail)
        result = await self.call(stage, detail, step, *arguments, **named)
        self._done += 1
        await self._tell(stage, detail)
        return result

    async def call(
        self,
        stage: Stage,
        detail: str,
        step: Callable[Arguments, Result | Awaitable[Result]],
        *arguments: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Result:
        """Run the step immediately."""
        result = step(*arguments, **named)
        return await result if isinstance(result, Awaitable) else result

    async def _tell(self, stage: Stage, detail: str) -> None:
        waiting = self._watch(Progress(stage=stage, detail=detail, done=self._done, total=self._total))
        if waiting is not None:
            await waiting
