"""Request and content security of the desk: rejects foreign requests and external content."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, MutableMapping
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
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
)


def guarded(app: App, hosts: Collection[str]) -> App:
    """The app, answering only to ``hosts`` (to all where empty) and sending the headers that keep pages shut.

    A page elsewhere can let its own name point to 127.0.0.1 and would then be let in by the browser (DNS rebinding);
    its name still stands in the Host header. A page elsewhere can also send a form here; the browser says so in
    Sec-Fetch-Site and Origin. Datasette's own check of forms lets those pass that carry no cookie.
    """

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_shut(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": _shut(message.get("headers", []))}
            await send(message)

        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        headers = {bytes(name): bytes(value).decode("latin-1").lower() for name, value in scope["headers"]}
        if hosts and _name(headers.get(b"host", "")) not in hosts:
            await _refuse(send_shut, 421, "This desk answers only under its own name, such as http://127.0.0.1:8001/")
        elif scope["method"] not in ("GET", "HEAD", "OPTIONS") and not from_here(headers):
            await _refuse(send_shut, 403, "This form was not sent from this desk")
        else:
            await app(scope, receive, send_shut)

    return guard


def from_here(headers: Mapping[bytes, str]) -> bool:
    """Whether a form comes from a page of the desk, as far as the browser says so."""
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get(b"origin")
    return origin is None or origin.partition("://")[2] == headers.get(b"host")


def _name(host: str) -> str:
    """The name in a Host header, without the port."""
    return host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]


def _shut(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers of an answer with ours in the place of those of the same name."""
    ours = {name for name, _ in HEADERS}
    return [*((name, value) for name, value in headers if name.lower() not in ours), *HEADERS]


async def _refuse(send: Send, status: int, words: str) -> None:
    body = f"{words}\n".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
