"""Records of the review queue: a place in the queue, and a claim with everything that a decision needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from claims.ledger.entries import ClaimRow
from claims.records import Capture, Claim, Page, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePlace:
    """A place in the queue; it remains valid after the claim itself has left the queue."""

    urgency: int
    checkworthiness: float
    checked_at: str
    no: int

    @classmethod
    def of_row(cls, row: Mapping[str, Any]) -> QueuePlace | None:
        """Read from a row of ``current``; None if the claim is not in the queue."""
        if row["urgency"] is None:
            return None
        return cls(**{name: row[name] for name in ("urgency", "checkworthiness", "checked_at", "no")})

    @classmethod
    def read(cls, text: str) -> QueuePlace | None:
        """Parse the text of a place in an address; None if it is invalid."""
        parts = text.split("~")
        try:
            urgency, worth, checked_at, no = parts
            return cls(urgency=int(urgency), checkworthiness=float(worth), checked_at=checked_at[:40], no=int(no))
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.urgency}~{self.checkworthiness!r}~{self.checked_at}~{self.no}"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueCard:
    """A claim in the queue with everything that a decision needs; ``captures`` are those of its passages, by id."""

    row: ClaimRow
    place: QueuePlace
    claim: Claim
    verdict: Verdict
    article: Page
    captures: Mapping[str, Capture]
