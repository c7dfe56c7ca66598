"""A crashed run is started again a few times, at growing intervals, unless another does the same work."""

from __future__ import annotations

import platform
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from filelock import FileLock
from prefect.client.schemas.objects import FlowRun, State, StateType

from flows.serving.reruns import _STARTS_AGAIN, may_live, same_work, starts_again
from flows.serving.run_marks import lock_of

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


def states(*minutes_ago: float) -> list[State]:
    """The states of a run that crashed so long ago, and was started again by itself after each but the last crash."""
    made = []
    for number, minutes in enumerate(minutes_ago):
        crashed = NOW - timedelta(minutes=minutes)
        if number:
            made.append(State(type=StateType.SCHEDULED, message=f"{_STARTS_AGAIN} ({number} of 3).", timestamp=crashed))
        made.append(State(type=StateType.CRASHED, timestamp=crashed))
    return made


@pytest.mark.parametrize(
    ("minutes_ago", "expected"),
    [
        ([0], 1),
        ([-1], 1),  # by the server's clock
        ([600], 1),
        ([600, 1], 0),
        ([600, 3], 2),
        ([600, 300, 4], 0),
        ([600, 300, 6], 3),
        ([600, 300, 200, 100], 0),  # given up
    ],
)
def test_a_crashed_run_starts_again_at_growing_intervals(minutes_ago: list[float], expected: int) -> None:
    assert starts_again(states(*minutes_ago), NOW) == expected


def test_a_start_by_a_person_does_not_count() -> None:
    by_hand = State(type=StateType.SCHEDULED, message="Run retried", timestamp=NOW - timedelta(minutes=3))
    assert starts_again([*states(600), by_hand, *states(1)], NOW) == 1


def test_the_newest_run_with_the_same_parameters_does_the_work() -> None:
    run, same, other, cancelled = (
        FlowRun(id=uuid4(), flow_id=uuid4(), parameters={"source": source})
        for source in ("story", "story", "another", "story")
    )
    cancelled.state_type = StateType.CANCELLED
    assert same_work(run, [run, other, same])
    assert not same_work(run, [run, other, cancelled])


@pytest.mark.parametrize(
    ("host", "minutes_ago", "expected"),
    [
        ("", 0, False),
        (platform.node(), 0, False),
        ("another-machine", 0, True),  # it may only have lost the server
        ("another-machine", 59, True),
        ("another-machine", 61, False),  # or this machine has another name now
    ],
)
def test_a_crashed_run_may_live_elsewhere_for_an_hour(
    tmp_path: Path, host: str, minutes_ago: float, expected: bool
) -> None:
    run = FlowRun(id=uuid4(), flow_id=uuid4(), run_count=2)
    run.infrastructure_pid = f"{host}:{lock_of(tmp_path, run.id, 1)}" if host else None
    assert may_live(run, states(600, minutes_ago), NOW, tmp_path) is expected
    with FileLock(lock_of(tmp_path, run.id, 2)):
        assert may_live(run, states(600, minutes_ago), NOW, tmp_path) is (host != "another-machine" or expected)
