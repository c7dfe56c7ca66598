"""Every kind of edit by hand is found and named by an audit with a noted head; what was let alone holds."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from anchored_desk import Desk, anchored, record
from sample_check import again, build

from claims.errors import LedgerError
from claims.ledger.ledger import Ledger
from claims.ledger.log.chain import checked
from claims.records import Decision, Review

HERE = Path(__file__).parent
ONE = "WHERE rowid = (SELECT min(rowid) FROM {table})"

# table, what is set, of which row; each must be named as that row
VALUES = [
    ("verdicts", "label = 'supported'", "WHERE label = 'contradicted'"),
    ("verdicts", "confidence = 0.99", ONE),
    ("verdicts", "needs_review = 0", "WHERE needs_review = 1"),
    ("verdicts", "rationale = 'The source says so.'", ONE),
    ("verdicts", "reason = NULL", "WHERE reason IS NOT NULL"),
    ("verdicts", "quote_grade = 'not_found'", "WHERE quote_grade IS NOT NULL"),
    ("verdicts", "quantities = '[]'", "WHERE quantities <> '[]'"),
    ("verdicts", "judge = 'embedded 9'", ONE),
    ("verdicts", "checked_at = '2024-01-01T00:00:00+00:00'", ONE),
    ("verdicts", "number = 7", ONE),
    ("evidence", "passage = 'The source says nothing of it.'", ONE),
    ("evidence", "stance = 'refutes'", "WHERE stance = 'supports'"),
    ("evidence", "score = 0.1", ONE),
    ("evidence", "start = 0, end = 4", ONE),
    ("evidence", "url = 'https://other.example/'", ONE),
    ("evidence", "no = 900", ONE),
    ("claims", "statement = 'Another statement.'", ONE),
    ("claims", "text = 'Other words.'", ONE),
    ("claims", "spans = '[[0,4]]'", ONE),
    ("claims", "speaker = 'Somebody Else'", "WHERE speaker IS NOT NULL"),
    ("claims", "checkable = 0", "WHERE checkable = 1"),
    ("claims", "superseded_in = 'run-2'", ONE),
    ("claims", "last_run = 'run-1'", ONE),
    ("claims", "no = 900", ONE),
    ("articles", "text = 'Another article.'", ONE),
    ("articles", "title = 'Another title'", ONE),
    ("articles", "final_url = 'https://other.example/'", ONE),
    ("articles", "published = '2024-01-01'", ONE),
    ("citations", "text = 'via nobody'", ONE),
    ("citations", "outlet = 'tass'", "WHERE outlet = 'wsj'"),
    ("sources", "reason = 'not_found'", "WHERE reason IS NOT NULL"),
    ("sources", "status = 'unavailable'", "WHERE status = 'captured'"),
    ("runs", "started_at = '2024-01-01T00:00:00+00:00'", "WHERE id = 'run-2'"),
    ("runs", "confirmed = '[]'", "WHERE id = 'run-3'"),
    ("reviews", "note = 'no reason'", ONE),
    ("reviews", "label = 'contradicted'", ONE),
    ("reviews", "decision = 'void'", ONE),
    ("reviews", "reviewer = 'Eve'", ONE),
    ("reviews", "at = '2024-01-01T00:00:00+00:00'", ONE),
    ("attachments", "note = 'found in the street'", ONE),
    ("settings", "value = '1'", ONE),
    ("captures", "url = 'https://other.example/'", ONE),
    ("captures", "final_url = 'https://other.example/'", ONE),
    ("captures", "fetched_at = '2024-01-01T00:00:00.000000Z'", ONE),
    ("captures", "sha256 = 'f00d'", ONE),
    ("captures", "headers = '[]'", ONE),
    ("captures", "via = 'manual'", ONE),
    ("captures", "via = 'by pigeon'", ONE),
    ("captures", "offset = 'x'", ONE),
    ("captures", "tool = x'00ff'", ONE),
    ("captures", "(warc, offset, sha256) = (SELECT warc, offset, sha256 FROM captures WHERE rowid = 2)", ONE),
    ("claims", "spans = replace(spans, '[[', '[[1')", ONE),
    ("claims", "text = CAST(text AS BLOB)", ONE),
    ("claims", "text = text || char(0) || 'not'", ONE),
    ("claims", "earlier = (SELECT id FROM claims WHERE rowid = 2)", ONE),
    ("evidence", "verdict = (SELECT verdict FROM evidence ORDER BY rowid DESC LIMIT 1), position = 99", ONE),
    ("reviews", "person = 'eve'", ONE),
    ("reviews", "reviewer = reviewer || char(8203)", ONE),
    ("sources", "hop_of = (SELECT source FROM sources WHERE rowid = 2)", ONE),
    ("verdicts", "confidence = 9e999", ONE),
]

# statements, and the row that must be named
ROWS = [
    ("DELETE FROM verdicts WHERE number = 1 AND label = 'contradicted'", "verdicts "),
    ("DELETE FROM evidence WHERE rowid = 3", "evidence "),
    ("DELETE FROM reviews", "reviews "),
    ("DELETE FROM citations WHERE rowid = 1", "citations "),
    ("DELETE FROM runs WHERE id = 'run-3'", "runs run-3"),
    ("DELETE FROM captures WHERE rowid = 2", "captures "),
    ("DELETE FROM settings", "settings sign_off"),
    ("UPDATE claims SET id = '0123456789abcdef' WHERE rowid = 1", "claims 0123456789abcdef"),
    (
        "INSERT INTO reviews (id, claim, verdict, reviewer, decision, note, at, number) "
        "SELECT 'forged', claim, verdict, 'Eve', 'void', 'gone', at, 9 FROM reviews",
        "reviews forged",
    ),
    ("INSERT INTO settings (id, value) VALUES ('extra', '1')", "settings extra"),
    ("UPDATE log_parts SET at = '1999' WHERE part = (SELECT part FROM log_entries WHERE seq = 2)", "log 2"),
    ("UPDATE log_parts SET run = 'run-2' WHERE part = (SELECT part FROM log_entries WHERE seq = 2)", "log 2"),
    ("UPDATE log_parts SET action = 'changed' WHERE part = (SELECT part FROM log_entries WHERE seq = 2)", "log 2"),
    ("UPDATE log_parts SET at = x'00' WHERE part = (SELECT part FROM log_entries WHERE seq = 1)", "log 1"),
    ("UPDATE log_entries SET part = 1 WHERE seq = 9", "log 9"),
    ("UPDATE log_entries SET digest = 'f' WHERE seq = 12", "log 12"),
    ("UPDATE log_entries SET digest = x'0f' WHERE seq = 12", "log 12"),
    ("UPDATE log_entries SET hash = 'f' WHERE seq = 12", "log 12"),
    ("UPDATE log_entries SET hash = x'0123456789' WHERE seq = 12", "log 12"),
    ("UPDATE log_entries SET hash = x'01234567' WHERE seq = 12", "log 12"),
    ("UPDATE log_entries SET hash = substr(hash, 1, 4) WHERE seq = 1", "log 1"),
    ("UPDATE log_entries SET hash = substr(hash, 1, 4)", "log 1"),
    (
        "UPDATE log_entries SET hash = substr(hash, 1, 4) WHERE seq = (SELECT max(seq) FROM log_entries)",
        "log ",
    ),
    ("UPDATE log_entries SET row_id = x'0123456789abcdef' WHERE seq = 12", "log 12"),
    ("UPDATE log_entries SET seq = seq + 1000 WHERE seq > 20", "log 21"),
    ("DELETE FROM log_entries WHERE seq = 5", "log 5"),
    ("DELETE FROM log_entries WHERE seq = 1", "log 1"),
    ("DELETE FROM log_entries WHERE seq = (SELECT max(seq) FROM log_entries)", "head "),
    ("DELETE FROM log_entries", "head "),
    ("DELETE FROM log_parts WHERE part = (SELECT part FROM log_entries WHERE seq = 2)", "log 2"),
    ("INSERT INTO log_parts VALUES (900, '1999', NULL, 'added', 'claims')", "log_parts 900"),
    (
        "INSERT INTO log_entries SELECT seq + 1, part, 'x', 'y', 'z' FROM log_entries ORDER BY seq DESC LIMIT 1",
        "log ",
    ),
    ("UPDATE log_entries SET row_id = lower(hex(row_id)) WHERE seq = 12", "log 12"),
    ("UPDATE log_entries SET digest = lower(hex(digest)) WHERE seq = 12", "log 12"),
    ("UPDATE log_parts SET kind = 'sources' WHERE kind = 'verdicts'", "log "),
    ("UPDATE log_parts SET part = part + 1000; UPDATE log_entries SET part = part + 1000", "log_parts 1001"),
    (
        "INSERT INTO log_parts SELECT 900, at, run, action, kind FROM log_parts WHERE part = 2; "
        "UPDATE log_entries SET part = 900 WHERE part = 2; DELETE FROM log_parts WHERE part = 2",
        "log_parts 900",
    ),
    ("UPDATE runs SET rowid = 100 WHERE id = 'run-2'", "runs run-2"),
    (
        "UPDATE evidence SET rowid = 900 WHERE rowid = 1; UPDATE evidence SET rowid = 1 WHERE rowid = 2; "
        "UPDATE evidence SET rowid = 2 WHERE rowid = 900",
        "evidence ",
    ),
    (
        "UPDATE verdicts SET claim = claim || '-' WHERE rowid = 1; UPDATE verdicts SET claim = "
        "(SELECT substr(claim, 1, 16) FROM verdicts WHERE rowid = 1) WHERE rowid = 2; UPDATE verdicts SET claim = "
        "(SELECT id FROM claims WHERE id NOT IN (SELECT claim FROM verdicts)) WHERE rowid = 1",
        "verdicts ",
    ),
    ("UPDATE claims SET text = CAST(x'ff41' AS TEXT) WHERE rowid = 2", "claims "),
]

# statements on the tables that are worked out from the others, and the rows that must be named
DERIVED = [
    ("UPDATE standings SET standing = 'supported' WHERE standing <> 'supported'", "standings "),
    ("UPDATE standings SET state = 'decided' WHERE state = 'needs_review'", "standings "),
    ("UPDATE standings SET urgency = NULL WHERE urgency IS NOT NULL", "standings "),
    ("UPDATE standings SET urgency = 9 WHERE urgency = 7", "standings "),
    ("UPDATE standings SET sign_offs = 2 WHERE sign_offs = 1", "standings "),
    ("UPDATE standings SET checked_at = '2030-01-01T00:00:00+00:00' WHERE no = 2", "standings 2"),
    ("UPDATE standings SET no = 900 WHERE no = 2", "standings 900"),
    ("DELETE FROM standings WHERE no = 3", "standings 3"),
    ("DELETE FROM standings", "standings 1"),
    (
        "INSERT INTO standings SELECT 901, standing, state, urgency, checkworthiness, checked_at, verdict, review, "
        "sign_offs, against, decisions FROM standings WHERE no = 1",
        "standings 901",
    ),
    ("UPDATE tallies SET claims = claims + 1", "tallies "),
    ("DELETE FROM tallies WHERE urgency > 0", "tallies "),
    ("DELETE FROM tallies", "tallies "),
    ("INSERT INTO verdict_changes SELECT id, id, 'source', checked_at FROM verdicts LIMIT 1", "verdict_changes "),
    ("UPDATE unread_sources SET claims = 40", "unread_sources "),
    ("DELETE FROM unread_sources", "unread_sources "),
    ("INSERT INTO addresses VALUES ('https://new.example/a', 'new.example/a')", "addresses https://new.example/a"),
    ("UPDATE addresses SET key = 'https://other.example/'", "addresses "),
    ("DELETE FROM addresses", "addresses "),
]


def reworded(name: str, old: str, new: str) -> list[str]:
    """Statements that replace words in the definition of a view or a trigger, as SQLite keeps it."""
    change = f"UPDATE sqlite_master SET sql = replace(sql, '{old}', '{new}') WHERE name = '{name}'"
    return ["PRAGMA writable_schema = ON", change]


# statements, and the object that must be named
OBJECTS = [
    (["DROP VIEW queue", "CREATE VIEW queue AS SELECT * FROM current WHERE 0"], "view queue"),
    (["DROP VIEW queue"], "view queue"),
    (["DROP VIEW current", "CREATE VIEW current AS SELECT * FROM claims"], "view current"),
    (["DROP VIEW log", "CREATE VIEW log AS SELECT * FROM log_entries WHERE 0"], "view log"),
    (["CREATE VIEW secret AS SELECT * FROM reviews"], "view secret"),
    (["DROP TRIGGER verdicts_no_update"], "trigger verdicts_no_update"),
    (["DROP TRIGGER log_entries_no_delete"], "trigger log_entries_no_delete"),
    (["DROP TRIGGER claims_fts_change"], "trigger claims_fts_change"),
    (
        [
            "DROP TRIGGER reviews_no_update",
            "CREATE TRIGGER reviews_no_update BEFORE UPDATE ON reviews WHEN NEW.reviewer <> 'Eve' "
            "BEGIN SELECT RAISE(ABORT, 'reviews are only ever added'); END",
        ],
        "trigger reviews_no_update",
    ),
    (
        ["CREATE TRIGGER quiet AFTER INSERT ON reviews BEGIN UPDATE settings SET value = 9; END"],
        "trigger quiet",
    ),
    (["DROP INDEX idx_citations_claim"], "index idx_citations_claim"),
    (["CREATE INDEX mine ON claims (text)"], "index mine"),
    (["CREATE TABLE mine (id TEXT)"], "table mine"),
    (["ALTER TABLE reviews ADD COLUMN mood TEXT"], "table reviews"),
    (["DROP TABLE settings"], "table settings"),
    (["DROP TABLE standings"], "table standings"),
    (["DROP TRIGGER standings_count_added"], "trigger standings_count_added"),
    (["DROP INDEX idx_standings_queue"], "index idx_standings_queue"),
    (["DELETE FROM _sqlite_migrations WHERE name = 'm002_search'"], "table _sqlite_migrations"),
    (["INSERT INTO claims_fts (claims_fts) VALUES ('delete-all')"], "search claims_fts"),
    (
        ["INSERT INTO evidence_fts (rowid, passage) VALUES (1, 'words that no source has')"],
        "search evidence_fts",
    ),
    (["DELETE FROM claims_fts_idx"], "search claims_fts"),  # words are not found then
    (["DELETE FROM evidence_fts_idx WHERE segid = 1"], "search evidence_fts"),
    (["DROP TABLE evidence_fts"], "table evidence_fts"),
    (["INSERT INTO claims_fts (claims_fts, rank) VALUES ('rank', 'bm25(0.0, 9.0)')"], "search claims_fts"),
    (
        [
            "DROP TABLE claims_fts",
            "CREATE VIRTUAL TABLE claims_fts USING fts5(statement, text, speaker, content='claims', "
            "content_rowid='no', tokenize='porter unicode61 remove_diacritics 1')",
        ],
        "table claims_fts",
    ),
    (reworded("verdicts_no_update", "UPDATE ON verdicts", "UPDATE ON verdicts WHEN 0"), "trigger verdicts_no_update"),
    (reworded("changes", "IS NOT NULL", 'IS NOT "NULL"'), "view changes"),
    (reworded("current", "r.id IS NULL", "r.id IS [NULL]"), "view current"),
    (reworded("current", "AS why", "AS why\u00a0"), "view current"),
    (reworded("current", "AS kind", 'AS "\u212aind"'), "view current"),
    (reworded("queue", "urgency IS NOT NULL", "urgency IS NOT NULL -- \n AND 0"), "view queue"),
    (["DROP INDEX idx_claims_no", "CREATE INDEX idx_claims_no ON claims (no)"], "index idx_claims_no"),
    (
        [
            "DROP INDEX idx_claims_speaker",
            "CREATE UNIQUE INDEX idx_claims_speaker ON claims (speaker, no) WHERE speaker IS NOT NULL",
        ],
        "index idx_claims_speaker",
    ),
    (["ALTER TABLE reviews ADD COLUMN verdict_label AS (label)"], "table reviews"),
    (["DROP TABLE settings", "CREATE TABLE settings (id TEXT PRIMARY KEY, value TEXT) STRICT"], "table settings"),
    (
        ["CREATE TABLE x (a INTEGER PRIMARY KEY AUTOINCREMENT)", "INSERT INTO x VALUES (9)", "DROP TABLE x"],
        "table sqlite_sequence",
    ),
    (
        ["CREATE TRIGGER sqliteXstat AFTER INSERT ON reviews BEGIN UPDATE settings SET value = 9; END"],
        "trigger sqliteXstat",
    ),
    (["PRAGMA user_version = 21"], "file"),
    (["PRAGMA user_version = 0"], "file"),
    (
        ["DROP VIEW queue", "CREATE VIEW queue AS SELECT * FROM current WHERE 0", "PRAGMA user_version = 21"],
        "view queue",
    ),
]

SNEAKY = "CREATE TRIGGER sneaky AFTER INSERT ON reviews BEGIN UPDATE settings SET value = 9; END"
# statements after which the file is no longer opened, and why
REFUSED = [
    (["PRAGMA application_id = 7"], "not a ledger"),
    (["PRAGMA user_version = 99"], "newer"),
    (
        [
            "PRAGMA writable_schema = ON",
            f"INSERT INTO sqlite_master VALUES ('table', 'sqlite_stat1', '', 0, '{SNEAKY}')",
        ],
        "damaged",
    ),
]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The desk that every test forges a copy of."""
    return anchored(tmp_path_factory.mktemp("whole"))


