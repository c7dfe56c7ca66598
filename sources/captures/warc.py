"""Reads and writes single WARC 1.1 records (ISO 28500:2017); only this module and `scan` use warcio.

A record is found again by its file and offset.
A file inside a WACZ is named as if the WACZ were a folder: ``web.wacz/archive/data.warc.gz``.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import io
import logging
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordbuilder import RecordBuilder
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from claims.records import Reason
from sources.errors import ArchiveError, Unavailable

Headers = tuple[tuple[str, str], ...]

IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
UNCHANGED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
logging.getLogger("warcio").setLevel(logging.CRITICAL)  # it would show untrusted bytes unescaped
_KINDS = ("response", "revisit", "resource")
_FIELDS = "application/warc-fields"
# What warcio and the packing below it raise on bytes that are no record.
BROKEN = (
    *(ArchiveLoadFailed, OSError, EOFError, ValueError, zlib.error, zipfile.BadZipFile, LookupError, TypeError),
    *(AttributeError, NotImplementedError, OverflowError),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its response as transmitted; ``payload`` still has its content coding.

    ``truncated`` says why the payload is incomplete (WARC-Truncated: length, time, disconnect, unspecified).
    """

    url: str
    request_headers: Headers
    status: int
    phrase: str
    headers: Headers
    payload: bytes
    fetched_at: str
    protocol: str = "HTTP/1.1"
    address: str | None = None
    truncated: str | None = None

    def header(self, name: str) -> str | None:
        """The first header of this name."""
        return first(self.headers, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The record that a revisit refers to: address and date as the standard requires, file and offset for speed."""

    url: str
    date: str
    warc: str
    offset: int
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A response, revisit or resource as read: ``payload`` is as it was sent, None if only headers were read."""

    kind: str
    url: str
    date: str
    status: int
    headers: Headers
    digest: str | None = None
    payload: bytes | None = None
    earlier: Earlier | None = None
    profile: str | None = None
    truncated: bool = False


def first(headers: Sequence[tuple[str, str]], name: str) -> str | None:
    """The value of the first header of this name, whatever its case."""
    return next((value for key, value in headers if key.lower() == name.lower()), None)


def recorded_digest(payload: bytes) -> str:
    """The payload digest unchanged in our records."""
    return "sha256:" + hashlib.sha256(payload).hexdigest()


def about(filename: str, tool: str) -> bytes:
    """The warcinfo record that opens a file."""
    fields = {"software": tool, "format": "WARC File Format 1.1", "robots": "obeyed unless configured otherwise"}
    return _packed(RecordBuilder(warc_version="1.1").create_warcinfo_record(filename, fields))


def pair(exchange: Exchange, earlier: Earlier | None = None) -> tuple[bytes, ...]:
    """The response record of an exchange and its request record, each compressed separately.

    With ``earlier`` the response becomes a revisit of that record, with headers and without payload. A response "not
    modified" becomes an empty revisit with its headers in a metadata record, because replay tools would otherwise show
    those headers instead of the page.
    """
    response = _response(exchange, earlier)
    fields = {
        "WARC-Date": exchange.fetched_at,
        "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID"),
    }
    path = exchange.url.partition("://")[2].partition("/")[2]
    request = StatusAndHeaders(f"GET /{path} HTTP/1.1", list(exchange.request_headers), is_http_request=True)
    records = [response, _record(exchange.url, "request", fields, http_headers=request)]
    if exchange.status == 304:
        records.append(_note(exchange, fields))
    return tuple(_packed(record) for record in records)


def _note(exchange: Exchange, fields: dict[str, str]) -> Any:
    text = _headers(exchange).to_bytes()
    kind = "application/http; msgtype=response"
    # without an address of its own, or replay tools would take it for the page
    return _record("", "metadata", fields, payload=io.BytesIO(text), length=len(text), warc_content_type=kind)


def resource(url: str, data: bytes, content_type: str, date: str) -> bytes:
    """A resource record of bytes that a person attached."""
    fields = {"WARC-Date": date, "WARC-Payload-Digest": recorded_digest(data)}
    payload = io.BytesIO(data)
    return _packed(_record(url, "resource", fields, payload=payload, length=len(data), warc_content_type=content_type))


def metadata_record(fields: Mapping[str, str], date: str) -> bytes:
    """A metadata record without an address, which replay tools ignore, for our own notes."""
    text = "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode()
    payload = io.BytesIO(text)
    about_it = {"WARC-Date": date, "WARC-Payload-Digest": recorded_digest(text)}
    return _packed(_record("", "metadata", about_it, payload=payload, length=len(text), warc_content_type=_FIELDS))


def read_note(record: Any) -> dict[str, str] | None:
    """The fields of a warcio record that is one of our notes; None for any other record."""
    if record.rec_type != "metadata" or record.rec_headers.get_header("Content-Type") != _FIELDS:
        return None
    text = record.raw_stream.read().decode("utf-8", "replace")
    return dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)


def _response(exchange: Exchange, earlier: Earlier | None) -> Any:
    payload_digest = earlier.digest if earlier and earlier.digest else recorded_digest(exchange.payload)
    fields = {"WARC-Date": exchange.fetched_at, "WARC-Payload-Digest": payload_digest}
    if exchange.address:
        fields["WARC-IP-Address"] = exchange.address
    if exchange.protocol == "HTTP/2":
        fields["WARC-Protocol"] = "h2"
    if exchange.truncated:
        fields["WARC-Truncated"] = exchange.truncated
    if earlier is None:
        payload = io.BytesIO(exchange.payload)
        return _record(
            exchange.url,
            "response",
            fields,
            payload=payload,
            length=len(exchange.payload),
            http_headers=_headers(exchange),
        )
    fields |= {
        "WARC-Profile": UNCHANGED if exchange.status == 304 else IDENTICAL,
        "WARC-Refers-To-Target-URI": earlier.url,
        "WARC-Refers-To-Date": earlier.date,
        "WARC-Refers-To-Filename": earlier.warc,
        "WARC-Refers-To-File-Offset": str(earlier.offset),
    }
    http = None if exchange.status == 304 else _headers(exchange)
    return _record(exchange.url, "revisit", fields, http_headers=http)


