"""The CDXJ index of the captures: one line per response, for pywb and other replay tools."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sources.captures import warc
from sources.errors import ArchiveError

_DIGEST, _RESPONSE = '"digest": "', '"kind": "response"'  # as json.dumps writes them into our lines


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

    @property
    def earlier(self) -> warc.Earlier:
        """This record as the target of a revisit."""
        return warc.Earlier(url=self.url, date=self.date, warc=self.file, offset=self.offset, digest=self.digest)


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
    stamp = "".join(c for c in entry.date if c.isdigit())[:14]
    fields = dataclasses.asdict(entry) | {
        "status": str(entry.status),
        "offset": str(entry.offset),
        "length": str(length),
    }
    fields["filename"] = fields.pop("file")
    return f"{surt_key(entry.url)} {stamp} {json.dumps(fields)}"


def replay_line(entry: Kept, length: int, mime: str) -> str:
    """A CDXJ line with the fields that replay programs know, as the index of a WACZ has it."""
    stamp, fields = (
        "".join(c for c in entry.date if c.isdigit())[:14],
        {
            "url": entry.url,
            "mime": mime,
            "status": str(entry.status),
            "digest": entry.digest,
            "length": str(length),
            "offset": str(entry.offset),
            "filename": entry.file,
        },
    )
    return f"{surt_key(entry.url)} {stamp} {json.dumps(fields)}"


class Index:
    """The index of a folder by address and by payload; lines are parsed only when they are needed."""

    def __init__(self, folder: Path) -> None:
        self._by_key: dict[str, list[str]] = {}
        self._by_digest: dict[str, str] = {}
        for text in _index_lines(folder):
            self.add(text)

    def add(self, text: str) -> None:
        """Add a line to the index."""
        self._by_key.setdefault(text.partition(" ")[0], []).append(text)
        start = text.find(_DIGEST) + len(_DIGEST)
        if _RESPONSE in text:  # a revisit holds no payload
            self._by_digest.setdefault(text[start : text.find('"', start)], text)

    def captures(self, url: str) -> list[Kept]:
        """Every dated capture of an address, oldest first."""
        entries = (_entry_on_line(text) for text in self._by_key.get(surt_key(url), ()))
        return sorted((entry for entry in entries if entry is not None), key=lambda entry: entry.date)

    def latest(self, url: str) -> Kept | None:
        """The last complete 200 response of an address, if the server supports a conditional request for it."""
        whole = [entry for entry in self.captures(url) if entry.status == 200]
        return whole[-1] if whole and whole[-1].validated else None

    def payload(self, digest: str) -> Kept | None:
        """The first record with this payload."""
        text = self._by_digest.get(digest)
        return _entry_on_line(text) if text else None


def history(folder: Path, url: str) -> tuple[Kept, ...]:
    """Every dated capture of an address in a folder, oldest first; raises ArchiveError."""
    return tuple(Index(folder).captures(url))


def _index_lines(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.cdxj")):
        try:
            yield from path.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError as error:
            raise ArchiveError(f"{path}: cannot be read ({error})") from error


def _entry_on_line(text: str) -> Kept | None:
    """The entry of an index line; None for a line that a killed process left half written (nothing refers to it)."""
    try:
        fields = json.loads(text.split(" ", 2)[2])
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
