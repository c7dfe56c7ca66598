"""Reads the queue as cards, starting at any place: each claim with its article, its verdict and its captures."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

from claims.ledger.entries import ClaimRow
from claims.ledger.queue_cards import QueueCard, QueuePlace
from claims.ledger.reading import records
from claims.ledger.reading.lists import current_rows, listed_claim
from claims.ledger.reading.recall import article, citations
from claims.ledger.views import BEHIND, CLAIM, ORDER
from claims.records import Capture, Evidence, Page, Verdict

if TYPE_CHECKING:
    from claims.ledger.store import Row, Store


def cards(store: Store, limit: int, after: QueuePlace | None = None) -> list[QueueCard]:
    """The first claims after a place in the queue, or from its start."""
    rows = _behind(store, limit, after)
    articles = {row["article"]: article(store, row["article"]) for row in rows}
    return [_card(store, row, articles[row["article"]]) for row in rows]


def place_of(store: Store, claim: str) -> QueuePlace | None:
    """The place of a claim in the queue; None if it is not in it."""
    row = store.one(CLAIM, [claim])
    return QueuePlace.of_row(row) if row else None


def following(store: Store, claim: str, after: QueuePlace | None) -> ClaimRow | None:
    """The next claim in the queue after the claim's own place or else after ``after``, or the first in the queue.

    None if there is no other claim in the queue.
    """
    at = place_of(store, claim) or after
    candidates = [*(_behind(store, 2, at) if at else ()), *_behind(store, 2, None)]
    return next((listed_claim(row) for row in candidates if row["claim"] != claim), None)


def _behind(store: Store, limit: int, after: QueuePlace | None) -> list[Row]:
    """The first rows of the queue behind a place, or from its start on."""
    numbers: list[int] = []
    for step in BEHIND if after else ("urgency IS NOT NULL",):
        sql = f"SELECT no FROM standings WHERE {step} ORDER BY {ORDER} LIMIT :limit"  # noqa: S608  our own words
        values = {**(asdict(after) if after else {}), "limit": limit - len(numbers)}
        numbers += [row["no"] for row in store.rows(sql, values)]
        if len(numbers) >= limit:
            break
    return current_rows(store, numbers)


def _card(store: Store, row: Row, page: Page) -> QueueCard:
    stored = store.rows("SELECT * FROM claims WHERE id = ?", [row["claim"]])[0]
    place = QueuePlace.of_row(row)
    if place is None:
        raise ValueError(f"claim {row['claim']} is not in the queue")
    verdict = _verdict_of_id(store, row["verdict"])
    return QueueCard(
        row=listed_claim(row),
        place=place,
        claim=records.claim_of(stored, citations(store, row["claim"])),
        verdict=verdict,
        article=page,
        captures=captures_by_id(store, (item.passage.capture for item in verdict.evidence)),
    )


def verdicts_of(store: Store, article_id: str) -> dict[str, Verdict]:
    """The latest verdict on each claim of an article, by the id of the claim."""
    latest = """
        SELECT v.* FROM claims c CROSS JOIN verdicts v ON v.claim = c.id
        WHERE c.article = ? AND v.number = (SELECT max(number) FROM verdicts WHERE claim = c.id)
    """
    rows = store.rows(latest, [article_id])
    sql = "SELECT * FROM evidence WHERE verdict IN (SELECT value FROM json_each(?)) ORDER BY verdict, position"
    passages: dict[str, list[Evidence]] = {}
    for row in store.each(sql, [json.dumps([row["id"] for row in rows])]):
        passages.setdefault(row["verdict"], []).append(records.evidence_of(row))
    return {row["claim"]: records.verdict_of(row, tuple(passages.get(row["id"], ()))) for row in rows}


def _verdict_of_id(store: Store, verdict: str) -> Verdict:
    (row,) = store.rows("SELECT * FROM verdicts WHERE id = ?", [verdict])
    evidence = store.rows("SELECT * FROM evidence WHERE verdict = ? ORDER BY position", [verdict])
    return records.verdict_of(row, tuple(map(records.evidence_of, evidence)))


def captures_by_id(store: Store, ids: Iterable[str]) -> dict[str, Capture]:
    """The captures with these ids; unknown ids are left out."""
    ids_json = json.dumps(sorted({capture_id for capture_id in ids if capture_id}))
    rows = store.rows("SELECT * FROM captures WHERE id IN (SELECT value FROM json_each(?))", [ids_json])
    return {row["id"]: records.capture_of(row) for row in rows}
