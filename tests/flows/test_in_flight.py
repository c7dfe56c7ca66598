"""Several articles without a runner: the next one is begun while one waits for its sources, in feed runs, too."""

from __future__ import annotations

import asyncio
import http.server
import json
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, ClassVar

import pytest
from click.testing import CliRunner

from claims.ledger.ledger import Ledger
from flows.checks.conductor import Watch
from flows.checks.pipeline import Turn
from flows.cli import factdesk
from flows.runners.in_flight import InFlight, stopped_at_end

_ROOT = Path(__file__).parents[2]
_CHECK = [sys.executable, "-c", "from flows.cli import main; main()", "check"]
_FEED_RUN = """
import asyncio
from flows.watch_feeds import watch_feeds
async def run():
    state = await watch_feeds(return_state=True)
    checked = [address.rpartition("/")[2] for address in await state.aresult(raise_on_failure=False)]
    print(state.name, state.message, *checked, sep=": ")
asyncio.run(run())
"""
_FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>Press</title>{}</channel></rss>'
_PAGE = "<html><head><title>{0}</title></head><body><article><h1>{0}</h1><p>{1}</p></article></body></html>"
_FELLED = "The mayor said on Friday that {} trees were felled in the park behind the town hall."
_SOURCE_OF = {"one": 77, "two": 88}
_HOST_OF = {"one": "127.0.0.1", "two": "127.0.0.2"}  # a host is asked for one thing at a time


class Press(http.server.BaseHTTPRequestHandler):
    """Answers the request for the first article's source when the second one's was made, too, if ``together``."""

    together = True
    second_asked = threading.Event()
    waited: ClassVar[list[bool]] = []
    files: ClassVar[dict[str, str]] = {}

    def do_GET(self) -> None:
        name = self.path.strip("/")
        if name == "two":
            self.second_asked.set()
        elif name == "one" and self.together:
            self.waited.append(self.second_asked.wait(30))
        body = _PAGE.format(name, _FELLED.format(_SOURCE_OF[name])) if name in _SOURCE_OF else self.files.get(name, "")
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the signature is the library's
        pass


@pytest.fixture
def articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    monkeypatch.chdir(tmp_path)
    rules = "allow_private: true, per_host_delay: 0s, robots: false, archive: false"
    Path("config.yaml").write_text(f"judge: lexical\nfetch: {{{rules}}}\n")
    with http.server.ThreadingHTTPServer(("0.0.0.0", 0), Press) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        Press.waited.clear()
        Press.second_asked.clear()
        for name in _SOURCE_OF:
            link = f"<a href='http://{_HOST_OF[name]}:{server.server_address[1]}/{name}'>the Gazette</a>"
            said = f"The mayor said on Friday that 88 trees were felled, {link} reported."
            Path(f"{name}.html").write_text(_PAGE.format(f"Trees {name}", said))
        yield [f"{name}.html" for name in _SOURCE_OF]
        server.shutdown()


def checked(ledger: str, *sources: str) -> list[list[tuple[str, Any]]]:
    """What is printed for each source, without what is new in each run."""
    words = ["check", *sources, "--json", "--db", ledger]
    done = CliRunner().invoke(factdesk, words, obj={"debug": False}, catch_exceptions=False)
    return [_printed(json.loads(line)) for line in done.stdout.splitlines()]


def _printed(document: dict[str, Any]) -> list[tuple[str, Any]]:
    if "claims" not in document:
        return [(document["source"], document["error"])]
    verdicts = ((claim["id"], claim["verdict"]) for claim in document["claims"])
    return [(name, {**verdict, "evidence": len(verdict["evidence"])}) for name, verdict in verdicts]