@pytest.fixture
def desk(whole: Desk, tmp_path: Path) -> Desk:
    shutil.copytree(whole.folder, tmp_path / "desk")
    return Desk(folder=tmp_path / "desk", head=whole.head)


def named(desk: Desk, *, head: str | None = None, warcs: bool = True) -> list[str]:
    return [f"{fault.row}: {fault.detail}" for fault in desk.audit(head=head, warcs=warcs).faults]


def test_there_are_enough_kinds_of_edits() -> None:
    assert len(VALUES) + len(ROWS) + len(OBJECTS) + len(RECORDS) >= 46


@pytest.mark.parametrize(("table", "change", "where"), VALUES)
def test_a_changed_value_is_named(desk: Desk, table: str, change: str, where: str) -> None:
    chosen = where.format(table=table)
    with closing(sqlite3.connect(desk.ledger)) as connection:
        victims = [row[0] for row in connection.execute(f"SELECT id FROM {table} {chosen}")]
    desk.edit(f"UPDATE {table} SET {change} {chosen}")
    faults = named(desk, head=desk.head)
    assert victims
    assert all(any(line.startswith(f"{table} {victim}:") for line in faults) for victim in victims), faults


@pytest.mark.parametrize(("statement", "row"), ROWS)
def test_a_row_taken_out_or_slipped_in_is_named(desk: Desk, statement: str, row: str) -> None:
    desk.edit(*statement.split("; "))
    faults = named(desk, head=desk.head)
    assert any(line.startswith(row) for line in faults), faults


