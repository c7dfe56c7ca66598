"""The steps as Prefect tasks: one per stage, and one per distinct source.

A task here still works undecorated (``task.fn``); nothing of ours retries or schedules.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from prefect import Task, task
from prefect.cache_policies import NO_CACHE

from flows import steps
from flows.steps import Conductor, Stage

_NAMES: dict[Stage, Callable[..., Any]] = {
    Stage.READ: steps.read,
    Stage.CLAIMS: steps.split,
    Stage.SOURCES: steps.gather,
    Stage.JUDGE: steps.judge,
    Stage.LEDGER: steps.log,
}

# Inputs are whole pages: no cache key is computed from them, and no result is written to disk.
TASKS: dict[Stage, Task[..., Any]] = {
    stage: task(name=stage.value, cache_policy=NO_CACHE, persist_result=False)(step) for stage, step in _NAMES.items()
}


class TaskConductor(Conductor):
    """Runs each step as a task run that is named after what it works on."""

    async def call(self, stage: Stage, detail: str, step: Callable[..., Any], *arguments: Any) -> Any:
        """The task's result; what the step raises is raised."""
        named = TASKS[stage].with_options(task_run_name=f"{stage.value}: {detail}"[:200])
        result = named(*arguments)
        return await result if hasattr(result, "__await__") else result
