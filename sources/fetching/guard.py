"""Restricts fetching to public web addresses, web ports and readable media types.

An address is checked twice: as it is written (``check``), and after its name has been resolved, at the moment of
connecting (``GuardedBackend``).
The connection is made to the checked address, so that a name that resolves differently the second time (DNS
rebinding) has no effect; the Host header and the TLS name remain those of the URL.
The tables follow the IANA special-purpose address registries (RFC 6890) rather than ``ipaddress.is_global``,
whose answer changed between Python versions.
"""

from __future__ import annotations

import asyncio
import functools
import ipaddress
import re
import socket
import unicodedata
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

import httpcore
import idna

from claims.records import Reason
from sources.errors import Unavailable, error_words
from sources.fetching.interim import AnsweringStream
from sources.fetching.policy import WEB_PORTS

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver: TypeAlias = Callable[[str, int], Awaitable[Sequence[str]]]

LONGEST_URL = 8000  # what common servers take in a request line
_FIRST_TRY = 4.0  # seconds for an address that has another one after it (a broken IPv6 route, usually)

# (network, what it is, whether allow_private lifts the refusal)
_REFUSED = tuple(
    (ipaddress.ip_network(network), what, lifted)
    for network, what, lifted in (
        ("100.100.100.200/32", "a cloud metadata address", False),
        ("168.63.129.16/32", "a cloud metadata address", False),
        ("169.254.0.0/16", "a link-local or cloud metadata address", False),
        ("fd00:ec2::254/128", "a cloud metadata address", False),
        ("127.0.0.0/8", "a loopback address", True),
        ("10.0.0.0/8", "a private address", True),
        ("172.16.0.0/12", "a private address", True),
        ("192.168.0.0/16", "a private address", True),
        ("100.64.0.0/10", "a carrier's shared address", True),
        ("198.18.0.0/15", "a benchmarking address", True),
        ("0.0.0.0/8", "an address of this host", False),
        ("192.0.0.0/24", "a reserved address", False),
        ("192.0.2.0/24", "a documentation address", False),
        ("192.88.99.0/24", "a 6to4 relay", False),
        ("198.51.100.0/24", "a documentation address", False),
        ("203.0.113.0/24", "a documentation address", False),
        ("224.0.0.0/4", "a multicast address", False),
        ("240.0.0.0/4", "a reserved address", False),
        ("::1/128", "a loopback address", True),
        ("fc00::/7", "a private address", True),
        ("fe80::/10", "a link-local address", False),
        ("ff00::/8", "a multicast address", False),
        ("2001::/23", "a protocol or Teredo address", False),
        ("2001:db8::/32", "a documentation address", False),
        ("2002::/16", "a 6to4 address", False),
        ("3ffe::/16", "a retired address", False),
        ("3fff::/20", "a documentation address", False),
    )
)
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

_LOCAL_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home.arpa", "onion", "test", "invalid")
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*")
_NUMBER = re.compile(r"(0x[0-9a-f]*|[0-9]+)")
_UNREADABLE = re.compile(
    r"(audio|video|image|font|model)/|multipart/|application/"
    r"(zip|gzip|x-gzip|x-tar|x-7z|x-rar|vnd\.rar|x-bzip|zstd|java-archive|x-msdownload|x-executable"
    r"|vnd\.(android|apple|debian|microsoft\.portable|ms-|openxmlformats(?!-officedocument\.wordprocessingml\.document)|oasis)|msword|x-shockwave|wasm|epub)",
    re.IGNORECASE,
)


@functools.cache
def _resolving() -> ThreadPoolExecutor:
    """Separate threads, so that host names without an answer do not delay the reading of pages."""
    return ThreadPoolExecutor(max_workers=16, thread_name_prefix="resolver")


async def system_resolver(host: str, port: int) -> Sequence[str]:
    """The addresses that the system gives for a name, best first; raises OSError."""
    ask = functools.partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    entries = await asyncio.get_running_loop().run_in_executor(_resolving(), ask)
    return list(dict.fromkeys(str(entry[4][0]) for entry in entries))