@pytest.mark.parametrize(("statement", "row"), DERIVED)
def test_a_derived_table_that_was_changed_is_named_and_filled_anew(desk: Desk, statement: str, row: str) -> None:
    desk.edit(statement)
    faults = named(desk, head=desk.head)
    assert faults
    assert any(line.startswith(row) for line in faults), faults
    assert all("factdesk audit --rebuild" in line for line in faults), faults
    desk.rebuild()
    assert named(desk, head=desk.head) == []


@pytest.mark.parametrize(("statements", "what"), OBJECTS)
def test_another_schema_or_search_is_named(desk: Desk, statements: list[str], what: str) -> None:
    desk.reshape(*statements)
    faults = named(desk, head=desk.head)
    assert [line for line in faults if line.startswith(what)], faults


@pytest.mark.parametrize(("statements", "why"), REFUSED)
def test_a_file_that_cannot_be_read_as_a_ledger_is_refused(desk: Desk, statements: list[str], why: str) -> None:
    desk.reshape(*statements)
    with pytest.raises(LedgerError, match=why):
        desk.audit()


def backdated(desk: Desk) -> None:
    """A decision that says that it is older than the runs before it, logged as every other."""
    with Ledger.open(desk.ledger) as ledger:
        claim = ledger.claims()[0].id
        ledger.review(Review(claim=claim, reviewer="Eve", decision=Decision.CONFIRM, at="2024-01-01T00:00:00+00:00"))


