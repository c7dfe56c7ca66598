"""Lists of claims, articles, runs and captures, the queue, and search results."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from claims.ledger.entries import ArticleRow, Attachment, ClaimRow, RunRow
from claims.ledger.reading import records
from claims.ledger.reading.full_text import match
from claims.ledger.views import ORDER
from claims.records import Capture, Decision, DeskState, Label, LogHead

if TYPE_CHECKING:
    from claims.ledger.store import Row, Store

_ARTICLES = """
SELECT a.id, a.title, coalesce(a.final_url, a.url) AS url, a.outlet, a.published, a.sha256,
  (SELECT count(*) FROM claims WHERE article = a.id AND superseded_in IS NULL) AS claims,
  (SELECT count(*) FROM runs WHERE article = a.id) AS runs,
  (SELECT max(coalesce(finished_at, started_at)) FROM runs WHERE article = a.id) AS checked_at
FROM articles a
"""


def claims(
    store: Store, *, label: str | None = None, outlet: str | None = None, speaker: str | None = None, limit: int = 50
) -> list[ClaimRow]:
    """Claims, most recently checked first. ``label`` is the current one; outlet and speaker ignore case."""
    where, values = ["1"], []
    if label:
        where.append("standing = ?")
        values.append(str(label))
    if outlet:
        where.append(
            "(published_by = ? COLLATE NOCASE OR EXISTS "
            "(SELECT 1 FROM json_each(outlets) WHERE value = ? COLLATE NOCASE))"
        )
        values += [outlet, outlet]
    if speaker:
        where.append("instr(lower(speaker), lower(?))")
        values.append(speaker)
    order = "ORDER BY checked_at DESC, article, position, no LIMIT ?"
    return claim_rows(store, f"SELECT * FROM current WHERE {' AND '.join(where)} {order}", [*values, limit])  # noqa: S608  our own words


def queue(store: Store, limit: int = 50) -> list[ClaimRow]:
    """Claims that need review, most urgent first, with the reason."""
    order = f"ORDER BY {ORDER} LIMIT ?"
    return claim_rows(store, f"SELECT * FROM current WHERE urgency IS NOT NULL {order}", [limit])  # noqa: S608  our own words


def waiting(store: Store, article_id: str) -> dict[str, str]:
    """The claims of an article that need review, by id with the reason."""
    rows = store.rows("SELECT claim, why FROM current WHERE article = ? AND urgency IS NOT NULL", [article_id])
    return {row["claim"]: row["why"] for row in rows}


def search(store: Store, words: str, limit: int = 50) -> list[ClaimRow]:
    """Claims whose own words, or whose evidence, have all of ``words``; the best first."""
    query = match(words)
    if not query:
        return []
    sql = """
        WITH hits(claim, rank) AS (
          SELECT c.id, f.rank FROM claims_fts f JOIN claims c ON c.no = f.rowid WHERE claims_fts MATCH ?
          UNION ALL
          SELECT v.claim, f.rank / 2 FROM evidence_fts f JOIN evidence e ON e.no = f.rowid
          JOIN verdicts v ON v.id = e.verdict WHERE evidence_fts MATCH ?
        ), best AS (SELECT claim, min(rank) AS rank FROM hits GROUP BY claim)
        SELECT current.* FROM best JOIN current ON current.claim = best.claim ORDER BY best.rank, current.no LIMIT ?
    """
    return claim_rows(store, sql, [query, query, limit])


def article_rows(store: Store, article_id: str) -> list[ClaimRow]:
    """The claims of an article as rows for a list, in reading order."""
    return claim_rows(store, "SELECT * FROM current WHERE article = ? ORDER BY position, no", [article_id])


def articles(store: Store, article_id: str | None = None) -> list[ArticleRow]:
    """Articles, most recently checked first; only the one with ``article_id`` if given."""
    where = "WHERE a.id = ?" if article_id else "ORDER BY checked_at DESC, a.id"
    rows = store.rows(f"{_ARTICLES} {where}", [article_id] if article_id else [])
    return [ArticleRow(**row) for row in rows]


def versions(store: Store, article_id: str) -> list[ArticleRow]:
    """All versions of an article that were read at its address, including itself, latest first."""
    where = (
        "WHERE a.id = ? OR coalesce(a.final_url, a.url) = "
        "(SELECT coalesce(final_url, url) FROM articles WHERE id = ?) ORDER BY checked_at DESC, a.rowid DESC"
    )
    return [ArticleRow(**row) for row in store.rows(f"{_ARTICLES} {where}", [article_id, article_id])]


def runs(store: Store, limit: int = 50) -> list[RunRow]:
    """Runs, the latest first."""
    rows = store.rows(
        "SELECT r.*, a.title, coalesce(a.final_url, a.url) AS url, json_array_length(r.added) AS n_added, "
        "json_array_length(r.confirmed) AS n_confirmed FROM runs r JOIN articles a ON a.id = r.article "
        "ORDER BY r.started_at DESC, r.id LIMIT ?",
        [limit],
    )
    return [
        RunRow(
            run=records.run_of(row),
            **{name: row[name] for name in ("title", "url", "claims")},
            added=row["n_added"],
            confirmed=row["n_confirmed"],
        )
        for row in rows
    ]


def counts(store: Store) -> dict[str, int]:
    """The number of rows of each table, and of claims that need review (``queue``)."""
    names = ("articles", "claims", "citations", "captures", "runs", "sources", "verdicts", "evidence", "reviews", "log")
    return {name: int(store.rows(f"SELECT count(*) AS n FROM {name}")[0]["n"]) for name in (*names, "queue")}  # noqa: S608  our own names


def labels(store: Store) -> dict[str, int]:
    """How many claims stand under each label; ``void`` where a person struck them out."""
    rows = store.rows("SELECT standing, count(*) AS n FROM current GROUP BY standing ORDER BY n DESC, standing")
    return {row["standing"]: row["n"] for row in rows}


def captures(store: Store) -> Iterator[Capture]:
    """Every capture, in the order in which they were first logged."""
    for row in store.rows("SELECT * FROM captures ORDER BY rowid"):
        yield records.capture_of(row)


def head(store: Store, run: str) -> LogHead | None:
    """The last log row of a run; None if it wrote none."""
    last = store.one("SELECT seq, hash FROM log WHERE run = ? ORDER BY seq DESC LIMIT 1", [run])
    first = store.one("SELECT hash FROM log WHERE seq = 1")
    return LogHead(ledger=first["hash"], run=run, **last) if first and last else None


def attachments(store: Store, claim_id: str | None = None) -> tuple[Attachment, ...]:
    """The attachments of one claim, or of all claims."""
    where = "WHERE claim = ?" if claim_id else ""
    sql = f"SELECT claim, source, by, at, capture, url, note FROM attachments {where} ORDER BY rowid"  # noqa: S608  our own words
    rows = store.rows(sql, [claim_id] if claim_id else [])
    return tuple(Attachment(**{**row, "note": row["note"] or ""}) for row in rows)


def claim_rows(store: Store, sql: str, values: list[Any]) -> list[ClaimRow]:
    """The claims that a query on ``current`` returns."""
    return [listed_claim(row) for row in store.rows(sql, values)]


def listed_claim(row: Row) -> ClaimRow:
    """A row of ``current`` as a record."""
    plain = ("statement", "text", "kind", "speaker", "standing", "confidence", "reason", "article", "title", "url")
    rest = ("published_by", "since", "checked_at", "reviewer", "note")
    return ClaimRow(
        id=row["claim"],
        **{name: row[name] for name in (*plain, *rest)},
        rationale=row["rationale"] or "",
        outlets=tuple(json.loads(row["outlets"] or "[]")),
        label=Label(row["label"]),
        needs_review=row["why"] is not None,
        decision=Decision(row["decision"]) if row["decision"] else None,
        stale=bool(row["review_stale"]),
        state=DeskState(row["state"]),
        **{name: row[name] for name in ("sign_offs", "against", "wanted", "why", "verdict", "decisions")},
    )
