"""A source that is changed after it was checked: told when it is looked at again, shown, and listed with its past."""

from __future__ import annotations

import asyncio
import contextlib
import http.server
import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from click.testing import CliRunner, Result

from claims.ledger.ledger import Ledger
from claims.records import Label
from flows.checks import pipeline
from flows.cli import factdesk
from flows.config.setup import CheckOptions, setup

SOURCE = """<html><head><title>{title}</title><meta property="article:published_time" content="2026-01-20"></head>
<body><article><h1>{title}</h1><p>{first}</p>
<p>Parliament has to vote on the plan before the end of March, and the government has a majority of three seats.</p>
<p>The harbour workers had threatened to walk out twice during the night of talks in a hotel by the airport.</p>
{more}</article></body></html>"""
THEN = "Ministers agreed on Monday night to cut the harbour budget by five percent, the treasury said in a statement."
ARTICLE = """<html><head><title>The cut</title></head><body><article><h1>The cut</h1>
<p>Ministers agreed on Monday night to <a href="{url}">cut the harbour budget</a> by five percent, it said.</p>
<p>The weather in the harbour was calm while the talks went on for the whole of the night, and nobody slept.</p>
</article></body></html>"""


class Pages(http.server.BaseHTTPRequestHandler):
    """A site of which one page changes."""

    served: ClassVar[dict[str, tuple[int, str]]] = {}

    def do_GET(self) -> None:
        status, body = self.served.get(self.path, (404, "<p>not here</p>"))
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the signature is the library's
        pass


