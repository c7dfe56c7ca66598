"""Writes captures as a WACZ file (version 1.1.1, specs.webrecorder.net/wacz/1.1.1), which replay programs open.

A ZIP file with the captures as WARC records (archive/), their index for replay (indexes/), the list of pages (pages/),
and the hash of every file (datapackage.json, and datapackage-digest.json for that one).
Names, passwords and keys in addresses and headers are masked.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from typing import Any

from claims.privacy import hide, hide_headers, write_zip
from claims.records import Capture
from sources.captures import store, warc
from sources.captures.software import tool
from sources.errors import ArchiveError, Unavailable, WriteError
from sources.index.cdxj import Kept, replay_line

VERSION = "1.1.1"
_ARCHIVE = "archive/data.warc.gz"
_LARGEST = 512 * 1024 * 1024  # bytes of one capture


@dataclass(frozen=True, slots=True, kw_only=True)
class WaczPage:
    """A page in the list of pages: where a reader begins."""

    url: str
    at: str
    title: str = ""


def write_wacz(
    path: Path,
    captures: Sequence[Capture],
    folder: Path,
    *,
    pages: Sequence[WaczPage],
    extra: Mapping[str, bytes],
    title: str,
    at: str,
) -> int:
    """Write the captures, which lie in ``folder``, to a new file; return the number of files in it.

    ``extra`` are more files to put in, by their place; ``at`` is the time of creation in ISO 8601.
    Raises ArchiveError if a capture cannot be read or has other bytes, WriteError if the file cannot be written.
    """
    archive, index = _records_and_index(captures, folder)
    files = {
        _ARCHIVE: archive,
        **_index_files(index),
        "pages/pages.jsonl": _page_list(pages),
        **extra,
    }
    package = _json_bytes(
        {
            "profile": "data-package",
            "resources": [_listed_file(name, content) for name, content in files.items()],
            "wacz_version": VERSION,
            "title": title,
            "created": _short_time(at),
            "software": tool(),
        }
    )
    files["datapackage.json"] = package
    files["datapackage-digest.json"] = _json_bytes({"path": "datapackage.json", "hash": _content_hash(package)})
    try:
        write_zip(path, files, packed=False)
    except OSError as error:
        raise WriteError(f"{path} cannot be written: {error.strerror}") from error
    return len(files)


def _records_and_index(captures: Sequence[Capture], folder: Path) -> tuple[bytes, list[str]]:
    """The captures as one WARC file, and their index lines; each capture is checked against its SHA-256."""
    content, lines = bytearray(warc.about(PurePosixPath(_ARCHIVE).name, tool())), []
    for capture in {capture.id: capture for capture in captures}.values():
        store.stored_body(capture, folder)
        record = _shareable(_record_of(capture, folder))
        written = _rewritten(record)
        entry = Kept(
            url=record.url,
            date=record.date,
            status=record.status,
            digest=warc.recorded_digest(record.payload or b""),
            file=PurePosixPath(_ARCHIVE).name,
            offset=len(content),
        )
        mime = (warc.first(record.headers, "Content-Type") or "").partition(";")[0].strip()
        lines.append(replay_line(entry, len(written), mime))
        content += written
    return bytes(content), sorted(lines)


def _record_of(capture: Capture, folder: Path) -> warc.Record:
    try:
        return store.read_back(store.place(folder, str(capture.warc)), capture.offset or 0, _LARGEST)
    except Unavailable as error:
        raise ArchiveError(f"{capture.url}: its record cannot be read ({error})") from error


def _shareable(record: warc.Record) -> warc.Record:
    """A record without names, passwords and keys in its address and headers; its bytes stay as they are."""
    return replace(record, url=hide(record.url), headers=tuple(hide_headers(record.headers)))


def _rewritten(record: warc.Record) -> bytes:
    """A record as the new file has it: a whole response, also where the captures have only a reference to one."""
    payload = record.payload or b""
    if record.kind == "resource":
        return warc.resource(record.url, payload, warc.first(record.headers, "Content-Type") or "", record.date)
    phrase = HTTPStatus(record.status).phrase if record.status in set(HTTPStatus) else ""
    exchange = warc.Exchange(
        url=record.url,
        request_headers=(),
        status=record.status,
        phrase=phrase,
        headers=record.headers,
        payload=payload,
        fetched_at=record.date,
        truncated="unspecified" if record.truncated else None,
    )
    return warc.pair(exchange)[0]


def _index_files(lines: Sequence[str]) -> dict[str, bytes]:
    """The index, compressed in one block, and the index of that block."""
    block = gzip.compress("".join(f"{line}\n" for line in lines).encode(), mtime=0)
    head = {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}
    first = " ".join(lines[0].split(" ", 2)[:2]) if lines else ""
    where = {"offset": 0, "length": len(block), "digest": _content_hash(block), "filename": "index.cdx.gz"}
    second = f"!meta 0 {json.dumps(head)}\n" + (f"{first} {json.dumps(where)}\n" if lines else "")
    return {"indexes/index.cdx.gz": block, "indexes/index.idx": second.encode()}


def _page_list(pages: Sequence[WaczPage]) -> bytes:
    lines: Iterator[dict[str, Any]] = (
        {"id": hashlib.sha256(page.url.encode()).hexdigest()[:16], "url": hide(page.url), "ts": _short_time(page.at)}
        | ({"title": page.title} if page.title else {})
        for page in pages
    )
    head = {"format": "json-pages-1.0", "id": "pages", "title": "All pages"}
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in (head, *lines)).encode()


def _listed_file(name: str, content: bytes) -> dict[str, Any]:
    return {"name": name.lower(), "path": name, "hash": _content_hash(content), "bytes": len(content)}


def _content_hash(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _short_time(at: str) -> str:
    """A time in UTC to the second, with Z."""
    return f"{at[:19]}Z"


def _json_bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
