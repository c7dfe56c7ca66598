"""News of the ledger: a source that is lost is told once, by the run that first found it unreadable."""

from dataclasses import replace

import pytest
from sample_check import again

from claims.ledger.ledger import Ledger
from claims.records import Check, Reason

STATES = {"gone": Reason.NOT_FOUND, "late": Reason.TIMEOUT, "offline": Reason.OFFLINE, "read": None}


def day(number: int) -> str:
    return f"2025-02-{number:02}T08:00:00+00:00"


def with_state(check: Check, number: int, state: str) -> Check:
    """The check, run again on a day, with its first source in this state."""
    first, *rest = check.readings
    reason = STATES[state]
    capture = first.source.capture if reason is None else None
    source = replace(first.source, reason=reason, capture=capture)
    reading = replace(first, source=source, page=None if reason else first.page)
    return replace(again(check, run=f"run-{number}", at=day(number)), readings=(reading, *rest))


@pytest.mark.parametrize(
    ("states", "told_by"),
    [
        (["read", "gone"], [2]),
        (["read", "late", "gone"], [2]),
        (["read", "offline", "gone"], [3]),
        (["read", "offline", "late", "offline", "gone"], [3]),
        (["read", "gone", "read", "gone"], [4]),
        (["read", "gone", "offline"], [2]),
        (["read", "offline"], []),
        (["gone", "late"], []),
        (["read", "gone", "read"], []),
        (["read", "read"], []),
    ],
)
def test_a_lost_source_is_told_by_the_first_run_that_cannot_read_it(
    states: list[str], told_by: list[int], ledger: Ledger, check: Check
) -> None:
    runs = list(enumerate(states, start=1))
    for number, state in runs:
        checked = with_state(check, number, state)
        evidence = tuple(replace(verdict, evidence=()) for verdict in checked.verdicts)
        ledger.record(replace(checked, verdicts=evidence))
    lost = check.readings[0].source.id
    assert [number for number, _ in runs if lost in {s.id for s in ledger.news(run=f"run-{number}").lost}] == told_by
    since_the_first = [source.id for source in ledger.news(since=day(1)).lost]
    assert since_the_first.count(lost) == len(told_by)
    assert lost not in {source.id for source in ledger.news(since=day(len(states) + 1)).lost}
