"""The loopback web, for one test."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from loopback import Handler, Server, Web


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
