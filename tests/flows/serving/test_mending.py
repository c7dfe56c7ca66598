"""Of the runs of a deployment that are overdue only the newest is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from prefect.client.schemas.objects import FlowRun

from flows.serving.mending import superfluous

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


def run(minutes_ago: float | None, *, scheduled: bool = True) -> FlowRun:
    due = None if minutes_ago is None else NOW - timedelta(minutes=minutes_ago)
    return FlowRun(flow_id=uuid4(), auto_scheduled=scheduled, expected_start_time=due)


@pytest.mark.parametrize(
    ("minutes_ago", "expected"),
    [
        ([], []),
        ([30], []),
        ([0.5], []),
        ([90, 60, 30], [90, 60]),
        ([30, 90, 60], [90, 60]),
        ([60, 30, 0.5], [60]),
        ([60, 30, -30, -60], [60]),
        ([-30, -60], []),
        ([60, None, 30], [60]),
    ],
)
def test_the_newest_overdue_run_makes_up_for_the_others(minutes_ago: list[float | None], expected: list[float]) -> None:
    runs = {minutes: run(minutes) for minutes in minutes_ago}
    assert superfluous(list(runs.values()), NOW) == [runs[minutes] for minutes in expected]


def test_a_run_that_a_person_asked_for_is_kept() -> None:
    asked, scheduled = run(90, scheduled=False), run(60)
    assert superfluous([asked, scheduled, run(30)], NOW) == [scheduled]