def why_refused(address: Address, *, allow_private: bool = False) -> str | None:
    """The reason for refusing to connect to this address, in words; None if it is allowed."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id:
            return "an address with a zone"
        inner = address.ipv4_mapped or (_last_four(address) if address in _NAT64 else None)
        if inner is not None:
            return why_refused(inner, allow_private=allow_private)
    for network, what, lifted in _REFUSED:
        if address.version == network.version and address in network:
            return None if lifted and allow_private else what
    if isinstance(address, ipaddress.IPv6Address) and address not in _GLOBAL_V6:
        return "a reserved address"
    return None


def _last_four(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address:
    return ipaddress.IPv4Address(address.packed[-4:])


def readable_type(content_type: str | None) -> bool:
    """Whether a response of this Content-Type may contain text; unlabelled and octet-stream bodies may."""
    return not (content_type and _UNREADABLE.match(content_type.strip()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """The rules for addresses: ``allow_private`` permits the user's own network and every port (tests, an intranet)."""

    allow_private: bool = False
    ports: tuple[int, ...] = WEB_PORTS
    resolver: Resolver = system_resolver

    def check(self, url: str) -> str:
        """The address as it will be requested: normalised, without credentials and fragment.

        Raises Unavailable(refused_address) unless it is a public web address.
        """
        parts = _split(url)
        if parts.scheme not in ("http", "https"):
            raise _refusal(url, f"only http and https are fetched, not {parts.scheme or 'a bare name'}")
        host = self._host(url, parts)
        port = _port(url, parts)
        default = 443 if parts.scheme == "https" else 80
        if port not in (None, default, *self.ports) and not self.allow_private:
            raise _refusal(url, f"port {port} is not a web port")
        where = f"[{host}]" if ":" in host else host
        where += "" if port in (None, default) else f":{port}"
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        return urlunsplit((parts.scheme, where, path, quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]|"), ""))

    def _host(self, url: str, parts: SplitResult) -> str:
        name = parts.hostname or ""
        if "%" in name:
            raise _refusal(url, "its host name is percent-encoded or has a zone")
        if parts.netloc.rpartition("@")[2].startswith("["):
            return str(self._literal(url, name))
        host = _ascii(url, name)
        if _NUMBER.fullmatch(host.rpartition(".")[2]):
            return str(self._literal(url, host))
        if not self.allow_private and ("." not in host or host.endswith(tuple(f".{n}" for n in _LOCAL_NAMES))):
            raise _refusal(url, "it is a name inside a local network")
        return host

    def _literal(self, url: str, host: str) -> Address:
        try:
            address = ipaddress.ip_address(host)
        except ValueError:
            raise _refusal(url, "its host is a number in an unusual notation") from None
        if what := why_refused(address, allow_private=self.allow_private):
            raise _refusal(url, f"it is {what}")
        return address

    async def addresses(self, host: str, port: int) -> list[str]:
        """The checked IP addresses of a host; if one address is refused, the host is refused.

        Raises Unavailable(refused_address), or Unavailable(unreachable) if the name has no address.
        """
        try:
            resolved = [ipaddress.ip_address(address) for address in await self.resolver(host, port)]
        except (OSError, UnicodeError) as error:
            raise Unavailable(Reason.UNREACHABLE, f"the name {host} has no address ({error_words(error)})") from error
        if not resolved:
            raise Unavailable(Reason.UNREACHABLE, f"the name {host} has no address")
        for address in resolved:
            if what := why_refused(address, allow_private=self.allow_private):
                raise Unavailable(Reason.REFUSED_ADDRESS, f"{host} is {what} ({address}); it is not fetched")
        if not self.allow_private and port not in self.ports:
            raise Unavailable(Reason.REFUSED_ADDRESS, f"port {port} is not a web port")
        return [str(address) for address in resolved]


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects only to IP addresses that the guard has just checked, never to a name."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  the signature is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first checked address that answers; raises httpcore's errors and Unavailable."""
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._guard.addresses(host, port)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"no answer for the name {host}") from error
        for address in addresses[:-1]:
            try:
                return AnsweringStream(
                    await self._inner.connect_tcp(
                        address, port, min(timeout or _FIRST_TRY, _FIRST_TRY), local_address, socket_options
                    )
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue  # the next address of the same host
        last = await self._inner.connect_tcp(addresses[-1], port, timeout, local_address, socket_options)
        return AnsweringStream(last)

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109  the signature is httpcore's
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Always refused, because no source is a socket of this machine."""
        raise Unavailable(Reason.REFUSED_ADDRESS, "local sockets are not fetched")

    async def sleep(self, seconds: float) -> None:
        """Wait; called by httpcore between its own attempts."""
        await asyncio.sleep(seconds)


def _split(url: str) -> SplitResult:
    url = url.strip()
    if len(url) > LONGEST_URL:
        raise _refusal(url[:80] + "...", "it is too long")
    if "\\" in url or any(ord(c) < 33 or ord(c) == 127 for c in url.replace(" ", "+")):
        raise _refusal(url, "it contains characters that are not allowed in an address")
    try:
        return urlsplit(url.replace(" ", "%20"))
    except ValueError as error:
        raise _refusal(url, "it is not a well-formed address") from error


def _port(url: str, parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError as error:
        raise _refusal(url, "its port is not a number") from error


def _ascii(url: str, name: str) -> str:
    """A host name in lower-case ASCII: compatibility forms folded (full-width, circled digits), IDNs encoded."""
    host = unicodedata.normalize("NFKC", name).lower().replace("。", ".").removesuffix(".")
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise _refusal(url, "its host name is not well formed") from error
    if not _HOST.fullmatch(host):
        raise _refusal(url, "its host name is not well formed" if host else "it has no host name")
    return host


def _refusal(url: str, why: str) -> Unavailable:
    shown_url = re.sub(r"//[^/?#]*@", "//", url)
    return Unavailable(Reason.REFUSED_ADDRESS, f"{shown_url[:200]} is not fetched: {why}")
