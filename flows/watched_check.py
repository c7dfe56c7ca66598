"""Runs a check from the command line as a flow run on a Prefect server."""

from __future__ import annotations

import logging
import os
from dataclasses import asdict

# Prefect reads its settings when it is imported. What its UI shows need not be said again in the terminal.
os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "CRITICAL")

from claims.records import Check
from flows.check_article import check_article
from flows.config.setup import CheckOptions, setup
from flows.errors import ConfigError
from flows.serving.notifications import keep_notifications
from flows.serving.run_states import value_of

_kept: set[CheckOptions] = set()


async def watched(source: str, options: CheckOptions) -> Check:
    """The check of one source as a flow run. Raises what the check raises."""
    await _keep_notifications_once(options)
    check: Check = await value_of(await check_article(source, **asdict(options), return_state=True))
    return check


async def _keep_notifications_once(options: CheckOptions) -> None:
    """Have the server tell people of what config.yaml names; asked once a process."""
    how = setup(options)
    if not how.settings.notify or options in _kept:
        return
    try:
        await keep_notifications(how)
    except ConfigError as error:  # the check itself does not depend on it
        logging.getLogger("factdesk.notify").warning("factdesk: nobody is told of this check: %s", error)
    _kept.add(options)
