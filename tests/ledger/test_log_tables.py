"""The log's tables: the view shows what was written; an upgrade keeps every value of an older log."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from anchored_desk import anchored, record
from sample_check import build
from sqlite_utils import Database

from claims.ledger.ledger import Ledger
from claims.ledger.log.chain import SHORT
from claims.ledger.log.tables import add_packing, entries_of, packed
from claims.ledger.schema import migrations

LOG = "SELECT * FROM log ORDER BY seq"
FORMATS = ("jsonl", "csv", "claimreview", "corrections", "markdown", "webannotation")


def as_version_18(path: Path) -> None:
    """Turn a ledger back into one of version 18, whose log was one table of texts."""
    with closing(sqlite3.connect(":memory:")) as model:
        migrations.apply(Database(model, execute_plugins=False), stop_before="m019_compact_log")
        made = model.execute("SELECT sql FROM sqlite_master WHERE tbl_name = 'log' AND sql IS NOT NULL").fetchall()
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(LOG).fetchall()
        connection.execute("DROP VIEW log")
        for table in ("log_entries", "log_parts"):
            connection.execute(f"DROP TABLE {table}")
        for (sql,) in sorted(made, key=lambda row: not row[0].startswith("CREATE TABLE")):
            connection.execute(sql)
        names = "seq, at, run, action, kind, row_id, digest, hash"
        connection.executemany(f"INSERT INTO log ({names}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        for later in ("idx_claims_speaker", "idx_claims_outlets", "idx_articles_outlet"):
            connection.execute(f"DROP INDEX {later}")
        connection.execute("CREATE INDEX idx_claims_last_run ON claims (last_run)")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name > 'm018_z'")
        connection.execute("PRAGMA user_version=18")
        connection.commit()


def as_version_21(path: Path) -> None:
    """Turn a ledger back into one of version 21, whose index of the log had whole ids."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP INDEX idx_log_entries_row")
        connection.execute("CREATE INDEX idx_log_entries_row_id ON log_entries (row_id)")
        connection.execute("CREATE INDEX idx_claims_last_run ON claims (last_run)")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name > 'm021_z'")
        connection.execute("PRAGMA user_version=21")
        connection.commit()


def logged_and_exported(path: Path) -> list[object]:
    with Ledger.open(path) as ledger:
        exports = [list(ledger.export(name, page="https://desk.example/{id}")) for name in FORMATS]
        return [*(tuple(row.values()) for row in ledger._store.rows(LOG)), *exports]


OLDER = pytest.mark.parametrize("as_before", [as_version_18, as_version_21])


@OLDER
def test_an_upgrade_keeps_every_value_of_the_log(tmp_path: Path, as_before: Callable[[Path], None]) -> None:
    desk = anchored(tmp_path)
    before = logged_and_exported(desk.ledger)
    as_before(desk.ledger)
    assert logged_and_exported(desk.ledger) == before
    assert desk.audit(head=desk.head).faults == ()


def test_a_log_whose_hashes_are_stored_in_full_goes_on(tmp_path: Path) -> None:
    desk = anchored(tmp_path)
    desk.rewrite()  # with every hash in full, as older versions wrote them
    as_version_21(desk.ledger)
    with Ledger.open(desk.ledger) as ledger:
        (before,) = ledger._store.rows("SELECT min(length(hash)) AS digits, count(*) AS rows FROM log")
        record(ledger, build(run="run-9", at="2025-02-01T08:00:00+00:00", address="https://other.example/"), desk)
        after = ledger._store.rows(
            "SELECT length(hash) AS digits FROM log WHERE seq > ? ORDER BY seq", [before["rows"]]
        )
    assert before["digits"] == 64
    assert [row["digits"] for row in after] == [SHORT] * (len(after) - 1) + [64]
    assert [fault for fault in desk.audit(head=desk.head).faults if not fault.row.startswith("captures")] == []


def test_records_with_empty_fields_are_not_written_again(tmp_path: Path) -> None:
    desk = anchored(tmp_path)
    whole = "json_set(attribution, '$.negated', json('false'), '$.outlet', NULL)"  # as older versions wrote them
    desk.rewrite(f"UPDATE claims SET attribution = {whole} WHERE attribution IS NOT NULL")
    with Ledger.open(desk.ledger) as ledger:
        ledger.record(build(run="run-9", at="2025-02-01T08:00:00+00:00"))
        actions = ledger._store.rows("SELECT action, kind FROM log WHERE run = 'run-9'")
    assert ("changed", "claims") not in [(row["action"], row["kind"]) for row in actions]


def test_an_upgrade_keeps_what_was_altered_before_it(tmp_path: Path) -> None:
    desk = anchored(tmp_path)
    desk.edit("UPDATE log_entries SET digest = 'f', hash = 'X' WHERE seq = 12")
    as_version_18(desk.ledger)
    faults = desk.audit(head=desk.head).faults
    assert ("log 12", "log row 12 was altered, or a row before it was replaced") in [(f.row, f.detail) for f in faults]


def test_entries_are_found_by_an_index_whatever_the_id(tmp_path: Path) -> None:
    desk = anchored(tmp_path)
    with Ledger.open(desk.ledger) as ledger:
        add_packing(ledger._store.connection)
        ids = [row["row_id"] for row in ledger._store.rows("SELECT DISTINCT row_id FROM log")]
        sql = entries_of("SELECT packed(?) AS value")
        for row_id in (*ids, "sign_off", "0" * 16):
            same = ledger._store.rows("SELECT seq FROM log WHERE row_id = ? ORDER BY seq", [row_id])
            assert sorted(row["seq"] for row in ledger._store.rows(sql, [row_id, row_id])) == [r["seq"] for r in same]
        plan = " ".join(row["detail"] for row in ledger._store.rows(f"EXPLAIN QUERY PLAN {sql}", ["00", "00"]))
    assert "SEARCH log_entries USING INDEX idx_log_entries_row" in plan


@OLDER
def test_the_bundles_of_claims_are_the_same_after_an_upgrade(tmp_path: Path, as_before: Callable[[Path], None]) -> None:
    desk, at = anchored(tmp_path / "desk"), "2025-02-01T00:00:00+00:00"
    packs = []
    for number in range(2):
        with Ledger.open(desk.ledger) as ledger:
            claims = [row.id for row in ledger.claims() if row.label == "no_source"]
            ledger.bundle(claims, tmp_path / f"{number}.zip", lambda _capture: b"", at=at)
        packs.append((tmp_path / f"{number}.zip").read_bytes())
        as_before(desk.ledger)
    assert claims
    assert packs[0] == packs[1]


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("00ff", b"\x00\xff"),
        ("0123456789abcdef", bytes.fromhex("0123456789abcdef")),
        ("f", "f"),
        ("00FF", "00FF"),
        ("run-1", "run-1"),
        ("sign_off", "sign_off"),
        ("00 ff", "00 ff"),
        ("00ff\n", "00ff\n"),
        ("", ""),
        (None, None),
        (b"\x00", b"\x00"),
        (7, 7),
    ],
)
def test_only_lower_case_hexadecimal_digits_become_bytes(value: object, kept: object) -> None:
    assert packed(value) == kept
