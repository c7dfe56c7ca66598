"""What the desk lets in and out: only requests meant for it, and nothing loaded from anywhere else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, MutableMapping
from typing import Any, TypeAlias

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

# Datasette writes some of its scripts and styles into the page; nothing may come from, or go to, another site.
POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    # A source must not learn from which desk, and from which claim, its reader comes.
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)


def guarded(app: App, hosts: Collection[str]) -> App:
    """The app, answering only to ``hosts`` (to all where empty) and sending the headers that keep pages shut.

    A page elsewhere can let its own name point to 127.0.0.1 and would then be let in by the browser (DNS rebinding);
    its name still stands in the Host header.
    """

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_shut(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", []), *HEADERS]}
            await send(message)

        if scope["type"] == "http" and hosts and _host(scope) not in hosts:
            await _refuse(send_shut)
        else:
            await app(scope, receive, send_shut)

    return guard


def _host(scope: Scope) -> str:
    """The name in the Host header, without the port."""
    value = next((value for name, value in scope["headers"] if name == b"host"), b"")
    host = bytes(value).decode("latin-1").lower()
    return host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]


async def _refuse(send: Send) -> None:
    body = b"This desk answers only under its own name, such as http://127.0.0.1:8001/\n"
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 421, "headers": headers})
    await send({"type": "http.response.body", "body": body})
