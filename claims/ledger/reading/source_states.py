"""The states of sources over time, the captures of an address, and the passages that verdicts relied on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.ledger.entries import SourceState
from claims.ledger.reading import records
from claims.ledger.reading.recall import source
from claims.records import Capture, Stance

if TYPE_CHECKING:
    from claims.ledger.store import Store


def source_states(store: Store, article_id: str) -> tuple[SourceState, ...]:
    """The states of the sources of an article over time, by source, oldest first."""
    sql = """
        SELECT s.*, r.started_at AS at FROM sources s JOIN runs r ON r.id = s.run
        WHERE s.article = ? ORDER BY s.source, s.number
    """
    rows = store.rows(sql, [article_id])
    return tuple(SourceState(source=source(store, row), run=row["run"], at=row["at"]) for row in rows)


def captures_of(store: Store, url: str) -> tuple[Capture, ...]:
    """The captures of an address for any article, oldest first, without repeated content."""
    rows = store.rows("SELECT * FROM captures WHERE url = ? OR final_url = ? ORDER BY fetched_at, rowid", [url, url])
    return tuple(map(records.capture_of, rows))


def relied_on(store: Store, capture: str) -> tuple[tuple[str, str], ...]:
    """The passages of a capture that ever supported or contradicted a claim: (claim id, passage)."""
    sql = """
        SELECT DISTINCT v.claim, e.passage FROM evidence e JOIN verdicts v ON v.id = e.verdict
        WHERE e.capture = ? AND e.stance <> ? ORDER BY e.start, v.claim
    """
    return tuple((row["claim"], row["passage"]) for row in store.rows(sql, [capture, Stance.NEUTRAL]))
