"""Decodes content codings within a size limit, as a protection against decompression bombs."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Generator, Iterator

import brotli  # type: ignore[import-untyped]  # it ships no types
import zstandard

from claims.records import Reason
from sources.errors import Unavailable

_STEP = 64 * 1024
# Gzip members or zstd frames of one body: honest tools write one, or one for each 64 kB and more of 10 MB. Each costs
# microseconds even where it is empty, and 10 MB hold half a million empty ones.
_MOST_MEMBERS = 2_000
_GZIP = b"\x1f\x8b"
_MOST_CODINGS = 3  # usually one; chained codings multiply the size of a decompression bomb
_ZSTD_WINDOW = 8 * 1024 * 1024  # RFC 9659: a content-coded frame needs no larger window
_ZSTD_STEP = 256  # bytes fed at a time: a block of 4 bytes unfolds to 128 kB, so one step to 8 MB at worst


def unpack(payload: bytes, coding: str, limit: int) -> bytes:
    """The body of a response whose Content-Encoding is ``coding`` (a comma-separated list, last applied last).

    Raises Unavailable: too_large past ``limit`` bytes, unsupported_type for an unknown coding, unreachable for
    a broken one. A body that is labelled gzip but is not compressed is returned unchanged, because some servers do
    this.
    """
    names = [name.strip().lower() for name in coding.split(",") if name.strip()]
    if len(names) > _MOST_CODINGS:
        raise Unavailable(Reason.UNSUPPORTED_TYPE, f"compressed {len(names)} times")
    for name in reversed(names):
        payload = _unpack_once(payload, name, limit)
    return payload


def _unpack_once(payload: bytes, name: str, limit: int) -> bytes:
    if name == "identity" or not payload:
        return payload
    if name not in _CODINGS:
        raise Unavailable(Reason.UNSUPPORTED_TYPE, f"compressed as {name[:40]}, which is not supported")
    out = bytearray()
    try:
        for piece in _CODINGS[name](payload):
            out += piece
            if len(out) > limit:
                raise Unavailable(Reason.TOO_LARGE, f"decompresses to more than {limit:,} bytes")
    except (zlib.error, brotli.error, zstandard.ZstdError, EOFError) as error:
        raise Unavailable(Reason.UNREACHABLE, f"the {name} compression of the response is invalid ({error})") from error
    return bytes(out)


def _gzip(payload: bytes) -> Iterator[bytes]:
    """Members may follow one another; what follows the last and is none is padding."""
    if not payload.startswith(_GZIP):
        yield payload
        return
    start = 0
    for _ in range(_MOST_MEMBERS):
        if not payload.startswith(_GZIP, start):
            return
        start = yield from _inflate(zlib.decompressobj(zlib.MAX_WBITS | 16), payload, start)
    if payload.startswith(_GZIP, start):
        raise Unavailable(Reason.TOO_LARGE, f"compressed in more than {_MOST_MEMBERS:,} parts")


def _deflate(payload: bytes) -> Iterator[bytes]:
    zlib_wrapped = (payload[0] & 0x0F) == 8 and int.from_bytes(payload[:2]) % 31 == 0
    yield from _inflate(zlib.decompressobj(zlib.MAX_WBITS if zlib_wrapped else -zlib.MAX_WBITS), payload, 0)


def _inflate(unpacker: zlib._Decompress, payload: bytes, start: int) -> Generator[bytes, None, int]:
    """Unpack from ``start`` on; gives back where the stream ended. Fed in steps: what is left over is copied."""
    while not unpacker.eof:
        piece = payload[start : start + _STEP]
        if not piece:
            raise EOFError("it is truncated")
        start += len(piece)
        while piece and not unpacker.eof:
            yield unpacker.decompress(piece, _STEP)
            piece = unpacker.unconsumed_tail
    return start - len(unpacker.unused_data)


def _brotli(payload: bytes) -> Iterator[bytes]:
    unpacker = brotli.Decompressor()
    yield unpacker.process(payload, output_buffer_limit=_STEP)
    while not unpacker.is_finished():
        piece = unpacker.process(b"", output_buffer_limit=_STEP)
        if not piece and unpacker.can_accept_more_data():
            raise EOFError("it is truncated")
        yield piece


def _zstd(payload: bytes) -> Iterator[bytes]:
    start = 0
    for _ in range(_MOST_MEMBERS):
        if start == len(payload):
            return
        unpacker = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
        while not unpacker.eof:
            piece = payload[start : start + _ZSTD_STEP]
            if not piece:
                raise EOFError("it is truncated")
            start += len(piece)
            yield unpacker.decompress(piece)
        start -= len(unpacker.unused_data)
    if start < len(payload):
        raise Unavailable(Reason.TOO_LARGE, f"compressed in more than {_MOST_MEMBERS:,} parts")


_CODINGS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
