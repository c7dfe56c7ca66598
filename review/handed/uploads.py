"""Reads a form that may bring a file (multipart/form-data, RFC 7578), of limited size."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from typing import TypeAlias
from urllib.parse import parse_qsl

from datasette.utils.asgi import Request

# Keeps what a person hands in for a source of a claim and judges the claim with it; the reason where that fails. It is
# given the claim's id, the source's, the person's name, and an address or a file (its name and its bytes).
HandIn: TypeAlias = Callable[[str, str, str, str | tuple[str, bytes]], str | None]

# How large a form may be, in bytes: as large as a page may be that is fetched (``fetch.max_bytes``), and its fields.
MOST_BYTES = 10_000_000 + 100_000


class TooLargeError(Exception):
    """The form is larger than ``MOST_BYTES``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentForm:
    """The fields of a form, and its file: the name that it has, and its bytes. None if no file was chosen."""

    fields: Mapping[str, str] = field(default_factory=dict)
    file: tuple[str, bytes] | None = None


async def sent_form(request: Request) -> SentForm:
    """The form that a request brings; TooLargeError as soon as it is seen to be too large."""
    body = await _request_body(request)
    kind = Message()
    kind["content-type"] = request.headers.get("content-type", "")
    boundary = kind.get_boundary()
    if kind.get_content_type() != "multipart/form-data" or not boundary:
        return SentForm(fields=dict(parse_qsl(body.decode("utf-8", "replace"))))
    return _parts(body, boundary.encode("latin-1", "replace"))


async def _request_body(request: Request) -> bytes:
    body, more = bytearray(), True
    while more:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            break
        body += message.get("body", b"")
        if len(body) > MOST_BYTES:
            raise TooLargeError
        more = message.get("more_body", False)
    return bytes(body)


def _parts(body: bytes, boundary: bytes) -> SentForm:
    fields: dict[str, str] = {}
    file: tuple[str, bytes] | None = None
    between = rb"\r\n--" + re.escape(boundary) + rb"(?:--|[ \t]*\r\n|\Z)"
    for part in re.split(between, b"\r\n" + body)[1:]:
        head, gap, content = part.partition(b"\r\n\r\n")
        if not gap:
            continue
        headers = Message()
        for line in head.decode("utf-8", "replace").split("\r\n"):
            name, _, value = line.partition(":")
            if name.strip():
                headers[name.strip()] = value.strip()
        name = str(headers.get_param("name", "", "content-disposition"))
        filename = headers.get_filename()
        if filename is None:
            fields[name] = content.decode("utf-8", "replace")
        elif filename and content:
            file = (filename, content)
    return SentForm(fields=fields, file=file)
