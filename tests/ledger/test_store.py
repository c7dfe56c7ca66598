"""Opening: new, older, newer and foreign files; and what is said of each in one line."""

import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from sample_check import LINES, again, build
from sqlite_utils import Database

from claims.errors import LedgerError
from claims.ledger import store as store_module
from claims.ledger.ledger import Ledger
from claims.ledger.schema import APPEND_ONLY, migrations
from claims.ledger.store import VERSION, Store
from claims.ledger.views import VIEWS
from claims.records import Check

VERSION_1 = Path(__file__).with_name("version1.sql")


def one_line(error: pytest.ExceptionInfo[LedgerError], path: Path) -> str:
    text = str(error.value)
    assert "\n" not in text
    assert str(path) in text
    return text


def test_the_version_is_the_number_of_migrations() -> None:
    assert len(migrations.pending(Database(memory=True))) == VERSION


def test_a_new_ledger_is_made_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "desk.db"
    with Ledger.open(path) as ledger:
        assert not any(ledger.counts().values())
        assert ledger.path == path
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)


def test_a_missing_ledger_is_not_made_by_readers(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    with pytest.raises(LedgerError) as error:
        Ledger.open(path, create=False)
    assert "factdesk check" in one_line(error, path)
    assert not path.exists()


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LedgerError) as error:
        Ledger.open(tmp_path)
    assert "is a folder" in one_line(error, tmp_path)


@pytest.mark.parametrize("content", [b"hello, I am a text file\n" * 100, b"\x89PNG\r\n\x1a\n" + bytes(4096)])
def test_a_file_that_is_not_sqlite_is_refused_and_let_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(LedgerError) as error:
        Ledger.open(path)
    assert "not an SQLite file" in one_line(error, path)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused_and_let_alone(tmp_path: Path) -> None:
    path = tmp_path / "bookmarks.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    before = path.read_bytes()
    with pytest.raises(LedgerError) as error:
        Ledger.open(path)
    assert "not a ledger of Factdesk" in one_line(error, path)
    assert path.read_bytes() == before


def test_a_newer_ledger_is_refused_and_let_alone(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    Ledger.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version={VERSION + 1}")
    with pytest.raises(LedgerError) as error:
        Ledger.open(path)
    assert "newer Factdesk" in one_line(error, path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION + 1,)


@pytest.mark.parametrize("create", [True, False])
def test_an_older_ledger_is_upgraded_in_place(tmp_path: Path, create: bool) -> None:
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(VERSION_1.read_text(encoding="utf-8"))
    with Ledger.open(path, create=create) as ledger:
        assert ledger.counts()["claims"] == 3
        assert [row.statement[:5] for row in ledger.search("peace")] == ["Putin"]
        assert [row.statement[:5] for row in ledger.search("zurich preparations")] == ["Waltz"]
        assert ledger.attachments() == ()
        assert ledger.audit().holds
        recorded = ledger.record(again(build(LINES[:3]), run="run-2", at="2025-01-22T08:00:00+00:00"))
        assert (recorded.added, len(recorded.confirmed)) == ((), 3)
    Ledger.open(path, create=False).close()


@pytest.mark.parametrize("version", range(1, VERSION))
def test_every_version_there_was_is_upgraded(tmp_path: Path, version: int) -> None:
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(VERSION_1.read_text(encoding="utf-8"))
        old = Database(connection, execute_plugins=False)
        migrations.apply(old, stop_before=[later.name for later in migrations.pending(old)][version - 1])
        connection.execute(f"PRAGMA user_version={version}")
    with Ledger.open(path, create=False) as ledger:
        assert len(ledger.claims()) == 3
        ledger.record(build(run="new", address="https://new.example/"))
        assert len(ledger.search("peace")) == 2
        assert ledger.queue()
        assert ledger.audit().holds


def test_views_are_those_of_this_version_after_an_upgrade(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(VERSION_1.read_text(encoding="utf-8"))
        connection.execute("CREATE VIEW current AS SELECT 1 AS outdated")
    with Ledger.open(path) as ledger:
        assert len(ledger.claims()) == 3
    with closing(sqlite3.connect(path)) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
    assert names == set(VIEWS)


def test_a_ledger_that_another_program_holds_is_waited_for_then_named(
    tmp_path: Path, check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "desk.db"
    monkeypatch.setattr(store_module, "BUSY", 0.2)
    with Ledger.open(path) as ledger, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerError) as error:
            ledger.record(check)
        assert "another program" in one_line(error, path)
        assert ledger.claims() == []  # readers are not held up
        other.execute("ROLLBACK")
        ledger.record(check)


# The superuser may write anything, so it becomes nobody once everything is loaded.
READER = """
import os, sys
from pathlib import Path
import sqlite_utils
import claims.ledger.writing.decide
from claims.errors import LedgerError
from claims.ledger.ledger import Ledger
from claims.records import Decision, Review
if os.geteuid() == 0:
    os.setuid(65534)
with Ledger.open(Path(sys.argv[1]), create=False) as ledger:
    rows = ledger.claims()
    try:
        ledger.review(Review(claim=rows[0].id, reviewer="Ana", decision=Decision.CONFIRM, at="2025"))
    except LedgerError as error:
        print(len(rows), error)
"""


@pytest.mark.parametrize("folder_mode", [0o755, 0o555, 0o777])
def test_a_read_only_ledger_can_be_read_and_says_that_it_cannot_be_written(check: Check, folder_mode: int) -> None:
    # Not in tmp_path: nobody else may look in there.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "desk.db"
        with Ledger.open(path) as ledger:
            ledger.record(check)
        path.chmod(0o444)
        folder.chmod(folder_mode)
        command = [sys.executable, "-c", READER, str(path)]
        answer = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2])
        folder.chmod(0o755)
    assert answer.stdout.startswith("9 ")
    assert "read-only" in answer.stdout


