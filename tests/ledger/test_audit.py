"""Tampering is found, and the first row that does not hold is named."""

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from review_sample import reviewed
from sample_check import again, capture

from claims.ledger.ledger import Ledger
from claims.ledger.log.chain import GENESIS
from claims.ledger.schema import APPEND_ONLY
from claims.records import Capture, Check

TABLES = ("articles", "claims", "citations", *APPEND_ONLY[:-2], "attachments")


@pytest.fixture
def full(ledger_path: Path, check: Check) -> Path:
    """A ledger with one of everything, closed."""
    with Ledger.open(ledger_path) as ledger:
        reviewed(ledger, check)
        ledger.record(again(check, run="run-2", at="2025-01-22T08:00:00+00:00"))
    return ledger_path


def tamper(path: Path, *statements: str) -> None:
    """As somebody would who has the file and knows how to drop a trigger."""
    with closing(sqlite3.connect(path)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        # those of the full-text search stay: they are on nobody's way
        guards = [(name, sql) for name, sql in triggers if "_fts_" not in name]
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert connection.execute(statement).rowcount > 0
        for _, sql in guards:
            connection.execute(sql)
        connection.commit()


def test_a_ledger_that_was_let_alone_holds(full: Path) -> None:
    with Ledger.open(full) as ledger:
        audit = ledger.audit()
        assert audit.holds
        assert audit.rows == ledger.counts()["log"] > 40
        assert len(audit.head) == 64


def test_an_empty_ledger_holds(ledger: Ledger) -> None:
    assert (ledger.audit().holds, ledger.audit().head) == (True, GENESIS)


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_was_altered_is_named(full: Path, table: str) -> None:
    columns = {"captures": "sha256", "citations": "text", "evidence": "passage", "attachments": "note"}
    columns |= {"verdicts": "label", "reviews": "note", "sources": "reason", "runs": "judge"}
    column = columns.get(table, "text")
    with closing(sqlite3.connect(full)) as connection:
        (victim,) = connection.execute(f"SELECT id FROM {table} ORDER BY rowid LIMIT 1").fetchone()
    tamper(full, f"UPDATE {table} SET {column} = 'forged' WHERE id = '{victim}'")
    with Ledger.open(full) as ledger:
        assert [fault.row for fault in ledger.audit().faults] == [f"{table} {victim}"]
        assert "altered" in ledger.audit().faults[0].detail


@pytest.mark.parametrize("table", ["verdicts", "reviews", "evidence", "captures", "claims"])
def test_a_row_that_was_taken_out_is_named(full: Path, table: str) -> None:
    with closing(sqlite3.connect(full)) as connection:
        (victim,) = connection.execute(f"SELECT id FROM {table} ORDER BY rowid DESC LIMIT 1").fetchone()
    tamper(full, f"DELETE FROM {table} WHERE id = '{victim}'")
    with Ledger.open(full) as ledger:
        assert [(fault.row, "missing" in fault.detail) for fault in ledger.audit().faults] == [
            (f"{table} {victim}", True)
        ]


def test_a_row_that_was_slipped_in_is_named(full: Path) -> None:
    tamper(
        full,
        "INSERT INTO reviews (id, claim, reviewer, decision, at, number) "
        "SELECT 'forged', claim, 'Eve', 'void', at, 9 FROM reviews LIMIT 1",
    )
    with Ledger.open(full) as ledger:
        assert ledger.audit().faults[0].row == "reviews forged"


@pytest.mark.parametrize(
    ("statement", "seq"),
    [
        ("UPDATE log_parts SET at = '1999' WHERE part = (SELECT part FROM log_entries WHERE seq = 2)", 2),
        ("UPDATE log_entries SET digest = 'f' WHERE seq = 12", 12),
        ("DELETE FROM log_entries WHERE seq = 5", 5),
        ("DELETE FROM log_entries WHERE seq = 1", 1),
    ],
)
def test_the_first_log_row_that_does_not_hold_is_named(full: Path, statement: str, seq: int) -> None:
    tamper(full, statement)
    with Ledger.open(full) as ledger:
        assert ledger.audit().faults[0].row == f"log {seq}"


def test_a_log_that_was_cut_off_leaves_rows_that_were_never_logged(full: Path) -> None:
    parts = "DELETE FROM log_parts WHERE part NOT IN (SELECT part FROM log_entries)"
    tamper(full, "DELETE FROM log_entries WHERE seq > 30", parts)
    with Ledger.open(full) as ledger:
        faults = ledger.audit().faults
        assert ("log 30", "log row 30 is not the last of its transaction: others were removed") in [
            (fault.row, fault.detail) for fault in faults
        ]
        assert all("never logged" in fault.detail or "altered" in fault.detail for fault in faults[1:])


def test_the_head_changes_with_every_row_and_seals_what_is_before(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    first = ledger.audit().head
    ledger.record(again(check, run="run-2", at="2025-01-22T08:00:00+00:00"))
    assert ledger.audit().head != first
    assert ledger._store.rows("SELECT 1 FROM log WHERE hash = ?", [first])


def test_captured_bytes_are_hashed_again(ledger: Ledger, check: Check) -> None:
    bodies = {outlet: f"the page of {outlet}".encode() for outlet in ("wsj", "abc", "reuters", "tass")}

    def hashed(stored: Capture) -> Capture:
        name = stored.url.split("/")[2].split(".")[0]
        return replace(stored, sha256=hashlib.sha256(bodies[name]).hexdigest())

    readings = tuple(
        replace(reading, source=replace(reading.source, capture=hashed(reading.source.capture)))
        if reading.source.capture
        else reading
        for reading in check.readings
    )
    ids = {
        old.source.capture.id: new.source.capture.id
        for old, new in zip(check.readings, readings, strict=True)
        if old.source.capture and new.source.capture
    }
    verdicts = tuple(
        replace(
            verdict,
            evidence=tuple(
                replace(item, passage=replace(item.passage, capture=ids[item.passage.capture]))
                for item in verdict.evidence
            ),
        )
        for verdict in check.verdicts
    )
    ledger.record(replace(check, readings=readings, verdicts=verdicts))

    def load(stored: Capture) -> bytes:
        return bodies[stored.url.split("/")[2].split(".")[0]]

    assert (ledger.audit(load).holds, ledger.audit(load).captures, ledger.audit().captures) == (True, 4, 0)
    bodies["tass"] = b"another page"
    assert ["tass" in fault.detail for fault in ledger.audit(load).faults] == [True]
    del bodies["wsj"]
    assert [fault.detail.split("/")[2] for fault in ledger.audit(load).faults] == ["wsj.example", "tass.example"]


@pytest.mark.parametrize("failure", [FileNotFoundError("no such file"), KeyError("record"), OSError("disk")])
def test_bytes_that_cannot_be_read_are_a_fault(ledger: Ledger, check: Check, failure: Exception) -> None:
    ledger.record(check)

    def load(stored: Capture) -> bytes:
        raise failure

    audit = ledger.audit(load)
    assert [fault.row.split()[0] for fault in audit.faults] == ["captures"] * 4
    assert "cannot be read" in audit.faults[0].detail
    assert capture("wsj").id in {fault.row.split()[1] for fault in audit.faults}


def test_an_audit_changes_nothing_and_lets_others_write(full: Path, check: Check) -> None:
    with Ledger.open(full) as ledger:
        before = ledger.counts()
        assert not ledger.audit(lambda stored: b"").holds  # the sample's captures have made-up hashes
        assert ledger.counts() == before
        ledger.record(again(check, run="run-3", at="2025-01-25T08:00:00+00:00"))
