"""Examines articles on a Dask cluster: the one that DASK_SCHEDULER_ADDRESS names, or else one on this machine.

The library is asked directly, and not through prefect-dask, whose tasks need a flow run and so a Prefect server.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from typing import Any

from claims.verification.onnx_runtime import THREADS
from flows.errors import RunnerError
from flows.runners.assignment import Assignment, examine_assigned
from flows.runners.placement import process_count
from flows.runners.pools import FuturePool, Pool, interrupts_kept_here, threads_of
from flows.runners.readiness import require_library

_PATIENCE = "30s"  # for the scheduler to answer


@contextmanager
def dask_pool(assignment: Assignment, articles: int) -> Iterator[Pool]:
    """The workers of a Dask cluster, one article at a time on each.

    Raises RunnerError if the library is missing or no scheduler answers.
    """
    require_library("dask")
    dask, distributed = import_module("dask"), import_module("distributed")
    address = dask.config.get("scheduler-address", None)
    with _dask_client(distributed, address, articles) as client:
        workers = max(1, len(client.scheduler_info(n_workers=-1)["workers"]))

        def explained(error: Exception) -> Exception:
            if isinstance(error, distributed.KilledWorker | CancelledError):
                return RunnerError("runner: dask: the workers or the scheduler were lost while an article was examined")
            return error

        executor = client.get_executor(pure=False)
        try:
            yield FuturePool(assignment, workers, partial(executor.submit, examine_assigned), explained)
        finally:
            executor.shutdown(wait=False)


@contextmanager
def _dask_client(distributed: Any, address: str | None, articles: int) -> Iterator[Any]:
    """A client of the cluster at an address, or of a new one on this machine, which listens on loopback only."""
    if address:
        try:
            client = distributed.Client(address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            raise RunnerError(f"runner: dask: no scheduler answers at {address} ({error}); start it") from error
        with client:
            yield client
        return
    count = min(process_count(), articles)
    with interrupts_kept_here():
        cluster = distributed.LocalCluster(
            n_workers=count,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=None,
            silence_logs=40,
            env={THREADS: threads_of(count)},
        )
    with cluster, distributed.Client(cluster, set_as_default=False) as client:
        yield client