class Desk:
    """A desk in a folder of its own, and the page that its article leans on."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.asked = CheckOptions(config="config.yaml", ledger="desk.db")

    def publish(self, first: str = THEN, title: str = "The harbour plan", more: str = "", status: int = 200) -> None:
        Pages.served["/plan"] = (status, SOURCE.format(first=first, title=title, more=more))

    def check(self) -> str:
        """Check the article; the id of the claim that leans on the page."""
        done = asyncio.run(pipeline.check("article.html", setup(self.asked)))
        claim = next(claim for claim in done.extraction.claims if "five percent" in claim.text)
        assert done.verdict_of[claim.id].label is Label.SUPPORTED
        return claim.id

    def run(self, *arguments: str) -> Result:
        config = [] if arguments[0] == "init" else ["--config", "config.yaml", "--db", "desk.db"]
        return CliRunner().invoke(factdesk, [*arguments, *config], obj={"debug": False}, catch_exceptions=False)


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Desk, str]]:
    """A folder with the article checked once, its desk, and the claim that leans on the page."""
    folder = tmp_path_factory.mktemp("checked")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    desk = Desk(f"http://127.0.0.1:{server.server_address[1]}/plan")
    with contextlib.chdir(folder):
        Path("config.yaml").write_text("fetch: {allow_private: true, per_host_delay: 0s}\n")
        Path("article.html").write_text(ARTICLE.format(url=desk.url))
        desk.publish()
        claim = desk.check()
    yield folder, desk, claim
    server.shutdown()
    server.server_close()


@pytest.fixture
def desk(checked: tuple[Path, Desk, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    folder, desk, _ = checked
    monkeypatch.chdir(shutil.copytree(folder, tmp_path / "desk"))
    desk.publish()
    return desk


@pytest.fixture
def claim(checked: tuple[Path, Desk, str]) -> str:
    return checked[2]


def test_a_number_changed_in_silence_is_told_with_the_claim_and_both_captures(desk: Desk, claim: str) -> None:
    desk.publish(first=THEN.replace("five", "nine"))
    out = desk.run("recheck").output
    assert "changed between" in out
    assert "[-five-] {+nine+}" in out
    assert f"a verdict relies on it ({claim[:8]})" in out
    assert out.count("SHA-256") == 2
    with Ledger.open(Path("desk.db"), create=False) as ledger:
        assert ledger.show(claim).verdict.label is Label.CONTRADICTED
        assert ledger.audit().holds
    shown = desk.run("show", claim).output
    assert "[-five-] {+nine+}" in shown
    (change,) = json.loads(desk.run("show", claim, "--json").stdout)["changed"]
    assert change["relied"][0]["claims"] == [claim]
    assert change["before"] != change["after"]


def test_a_passage_that_is_gone_is_told_and_stays_told(desk: Desk, claim: str) -> None:
    desk.publish(first="The treasury did not answer questions about the harbour on Tuesday.", title="Harbour: no plan")
    out = desk.run("recheck").output
    assert f"gone: “{THEN}” — a verdict relies on it ({claim[:8]})" in out
    assert "title: The harbour plan → Harbour: no plan" in out
    assert "changed" not in desk.run("recheck").output  # nothing new since
    assert f"gone: “{THEN}”" in " ".join(desk.run("show", claim).output.split())


def test_a_change_elsewhere_on_the_page_is_only_counted(desk: Desk, claim: str) -> None:
    desk.publish(more="<p>An earlier version of this text gave a wrong name for the hotel by the airport.</p>")
    out = desk.run("recheck").output
    assert "a verdict relies on it" not in out
    assert "1 sentence that no verdict relies on" in out
    with Ledger.open(Path("desk.db"), create=False) as ledger:
        assert ledger.show(claim).verdict.label is Label.SUPPORTED


def test_a_page_that_stayed_and_one_that_only_looks_different_are_no_news(desk: Desk, claim: str) -> None:
    assert "changed" not in desk.run("recheck").output
    desk.publish(first=THEN.replace(" ", "  "))
    assert "changed" not in desk.run("recheck").output
    assert "changed" not in desk.run("show", claim).output


def test_a_page_that_was_taken_down_is_told_with_the_capture_of_then(desk: Desk, claim: str) -> None:
    desk.publish(status=410)
    out = desk.run("recheck").output
    assert "could be read on" in out
    assert "cannot now" in out
    assert "before: factdesk-" in out
    assert "cannot now" in " ".join(desk.run("show", claim).output.split())


def test_what_another_article_leaned_on_counts_as_well(desk: Desk) -> None:
    desk.publish(first=THEN + " Nobody was happy with it, a person in the room said.")
    Path("article.html").write_text(ARTICLE.format(url=desk.url).replace("The weather", "All the while, the weather"))
    shown = " ".join(desk.run("show", desk.check()).output.split())
    assert "1 sentence that no verdict relies on" in shown


def test_a_page_that_goes_back_to_what_it_was_is_told_too(desk: Desk, claim: str) -> None:
    for number in ("nine", "five"):
        desk.publish(first=THEN.replace("five", number))
        assert f"{{+{number}+}}" in desk.run("recheck").output
    shown = " ".join(desk.run("show", claim).output.split())
    assert shown.index("[-five-] {+nine+}") < shown.index("[-nine-] {+five+}")


def test_the_history_of_an_address(desk: Desk) -> None:
    desk.publish(first=THEN.replace("five", "nine"), title="The harbour plan, updated")
    desk.run("recheck")
    done = desk.run("sources", desk.url, "--history")
    assert done.exit_code == 0
    assert "2 captures" in done.output
    assert "title: The harbour plan → The harbour plan, updated" in done.output
    assert "[-five-] {+nine+}" in done.output
    first, second = map(json.loads, desk.run("sources", desk.url, "--history", "--json").stdout.splitlines())
    assert (first["changed"], second["via"]) == (None, "live")
    assert [edit["kind"] for edit in second["changed"]["edits"]] == ["reworded"]
    (archive,) = Path("captures").glob("*.warc.gz")
    replayed = desk.run("sources", desk.url, "--history", "--replay", str(archive))
    assert "[-five-] {+nine+}" in replayed.output


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [("https://news.example.org/never", 1, "no capture"), ("Reuters", 2, "needs the address"), ("", 2, "needs")],
)
def test_a_history_that_cannot_be_given_says_why(desk: Desk, asked: str, code: int, said: str) -> None:
    from flows.errors import UsageError

    try:
        done = desk.run("sources", asked, "--history")
    except UsageError as error:
        assert (code, said in str(error)) == (2, True)
    else:
        assert done.exit_code == code
        assert said in done.output
