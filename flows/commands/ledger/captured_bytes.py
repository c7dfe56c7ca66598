"""Reads the captured bytes that the ledger refers to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from claims.records import Capture
from sources.captures.store import stored_body
from sources.contained import contained
from sources.errors import Unavailable


def loader(folder: Path) -> Callable[[Capture], bytes]:
    """Reads stored captures; raises OSError if one cannot be read, as the ledger expects."""

    def read(capture: Capture) -> bytes:
        try:
            with contained(capture.url):
                return stored_body(capture, folder)
        except Unavailable as error:
            raise OSError(str(error)) from error

    return read
