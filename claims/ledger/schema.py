"""The tables of the ledger, as migrations: a ledger of an older version is upgraded in place.

A released migration is never edited; a change is a new one at the end. Every upgrade recreates the views (views.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Migrations

from claims.ledger.derived.search import create_search_index, drop_column_sizes
from claims.ledger.derived.tables import create_address_tables, create_tables, index_queue_by_label, rebuild
from claims.ledger.guarded_tables import NUMBERED, create_table, protect
from claims.ledger.log.tables import index_row_starts, move_log
from claims.ledger.views import VIEWS

if TYPE_CHECKING:
    from sqlite_utils import Database

migrations = Migrations("factdesk")

# Append-only tables: triggers refuse changes and deletions of findings, decisions and log entries.
_FINDINGS = ("captures", "runs", "sources", "verdicts", "evidence", "reviews")
APPEND_ONLY = (*_FINDINGS, "log_entries", "log_parts")
# The columns that the full-text search covers.
_SEARCHED = {"claims": ("statement", "text", "speaker"), "evidence": ("passage",)}


def upgrade(db: Database) -> None:
    """Apply all pending migrations, recreate the views, and fill the derived tables."""
    for name in VIEWS.keys() & set(db.view_names()):  # the log of older versions is a table
        db.execute(f'DROP VIEW "{name}"')
    migrations.apply(db)
    for name, sql in VIEWS.items():
        db.create_view(name, sql)
    rebuild(db)


@migrations()
def m001_ledger(db: Database) -> None:
    """Articles, claims, citations, captures, runs, sources, verdicts, evidence, reviews and the log."""
    _create_input_tables(db)
    _create_verdict_tables(db)
    _indexes(db)
    for table in _FINDINGS:
        protect(db, table)
    protect(db, "log", "seq")


@migrations()
def m002_search(db: Database) -> None:
    """Full-text search over claims and passages.

    ``no`` ties the index to the row: the rowid of a table with a text key may change when the file is compacted.
    """
    for table, columns in _SEARCHED.items():
        create_search_index(db, table, columns)


@migrations()
def m003_desk(db: Database) -> None:
    """Pages and addresses that a person attached for a source."""
    create_table(
        db,
        "attachments",
        {"id": str, "claim": str, "source": str, "capture": str, "url": str, "by": str, "note": str, "at": str},
        keys={"claim": "claims", "capture": "captures"},
        required=("claim", "source", "by", "at"),
    )
    db["attachments"].create_index(["source"])  # type: ignore[union-attr]  # [] also stands for views
    protect(db, "attachments")


@migrations()
def m004_sign_off(db: Database) -> None:
    """Settings for the views: how many people must agree before a claim leaves the queue."""
    db.create_table("settings", {"id": str, "value": str}, pk="id", not_null={"id", "value"})


@migrations()
def m005_versions(db: Database) -> None:
    """Versions of one article: those at one address; a claim knows the same words in the version before.

    Plain SQL: with a foreign key sqlite-utils would rebuild the table and lose the triggers of the search.
    """
    db.execute("ALTER TABLE claims ADD COLUMN earlier TEXT REFERENCES claims(id)")
    db.execute("CREATE INDEX idx_articles_address ON articles (coalesce(final_url, url))")


@migrations()
def m006_hops(db: Database) -> None:
    """Sources that a cited page relies on, with the id of the source whose page cites them."""
    db.execute("ALTER TABLE sources ADD COLUMN hop_of TEXT")


@migrations()
def m007_asked(db: Database) -> None:
    """The question put to the sources for a claim, if it is not the claim's statement."""
    db.execute("ALTER TABLE claims ADD COLUMN asked TEXT")


@migrations()
def m008_missed(db: Database) -> None:
    """The sources that a run replaced by an earlier capture; the view of changes lists the changed fields."""
    db.execute("ALTER TABLE runs ADD COLUMN missed TEXT")


@migrations()
def m009_decisions(db: Database) -> None:
    """Decisions can be withdrawn and be corrections; ``person`` is a reviewer's name in normalized form."""
    for column in ("person", "correction", "undoes"):
        db.execute(f"ALTER TABLE reviews ADD COLUMN {column} TEXT")
    db.execute("CREATE INDEX idx_reviews_undoes ON reviews (undoes)")


