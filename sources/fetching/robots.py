"""robots.txt according to RFC 9309, read once a day for each site.

2.3.1.3: a missing robots.txt (4xx) allows everything.
2.3.1.4: one that cannot be reached (5xx, network errors) forbids everything.
"""

from __future__ import annotations

import asyncio
import re
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
_AGENT = re.compile(r"\s*user[- ]?agent\s*:?(?P<name>[^#]*)", re.IGNORECASE)
_ANOTHER = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules of one site: ``protego`` is None if everything is allowed, ``closed`` says why nothing is."""

    until: float
    protego: Protego | None = None
    closed: str | None = None


_SITES: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, Rules]] = weakref.WeakKeyDictionary()


async def crawl_delay(url: str, agent: str, read: Callable[[str], Awaitable[tuple[int, bytes]]]) -> float | None:
    """Check that ``agent`` (a user agent string) may fetch ``url``, and return the Crawl-delay in seconds or None.

    ``read`` fetches an address and returns status and body. Raises Unavailable(robots) if fetching is not allowed, and
    the errors of ``read`` if the site cannot be reached.
    """
    parts = urlsplit(url)
    if parts.path == "/robots.txt":
        return None
    site = f"{parts.scheme}://{parts.netloc}"
    token = agent.partition("/")[0].strip() or "*"
    cache = _SITES.setdefault(asyncio.get_running_loop(), {})
    rules = cache.get(site)
    if rules is None or rules.until < time.monotonic():
        rules = cache[site] = await _read_rules(site, read, token)
    if rules.closed:
        raise Unavailable(Reason.ROBOTS, f"{site}/robots.txt {rules.closed}, so nothing there may be fetched")
    if rules.protego is None:
        return None
    if not rules.protego.can_fetch(url, token):
        raise Unavailable(Reason.ROBOTS, f"{site}/robots.txt does not allow fetching this page")
    delay = rules.protego.crawl_delay(token)
    return float(delay) if delay else None


async def _read_rules(site: str, read: Callable[[str], Awaitable[tuple[int, bytes]]], token: str) -> Rules:
    until = time.monotonic() + _KEPT_FOR
    status, body = await read(f"{site}/robots.txt")
    if 200 <= status < 300:
        return Rules(until=until, protego=await asyncio.to_thread(_rules_of_text, body[:LARGEST], token))
    if status >= 500:
        # cached only briefly, because the server may have recovered at the next source
        return Rules(until=time.monotonic() + 60, closed=f"cannot be read (status {status})")
    return Rules(until=until)


def _rules_of_text(body: bytes, token: str) -> Protego:
    """The rules of a robots.txt, with one name for all other agents.

    The parser copies each rule to every agent of its group, and 500 kB hold 15,000 agents with 20,000 rules.
    """
    lines = body.decode("utf-8", "replace").removeprefix("\ufeff").splitlines()
    agents = [_agent(line) for line in lines]
    ours = _group(set(filter(None, agents)), token.lower())
    reduced = (
        line if name is None else f"User-agent: {ours if name == ours else _ANOTHER}"
        for line, name in zip(lines, agents, strict=True)
    )
    return Protego.parse("\n".join(reduced))


def _agent(line: str) -> str | None:
    """The agent of a line "User-agent: NAME", as the parser reads it; None for any other line."""
    match = _AGENT.match(line)
    name = match["name"].strip().lower() if match else None
    return name if name in (None, "*") else (name or "").replace("*", "") or None


def _group(names: set[str], token: str) -> str:
    """The name of the group that an agent obeys (RFC 9309, 2.2.1): the longest prefix of its name, else ``*``."""
    fitting = [name for name in names if name in token and re.search(rf"(?<![\w-]){re.escape(name)}", token)]
    return max(fitting, key=len, default="*")
