"""Ends connections on which a server sends interim responses (1xx) without end instead of an answer."""

from __future__ import annotations

import re
import ssl
from typing import Any

import httpcore

_MOST_BEFORE_ANSWER = 100_000  # bytes; each interim response takes time of its own
_INTERIM = re.compile(rb"HTTP/1\.[01] 1")
_ANSWER = re.compile(rb"\r?\n\r?\nHTTP/1\.[01] (?!1)")


class AnsweringStream(httpcore.AsyncNetworkStream):
    """A connection that is given up when the first 100 kB after a request are interim responses alone."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        self._start: bytearray | None = bytearray()

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109  httpcore's signature
        """Read; raises httpcore's error of the protocol where no answer comes."""
        data = await self._stream.read(max_bytes, timeout)
        if self._start is not None:
            self._start += data
            if not _INTERIM.match(self._start):
                self._start = None
            elif len(self._start) > _MOST_BEFORE_ANSWER:
                if not _ANSWER.search(self._start):
                    raise httpcore.RemoteProtocolError("interim responses without end")
                self._start = None
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109  httpcore's signature
        """Write a part of a request; what is read next is its answer."""
        self._start = bytearray()
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        """Close the connection."""
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109  httpcore's signature
    ) -> httpcore.AsyncNetworkStream:
        """The same connection, encrypted."""
        return AnsweringStream(await self._stream.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks of a connection, such as the server's address."""
        return self._stream.get_extra_info(info)