def test_a_backdated_entry_is_a_remark(desk: Desk) -> None:
    backdated(desk)
    audit = desk.audit(head=desk.head)
    assert audit.holds
    assert ["2024-01-01" in remark.detail and remark.row.startswith("log ") for remark in audit.remarks] == [True]


def flip(desk: Desk) -> None:
    data = bytearray(desk.warc.read_bytes())
    with closing(sqlite3.connect(desk.ledger)) as connection:
        (offset,) = connection.execute("SELECT offset FROM captures ORDER BY offset LIMIT 1 OFFSET 2").fetchone()
    data[offset + 60] ^= 0xFF
    desk.warc.write_bytes(bytes(data))


def shorten(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.ledger)) as connection:
        (offset,) = connection.execute("SELECT max(offset) FROM captures").fetchone()
    desk.warc.write_bytes(desk.warc.read_bytes()[: offset + 100])


def overwrite(desk: Desk) -> None:
    """A page in the middle of the database file."""
    with closing(sqlite3.connect(desk.ledger)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'idx_citations_claim'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    data = bytearray(desk.ledger.read_bytes())
    data[(page - 1) * size : page * size] = bytes(size)
    desk.ledger.write_bytes(bytes(data))


def reword(old: bytes, new: bytes) -> Callable[[Desk], None]:
    return lambda desk: desk.rerecord(old, new)


def change_capture(change: str) -> Callable[[Desk], None]:
    """As somebody would who also computes the whole chain anew."""
    return lambda desk: desk.rewrite(f"UPDATE captures SET {change} WHERE url LIKE '%wsj%'")


RECORDS: list[tuple[str, Callable[[Desk], None], str]] = [
    ("a byte of a WARC record", flip, "captures "),
    ("the end of a WARC file", shorten, "captures "),
    ("a WARC file taken away", lambda desk: desk.warc.unlink(), "captures "),
    ("the words of a captured page", reword(b"The page of https://ft", b"No page of https://ft"), "captures "),
    ("the address of a record", reword(b"WARC-Target-URI: https://ft", b"WARC-Target-URI: https://xy"), "captures "),
    ("the date of a record", reword(b"2025-01-21T07:59:00.000001Z", b"2024-12-21T07:59:00.000001Z"), "captures "),
    ("a noted head", reword(b"factdesk-log-row: ", b"factdesk-log-row: 1"), "file "),
    ("a page of the ledger's file", overwrite, "file"),
    ("a path out of the folder", change_capture("warc = '../' || warc"), "captures "),
    ("a whole path", change_capture("warc = '/etc/passwd'"), "captures "),
    ("another system's path", change_capture("warc = 'C:\\captures\\a.warc.gz'"), "captures "),
    ("a hash that is a path", change_capture("sha256 = '../../../../home/user/.profile'"), "captures "),
    ("another date, chained", change_capture("fetched_at = '2024-01-01T00:00:00.000000Z'"), "captures "),
    ("another address, chained", change_capture("final_url = 'https://other.example/'"), "captures "),
]


@pytest.mark.parametrize(("forge", "row"), [row[1:] for row in RECORDS], ids=[row[0] for row in RECORDS])
def test_bytes_that_were_changed_are_named(desk: Desk, forge: Callable[[Desk], None], row: str) -> None:
    forge(desk)
    faults = named(desk)
    assert [line for line in faults if line.startswith(row)], faults


def cut(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.ledger)) as connection:
        (last,) = connection.execute("SELECT max(seq) FROM log WHERE run = 'run-2'").fetchone()
    desk.cut(last)


