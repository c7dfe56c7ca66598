"""Runs a check from the command line as a flow run on a Prefect server."""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass

# Prefect reads its settings when it is imported. What its UI shows need not be said again in the terminal, and neither
# need each of the messages that it could not send.
os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "CRITICAL")
os.environ.setdefault("PREFECT_LOGGING_INTERNAL_LEVEL", "CRITICAL")

from prefect import tags
from prefect.context import AsyncClientContext, SyncClientContext

from claims.records import Check
from flows.check_article import check_article, taking_turns
from flows.checks.pipeline import Turn
from flows.config.setup import CheckOptions, setup
from flows.errors import ConfigError
from flows.serving.notifications import keep_notifications
from flows.serving.run_states import value_of
from flows.serving.server import server_answers
from flows.serving.watching import FAILED, begin_noting

_kept: set[CheckOptions] = set()


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """The check of a flow run; ``lost`` says that the server was gone before the run ended.

    Without a check the server was gone before anything was logged.
    """

    check: Check | None
    lost: bool = False


@asynccontextmanager
async def one_client() -> AsyncIterator[None]:
    """One client of each kind for all checks of a command; Prefect would otherwise make three for each of them."""
    with SyncClientContext.get_or_create():
        async with AsyncClientContext.get_or_create():
            yield


async def watched(source: str, options: CheckOptions, turn: Turn | None = None) -> Watched:
    """The check of one source as a flow run, logged after ``turn``. Raises what the check raises."""
    logging.raiseExceptions = False  # a message that could not be sent to the server is not a fault of the check
    if not await server_answers():
        return Watched(check=None, lost=True)
    logged = begin_noting()
    try:
        await _keep_notifications_once(options)
        with tags("factdesk"), taking_turns(turn):
            check: Check = await value_of(await check_article(source, **asdict(options), return_state=True))
    except FAILED:
        return Watched(check=logged[0] if logged else None, lost=True)
    return Watched(check=check)


async def _keep_notifications_once(options: CheckOptions) -> None:
    """Have the server tell people of what config.yaml names; asked once a process."""
    if options in _kept:
        return
    _kept.add(options)
    how = setup(options)
    if not how.settings.notify:
        return
    try:
        await keep_notifications(how)
    except ConfigError as error:  # the check itself does not depend on it
        logging.getLogger("factdesk.notify").warning("factdesk: nobody is told of this check: %s", error)
