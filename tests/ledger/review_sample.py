"""A ledger with one of everything: a check, a decision, a page handed in."""

from __future__ import annotations

from sample_check import capture

from claims.ledger.entries import Attachment
from claims.ledger.ledger import Ledger
from claims.records import Check, Decision, Label, Review

AT = "2025-01-23T09:00:00+00:00"


def reviewed(ledger: Ledger, check: Check) -> None:
    """Log ``check``, overrule its third claim and hand a page in for the seventh."""
    ledger.record(check)
    claims = check.extraction.claims
    ledger.review(
        Review(
            claim=claims[2].id,
            reviewer="Ana",
            decision=Decision.OVERRULE,
            at=AT,
            label=Label.SUPPORTED,
            note="the paper's own PDF says twenty",
        )
    )
    page = capture("ft")
    source = claims[6].citations[0].source_id
    attachment = Attachment(claim=claims[6].id, source=source, by="Ben", at=AT, capture=page.id, note="subscriber")
    ledger.attach(attachment, page)
