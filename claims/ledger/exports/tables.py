"""Streams claims of the ledger as CSV, JSON Lines, ClaimReview or corrections."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeAlias

from claims.ledger.exports.claimreview import House, claim_review, why_undecided
from claims.ledger.exports.origins import marks, origins
from claims.ledger.reading.decided import corrections
from claims.ledger.reading.lists import listed_claim
from claims.ledger.reading.recall import article
from claims.ledger.reading.show import claim_entry
from claims.privacy import hidden

if TYPE_CHECKING:
    from claims.ledger.store import Store

COLUMNS = (
    *("claim", "statement", "text", "kind", "speaker", "standing", "state", "label", "confidence", "needs_review"),
    *("reason", "rationale", "basis", "quote_grade", "single_source", "secondary_only", "outlets", "article", "title"),
    *("url", "published_by", "published", "checkworthiness", "judge", "since", "checked_at", "decision", "reviewer"),
    *("note", "reviewed_at", "sign_offs"),
)
# A spreadsheet runs a cell that starts with one of these; the text of a page must not.
_RISKY = ("=", "+", "-", "@", "\t", "\r")

# Called for every claim that is left out, with the reason.
Refused: TypeAlias = Callable[[str, str], None]


def decided_rows(store: Store, refused: Refused, *, unreviewed: bool = False) -> Iterator[dict[str, Any]]:
    """The decided claims that their article still makes; with ``unreviewed`` the undecided ones as well."""
    for row in store.each("SELECT * FROM current ORDER BY article, position, no"):
        reason = None if unreviewed else why_undecided(listed_claim(row))
        if reason:
            refused(row["claim"], reason)
        else:
            whole = marks(row) | origins(store, row)
            yield hidden({name: whole[name] for name in COLUMNS})


def jsonl(store: Store, refused: Refused, *, unreviewed: bool) -> Iterator[str]:
    """One JSON object a line, with the evidence."""
    for row in decided_rows(store, refused, unreviewed=unreviewed):
        evidence = store.rows(
            "SELECT stance, score, passage, url, outlet, capture, start, end FROM evidence WHERE verdict = "
            "(SELECT id FROM verdicts WHERE claim = ? ORDER BY number DESC LIMIT 1) ORDER BY position",
            [row["claim"]],
        )
        yield json.dumps({**row, "evidence": hidden(evidence)}, ensure_ascii=False)


def as_csv(store: Store, refused: Refused, *, unreviewed: bool) -> Iterator[str]:
    """Comma-separated lines with a header; cells that a spreadsheet would execute are escaped."""
    yield _csv_line(COLUMNS)
    for row in decided_rows(store, refused, unreviewed=unreviewed):
        yield _csv_line([_cell(row[name]) for name in COLUMNS])


def claim_reviews(store: Store, refused: Refused, house: House, page: str) -> Iterator[str]:
    """One ClaimReview a line; ``page`` is the address of a published fact-check with ``{id}`` for the claim's id."""
    for row in store.each("SELECT * FROM current ORDER BY article, position, no"):
        reason = why_undecided(listed_claim(row))
        if reason:
            refused(row["claim"], reason)
            continue
        entry, text = claim_entry(store, row["claim"]), article(store, row["article"]).text
        review = claim_review(entry, text, house, url=page.replace("{id}", row["claim"]))
        if isinstance(review, str):
            refused(row["claim"], review)
        else:
            yield json.dumps(hidden(review), ensure_ascii=False)


def corrected(store: Store) -> Iterator[str]:
    """One correction a line: the earlier decision and the one that replaced it."""
    for correction in corrections(store):
        yield json.dumps(hidden(asdict(correction)), ensure_ascii=False)


def _cell(value: object) -> object:
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    return f"'{value}" if isinstance(value, str) and value.startswith(_RISKY) else value


def _csv_line(values: Any) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow(values)
    return buffer.getvalue()
