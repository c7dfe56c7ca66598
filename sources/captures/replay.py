"""Replays a web archive (WARC or WACZ) instead of the network.

Redirects are followed inside the archive, and revisit records are resolved.
What the archive does not contain is unavailable and never fetched.
"""

from __future__ import annotations

import functools
import hashlib
import logging
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from claims.records import Capture, Reason, Via
from sources.captures import warc
from sources.captures.scan import scan
from sources.captures.store import ARCHIVES, read_back, unpacked
from sources.errors import ArchiveError, Unavailable
from sources.index.cdxj import surt_key

_LOG = logging.getLogger(__name__)
_MOST_REDIRECTS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseLocation:
    """The location of a response; ``date`` is the record's WARC-Date."""

    url: str
    date: str
    status: int
    path: Path
    offset: int
    location: str | None = None


class Archive:
    """The index over a file, or over all archive files of a folder; built once by ``Archive.open``.

    ``damaged`` says that parts of it could not be read, so that a missing address may have been in it.
    """

    def __init__(self, path: Path, entries: Sequence[ResponseLocation], *, damaged: bool = False) -> None:
        self.path = path
        self._damaged = damaged
        self._entries: dict[str, list[ResponseLocation]] = {}
        for entry in entries:
            self._entries.setdefault(surt_key(entry.url), []).append(entry)

    @classmethod
    def open(cls, path: Path) -> Archive:
        """Read the index; raises ArchiveError if the file is missing, or nothing in it can be read."""
        path = path.expanduser().resolve()
        try:
            stat = path.stat()
        except OSError as error:
            raise ArchiveError(f"{path}: no such archive file") from error
        return _opened_archive(path, stat.st_mtime_ns, stat.st_size)

    def urls(self) -> tuple[str, ...]:
        """The addresses in the archive, in its order and without repetitions."""
        urls = (entries[0].url for entries in self._entries.values())
        return tuple(url for url in urls if not url.endswith("/robots.txt"))

    def captures(self, url: str) -> tuple[ResponseLocation, ...]:
        """Every dated capture of an address, oldest first."""
        return tuple(sorted(self._entries.get(surt_key(url), ()), key=lambda entry: entry.date))

    def fetch(self, url: str, limit: int, near: str | None = None) -> tuple[Capture, bytes]:
        """The capture and body of an address: the one nearest to the ISO date ``near``, else the newest.

        Raises Unavailable(unresolved) if the archive does not contain it, ArchiveError for a damaged record.
        """
        current = url
        for _ in range(_MOST_REDIRECTS + 1):
            entry = self._nearest(current, near)
            if entry is None:
                way = "" if current == url else f", to which {url} redirects"
                part = ", parts of which are damaged and were skipped" if self._damaged else ""
                raise Unavailable(Reason.UNRESOLVED, f"{current}{way} is not in the archive {self.path.name}{part}")
            if entry.location is None:
                return self._read(url, entry, limit)
            current = urljoin(entry.url, entry.location)
        raise Unavailable(Reason.UNREACHABLE, f"{url} redirects in a loop in the archive {self.path.name}")

    def _nearest(self, url: str, near: str | None) -> ResponseLocation | None:
        entries = self.captures(url)
        if not entries:
            return None
        if near is None:
            return entries[-1]
        return min(entries, key=lambda entry: abs(_rough_seconds(entry.date) - _rough_seconds(near)))

    def _read(self, url: str, entry: ResponseLocation, limit: int) -> tuple[Capture, bytes]:
        record = read_back(entry.path, entry.offset, limit)
        body = unpacked(record, limit)
        capture = Capture(
            url=url,
            final_url=entry.url,
            status=record.status,
            fetched_at=entry.date,
            via=Via.REPLAY,
            sha256=hashlib.sha256(body).hexdigest(),
            headers=record.headers,
            warc=str(entry.path),
            offset=entry.offset,
        )
        return capture, body


@functools.lru_cache(maxsize=4)  # a run opens the same archive once for each of its tasks
def _opened_archive(path: Path, _changed: int, _size: int) -> Archive:
    """The index; a file of several that cannot be read, and what is damaged in one, is skipped with a warning."""
    entries: list[ResponseLocation] = []
    damage: list[str] = []
    for file in sorted(_archives(path)) if path.is_dir() else [path]:
        try:
            for part in _archived_warcs(file):
                entries += _response_index(part, damage)
        except ArchiveError as error:
            damage.append(str(error))
    if not entries:
        nothing = f"{path}: contains no web page; a .warc, .warc.gz or .wacz file is expected"
        raise ArchiveError(damage[0] if damage else nothing)
    for line in damage:
        _LOG.warning("%s; this part was skipped", line)
    return Archive(path, entries, damaged=bool(damage))


def _archives(folder: Path) -> list[Path]:
    return [file for file in folder.iterdir() if file.name.endswith(ARCHIVES)]


def _archived_warcs(path: Path) -> list[Path]:
    """The WARC files of an archive file: itself, or those in a WACZ."""
    if path.suffix != ".wacz":
        return [path]
    try:
        with zipfile.ZipFile(path) as wacz:
            names = [name for name in wacz.namelist() if name.startswith("archive/") and name.endswith(ARCHIVES)]
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ArchiveError(f"{path}: cannot be read as a WACZ archive ({error})") from error
    return [path / name for name in sorted(names)]


def _response_index(path: Path, damage: list[str]) -> list[ResponseLocation]:
    return [
        ResponseLocation(
            url=record.url,
            date=record.date,
            status=record.status,
            path=path,
            offset=offset,
            location=warc.first(record.headers, "Location") if record.status in (301, 302, 303, 307, 308) else None,
        )
        for offset, record in scan(path, damage)
        if not record.truncated and not (record.kind == "response" and record.status == 304)
    ]


def _rough_seconds(date: str) -> int:
    """A date as a number that grows with it: days of a rough calendar are enough to tell nearer from farther."""
    digits = "".join(c for c in date if c.isdecimal())[:14].ljust(14, "0")
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    return (((year * 12 + month) * 31 + day) * 86400) + int(digits[8:10]) * 3600 + int(digits[10:12]) * 60
