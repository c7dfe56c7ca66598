"""The final states of flow runs: few names, so that Prefect's events, automations and filters can rely on them.

Prefect names the event of a state after the state's name, so a name must never contain a count. Counts are in the
state's message, and the labels that occur are tags.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Any

from prefect.client.schemas.objects import State
from prefect.settings import get_current_settings
from prefect.states import Completed, Failed
from prefect.utilities.annotations import quote

from claims.display.wording import totals
from claims.privacy import hide_in
from claims.records import Check, Label
from flows.show.advice import nothing_read
from sources.errors import UnreadableError

# Where Prefect would keep results, of which our flows have none. It is named so that Prefect does not make a client of
# its own in each run to ask its server for the place.
NO_RESULTS = get_current_settings().results.local_storage_path


class RunState(StrEnum):
    """The names of the final states of a check; Prefect adds its own for runs that fail, crash or are cancelled."""

    COMPLETED = "Completed"
    CONTRADICTED = "Contradicted"
    NEEDS_REVIEW = "NeedsReview"
    NOTHING_READ = "NothingRead"


def run_state(check: Check, waiting: Collection[str]) -> RunState:
    """The state of a check that was logged; ``waiting`` are the ids of its claims that need review.

    A check whose article has sources of which none could be read is NOTHING_READ, whatever its verdicts are.
    """
    if nothing_read(check):
        return RunState.NOTHING_READ
    if any(verdict.label is Label.CONTRADICTED for verdict in check.verdicts):
        return RunState.CONTRADICTED
    return RunState.NEEDS_REVIEW if waiting else RunState.COMPLETED


def final_state(check: Check, waiting: Collection[str]) -> State[quote]:
    """The final state of a check's flow run, with the totals as its message and the check as its result.

    The check is quoted, so that Prefect does not search each claim and passage of it for the results of other runs.
    """
    state, message, result = run_state(check, waiting), totals(check, waiting), quote(check)
    if state is RunState.NOTHING_READ:
        message = f"none of {len(check.readings)} sources could be read; {message}"
        return Failed(name=state.value, message=message, data=result)
    return Completed(name=state.value, message=message, data=result)


def unread_state(error: UnreadableError) -> State[Any]:
    """The final state of a check whose article could not be read; whoever asks for its result gets the error raised."""
    return Failed(name=RunState.NOTHING_READ.value, message=hide_in(str(error)), data=error)


def label_tags(check: Check) -> set[str]:
    """A tag for each label that occurs in the check, such as ``label:contradicted``."""
    return {f"label:{verdict.label.value}" for verdict in check.verdicts}


async def value_of(state: State[Any]) -> Any:
    """The result that a run returned, in a failed state, too, and without its quotes. Raises what the run raised."""
    value = await state.aresult(raise_on_failure=False)
    if isinstance(value, quote):
        return value.unwrap()
    if isinstance(value, BaseException):
        raise value
    return value