@migrations()
def m010_changes(db: Database) -> None:
    """The differences between a claim's statement and the article's words, for the desk to show."""
    db.execute("ALTER TABLE claims ADD COLUMN changes TEXT")


@migrations()
def m011_reasons(_db: Database) -> None:
    """New wording of the reasons for a review in the views; no table changes."""


@migrations()
def m012_derived(db: Database) -> None:
    """Derived tables for values that the views would have to compute from every claim; ``upgrade`` fills them."""
    create_tables(db)


@migrations()
def m013_marks(db: Database) -> None:
    """The reference mark that leads to a citation, and whether it is a page of the article's own site."""
    db.execute("ALTER TABLE citations ADD COLUMN mark TEXT")
    db.execute("ALTER TABLE citations ADD COLUMN own_site INTEGER")


@migrations()
def m014_unsaid(db: Database) -> None:
    """The places in the article of a claim's words that the source does not seem to say."""
    db.execute("ALTER TABLE verdicts ADD COLUMN unsaid TEXT")


@migrations()
def m015_leads(db: Database) -> None:
    """The places where a run's claims without a source may be settled."""
    db.execute("ALTER TABLE runs ADD COLUMN leads TEXT")


@migrations()
def m016_addresses(db: Database) -> None:
    """The addresses of articles by the key that a page's addresses share, and the articles that could not be read."""
    create_address_tables(db)


@migrations()
def m017_left_open(_db: Database) -> None:
    """The reason for a review says what a claim leaves open; no table changes."""


@migrations()
def m018_reworded(db: Database) -> None:
    """The statement and the speaker that the previous verdict was on, if they were different ones."""
    db.execute("ALTER TABLE verdicts ADD COLUMN statement_before TEXT")
    db.execute("ALTER TABLE verdicts ADD COLUMN speaker_before TEXT")


@migrations()
def m019_compact_log(db: Database) -> None:
    """The log in two tables, with ids and hashes as bytes; ``log`` is a view of the same columns and values."""
    move_log(db)
    protect(db, "log_entries", "seq")
    protect(db, "log_parts", "part")


@migrations()
def m020_queue_by_label(db: Database) -> None:
    """The index of the queue has the label, so that the queue of one label is found without reading the table."""
    index_queue_by_label(db)


@migrations()
def m021_names(db: Database) -> None:
    """Indexes of speakers and outlets, by which their claims are found without reading the others."""
    db.execute("CREATE INDEX idx_claims_speaker ON claims (speaker, no) WHERE speaker IS NOT NULL")
    db.execute("CREATE INDEX idx_claims_outlets ON claims (outlets, no) WHERE outlets <> '[]'")
    db.execute("CREATE INDEX idx_articles_outlet ON articles (outlet COLLATE NOCASE)")


@migrations()
def m022_row_starts(db: Database) -> None:
    """The index of the log by the rows that its entries are of has the first bytes of their ids only."""
    index_row_starts(db)


@migrations()
def m023_last_run(db: Database) -> None:
    """No index of the claims by their last run, which no query uses."""
    db.execute("DROP INDEX idx_claims_last_run")


@migrations()
def m024_leaner_indexes(db: Database) -> None:
    """No index of the verdicts by label, which no query uses, and no sizes of rows in the index of the search."""
    db.execute("DROP INDEX IF EXISTS idx_verdicts_label")
    for table, columns in _SEARCHED.items():
        drop_column_sizes(db, table, columns)


