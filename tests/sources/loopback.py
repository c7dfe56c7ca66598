"""A real web on loopback: one threaded server that answers by path and notes what it is asked; and archives of it."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HTML = "text/html; charset=utf-8"
RECORDED = (("Content-Type", "text/html"),)
_YIELD = asyncio.sleep  # kept from whoever puts a Clock's in its place


class Clock:
    """Time that passes only where it is slept through, and then at once; for the standard library's.

    What is due by it comes in the right order on any machine, however slow.
    """

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        due = self.now + seconds
        await _YIELD(0)
        self.now = max(self.now, due)


@dataclass
class Asked:
    """A request as the server saw it."""

    path: str
    headers: dict[str, str]
    at: float
    host: str


@dataclass
class Web:
    """What is served: ``pages`` maps a path to (status, headers, body), or to a function that answers itself."""

    port: int = 0
    clock: Clock = field(default_factory=Clock)
    pages: dict[str, object] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def page(self, path: str, body: bytes | str = b"", status: int = 200, **headers: str) -> str:
        data = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (status, {"Content-Type": HTML} | named, data)
        return self.url(path)

    def answer(self, path: str, function: Callable[[BaseHTTPRequestHandler], None]) -> str:
        self.pages[path] = function
        return self.url(path)

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    web: ClassVar[Web]

    def do_GET(self) -> None:
        host = self.headers.get("Host", "").partition(":")[0]
        self.web.asked.append(Asked(self.path, dict(self.headers), self.web.clock.now, host))
        page = self.web.pages.get(self.path)
        if callable(page):
            page(self)
            return
        status, headers, body = page or (404, {"Content-Type": HTML}, b"<p>not here</p>")
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the signature is the library's
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # a client that hangs up on a hostile answer is what these tests want


class Recorder:
    """A WARC file as another tool may write it, record by record."""

    def __init__(self, path: Path, *, packed: bool = True) -> None:
        self.path = path
        self.file = path.open("wb")
        self.writer: Any = WARCWriter(self.file, gzip=packed, warc_version="1.1")

    def page(
        self,
        url: str,
        body: bytes,
        status: str = "200 OK",
        headers: tuple[tuple[str, str], ...] = RECORDED,
        at: str = "2026-01-20T10:00:00Z",
    ) -> None:
        http = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1")
        fields = {"WARC-Date": at}
        self.writer.write_record(
            self.writer.create_warc_record(
                url, "response", payload=io.BytesIO(body), length=len(body), http_headers=http, warc_headers_dict=fields
            )
        )

    def revisit(self, url: str, earlier: str, at: str) -> None:
        http = StatusAndHeaders("200 OK", list(RECORDED), protocol="HTTP/1.1")
        self.writer.write_record(
            self.writer.create_revisit_record(
                url, "sha1:X", earlier, "2026-01-20T10:00:00Z", http_headers=http, warc_headers_dict={"WARC-Date": at}
            )
        )

    def close(self) -> Path:
        self.file.close()
        return self.path
