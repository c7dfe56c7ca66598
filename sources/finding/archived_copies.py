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
        """The name of the service in messages."""
        ...

    async def copies(self, url: str, day: str | None = None) -> Sequence[Hit]:
        """The copies of ``url``, nearest to ``day`` (ISO 8601) first; raises Unavailable if it gives no answer."""
        ...


async def copies(url: str, day: str | None, services: Sequence[object]) -> tuple[list[Hit], tuple[str, ...]]:
    """A few archived copies of an address from the configured services, and the archives that did not answer.

    The second value has one line with the reason for each archive that did not answer.
    """
    hits: list[Hit] = []
    unasked: list[str] = []
    for service in services:
        if isinstance(service, ArchiveService):
            try:
                with contained(service.name):
                    hits.extend((await service.copies(url, day))[:_MOST_COPIES])
            except Unavailable as error:
                unasked.append(failure(service.name, error))
    return hits[:_MOST_COPIES], tuple(unasked)


async def fetch_copy(url: str, hit: Hit, fetcher: Fetcher) -> Fetched:
    """Fetch a copy of ``url`` as its capture, marked via=archive; raises Unavailable."""
    fetched = await fetcher.fetch(hit.url, configured=True)
    capture = dataclasses.replace(fetched.capture, url=url, via=Via.ARCHIVE)
    return dataclasses.replace(fetched, capture=capture)
