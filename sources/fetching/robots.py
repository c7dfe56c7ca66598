"""robots.txt according to RFC 9309, read once a day for each site, also where several processes check articles.

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
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

from protego import Protego

from claims.records import Reason
from sources.errors import Unavailable
from sources.fetching.shared_hosts import store_robots, stored_robots

Read: TypeAlias = Callable[[str], Awaitable[tuple[int, bytes]]]

LARGEST = 512_000  # bytes; 2.5 asks parsers to read at least 500 KiB
_KEPT_FOR = 24 * 3600.0  # seconds; 2.4: a cached version should not be used for more than 24 hours
_CLOSED_FOR = 60.0  # seconds; a server that failed may have recovered at the next source
_AGENT = re.compile(r"\s*user[- ]?agent\s*:?(?P<name>[^#]*)", re.IGNORECASE)
_ANOTHER = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules of one site: ``protego`` is None if everything is allowed, ``closed`` says why nothing is."""

    until: float
    protego: Protego | None = None
    closed: str | None = None


_SITES: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, Rules]] = weakref.WeakKeyDictionary()


async def crawl_delay(url: str, agent: str, read: Read, folder: Path | None = None) -> float | None:
    """Check that ``agent`` (a user agent string) may fetch ``url``, and return the Crawl-delay in seconds or None.

    ``read`` fetches an address and returns status and body; the answer is kept in the captures ``folder`` for other
    processes. Raises Unavailable(robots) if fetching is not allowed, the errors of ``read`` if the site cannot be
    reached, and WriteError.
    """
    parts = urlsplit(url)
    if parts.path == "/robots.txt":
        return None
    site = f"{parts.scheme}://{parts.netloc}"
    token = agent.partition("/")[0].strip() or "*"
    cache = _SITES.setdefault(asyncio.get_running_loop(), {})
    rules = cache.get(site)
    if rules is None or rules.until < time.monotonic():
        rules = cache[site] = await _read_rules(site, read, token, folder)
    if rules.closed:
        raise Unavailable(Reason.ROBOTS, f"{site}/robots.txt {rules.closed}, so nothing there may be fetched")
    if rules.protego is None:
        return None
    if not rules.protego.can_fetch(url, token):
        raise Unavailable(Reason.ROBOTS, f"{site}/robots.txt does not allow fetching this page")
    delay = rules.protego.crawl_delay(token)
    return float(delay) if delay else None


async def _read_rules(site: str, read: Read, token: str, folder: Path | None) -> Rules:
    """The rules of a site: those that another process has read lately, or as the site gives them now."""
    stored = await asyncio.to_thread(stored_robots, folder, site) if folder else None
    if stored is not None and stored.age < _lifetime(stored.status):
        return await _rules(stored.status, stored.body, token, stored.age)
    status, body = await read(f"{site}/robots.txt")
    if folder:
        await asyncio.to_thread(store_robots, folder, site, status, body[:LARGEST])
    return await _rules(status, body, token, 0.0)


def _lifetime(status: int) -> float:
    return _CLOSED_FOR if status >= 500 else _KEPT_FOR


async def _rules(status: int, body: bytes, token: str, age: float) -> Rules:
    until = time.monotonic() + _lifetime(status) - age
    if 200 <= status < 300:
        return Rules(until=until, protego=await asyncio.to_thread(_rules_of_text, body[:LARGEST], token))
    if status >= 500:
        return Rules(until=until, closed=f"cannot be read (status {status})")
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
