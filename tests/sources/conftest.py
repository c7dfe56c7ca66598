"""The loopback web, for one test."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest
from loopback import Clock, Handler, Server, Web

from sources.fetching import politeness


@pytest.fixture
def web() -> Iterator[Web]:
    """The server, for one test; it listens on every loopback address."""
    web = Web()
    server = Server(("0.0.0.0", 0), type("BoundHandler", (Handler,), {"web": web}))
    web.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield web
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def clock(web: Web, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The server's clock, and what our manners towards it are timed by and wait with in place of the machine's."""
    monkeypatch.setattr(politeness, "time", web.clock)
    monkeypatch.setattr(asyncio, "sleep", web.clock.sleep)
    return web.clock
