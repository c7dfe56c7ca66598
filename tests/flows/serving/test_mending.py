"""Which runs are dead, and which of the overdue runs are superfluous."""

from __future__ import annotations

import asyncio
import platform
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self
from uuid import UUID, uuid4

import httpx
import pytest
from filelock import FileLock
from prefect.client.schemas.filters import FlowRunFilter
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.exceptions import PrefectHTTPStatusError

from flows.serving.mending import is_dead_run, mend, superfluous
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


class BusyServer:
    """Stands for the client of a server that refuses so many deletions before it deletes what it is asked to."""

    def __init__(self, runs: list[FlowRun], refusals: int) -> None:
        self.runs, self.refusals = runs, refusals

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None: ...

    async def read_deployments(self, **_: object) -> list[object]:
        return []

    async def read_flow_runs(self, *, flow_run_filter: FlowRunFilter, offset: int, **_: object) -> list[FlowRun]:
        due = flow_run_filter.expected_start_time  # the others are asked for by their states
        return self.runs[offset:] if due and due.before_ else []

    async def request(self, _method: str, path: str, *, json: dict[str, Any]) -> httpx.Response:
        request = httpx.Request("POST", f"http://127.0.0.1:4200{path}")
        if self.refusals:
            self.refusals -= 1
            busy = httpx.HTTPStatusError("busy", request=request, response=httpx.Response(503, request=request))
            raise PrefectHTTPStatusError.from_httpx_error(busy)
        asked = json["flow_runs"]["id"]["any_"]
        self.runs = [run for run in self.runs if str(run.id) not in asked]
        return httpx.Response(200, json={"deleted": asked})


@pytest.mark.parametrize(
    ("refusals", "patience", "deleted"),
    [(0, 0, 59), (1, 0, 34), (1, 60, 59), (5, 60, 59)],  # 59 of 60 runs are superfluous, in batches of 25
)
def test_a_busy_server_is_asked_again_as_long_as_there_is_patience(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusals: int, patience: int, deleted: int
) -> None:
    now = datetime.now(UTC)
    due = [now - timedelta(minutes=30 * number + 5) for number in range(60)]
    server = BusyServer(
        [FlowRun(flow_id=OURS, auto_scheduled=True, expected_start_time=at, deployment_id=OURS) for at in due], refusals
    )
    monkeypatch.setattr("flows.serving.mending.get_client", lambda: server)
    monkeypatch.setattr("flows.serving.mending._PAUSE", 0)
    _, _, removed = asyncio.run(mend(["a"], tmp_path, timedelta(seconds=patience)))
    assert removed == deleted
    assert len(server.runs) == len(due) - deleted
    assert due[0] in [run.expected_start_time for run in server.runs]


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
