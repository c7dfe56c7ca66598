"""Stores every exchange as WARC records in a folder, addressed by file and offset.

Each process writes its own file, a new one each day, so that a killed process can only truncate its own file.
Next to every file is a CDXJ index (``.cdxj``, one line a response), with which later runs find responses for
conditional requests and payloads that need not be stored twice.
"""

from __future__ import annotations

import dataclasses
import fcntl
import hashlib
import io
import os
import re
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from claims.privacy import hide, make_folder, private
from claims.records import Capture, Reason, Via
from sources.captures import warc
from sources.captures.content_coding import unpack
from sources.captures.scan import scan
from sources.errors import ArchiveError, Unavailable, WriteError, error_words
from sources.index.cdxj import Kept, index_name, line
from sources.index.lookup import Index

_LARGEST_FILE = 1_000_000_000  # bytes; the customary size at which crawlers start a new WARC file
_LARGEST_LOAD = 200_000_000
_MOST_POINTERS = 10  # revisits that lead to one another; one is usual
ARCHIVES = (".warc", ".warc.gz", ".arc", ".arc.gz", ".wacz")  # how web archives are named
# What the files of a process in a folder are named after, by process id and folder; a forked process gets its own.
_STARTED: dict[tuple[int, Path], str] = {}
_LOCK = threading.Lock()

# What goes out in a request header and may be written down; all others (Authorization, Cookie, keys) may not.
_OPEN_HEADERS = ("host", "user-agent", "accept", "accept-encoding", "connection", "if-none-match", "if-modified-since")


class CaptureStore:
    """A folder of captures. ``keep`` may be called from several threads and processes at once."""

    def __init__(self, folder: Path, tool: str) -> None:
        self.folder = folder
        self._tool = tool
        self._written: set[Path] = set()
        self._flushing = threading.Lock()
        self._index: Index | None = None

    def keep(self, exchange: warc.Exchange) -> Kept:
        """Write the exchange; raises WriteError if the folder cannot be written.

        A payload that is already stored becomes a revisit record.
        """
        exchange = _without_secrets(exchange)
        with _LOCK:
            earlier = self._twin(exchange)
            records = warc.pair(exchange, _target(earlier) if earlier else None)
            return self._append(_index_entry(exchange, earlier), records)

    def attach(self, data: bytes, url: str, content_type: str, at: str) -> Capture:
        """Store a page that a person attached, as a resource record; raises WriteError.

        ``at`` is the time of attaching, ISO 8601 in UTC.
        """
        digest = warc.recorded_digest(data)
        entry = Kept(url=url, date=at, status=200, digest=digest, file="", offset=0, kind="resource")
        with _LOCK:
            entry = self._append(entry, (warc.resource(url, data, content_type, at),))
        return Capture(
            url=url,
            final_url=url,
            status=200,
            fetched_at=at,
            via=Via.MANUAL,
            sha256=hashlib.sha256(data).hexdigest(),
            headers=(("Content-Type", content_type),),
            warc=entry.file,
            offset=entry.offset,
            tool=self._tool,
        )

    def latest(self, url: str) -> Kept | None:
        """The last complete 200 response of this address that supports a conditional request."""
        with _LOCK:
            return self._known().latest(url)

    def flush(self) -> None:
        """Flush everything written to the disk; one that is under way is waited for."""
        with self._flushing:
            with _LOCK:
                written = frozenset(self._written)
                self._written.clear()
            try:
                for path in written:
                    with path.open("rb") as file:
                        os.fsync(file.fileno())
            except OSError:
                with _LOCK:
                    self._written.update(written)
                raise

    def _twin(self, exchange: warc.Exchange) -> Kept | None:
        if exchange.status == 304:
            return self._known().latest(exchange.url)
        if not exchange.payload or exchange.truncated:
            return None
        return self._known().payload(warc.recorded_digest(exchange.payload))

    def note(self, fields: Mapping[str, str], at: str) -> None:
        """Record a note in the WARC file of its day; raises WriteError."""
        with _LOCK:
            self._write(at, (warc.metadata_record(fields, at),), lambda name, start: "")

    def _append(self, kept: Kept, records: Sequence[bytes]) -> Kept:
        """Write the records, the first of which is the one that is kept; gives it with its file and offset."""

        def entry(name: str, start: int) -> str:
            return line(dataclasses.replace(kept, file=name, offset=start), len(records[0]))

        name, start, text = self._write(kept.date, records, entry)
        self._known().add(text)
        return dataclasses.replace(kept, file=name, offset=start)

    def _write(self, at: str, records: Sequence[bytes], entry: Callable[[str, int], str]) -> tuple[str, int, str]:
        """Write records and their index line; the name of the file, where they start in it, and the line."""
        try:
            make_folder(self.folder)
            path = self._file(at)
            with open(path, "ab", buffering=0, opener=private) as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                end = file.seek(0, os.SEEK_END)
                head = b"" if end else warc.about(path.name, self._tool)
                text = entry(path.name, end + len(head))
                try:
                    _write_all(file, b"".join((head, *records)))
                    self._index_line(path, text)
                except OSError:
                    file.truncate(end)  # a full disk must not leave half a record for the next one to follow
                    raise
        except OSError as error:
            raise WriteError(f"{self.folder}: captures cannot be written ({error_words(error)})") from error
        self._written.add(path)
        return path.name, end + len(head), text

    def _index_line(self, path: Path, text: str) -> None:
        if text:
            beside = path.with_name(index_name(path))
            with open(beside, "ab", buffering=0, opener=private) as index:
                _write_all(index, f"{text}\n".encode())

    def _file(self, at: str) -> Path:
        mark = _STARTED.setdefault((os.getpid(), self.folder), f"{os.getpid()}-{secrets.token_hex(6)}")
        for number in range(10_000):
            path = self.folder / f"factdesk-{at[:10].replace('-', '')}-{mark}-{number:04}.warc.gz"
            if not path.exists() or path.stat().st_size < _LARGEST_FILE:
                return path
        raise WriteError(f"{self.folder}: too many capture files for one day")

    def _known(self) -> Index:
        """The index of this folder, opened when first needed."""
        if self._index is None:
            self._index = Index(self.folder)
        return self._index


