"""The steps of a check as Prefect tasks: one per stage and one per distinct source.

A task also works undecorated (``task.fn``); retries and schedules are left to Prefect.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any, cast

from prefect import Task, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Failed
from prefect.utilities.annotations import quote

from claims.privacy import hide_in
from claims.records import Reading
from flows.checks import elsewhere, steps
from flows.checks.conductor import Arguments, Conductor, Result, Stage, in_thread
from flows.serving.run_states import value_of

# The line that Prefect logs at the end of each task says only what the task's state says.
logging.getLogger("prefect.task_runs").setLevel(logging.CRITICAL)


def named_by_reason(step: Callable[..., Awaitable[Reading]]) -> Callable[..., Awaitable[Reading | State[Reading]]]:
    """The step, whose run fails under the name of the reason (``paywall``, ``not_found``) if nothing could be read.

    The reading stays the run's result, so that the check continues with it.
    """

    @wraps(step)
    async def read(*arguments: Any) -> Reading | State[Reading]:
        reading = await step(*arguments)
        if not (reason := reading.source.reason):
            return reading
        return Failed(name=reason.value, message=hide_in(reading.source.detail), data=reading)

    return read


def awaited(step: Callable[..., Any], stage: Stage) -> Callable[..., Awaitable[Any]]:
    """The step as a coroutine function: Prefect makes a client of its own for each run of a task that is none."""
    if iscoroutinefunction(step):
        return step

    @wraps(step)
    async def call(*arguments: Any, **named: Any) -> Any:
        return await in_thread(stage, step, *arguments, **named)

    return call


# What the run of the task that is called next processes. Options of its own for each run would make a new task of it.
_RUN_NAME: ContextVar[str] = ContextVar("run_name")


def _run_name() -> str:
    return _RUN_NAME.get()


_READS = (steps.gather, elsewhere.report_source)
# Inputs are whole pages: no cache key is computed from them, and no result is written to disk.
TASKS: dict[Callable[..., Any], Task[..., Any]] = {
    step: task(name=stage.value, task_run_name=_run_name, cache_policy=NO_CACHE, persist_result=False)(
        named_by_reason(step) if step in _READS else awaited(step, stage)
    )
    for step, stage in (
        (steps.fetch_article, Stage.READ),
        (steps.recall, Stage.READ),
        (steps.extract_claims, Stage.CLAIMS),
        (steps.gather, Stage.SOURCES),
        (steps.second_hand, Stage.SOURCES),
        (steps.judge, Stage.JUDGE),
        (elsewhere.examined_elsewhere, Stage.EXAMINE),
        (elsewhere.report_source, Stage.SOURCES),
        (steps.log, Stage.LEDGER),
    )
}


class TaskConductor(Conductor):
    """Runs each step as a task run that is named after the item that it processes."""

    async def call(
        self,
        stage: Stage,
        detail: str,
        step: Callable[Arguments, Result | Awaitable[Result]],
        *arguments: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Result:
        """The task's result; what the step raises is raised."""
        run = TASKS[step]
        _RUN_NAME.set(f"{stage.value}: {detail}"[:200])
        # Quoted, so that Prefect does not search each page and claim for the results of other tasks.
        given = [quote(argument) for argument in arguments]
        if step in _READS:
            return cast("Result", await value_of(await run(*given, **named, return_state=True)))
        return cast("Result", await run(*given, **named))
