"""Examines articles on a Ray cluster: the one that RAY_ADDRESS names, or else one on this machine.

The library is asked directly, and not through prefect-ray, whose tasks need a flow run and so a Prefect server.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from claims.verification.onnx_runtime import THREADS
from flows.errors import RunnerError
from flows.runners.assignment import Assignment, ExaminedArticle, examine_assigned
from flows.runners.placement import process_count
from flows.runners.pools import FuturePool, Pool, threads_of
from flows.runners.readiness import require_library


@contextmanager
def ray_pool(assignment: Assignment, articles: int) -> Iterator[Pool]:
    """The cores of a Ray cluster, one article at a time on each.

    Raises RunnerError if the library is missing or the cluster cannot be reached.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    require_library("ray")
    ray = import_module("ray")
    _join(ray, articles)
    try:
        remote, shared = ray.remote(num_cpus=1)(examine_assigned), ray.put(assignment)

        def submit(source: str, _: Assignment, files: list[str]) -> Future[ExaminedArticle]:
            future: Future[ExaminedArticle] = remote.remote(source, shared, files).future()
            return future

        def explained(error: Exception) -> Exception:
            if isinstance(error, ray.exceptions.RayTaskError):
                return error.cause if isinstance(error.cause, Exception) else error
            if isinstance(error, ray.exceptions.RayError):
                return RunnerError(f"runner: ray: a worker was lost ({' '.join(str(error).split())[:200]})")
            return error

        yield FuturePool(assignment, int(ray.cluster_resources().get("CPU", 1)), submit, explained)
    finally:
        ray.shutdown()


def _join(ray: Any, articles: int) -> None:
    """Join the cluster, or start one on this machine that listens on loopback only."""
    address = os.environ.get("RAY_ADDRESS")
    quiet = {"log_to_driver": False, "logging_level": "ERROR"}
    try:
        if address:
            ray.init(address, **quiet)
            return
        count = min(process_count(), articles)
        variables = {"env_vars": {THREADS: threads_of(count)}}
        ray.init(num_cpus=count, include_dashboard=False, runtime_env=variables, _node_ip_address="127.0.0.1", **quiet)
    except (ConnectionError, ValueError, RuntimeError) as error:
        where = f"the cluster at {address}" if address else "a cluster on this machine"
        raise RunnerError(f"runner: ray: {where} cannot be used ({' '.join(str(error).split())[:200]})") from error
