"""Tells people through the Prefect server: events, and automations that send them on.

An entry of ``notify`` becomes a block with its address, which the server encrypts, and an automation. Both have names
that do not change, so that they are made once, and an entry that was removed from config.yaml loses both.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from prefect.blocks.core import Block
from prefect.blocks.notifications import SlackWebhook
from prefect.blocks.webhook import Webhook
from prefect.client.orchestration import PrefectClient, get_client
from prefect.events import emit_event
from prefect.events.actions import CallWebhook, SendNotification
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification
from prefect.exceptions import ObjectNotFound

from claims.records import content_id
from flows.checks.news import EVENTS, News
from flows.config.settings import Notify
from flows.config.setup import Setup
from flows.serving.automations import VERSION, keep_automation

_DESK = "factdesk.desk"


def emit_news(messages: Iterable[News], how: Setup) -> None:
    """Send an event for each message; Prefect relates it to the run that is going on."""
    desk = how.settings.desk.name
    for news in messages:
        resource = {"prefect.resource.id": f"factdesk.{news.about}", "prefect.resource.name": news.subject, _DESK: desk}
        emit_event(event=news.event, resource=resource, payload=news.payload(desk))


async def keep_notifications(how: Setup) -> None:
    """Make a block and an automation for each entry of ``notify``, and remove those of entries that are gone.

    Raises ConfigError if an environment variable in an address is not set.
    """
    desk, entries = how.settings.desk.name, how.settings.notify
    addresses = [entry.address for entry in entries]
    async with get_client() as client:
        kept = set()
        for entry, address in zip(entries, addresses, strict=True):
            wanted = _automation(entry, desk, await _block(entry, address, desk))
            kept.add(wanted.name)
            await keep_automation(client, wanted)
        await _remove_others(client, desk, kept)


async def _block(entry: Notify, address: str, desk: str) -> UUID:
    """The block with the address of an entry, saved under a name that stays the same."""
    block: Block
    if entry.webhook:
        block = Webhook.model_validate({"url": address, "headers": {"Content-Type": "application/json"}})
    else:
        # This block hands any address to Apprise as it is; the others add the form of their own service.
        block = SlackWebhook.model_validate({"url": address})
    saved = await block.save(f"factdesk-{content_id(f'{desk} {_entry_id(entry)}')[:12]}", overwrite=True)
    return UUID(str(saved))


def _automation(entry: Notify, desk: str, block: UUID) -> AutomationCore:
    events = {EVENTS[occasion] for occasion in entry.on}
    trigger = EventTrigger(
        match=ResourceSpecification({"prefect.resource.id": "factdesk.*", _DESK: desk}),
        expect=events,
        for_each={"prefect.resource.id"},
        posture=Posture.Reactive,
        threshold=1,
        within=timedelta(0),
    )
    action = (
        CallWebhook(block_document_id=block, payload="{{ event.payload | tojson }}")
        if entry.webhook
        else SendNotification(
            block_document_id=block, subject="{{ event.payload.subject }}", body="{{ event.payload.body }}"
        )
    )
    return AutomationCore(
        name=_name(desk, entry),
        description=f"Tells of {', '.join(sorted(entry.on))}, as config.yaml says. Made by Factdesk {VERSION}.",
        trigger=trigger,
        actions=[action],
    )


def _entry_id(entry: Notify) -> str:
    """What tells an entry from the others: its address as config.yaml has it, and what it tells of."""
    return content_id(entry.webhook or entry.apprise, *sorted(entry.on))[:6]


def _name(desk: str, entry: Notify) -> str:
    kind = "webhook" if entry.webhook else entry.apprise.split(":")[0]
    return f"{_desk_prefix(desk)}{kind} {_entry_id(entry)}"


def _desk_prefix(desk: str) -> str:
    return f"Factdesk: notify ({desk}) "


async def _remove_others(client: PrefectClient, desk: str, kept: set[str]) -> None:
    """Delete the automations of this desk's entries that config.yaml no longer has, with the blocks of addresses."""
    for automation in await client.read_automations():
        if automation.name.startswith(_desk_prefix(desk)) and automation.name not in kept:
            await client.delete_automation(automation.id)
            for action in automation.actions:
                if isinstance(action, CallWebhook | SendNotification):
                    with suppress(ObjectNotFound):  # a person deleted it before
                        await client.delete_block_document(action.block_document_id)
