"""Tables derived from the others, so that no list and no page has to read every claim.

``standings``        label, state and place in the queue of each claim that its article still contains
``verdict_changes``  the verdicts that differ from the previous one, with the cause
``unread_sources``   the sources that could not be read when they were last tried
``tallies``          the number of claims with each label and urgency; updated by triggers on ``standings``
``addresses``        the addresses of articles; kept up to date by triggers on ``articles``

They contain no data of their own: they are updated in the transaction that writes the rows that they are derived from,
an audit compares them with the other tables, and ``rebuild`` fills them again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from claims.ledger.entries import Fault
from claims.ledger.views import (
    STANDINGS,
    STANDINGS_OF,
    UNREAD_SOURCES,
    UNREAD_SOURCES_OF,
    VERDICT_CHANGES,
    VERDICT_CHANGES_OF,
)

if TYPE_CHECKING:
    from sqlite_utils import Database

_TABLES = (
    """CREATE TABLE standings (no INTEGER PRIMARY KEY, standing TEXT NOT NULL, state TEXT NOT NULL, urgency INTEGER,
  checkworthiness FLOAT, checked_at TEXT NOT NULL, verdict INTEGER NOT NULL, review INTEGER,
  sign_offs INTEGER NOT NULL, against INTEGER NOT NULL, decisions INTEGER NOT NULL)""",
    "CREATE INDEX idx_standings_checked_at ON standings (checked_at DESC)",
    "CREATE INDEX idx_standings_standing ON standings (standing, checked_at DESC)",
    """CREATE INDEX idx_standings_queue ON standings (urgency, checkworthiness DESC, checked_at DESC, no)
  WHERE urgency IS NOT NULL""",
    """CREATE TABLE tallies (standing TEXT NOT NULL, urgency INTEGER NOT NULL, claims INTEGER NOT NULL,
  PRIMARY KEY (standing, urgency)) WITHOUT ROWID""",
    """CREATE TRIGGER standings_count_added AFTER INSERT ON standings BEGIN
  INSERT INTO tallies VALUES (NEW.standing, coalesce(NEW.urgency, 0), 1)
    ON CONFLICT DO UPDATE SET claims = claims + 1;
END""",
    """CREATE TRIGGER standings_count_removed AFTER DELETE ON standings BEGIN
  UPDATE tallies SET claims = claims - 1 WHERE standing = OLD.standing AND urgency = coalesce(OLD.urgency, 0);
END""",
    """CREATE TABLE verdict_changes (verdict TEXT NOT NULL PRIMARY KEY, before TEXT NOT NULL, cause TEXT NOT NULL,
  checked_at TEXT NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX idx_verdict_changes_checked_at ON verdict_changes (checked_at DESC)",
    """CREATE TABLE unread_sources (state TEXT NOT NULL PRIMARY KEY, claims INTEGER NOT NULL, since TEXT)
  WITHOUT ROWID""",
    "CREATE INDEX idx_unread_sources_claims ON unread_sources (claims DESC, since DESC)",
    "CREATE INDEX idx_runs_last ON runs (coalesce(finished_at, started_at) DESC, article)",
    "CREATE INDEX idx_claims_earlier ON claims (earlier) WHERE earlier IS NOT NULL",
    "CREATE INDEX idx_verdicts_previous ON verdicts (previous) WHERE previous IS NOT NULL",
)
_ADDRESSES = """
SELECT url AS address FROM articles WHERE url IS NOT NULL UNION
SELECT final_url FROM articles WHERE final_url IS NOT NULL
"""
_TALLIES = "SELECT standing, coalesce(urgency, 0) AS urgency, count(*) AS claims FROM standings GROUP BY 1, 2"
_FILLED_BY = {"standings": STANDINGS, "verdict_changes": VERDICT_CHANGES, "unread_sources": UNREAD_SOURCES}
# Which column names a row of each table, and what the rows are compared with.
_COMPARED = {
    "standings": ("no", STANDINGS, "SELECT * FROM standings"),
    "verdict_changes": ("verdict", VERDICT_CHANGES, "SELECT * FROM verdict_changes"),
    "unread_sources": ("state", UNREAD_SOURCES, "SELECT * FROM unread_sources"),
    "tallies": ("standing", _TALLIES, "SELECT * FROM tallies WHERE claims <> 0"),
    "addresses": ("address", _ADDRESSES, "SELECT address FROM addresses"),
}
ALTERED = "is not what the other tables say: it was altered; `factdesk audit --rebuild` fills the table anew"
_NAMED = 20  # rows of a table that an audit names one by one

_CLAIMS_OF = """
WITH own AS (SELECT id FROM claims WHERE article IN (SELECT value FROM json_each(?)))
SELECT id FROM own UNION SELECT c.id FROM claims c JOIN own ON c.earlier = own.id
"""


@dataclass(slots=True)
class Touched:
    """What a transaction wrote that the derived tables are worked out from: ids of claims and of checked articles."""

    claims: set[str] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)
    settings: bool = False

    def note(self, table: str, rows: Collection[Mapping[str, Any]]) -> None:
        """Rows of a table that were added or changed."""
        column = {"claims": "id", "verdicts": "claim", "reviews": "claim"}.get(table)
        if column:
            self.claims.update(row[column] for row in rows)
        elif table == "runs":
            self.articles.update(row["article"] for row in rows)
        elif table == "settings" and rows:
            self.settings = True


