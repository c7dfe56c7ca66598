"""The ledger as files for others: one row a claim, as CSV, JSON Lines or ClaimReview. Streams, never all at once."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from claims.ledger.exports.claimreview import House, claim_review
from claims.ledger.reading.show import show
from claims.privacy import hidden

if TYPE_CHECKING:
    from claims.ledger.store import Store

COLUMNS = (
    *("claim", "statement", "text", "kind", "speaker", "standing", "label", "confidence", "needs_review", "reason"),
    *("rationale", "basis", "quote_grade", "outlets", "article", "title", "url", "published_by", "published"),
    *("checkworthiness", "judge", "since", "checked_at", "decision", "reviewer", "note", "reviewed_at"),
)
# A spreadsheet runs a cell that starts with one of these; the text of a page must not.
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def rows(store: Store) -> Iterator[dict[str, Any]]:
    """Every claim that stands in an article, as the view ``current`` has it."""
    for row in store.each("SELECT * FROM current ORDER BY article, position, no"):
        yield hidden({name: row[name] for name in COLUMNS} | {"outlets": json.loads(row["outlets"] or "[]")})


def jsonl(store: Store) -> Iterator[str]:
    """One JSON object a line, with the evidence."""
    for row in rows(store):
        found = store.rows(
            "SELECT stance, score, passage, url, outlet, capture, start, end FROM evidence WHERE verdict = "
            "(SELECT verdict FROM current WHERE claim = ?) ORDER BY position",
            [row["claim"]],
        )
        yield json.dumps({**row, "evidence": hidden(found)}, ensure_ascii=False)


def as_csv(store: Store) -> Iterator[str]:
    """Comma-separated lines with a head line; cells that a spreadsheet would run are made harmless."""
    yield _line(COLUMNS)
    for row in rows(store):
        yield _line([_cell(row[name]) for name in COLUMNS])


def claim_reviews(store: Store, house: House, page: str) -> Iterator[str]:
    """One ClaimReview a line; ``page`` is the address of a published fact-check with ``{id}`` for the claim's id."""
    for row in rows(store):
        review = claim_review(show(store, row["claim"]), house, url=page.replace("{id}", row["claim"]))
        if review is not None:
            yield json.dumps(hidden(review), ensure_ascii=False)


def _cell(value: object) -> object:
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    return f"'{value}" if isinstance(value, str) and value.startswith(_RISKY) else value


def _line(values: Any) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow(values)
    return buffer.getvalue()
