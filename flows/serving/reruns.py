"""Starts runs again that an outage ended: a check leaves all of its verdicts or none, and is safe to run twice.

Each is started again a few times, at growing intervals: what kills its own process is not tried for ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.states import AwaitingRetry

from flows.serving.listing import act_on_each, all_runs, due_between, takes_state
from flows.serving.run_marks import is_dead, is_free, is_here, lock_of

# How long after the first, second and third crash of a run it is started again.
_PAUSES = (timedelta(0), timedelta(minutes=2), timedelta(minutes=5))
_WITHIN = timedelta(days=3)  # what crashed on a Friday is still wanted on Monday
# How long a crashed run of another machine may still go on there, such as one that only lost the server.
_GOES_ON = timedelta(hours=1)
_NEWER = 20  # runs among which a newer one of the same parameters is looked for
_STARTS_AGAIN = "Its process was killed; it starts again by itself"


async def start_again(client: PrefectClient, deployments: FlowRunFilterDeploymentId, now: datetime, locks: Path) -> int:
    """Start the crashed runs of deployments again that are due for it; how many there were.

    ``locks`` is the folder of the lock files of runs on this machine.
    """
    crashed = FlowRunFilter(
        deployment_id=deployments,
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.CRASHED])),
        expected_start_time=due_between(after=now - _WITHIN),
    )

    async def start(run: FlowRun) -> bool:
        states = await client.read_flow_run_states(run.id)
        number = starts_again(states, now)
        if not number or may_live(run, states, now, locks) or same_work(run, await _newer(client, run, now)):
            return False
        message = f"{_STARTS_AGAIN} ({number} of {len(_PAUSES)})."
        return await takes_state(client, run, AwaitingRetry(message=message))

    return await act_on_each(await all_runs(client, crashed), start)


def starts_again(states: Sequence[State], now: datetime) -> int:
    """Which of the starts by itself is due for a crashed run with these states; 0 if none is."""
    number = sum(_STARTS_AGAIN in (state.message or "") for state in states)
    if number == len(_PAUSES):
        return 0
    pause, last = _PAUSES[number], _last(states)
    # At once even where the server's clock is ahead of this one.
    return number + 1 if not pause or now - last >= pause else 0


def same_work(run: FlowRun, others: Sequence[FlowRun]) -> bool:
    """Whether another of these runs has the same parameters, and was not cancelled.

    A schedule's run that is due while a dead one still keeps its place is cancelled by the server.
    """
    rivals = (other for other in others if other.id != run.id and other.state_type is not StateType.CANCELLED)
    return any(other.parameters == run.parameters for other in rivals)


def may_live(run: FlowRun, states: Sequence[State], now: datetime, locks: Path) -> bool:
    """Whether the process of a run goes on, or may go on elsewhere, although the run was set to Crashed."""
    mark = run.infrastructure_pid or ""
    if mark and not is_here(mark):
        return now - _last(states) < _GOES_ON
    return bool(mark and not is_dead(mark)) or not is_free(lock_of(locks, run.id, run.run_count))


def _last(states: Sequence[State]) -> datetime:
    return max(state.timestamp for state in states)


async def _newer(client: PrefectClient, run: FlowRun, now: datetime) -> list[FlowRun]:
    """The latest runs of the same deployment that were due after a run, whatever became of them."""
    wanted = FlowRunFilter(
        deployment_id=FlowRunFilterDeploymentId(any_=[run.deployment_id] if run.deployment_id else []),
        expected_start_time=due_between(after=run.expected_start_time, before=now),
    )
    return await client.read_flow_runs(flow_run_filter=wanted, sort=FlowRunSort.EXPECTED_START_TIME_DESC, limit=_NEWER)
