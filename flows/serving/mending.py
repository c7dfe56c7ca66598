"""Cleans up after an outage of the Prefect server: dead runs that look alive, and late scheduled runs.

A dead run keeps its concurrency slot, so that its deployment never runs again; setting it Crashed frees the slot.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterName,
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterState,
    FlowRunFilterStateType,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.sorting import FlowRunSort
from prefect.states import Crashed

from flows.serving.run_marks import is_dead

EVERY = timedelta(minutes=2)
# How long a run may take from Pending, or from Running without a mark, to its mark: a process starts in about 5 s on
# an idle machine, and in under a minute on a loaded one.
_STARTS_WITHIN = timedelta(minutes=2)
_LATE = timedelta(minutes=1)
_PAGE = 200  # the most runs or deployments that the server lists at once
_LIVING = (StateType.PENDING, StateType.RUNNING, StateType.CANCELLING)
_log = logging.getLogger("factdesk.mending")


async def mend(deployments: Collection[str]) -> tuple[int, int]:
    """Set dead runs to Crashed and delete superfluous late runs; how many there were of each.

    ``deployments`` are the names of the deployments that this machine serves. Runs that carry a mark of this machine
    are judged by it, whatever started them.
    """
    async with get_client() as client:
        wanted = DeploymentFilter(name=DeploymentFilterName(any_=list(deployments)))
        ids = [deployment.id for deployment in await all_deployments(client, wanted)]
        return await _crash_dead_runs(client, ids), await _drop_late_runs(client, ids)


async def _crash_dead_runs(client: PrefectClient, deployments: Sequence[UUID]) -> int:
    state = FlowRunFilterState(type=FlowRunFilterStateType(any_=list(_LIVING)))
    runs = await _all_runs(client, FlowRunFilter(state=state, tags=FlowRunFilterTags(all_=["factdesk"])))
    now = datetime.now(UTC)
    dead = [run for run in runs if _is_dead_run(run, deployments, now)]
    for run in dead:
        await client.set_flow_run_state(run.id, Crashed(message="The process of this run has ended."))
    return len(dead)


def _is_dead_run(run: FlowRun, deployments: Sequence[UUID], now: datetime) -> bool:
    if run.infrastructure_pid:
        return is_dead(run.infrastructure_pid)
    ours = run.deployment_id in deployments
    return ours and run.state is not None and now - run.state.timestamp > _STARTS_WITHIN


async def _drop_late_runs(client: PrefectClient, deployments: Sequence[UUID]) -> int:
    """Delete all scheduled runs of a deployment that are overdue, except the newest: that one makes up for all."""
    dropped = 0
    for deployment in deployments:
        runs = await _all_runs(
            client,
            FlowRunFilter(
                deployment_id=FlowRunFilterDeploymentId(any_=[deployment]),
                state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
            ),
        )
        for run in superfluous(runs, datetime.now(UTC)):
            await client.delete_flow_run(run.id)
            dropped += 1
    return dropped


def superfluous(runs: Sequence[FlowRun], now: datetime) -> list[FlowRun]:
    """The runs of one deployment that its schedule made and that are overdue, except the newest of them."""
    late = [run for run in runs if run.auto_scheduled and _due(run) < now - _LATE]
    return sorted(late, key=_due)[:-1]


def _due(run: FlowRun) -> datetime:
    return run.expected_start_time or datetime.max.replace(tzinfo=UTC)


async def all_deployments(client: PrefectClient, wanted: DeploymentFilter) -> list[DeploymentResponse]:
    """The deployments that match a filter, however many there are."""
    deployments: list[DeploymentResponse] = []
    while True:
        page = await client.read_deployments(deployment_filter=wanted, limit=_PAGE, offset=len(deployments))
        deployments.extend(page)
        if len(page) < _PAGE:
            return deployments


async def _all_runs(client: PrefectClient, wanted: FlowRunFilter) -> list[FlowRun]:
    runs: list[FlowRun] = []
    while True:
        page = await client.read_flow_runs(
            flow_run_filter=wanted, sort=FlowRunSort.ID_DESC, limit=_PAGE, offset=len(runs)
        )
        runs.extend(page)
        if len(page) < _PAGE:
            return runs


def mend_regularly(deployments: Collection[str], stop: threading.Event) -> threading.Thread:
    """Mend every two minutes, in a thread of its own, until ``stop`` is set."""

    def loop() -> None:
        while not stop.wait(EVERY.total_seconds()):
            try:
                crashed, dropped = asyncio.run(mend(deployments))
            except Exception as error:  # noqa: BLE001  a server that restarts fails in many ways; the next pass mends
                _log.warning("could not look for dead runs (%s: %s); trying again", type(error).__name__, error)
            else:
                if crashed or dropped:
                    _log.warning("set %d dead runs to Crashed, removed %d superfluous late runs", crashed, dropped)

    thread = threading.Thread(target=loop, name="mending", daemon=True)
    thread.start()
    return thread
