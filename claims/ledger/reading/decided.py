"""The decisions that were in force over time, and their corrections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claims.ledger.entries import Corrected, Held
from claims.ledger.log.sign_off import review_entries, sign_off_history
from claims.ledger.reading.records import claim_of
from claims.ledger.views import AFTER, COUNTED
from claims.records import Correction, Decision, DeskState

if TYPE_CHECKING:
    from claims.ledger.store import Row, Store

# Claims with different decisions: only for these can one decision have replaced another.
_CHANGING = """
SELECT claim, max(number) AS last FROM reviews GROUP BY claim
HAVING count(DISTINCT coalesce(label, decision)) > 1 OR count(correction) > 0 ORDER BY claim
"""
_SUPERSEDED = f"""
SELECT DISTINCT d.claim FROM {COUNTED} d JOIN claims c ON c.id = d.claim WHERE c.superseded_in IS NOT NULL ORDER BY c.no
"""  # noqa: S608  our own words
# The words of a verdict stand in the next one that is on others.
_REWORDED = """
SELECT statement_before FROM verdicts WHERE claim = ? AND number > ? AND statement_before IS NOT NULL
ORDER BY number LIMIT 1
"""
DECIDED = (DeskState.DECIDED, DeskState.VOID)


def decided_before(store: Store, claim: str, now: Row) -> bool:
    """Whether anybody ever decided on a claim; ``now`` is its row in ``current``."""
    return any(row["state"] in DECIDED for row in _decision_history(store, claim, now["decisions"]))


def decided_superseded(store: Store) -> Iterator[str]:
    """The claims with a decision that their article no longer makes."""
    yield from (row["claim"] for row in store.each(_SUPERSEDED))


def corrections(store: Store) -> Iterator[Corrected]:
    """Every replacement of a decision by another, by claim, oldest first.

    Decisions are counted by the rule on how many people must agree that was in force while they were the last one, the
    laxest if it changed. If the reviewer gave no kind, the correction is a major one, because the verdict of a
    published check changed.
    """
    for row in store.rows(_CHANGING):
        yield from _corrected(store, row["claim"], row["last"])


def _corrected(store: Store, claim: str, last: int) -> Iterator[Corrected]:
    before: Row | None = None
    kind: str | None = None
    for row in _decision_history(store, claim, last):
        entry = row["entry"]
        kind = entry["correction"] or (kind if entry["decision"] != Decision.UNDO else None)
        if row["state"] in DECIDED:
            if before and (row["standing"] != before["standing"] or kind):
                yield _correction(before, row, kind)
            before, kind = row, None
        elif before and entry["decision"] == Decision.UNDO and entry["correction"]:
            yield _correction(before, row, kind, withdrawn=True)
            before, kind = None, None


def _correction(before: Row, row: Row, kind: str | None, *, withdrawn: bool = False) -> Corrected:
    entry, old = row["entry"], _held(before)
    new = None if withdrawn else _held(row)
    return Corrected(
        claim=row["claim"],
        statement=(new or old).statement,
        article=row["url"],
        old=old,
        new=new,
        kind=Correction(kind or Correction.MAJOR),
        note=entry["note"] or "",
        at=entry["at"],
        by=entry["reviewer"],
    )


def _held(row: Row) -> Held:
    return Held(
        statement=row["judged"],
        standing=row["standing"],
        at=row["entry"]["at"],
        verdict=row["verdict"],
        checked_at=row["since"],
    )


def _decision_history(store: Store, claim: str, last: int) -> Iterator[Row]:
    """The state of the claim after each of its decisions, with the decision itself as ``entry``.

    ``judged`` is the statement that its verdict was on, which the claim may no longer have, without suggestions.
    """
    (now,) = store.rows("SELECT * FROM claims WHERE id = ?", [claim])
    statement = claim_of(now, ()).certain
    reviews = store.rows("SELECT * FROM reviews WHERE claim = ? AND number <= ? ORDER BY number", [claim, last])
    for entry, wanted in zip(reviews, _wanted(store, reviews), strict=True):
        (row,) = store.rows(AFTER, {"claim": claim, "number": entry["number"], "wanted": wanted})
        later = store.one(_REWORDED, [claim, row["verdicts"]])
        yield {**row, "entry": entry, "judged": later["statement_before"] if later else statement}


def _wanted(store: Store, reviews: list[Row]) -> list[int]:
    """How many people had to agree after each of a claim's decisions, until the next one."""
    rules = sign_off_history(store.rows)
    if not rules.since:
        return [1] * len(reviews)
    numbers = list(review_entries(store.rows, [review["id"] for review in reviews]))
    return [rules.least(first, last) for first, last in zip(numbers, [*numbers, None][1:], strict=True)]