def _create_input_tables(db: Database) -> None:
    """What was read: runs, articles, captures, the sources' states, claims and their citations."""
    create_table(
        db,
        "articles",
        dict.fromkeys(("id", "url", "final_url", "title", "byline", "published", "outlet", "language"), str)
        | dict.fromkeys(("partial", "sha256", "capture", "text", "links", "posts", "blocks"), str)
        | dict.fromkeys(("attributions", "notes", "first_run"), str),
        required=("text", "sha256"),
    )
    create_table(
        db,
        "runs",
        dict.fromkeys(("id", "article", "started_at", "finished_at", "judge", "version", "sha256", "capture"), str)
        | {"claims": int, "added": str, "confirmed": str, "sources": str},
        keys={"article": "articles"},
        required=("article", "started_at", "judge", "version", "added", "confirmed"),
    )
    create_table(
        db,
        "captures",
        {"id": str, "url": str, "final_url": str, "status": int, "fetched_at": str, "via": str, "sha256": str}
        | {"headers": str, "warc": str, "offset": int, "tool": str},
        required=("url", "final_url", "status", "fetched_at", "via", "sha256"),
    )
    create_table(
        db,
        "sources",
        dict.fromkeys(("id", "article", "source", "run", "previous", "kind", "outlet", "url", "handle"), str)
        | {"date": str, "text": str, "span": str, "status": str, "reason": str, "detail": str, "capture": str}
        | {"candidates": str, "claims": str, "number": int},
        keys={"article": "articles", "run": "runs", "capture": "captures"},
        required=("article", "source", "run", "kind", "status", "number"),
    )
    create_table(
        db,
        "claims",
        {"id": str, "no": int, "article": str, "position": int, "statement": str, "text": str, "kind": str}
        | {"speaker": str, "outlets": str, "checkable": int, "checkworthiness": float, "reasons": str}
        | {"spans": str, "attribution": str, "first_run": str, "superseded_in": str, "last_run": str},
        keys={"article": "articles", "first_run": "runs", "last_run": "runs", "superseded_in": "runs"},
        required=("no", "article", "position", "statement", "text", "kind", "checkable", "spans"),
    )
    create_table(
        db,
        "citations",
        dict.fromkeys(("id", "claim", "source", "kind", "text", "span", "outlet", "url", "handle", "date"), str)
        | {"position": int, "superseded_in": str},
        keys={"claim": "claims", "superseded_in": "runs"},
        required=("claim", "source", "kind"),
    )


def _create_verdict_tables(db: Database) -> None:
    """What was concluded: verdicts, their evidence, people's reviews, and the log over everything."""
    create_table(
        db,
        "verdicts",
        {"id": str, "claim": str, "run": str, "previous": str, "number": int, "label": str, "confidence": float}
        | {"needs_review": int, "basis": str, "reason": str, "rationale": str, "quote_grade": str, "quote": str}
        | {"quantities": str, "judge": str, "checked_at": str},
        keys={"claim": "claims", "run": "runs", "previous": "verdicts"},
        required=("claim", "run", "number", "label", "confidence", "needs_review", "judge", "checked_at"),
    )
    create_table(
        db,
        "evidence",
        {"id": str, "no": int, "verdict": str, "position": int, "stance": str, "score": float, "passage": str}
        | {"url": str, "outlet": str, "capture": str, "start": int, "end": int},
        keys={"verdict": "verdicts", "capture": "captures"},
        required=("no", "verdict", "position", "stance", "score", "passage", "start", "end"),
    )
    create_table(
        db,
        "reviews",
        dict.fromkeys(("id", "claim", "verdict", "reviewer", "decision", "label", "note", "at"), str) | {"number": int},
        keys={"claim": "claims", "verdict": "verdicts"},
        required=("claim", "reviewer", "decision", "at", "number"),
    )
    create_table(
        db,
        "log",
        {"seq": int, "at": str, "run": str, "action": str, "kind": str, "row_id": str, "digest": str, "hash": str},
        required=("at", "action", "kind", "row_id", "digest", "hash"),
        pk="seq",
    )


def _indexes(db: Database) -> None:
    """What the views and look-ups walk along; the unique ones also keep two writers from numbering alike."""
    for table, columns, unique in (
        ("claims", ["no"], True),
        ("claims", ["article", "position"], False),
        ("claims", ["last_run"], False),
        ("citations", ["claim"], False),
        ("verdicts", ["label"], False),
        ("evidence", ["no"], True),
        ("evidence", ["capture"], False),
        ("runs", ["article", "started_at"], False),
        ("log", ["kind", "row_id", "seq"], True),
        *((table, list(columns), True) for table, columns in NUMBERED.items()),
    ):
        db[table].create_index(columns, unique=unique)  # type: ignore[union-attr]  # [] also stands for views
