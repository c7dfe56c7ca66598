"""HTTPS and HTTP/2: the connection goes to the checked address, the certificate must be the host's."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import datetime
import ssl
import struct
from collections.abc import AsyncIterator
from pathlib import Path

import h2.config
import h2.connection
import h2.events
import pytest

from claims.records import Reason
from sources.captures.scan import scan
from sources.errors import Unavailable
from sources.fetching.fetch import Fetcher, FetchPolicy

x509 = pytest.importorskip("cryptography.x509", reason="no library to make a test certificate with")
NAME = "news.example.org"


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A self-signed certificate for one name, trusted for the test."""
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = datetime.datetime.now(datetime.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "certificate.pem"
    kinds = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path.write_bytes(signed.public_bytes(serialization.Encoding.PEM) + key.private_bytes(*kinds))
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    return path


class Secure:
    """A small HTTP/2 server; it notes the TLS names it was greeted with and the authorities it was asked for."""

    def __init__(self, certificate: Path) -> None:
        self.names: list[str | None] = []
        self.asked: list[str] = []
        self.connections = 0
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate)
        self.context.set_alpn_protocols(["h2"])
        self.context.sni_callback = lambda _socket, name, _context: self.names.append(name)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        connection.initiate_connection()
        writer.write(connection.data_to_send())
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            while data := await reader.read(65536):
                for event in connection.receive_data(data):
                    if isinstance(event, h2.events.RequestReceived):
                        self._answer(connection, event)
                writer.write(connection.data_to_send())
                await writer.drain()
            writer.close()

    def _answer(self, connection: h2.connection.H2Connection, event: h2.events.RequestReceived) -> None:
        asked = dict(event.headers or [])
        self.asked.append(asked[b":authority"].decode() + asked[b":path"].decode())
        assert event.stream_id is not None
        connection.send_headers(event.stream_id, [(":status", "200"), ("content-type", "text/html")])
        connection.send_data(event.stream_id, b"<p>over two</p>", end_stream=True)


