"""robots.txt after RFC 9309: read once a day for each site, and obeyed.

2.3.1.3: a robots.txt that is not there (4xx) allows everything.
2.3.1.4: one that cannot be reached (5xx, network errors) forbids everything.
"""

from __future__ import annotations

import asyncio
import time
import weakref
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from claims.records import Reason
from sources.errors import Unavailable

LARGEST = 512_000  # bytes; 2.5 asks parsers to read at least 500 KiB
_KEPT_FOR = 24 * 3600.0  # seconds; 2.4: a cached version should not be used for more than 24 hours


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What one site allows: ``protego`` is None where everything is allowed, ``closed`` says why nothing is."""

    until: float
    protego: Protego | None = None
    closed: str | None = None


_SITES: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, Rules]] = weakref.WeakKeyDictionary()


async def check(url: str, agent: str, read: Callable[[str], Awaitable[tuple[int, bytes]]]) -> float | None:
    """The site's Crawl-delay in seconds, if any, where ``url`` may be fetched by ``agent`` (a user agent string).

    ``read`` fetches an address and gives status and body. Raises Unavailable(robots) where it may not be
    fetched, and what ``read`` raises where the site cannot be reached at all.
    """
    parts = urlsplit(url)
    if parts.path == "/robots.txt":
        return None
    site = f"{parts.scheme}://{parts.netloc}"
    cache = _SITES.setdefault(asyncio.get_running_loop(), {})
    rules = cache.get(site)
    if rules is None or rules.until < time.monotonic():
        rules = cache[site] = await _read_rules(site, read)
    if rules.closed:
        raise Unavailable(Reason.ROBOTS, f"{site}/robots.txt {rules.closed}, so nothing there may be fetched")
    if rules.protego is None:
        return None
    token = agent.partition("/")[0].strip() or "*"
    if not rules.protego.can_fetch(url, token):
        raise Unavailable(Reason.ROBOTS, f"{site}/robots.txt asks not to fetch this page")
    delay = rules.protego.crawl_delay(token)
    return float(delay) if delay else None


async def _read_rules(site: str, read: Callable[[str], Awaitable[tuple[int, bytes]]]) -> Rules:
    until = time.monotonic() + _KEPT_FOR
    status, body = await read(f"{site}/robots.txt")
    if 200 <= status < 300:
        text = body[:LARGEST].decode("utf-8", "replace").removeprefix("\ufeff")
        return Rules(until=until, protego=Protego.parse(text))
    if status >= 500:
        # not kept for a day: a server in trouble may be well again at the next source
        return Rules(until=time.monotonic() + 60, closed=f"cannot be read (status {status})")
    return Rules(until=until)
