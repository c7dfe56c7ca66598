"""The only HTTP client: rate-limited, size-limited and guarded; it stores every response.

``Fetcher.fetch`` returns the server's response, including error pages, which ``states`` interprets.
It raises Unavailable only if there is no response.
"""

from __future__ import annotations

import asyncio
import dataclasses
import datetime
import functools
import hashlib
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpcore
import httpx

from claims.privacy import hide
from claims.records import Capture, Reason, Via
from sources.captures.content_coding import unpack
from sources.captures.replay import Archive
from sources.captures.software import tool
from sources.captures.store import CaptureStore
from sources.captures.warc import Exchange, first
from sources.errors import Unavailable, error_words
from sources.fetching.guard import Guard, GuardedBackend, Resolver, readable_type, system_resolver
from sources.fetching.policy import FetchPolicy
from sources.fetching.politeness import Budget
from sources.fetching.visit import Interrupted, Visit

__all__ = ["FetchPolicy", "Fetched", "Fetcher"]

_AT_ONCE = 48  # requests under way; each may hold a whole body in memory
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/pdf;q=0.9,text/*;q=0.8,*/*;q=0.5"
# br and zstd are read when sent, but not asked for: a capture should open with every WARC tool, and warcio's own
# does not unpack them (no zstd; br not with the library that httpx needs).
_CODINGS = "gzip, deflate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A response: its capture, its decoded body, and its Content-Type.

    ``left`` are the seconds of the source's budget that remain for reading it.
    """

    capture: Capture
    body: bytes
    content_type: str | None
    left: float

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.capture.status


class _Transport(httpx.AsyncHTTPTransport):
    """httpx's own transport over connections that the guard makes."""

    def __init__(self, guard: Guard, context: ssl.SSLContext) -> None:
        super().__init__(verify=context, trust_env=False)
        # The only way in httpx to choose the address to connect to; httpx is pinned below 0.29.
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=None,  # bounded by the fetcher's slots
            max_keepalive_connections=16,  # httpcore looks at each idle one for every request
            keepalive_expiry=15.0,
            http1=True,
            http2=True,
            network_backend=GuardedBackend(guard),
        )


