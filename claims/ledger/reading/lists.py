"""Lists of claims, articles, runs and captures, and the queue."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from claims.ledger.entries import ArticleRow, Attachment, ClaimRow, Labels, RunRow
from claims.ledger.reading import records
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

_LIST_ORDER = "checked_at DESC, article, position, no"
_LISTED = f"""
SELECT s.no AS no, s.checked_at AS checked_at, c.article AS article, c.position AS position
FROM {{of}} CROSS JOIN claims c ON c.no = s.no WHERE {{where}} ORDER BY {_LIST_ORDER} LIMIT ?
"""  # noqa: S608  our own words
_ALL, _FEW = "standings s", "(SELECT DISTINCT value AS no FROM json_each(?)) f CROSS JOIN standings s ON s.no = f.no"

# The claims by and about names; each different name is looked at once, from one to the next along the index. The
# conditions are those of a claim in a list (``c``).
_BY_OUTLET = """
WITH RECURSIVE cited(names) AS (
  SELECT min(outlets) FROM claims WHERE outlets <> '[]'
  UNION ALL SELECT (SELECT min(outlets) FROM claims WHERE outlets <> '[]' AND outlets > names) FROM cited
    WHERE names IS NOT NULL
)
SELECT no FROM claims WHERE outlets <> '[]' AND outlets IN (
  SELECT names FROM cited WHERE EXISTS (SELECT 1 FROM json_each(names) WHERE value = :name COLLATE NOCASE))
