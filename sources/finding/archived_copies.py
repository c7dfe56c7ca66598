"""Reads an archived copy near the article's date if the live page cannot be read.

The glossary (``archived``) defines the reasons for which a copy may be used.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from claims.records import Via
from sources.contained import contained
from sources.errors import Unavailable
from sources.fetching.fetch import Fetched, Fetcher
from sources.finding.search_protocol import Hit, failure

_MOST_COPIES = 2  # tried for one page; a second one where the first is itself an error page


@runtime_checkable
class ArchiveService(Protocol):
    """A search service that also knows archived copies of an address."""

    @property
    def name(self) -> str:
        """How it is called where it gives no answer."""
        ...

    async def copies(self, url: str, day: str | None = None) -> Sequence[Hit]:
        """The copies of ``url``, nearest to ``day`` (ISO 8601) first; raises Unavailable if it gives no answer."""
        ...


async def copies(url: str, day: str | None, services: Sequence[object]) -> tuple[list[Hit], tuple[str, ...]]:
    """The archived copies of an address that the configured services know, at most a few.

    Beside them the archives that gave no answer, each with the reason in words.
    """
    found: list[Hit] = []
    unasked: list[str] = []
    for service in services:
        if isinstance(service, ArchiveService):
            try:
                with contained(service.name):
                    found.extend((await service.copies(url, day))[:_MOST_COPIES])
            except Unavailable as error:
                unasked.append(failure(service.name, error))
    return found[:_MOST_COPIES], tuple(unasked)


async def fetch_copy(url: str, hit: Hit, fetcher: Fetcher) -> Fetched:
    """A copy of ``url`` as the answer for it, marked via=archive; raises Unavailable."""
    fetched = await fetcher.fetch(hit.url, configured=True)
    capture = dataclasses.replace(fetched.capture, url=url, via=Via.ARCHIVE)
    return dataclasses.replace(fetched, capture=capture)
