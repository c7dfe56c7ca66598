"""Automations on the Prefect server for runs that stop sending heartbeats and runs that stay Pending.

They act on the server, even while no process of Factdesk is running.
"""

from __future__ import annotations

from datetime import timedelta
from importlib.metadata import version

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification

from flows.serving.run_states import RunState

VERSION = version("factdesk")
HEARTBEAT = 30  # seconds between the heartbeats of a run
_MISSING = timedelta(seconds=3 * HEARTBEAT)
_PENDING_TOO_LONG = timedelta(minutes=3)
_PREFIX = "prefect.flow-run."
_ENDED = {
    *(_PREFIX + state.value for state in RunState),
    *(_PREFIX + name for name in ("Failed", "Cancelled", "Crashed", "TimedOut")),
}


def automations() -> list[AutomationCore]:
    """The automations, as they should be on the server."""
    beat = _PREFIX + "heartbeat"
    return [
        _crash(
            "Factdesk: no heartbeat",
            "Sets a run to Crashed whose process has sent no heartbeat for 90 seconds.",
            after={beat},
            expect={beat, *_ENDED},
            within=_MISSING,
        ),
        _crash(
            "Factdesk: pending too long",
            "Sets a run to Crashed that stayed Pending for 3 minutes, since its process ended before it started.",
            after={_PREFIX + "Pending"},
            expect={_PREFIX + "Running", _PREFIX + "AwaitingConcurrencySlot", beat, *_ENDED},
            within=_PENDING_TOO_LONG,
        ),
    ]


def _crash(name: str, does: str, *, after: set[str], expect: set[str], within: timedelta) -> AutomationCore:
    trigger = EventTrigger(
        match=ResourceSpecification({"prefect.resource.id": "prefect.flow-run.*"}),
        match_related=ResourceSpecification(
            {"prefect.resource.id": "prefect.tag.factdesk", "prefect.resource.role": "tag"}
        ),
        after=after,
        expect=expect,
        for_each={"prefect.resource.id"},
        posture=Posture.Proactive,
        threshold=1,
        within=within,
    )
    # Not forced: the last heartbeat of a run may arrive after its end, and a run that has ended stays as it is.
    return AutomationCore(
        name=name,
        description=f"{does} Made by Factdesk {VERSION}.",
        trigger=trigger,
        actions=[ChangeFlowRunState(state=StateType.CRASHED, name=None, message=does, force=False)],
    )


async def keep_automations() -> None:
    """Make the automations on the server, or bring those that are there up to date."""
    async with get_client() as client:
        for wanted in automations():
            await keep_automation(client, wanted)


async def keep_automation(client: PrefectClient, wanted: AutomationCore) -> None:
    """Make an automation, or bring the one of its name up to date; a person's pause of it is kept."""
    standing = await client.read_automations_by_name(wanted.name)
    if not standing:
        await client.create_automation(wanted)
    elif standing[0].description != wanted.description:
        await client.update_automation(standing[0].id, wanted.model_copy(update={"enabled": standing[0].enabled}))
    for superfluous in standing[1:]:
        await client.delete_automation(superfluous.id)
