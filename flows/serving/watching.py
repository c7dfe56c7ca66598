"""Tells the Prefect server about a run beside the check: a server that is slow or gone costs no verdict.

The calls (progress, names, tags, artifacts) wait in a queue and are made one after the other while the check goes on.
What changes often is told every two seconds at most, as it then is: a short check costs two calls rather than twenty.
The first of them that finds no server ends the telling; the check itself is logged in any case. Where a person waits
for the check at the command line, a server that no longer listens is given up at once; a scheduled run waits a minute
for it to be back, as Prefect does by itself.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from urllib.parse import urlsplit

import httpx
from prefect.context import SettingsContext, get_settings_context
from prefect.exceptions import PrefectHTTPStatusError
from prefect.settings import PREFECT_CLIENT_MAX_RETRIES, get_current_settings

from claims.records import Check
from flows.serving.server import listens

_LOG = logging.getLogger("factdesk.watching")
# What Prefect raises where no server answers, and where the server answers with an error.
GONE: tuple[type[Exception], ...] = (httpx.TransportError,)
FAILED: tuple[type[Exception], ...] = (*GONE, PrefectHTTPStatusError)

_PACE = 2.0  # seconds that a call waits which a newer one may replace
_SLOW = 3.0  # seconds after which a call that is under way makes us look whether the server still listens
_AT_THE_END = 60.0  # seconds that a server which does listen gets for what is still in the queue

_LOGGED: ContextVar[list[Check] | None] = ContextVar("logged", default=None)


class Reports:
    """The queue of calls to the server of one run."""

    def __init__(self, *, patient: bool) -> None:
        self._calls: asyncio.Queue[Callable[[], Awaitable[object]]] = asyncio.Queue()
        self._soon: dict[str, Callable[[], Awaitable[object]]] = {}
        self._patient = patient
        self.gone = False

    def put(self, call: Callable[[], Awaitable[object]]) -> None:
        """Have a call made when those before it are done; it is dropped if the server is gone by then."""
        self._calls.put_nowait(call)

    def put_soon(self, what: str, call: Callable[[], Awaitable[object]]) -> None:
        """Have a call made in two seconds or at the end, unless a newer call about the same thing replaces it."""
        if what not in self._soon:
            asyncio.get_running_loop().call_later(_PACE, self._put_last, what)
        self._soon[what] = call

    def _put_last(self, what: str) -> None:
        if call := self._soon.pop(what, None):
            self.put(call)

    def put_all(self) -> None:
        """Have the calls made now that still wait for a newer one."""
        for what in list(self._soon):
            self._put_last(what)

    async def work(self) -> None:
        """Make the calls, until cancelled. Raises what a call raises besides errors of the server."""
        while True:
            call = await self._calls.get()
            try:
                if not self.gone:
                    await self._make(call)
            finally:
                self._calls.task_done()

    async def finished(self) -> None:
        """Wait until every call is made or dropped."""
        await self._calls.join()

    async def _make(self, call: Callable[[], Awaitable[object]]) -> None:
        calling = asyncio.ensure_future(call())
        try:
            while not (await asyncio.wait({calling}, timeout=_SLOW))[0]:
                if not self._patient and not await asyncio.to_thread(_server_listens):
                    raise httpx.ConnectError("it no longer listens")
            await calling
        except GONE as error:
            self.gone = True
            _LOG.info("the Prefect server is gone: %s", error)
        except PrefectHTTPStatusError as error:
            _LOG.warning("factdesk: the Prefect server answered %d", error.response.status_code)
        finally:
            calling.cancel()


@asynccontextmanager
async def reports() -> AsyncIterator[Reports]:
    """The queue of the run that is going on; what is in it at the end is still told."""
    queue = Reports(patient=_LOGGED.get() is None)
    working = asyncio.create_task(queue.work())
    try:
        yield queue
        queue.put_all()
        finished = asyncio.create_task(queue.finished())
        await asyncio.wait({working, finished}, timeout=_AT_THE_END, return_when=asyncio.FIRST_COMPLETED)
        finished.cancel()
        if working.done():
            await working
    finally:
        working.cancel()
        if queue.gone and _LOGGED.get() is not None:
            _stop_repeating()


def _stop_repeating() -> None:
    """Let the requests that Prefect itself still makes for this run fail at once: it would repeat each for a minute."""
    standing = get_settings_context()
    settings = standing.settings.copy_with_update(updates={PREFECT_CLIENT_MAX_RETRIES: 0})
    SettingsContext(profile=standing.profile, settings=settings).__enter__()


def begin_noting() -> list[Check]:
    """A list that gets the check of the run that is started next as soon as it is logged, whatever the server does."""
    logged: list[Check] = []
    _LOGGED.set(logged)
    return logged


def note_logged(check: Check) -> None:
    """Hand a check that was logged to whoever asked with `begin_noting`."""
    logged = _LOGGED.get()
    if logged is not None:
        logged.append(check)


def _server_listens() -> bool:
    address = urlsplit(get_current_settings().api.url or "")
    port = address.port or (443 if address.scheme == "https" else 80)
    return listens(address.hostname or "", port)
