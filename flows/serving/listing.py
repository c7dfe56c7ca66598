"""Lists what the Prefect server has, page by page, since it gives at most 200 rows at once, and goes through it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from typing import TypeVar

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import DeploymentFilter, FlowRunFilter, FlowRunFilterExpectedStartTime
from prefect.client.schemas.objects import FlowRun, State
from prefect.client.schemas.responses import DeploymentResponse, SetStateStatus
from prefect.client.schemas.sorting import FlowRunSort
from prefect.exceptions import ObjectNotFound, PrefectHTTPStatusError

_PAGE = 200
_log = logging.getLogger("factdesk.mending")

Row = TypeVar("Row")


async def all_deployments(client: PrefectClient, wanted: DeploymentFilter) -> list[DeploymentResponse]:
    """The deployments that match a filter, however many there are."""
    return await _all_pages(
        lambda offset: client.read_deployments(deployment_filter=wanted, limit=_PAGE, offset=offset)
    )


async def all_runs(client: PrefectClient, wanted: FlowRunFilter) -> list[FlowRun]:
    """The flow runs that match a filter, however many there are."""
    return await _all_pages(
        lambda offset: client.read_flow_runs(
            flow_run_filter=wanted, sort=FlowRunSort.ID_DESC, limit=_PAGE, offset=offset
        )
    )


def due_between(*, after: datetime | None = None, before: datetime | None = None) -> FlowRunFilterExpectedStartTime:
    """The filter for runs that are or were due at such a time."""
    return FlowRunFilterExpectedStartTime.model_validate({"after_": after, "before_": before})


async def act_on_each(runs: Iterable[FlowRun], act: Callable[[FlowRun], Awaitable[bool]]) -> int:
    """How many of the runs something was done with; one with which the server fails does not keep the others back."""
    done = 0
    for run in runs:
        try:
            done += await act(run)
        except (PrefectHTTPStatusError, ObjectNotFound) as error:
            _log.warning("the run “%s” is left to the next pass: %s", run.name, error)
    return done


async def takes_state(client: PrefectClient, run: FlowRun, state: State) -> bool:
    """Whether the server has put a run into a state; it refuses what its rules do not allow."""
    answer = await client.set_flow_run_state(run.id, state)
    return answer.status is SetStateStatus.ACCEPT


async def _all_pages(read: Callable[[int], Awaitable[list[Row]]]) -> list[Row]:
    rows: list[Row] = []
    while True:
        page = await read(len(rows))
        rows.extend(page)
        if len(page) < _PAGE:
            return rows