def test_the_second_article_asks_for_its_source_while_the_first_one_waits(
    articles: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = articles
    pair = checked("pair.db", first, second)
    assert Press.waited == [True]
    monkeypatch.setattr(Press, "together", False)
    together = checked("both.db", first, "missing.html", second)
    assert "no such file" in together[1][0][1]
    alone = [*checked("alone.db", first), *checked("alone.db", second)]
    assert pair == [together[0], together[2]] == alone
    assert [rows[0][1]["label"] for rows in alone] == ["contradicted", "supported"]
    for name, runs in (("both.db", 2), ("pair.db", 2), ("alone.db", 2)):
        with Ledger.open(Path(name), create=False) as ledger:
            assert ledger.audit().holds
            assert ledger.counts()["runs"] == runs


def test_a_copy_of_an_article_is_checked_with_what_the_article_left(
    articles: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Press, "together", False)
    first = Path(articles[0])
    Path("copy.html").write_text(first.read_text())
    pair = checked("pair.db", str(first), "copy.html")
    assert pair == [*checked("serial.db", str(first)), *checked("serial.db", "copy.html")]
    counts = []
    for name in ("pair.db", "serial.db"):
        with Ledger.open(Path(name), create=False) as ledger:
            counts.append(ledger.counts())
    assert counts[0] == counts[1]


@pytest.mark.parametrize("ahead", [True, False])
async def test_no_check_is_begun_ahead_where_it_may_be_made_elsewhere(ahead: bool) -> None:
    begun = []

    async def checking(source: str, _: Watch, turn: Turn | None) -> str:
        begun.append(source)
        return source

    checks = InFlight(["one", "two"], 2, checking)
    if not ahead:
        checks.begin_no_more()
    async with stopped_at_end(checks):
        assert await checks.check("one") == "one"
        await asyncio.sleep(0)
        assert begun == (["one", "two"] if ahead else ["one"])
        assert await checks.check("two") == "two"
    assert begun == ["one", "two"]


@pytest.mark.prefect
def test_a_server_watches_two_checks_at_once(articles: list[str], prefect_environment: dict[str, str]) -> None:
    environment = {**prefect_environment, "PYTHONPATH": str(_ROOT)}
    command = [*_CHECK, *articles, "missing.html", "--json", "--db", "watched.db"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert Press.waited == [True]
    one, two, missing = [_printed(json.loads(line)) for line in done.stdout.splitlines()]
    assert [one, two, missing] == checked("alone.db", *articles, "missing.html")
    with Ledger.open(Path("watched.db"), create=False) as ledger:
        assert ledger.audit().holds
        assert ledger.counts()["runs"] == 2


@pytest.mark.prefect
def test_a_feed_run_checks_two_at_once_and_no_more_than_its_limit(
    articles: list[str], prefect_environment: dict[str, str]
) -> None:
    names = ["gone.html", *articles, "third.html"]
    address = (
        Path(articles[0]).read_text().partition("href='")[2].partition("/one")[0].replace("127.0.0.1", "127.0.0.3")
    )
    items = "".join(f"<item><title>{name}</title><link>{address}/{name}</link></item>" for name in names)
    third = _PAGE.format("Trees three", _FELLED.format(3))
    Press.files.update({name: Path(name).read_text() for name in articles})
    Press.files.update({"feed.xml": _FEED.format(items), "third.html": third})
    with Path("config.yaml").open("a") as config:
        config.write(f"feeds: [{{url: '{address}/feed.xml', limit: 2}}]\n")
    environment = {**prefect_environment, "PYTHONPATH": str(_ROOT)}
    command = [sys.executable, "-c", _FEED_RUN]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "Completed: 2 new articles, 1 unreadable: one.html: two.html"
    assert Press.waited == [True]
    with Ledger.open(Path("factdesk.db"), create=False) as ledger:
        assert ledger.audit().holds
        assert ledger.counts()["runs"] == ledger.counts()["articles"] == 2


@pytest.mark.parametrize("begun", ["", "PRAGMA journal_mode=WAL", "PRAGMA application_id=1"])
def test_a_ledger_that_another_run_has_only_begun_to_make(
    articles: list[str], monkeypatch: pytest.MonkeyPatch, begun: str
) -> None:
    monkeypatch.setattr(Press, "together", False)
    with closing(sqlite3.connect("begun.db")) as connection:
        connection.execute(begun or "VACUUM")
    Path("begun.db").touch()
    [rows] = checked("begun.db", articles[0])
    assert [verdict["label"] for _, verdict in rows] == ["contradicted"]
    with Ledger.open(Path("begun.db"), create=False) as ledger:
        assert ledger.audit().holds
