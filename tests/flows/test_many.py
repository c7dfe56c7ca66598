"""`factdesk check` of many articles: a summary with problems first, --brief, --resume, and what to do next."""

from __future__ import annotations

import asyncio
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from channel import TREES
from click.testing import CliRunner, Result
from newsweb import open_desk

from claims.ledger.ledger import Ledger
from flows.checks import pipeline
from flows.cli import factdesk

ROOT = Path(__file__).parents[2]
ARTICLE = ROOT / "examples" / "inauguration" / "article.html"
ARCHIVE = ROOT / "examples" / "inauguration" / "sources.warc.gz"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "trees.txt").write_text(TREES)
    return tmp_path


def run(*words: object, code: int = 0) -> Result:
    done = CliRunner().invoke(factdesk, list(map(str, words)), obj={"debug": False})
    assert done.exit_code == code, done.output
    return done


def test_the_summary_has_problems_first_and_the_next_step() -> None:
    done = run("check", "trees.txt", ARTICLE, "missing.txt", "--replay", ARCHIVE, code=3)
    lines = done.stdout.splitlines()
    start = lines.index("2 articles checked, 1 could not be read")
    summary = lines[start:]
    assert " contradicted" in summary[1]
    assert summary[2].split() == ["not", "read", "missing.txt"]
    assert re.match(r"  \d contradicted, \d+ review  .*Moscow greets", summary[3])
    assert len({line.index(name) for line, name in ((summary[2], "missing.txt"), (summary[4], "trees.txt"))}) == 1
    assert summary[4].split() == ["ok", "trees.txt"]
    assert "Next: `factdesk review`" in done.stderr
    assert done.stderr.count("factdesk up") == 1


def test_an_article_of_whose_sources_none_was_read_is_not_ok() -> None:
    Path("cited.txt").write_text("The bridge was closed in May, Reuters reported.\n")
    done = run("check", "trees.txt", "cited.txt", "--offline")
    summary = done.stdout.splitlines()[-2:]
    assert summary[0].split() == ["no", "source", "read", "cited.txt"]
    assert summary[1].split() == ["ok", "trees.txt"]
    assert "  no source read" in run("check", "cited.txt", "--offline", "--brief").stdout.splitlines()
    assert "  no source read" not in run("check", "trees.txt", "--offline", "--brief").stdout.splitlines()


def test_one_article_has_no_summary_and_a_known_ledger_gets_no_hint() -> None:
    first, second = run("check", "trees.txt"), run("check", "trees.txt")
    assert "articles checked" not in first.stdout
    assert "factdesk up" in first.stderr
    assert "factdesk up" not in second.stderr


def test_brief_lists_only_what_needs_review_the_most_urgent_first() -> None:
    done = run("check", ARTICLE, "--replay", ARCHIVE, "--brief")
    with Ledger.open(Path("factdesk.db"), create=False) as ledger:
        queue = [row.id[:8] for row in ledger.queue(500)]
    listed = [line.split()[0] for line in done.stdout.splitlines() if line.startswith("  ") and line[2:10].strip()]
    ids = [word for word in listed if word in queue]
    assert sorted(ids) == sorted(queue)
    assert done.stdout.splitlines()[2].split()[:2] == [ids[0], "contradicted"]
    assert len(ids) < int(done.stdout.splitlines()[1].split()[0])  # of all claims


def test_a_run_that_was_stopped_is_resumed() -> None:
    Path("hall.txt").write_text("The mayor opened a hall on Monday.\n")
    run("check", "trees.txt")
    done = run("check", "trees.txt", "hall.txt", "--resume")
    assert "1 article checked, 1 checked before" in done.stdout
    Path("trees.txt").write_text(TREES.replace("20", "30"))  # another article now
    again = run("check", "trees.txt", "hall.txt", "--resume")
    assert "1 article checked, 1 checked before" in again.stdout
    assert "0 articles checked, 2 checked before" in run("check", "trees.txt", "hall.txt", "--resume").stdout
    with Ledger.open(Path("factdesk.db"), create=False) as ledger:
        assert ledger.counts()["runs"] == 3


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("https://desk.example/ruble", False),
        ("HTTP://www.desk.example/ruble/", False),
        ("https://desk.example/dollar", True),
        ("ftp://desk.example/ruble", True),
        ("trees.txt", False),
        ("missing.txt", True),
        ("-", True),
    ],
)
def test_what_the_ledger_has_is_left_out(folder: Path, source: str, left: bool) -> None:
    desk = open_desk(folder)
    assert asyncio.run(pipeline.unchecked([source], desk.offline)) == [source]  # there is no ledger yet
    for article in (str(desk.article), "trees.txt"):
        asyncio.run(pipeline.check(article, desk.offline))
    sources = ["-", source, "https://desk.example/ruble", "other.txt"]
    expected = ["-", *([source] if left else []), "other.txt"]
    assert asyncio.run(pipeline.unchecked(sources, desk.offline)) == expected


def test_several_labels_and_the_queue_can_be_listed() -> None:
    run("check", ARTICLE, "--replay", ARCHIVE)

    def labels(*words: str) -> set[str]:
        rows = run("list", "--json", "--limit", 500, *words).stdout.splitlines()
        return {row.split('"label": "')[1].split('"')[0] for row in rows}

    assert labels("--label", "contradicted", "--label", "misattributed") == {"contradicted", "misattributed"}
    assert labels("--label", "contradicted") == {"contradicted"}
    assert labels("--queue", "--label", "misattributed") == {"misattributed"}
    assert len(labels("--queue")) > 2
    run("list", "--queue", "--outlet", "wsj", code=2)


def test_the_terminal_shows_one_progress_for_all_articles(folder: Path) -> None:
    (folder / "hall.txt").write_text("The mayor opened a hall on Monday.\n")
    main, side = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "100"}
    command = [sys.executable, "-c", "from flows.cli import main; main()", "check", "trees.txt", "hall.txt", "--brief"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=side, text=True) as process:
        os.close(side)
        shown = b""
        try:
            while part := os.read(main, 65536):
                shown += part
        except OSError:  # the other side was closed
            pass
        assert process.stdout is not None
        printed = process.stdout.read()
        assert process.wait(60) == 0
    os.close(main)
    assert b"1/2" in shown
    assert b"2/2" in shown
    assert "2 articles checked" in printed
    assert "\x1b" not in printed
