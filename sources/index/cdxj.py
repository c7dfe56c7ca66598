"""The CDXJ index of the captures: one line per response, for pywb and other replay tools."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

_DIGEST, _RESPONSE = b'"digest": "', b'"kind": "response"'  # as json.dumps writes them into our lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One line of the index: a response or revisit stored in the folder."""

    url: str
    date: str
    status: int
    digest: str
    file: str
    offset: int
    kind: str = "response"
    validated: bool = False  # it came with an ETag or a Last-Modified date


def surt_key(url: str) -> str:
    """The SURT key of an address: without scheme, default port and fragment, and with the host name reversed."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url.strip()  # no address at all; it is only ever compared
    host = (parts.hostname or "").removesuffix(".")
    if not host.rpartition(".")[2].isdigit() and ":" not in host:  # numbers are not names and stay as they are
        host = ",".join(reversed(host.split(".")))
    where = host if port in (None, 80, 443) else f"{host}:{port}"
    return f"{where}){parts.path or '/'}{'?' * bool(parts.query)}{parts.query}".replace(" ", "%20")


def index_name(path: Path) -> str:
    """The name of the index of a WARC file."""
    return path.name.removesuffix(".warc.gz") + ".cdxj"


def line(entry: Kept, length: int) -> str:
    """A CDXJ line as pywb reads it, with our additional fields ``date``, ``kind`` and ``validated``."""
    ours = {"date": entry.date, "kind": entry.kind, "validated": entry.validated}
    return _line(entry, _common(entry, length) | ours)


def replay_line(entry: Kept, length: int, mime: str) -> str:
    """A CDXJ line with the fields that replay programs know, as the index of a WACZ has it."""
    return _line(entry, _common(entry, length) | {"mime": mime})


def _common(entry: Kept, length: int) -> dict[str, object]:
    return {
        "url": entry.url,
        "status": str(entry.status),
        "digest": entry.digest,
        "length": str(length),
        "offset": str(entry.offset),
        "filename": entry.file,
    }


def _line(entry: Kept, fields: Mapping[str, object]) -> str:
    stamp = "".join(c for c in entry.date if c.isdigit())[:14]
    return f"{surt_key(entry.url)} {stamp} {json.dumps(fields)}"


def digest_of(line: bytes) -> bytes:
    """The digest of the payload in an index line, without parsing it; none for a revisit, which has no payload."""
    start = line.find(_DIGEST) + len(_DIGEST)
    return line[start : line.find(b'"', start)] if _RESPONSE in line else b""


def entry_on_line(line: bytes) -> Kept | None:
    """The entry of an index line; None for a line that a killed process left half written (nothing refers to it)."""
    try:
        fields = json.loads(line.split(b" ", 2)[2])
        return Kept(
            url=fields["url"],
            date=fields["date"],
            status=int(fields["status"]),
            digest=fields["digest"],
            file=fields["filename"],
            offset=int(fields["offset"]),
            kind=fields["kind"],
            validated=fields["validated"],
        )
    except (IndexError, KeyError, ValueError, TypeError):
        return None