def older(desk: Desk) -> None:
    """An older copy, put in the place of the ledger."""
    copy = Desk(folder=desk.folder.parent / "older")
    shutil.copytree(desk.folder, copy.folder)
    cut(copy)
    with closing(sqlite3.connect(copy.ledger)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for beside in desk.folder.glob("desk.db*"):
        beside.unlink()
    shutil.copy(copy.ledger, desk.ledger)


def rewritten(desk: Desk) -> None:
    desk.rewrite("UPDATE verdicts SET label = 'supported' WHERE label = 'contradicted'")


def rewritten_from_the_first_row(desk: Desk) -> None:
    desk.rewrite("UPDATE articles SET title = 'Another title'")


@pytest.mark.parametrize("forge", [cut, older, rewritten, rewritten_from_the_first_row])
@pytest.mark.parametrize("anchor", ["head", "warcs"])
def test_a_ledger_that_holds_together_is_compared_with_what_was_noted(
    desk: Desk, forge: Callable[[Desk], None], anchor: str
) -> None:
    forge(desk)
    assert named(desk, warcs=False) == []  # without any anchor nobody could tell
    faults = named(desk, head=desk.head) if anchor == "head" else named(desk)
    assert faults
    assert all(line.startswith("head ") and "is not in the log" in line for line in faults), faults
    assert any(desk.head in line for line in faults) == (anchor == "head")


def test_every_head_that_ever_was_stands(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.ledger)) as connection:
        connection.row_factory = sqlite3.Row
        heads = [whole for _, whole, _ in checked(map(dict, connection.execute("SELECT * FROM log ORDER BY seq")))]
    assert desk.head == heads[-1]
    for head in (heads[0], heads[len(heads) // 2], heads[-1].upper(), f" {heads[-1]}\n", "0" * 64):
        assert named(desk, head=head) == []
    for head in ("f" * 64, heads[3][:12], "nonsense"):
        assert [line[:5] for line in named(desk, head=head)] == ["head "]


def test_the_heads_of_another_ledger_in_the_same_folder_are_let_alone(desk: Desk) -> None:
    with Ledger.open(desk.folder / "other.db") as other:
        record(other, build(run="other-run"), desk)
    assert named(desk, head=desk.head) == []


def backed_up(desk: Desk) -> None:
    with Ledger.open(desk.ledger) as ledger:
        ledger.backup(desk.folder / "copy.db")
    for path in desk.folder.glob("desk.db*"):
        path.unlink()
    (desk.folder / "copy.db").rename(desk.ledger)


def vacuumed(desk: Desk) -> None:
    desk.reshape("VACUUM", "ANALYZE", "REINDEX")


def decided(desk: Desk) -> None:
    with Ledger.open(desk.ledger) as ledger:
        claim = ledger.claims()[0].id
        ledger.review(Review(claim=claim, reviewer="Ana", decision=Decision.CONFIRM, at="2025-01-25T08:00:00+00:00"))


def checked_again(desk: Desk) -> None:
    with Ledger.open(desk.ledger) as ledger:
        check = again(build(), run="run-9", at="2025-01-26T08:00:00+00:00")
        recorded = ledger.record(check)
        assert recorded.article


def searched_anew(desk: Desk) -> None:
    desk.reshape("INSERT INTO claims_fts (claims_fts) VALUES ('rebuild')")


def untouched(desk: Desk) -> None:
    assert desk.head


@pytest.mark.parametrize("work", [untouched, backed_up, vacuumed, decided, searched_anew])
def test_what_is_no_forgery_holds(desk: Desk, work: Callable[[Desk], None]) -> None:
    work(desk)
    assert named(desk, head=desk.head) == []
    assert desk.audit().remarks == ()


def test_a_ledger_checked_again_holds(desk: Desk) -> None:
    checked_again(desk)
    with Ledger.open(desk.ledger) as ledger:
        assert ledger.audit(head=desk.head).holds


def test_a_ledger_of_an_older_version_holds_after_its_upgrade(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((HERE / "version1.sql").read_text(encoding="utf-8"))
    with Ledger.open(path) as ledger:
        assert [f"{fault.row}: {fault.detail}" for fault in ledger.audit().faults] == []


@pytest.mark.parametrize("make", [bytes, lambda: b"", None])
def test_an_empty_file_is_no_ledger(tmp_path: Path, make: Callable[[], bytes] | None) -> None:
    path = tmp_path / "empty.db"
    if make:
        path.write_bytes(make())
    else:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("VACUUM")
    with pytest.raises(LedgerError, match="not a ledger"):
        Ledger.open(path, create=False)


@pytest.mark.parametrize("missing", [1, 8, 9, 40, 150, 300, 420])
def test_a_process_that_was_killed_while_it_wrote_a_record_is_no_forgery(desk: Desk, missing: int) -> None:
    whole = desk.warc.read_bytes()
    (desk.captures / "factdesk-20250126-1-abcdef-0000.warc.gz").write_bytes(whole[:-missing])
    assert named(desk, head=desk.head) == []
