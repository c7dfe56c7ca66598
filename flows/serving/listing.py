"""Lists what the Prefect server has, page by page, since it gives at most 200 rows at once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import DeploymentFilter, FlowRunFilter, FlowRunFilterExpectedStartTime
from prefect.client.schemas.objects import FlowRun
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.sorting import FlowRunSort

_PAGE = 200

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


async def _all_pages(read: Callable[[int], Awaitable[list[Row]]]) -> list[Row]:
    rows: list[Row] = []
    while True:
        page = await read(len(rows))
        rows.extend(page)
        if len(page) < _PAGE:
            return rows
