"""A whole check, or a whole extraction, in one line: the last line of the terminal, the badge of a run."""

from __future__ import annotations

from collections import Counter

from claims.records import Check, Extraction
from flows.labels import LOOKS
from flows.naming import claim_source, counted, speaker


def totals(check: Check) -> str:
    """The whole check in one line: "12 claims: 7 supported, 1 contradicted, 2 unavailable; 3 need review"."""
    count = len(check.extraction.claims)
    if not count:
        return "no claims"
    line = counted(count, "claim")
    found = Counter(verdict.label for verdict in check.verdicts)
    parts = [f"{found[label]} {LOOKS[label].count}" for label in LOOKS if found[label]]
    review = sum(verdict.needs_review for verdict in check.verdicts)
    return (
        line
        + (f": {', '.join(parts)}" if parts else "")
        + (f"; {review} need{'s' if review == 1 else ''} review" if review else "")
    )


def claim_totals(extraction: Extraction) -> str:
    """The extraction in one line: "9 claims, 7 checkable, 4 with a speaker, 5 with a source"."""
    claims = extraction.claims
    if not claims:
        return "no claims"
    return (
        f"{counted(len(claims), 'claim')}, "
        f"{sum(one.checkable for one in claims)} checkable, "
        f"{sum(bool(speaker(one)) for one in claims)} with a speaker, "
        f"{sum(bool(claim_source(one, None)) for one in claims)} with a source"
    )