class Fetcher:
    """The HTTP client: ``async with Fetcher(policy) as fetcher: await fetcher.fetch(url)``.

    It may be used by many tasks of one event loop concurrently. ``resolver`` replaces the system's name resolution.
    """

    def __init__(self, policy: FetchPolicy | None = None, *, resolver: Resolver = system_resolver) -> None:
        self.policy = policy or FetchPolicy()
        self._guards = {
            trusted: Guard(
                allow_private=self.policy.allow_private or trusted, ports=self.policy.ports, resolver=resolver
            )
            for trusted in (False, True)
        }
        self._transports: dict[bool, httpx.AsyncHTTPTransport] = {}
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._archive: Archive | None = None
        self._store = CaptureStore(self.policy.captures, tool()) if self.policy.captures else None

    async def __aenter__(self) -> Self:
        """Open the archive to replay, if any; raises ArchiveError."""
        if self.policy.replay is not None:
            self._archive = await asyncio.to_thread(Archive.open, self.policy.replay)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections and have the captures on the disk."""
        for transport in self._transports.values():
            await transport.aclose()
        self._transports.clear()
        await self.flush()

    async def flush(self) -> None:
        """Flush the captures to the disk; to be called before anything that relies on them is logged."""
        if self._store is not None:
            await asyncio.to_thread(self._store.flush)

    def known_urls(self) -> tuple[str, ...]:
        """The addresses in the replayed archive; empty if nothing is replayed."""
        return self._archive.urls() if self._archive else ()

    @property
    def cut_off(self) -> bool:
        """Whether nothing can be fetched: offline and without an archive to replay."""
        return self.policy.offline and self._archive is None

    async def fetch(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        configured: bool = False,
        near: str | None = None,
    ) -> Fetched:
        """Fetch an address and follow its redirects, on the network or in the replayed archive.

        ``configured`` marks an address from the user's own configuration (a search service): it may be in the user's
        network, its robots.txt is not read, and keys in its query are not stored. ``headers`` are sent to the first
        host only and never stored. ``near`` chooses among the dated captures of an archive.
        Raises Unavailable: refused_address, robots, timeout, unreachable, too_large, unsupported_type, offline,
        unresolved (not in the archive); ArchiveError if captures cannot be read or written.
        """
        if self._archive is not None:
            return await self._replayed(self._archive, hide(url) if configured else url, near)
        if self.policy.offline:
            raise Unavailable(Reason.OFFLINE, "nothing is fetched offline; run again without --offline")
        send = functools.partial(self._send, hidden=configured)
        visit = Visit(self.policy, self._guards, send, self._store, self._slots, configured=configured)
        exchange, stored = await visit.follow(url, headers or {})
        coding = exchange.header("Content-Encoding") or ""
        async with visit.budget.spend():
            body = await asyncio.to_thread(unpack, exchange.payload, coding, self.policy.max_bytes)
        capture = Capture(
            url=hide(self._guards[configured].check(url)) if configured else self._guards[configured].check(url),
            final_url=exchange.url,
            status=exchange.status,
            fetched_at=exchange.fetched_at,
            via=Via.LIVE,
            sha256=hashlib.sha256(body).hexdigest(),
            headers=exchange.headers,
            warc=stored.file if stored else None,
            offset=stored.offset if stored else None,
            tool=tool(),
        )
        content_type = exchange.header("Content-Type")
        return Fetched(capture=capture, body=body, content_type=content_type, left=visit.budget.left)

    async def get(self, url: str, headers: Mapping[str, str] | None = None) -> tuple[int, Mapping[str, str], bytes]:
        """Request a service from the user's own configuration: status, headers and body; raises Unavailable."""
        fetched = await self.fetch(url, headers=headers, configured=True)
        return fetched.status, dict(fetched.capture.headers), fetched.body

    async def post(self, url: str, body: bytes, content_type: str) -> tuple[int, bytes]:
        """Post bytes to a service from the user's own configuration: status and body of the response.

        Redirects are not followed, and nothing is retried or stored. Raises Unavailable, also if offline or if an
        archive is replayed.
        """
        if self.policy.offline or self.policy.replay is not None:
            raise Unavailable(Reason.OFFLINE, "the network is not used in this run")
        at, headers = self._guards[True].check(url), {"Content-Type": content_type, "Accept": "*/*"}
        try:
            async with self._slots, asyncio.timeout(self.policy.total):
                exchange = await self._send(at, headers, True, hidden=True, body=body)
        except Interrupted as error:
            raise Unavailable(Reason.UNREACHABLE, str(error)) from error
        except TimeoutError as error:
            raise Unavailable(Reason.TIMEOUT, f"no answer within {self.policy.total:g} seconds") from error
        if exchange.truncated:
            raise Unavailable(Reason.UNSUPPORTED_TYPE, "the answer is too long or in a format that cannot be read")
        return exchange.status, unpack(
            exchange.payload, exchange.header("Content-Encoding") or "", self.policy.max_bytes
        )

    async def _replayed(self, archive: Archive, url: str, near: str | None) -> Fetched:
        budget = Budget(self.policy.total)
        async with budget.spend():
            capture, body = await asyncio.to_thread(archive.fetch, url, self.policy.max_bytes, near)
        content_type = first(capture.headers, "Content-Type")
        capture = dataclasses.replace(capture, tool=tool())
        return Fetched(capture=capture, body=body, content_type=content_type, left=budget.left)

    def _transport(self, trusted: bool) -> httpx.AsyncHTTPTransport:
        """The connections to public addresses, or those to addresses that the user configured.

        A transport and not a client: a client would look at redirects, cookies and proxies of the environment by
        itself, and a proxy would resolve names behind the guard's back.
        """
        if trusted not in self._transports:
            self._transports[trusted] = _Transport(self._guards[trusted], httpx.create_ssl_context())
        return self._transports[trusted]

    async def _send(
        self, url: str, headers: Mapping[str, str], trusted: bool, *, hidden: bool, body: bytes | None = None
    ) -> Exchange:
        """One request and its answer; raises Unavailable, or Interrupted where another try may help.

        ``trusted`` opens the user's network, ``hidden`` keeps keys in the query out of what is given back, ``body``
        makes it a POST.
        """
        fields = {"User-Agent": self.policy.agent, "Accept": _ACCEPT, "Accept-Encoding": _CODINGS} | dict(headers)
        limits = {"timeout": httpx.Timeout(self.policy.timeout).as_dict()}
        at = _now()
        try:
            request = httpx.Request(
                "GET" if body is None else "POST", url, headers=fields, content=body, extensions=limits
            )
            response = await self._transport(trusted).handle_async_request(request)
            try:
                payload, truncated = await _response_body(response, self.policy.max_bytes)
            finally:
                await response.aclose()
        except httpx.TimeoutException as error:
            detail = f"no answer within {self.policy.timeout:g} seconds ({type(error).__name__})"
            raise Unavailable(Reason.TIMEOUT, detail) from error
        except httpx.ConnectError as error:
            raise Unavailable(
                Reason.UNREACHABLE, f"no connection to {urlsplit(url).netloc} ({error_words(error)})"
            ) from error
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:  # httpcore's, of an HTTP/2 status like "abc"
            raise _broken(error) from error
        return Exchange(
            url=hide(url) if hidden else url,
            request_headers=_header_pairs(request.headers.raw),
            status=response.status_code,
            phrase=response.reason_phrase,
            headers=_header_pairs(response.headers.raw),
            payload=payload,
            fetched_at=at,
            protocol=response.http_version,
            address=_server(response),
            truncated=truncated,
        )


