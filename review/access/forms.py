"""Bounds the forms that are sent to the desk, and refuses those that no page of it takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from review.access.guard import App, Receive, Scope, Send, refuse

# How large a form without a file may be, in bytes: the longest note, in the longest way to write a character, is 48 kB.
MOST_FORM_BYTES = 500_000
# The addresses that take a form with a file.
_TAKES_FILES = re.compile(r"/claim/[0-9a-f]+/source|/check")


def has_file(scope: Mapping[str, Any]) -> bool:
    """Whether a request brings a form with a file, to an address that takes one."""
    kind = dict(scope.get("headers") or ()).get(b"content-type", b"")
    return bool(kind.startswith(b"multipart/form-data") and _TAKES_FILES.fullmatch(scope["path"]))


def bounded_forms(app: App, tables: Callable[[], tuple[str, ...]]) -> App:
    """The app, which is given only forms of a limited size, in UTF-8, and none for a page at or below ``tables``.

    What is behind it would read a form whole, and for longer than it takes to send; the login page is behind it, too.
    """

    async def bound(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST" or not tables():
            await app(scope, receive, send)
            return
        if any(scope["path"] == table or scope["path"].startswith(f"{table}/") for table in tables()):
            await refuse(send, 405, "This page takes no form")
        elif has_file(scope):  # read by ``sent_form``, in pieces
            await app(scope, receive, send)
        else:
            await _given_whole(app, scope, receive, send)

    return bound


async def _given_whole(app: App, scope: Scope, receive: Receive, send: Send) -> None:
    pieces, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
        if size > MOST_FORM_BYTES:
            await refuse(send, 413, "This form is too large; shorten what you have written")
            return
        more = message.get("more_body", False)
    body = b"".join(pieces)
    if not _is_text(body):
        await refuse(send, 400, "This form is not in UTF-8")
        return
    await app(scope, _given_again(body, receive), send)


def _given_again(body: bytes, receive: Receive) -> Receive:
    """What gives the body once, and then what comes after it."""
    waiting: list[dict[str, Any]] = [{"type": "http.request", "body": body, "more_body": False}]

    async def given() -> Any:
        return waiting.pop() if waiting else await receive()

    return given


def _is_text(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
