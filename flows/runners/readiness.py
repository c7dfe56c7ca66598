"""Says where articles would be examined, without starting anything, or why they cannot be."""

from __future__ import annotations

import os
from importlib.util import find_spec

from flows.config.setup import Setup
from flows.errors import RunnerError
from flows.runners.placement import MANY, placement, process_count

LIBRARIES = {"dask": "distributed", "ray": "ray"}
_ADDRESSES = {"dask": "DASK_SCHEDULER_ADDRESS", "ray": "RAY_ADDRESS"}


async def runner_place(how: Setup) -> str:
    """Where the runner of a desk examines articles. Raises RunnerError if it cannot; the message says what to do."""
    kind = how.settings.runner
    if kind == "local":
        few, many = "articles are checked here, two at once in one process", placement(how, MANY)
        return f"{few}; {MANY} or more in {many.processes} processes" if many.processes > 1 else few
    if kind == "processes":
        return f"several articles are examined at once, in {process_count()} processes"
    if kind == "workers":
        from flows.runners.work_pool import require_pool  # noqa: PLC0415  Prefect costs 1.5 s: only where it is used

        return f"several articles are examined by the workers of the pool {await require_pool()}"
    require_library(kind)
    if address := os.environ.get(_ADDRESSES[kind]):
        return f"several articles are examined by the cluster at {address}"
    return f"several articles are examined by {process_count()} workers on this machine; {_ADDRESSES[kind]} is not set"


def require_library(kind: str) -> None:
    """Raises RunnerError if the library of a runner is not installed."""
    if find_spec(LIBRARIES[kind]) is None:
        raise RunnerError(f"runner: {kind} needs the extra: pip install 'factdesk[{kind}]'")
