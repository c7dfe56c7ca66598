"""Per-host rate limiting: one request at a time, a delay between requests, time limits, and Retry-After.

All fetchers of an event loop share the state of the hosts, and all processes that store captures in one folder do
(``shared_hosts``), so that concurrent checks keep the same limits.
"""

from __future__ import annotations

import asyncio
import contextlib
import email.utils
import random
import time
import weakref
from collections.abc import AsyncIterator

from claims.records import Reason
from sources.errors import Unavailable
from sources.fetching.shared_hosts import HostFile

MAY_PASS = frozenset({429, 500, 502, 503, 504})  # statuses that another try may change
_LONGEST_CRAWL_DELAY = 30.0  # seconds; a user waits for a check, so it cannot pause for hours like a crawl


class Host:
    """Lets one request at a time access a host, with a pause in between."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._free_at = 0.0
        self._pause = 0.0

    @contextlib.asynccontextmanager
    async def turn(self, pause: float, shared: HostFile | None = None) -> AsyncIterator[Host]:
        """Wait for exclusive access; the pause begins at the last response, or on leaving if there was none.

        ``shared`` is the file with which other processes wait for their turns. Raises what its methods raise.
        """
        async with self._lock:
            if shared and (elsewhere := await shared.lock(pause)):
                # Kept until the turn begins: who is cancelled before that leaves the pause of others as it was.
                self._free_at = max(self._free_at, time.monotonic() + elsewhere)
            try:
                await asyncio.sleep(max(0.0, self._free_at - time.monotonic()))
                self._pause, self._free_at = pause, 0.0
                yield self
            finally:
                if not self._free_at:
                    self.answered()
                if shared:
                    shared.release(max(0.0, self._free_at - time.monotonic()))

    def answered(self) -> None:
        """Record the arrival of a response, at which the pause begins."""
        self._free_at = time.monotonic() + self._pause

    def slow_down(self, pause: float | None) -> None:
        """Make the pause at least this many seconds (the host's Crawl-delay)."""
        self._pause = max(self._pause, min(pause or 0.0, _LONGEST_CRAWL_DELAY))


_HOSTS: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, Host]] = weakref.WeakKeyDictionary()


def host_state(name: str) -> Host:
    """The shared state of a host in the running event loop."""
    return _HOSTS.setdefault(asyncio.get_running_loop(), {}).setdefault(name, Host())


class Budget:
    """The time limit of one source in seconds, without waiting for other requests to the same host."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._spent = 0.0
        self._since: float | None = None

    @property
    def left(self) -> float:
        """The remaining seconds."""
        running = time.monotonic() - self._since if self._since is not None else 0.0
        return max(0.0, self.seconds - self._spent - running)

    @contextlib.asynccontextmanager
    async def spend(self) -> AsyncIterator[None]:
        """Count the time of the block; raises Unavailable(timeout) as soon as the budget is used up."""
        left = self.left
        self._since = time.monotonic()
        try:
            async with asyncio.timeout(left):
                yield
        except TimeoutError as error:
            raise Unavailable(Reason.TIMEOUT, f"not read within {self.seconds:g} seconds") from error
        finally:
            self._spent += time.monotonic() - self._since
            self._since = None


def pause_before(attempt: int, retry_after: str | None, base: float) -> float:
    """Seconds to wait before a retry: as the server requests, else doubling from ``base`` with jitter."""
    requested = _retry_seconds(retry_after) if retry_after else None
    if requested is not None:
        return requested
    return base * float(2**attempt) * random.uniform(0.5, 1.0)  # noqa: S311  jitter, not a secret


def _retry_seconds(retry_after: str) -> float | None:
    """Retry-After in either of its forms (RFC 9110, 10.2.3); None for what is neither."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        at = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, at.timestamp() - time.time())
