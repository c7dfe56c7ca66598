"""The steps of a check as Prefect tasks: one per stage and one per distinct source.

A task also works undecorated (``task.fn``); retries and schedules are left to Prefect.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from prefect import Task, task
from prefect.cache_policies import NO_CACHE

from flows.checks import steps
from flows.checks.conductor import Conductor, Stage

# Inputs are whole pages: no cache key is computed from them, and no result is written to disk.
TASKS: dict[Callable[..., Any], Task[..., Any]] = {
    step: task(name=stage.value, cache_policy=NO_CACHE, persist_result=False)(step)
    for step, stage in (
        (steps.fetch_article, Stage.READ),
        (steps.recall, Stage.READ),
        (steps.extract_claims, Stage.CLAIMS),
        (steps.gather, Stage.SOURCES),
        (steps.second_hand, Stage.SOURCES),
        (steps.judge, Stage.JUDGE),
        (steps.log, Stage.LEDGER),
    )
}


class TaskConductor(Conductor):
    """Runs each step as a task run that is named after the item that it processes."""

    async def call(self, stage: Stage, detail: str, step: Callable[..., Any], *arguments: Any) -> Any:
        """The task's result; what the step raises is raised."""
        named = TASKS[step].with_options(task_run_name=f"{stage.value}: {detail}"[:200])
        result = named(*arguments)
        return await result if hasattr(result, "__await__") else result
