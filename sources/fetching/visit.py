"""One visit to a page: robots.txt, redirects, retries and conditional requests.

The guard checks the address of every redirect, and every response is stored.
"""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Mapping
from typing import Protocol
from urllib.parse import urljoin

from claims import addresses
from claims.records import Reason
from sources.captures.content_coding import unpack
from sources.captures.store import CaptureStore, place, read_back
from sources.captures.warc import Exchange, Record, first
from sources.errors import ArchiveError, Unavailable
from sources.fetching import politeness, robots
from sources.fetching.guard import Guard
from sources.fetching.policy import FetchPolicy
from sources.fetching.shared_hosts import HostFile
from sources.index.cdxj import Kept

REDIRECTS = (301, 302, 303, 307, 308)
_MOST_REDIRECTS = 10


class Interrupted(Exception):  # noqa: N818  an event on the way, not an error of ours
    """The connection was lost before the response was complete; a retry may help."""


class Send(Protocol):
    """Sends one GET request and returns the response; raises Unavailable and Interrupted."""

    async def __call__(self, url: str, headers: Mapping[str, str], trusted: bool) -> Exchange:
        """Send it; ``trusted`` addresses may be in the user's network."""
        ...


class Visit:
    """A visit to one address.

    ``slots`` limits the number of concurrent requests to all hosts; waiting for a slot does not use the ``budget``,
    the time limit of the source. An address from the user's own configuration (``configured``) is trusted: it may be in
    the user's network, and its robots.txt is not read. Redirects to other hosts are not trusted.
    """

    def __init__(
        self,
        policy: FetchPolicy,
        guards: Mapping[bool, Guard],
        send: Send,
        store: CaptureStore | None,
        slots: asyncio.Semaphore,
        *,
        configured: bool,
    ) -> None:
        self._policy = policy
        self._guards = guards
        self._send = send
        self._store = store
        self._slots = slots
        self._trusted = configured
        self.budget = politeness.Budget(policy.total)

    async def follow(self, url: str, headers: Mapping[str, str]) -> tuple[Exchange, Kept | None]:
        """The last response after all redirects, and where it was stored; raises Unavailable.

        ``headers`` go to the first host only.
        """
        current = self._check(url)
        first_host = addresses.host(current)
        for _ in range(_MOST_REDIRECTS + 1):
            exchange, stored = await self._hop(current, headers)
            location = exchange.header("Location")
            if exchange.status not in REDIRECTS or not location:
                return _untruncated(exchange), stored
            next_url = _redirect_target(current, location)
            if addresses.host(next_url) != first_host:
                self._trusted, headers = False, {}
            current = self._check(next_url)
        raise Unavailable(Reason.UNREACHABLE, f"redirects more than {_MOST_REDIRECTS} times")

    def _check(self, url: str) -> str:
        return self._guards[self._trusted].check(url)

    async def _hop(self, url: str, headers: Mapping[str, str]) -> tuple[Exchange, Kept | None]:
        name, folder = addresses.host(url), self._policy.captures
        host, shared = politeness.host_state(name), HostFile(folder, name) if folder else None
        async with host.turn(self._policy.per_host_delay, shared), self._slots, self.budget.spend():
            if self._policy.robots and not self._trusted:
                host.slow_down(await self._crawl_delay(url))
            before = await self._before(url)
            request_headers = dict(headers) | (_validators(before) if before else {})
            exchange, stored = await self._persist(url, request_headers)
            if exchange.status == 304:
                exchange = _unchanged(exchange, before)
            return exchange, stored

    async def _crawl_delay(self, url: str) -> float | None:
        return await robots.crawl_delay(url, self._policy.agent, self._robots_txt, self._policy.captures)

    async def _robots_txt(self, url: str) -> tuple[int, bytes]:
        """Status and body, within the turn that is held already (RFC 9309, 2.3.1.2: at least five redirects)."""
        for _ in range(6):
            exchange, _kept = await self._persist(url, {})
            location = exchange.header("Location")
            if exchange.status not in REDIRECTS or not location:
                break
            url = self._check(_redirect_target(url, location))
        coding = exchange.header("Content-Encoding") or ""
        return exchange.status, await asyncio.to_thread(unpack, exchange.payload, coding, self._policy.max_bytes)

    async def _persist(self, url: str, headers: Mapping[str, str]) -> tuple[Exchange, Kept | None]:
        """Repeat the request while a retry may help and the budget allows; return the last response."""
        for attempt in range(self._policy.retries + 1):
            last = attempt == self._policy.retries
            retry_after = None
            try:
                exchange = await self._send(url, headers, self._trusted)
                politeness.host_state(addresses.host(url)).answered()
            except Interrupted as error:
                if last:
                    raise Unavailable(Reason.UNREACHABLE, str(error)) from error
            else:
                stored = await asyncio.to_thread(self._store.keep, exchange) if self._store else None
                if last or exchange.status not in politeness.MAY_PASS:
                    break
                retry_after = exchange.header("Retry-After")
                if politeness.pause_before(0, retry_after, 0.0) >= self.budget.left:
                    break
            await asyncio.sleep(politeness.pause_before(attempt, retry_after, self._policy.backoff))
        return exchange, stored

    async def _before(self, url: str) -> Record | None:
        """The earlier capture of this address for a conditional request, with its payload."""
        if self._store is None:
            return None
        stored = await asyncio.to_thread(self._store.latest, url)
        if stored is None:
            return None
        try:
            return await asyncio.to_thread(
                read_back, place(self._store.folder, stored.file), stored.offset, self._policy.max_bytes
            )
        except (ArchiveError, Unavailable):
            return None  # lost, damaged or past a smaller limit (`factdesk audit` tells): ask for the whole page


def _redirect_target(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise Unavailable(Reason.REFUSED_ADDRESS, f"{url} redirects to an invalid address") from error


def _validators(record: Record) -> dict[str, str]:
    """The request headers that ask whether the page changed (RFC 9110, 13.1)."""
    pairs = (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified"))
    return {ask: value for ask, name in pairs if (value := first(record.headers, name))}


def _unchanged(exchange: Exchange, before: Record | None) -> Exchange:
    if before is None or before.payload is None:
        raise Unavailable(Reason.UNREACHABLE, "the server answered “not modified” to an unconditional request")
    return dataclasses.replace(exchange, status=200, headers=before.headers, payload=before.payload)


def _untruncated(exchange: Exchange) -> Exchange:
    if exchange.truncated == "length":
        raise Unavailable(Reason.TOO_LARGE, f"{exchange.url} is larger than the limit (fetch.max_bytes)")
    if exchange.truncated:
        kind = (exchange.header("Content-Type") or "").partition(";")[0]
        raise Unavailable(Reason.UNSUPPORTED_TYPE, f"{exchange.url} is {kind}, which contains no text")
    return exchange
