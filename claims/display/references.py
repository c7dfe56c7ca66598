"""Counts the references of an article whose page does not support the claim or could not be read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from claims.display.text import counted
from claims.records import Check, Label, Page

# Labels of a claim whose cited pages were read and do not support it.
_UNSAID = frozenset({Label.NOT_IN_SOURCE, Label.CONTRADICTED, Label.MISATTRIBUTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """The cited references of an article: all, those that do not say it, and those that could not be read."""

    total: int
    unsaid: int
    unread: int

    def __str__(self) -> str:
        """In words: "of 41 references 3 do not say it, 2 could not be read"; nothing where there are none."""
        if not self.total:
            return ""
        silent = f"{self.unsaid} {'does' if self.unsaid == 1 else 'do'} not say it"
        return f"of {counted(self.total, 'reference')} {silent}, {self.unread} could not be read"


def references(check: Check) -> References:
    """Count the entries to which the article's reference marks lead.

    A reference of which a page was read counts as not saying it if one of its claims is in none of the pages that the
    claim cites, or is contradicted by them or attributed to somebody else.
    """
    labels: dict[str, set[Label]] = defaultdict(set)
    sources: dict[str, set[str]] = defaultdict(set)
    entries = _entries_of_marks(check.article)
    verdicts = check.verdict_of
    for claim in check.extraction.claims:
        verdict = verdicts.get(claim.id)
        for citation in claim.citations:
            for entry in entries.get((citation.mark, citation.url), ()) if citation.mark else ():
                labels[entry] |= {verdict.label} if verdict else set()
                sources[entry].add(citation.source_id)
    sources_read = {reading.source.id for reading in check.readings if reading.page is not None}
    read = {entry for entry in sources if sources[entry] & sources_read}
    return References(
        total=len(sources),
        unsaid=sum(bool(labels[entry] & _UNSAID) for entry in read),
        unread=len(sources) - len(read),
    )


def _entries_of_marks(article: Page) -> dict[tuple[str, str | None], set[str]]:
    """The entries of an article's list of references, by a mark and a page that it leads to."""
    entries: dict[tuple[str, str | None], set[str]] = defaultdict(set)
    for link in article.links:
        if link.mark:
            entries[link.mark, link.href].add(link.entry or link.href)
    return entries
