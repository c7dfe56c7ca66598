"""Follows the sources that cited pages rely on themselves for the passages behind the claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from claims.extraction.extract import leanings
from claims.records import Citation, CitationKind, Claim, Extraction, OutletDirectory, Page, Reading, Source, Span
from claims.verification.verify import nearest
from sources.hop import leads_on

_MOST_OF_A_CLAIM = 2  # hops of one claim; a claim with more is well sourced already


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingHop:
    """A source that a cited page relies on, not read yet, and the page."""

    source: Source
    page: Page


def hops(
    claims: Sequence[Claim], article: Page, readings: Sequence[Reading], outlets: OutletDirectory, most: int
) -> list[PendingHop]:
    """At most ``most`` sources that the cited pages rely on, in the order of the claims; deterministic.

    A source is followed if the page cites it for a passage about a claim. Only one hop is followed, and never to a
    source that the claim cites itself, to the page itself or to the article.
    """
    finder = _Finder(article, readings, outlets)
    pending: dict[str, PendingHop] = {}
    for claim in claims:
        for hop in list(finder.of(claim))[:_MOST_OF_A_CLAIM]:
            known = pending.get(hop.source.id)
            if known is not None:
                claimed = (*known.source.claims, claim.id)
                pending[hop.source.id] = replace(known, source=replace(known.source, claims=claimed))
            elif len(pending) < most:
                pending[hop.source.id] = hop
    return list(pending.values())


class _Finder:
    """Reads passages of the cited pages, and each paragraph only once."""

    def __init__(self, article: Page, readings: Sequence[Reading], outlets: OutletDirectory) -> None:
        self._article, self._outlets = article, outlets
        self._pages = {
            reading.source.id: reading.page
            for reading in readings
            if reading.page is not None and reading.source.hop_of is None and reading.page.text != article.text
        }
        self._cited: dict[tuple[str, Span], tuple[Citation, ...]] = {}
        self._read: defaultdict[str, dict[Span, Extraction]] = defaultdict(dict)

    def of(self, claim: Claim) -> Iterator[PendingHop]:
        """The hops of one claim: the first thing that each page it cites relies on and that leads anywhere."""
        if not claim.checkable:
            return
        cited = {_pointer(citation) for citation in claim.citations}
        for source_id in dict.fromkeys(citation.source_id for citation in claim.citations):
            page = self._pages.get(source_id)
            if page is None:
                continue
            for citation in self._leanings(claim, source_id, page):
                source = Source(citation=citation, claims=(claim.id,), hop_of=source_id)
                if _pointer(citation) not in cited and leads_on(source, page, self._article, self._outlets):
                    yield PendingHop(source=source, page=page)
                    break

    def _leanings(self, claim: Claim, source_id: str, page: Page) -> tuple[Citation, ...]:
        passage = nearest(claim, self._article, page)
        if passage is None:
            return ()
        key = (source_id, passage.span)
        if key not in self._cited:
            citations = leanings(page, passage.span, self._outlets, self._read[source_id])
            self._cited[key] = tuple(citation for citation in citations if citation.kind is not CitationKind.NONE)
        return self._cited[key]


def _pointer(citation: Citation) -> str:
    """Whom or what a citation points to, however it was cited."""
    return citation.url or citation.outlet or (citation.handle or citation.text).casefold()