def _target(entry: Kept) -> warc.Earlier:
    """A record as the target of a revisit."""
    return warc.Earlier(url=entry.url, date=entry.date, warc=entry.file, offset=entry.offset, digest=entry.digest)


def stored_body(capture: Capture, folder: Path, limit: int = _LARGEST_LOAD) -> bytes:
    """The body of a capture, read again from its record and checked against its SHA-256.

    Raises ArchiveError if the record is missing or damaged, or has other bytes.
    """
    if capture.warc is None or capture.offset is None:
        raise ArchiveError(f"{capture.url}: no record of this capture was kept")
    path = place(folder, capture.warc)
    try:
        record = read_back(path, capture.offset, limit)
        body = unpacked(record, limit)
    except Unavailable as error:
        raise ArchiveError(f"{path}: the record at offset {capture.offset} cannot be decompressed ({error})") from error
    if hashlib.sha256(body).hexdigest() != capture.sha256:
        raise ArchiveError(f"{path}: the record at offset {capture.offset} differs from what was captured")
    _same_visit(capture, record, path)
    return body


def place(folder: Path, name: str) -> Path:
    """The path of a WARC file named in the ledger, an index or another record; raises ArchiveError.

    Our own captures are files in the folder, named without a path. A replayed archive is named by its full path, which
    must be that of a web archive. Any other name is rejected, so that no other file is opened.
    """
    parts = PurePosixPath(name).parts
    odd = not name or any(c in name for c in "\\\0\n\r") or re.match(r"[A-Za-z]:", name) or ".." in parts
    whole = name.startswith("/") and any(part.lower().endswith(ARCHIVES) for part in parts)
    if odd or not (whole or len(parts) == 1):
        raise ArchiveError(
            f"{name!r} is not a file in the captures folder: the name was changed, and nothing is opened"
        )
    return folder / name


def _same_visit(capture: Capture, record: warc.Record, path: Path) -> None:
    """Refuse a record of the same bytes from another address or time than the capture says."""
    address = capture.final_url in (record.url, hide(record.url))
    if not address or capture.fetched_at != record.date:
        what = f"{record.url}, {record.date}" if not address else record.date
        raise ArchiveError(f"{path}: the record at offset {capture.offset} belongs to another request ({what})")


def read_back(path: Path, offset: int, limit: int) -> warc.Record:
    """The record at an offset with its payload; a revisit gets the payload (and its coding) of the record it refers to.

    Raises ArchiveError, or Unavailable: too_large past the limit, unresolved if the record that a revisit refers to is
    missing or the references form a cycle.
    """
    return _read_back(path, offset, limit, frozenset())


def _read_back(path: Path, offset: int, limit: int, behind: frozenset[tuple[Path, int]]) -> warc.Record:
    record = warc.read_record(path, offset, limit)
    if record.earlier is None:
        return record
    behind |= {(path, offset)}
    for where, start in _targets(path, offset, record.earlier):
        if (where, start) in behind or len(behind) > _MOST_POINTERS:
            continue
        earlier = _read_back(where, start, limit, behind)
        return dataclasses.replace(
            record,
            payload=earlier.payload,
            status=earlier.status if record.status in (0, 304) else record.status,
            headers=earlier.headers if record.status in (0, 304) else record.headers,
        )
    detail = f"{path}: the record at offset {offset} only refers to another record, which is not in the archive"
    raise Unavailable(Reason.UNRESOLVED, detail)


def _targets(path: Path, offset: int, earlier: warc.Earlier) -> Iterator[tuple[Path, int]]:
    if earlier.warc and earlier.offset >= 0:
        yield _sibling_file(path, earlier.warc), earlier.offset
        return
    candidates = [(at, record) for at, record in scan(path) if record.url == earlier.url and record.kind == "response"]
    yield from ((path, at) for at, record in candidates if at != offset and record.date == earlier.date)


def _sibling_file(path: Path, name: str) -> Path:
    """The file that a record names, beside its own: never another folder's."""
    if "/" in name:
        raise ArchiveError(f"{path}: a record refers to {name!r}, which is not a file in the same folder")
    return place(path.parent, name)


def unpacked(record: warc.Record, limit: int) -> bytes:
    """The decoded body of a record; raises ArchiveError, or Unavailable past the limit."""
    if record.payload is None:
        raise ArchiveError(f"{record.url}: its record contains no body")
    return unpack(record.payload, warc.first(record.headers, "Content-Encoding") or "", limit)


def _without_secrets(exchange: warc.Exchange) -> warc.Exchange:
    """The exchange without what must not be written down."""
    headers = tuple((n, v) for n, v in exchange.request_headers if n.lower() in _OPEN_HEADERS)
    return dataclasses.replace(exchange, request_headers=headers)


def _write_all(file: io.FileIO, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[file.write(left) :]


def _index_entry(exchange: warc.Exchange, earlier: Kept | None) -> Kept:
    return Kept(
        url=exchange.url,
        date=exchange.fetched_at,
        status=exchange.status,
        digest=earlier.digest if earlier else warc.recorded_digest(exchange.payload),
        file="",
        offset=0,
        kind="revisit" if earlier else "response",
        validated=not exchange.truncated and bool(exchange.header("ETag") or exchange.header("Last-Modified")),
    )