def test_a_damaged_ledger_is_named(tmp_path: Path, check: Check) -> None:
    path = tmp_path / "desk.db"
    with Ledger.open(path) as ledger:
        ledger.record(check)
    content = bytearray(path.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(LedgerError) as error, Ledger.open(path, create=False) as ledger:
        ledger.record(again(check, run="run-2", at="2025-01-22T08:00:00+00:00"))
    assert "damaged" in one_line(error, path)


STATEMENTS = (
    "UPDATE {table} SET {key} = {key}",
    "DELETE FROM {table}",
    "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
    "REPLACE INTO {table} SELECT * FROM {table}",
)


@pytest.mark.parametrize("statement", STATEMENTS)
@pytest.mark.parametrize("table", [*APPEND_ONLY, "attachments"])
def test_what_is_only_ever_added_cannot_be_changed(tmp_path: Path, check: Check, table: str, statement: str) -> None:
    from review_sample import reviewed

    path = tmp_path / "desk.db"
    with Ledger.open(path) as ledger:
        reviewed(ledger, check)
    # Another program's connection, with none of our settings.
    with closing(sqlite3.connect(path)) as connection:
        key = {"log_entries": "seq", "log_parts": "part"}.get(table, "id")
        count = f"SELECT count(*), max({key}) FROM {table}"
        before = connection.execute(count).fetchone()
        assert before[0] > 0
        with pytest.raises(sqlite3.IntegrityError, match="only ever added"):
            connection.execute(statement.format(table=table, key=key))
        assert connection.execute(count).fetchone() == before


def test_a_replacement_under_a_new_id_is_refused_too(tmp_path: Path, check: Check) -> None:
    path = tmp_path / "desk.db"
    with Ledger.open(path) as ledger:
        ledger.record(check)
    with closing(sqlite3.connect(path)) as connection:
        columns = [name for _, name, *_ in connection.execute("PRAGMA table_info(verdicts)")]
        values = ", ".join("'forged'" if name == "id" else name for name in columns)
        with pytest.raises(sqlite3.IntegrityError, match="only ever added"):
            connection.execute(f"INSERT OR REPLACE INTO verdicts SELECT {values} FROM verdicts")


def test_compacting_the_file_keeps_search_in_step(tmp_path: Path, check: Check) -> None:
    path = tmp_path / "desk.db"
    with Ledger.open(path) as ledger:
        ledger.record(check)
        before = ledger.search("peace")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM")
    with Ledger.open(path) as ledger:
        assert ledger.search("peace") == before != []


def test_reading_loads_nothing_heavy(tmp_path: Path, check: Check) -> None:
    path = tmp_path / "desk.db"
    with Ledger.open(path) as ledger:
        ledger.record(check)
    script = (
        "import sys; from pathlib import Path; from claims.ledger.ledger import Ledger\n"
        f"with Ledger.open(Path({str(path)!r}), create=False) as ledger:\n"
        "    assert len(ledger.claims()) == 9 and ledger.search('peace') and ledger.show(ledger.claims()[0].id)\n"
        "heavy = {'sqlite_utils', 'spacy', 'pydantic', 'prefect', 'httpx', 'datasette', 'numpy'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=Path(__file__).parents[2])


def test_a_closed_ledger_says_so(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "desk.db", create=True)
    store.close()
    with pytest.raises(LedgerError, match="closed"):
        store.rows("SELECT 1")


def test_no_query_has_numbered_placeholders() -> None:
    """Python 3.12 warns of ?1 where the values are a sequence, and 3.14 refuses it."""
    folder = Path(store_module.__file__).parent
    assert not [path.name for path in folder.rglob("*.py") if re.search(r"\?\d", path.read_text(encoding="utf-8"))]
