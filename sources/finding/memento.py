"""Finds dated copies of a page in web archives that support Memento (RFC 7089).

Supported by pywb, national web archives and many others; the Wayback Machine's own interfaces are in `services`.
"""

from __future__ import annotations

import email.utils
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from claims.records import Reason
from sources.errors import Unavailable
from sources.finding.search_protocol import Get, Hit, Query
from sources.page import metadata

_LINK = re.compile(r'<([^<>]{1,8000})>((?:\s*;\s*[\w*-]+\s*=\s*(?:"[^"]{0,500}"|[^\s",;]{1,500})){1,12})')
_ATTRIBUTE = re.compile(r';\s*([\w*-]+)\s*=\s*"?([^";]*)"?')
_STAMPED = re.compile(r"/(\d{14})(?:[a-z]{2}_)?/(?=https?:)")  # how wayback-like archives write an address


@dataclass(frozen=True, slots=True, kw_only=True)
class Memento:
    """An archive with TimeMaps in link format at ``url``/timemap/link/."""

    get: Get
    url: str
    name: str = "a web archive"

    async def search(self, query: Query) -> Sequence[Hit]:
        """No results, because an archive can only be searched by address."""
        return ()

    async def copies(self, url: str, day: str | None = None) -> Sequence[Hit]:
        """The copies of ``url``, nearest to ``day`` (ISO 8601) first; raises Unavailable if there is no answer."""
        status, _, body = await self.get(f"{self.url.rstrip('/')}/timemap/link/{url}")
        if status == 404:
            return ()
        if status != 200:
            raise Unavailable(Reason.UNREACHABLE, f"{self.name} answered with status {status}")
        mementos = timemap(body.decode("utf-8", "replace"))
        near = metadata.day_of(day)
        if near:
            mementos.sort(key=lambda copy: abs((copy[0].date() - near).days))
        else:
            mementos.sort(key=lambda copy: copy[0], reverse=True)
        return [Hit(url=_STAMPED.sub(r"/\1id_/", address), published=at.isoformat()) for at, address in mementos]


def timemap(text: str) -> list[tuple[datetime, str]]:
    """The mementos of a TimeMap in link format (RFC 7089, 5): when each was captured, and its address."""
    mementos = []
    for address, attributes in _LINK.findall(text):
        by_name = {name.lower(): value for name, value in _ATTRIBUTE.findall(attributes)}
        if "memento" in by_name.get("rel", "").split() and (at := _memento_time(by_name.get("datetime", ""))):
            mementos.append((at, address))
    return mementos


def _memento_time(stamp: str) -> datetime | None:
    try:
        return email.utils.parsedate_to_datetime(stamp).astimezone(UTC)
    except (ValueError, OverflowError):  # the latter past the years 1 to 9999
        return None
