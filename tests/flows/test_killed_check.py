"""`check` killed at random moments while it reads, judges and writes: no half article, and the audit holds."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from channel import open_channel

from claims.ledger.ledger import Ledger
from flows.commands.ledger.audit import audit_ledger
from flows.config.setup import CheckOptions, setup

ROOT = Path(__file__).parents[2]
# How often it is killed: each time takes some seconds.
KILLS = int(os.environ.get("KILLS", "10"))
ARTICLES_A_KILL = 30
PAGE = """<html><head><title>Plan {n}</title></head><body><article><h1>The plan of harbour {n}</h1>
<p>Ministers agreed on Monday night to cut the budget of harbour {n} by five percent, the treasury said.</p>
<p>Parliament has to vote on the plan before the end of March, and the government has a majority of three.</p>
</article></body></html>"""
ARTICLE = """<html><head><title>The cut {n}</title></head><body><article><h1>The cut in harbour {n}</h1>
<p>Ministers agreed on Monday night to <a href="{at}/plan-{n}">cut the budget of harbour {n}</a> by five percent.</p>
<p>Parliament has to vote on the plan <a href="{at}/plan-{n}">before the end of March</a>, the treasury said.</p>
<p>The government has a majority of three, <a href="{at}/plan-{n}">the paper on harbour {n} says</a>.</p>
</article></body></html>"""
COMMAND = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from flows.cli import main; main()"


@pytest.fixture
def desk_folder(tmp_path: Path) -> Iterator[Path]:
    with open_channel() as channel:
        (tmp_path / "config.yaml").write_text("fetch: {allow_private: true, per_host_delay: 0s}\n")
        for number in range(KILLS * ARTICLES_A_KILL + 2):
            channel.pages[f"/plan-{number}"] = (200, PAGE.format(n=number))
            (tmp_path / f"article-{number}.html").write_text(ARTICLE.format(n=number, at=channel.address))
        yield tmp_path


def started(folder: Path, *articles: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", COMMAND, "check", *articles, "--db", "desk.db"]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def logged_runs(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM runs").fetchone()[0])


@pytest.mark.long
def test_killed_at_random_moments_every_article_is_whole(
    desk_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(desk_folder)
    how = setup(CheckOptions(ledger="desk.db"))
    ledger, moments = desk_folder / "desk.db", random.Random(13)
    assert started(desk_folder, "article-0.html").wait(300) == 0
    done = 1
    for kill in range(KILLS):
        articles = [f"article-{number}.html" for number in range(done, done + ARTICLES_A_KILL)]
        check = started(desk_folder, *articles)
        while logged_runs(ledger) == done and check.poll() is None:
            time.sleep(0.005)  # the first of them is logged: from here on articles follow each other
        time.sleep(moments.uniform(0, 1.5))
        check.send_signal(signal.SIGKILL)
        assert check.wait(60) == -signal.SIGKILL, f"kill {kill}"
        assert audit_ledger(how, None) == 0, f"kill {kill}: {capsys.readouterr().out}"
        with Ledger.open(ledger, create=False) as opened:
            counts = opened.counts()
            assert {row.claims for row in opened.articles()} == {opened.articles()[-1].claims}, f"kill {kill}"
        assert counts["articles"] == counts["runs"]
        assert counts["verdicts"] == counts["claims"]
        done = counts["runs"]
    assert started(desk_folder, f"article-{done}.html").wait(300) == 0
    assert logged_runs(ledger) == done + 1
