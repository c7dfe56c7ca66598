"""Reads logged articles, claims and sources as records for a re-check."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from claims.errors import NotLoggedError
from claims.glossary import PASSING
from claims.ledger.entries import Due
from claims.ledger.reading import records
from claims.records import Claim, Extraction, Lead, Page, Source

if TYPE_CHECKING:
    from claims.ledger.store import Row, Store


def article(store: Store, article_id: str) -> Page:
    """An article as it was read; NotLoggedError if there is none of this id."""
    row = store.one("SELECT * FROM articles WHERE id = ?", [article_id])
    if row is None:
        raise NotLoggedError(f"no article {article_id} in {store.path}")
    return records.page_of(row)


def extraction(store: Store, article_id: str) -> Extraction:
    """The logged extraction of an article: attributions, the claims that it still makes, and notes."""
    row = store.one("SELECT attributions, notes FROM articles WHERE id = ?", [article_id])
    if row is None:
        raise NotLoggedError(f"no article {article_id} in {store.path}")
    return Extraction(
        attributions=records.attributions_of(row),
        claims=tuple(article_claims(store, article_id)),
        notes=tuple(json.loads(row["notes"] or "[]")),
    )


def article_claims(store: Store, article_id: str) -> list[Claim]:
    """The claims that an article makes, as records in reading order."""
    rows = store.rows(
        "SELECT * FROM claims WHERE article = ? AND superseded_in IS NULL ORDER BY position, no", [article_id]
    )
    return [records.claim_of(row, citations(store, row["id"])) for row in rows]


def article_sources(store: Store, article_id: str) -> tuple[Source, ...]:
    """The latest states of the sources of an article, including those that the cited pages rely on."""
    sql = "SELECT DISTINCT source FROM sources WHERE article = ? AND hop_of IS NULL"
    ids = [row["source"] for row in store.rows(sql, [article_id])]
    return (*latest_sources(store, article_id, ids), *followed(store, article_id))


def last_leads(store: Store, article_id: str) -> tuple[Lead, ...]:
    """Where the claims of an article may be settled, according to the last check of each claim."""
    last_runs = store.rows("SELECT id, last_run FROM claims WHERE article = ?", [article_id])
    runs = {row["id"]: row["last_run"] for row in last_runs}
    sql = "SELECT id, leads FROM runs WHERE id IN (SELECT value FROM json_each(?)) AND leads IS NOT NULL"
    rows = store.rows(sql, [json.dumps(sorted(set(filter(None, runs.values()))))])
    return tuple(lead for row in rows for lead in records.leads_of(row) if runs.get(lead.claim) == row["id"])


def followed(store: Store, article_id: str) -> tuple[Source, ...]:
    """The sources on which the cited pages of an article relied in its last check."""
    sql = """
        SELECT s.* FROM sources s JOIN json_each(
            (SELECT sources FROM runs WHERE article = ? ORDER BY started_at DESC, rowid DESC LIMIT 1)
        ) last ON last.value = s.id WHERE s.hop_of IS NOT NULL ORDER BY last.key
    """
    return tuple(source(store, row) for row in store.rows(sql, [article_id]))


def standing(store: Store, article: Page) -> dict[str, Source]:
    """The last known state of each source of an article or of its other versions, by source id.

    States with a temporary reason are skipped. If the source is gone, ``reason`` says so and ``capture`` is the last
    one before that, if any. The article need not be in the ledger.
    """
    sql = """
        SELECT s.* FROM sources s JOIN articles a ON a.id = s.article JOIN runs r ON r.id = s.run
        WHERE (a.id = ? OR coalesce(a.final_url, a.url) = ?)
          AND coalesce(s.reason, '') NOT IN (SELECT value FROM json_each(?)) ORDER BY r.started_at, s.number
    """
    states: dict[str, Source] = {}
    values = [article.id, article.final_url or article.url, json.dumps(sorted(PASSING))]
    for row in store.rows(sql, values):
        state, before = source(store, row), states.get(row["source"])
        capture = state.capture or (before.capture if before else None)
        states[row["source"]] = replace(state, capture=capture)
    return states


def due_claims(
    store: Store,
    *,
    before: str | None = None,
    labels: Collection[str] = (),
    outlet: str = "",
    limit: int | None = None,
) -> list[Due]:
    """Claims last checked before ``before`` (ISO 8601, UTC), with one of ``labels`` (or any), grouped by article.

    At most ``limit`` claims, those that were checked longest ago first; only those that ``outlet`` (an id) published or
    that cite it, if given.
    """
    where: list[str] = ["checkable = 1", "standing <> 'void'"]
    values: list[object] = []
    if before:
        where.append("checked_at < ?")
        values.append(before)
    if labels:
        where.append("label IN (SELECT value FROM json_each(?))")
        values.append(json.dumps([str(label) for label in labels]))
    if outlet:
        where.append("(published_by = ? OR EXISTS (SELECT 1 FROM json_each(outlets) WHERE value = ?))")
        values += [outlet, outlet]
    order = "ORDER BY checked_at, article, position, no LIMIT ?"
    sql = f"SELECT article, url, claim FROM current WHERE {' AND '.join(where)} {order}"  # noqa: S608  our own words
    by_article: dict[str, tuple[str | None, list[str]]] = {}
    for row in store.rows(sql, [*values, -1 if limit is None else limit]):
        by_article.setdefault(row["article"], (row["url"], []))[1].append(row["claim"])
    return [Due(article=article_id, url=url, claims=tuple(ids)) for article_id, (url, ids) in by_article.items()]


def citations(store: Store, claim_id: str) -> list[Row]:
    """The citations of a claim, in order."""
    sql = "SELECT * FROM citations WHERE claim = ? AND superseded_in IS NULL ORDER BY position"
    return store.rows(sql, [claim_id])


def latest_sources(store: Store, article_id: str, source_ids: Iterable[str]) -> tuple[Source, ...]:
    """The latest states of these sources of an article."""
    sources = []
    for source_id in dict.fromkeys(source_ids):
        row = store.one(
            "SELECT * FROM sources WHERE article = ? AND source = ? ORDER BY number DESC LIMIT 1",
            [article_id, source_id],
        )
        if row:
            sources.append(source(store, row))
    return tuple(sources)


def source(store: Store, row: Row) -> Source:
    """A row of ``sources`` as a record, with its capture."""
    return records.source_of(row, store.one("SELECT * FROM captures WHERE id = ?", [row["capture"]]))
