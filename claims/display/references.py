"""Counts the references of an article whose page does not support the claim or could not be read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from claims.display.text import counted
from claims.records import Check, Label

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
    """Count the sources that the article's reference marks lead to.

    A reference that was read counts as not saying it if one of its claims is in none of the pages that the claim cites,
    or is contradicted by them or attributed to somebody else.
    """
    labels: dict[str, set[Label]] = defaultdict(set)
    verdicts = check.verdict_of
    for claim in check.extraction.claims:
        verdict = verdicts.get(claim.id)
        for citation in claim.citations:
            if citation.mark:
                labels[citation.source_id] |= {verdict.label} if verdict else set()
    sources_read = {reading.source.id for reading in check.readings if reading.page is not None}
    return References(
        total=len(labels),
        unsaid=sum(bool(source in sources_read and found_labels & _UNSAID) for source, found_labels in labels.items()),
        unread=sum(source not in sources_read for source in labels),
    )
