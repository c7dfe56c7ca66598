"""The final states of flow runs: closed names, counts only in the message."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from effort import calls
from prefect.futures import resolve_futures_to_states
from prefect.states import Completed, Failed

from claims.records import Check, Label
from flows.serving.run_states import RunState, final_state, label_tags, run_state, unread_state, value_of
from sources.errors import UnreadableError


def with_labels(check: Check, *labels: Label) -> Check:
    verdicts = tuple(replace(verdict, label=label) for verdict, label in zip(check.verdicts, labels, strict=False))
    return replace(check, verdicts=verdicts)


def read_nothing(check: Check) -> Check:
    return replace(check, readings=tuple(replace(reading, page=None) for reading in check.readings))


@pytest.mark.parametrize(
    ("labels", "waiting", "expected"),
    [
        ((Label.SUPPORTED, Label.SUPPORTED), (), RunState.COMPLETED),
        ((Label.SUPPORTED, Label.NO_SOURCE), (), RunState.COMPLETED),
        ((Label.SUPPORTED, Label.SUPPORTED), ("a",), RunState.NEEDS_REVIEW),
        ((Label.SUPPORTED, Label.CONTRADICTED), (), RunState.CONTRADICTED),
        ((Label.CONTRADICTED, Label.SUPPORTED), ("a",), RunState.CONTRADICTED),
        ((Label.CONFLICTING, Label.SUPPORTED), ("a",), RunState.NEEDS_REVIEW),
    ],
)
def test_the_name_of_the_state(
    check: Check, labels: tuple[Label, ...], waiting: tuple[str, ...], expected: RunState
) -> None:
    assert run_state(with_labels(check, *labels), waiting) is expected


def test_a_check_that_read_none_of_its_sources_fails(check: Check) -> None:
    state = final_state(read_nothing(check), ())
    assert (state.type, state.name) == ("FAILED", "NothingRead")
    assert state.message is not None
    assert state.message.startswith(f"none of {len(check.readings)} sources could be read; ")


def test_an_article_without_sources_is_no_failure(check: Check) -> None:
    assert run_state(with_labels(replace(check, readings=()), Label.NO_SOURCE), ()) is RunState.COMPLETED


def test_names_hold_no_counts_and_the_message_does(check: Check) -> None:
    state = final_state(check, ())
    assert state.name in {one.value for one in RunState}
    assert state.message is not None
    assert state.message.startswith(f"{len(check.extraction.claims)} claims")


def test_there_is_a_tag_for_each_label(check: Check) -> None:
    assert label_tags(check) == {f"label:{verdict.label}" for verdict in check.verdicts}


@pytest.mark.parametrize("make", [Completed, Failed])
def test_a_result_is_read_from_any_state(make: object) -> None:
    assert callable(make)
    assert asyncio.run(value_of(make(data=["a"]))) == ["a"]


def test_what_a_run_raised_is_raised() -> None:
    with pytest.raises(ValueError, match="a wrong number"):
        asyncio.run(value_of(Failed(data=ValueError("a wrong number"))))


def test_prefect_does_not_search_the_check_that_a_run_returns(check: Check) -> None:
    state = final_state(check, ())
    # Which Prefect does at the end of each run: some 20,000 calls for the sample.
    assert calls(lambda: resolve_futures_to_states(state)) < 1000
    assert asyncio.run(value_of(state)) is check


def test_an_article_that_could_not_be_read_fails_with_the_reason() -> None:
    error = UnreadableError("https://a.example/?key=s3cret: there is no page at this address")
    state = unread_state(error)
    assert (state.type, state.name) == ("FAILED", "NothingRead")
    assert state.message is not None
    assert "no page" in state.message
    assert "s3cret" not in state.message
    with pytest.raises(UnreadableError, match="no page"):
        asyncio.run(value_of(state))
