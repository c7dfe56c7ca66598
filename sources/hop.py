"""Finds the sources that a cited page itself cites."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from claims.records import Claim, OutletDirectory, Page, Reading, Source
from sources import urls
from sources.finding.resolve import outlet_of
from sources.gather import Network, read_source


def leads_on(source: Source, page: Page, article: Page, outlets: OutletDirectory) -> bool:
    """Whether what ``page`` relies on can be looked for at all, and does not lead back to the page or the article.

    "A statement" or "a study" that is neither linked nor said to be an outlet's is nobody's to ask for.
    """
    citation = source.citation
    own = [one for one in (page, article) if one.url or one.final_url or one.outlet]
    if citation.url:
        return urls.key(citation.url) not in {key for one in own for key in addresses(one)}
    if citation.handle:
        return True
    outlet = outlet_of(citation, outlets)
    return outlet is not None and outlet.id not in {one.outlet for one in own}


def addresses(page: Page) -> frozenset[str]:
    """The keys of a page's own addresses."""
    return frozenset(urls.key(url) for url in (page.url, page.final_url) if url)


async def read_hop(source: Source, page: Page, article: Page, claims: Sequence[Claim], network: Network) -> Reading:
    """The source that ``page`` relies on, looked for from the page as a cited one is from the article.

    Neither the page nor the article is ever taken for it. How each candidate was found, and the source's detail,
    say from which page the hop went. Raises WriteError as ``read_source`` does.
    """
    barred = addresses(page) | addresses(article)
    reading = await read_source(source, page, claims, network, barred=barred)
    start = f"hop from {page.final_url or page.url or 'an attached page'}"
    found = tuple(dataclasses.replace(one, found_by=f"{start}: {one.found_by}") for one in reading.source.candidates)
    detail = "; ".join(filter(None, (start, reading.source.detail)))
    return dataclasses.replace(reading, source=dataclasses.replace(reading.source, candidates=found, detail=detail))