UNION ALL SELECT c.no FROM articles a CROSS JOIN claims c ON c.article = a.id WHERE a.outlet = :name COLLATE NOCASE
"""
_IS_OUTLET = """(EXISTS (SELECT 1 FROM articles WHERE id = c.article AND outlet = ? COLLATE NOCASE)
  OR EXISTS (SELECT 1 FROM json_each(c.outlets) WHERE value = ? COLLATE NOCASE))"""
_BY_SPEAKER = """
WITH RECURSIVE speakers(name) AS (
  SELECT min(speaker) FROM claims WHERE speaker IS NOT NULL
  UNION ALL SELECT (SELECT min(speaker) FROM claims WHERE speaker > name) FROM speakers WHERE name IS NOT NULL
)
SELECT no FROM claims WHERE speaker IN (SELECT name FROM speakers WHERE instr(lower(name), lower(:name)))
"""
_IS_SPEAKER = "instr(lower(c.speaker), lower(?))"
_NAMED = """
SELECT s.no AS no FROM ({by}) f CROSS JOIN standings s ON s.no = f.no
WHERE :labels IS NULL OR s.standing IN (SELECT value FROM json_each(:labels)) LIMIT :most
"""
# Up to so many claims by a name are sorted; with more, the first ones are soon found among those checked last.
_MOST_SORTED = 10_000

# The groups of the queue that have claims with one of some labels, and the claims of one group; the plus sign keeps
# SQLite from reading all claims with these labels and sorting them.
_URGENCIES = """
SELECT DISTINCT urgency FROM tallies
WHERE urgency > 0 AND claims > 0 AND standing IN (SELECT value FROM json_each(?)) ORDER BY urgency
"""
_QUEUED_WITH_LABEL = f"""
SELECT no FROM standings WHERE urgency = ? AND +standing IN (SELECT value FROM json_each(?)) ORDER BY {ORDER} LIMIT ?
"""  # noqa: S608  our own words

# Read from the end on, where the rows of a run that has just ended are.
_LAST_OF_RUN = """
SELECT seq, hash, run FROM log WHERE seq = (
  SELECT seq FROM log_entries WHERE EXISTS (SELECT 1 FROM log_parts WHERE run = ?)
    AND part IN (SELECT part FROM log_parts WHERE run = ?)
  ORDER BY seq DESC LIMIT 1
)
"""


def claims(
    store: Store,
    *,
    label: Labels | None = None,
    outlet: str | None = None,
    speaker: str | None = None,
    limit: int = 50,
) -> list[ClaimRow]:
    """Claims, most recently checked first.

    ``label`` is the current one, or several of which it is one; outlet and speaker ignore case.
    """
    where, values, names = list[str](), list[object](), _label_names(label) if label else []
    for name, condition in ((outlet, _IS_OUTLET), (speaker, _IS_SPEAKER)):
        if name:
            where.append(condition)
            values += [name] * condition.count("?")
    few = _few(store, {_BY_SPEAKER: speaker, _BY_OUTLET: outlet}, label)
    if few is not None:
        part = _LISTED.format(of=_FEW, where=" AND ".join(where))
        return queried_claims(store, part, [json.dumps(few), *values, limit])
    if not names:
        return queried_claims(store, _LISTED.format(of=_ALL, where=" AND ".join(where or ["1"])), [*values, limit])
    # Each label by itself follows an index in the order of the list; several at once would have to be sorted.
    part = _LISTED.format(of=_ALL, where=" AND ".join(["s.standing = ?", *where]))
    each = [f"SELECT * FROM ({part})" for _ in names]  # noqa: S608  our own words
    sql = f"SELECT no FROM ({' UNION ALL '.join(each)}) ORDER BY {_LIST_ORDER} LIMIT ?"  # noqa: S608  same
    return queried_claims(store, sql, [*(value for name in names for value in (name, *values, limit)), limit])


def _few(store: Store, names: Mapping[str, str | None], label: Labels | None) -> list[int] | None:
    """The numbers of the claims by a name and under a label, or None if there are too many to sort, or no name."""
    values = {"labels": label_list(label) if label else None, "most": _MOST_SORTED + 1}
    for by, name in names.items():
        if name:
            numbers = [row["no"] for row in store.rows(_NAMED.format(by=by), {"name": name, **values})]
            if len(numbers) <= _MOST_SORTED:
                return numbers
    return None


def queue(store: Store, limit: int = 50, label: Labels | None = None) -> list[ClaimRow]:
    """Claims that need review, most urgent first, with the reason; only those that stand under a label, if given."""
    if not label:
        sql = f"SELECT no FROM standings WHERE urgency IS NOT NULL ORDER BY {ORDER} LIMIT ?"  # noqa: S608  our own words
        return queried_claims(store, sql, [limit])
    labels, numbers = label_list(label), list[int]()
    for group in store.rows(_URGENCIES, [labels]):
        if len(numbers) < limit:
            rows = store.rows(_QUEUED_WITH_LABEL, [group["urgency"], labels, limit - len(numbers)])
            numbers += [row["no"] for row in rows]
    return [listed_claim(row) for row in current_rows(store, numbers)]


def _label_names(label: Labels) -> list[str]:
    return list(dict.fromkeys(str(value) for value in ([label] if isinstance(label, str) else label)))


def label_list(label: Labels) -> str:
    """One label or several as a JSON list, for a query."""
    return json.dumps(_label_names(label))


def waiting(store: Store, article_id: str) -> dict[str, str]:
    """The claims of an article that need review, by id with the reason, the most urgent first."""
    sql = "SELECT claim, why FROM current WHERE article = ? AND urgency IS NOT NULL ORDER BY urgency, position, no"
    rows = store.rows(sql, [article_id])
    return {row["claim"]: row["why"] for row in rows}


def article_rows(store: Store, article_id: str) -> list[ClaimRow]:
    """The claims of an article as rows for a list, in reading order."""
    return claim_rows(store, "SELECT * FROM current WHERE article = ? ORDER BY position, no", [article_id])


def articles(store: Store, article_id: str | None = None) -> list[ArticleRow]:
    """Articles, most recently checked first; only the one with ``article_id`` if given."""
    where = "WHERE a.id = ?" if article_id else "ORDER BY checked_at DESC, a.id"
    rows = store.rows(f"{_ARTICLES} {where}", [article_id] if article_id else [])
    return [ArticleRow(**row) for row in rows]


def last_articles(store: Store, limit: int) -> list[ArticleRow]:
    """The articles that were checked last, the latest first, found without looking at the others."""
    ids: dict[str, None] = {}
    latest = "SELECT article FROM runs ORDER BY coalesce(finished_at, started_at) DESC, article"
    for row in store.each(latest):
        ids.setdefault(row["article"])
        if len(ids) == limit:
            break
    return [row for article in ids for row in articles(store, article)]


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
    row_counts = {name: int(store.rows(f"SELECT count(*) AS n FROM {name}")[0]["n"]) for name in names}  # noqa: S608  our own names
    return {**row_counts, "queue": queue_length(store)}


def queue_length(store: Store) -> int:
    """How many claims wait for a person."""
    row = store.one("SELECT coalesce(sum(claims), 0) AS n FROM tallies WHERE urgency > 0")
    return int(row["n"]) if row else 0


def labels(store: Store) -> dict[str, int]:
    """The number of claims with each label; ``void`` for those that a person struck out."""
    rows = store.rows(
        "SELECT standing, sum(claims) AS n FROM tallies GROUP BY standing HAVING n > 0 ORDER BY n DESC, standing"
    )
    return {row["standing"]: row["n"] for row in rows}


def captures(store: Store) -> Iterator[Capture]:
    """Every capture, in the order in which they were first logged."""
    for row in store.rows("SELECT * FROM captures ORDER BY rowid"):
        yield records.capture_of(row)


def head(store: Store, run: str) -> LogHead | None:
    """The last log row of a run; None if it wrote none."""
    last, first = store.one(_LAST_OF_RUN, [run, run]), store.one("SELECT hash FROM log WHERE seq = 1")
    return LogHead(ledger=first["hash"], **last) if first and last else None


def attachments(store: Store, claim_id: str | None = None) -> tuple[Attachment, ...]:
    """The attachments of one claim, or of all claims."""
    where = "WHERE claim = ?" if claim_id else ""
    sql = f"SELECT claim, source, by, at, capture, url, note FROM attachments {where} ORDER BY rowid"  # noqa: S608  our own words
    rows = store.rows(sql, [claim_id] if claim_id else [])
    return tuple(Attachment(**{**row, "note": row["note"] or ""}) for row in rows)


def current_rows(store: Store, numbers: Sequence[int]) -> list[Row]:
    """The rows of ``current`` with these running numbers, in their order."""
    sql = "SELECT * FROM current WHERE no IN (SELECT value FROM json_each(?))"
    by_number = {row["no"]: row for row in store.rows(sql, [json.dumps(list(numbers))])}
    return [by_number[number] for number in numbers if number in by_number]


def queried_claims(store: Store, sql: str, values: Sequence[object] | Mapping[str, object]) -> list[ClaimRow]:
    """The claims whose running numbers a query gives, in its order."""
    return [listed_claim(row) for row in current_rows(store, [row["no"] for row in store.rows(sql, values)])]


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
        decided_at=row["reviewed_at"],
        stale=bool(row["review_stale"]),
        state=DeskState(row["state"]),
        **{name: row[name] for name in ("sign_offs", "against", "wanted", "why", "verdict", "decisions")},
    )
