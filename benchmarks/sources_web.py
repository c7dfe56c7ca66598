"""A small web server for `benchmarks.sources`, with normal pages behind a latency and known hostile responses.

It runs in a process of its own, so that its work is not measured with the client's.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import multiprocessing
import random
import zlib
from collections.abc import Awaitable, Callable, Iterator
from multiprocessing.connection import Connection

import brotli
import zstandard

Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
_PARAGRAPH = (
    "<p>The minister said on Monday that the talks would resume within {} weeks after a pause of {} days.</p>\n"
)
_MEGABYTE = bytes(1_000_000)


class Web:
    """The honest part: /page/N with validators, behind ``latency`` seconds; it counts what it sends."""

    def __init__(self, latency: float) -> None:
        self.latency = latency
        self.sent = 0
        self.requests = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            while request := await reader.readuntil(b"\r\n\r\n"):
                path = request.split(b" ", 2)[1].decode()
                if path.startswith("/bad/"):
                    await (HOSTILE | CRAFTED)[path.removeprefix("/bad/")](writer)
                    break
                writer.write(await self._honest(path, request))
                await writer.drain()
        writer.close()

    async def _honest(self, path: str, request: bytes) -> bytes:
        if path == "/stats":
            return whole(json.dumps({"sent": self.sent, "requests": self.requests}).encode())
        await asyncio.sleep(self.latency)
        data = self._page(path, request)
        self.sent += len(data)
        self.requests += 1
        return data

    def _page(self, path: str, request: bytes) -> bytes:
        if not path.startswith("/page/"):
            return whole(b"<p>not here</p>", status=b"404 Not Found")
        tag = b'"' + path.encode() + b'"'
        if tag in request:
            return b"HTTP/1.1 304 Not Modified\r\nETag: " + tag + b"\r\n\r\n"
        return whole(page(path), b"ETag: " + tag + b"\r\n")


def page(path: str) -> bytes:
    """A page of about 30 kB, its own for each path."""
    words = random.Random(path)
    body = "".join(_PARAGRAPH.format(words.randrange(90), words.randrange(900)) for _ in range(280))
    return f"<html><head><title>{path}</title></head><body><article>{body}</article></body></html>".encode()


def whole(body: bytes, headers: bytes = b"", status: bytes = b"200 OK") -> bytes:
    """A complete response."""
    head = b"HTTP/1.1 " + status + b"\r\nContent-Type: text/html\r\nContent-Length: %d\r\n" % len(body)
    return head + headers + b"\r\n" + body


def _send(data: bytes) -> Answer:
    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()

    return answer


def _forever(start: bytes, piece: bytes, pause: float = 0.0) -> Answer:
    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)

    return answer


async def _silent(_writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(60)


def _redirect(location: bytes) -> Answer:
    return _send(whole(b"", b"Location: " + location + b"\r\n", b"302 Found"))


def _typed(kind: bytes) -> Answer:
    return _send(b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\r\nContent-Length: 100000\r\n\r\n" + bytes(100_000))


def _packed(coding: bytes, body: bytes) -> Answer:
    return _send(whole(body, b"Content-Encoding: " + coding + b"\r\n"))


def _brotli_bomb() -> bytes:
    packer = brotli.Compressor(quality=1)
    return b"".join(packer.process(_MEGABYTE) for _ in range(300)) + bytes(packer.finish())


def _deflate_bomb() -> bytes:
    packer = zlib.compressobj(1)
    return b"".join(packer.compress(_MEGABYTE) for _ in range(300)) + packer.flush()


def _hostile() -> Iterator[tuple[str, Answer]]:
    member = gzip.compress(_MEGABYTE * 10)
    yield "gzip bomb of 1 GB", _packed(b"gzip", member * 100)
    yield "deflate bomb", _packed(b"deflate", _deflate_bomb())
    yield "brotli bomb", _packed(b"br", _brotli_bomb())
    yield "zstd bomb", _packed(b"zstd", zstandard.compress(_MEGABYTE * 300))
    yield "gzip in gzip", _packed(b"gzip, gzip", gzip.compress(member * 100))
    yield "packed five times", _packed(b"gzip,gzip,gzip,gzip,gzip", gzip.compress(b"x"))
    yield "unknown packing", _packed(b"xpress", b"x" * 100)
    yield "broken gzip", _packed(b"gzip", member[: len(member) // 2])
    yield "announces 100 GB", _forever(HEAD + b"Content-Length: 100000000000\r\n\r\n", b"x" * 65536)
    yield "endless body", _forever(HEAD + b"\r\n", b"<p>more</p>" * 5000)
    yield (
        "endless chunks",
        _forever(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"4000\r\n" + b"x" * 0x4000 + b"\r\n"),
    )
    yield "dripping body", _forever(HEAD + b"Content-Length: 100000\r\n\r\n", b"x", 0.1)
    yield "dripping chunks", _forever(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n", 0.1)
    yield "dripping headers", _forever(HEAD, b"X-A: b\r\n", 0.1)
    yield "dripping status line", _forever(b"HTTP/1.1 200 ", b"O", 0.1)
    yield "never answers", _silent
    yield "header of 5 MB", _send(HEAD + b"X-Long: " + b"a" * 5_000_000 + b"\r\n\r\n")
    yield "endless headers", _forever(HEAD, b"X-More: " + b"a" * 1000 + b"\r\n")
    yield "100,000 headers", _send(HEAD + b"X-A: b\r\n" * 100_000 + b"\r\n")
    yield "endless early hints", _forever(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
    yield "redirects to itself", _redirect(b"/bad/redirects%20to%20itself")
    yield "redirects to metadata", _redirect(b"http://169.254.169.254/latest/meta-data/")
    yield "redirects to a file", _redirect(b"file:///etc/passwd")
    yield "redirects to an odd number", _redirect(b"http://2130706433/")
    yield "redirects to a mail port", _redirect(b"http://example.org:25/")
    yield "redirects to a mapped address", _redirect(b"http://[::ffff:169.254.169.254]/")
    yield "redirects to no address", _redirect(b"http://[::1")
    yield "redirects to 90 kB", _redirect(b"/" + b"a" * 90_000)
    yield "hangs up at once", _send(b"")
    yield "hangs up in the body", _send(HEAD + b"Content-Length: 1000\r\n\r\nhalf")
    yield "broken chunks", _send(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nnot a number\r\n")
    yield "huge chunk size", _send(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 40 + b"\r\nx")
    yield "two lengths", _send(HEAD + b"Content-Length: 5\r\nContent-Length: 50000\r\n\r\nhello")
    yield "negative length", _send(HEAD + b"Content-Length: -5\r\n\r\nhello")
    yield "no HTTP", _send(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")
    yield "binary noise", _send(random.Random(1).randbytes(100_000))
    yield "a picture", _typed(b"image/png")
    yield "a film", _typed(b"video/mp4")
    yield "a zip file", _typed(b"application/zip")
    yield "zeros as HTML", _typed(b"text/html")


def _crafted() -> Iterator[tuple[str, Answer]]:
    """Bodies within every limit of bytes that once took seconds or minutes to read."""
    article = page("/crafted")
    yield "empty gzip members", _packed(b"gzip", gzip.compress(b"") * 450_000)
    yield "empty zstd frames", _packed(b"zstd", zstandard.compress(b"") * 1_000_000)
    yield "60,000 attributes", _send(whole(_around(b"<p %s>" % b" ".join(b"a%d=1" % n for n in range(60_000)))))
    yield (
        "attributes with brackets",
        _send(whole(_around(b"<p %s>" % b" ".join(b"a%d='>'" % n for n in range(60_000))))),
    )
    yield "300,000 tags", _send(whole(_around(b"<p>x" * 300_000)))
    yield "boxes in boxes", _send(whole(_around(b"<div class=newsletter>" * 500 + b"<p>x" * 25_000)))
    cell = b"<td colspan=999 rowspan=60>b"
    yield "cells that span", _send(whole(_around(b"<table><tr>" + cell * 9_000 + b"</tr></table>")))
    lines = b"".join(b"%d City, https://a.example/%d\n" % (n % 1_000, n) for n in range(9_000))
    yield "lines of notes", _send(whole(lines).replace(b"text/html", b"text/markdown", 1))
    pages = b" ".join(b"https://a%d.example/x" % n for n in range(20_000))
    yield (
        "pages of a note",
        _send(whole(b"It rained.[^a]\n\n[^a]: " + pages).replace(b"text/html", b"text/markdown", 1)),
    )
    yield "a million brackets", _send(whole(article + b"<" * 1_000_000))
    for name, body in pdfs():
        yield f"PDF of {name}", _send(whole(body).replace(b"text/html", b"application/pdf", 1))


def _around(middle: bytes) -> bytes:
    return page("/crafted").replace(b"</article>", middle + b"</article>")


def pdfs() -> Iterator[tuple[str, bytes]]:
    """PDFs that were made to cost time or memory, by name."""
    yield "a bomb", _pdf(b"BT ET" + bytes(100_000_000))
    yield "operators", _pdf(b"BT /F1 12 Tf " + b"(a) Tj " * 1_000_000 + b"ET")
    yield "brackets", _pdf(b"[" * 900_000)
    yield "450,000 objects", b"%PDF-1.4\n" + b"1 0 obj\nnull\nendobj\n" * 450_000
    yield "800,000 starts", b"%PDF-1.4\n" + b"startxref\n5\n" * 800_000


def _pdf(content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    lines = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(data)
    return data + b"xref\n0 6\n0000000000 65535 f \n" + lines + trailer


HOSTILE: dict[str, Answer] = {}
CRAFTED: dict[str, Answer] = {}


async def _run(latency: float, pipe: Connection) -> None:
    HOSTILE.update((name.replace(" ", "%20"), answer) for name, answer in _hostile())
    CRAFTED.update((name.replace(" ", "%20"), answer) for name, answer in _crafted())
    server = await asyncio.start_server(Web(latency).serve, "0.0.0.0", 0, backlog=512)  # 127.0.0.x are the hosts
    pipe.send((server.sockets[0].getsockname()[1], list(HOSTILE), list(CRAFTED)))
    async with server:
        await server.serve_forever()


def _main(latency: float, pipe: Connection) -> None:
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_run(latency, pipe))


@contextlib.contextmanager
def serving(latency: float = 0.0) -> Iterator[tuple[int, list[str], list[str]]]:
    """The web in a process of its own: its port, and the paths of its hostile answers and of its crafted bodies."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe()
    process = context.Process(target=_main, args=(latency, sender), daemon=True)
    process.start()
    sender.close()
    try:
        yield receiver.recv()
    finally:
        process.terminate()
        process.join()
