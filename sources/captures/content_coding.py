"""Content codings undone under a limit, so that a small response cannot unfold into the machine's memory."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

import brotli  # type: ignore[import-untyped]  # it ships no types
import zstandard

from claims.records import Reason
from sources.errors import Unavailable

_STEP = 64 * 1024
_MOST_CODINGS = 3  # one is usual; a chain of them is a way to multiply a bomb
_ZSTD_WINDOW = 8 * 1024 * 1024  # RFC 9659: a content-coded frame needs no larger window
_ZSTD_STEP = 256  # bytes fed at a time: a block of 4 bytes unfolds to 128 kB, so one step to 8 MB at worst


def unpack(payload: bytes, coding: str, limit: int) -> bytes:
    """The body of a response whose Content-Encoding is ``coding`` (a comma-separated list, last applied last).

    Raises Unavailable: too_large past ``limit`` bytes, unsupported_type for an unknown coding, unreachable for
    a broken one. A body that is labelled gzip and is not is given back as it is: servers do that.
    """
    names = [name.strip().lower() for name in coding.split(",") if name.strip()]
    if len(names) > _MOST_CODINGS:
        raise Unavailable(Reason.UNSUPPORTED_TYPE, f"packed {len(names)} times over")
    for name in reversed(names):
        payload = _unpack_once(payload, name, limit)
    return payload


def _unpack_once(payload: bytes, name: str, limit: int) -> bytes:
    if name == "identity" or not payload:
        return payload
    if name not in _CODINGS:
        raise Unavailable(Reason.UNSUPPORTED_TYPE, f"packed as {name[:40]}, which cannot be unpacked")
    out = bytearray()
    try:
        for piece in _CODINGS[name](payload):
            out += piece
            if len(out) > limit:
                raise Unavailable(Reason.TOO_LARGE, f"unpacks to more than {limit:,} bytes")
    except (zlib.error, brotli.error, zstandard.ZstdError, EOFError) as error:
        raise Unavailable(Reason.UNREACHABLE, f"the {name} packing of the response is broken ({error})") from error
    return bytes(out)


def _gzip(payload: bytes) -> Iterator[bytes]:
    if payload[:2] != b"\x1f\x8b":
        yield payload
        return
    while payload[:2] == b"\x1f\x8b":  # members may follow one another; other trailing bytes are padding
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        yield from _inflate(unpacker, payload)
        payload = unpacker.unused_data


def _deflate(payload: bytes) -> Iterator[bytes]:
    zlib_wrapped = (payload[0] & 0x0F) == 8 and int.from_bytes(payload[:2]) % 31 == 0
    yield from _inflate(zlib.decompressobj(zlib.MAX_WBITS if zlib_wrapped else -zlib.MAX_WBITS), payload)


def _inflate(unpacker: zlib._Decompress, payload: bytes) -> Iterator[bytes]:
    while payload and not unpacker.eof:
        yield unpacker.decompress(payload, _STEP)
        payload = unpacker.unconsumed_tail
    if not unpacker.eof:
        raise EOFError("it ends too early")


def _brotli(payload: bytes) -> Iterator[bytes]:
    unpacker = brotli.Decompressor()
    yield unpacker.process(payload, output_buffer_limit=_STEP)
    while not unpacker.is_finished():
        piece = unpacker.process(b"", output_buffer_limit=_STEP)
        if not piece and unpacker.can_accept_more_data():
            raise EOFError("it ends too early")
        yield piece


def _zstd(payload: bytes) -> Iterator[bytes]:
    while payload:
        unpacker = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
        for start in range(0, len(payload), _ZSTD_STEP):
            yield unpacker.decompress(payload[start : start + _ZSTD_STEP])
            if unpacker.eof:
                break
        else:
            raise EOFError("it ends too early")
        payload = unpacker.unused_data + payload[start + _ZSTD_STEP :]


_CODINGS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
