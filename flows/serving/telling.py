"""Tells people without a Prefect server: posts to the webhooks and Apprise addresses of config.yaml directly."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from dataclasses import replace

from claims.privacy import hide, hide_in
from flows.checks.news import News
from flows.config.settings import Notify
from flows.config.setup import Setup
from flows.errors import ConfigError
from sources.errors import Unavailable
from sources.fetching.fetch import Fetcher

_LOG = logging.getLogger("factdesk.notify")


async def tell_directly(messages: Iterable[News], how: Setup) -> None:
    """Send each message to every address whose ``on`` names its occasion.

    A message that cannot be sent is reported in one line, since what it tells of stands in the ledger.
    """
    wanted = [(news, entry) for news in messages for entry in how.settings.tells_of(news.occasion)]
    if not wanted or how.fetch.offline:
        return
    async with Fetcher(replace(how.fetch, replay=None, captures=None)) as fetcher:
        for news, entry in wanted:
            try:
                fault = await _send_news(news, entry, how, fetcher)
            except (ConfigError, Unavailable) as error:
                fault = " ".join(str(error).split())
            if fault:
                place = hide(entry.webhook or entry.apprise.split("://")[0])
                _LOG.warning("factdesk: could not tell %s of “%s”: %s", place, news.subject, hide_in(fault))


async def _send_news(news: News, entry: Notify, how: Setup, fetcher: Fetcher) -> str:
    """Send one message to one address; why it could not be sent, or an empty string."""
    if entry.apprise:
        return await _send_by_apprise(news, entry.address)
    body = json.dumps(news.payload(how.settings.desk.name), ensure_ascii=False).encode()
    status, _ = await fetcher.post(entry.address, body, "application/json")
    return "" if status < 400 else f"it answered with status {status}"


async def _send_by_apprise(news: News, address: str) -> str:
    from apprise import Apprise  # noqa: PLC0415  loads its hundred services: only where it is used

    service = Apprise()
    if not service.add(address):
        return "Apprise does not know such an address"
    return "" if await service.async_notify(title=news.subject, body=news.text or news.subject) else "not delivered"
