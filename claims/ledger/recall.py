"""Articles, claims and sources as they were logged, as records: for checking again."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from claims.errors import LedgerError
from claims.ledger import restore
from claims.ledger.entries import Due
from claims.ledger.lists import versions
from claims.records import Capture, Claim, Extraction, Page, Source

if TYPE_CHECKING:
    from claims.ledger.store import Row, Store


def article(store: Store, article_id: str) -> Page:
    """An article as it was read; LedgerError where there is none of this id."""
    row = store.one("SELECT * FROM articles WHERE id = ?", [article_id])
    if row is None:
        raise LedgerError(f"no article {article_id} in {store.path}")
    return restore.page_of(row)


def extraction(store: Store, article_id: str) -> Extraction:
    """What the extraction found in an article: attributions, the claims that it still makes, and notes."""
    row = store.one("SELECT attributions, notes FROM articles WHERE id = ?", [article_id])
    if row is None:
        raise LedgerError(f"no article {article_id} in {store.path}")
    return Extraction(
        attributions=restore.attributions_of(row),
        claims=tuple(article_claims(store, article_id)),
        notes=tuple(json.loads(row["notes"] or "[]")),
    )


def article_claims(store: Store, article_id: str) -> list[Claim]:
    """The claims that an article makes, as records in reading order: to be checked again."""
    rows = store.rows(
        "SELECT * FROM claims WHERE article = ? AND superseded_in IS NULL ORDER BY position, no", [article_id]
    )
    return [restore.claim_of(row, citations(store, row["id"])) for row in rows]


def article_sources(store: Store, article_id: str) -> tuple[Source, ...]:
    """The sources of an article as they stood last."""
    ids = [row["source"] for row in store.rows("SELECT DISTINCT source FROM sources WHERE article = ?", [article_id])]
    return sources(store, article_id, ids)


def handed_in(store: Store, article_id: str) -> dict[str, Capture | str]:
    """What people handed in for the sources of an article or of its other versions, by source: the last of each.

    A capture of their own, or the address where the source is to be read.
    """
    sql = """
        SELECT t.source, t.url AS known, p.* FROM attachments t JOIN claims c ON c.id = t.claim
        LEFT JOIN captures p ON p.id = t.capture
        WHERE c.article IN (SELECT value FROM json_each(?)) ORDER BY t.rowid
    """
    ids = [row.id for row in versions(store, article_id)]
    rows = store.rows(sql, [json.dumps(ids)])
    return {row["source"]: restore.capture_of(row) if row["id"] else row["known"] for row in rows}


def due(store: Store, *, before: str | None = None, labels: Collection[str] = ()) -> list[Due]:
    """What to check again: claims last checked before that time (ISO 8601, UTC), with one of ``labels`` (or any)."""
    where, values = ["checkable = 1", "standing <> 'void'"], []
    if before:
        where.append("checked_at < ?")
        values.append(before)
    if labels:
        where.append("label IN (SELECT value FROM json_each(?))")
        values.append(json.dumps([str(label) for label in labels]))
    sql = f"SELECT article, url, claim FROM current WHERE {' AND '.join(where)} ORDER BY checked_at, article, position"  # noqa: S608  our own words
    found: dict[str, tuple[str | None, list[str]]] = {}
    for row in store.rows(sql, values):
        found.setdefault(row["article"], (row["url"], []))[1].append(row["claim"])
    return [Due(article=article_id, url=url, claims=tuple(ids)) for article_id, (url, ids) in found.items()]


def citations(store: Store, claim_id: str) -> list[Row]:
    """What a claim leans on, in order."""
    sql = "SELECT * FROM citations WHERE claim = ? AND superseded_in IS NULL ORDER BY position"
    return store.rows(sql, [claim_id])


def sources(store: Store, article_id: str, source_ids: Iterable[str]) -> tuple[Source, ...]:
    """These sources of an article as they stood last."""
    found = []
    for source_id in dict.fromkeys(source_ids):
        row = store.one(
            "SELECT * FROM sources WHERE article = ? AND source = ? ORDER BY number DESC LIMIT 1",
            [article_id, source_id],
        )
        if row:
            capture = store.one("SELECT * FROM captures WHERE id = ?", [row["capture"]])
            found.append(restore.source_of(row, capture))
    return tuple(found)
