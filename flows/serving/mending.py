"""Cleans up after an outage: dead runs that look alive, runs to be started again, and late scheduled runs.

A dead run keeps its concurrency slot, so that its deployment never runs again; setting it Crashed frees the slot.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterName,
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterId,
    FlowRunFilterState,
    FlowRunFilterStateName,
    FlowRunFilterStateType,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.exceptions import PrefectHTTPStatusError
from prefect.states import Cancelled, Crashed

from flows.serving.listing import act_on_each, all_deployments, all_runs, due_between, takes_state
from flows.serving.reruns import start_again
from flows.serving.run_marks import is_dead, is_free, is_of_start, lock_of

EVERY = timedelta(minutes=1)
# How long a run may take from Pending, or from Running without a mark, to its mark: a process starts in about 5 s on
# an idle machine, and in under a minute on a loaded one.
_STARTS_WITHIN = timedelta(minutes=2)
_LATE = timedelta(minutes=1)
# Runs that are deleted with one request. The server takes up to 50, but after an outage, when it marks hundreds of runs
# as late at the same time, 25 get past its locked SQLite sooner.
_AT_ONCE = 25
_PAUSE = 1  # seconds, after the server has refused to delete runs
_LIVING = (StateType.PENDING, StateType.RUNNING, StateType.CANCELLING)
_BULK_DELETE: Any = "/flow_runs/bulk_delete"  # missing from the addresses that Prefect's client is typed with
_log = logging.getLogger("factdesk.mending")


async def mend(deployments: Collection[str], locks: Path, patience: timedelta = timedelta(0)) -> tuple[int, int, int]:
    """Set dead runs to Crashed, start crashed runs again, and delete superfluous late runs; how many of each.

    ``deployments`` are the names of the deployments that this machine serves, and ``locks`` is the folder of the lock
    files of their runs. Runs that carry a mark of this machine are judged by it, whatever started them. A server that
    is too busy to delete runs is asked again for as long as ``patience``.
    """
    async with get_client() as client:
        wanted = DeploymentFilter(name=DeploymentFilterName(any_=list(deployments)))
        ids = [deployment.id for deployment in await all_deployments(client, wanted)]
        ours, now = FlowRunFilterDeploymentId(any_=ids), datetime.now(UTC)
        crashed = await _crash_dead_runs(client, ids, now, locks)
        again = await start_again(client, ours, now, locks)
        return crashed, again, await _drop_late_runs(client, ours, now, patience)


async def _crash_dead_runs(client: PrefectClient, deployments: Sequence[UUID], now: datetime, locks: Path) -> int:
    state = FlowRunFilterState(type=FlowRunFilterStateType(any_=list(_LIVING)))
    runs = await all_runs(client, FlowRunFilter(state=state, tags=FlowRunFilterTags(all_=["factdesk"])))

    async def end(run: FlowRun) -> bool:
        # A run that is being cancelled can only become Cancelled.
        ended = Cancelled if run.state and run.state.is_cancelling() else Crashed
        return await takes_state(client, run, ended(message="The process of this run has ended."))

    return await act_on_each((run for run in runs if is_dead_run(run, deployments, now, locks)), end)


def is_dead_run(run: FlowRun, deployments: Collection[UUID], now: datetime, locks: Path) -> bool:
    """Whether a run that is said to go on has no process any more.

    The mark of a run that is Pending is that of an earlier start. A run whose own mark is not on the server yet, which
    may be slow, holds its lock all the same.
    """
    assert run.state is not None  # noqa: S101  the server gives each run with its state
    mark = run.infrastructure_pid
    if mark and not run.state.is_pending() and is_of_start(mark, run.run_count):
        return is_dead(mark)
    late = run.deployment_id in deployments and now - run.state.timestamp > _STARTS_WITHIN
    return late and is_free(lock_of(locks, run.id, run.run_count))


async def _drop_late_runs(
    client: PrefectClient, deployments: FlowRunFilterDeploymentId, now: datetime, patience: timedelta
) -> int:
    """Delete the overdue scheduled runs of each deployment, except where one is the newest due: it makes up for all."""
    due, overdue = (_scheduled(deployments, before) for before in (now, now - _LATE))
    dropped = 0
    while runs := [run.id for run in superfluous(await all_runs(client, due), now - _LATE)]:
        batches = [runs[start : start + _AT_ONCE] for start in range(0, len(runs), _AT_ONCE)]
        dropped += sum([await _delete_runs(client, batch, overdue) for batch in batches])
        if datetime.now(UTC) - now >= patience:
            break
    return dropped


def _scheduled(deployments: FlowRunFilterDeploymentId, before: datetime) -> FlowRunFilter:
    """The filter for runs that were due before a time and have not begun."""
    state = FlowRunFilterState(name=FlowRunFilterStateName(any_=["Scheduled", "Late"]))
    return FlowRunFilter(deployment_id=deployments, state=state, expected_start_time=due_between(before=before))


async def _delete_runs(client: PrefectClient, runs: Collection[UUID], still: FlowRunFilter) -> int:
    """Delete runs as far as they match a filter ``still``, in one request; how many did.

    Where the server is too busy they are left for now, since the other runs should not wait for them.
    """
    wanted = still.model_copy(update={"id": FlowRunFilterId(any_=list(runs))})
    asked = {"flow_runs": wanted.model_dump(mode="json"), "limit": len(runs)}
    try:
        answer = await client.request("POST", _BULK_DELETE, json=asked)
    except PrefectHTTPStatusError as error:
        _log.warning("%d superfluous late runs are left for now: %s", len(runs), error)
        await asyncio.sleep(_PAUSE)
        return 0
    return len(answer.json()["deleted"])


def superfluous(due: Sequence[FlowRun], overdue: datetime) -> list[FlowRun]:
    """Of the due runs that a schedule made, those before ``overdue``, except the newest due of each deployment.

    A run that came due a moment ago makes up for those before it as well.
    """
    runs = sorted((run for run in due if run.auto_scheduled), key=_due_at)
    newest = {run.deployment_id: run for run in runs}
    return [run for run in runs if run is not newest[run.deployment_id] and _due_at(run) < overdue]


def _due_at(run: FlowRun) -> datetime:
    return run.expected_start_time or datetime.max.replace(tzinfo=UTC)


def mend_regularly(deployments: Collection[str], locks: Path, stop: threading.Event) -> threading.Thread:
    """Mend every minute, in a thread of its own, until ``stop`` is set."""

    def loop() -> None:
        while not stop.wait(EVERY.total_seconds()):
            try:
                mended = asyncio.run(mend(deployments, locks))
            # A server that restarts fails in many ways, of which one cancels what waits for it; the next pass mends.
            except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001  as above
                _log.warning("could not look for dead runs (%s: %s); trying again", type(error).__name__, error)
            else:
                if any(mended):
                    _log.warning(
                        "set %d dead runs to Crashed, started %d again, removed %d superfluous late runs", *mended
                    )

    thread = threading.Thread(target=loop, name="mending", daemon=True)
    thread.start()
    return thread
