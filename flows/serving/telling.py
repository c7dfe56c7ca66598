"""Tells people without a Prefect server: posts to the webhooks and Apprise addresses of config.yaml directly."""

from __future__ import annotations

import json
import logging
from dataclasses import replace

from claims.addresses import host
from claims.privacy import hide_in
from claims.records import Check, Reason
from flows.checks.news import News, news_of_check
from flows.config.settings import Notify
from flows.config.setup import Setup
from flows.errors import ConfigError
from sources.errors import Unavailable
from sources.fetching.fetch import Fetcher

_LOG = logging.getLogger("factdesk.notify")


async def tell_of_check(check: Check, how: Setup) -> None:
    """Send what a check that was logged found to every address of ``notify`` that asks for it. Raises LedgerError.

    A message that cannot be sent is reported in one line, since what it tells of stands in the ledger. The line never
    quotes the address, since its path may be a secret.
    """
    wanted = [(news, entry) for news in news_of_check(check, how) for entry in how.settings.tells_of(news.occasion)]
    if not wanted:
        return
    async with Fetcher(replace(how.fetch, captures=None)) as fetcher:
        for news, entry in wanted:
            if fault := await _fault_of_sending(news, entry, how, fetcher):
                _LOG.warning("factdesk: could not tell %s of “%s”: %s", _place_of(entry), news.subject, fault)


def _place_of(entry: Notify) -> str:
    """The host of a webhook, or the kind of an Apprise address; the variable, if that is where the address stands."""
    written = entry.webhook or entry.apprise
    if written.startswith("${"):
        return written.partition("}")[0] + "}"
    return host(entry.webhook) or written.partition("://")[0]


async def _fault_of_sending(news: News, entry: Notify, how: Setup, fetcher: Fetcher) -> str:
    """Send one message to one address; why it could not be sent, or an empty string."""
    try:
        return await _send_news(news, entry, how, fetcher)
    except ConfigError as error:
        return str(error)
    except Unavailable as error:
        if error.reason is Reason.REFUSED_ADDRESS:
            return "it is not an http or https address that can be requested"
        return hide_in(" ".join(str(error).split()))


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
