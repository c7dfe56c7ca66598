"""The history of an address: its captures in chronological order and the changes between them."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from claims.records import Capture, OutletDirectory, Page, Reason, Via
from sources.captures import warc
from sources.captures.replay import Archive, ResponseLocation
from sources.captures.reread import captured
from sources.captures.revisions import Revision, comparable, revision_between
from sources.captures.store import place, read_back, stored_body, unpacked
from sources.contained import contained
from sources.errors import Unavailable
from sources.index.cdxj import Kept
from sources.index.lookup import history
from sources.page.states import state_of

_LARGEST = 200_000_000  # bytes of one capture
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """One capture of an address: its page, or the reason why there is none (``note``).

    ``revision`` has the changes since the previous readable capture; None for the first one.
    """

    capture: Capture
    page: Page | None = None
    note: str = ""
    revision: Revision | None = None


def in_folder(url: str, folder: Path) -> tuple[Capture, ...]:
    """All captures of an address in the captures folder, oldest first, one for each request.

    A capture whose record is missing or damaged is included without a hash. Raises ArchiveError for an unreadable
    index.
    """
    return tuple(_kept_capture(url, entry, folder) for entry in history(folder, url))


def in_archive(url: str, archive: Path) -> tuple[Capture, ...]:
    """All captures of an address in a WARC or WACZ file or a folder of them, oldest first; raises ArchiveError."""
    return tuple(_replayed(url, entry) for entry in Archive.open(archive).captures(url))


def dated(captures: Iterable[Capture], folder: Path, outlets: OutletDirectory) -> list[Dated]:
    """The captures in chronological order without repeated records, each compared with the previous one."""
    distinct = {(Path(capture.warc or "").name, capture.offset): capture for capture in captures}
    result: list[Dated] = []
    for capture in sorted(distinct.values(), key=lambda item: item.fetched_at):
        page, note = _page_or_reason(capture, folder, outlets)
        before = next((item.page for item in reversed(result) if item.page and comparable(item.capture, capture)), None)
        revision = revision_between(before, page) if before and page else None
        result.append(Dated(capture=capture, page=page, note=note, revision=revision))
    return result


def _kept_capture(url: str, entry: Kept, folder: Path) -> Capture:
    via = Via.MANUAL if entry.kind == "resource" else Via.LIVE
    bare = Capture(
        url=url,
        final_url=entry.url,
        status=entry.status,
        fetched_at=entry.date,
        via=via,
        sha256="",
        warc=entry.file,
        offset=entry.offset,
    )
    return _filled(bare, folder)


def _replayed(url: str, entry: ResponseLocation) -> Capture:
    bare = Capture(
        url=url,
        final_url=entry.url,
        status=entry.status,
        fetched_at=entry.date,
        via=Via.REPLAY,
        sha256="",
        warc=str(entry.path),
        offset=entry.offset,
    )
    return _filled(bare, entry.path.parent)


def _filled(capture: Capture, folder: Path) -> Capture:
    """The capture with the data of its record; unchanged if the record cannot be read, which ``dated`` then reports."""
    try:
        with contained(f"{capture.warc}, offset {capture.offset}"):
            record = read_back(place(folder, capture.warc or ""), capture.offset or 0, _LARGEST)
            body = unpacked(record, _LARGEST)
    except Unavailable:
        return capture
    return dataclasses.replace(
        capture,
        final_url=record.url,
        status=record.status,
        fetched_at=record.date,
        sha256=hashlib.sha256(body).hexdigest(),
        headers=record.headers,
    )


def _page_or_reason(capture: Capture, folder: Path, outlets: OutletDirectory) -> tuple[Page | None, str]:
    """The page of a capture, or in words why there is none."""
    location = warc.first(capture.headers, "Location")
    if capture.status in _REDIRECTS and location:
        return None, f"leads to {location}"
    try:
        with contained(capture.url):
            state = state_of(
                capture.status, capture.headers, stored_body(capture, folder), capture.url, capture.final_url
            )
        if state is not None and state[0] is not Reason.PAYWALL:
            return None, f"{state[0].value}: {state[1]}"
        return captured(capture, folder, outlets), ""
    except Unavailable as error:  # the other captures can still be compared
        return None, str(error)
