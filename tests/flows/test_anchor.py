"""The head of a run is noted among the captures and stamped by an authority; an audit compares both with the log."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from authority import Authority, serving
from click.testing import CliRunner, Result
from newsweb import Desk, open_desk

from flows.checks import pipeline
from flows.checks.anchor import noted, stamps_of
from flows.cli import factdesk
from flows.config.settings import Anchor
from sources.captures.heads import files, noted_heads

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def authority(made: Authority) -> Iterator[Authority]:
    made.answer = "stamp"
    made.asked.clear()
    with serving(made) as served:
        yield served


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk whose article names no source: nothing is fetched for it."""
    monkeypatch.chdir(tmp_path)
    desk = open_desk(tmp_path)
    desk.article = desk.write("In Yekaterinburg, a brewery renamed its dark beer on Monday.", name="beer.html")
    desk.setup = replace(desk.setup, judge="lexical")
    return desk


def audit(desk: Desk, *words: str) -> Result:
    return CliRunner().invoke(factdesk, ["audit", "--db", str(desk.setup.ledger), *words], obj={"debug": True})


def checked(desk: Desk, authority: Authority | None = None) -> str:
    """Check the article; the head that the run left."""
    anchor = Anchor(tsa=authority.url if authority else "")
    how = replace(desk.setup, settings=desk.setup.settings.model_copy(update={"anchor": anchor}))
    done = asyncio.run(pipeline.check(str(desk.article), how))
    with desk.ledger() as ledger:
        head = ledger.head(done.run.id)
    assert head is not None
    return head.hash


def test_the_head_of_every_run_is_noted_among_the_captures(desk: Desk) -> None:
    heads = [checked(desk), checked(desk)]
    (file,) = files(desk.setup.captures)
    assert [head.hash for head in noted_heads(file)] == heads
    assert heads[0] != heads[1]
    done = audit(desk, "--head", heads[0])
    assert (done.exit_code, "no errors" in done.output) == (0, True)


def test_a_ledger_that_was_cut_is_found_by_what_the_captures_noted(desk: Desk) -> None:
    checked(desk)
    shutil.copy(desk.setup.ledger, desk.folder / "older.db")
    with closing(sqlite3.connect(desk.setup.ledger)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    older = desk.setup.ledger.read_bytes()
    head = checked(desk)
    for path in desk.folder.glob("desk.db*"):
        path.unlink()
    desk.setup.ledger.write_bytes(older)
    done = audit(desk)
    assert done.exit_code == 1
    assert f"head {head}" in done.output
    assert "older or was truncated" in done.output
    assert "older than it or was rewritten" in audit(desk, "--head", head).output


def test_the_audit_of_what_is_no_ledger_says_so(desk: Desk) -> None:
    desk.setup.ledger.write_bytes(b"")
    done = audit(desk)
    assert "is empty, so it is not a ledger" in str(done.exception)


def test_an_authority_stamps_the_head_and_openssl_verifies_it(desk: Desk, authority: Authority) -> None:
    head = checked(desk, authority)
    (stamp,) = stamps_of(desk.setup.ledger).iterdir()
    assert stamp.name == f"{head}.tsr"
    assert authority.holds(stamp, head)
    assert not authority.holds(stamp, "0" * 64)
    assert authority.asked == [("/tsr?token=s3cretOfTheDesk", "application/timestamp-query")]
    assert stat.S_IMODE(stamp.stat().st_mode) == 0o600
    assert stat.S_IMODE(stamp.parent.stat().st_mode) == 0o700
    assert audit(desk).exit_code == 0


def test_a_stamp_of_another_head_or_a_later_one_is_named(desk: Desk, authority: Authority) -> None:
    head = checked(desk, authority)
    folder = stamps_of(desk.setup.ledger)
    (folder / f"{head}.tsr").rename(folder / f"{'f' * 64}.tsr")
    (folder / f"{'e' * 64}.tsr").write_bytes(b"no stamp")
    done = audit(desk)
    assert done.exit_code == 1
    assert "is the time stamp of another head" in done.output
    assert "is not a readable time stamp" in done.output
    with desk.ledger() as ledger:
        assert ledger.audit().holds


def test_a_ledger_older_than_its_stamp_is_named(desk: Desk, authority: Authority) -> None:
    head = checked(desk, authority)
    stamps = stamps_of(desk.setup.ledger)
    other = open_desk(desk.folder / "other") if (desk.folder / "other").mkdir() is None else desk
    other.article, other.setup = desk.article, replace(other.setup, judge="lexical")
    checked(other)
    shutil.copytree(stamps, stamps_of(other.setup.ledger))
    heads, damaged = noted(other.setup.ledger, other.setup.captures)
    with other.ledger() as ledger:
        found = ledger.audit(noted=heads).faults
    assert (damaged, [fault.row for fault in found]) == ([], [f"head {head}"])


@pytest.mark.parametrize(
    ("answer", "path", "said"),
    [
        ("refuse", "/tsr", "refused"),
        ("old", "/tsr", "the time stamp of another request"),
        ("stamp", "/elsewhere", "it answered with status 404"),
    ],
)
def test_an_authority_that_does_not_stamp_is_said_and_stops_nothing(
    desk: Desk, authority: Authority, caplog: pytest.LogCaptureFixture, answer: str, path: str, said: str
) -> None:
    checked(desk, authority)
    authority.answer = answer
    authority.url = authority.url.replace("/tsr", path)
    head = checked(desk, authority)
    (line,) = [record.getMessage() for record in caplog.records if record.name == "factdesk.anchor"]
    assert said in line
    assert "\n" not in line
    assert "s3cret" not in line
    assert not (stamps_of(desk.setup.ledger) / f"{head}.tsr").exists()
    assert audit(desk).exit_code == 0


def test_an_authority_that_cannot_be_reached_is_said_and_stops_nothing(
    desk: Desk, made: Authority, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(made):
        pass
    checked(desk, made)
    (line,) = [record.getMessage() for record in caplog.records if record.name == "factdesk.anchor"]
    assert line.startswith("factdesk: no time stamp of the log's head from http://127.0.0.1")
    assert "no connection" in line
    assert "s3cret" not in line


def test_captures_that_cannot_be_written_stop_no_check(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.setup.captures.write_text("a file where the folder should be")
    checked(desk)
    (line,) = [record.getMessage() for record in caplog.records if record.name == "factdesk.anchor"]
    assert "was not recorded among the captures" in line
