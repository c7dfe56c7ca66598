"""The overview counts tables by their last row, and gets the numbers that counting gets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from datasette.database import Database
from sample_check import LINES, build

from claims.ledger.ledger import Ledger
from review.desk import desk
from review.lists import bounds
from review.lists.counts import LedgerDatabase


async def test_the_counts_are_those_of_all_rows(app: Any, ledger_path: Any) -> None:
    database = app.get_database("ledger")
    assert isinstance(database, LedgerDatabase)
    counts, every = await database.table_counts(1000), await Database.table_counts(database, 1000)
    assert {name: n for name, n in counts.items() if "_fts" not in name} == {
        name: n for name, n in every.items() if "_fts" not in name
    }
    assert counts["claims"] == len(Ledger.open(ledger_path).claims())
    assert {n for name, n in counts.items() if "_fts" in name} == {None}


async def test_an_empty_ledger_has_no_rows(app: Any, tmp_path: Any) -> None:
    Ledger.open(tmp_path / "new.db").close()
    database = app.add_database(LedgerDatabase(app, str(tmp_path / "new.db")), name="new")
    counts = await database.table_counts()
    assert {name: n for name, n in counts.items() if n and name != "_sqlite_migrations"} == {}


async def test_a_table_that_takes_too_long_is_not_counted(app: Any) -> None:
    endless = "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n)"
    database = app.get_database("ledger")
    assert await database._counted(f'standings", {endless}, "tallies', 20) is None


@pytest.mark.parametrize(("large", "counted"), [(10_000, True), (3, False)])
async def test_a_large_ledger_counts_only_what_an_index_finds(
    app: Any, monkeypatch: pytest.MonkeyPatch, large: int, counted: bool
) -> None:
    monkeypatch.setattr(bounds, "LARGE", large)
    keys = await app.get_database("ledger").get_all_foreign_keys()
    run = {(key["other_table"], key["other_column"]) for key in keys["runs"]["incoming"]}
    assert (("claims", "first_run") in run) is counted
    assert ("runs", "article") in {(key["other_table"], key["other_column"]) for key in keys["articles"]["incoming"]}
    verdicts = {(key["other_table"], key["other_column"]) for key in keys["claims"]["incoming"]}
    assert {("verdicts", "claim"), ("citations", "claim"), ("reviews", "claim")} <= verdicts
    assert {key["column"] for key in keys["verdicts"]["outgoing"]} == {"claim", "run", "previous"}
    assert (await app.client.get("/ledger/runs/run-1")).status_code == 200


async def test_the_lists_are_of_the_file_that_is_there_now(app: Any, ledger_path: Path, tmp_path: Path) -> None:
    database = app.get_database("ledger")
    count = "SELECT count(*) FROM claims"
    before = (await database.execute(count)).rows[0][0]
    with Ledger.open(tmp_path / "other.db") as other:
        other.record(build(LINES[:2]))
    for part in ("-wal", "-shm"):
        ledger_path.with_name(f"{ledger_path.name}{part}").unlink(missing_ok=True)
    (tmp_path / "other.db").rename(ledger_path)
    now = [(await database.execute(count)).rows[0][0] for _ in range(9)]  # whichever thread answers
    assert (before, now) == (9, [2] * 9)


def files(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if not file.name.endswith(("-wal", "-shm")))


@pytest.mark.parametrize("name", ["C#/desk.db", "a?mode=rwc.db", "50%25.db"])
async def test_the_desk_opens_the_ledger_and_no_other_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    with Ledger.open(path) as ledger:
        ledger.record(build())
    before = files(tmp_path)
    app = desk(path)
    await app.invoke_startup()
    assert (await app.client.get("/ledger/claims.json?_shape=array")).json()[0]["kind"] == "statement"
    assert (await app.client.get("/queue")).status_code == 200
    assert files(tmp_path) == before
