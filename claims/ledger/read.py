"""Reading the ledger: lists, one claim with all that is known of it, and records for checking again."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from claims.errors import LedgerError
from claims.ledger import restore
from claims.ledger.entries import ArticleRow, Attachment, ClaimRow, Due, Entry, RunRow, VerdictRow
from claims.ledger.search import match
from claims.ledger.views import CLAIM
from claims.records import Attribution, Capture, Claim, Decision, Extraction, Label, Page, Run, Source

if TYPE_CHECKING:
    from claims.ledger.store import Row, Store

# Fewer digits than this name too many claims to be worth typing.
SHORTEST_PREFIX = 6

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
    """The claims checked last first. ``label`` is the one that stands; outlet and speaker ignore case."""
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
    return _claim_rows(store, f"SELECT * FROM current WHERE {' AND '.join(where)} {order}", [*values, limit])  # noqa: S608  our own words


def queue(store: Store, limit: int = 50) -> list[ClaimRow]:
    """What a person should look at first, each with the reason."""
    sql = "SELECT c.*, q.why FROM queue q JOIN current c ON c.claim = q.claim "
    order = "ORDER BY q.urgency, q.checkworthiness DESC, c.checked_at DESC, c.no LIMIT ?"
    return _claim_rows(store, f"{sql}{order}", [limit])


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
    return _claim_rows(store, sql, [query, query, limit])


def find(store: Store, prefix: str) -> str:
    """The id of the claim that starts with ``prefix``; LedgerError where there is none, or more than one."""
    wanted = prefix.strip().lower()
    if not re.fullmatch(rf"[0-9a-f]{{{SHORTEST_PREFIX},}}", wanted):
        raise LedgerError(f"{prefix!r} is no claim id: give at least {SHORTEST_PREFIX} of its digits (0-9, a-f)")
    found = [
        row["id"] for row in store.rows("SELECT id FROM claims WHERE id GLOB ? ORDER BY id LIMIT 4", [f"{wanted}*"])
    ]
    if not found:
        raise LedgerError(f"no claim {prefix} in {store.path}; `factdesk list` and `factdesk search` show the ids")
    if len(found) > 1:
        more = ", ..." if len(found) > 3 else ""
        raise LedgerError(f"{prefix} is the start of several claims ({', '.join(found[:3])}{more}): give more digits")
    return str(found[0])


def show(store: Store, claim_or_prefix: str) -> Entry:
    """Everything known of one claim."""
    claim_id = find(store, claim_or_prefix)
    stored = store.rows("SELECT * FROM claims WHERE id = ?", [claim_id])[0]
    verdicts = _history(store, claim_id)
    claim = restore.claim_of(stored, _citations(store, claim_id))
    sources = _sources(store, stored["article"], [citation.source_id for citation in claim.citations])
    return Entry(
        row=_claim_rows(store, CLAIM, [claim_id])[0],
        claim=claim,
        article=articles(store, stored["article"])[0],
        verdicts=verdicts,
        reviews=tuple(
            map(restore.review_of, store.rows("SELECT * FROM reviews WHERE claim = ? ORDER BY number", [claim_id]))
        ),
        sources=sources,
        captures=_captures_of(store, sources, verdicts),
        runs=_runs_of(store, verdicts, stored["last_run"]),
        attachments=attachments(store, claim_id),
        earlier=next(iter(_claim_rows(store, CLAIM, [stored["earlier"]])), None),
        superseded=stored["superseded_in"] is not None,
    )


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


def attributions(store: Store, article_id: str) -> tuple[Attribution, ...]:
    """Who said what in an article, as it was read; none where there is no such article."""
    row = store.one("SELECT attributions FROM articles WHERE id = ?", [article_id])
    return restore.attributions_of(row) if row else ()


def articles(store: Store, article_id: str | None = None) -> list[ArticleRow]:
    """The articles, those checked last first; or only the one of this id."""
    where = "WHERE a.id = ?" if article_id else "ORDER BY checked_at DESC, a.id"
    rows = store.rows(f"{_ARTICLES} {where}", [article_id] if article_id else [])
    return [ArticleRow(**row) for row in rows]


def versions(store: Store, article_id: str) -> list[ArticleRow]:
    """Every version of an article that was read at its address, the one read last first; itself among them."""
    where = (
        "WHERE a.id = ? OR coalesce(a.final_url, a.url) = "
        "(SELECT coalesce(final_url, url) FROM articles WHERE id = ?) ORDER BY checked_at DESC, a.rowid DESC"
    )
    return [ArticleRow(**row) for row in store.rows(f"{_ARTICLES} {where}", [article_id, article_id])]


def article_claims(store: Store, article_id: str) -> list[Claim]:
    """The claims that an article makes, as records in reading order: to be checked again."""
    rows = store.rows(
        "SELECT * FROM claims WHERE article = ? AND superseded_in IS NULL ORDER BY position, no", [article_id]
    )
    return [restore.claim_of(row, _citations(store, row["id"])) for row in rows]


def article_rows(store: Store, article_id: str) -> list[ClaimRow]:
    """The claims of an article as a list shows them, in reading order."""
    return _claim_rows(store, "SELECT * FROM current WHERE article = ? ORDER BY position, no", [article_id])


def article_sources(store: Store, article_id: str) -> tuple[Source, ...]:
    """The sources of an article as they stood last."""
    ids = [row["source"] for row in store.rows("SELECT DISTINCT source FROM sources WHERE article = ?", [article_id])]
    return _sources(store, article_id, ids)


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


def runs(store: Store, limit: int = 50) -> list[RunRow]:
    """The latest runs first."""
    rows = store.rows(
        "SELECT r.*, a.title, coalesce(a.final_url, a.url) AS url, json_array_length(r.added) AS n_added, "
        "json_array_length(r.confirmed) AS n_confirmed FROM runs r JOIN articles a ON a.id = r.article "
        "ORDER BY r.started_at DESC, r.id LIMIT ?",
        [limit],
    )
    return [
        RunRow(
            run=restore.run_of(row),
            **{name: row[name] for name in ("title", "url", "claims")},
            added=row["n_added"],
            confirmed=row["n_confirmed"],
        )
        for row in rows
    ]


def counts(store: Store) -> dict[str, int]:
    """How many rows each table has, and how many claims wait for a person (``queue``)."""
    names = ("articles", "claims", "citations", "captures", "runs", "sources", "verdicts", "evidence", "reviews", "log")
    return {name: int(store.rows(f"SELECT count(*) AS n FROM {name}")[0]["n"]) for name in (*names, "queue")}  # noqa: S608  our own names


def labels(store: Store) -> dict[str, int]:
    """How many claims stand under each label; ``void`` where a person struck them out."""
    rows = store.rows("SELECT standing, count(*) AS n FROM current GROUP BY standing ORDER BY n DESC, standing")
    return {row["standing"]: row["n"] for row in rows}


def captures(store: Store) -> Iterator[Capture]:
    """Every capture, in the order in which they were first logged."""
    for row in store.rows("SELECT * FROM captures ORDER BY rowid"):
        yield restore.capture_of(row)


def attachments(store: Store, claim_id: str | None = None) -> tuple[Attachment, ...]:
    """What people handed in: for one claim, or for all."""
    where = "WHERE claim = ?" if claim_id else ""
    sql = f"SELECT claim, source, by, at, capture, url, note FROM attachments {where} ORDER BY rowid"  # noqa: S608  our own words
    rows = store.rows(sql, [claim_id] if claim_id else [])
    return tuple(Attachment(**{**row, "note": row["note"] or ""}) for row in rows)


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


def _history(store: Store, claim_id: str) -> tuple[VerdictRow, ...]:
    history = []
    for row in store.rows("SELECT * FROM verdicts WHERE claim = ? ORDER BY number", [claim_id]):
        found = store.rows("SELECT * FROM evidence WHERE verdict = ? ORDER BY position", [row["id"]])
        verdict = restore.verdict_of(row, tuple(map(restore.evidence_of, found)))
        history.append(VerdictRow(id=row["id"], number=row["number"], verdict=verdict))
    return tuple(history)


def _citations(store: Store, claim_id: str) -> list[Row]:
    sql = "SELECT * FROM citations WHERE claim = ? AND superseded_in IS NULL ORDER BY position"
    return store.rows(sql, [claim_id])


def _sources(store: Store, article_id: str, source_ids: Iterable[str]) -> tuple[Source, ...]:
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


def _captures_of(store: Store, sources: Iterable[Source], verdicts: Iterable[VerdictRow]) -> tuple[Capture, ...]:
    """The captures behind the sources and behind every verdict so far."""
    found = {source.capture.id: source.capture for source in sources if source.capture}
    wanted = {item.passage.capture for row in verdicts for item in row.evidence} - {"", *found}
    rows = store.rows(
        "SELECT * FROM captures WHERE id IN (SELECT value FROM json_each(?))", [json.dumps(sorted(wanted))]
    )
    return (*found.values(), *map(restore.capture_of, rows))


def _runs_of(store: Store, verdicts: Iterable[VerdictRow], last: str) -> tuple[Run, ...]:
    """The runs that reached a verdict of the claim, and the last that looked at it."""
    wanted = json.dumps(list(dict.fromkeys([*(row.verdict.run for row in verdicts), last])))
    sql = "SELECT * FROM runs WHERE id IN (SELECT value FROM json_each(?)) ORDER BY started_at, id"
    return tuple(map(restore.run_of, store.rows(sql, [wanted])))


def _claim_rows(store: Store, sql: str, values: list[Any]) -> list[ClaimRow]:
    return [_claim_row(row) for row in store.rows(sql, values)]


def _claim_row(row: Row) -> ClaimRow:
    plain = ("statement", "text", "kind", "speaker", "standing", "confidence", "reason", "article", "title", "url")
    rest = ("published_by", "since", "checked_at", "reviewer", "note")
    return ClaimRow(
        id=row["claim"],
        **{name: row[name] for name in (*plain, *rest)},
        rationale=row["rationale"] or "",
        outlets=tuple(json.loads(row["outlets"] or "[]")),
        label=Label(row["label"]),
        needs_review=bool(row["needs_review"]),
        decision=Decision(row["decision"]) if row["decision"] else None,
        stale=bool(row["review_stale"]),
        sign_offs=row["sign_offs"],
        why=row.get("why"),
    )
