"""Packed bodies: what is honest unpacks, what is a bomb is refused."""

import gzip
import zlib

import brotli
import pytest
import zstandard

from claims.records import Reason
from sources.captures.content_coding import unpack
from sources.errors import Unavailable

TEXT = b"Officials said on Monday that talks would resume. " * 200
LIMIT = 1_000_000


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "payload"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT)),
        ("x-gzip", gzip.compress(TEXT)),
        ("GZIP", gzip.compress(TEXT[:1000]) + gzip.compress(TEXT[1000:])),
        ("gzip", gzip.compress(TEXT) + b"\0\0\0"),
        ("gzip", TEXT),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", raw_deflate(TEXT)),
        ("br", brotli.compress(TEXT)),
        ("zstd", zstandard.compress(TEXT)),
        ("zstd", zstandard.compress(TEXT[:1000]) + zstandard.compress(TEXT[1000:])),
        ("gzip", b"".join(gzip.compress(TEXT[at : at + 10]) for at in range(0, len(TEXT), 10))),
        ("gzip, br", brotli.compress(gzip.compress(TEXT))),
    ],
)
def test_an_honest_body_unpacks(coding: str, payload: bytes) -> None:
    assert unpack(payload, coding, LIMIT) == TEXT


ZEROS = bytes(50_000_000)


@pytest.mark.parametrize(
    ("coding", "payload", "reason"),
    [
        ("gzip", gzip.compress(ZEROS, 1), Reason.TOO_LARGE),
        ("deflate", zlib.compress(ZEROS, 1), Reason.TOO_LARGE),
        ("br", brotli.compress(ZEROS, quality=1), Reason.TOO_LARGE),
        ("zstd", zstandard.compress(ZEROS), Reason.TOO_LARGE),
        ("gzip, gzip", gzip.compress(gzip.compress(ZEROS, 1)), Reason.TOO_LARGE),
        ("gzip", gzip.compress(b"") * 300_000, Reason.TOO_LARGE),
        ("gzip", gzip.compress(b"a") * 3_000, Reason.TOO_LARGE),
        ("zstd", zstandard.compress(b"") * 300_000, Reason.TOO_LARGE),
        ("zstd", b"\x50\x2a\x4d\x18\0\0\0\0" * 500_000, Reason.TOO_LARGE),
        ("gzip, gzip", gzip.compress(gzip.compress(b"") * 300_000), Reason.TOO_LARGE),
        ("gzip,gzip,gzip,gzip", gzip.compress(b"x"), Reason.UNSUPPORTED_TYPE),
        ("lzma", b"\xfd7zXZ", Reason.UNSUPPORTED_TYPE),
        ("gzip", gzip.compress(TEXT)[:-20], Reason.UNREACHABLE),
        ("gzip", b"\x1f\x8b" + b"x" * 100, Reason.UNREACHABLE),
        ("deflate", zlib.compress(TEXT)[:-30], Reason.UNREACHABLE),
        ("br", brotli.compress(TEXT)[:-4], Reason.UNREACHABLE),
        ("br", b"not brotli at all", Reason.UNREACHABLE),
        ("zstd", b"not zstandard", Reason.UNREACHABLE),
        ("zstd", zstandard.compress(TEXT)[:-10], Reason.UNREACHABLE),
    ],
)
def test_a_bomb_or_a_broken_body_is_refused(coding: str, payload: bytes, reason: Reason) -> None:
    with pytest.raises(Unavailable) as caught:
        unpack(payload, coding, LIMIT)
    assert caught.value.reason is reason


def test_exactly_the_limit_is_not_too_much() -> None:
    assert len(unpack(gzip.compress(bytes(LIMIT)), "gzip", LIMIT)) == LIMIT