def create_tables(db: Database) -> None:
    """Make the derived tables, empty, and the indexes that they are filled and read by."""
    for statement in _TABLES:
        db.execute(statement)


def create_address_tables(db: Database) -> None:
    """Make the tables of known and of unreadable addresses; triggers note the addresses of articles."""
    db.execute("CREATE TABLE addresses (address TEXT NOT NULL PRIMARY KEY, key TEXT) WITHOUT ROWID")
    db.execute("CREATE INDEX idx_addresses_key ON addresses (key)")
    # No ON CONFLICT: in a trigger the clause of the statement that fires it counts instead.
    fresh = "value IS NOT NULL AND NOT EXISTS (SELECT 1 FROM addresses WHERE address = value)"
    for name, event in (("add", "INSERT"), ("change", "UPDATE OF url, final_url")):
        body = f"SELECT value FROM (SELECT NEW.url AS value UNION SELECT NEW.final_url) WHERE {fresh}"  # noqa: S608  our own words
        db.execute(
            f"CREATE TRIGGER articles_addresses_{name} AFTER {event} ON articles "
            f"BEGIN INSERT INTO addresses (address) {body}; END"
        )
    _note_addresses(db)
    db.execute(
        "CREATE TABLE failures (key TEXT NOT NULL PRIMARY KEY, address TEXT NOT NULL, attempts INTEGER NOT NULL, "
        "at TEXT NOT NULL, again TEXT, reason TEXT NOT NULL) WITHOUT ROWID"
    )


def index_queue_by_label(db: Database) -> None:
    """Make the index of the queue again, with the label as its last column."""
    db.execute("DROP INDEX idx_standings_queue")
    db.execute(
        "CREATE INDEX idx_standings_queue ON standings (urgency, checkworthiness DESC, checked_at DESC, no, standing) "
        "WHERE urgency IS NOT NULL"
    )


def rebuild(db: Database) -> None:
    """Fill the derived tables again from the others."""
    for table, sql in _FILLED_BY.items():
        db.execute(f"DELETE FROM {table}")  # noqa: S608  our own names
        if table == "standings":
            db.execute("DELETE FROM tallies")
        db.execute(f"INSERT INTO {table} {sql}")


def rebuild_addresses(db: Database) -> None:
    """Note the addresses of articles again; their keys are filled in when they are next asked for."""
    db.execute("DELETE FROM addresses")
    _note_addresses(db)


def _note_addresses(db: Database) -> None:
    db.execute(f"INSERT INTO addresses (address) {_ADDRESSES}")


def refresh(db: Database, touched: Touched) -> None:
    """Bring the derived tables up to date with what a transaction has written."""
    claims = set(touched.claims)
    if touched.settings:  # how many people must agree counts where somebody decided
        claims.update(row["claim"] for row in db.query("SELECT DISTINCT claim FROM reviews"))
    if claims:
        chosen = {"claims": json.dumps(sorted(claims))}
        own = "SELECT no FROM claims WHERE id IN (SELECT value FROM json_each(:claims))"
        db.execute(f"DELETE FROM standings WHERE no IN ({own})", chosen)  # noqa: S608  our own words
        db.execute(f"INSERT INTO standings {STANDINGS_OF}", chosen)
    if touched.articles:
        _refresh_articles(db, json.dumps(sorted(touched.articles)))


def _refresh_articles(db: Database, articles: str) -> None:
    """Update everything that a check of these articles can have changed, except the standing of claims."""
    chosen = {"claims": json.dumps([row["id"] for row in db.query(_CLAIMS_OF, [articles])])}
    own = "SELECT id FROM verdicts WHERE claim IN (SELECT value FROM json_each(:claims))"
    db.execute(f"DELETE FROM verdict_changes WHERE verdict IN ({own})", chosen)  # noqa: S608  our own words
    db.execute(f"INSERT INTO verdict_changes {VERDICT_CHANGES_OF}", chosen)
    checked = {"articles": articles}
    own = "SELECT id FROM sources WHERE article IN (SELECT value FROM json_each(:articles))"
    db.execute(f"DELETE FROM unread_sources WHERE state IN ({own})", checked)  # noqa: S608  same
    db.execute(f"INSERT INTO unread_sources {UNREAD_SOURCES_OF}", checked)


def derived_faults(query: Callable[[str], Iterable[Mapping[str, Any]]]) -> Iterator[Fault]:
    """Rows of the derived tables that differ from the other tables, are missing or were added.

    ``query`` gives the rows of a query.
    """
    for table, (key, expected, actual) in _COMPARED.items():
        sql = f"""
            WITH expected AS MATERIALIZED ({expected}), kept AS MATERIALIZED ({actual})
            SELECT {key} AS key FROM (SELECT * FROM expected EXCEPT SELECT * FROM kept)
            UNION SELECT {key} FROM (SELECT * FROM kept EXCEPT SELECT * FROM expected)
        """  # noqa: S608  our own words
        count = 0
        for count, row in enumerate(query(sql), start=1):
            if count <= _NAMED:
                yield Fault(row=f"{table} {row['key']}", detail=ALTERED)
        if count > _NAMED:
            yield Fault(row=f"table {table}", detail=f"has {count - _NAMED} more such rows")
