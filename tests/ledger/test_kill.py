"""Killed at any moment, a ledger has all of an article or nothing of it; several programs write at once."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from sample_check import again, build
from test_log_tables import as_version_21

from claims.ledger.ledger import Ledger
from claims.ledger.store import Store

HERE = Path(__file__).parent

# Kills itself, as SIGKILL does, before the n-th statement that the connection runs.
KILLED = """
import os, signal, sys
sys.path[:0] = sys.argv[1].split(os.pathsep)
from pathlib import Path
from sample_check import build
from claims.ledger.ledger import Ledger
from claims.ledger.writing.record import record
from claims.ledger.store import Store

left = int(sys.argv[3])
def count(statement):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
store = Store.open(Path(sys.argv[2]), create=True)
store.connection.set_trace_callback(count)
record(store, build())
"""

WRITER = """
import os, sys
sys.path[:0] = sys.argv[1].split(os.pathsep)
from pathlib import Path
from sample_check import build
from claims.ledger.ledger import Ledger

who = sys.argv[3]
for number in range(int(sys.argv[4])):
    with Ledger.open(Path(sys.argv[2])) as ledger:
        ledger.record(build(run=f"{who}-{number}", address=f"https://{who}.example/{number}"))
        ledger.record(build(run=f"{who}-{number}-shared", address="https://shared.example/"))
    print(number, flush=True)
"""


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, os.pathsep.join((str(HERE), str(HERE.parent))), *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=HERE.parents[1])


def statements(path: Path) -> int:
    """How many statements it takes to log the check."""
    seen: list[str] = []
    store = Store.open(path, create=True)
    store.connection.set_trace_callback(seen.append)
    with Ledger(store) as ledger:
        ledger.record(build())
    return len(seen)


def test_killed_at_any_statement_nothing_is_half_there(tmp_path: Path) -> None:
    total = statements(tmp_path / "whole.db")
    for point in sorted({1, 2, 5, total // 4, total // 2, 3 * total // 4, total - 2, total - 1, total}):
        path = tmp_path / f"killed-{point}.db"
        child = start(KILLED, path, point)
        child.communicate(timeout=60)
        assert child.returncode == -signal.SIGKILL
        with Ledger.open(path, create=False) as ledger:
            assert not any(ledger.counts().values()), f"killed before statement {point} of {total}"
            assert ledger.audit().holds
            ledger.record(build())
            assert ledger.counts()["claims"] == 9
            assert ledger.audit().holds


def test_killed_by_the_clock_every_article_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "clock.db"
    child = start(WRITER, path, "a", 500)
    assert child.stdout is not None
    child.stdout.readline()
    time.sleep(0.25)
    child.kill()
    child.communicate(timeout=60)
    with Ledger.open(path, create=False) as ledger:
        articles = ledger.articles()
        assert len(articles) >= 2
        assert {article.claims for article in articles} == {9}
        assert ledger.counts()["verdicts"] == 9 * len(articles)
        assert ledger.audit().holds
        ledger.record(again(build(), run="after", at="2025-02-01T00:00:00+00:00"))


def test_several_programs_make_and_write_one_ledger(tmp_path: Path) -> None:
    path = tmp_path / "shared.db"
    children = [start(WRITER, path, who, 6) for who in ("a", "b", "c")]
    for child in children:
        child.communicate(timeout=120)
        assert child.returncode == 0
    with Ledger.open(path, create=False) as ledger:
        counts = ledger.counts()
        assert (counts["articles"], counts["runs"]) == (3 * 6 + 1, 2 * 3 * 6)
        assert counts["verdicts"] == 9 * counts["articles"]
        assert ledger.audit().holds


def start_counted(path: Path, point: int) -> subprocess.Popen[str]:
    """A program that kills itself before the n-th statement, the first of which is of the opening of the ledger."""
    script = KILLED.replace(
        "store = Store.open(Path(sys.argv[2]), create=True)\nstore.connection.set_trace_callback(count)",
        "import sqlite3\n"
        "class Counted(sqlite3.Connection):\n"
        "    def __init__(self, *a, **k):\n"
        "        super().__init__(*a, **k)\n"
        "        self.set_trace_callback(count)\n"
        "real = sqlite3.connect\n"
        "sqlite3.connect = lambda *a, **k: real(*a, **k, factory=Counted)\n"
        "store = Store.open(Path(sys.argv[2]), create=True)",
    )
    return start(script, path, point)


@pytest.mark.parametrize("point", [1, 6, 25, 60])
def test_killed_while_it_is_made_a_ledger_can_be_made(tmp_path: Path, point: int) -> None:
    path = tmp_path / "new.db"
    child = start_counted(path, point)
    child.communicate(timeout=60)
    assert child.returncode == -signal.SIGKILL
    with Ledger.open(path) as ledger:
        ledger.record(build())
        assert ledger.audit().holds


@pytest.mark.parametrize("point", [8, 16, 24])
def test_killed_while_it_is_upgraded_a_ledger_is_upgraded_later(tmp_path: Path, point: int) -> None:
    path = tmp_path / "old.db"
    with Ledger.open(path) as ledger:
        ledger.record(build())
        head = ledger.audit().head
    as_version_21(path)
    child = start_counted(path, point)
    child.communicate(timeout=60)
    assert child.returncode == -signal.SIGKILL
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (21,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with Ledger.open(path, create=False) as ledger:
        assert ledger.audit(head=head).holds
        assert ledger.counts()["claims"] == 9
