"""The claims of a finished check that need review, as defined by the ledger."""

from __future__ import annotations

from claims.clock import now
from claims.ledger.ledger import Ledger
from claims.records import Check
from flows.config.setup import Setup


def waiting_for(done: Check, how: Setup) -> dict[str, str]:
    """The claims of a check that was logged, by id with the reason, the most urgent first.

    What people have decided no longer waits.
    """
    with Ledger.open(how.ledger, create=False) as ledger:
        ledger.sign_off(how.settings.review.asked_sign_off, at=now())
        waiting = ledger.waiting(done.article.id)
    ids = {claim.id for claim in done.extraction.claims}
    return {claim_id: why for claim_id, why in waiting.items() if claim_id in ids}
