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
from contextlib import chdir, closing, contextmanager
from pathlib import Path

import pytest
from channel import open_channel

from claims.ledger.ledger import Ledger
from flows.commands.ledger.audit import audit_ledger
from flows.config.setup import CheckOptions, setup

ROOT = Path(__file__).parents[2]
# How often it is killed: each time takes some seconds.
KILLS = int(os.environ.get("KILLS", "10"))
ARTICLES_A_KILL = 80  # more than the fastest machine checks until it is killed
LEDGER = "desk.db"
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


@contextmanager
def articles_in(folder: Path, kills: int) -> Iterator[None]:
    """Enough articles for so many kills in a folder, and the pages that they cite on loopback."""
    with open_channel() as channel:
        (folder / "config.yaml").write_text("fetch: {allow_private: true, per_host_delay: 0s}\n")
        for number in range(kills * ARTICLES_A_KILL + 2):
            channel.pages[f"/plan-{number}"] = (200, PAGE.format(n=number))
            (folder / f"article-{number}.html").write_text(ARTICLE.format(n=number, at=channel.address))
        yield


def started(folder: Path, *articles: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", COMMAND, "check", *articles, "--db", LEDGER]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def logged_runs(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM runs").fetchone()[0])


def faults(folder: Path) -> Iterator[str]:
    """What does not hold in the ledger of a check that was killed."""
    with chdir(folder):
        if audit_ledger(setup(CheckOptions(ledger=LEDGER)), None):
            yield "the audit does not hold"
    with Ledger.open(folder / LEDGER, create=False) as opened:
        counts, claims = opened.counts(), {row.claims for row in opened.articles()}
    if len(claims) != 1:
        yield f"half an article: {sorted(claims)} claims"
    if counts["articles"] != counts["runs"] or counts["verdicts"] != counts["claims"]:
        yield f"not all of a check was logged: {counts}"


def killed(folder: Path, kills: int) -> Iterator[tuple[int, list[str]]]:
    """Kill so many checks at random moments: how many articles each had logged, and what does not hold afterwards.

    A last check that nobody kills goes on where the others stopped.
    """
    ledger, moments = folder / LEDGER, random.Random(13)
    assert started(folder, "article-0.html").wait(300) == 0
    done = 1
    for _ in range(kills):
        check = started(folder, *(f"article-{number}.html" for number in range(done, done + ARTICLES_A_KILL)))
        while logged_runs(ledger) == done and check.poll() is None:
            time.sleep(0.005)  # the first of them is logged: from here on articles follow each other
        time.sleep(moments.uniform(0, 1.5))
        check.send_signal(signal.SIGKILL)
        assert check.wait(60) == -signal.SIGKILL, "the check had ended before it was killed"
        before, done = done, logged_runs(ledger)
        yield done - before, list(faults(folder))
    assert started(folder, f"article-{done}.html").wait(300) == 0
    assert logged_runs(ledger) == done + 1


@pytest.mark.long
def test_killed_at_random_moments_every_article_is_whole(tmp_path: Path) -> None:
    with articles_in(tmp_path, KILLS):
        assert [found for _, found in killed(tmp_path, KILLS)] == [[]] * KILLS
