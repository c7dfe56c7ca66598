"""Which runs are dead, and which of the overdue runs are superfluous."""

from __future__ import annotations

import platform
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from filelock import FileLock
from prefect.client.schemas.objects import FlowRun, State, StateType

from flows.serving.mending import is_dead_run, superfluous
from flows.serving.run_marks import lock_of

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
OVERDUE = NOW - timedelta(minutes=1)
OURS, OTHER = UUID(int=1), UUID(int=2)
HERE = platform.node()


def overdue(minutes: float, *, scheduled: bool = True, deployment: UUID = OURS) -> FlowRun:
    due = NOW - timedelta(minutes=minutes)
    return FlowRun(flow_id=uuid4(), auto_scheduled=scheduled, expected_start_time=due, deployment_id=deployment)


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        ([], []),
        ([30], []),
        ([90, 60, 30], [90, 60]),
        ([30, 90, 60], [90, 60]),
        ([60, 30, 0.5], [60, 30]),  # the last came due just now
        ([1.5, 0.5], [1.5]),
        ([0.8, 0.2], []),  # both may be beginning at this moment
    ],
)
def test_the_newest_due_run_makes_up_for_those_that_are_overdue(minutes: list[float], expected: list[float]) -> None:
    runs = {late: overdue(late) for late in minutes}
    assert superfluous(list(runs.values()), OVERDUE) == [runs[late] for late in expected]


def test_runs_of_other_deployments_and_those_that_a_person_asked_for_are_kept() -> None:
    asked, old, other = overdue(90, scheduled=False), overdue(60), overdue(120, deployment=OTHER)
    assert superfluous([asked, old, other, overdue(30)], OVERDUE) == [old]


@pytest.mark.parametrize(
    ("state", "mark", "deployment", "minutes", "expected"),  # in its second start
    [
        ("RUNNING", "here", OURS, 0.1, True),
        ("RUNNING", "here", None, 0.1, True),  # such as the run of an article of a feed
        ("RUNNING", "elsewhere", OURS, 60, False),
        ("RUNNING", None, OURS, 1, False),
        ("RUNNING", None, OURS, 3, True),
        ("RUNNING", None, OTHER, 60, False),
        ("RUNNING", "here", OTHER, 60, True),
        ("RUNNING", "first", OURS, 0.1, False),  # started again, and not marked yet
        ("RUNNING", "first", OURS, 3, True),
        ("RUNNING", "first", None, 60, False),
        ("RUNNING", "second", OURS, 0.1, True),
        ("PENDING", None, OURS, 3, True),
        ("PENDING", "here", OURS, 1, False),  # started again: the mark is that of the start before
        ("PENDING", "here", OURS, 3, True),
    ],
)
def test_a_run_without_a_process_is_dead(
    tmp_path: Path, state: str, mark: str | None, deployment: UUID | None, minutes: float, expected: bool
) -> None:
    since = State(type=StateType(state), timestamp=NOW - timedelta(minutes=minutes))
    run = FlowRun(id=uuid4(), flow_id=uuid4(), deployment_id=deployment, state=since, run_count=2)
    written = {
        "here": f"{HERE}:{tmp_path / 'gone.lock'}",  # by an earlier version
        "elsewhere": f"{HERE}.elsewhere:{tmp_path / 'gone.lock'}",
        "first": f"{HERE}:{lock_of(tmp_path, run.id, 1)}",
        "second": f"{HERE}:{lock_of(tmp_path, run.id, 2)}",
    }
    run.infrastructure_pid = written[mark] if mark else None
    assert is_dead_run(run, [OURS], NOW, tmp_path) is expected
    with FileLock(lock_of(tmp_path, run.id, 2)):  # a slow server may not have heard of its mark yet
        assert is_dead_run(run, [OURS], NOW, tmp_path) is (expected and mark == "here" and state == "RUNNING")
