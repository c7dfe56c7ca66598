"""Reads stored captures and attached pages, without network access."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from claims.records import Capture, OutletDirectory, Page, Reading, Reason, Source, Via
from sources.captures.software import tool
from sources.captures.store import CaptureStore, stored_body
from sources.contained import contained
from sources.errors import Unavailable, UnreadableError
from sources.page import media_types
from sources.page.page import read_page


def hand_in(file: Path, url: str, at: str, folder: Path, outlets: OutletDirectory) -> Capture:
    """Store a page that a person could read and we could not, as the page at ``url``, marked ``manual``.

    ``at`` is ISO 8601 in UTC. Raises UnreadableError if the file is missing or holds no text, WriteError if
    it cannot be stored.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UnreadableError(f"{file}: cannot be read ({error.strerror}); save the page and name that file") from error
    content_type = media_types.OF_SUFFIX.get(file.suffix.lower(), media_types.HTML)
    try:
        with contained(str(file)):
            read_page(data, url=url, content_type=content_type, outlets=outlets)
    except Unavailable as error:
        raise UnreadableError(f"{file}: {error}; attach {media_types.TAKEN}") from error
    store = CaptureStore(folder, tool())
    capture = store.attach(data, url, content_type, at)
    store.flush()
    return capture


def reread(source: Source, folder: Path, outlets: OutletDirectory) -> Reading:
    """Read the page of a source again from its capture; an unread source is returned unchanged.

    If the capture is missing or damaged, or its page can no longer be read, the source is unavailable.
    """
    if source.capture is None or source.reason is not None:
        return Reading(source=source)
    try:
        return Reading(source=source, page=captured(source.capture, folder, outlets))
    except Unavailable as error:
        detail = f"its capture cannot be read again: {error.detail or error.reason.value}"
        return Reading(source=dataclasses.replace(source, capture=None, reason=error.reason, detail=detail))


def captured(capture: Capture, folder: Path, outlets: OutletDirectory) -> Page:
    """The page of a capture, read again from its record. Raises Unavailable if it cannot be read."""
    headers = {name.lower(): value for name, value in capture.headers}
    with contained(capture.url):
        page = read_page(
            stored_body(capture, folder),
            url=capture.url,
            final_url=capture.final_url,
            content_type=headers.get("content-type"),
            outlets=outlets,
            capture=capture.id,
        )
    # What a person attaches is the whole page, whatever its markup says of a paywall.
    by_hand = capture.via is Via.MANUAL and page.partial is Reason.PAYWALL
    return dataclasses.replace(page, partial=None) if by_hand else page