@contextlib.asynccontextmanager
async def serving(secure: Secure) -> AsyncIterator[int]:
    server = await asyncio.start_server(secure.serve, "127.0.0.1", 0, ssl=secure.context)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def here(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


POLICY = FetchPolicy(allow_private=True, robots=False, per_host_delay=0.0, timeout=3.0, total=5.0, retries=0)


async def test_http2_to_the_checked_address_under_the_hosts_name(certificate: Path, tmp_path: Path) -> None:
    secure = Secure(certificate)
    policy = dataclasses.replace(POLICY, captures=tmp_path / "kept")
    async with serving(secure) as port, Fetcher(policy, resolver=here) as fetcher:
        first = await fetcher.fetch(f"https://{NAME}:{port}/a")
        await fetcher.fetch(f"https://{NAME}:{port}/b")
    assert first.body == b"<p>over two</p>"
    assert secure.names == [NAME]
    assert secure.connections == 1  # reused
    assert secure.asked == [f"{NAME}:{port}/a", f"{NAME}:{port}/b"]
    (file,) = await asyncio.to_thread(lambda: list((tmp_path / "kept").glob("*.warc.gz")))
    assert [record.status for _, record in scan(file)] == [200, 200]


async def test_a_certificate_of_another_name_is_not_accepted(certificate: Path) -> None:
    secure = Secure(certificate)
    async with serving(secure) as port, Fetcher(POLICY, resolver=here) as fetcher:
        with pytest.raises(Unavailable) as caught:
            await fetcher.fetch(f"https://bank.example.org:{port}/a")
    assert caught.value.reason is Reason.UNREACHABLE
    assert "certificate" in caught.value.detail
    assert secure.asked == []


def frame(kind: int, flags: int, stream: int, payload: bytes) -> bytes:
    """An HTTP/2 frame (RFC 9113, 4.1)."""
    return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload


def field(name: bytes, value: bytes) -> bytes:
    """A header field in HPACK, its name and value as they are (RFC 7541, 6.2.2), both shorter than 127 bytes."""
    return b"\x00" + bytes([len(name)]) + name + bytes([len(value)]) + value


STATUS, HTML = b"\x88", field(b"content-type", b"text/html")  # the first is :status 200 of the static table
# 4,000 bytes into the dynamic table, then 12,000 times out of it
BOMB = b"\x40\x01x\x7f\x81\x1e" + b"a" * 4000 + b"\xbe" * 12_000
HEADERS, DATA, RESET, SETTINGS, PUSH, GOAWAY, CONTINUATION = 1, 0, 3, 4, 5, 7, 9
WHOLE, LAST = 5, 1  # end of headers and stream; end of stream


@pytest.mark.parametrize(
    ("frames", "forever", "reason"),
    [
        ([frame(HEADERS, WHOLE, 1, field(b":status", b"abc"))], b"", Reason.UNREACHABLE),
        ([frame(HEADERS, WHOLE, 1, STATUS + HTML + field(b"x", b"1\r\n\r\nother"))], b"", Reason.UNREACHABLE),
        ([frame(HEADERS, WHOLE, 1, STATUS + HTML + field(b"x\ny", b"1"))], b"", Reason.UNREACHABLE),
        ([frame(HEADERS, WHOLE, 1, STATUS + HTML + field(b"x", b"1\0"))], b"", Reason.UNREACHABLE),
        ([frame(HEADERS, WHOLE, 1, STATUS + field(b"content-length", b"\xc2\xb2"))], b"", Reason.UNREACHABLE),
        ([frame(HEADERS, WHOLE, 1, STATUS + BOMB)], b"", Reason.UNREACHABLE),
        ([frame(HEADERS, 0, 1, STATUS)], frame(CONTINUATION, 0, 1, b"") * 100, Reason.UNREACHABLE),
        ([frame(HEADERS, 4, 1, STATUS + HTML)], frame(DATA, 0, 1, b"a" * 16_000), Reason.TOO_LARGE),
        ([frame(HEADERS, 4, 1, STATUS + HTML)], frame(DATA, 0, 1, b"") * 100, Reason.TIMEOUT),
        ([], frame(SETTINGS, 0, 0, b"") * 100, Reason.TIMEOUT),
        ([frame(RESET, 0, 1, b"\0\0\0\2")], b"", Reason.UNREACHABLE),
        ([frame(GOAWAY, 0, 0, b"\0\0\0\0\0\0\0\x0b")], b"", Reason.UNREACHABLE),
        ([frame(PUSH, 4, 1, b"\0\0\0\2" + STATUS)], b"", Reason.UNREACHABLE),
        ([frame(SETTINGS, 0, 0, b"\0\4\xff\xff\xff\xff")], b"", Reason.UNREACHABLE),
        ([b"\xff\xff\xff" + bytes(2) + b"\0\0\0\1" + bytes(100_000)], b"", Reason.UNREACHABLE),
    ],
    ids=[
        "a status that is no number", "a record hidden in a header", "a line break in a name", "a NUL in a header",
        "a length that is no number", "a header bomb", "endless headers", "an endless body", "endless empty frames",
        "endless settings", "a reset", "a farewell", "a push", "settings out of range", "an oversized frame",
    ],
)  # fmt: skip
async def test_a_hostile_http2_server_is_refused(
    certificate: Path, tmp_path: Path, frames: list[bytes], forever: bytes, reason: Reason
) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            await reader.readexactly(24)  # the client's preface
            writer.write(frame(SETTINGS, 0, 0, b""))
            while b"\x82" not in await reader.read(65536):  # its request: GET of the static table
                pass
            writer.write(b"".join(frames))
            await writer.drain()
            while forever:
                writer.write(forever)
                await writer.drain()
            await asyncio.sleep(0.2)
        writer.close()

    server = Secure(certificate)
    seconds = 1.5 if reason is Reason.TIMEOUT else 60.0
    policy = dataclasses.replace(POLICY, timeout=30.0, total=seconds, max_bytes=200_000, captures=tmp_path / "kept")
    listening = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=server.context)
    async with Fetcher(policy, resolver=here) as fetcher:
        with pytest.raises(Unavailable) as caught:
            await fetcher.fetch(f"https://{NAME}:{listening.sockets[0].getsockname()[1]}/a")
    listening.close()
    assert caught.value.reason is reason
    kept = await asyncio.to_thread(lambda: [scan(file) for file in (tmp_path / "kept").glob("*.warc.gz")])
    assert [record.truncated for records in kept for _, record in records] == [True] * (reason is Reason.TOO_LARGE)
