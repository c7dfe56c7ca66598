"""A check from end to end through the real doors: run twice, killed anywhere, watched stage by stage."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from claims.ledger.ledger import Ledger
from claims.records import Label, Reason
from flows.checks import pipeline
from flows.checks.conductor import Conductor, Progress, Stage
from flows.config.setup import CheckOptions, Setup, setup
from sources.errors import ArchiveError, UnreadableError

ROOT = Path(__file__).parents[2]
ARTICLE = ROOT / "examples" / "inauguration" / "article.html"
ARCHIVE = ROOT / "examples" / "inauguration" / "sources.warc.gz"


@pytest.fixture
def how(tmp_path: Path) -> Setup:
    return setup(CheckOptions(ledger=str(tmp_path / "desk.db"), replay=str(ARCHIVE)))


def check(source: Path, how: Setup, conductor: Conductor | None = None) -> pipeline.Check:
    return asyncio.run(pipeline.check(str(source), how, conductor))


def counts(how: Setup) -> dict[str, int]:
    with Ledger.open(how.ledger, create=False) as ledger:
        assert ledger.audit().holds
        return ledger.counts()


def test_checked_twice_adds_a_run_and_nothing_else(how: Setup) -> None:
    first = check(ARTICLE, how)
    before = counts(how)
    second = check(ARTICLE, how)
    after = counts(how)
    assert first.run.id != second.run.id
    assert before["articles"] == 1
    assert before["runs"] == 1
    assert before["verdicts"] == len(first.verdicts) == before["claims"]
    assert after["runs"] == 2
    for table in ("articles", "claims", "citations", "captures", "verdicts", "evidence"):
        assert after[table] == before[table], table


def test_every_claim_has_one_verdict_of_its_run(how: Setup) -> None:
    done = check(ARTICLE, how)
    assert [verdict.claim for verdict in done.verdicts] == [claim.id for claim in done.extraction.claims]
    assert {verdict.run for verdict in done.verdicts} == {done.run.id}
    for claim in done.extraction.claims:
        assert " ".join(done.article.text[start:end] for start, end in claim.spans) == claim.text
    for verdict in done.verdicts:
        assert verdict.rationale
        assert 0 <= verdict.confidence <= 1


def test_the_watcher_sees_every_stage_in_order(how: Setup) -> None:
    seen: list[Progress] = []
    check(ARTICLE, how, Conductor(seen.append))
    assert list(dict.fromkeys(progress.stage for progress in seen)) == [
        stage for stage in Stage if stage is not Stage.EXAMINE
    ]
    assert [progress.done for progress in seen] == sorted(progress.done for progress in seen)
    assert seen[-1].done == seen[-1].total


def test_offline_every_source_is_unavailable_and_none_is_called_silent(tmp_path: Path) -> None:
    done = check(ARTICLE, setup(CheckOptions(ledger=str(tmp_path / "desk.db"), offline=True)))
    assert done.readings
    assert {reading.source.reason for reading in done.readings} == {Reason.OFFLINE}
    labels = {verdict.label for verdict in done.verdicts}
    assert labels == {Label.SOURCE_UNAVAILABLE, Label.NO_SOURCE, Label.NOT_CHECKABLE}


def test_what_cannot_be_read_leaves_no_ledger_behind(tmp_path: Path, how: Setup) -> None:
    with pytest.raises(UnreadableError):
        check(tmp_path / "missing.html", how)
    assert not how.ledger.exists()


def test_a_missing_archive_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"nowhere\.warc\.gz"):
        check(ARTICLE, setup(CheckOptions(ledger=str(tmp_path / "desk.db"), replay=str(tmp_path / "nowhere.warc.gz"))))


KILLED = """
import asyncio, os, signal, sys
from flows.checks import pipeline
from flows.checks.conductor import Conductor
from flows.config.setup import CheckOptions, setup

source, ledger, archive, stage, moment = sys.argv[1:]

def watch(progress):
    if progress.stage == stage and progress.done >= int(moment):
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(pipeline.check(source, setup(CheckOptions(ledger=ledger, replay=archive)), Conductor(watch)))
"""


@pytest.mark.parametrize(
    ("stage", "done"),
    [
        ("sources", 4),
        ("ledger", 0),
        pytest.param("read", 1, marks=pytest.mark.long),
        pytest.param("claims", 2, marks=pytest.mark.long),
        pytest.param("judge", 2, marks=pytest.mark.long),
        pytest.param("ledger", 99, marks=pytest.mark.long),
    ],
)
def test_killed_anywhere_the_next_run_completes(how: Setup, stage: str, done: int) -> None:
    # "ledger 0" dies just before the transaction; "ledger 99" is never reached, and shows that the script itself works.
    command = [sys.executable, "-c", KILLED, str(ARTICLE), str(how.ledger), str(ARCHIVE), stage, str(done)]
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    assert code == (0 if done == 99 else -signal.SIGKILL)
    if how.ledger.exists():
        assert counts(how)["runs"] == (1 if done == 99 else 0)
    whole = check(ARTICLE, how)
    after = counts(how)
    assert after["articles"] == 1
    assert after["verdicts"] == after["claims"] == len(whole.verdicts)