async def _response_body(response: httpx.Response, limit: int) -> tuple[bytes, str | None]:
    """The payload as sent and, where it was not read to its end, why (as WARC-Truncated says it)."""
    if response.status_code == 200 and not readable_type(response.headers.get("Content-Type")):
        return b"", "unspecified"
    declared = response.headers.get("Content-Length", "")
    if declared.isdigit() and int(declared) > limit:
        return b"", "length"
    data = bytearray()
    async for piece in response.aiter_raw():
        data += piece
        if len(data) > limit:
            return bytes(data[:limit]), "length"
    return bytes(data), None


def _broken(error: Exception) -> Exception:
    """What an exchange that broke off means."""
    if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol):
        return Unavailable(Reason.REFUSED_ADDRESS, f"it is not an address that can be requested ({error})")
    if "Receive buffer too long" in str(error):  # h11's words for headers past its limit of 100 kB
        return Unavailable(Reason.TOO_LARGE, "the headers of the response are too large")
    return Interrupted(f"the connection was lost ({error or type(error).__name__})")


def _header_pairs(raw: Iterable[tuple[bytes, bytes]]) -> tuple[tuple[str, str], ...]:
    """Headers as text; raises Unavailable if one holds a line break or NUL (RFC 9113, 8.2.1).

    HTTP/2 can carry them, and such a header would write lines, even records, of its own into the captures.
    """
    raw = list(raw)
    if any(mark in part for pair in raw for part in pair for mark in (b"\r", b"\n", b"\0")):
        raise Unavailable(Reason.UNREACHABLE, "a header of the response is malformed (it contains a line break)")
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in raw)


def _server(response: httpx.Response) -> str | None:
    stream = response.extensions.get("network_stream")
    address = stream.get_extra_info("server_addr") if stream is not None else None
    return str(address[0]) if isinstance(address, tuple) else None


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