def _headers(exchange: Exchange) -> Any:
    status = f"{exchange.status} {exchange.phrase}".strip()
    return StatusAndHeaders(status, _framed(exchange.headers), protocol="HTTP/1.1")


def _record(url: str, kind: str, fields: dict[str, str], **content: Any) -> Any:
    builder = RecordBuilder(warc_version="1.1")
    return builder.create_warc_record(url, kind, warc_headers_dict=dict(fields), **content)


def _packed(record: Any) -> bytes:
    out = io.BytesIO()
    WARCWriter(out, gzip=True, warc_version="1.1").write_record(record)
    return out.getvalue()


def _framed(headers: Headers) -> list[tuple[str, str]]:
    """The headers, with the chunked framing, which is removed from a stored payload, renamed."""
    return [("X-Archive-Orig-" + k if k.lower() == "transfer-encoding" else k, v) for k, v in headers]


@contextlib.contextmanager
def open_warc(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a WARC file, also of one inside a WACZ; raises ArchiveError."""
    inside = next((parent for parent in path.parents if parent.suffix == ".wacz"), None)
    try:
        if inside is None:
            with path.open("rb") as file:
                yield file
        else:
            with zipfile.ZipFile(inside) as wacz, wacz.open(path.relative_to(inside).as_posix()) as file:
                yield file
    except FileNotFoundError as error:
        raise ArchiveError(f"{path}: no such archive file") from error
    except BROKEN as error:
        raise ArchiveError(f"{path}: cannot be read as a web archive ({plain_line(error)})") from error


def read_record(path: Path, offset: int, limit: int) -> Record:
    """The record at an offset with its payload as sent, unchunked.

    Raises ArchiveError if there is none or it is damaged, Unavailable(too_large) past ``limit`` bytes.
    """
    with open_warc(path) as file:
        file.seek(offset)
        record: Any = next(iter(ArchiveIterator(file, check_digests="raise")), None)
        if record is not None and lacks_length(record):
            raise ArchiveError(f"{path}: damaged at offset {offset}: the record does not state its length")
        header = read_headers(record) if record is not None else None
        if header is None:
            raise ArchiveError(f"{path}: no response record at offset {offset}")
        payload = _payload(record, limit)
        if getattr(record.raw_stream, "limit", 0):
            raise ArchiveError(f"{path}: damaged: the record at offset {offset} is truncated")
        return dataclasses.replace(header, payload=payload)


def lacks_length(record: Any) -> bool:
    """Whether a record does not state its length, so that warcio would read to the end of the file."""
    length = record.rec_headers.get_header("Content-Length") if record.rec_headers else None
    return record.format == "warc" and not (length or "").strip().isdecimal()


def read_headers(record: Any) -> Record | None:
    """The headers of a warcio record; None if it is not a response to a web request."""
    if record.rec_type not in _KINDS:
        return None
    fields, http = record.rec_headers, record.http_headers
    url = (fields.get_header("WARC-Target-URI") or "").strip("<>")
    if record.rec_type == "response" and (http is None or not url.startswith(("http://", "https://"))):
        return None
    if record.rec_type == "resource":
        http = StatusAndHeaders("200 OK", [("Content-Type", fields.get_header("Content-Type") or "")])
    status = http.get_statuscode() if http else ""
    return Record(
        kind=record.rec_type,
        url=url,
        date=fields.get_header("WARC-Date") or "",
        status=int(status) if status.isdigit() else 0,
        headers=tuple((name, value) for name, value in http.headers) if http else (),
        digest=fields.get_header("WARC-Payload-Digest"),
        earlier=_earlier_record(fields) if record.rec_type == "revisit" else None,
        profile=fields.get_header("WARC-Profile"),
        truncated=fields.get_header("WARC-Truncated") is not None,
    )


def _earlier_record(fields: Any) -> Earlier:
    offset = fields.get_header("WARC-Refers-To-File-Offset") or ""
    return Earlier(
        url=(fields.get_header("WARC-Refers-To-Target-URI") or "").strip("<>"),
        date=fields.get_header("WARC-Refers-To-Date") or "",
        warc=fields.get_header("WARC-Refers-To-Filename") or "",
        offset=int(offset) if offset.isdigit() else -1,
    )


def _payload(record: Any, limit: int) -> bytes:
    stream = record.raw_stream
    if record.http_headers and "chunked" in (record.http_headers.get_header("Transfer-Encoding") or "").lower():
        stream = ChunkedDataReader(stream, decomp_type=None)
    data = bytearray()
    while piece := stream.read(64 * 1024):
        data += piece
        if len(data) > limit:
            raise Unavailable(Reason.TOO_LARGE, f"its record is longer than {limit:,} bytes")
    return bytes(data)


def plain_line(error: BaseException) -> str:
    """An error of a library in one line."""
    text = " ".join(str(error).split())
    # What a library quotes of a broken file may be anything: only plain words are passed on.
    return text[:160] if text and text.isprintable() and text.isascii() else type(error).__name__
