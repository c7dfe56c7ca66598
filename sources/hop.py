"""Finds the sources that a cited page itself cites."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from claims.records import Claim, OutletDirectory, Page, Reading, Source
from sources import urls
from sources.finding.resolve import outlet_of
from sources.gather import Network, read_source


def leads_on(source: Source, page: Page, article: Page, outlets: OutletDirectory) -> bool:
    """Whether a source of ``page`` can be searched for and is neither the page itself nor the article.

    "A statement" or "a study" without a link or an outlet cannot be searched for.
    """
    citation = source.citation
    own = [own_page for own_page in (page, article) if own_page.url or own_page.final_url or own_page.outlet]
    if citation.url:
        return urls.key(citation.url) not in {key for own_page in own for key in addresses(own_page)}
    if citation.handle:
        return True
    outlet = outlet_of(citation, outlets)
    return outlet is not None and outlet.id not in {own_page.outlet for own_page in own}


def addresses(page: Page) -> frozenset[str]:
    """The keys of a page's own addresses."""
    return frozenset(urls.key(url) for url in (page.url, page.final_url) if url)


async def read_hop(source: Source, page: Page, article: Page, claims: Sequence[Claim], network: Network) -> Reading:
    """Read a source of ``page`` as ``read_source`` reads a source of the article.

    The page and the article are never accepted as the source. The candidates and the source's detail say from which
    page the hop started. Raises WriteError as ``read_source`` does.
    """
    barred = addresses(page) | addresses(article)
    reading = await read_source(source, page, claims, network, barred=barred)
    start = f"hop from {page.final_url or page.url or 'an attached page'}"
    candidates = tuple(
        dataclasses.replace(candidate, found_by=f"{start}: {candidate.found_by}")
        for candidate in reading.source.candidates
    )
    detail = "; ".join(filter(None, (start, reading.source.detail)))
    return dataclasses.replace(
        reading, source=dataclasses.replace(reading.source, candidates=candidates, detail=detail)
    )
