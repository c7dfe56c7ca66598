"""A desk whose sources and search services fail: check, break them, check again; and rechecks of some claims only."""

from __future__ import annotations

import http.server
import json
import socket
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from click.testing import CliRunner, Result

from flows.cli import factdesk

FILL = "<p>The exchange closed at its usual hour, and the turnover of the day was a little below the average.</p>"
PAGE = "<html><head><title>{0}</title></head><body><article><h1>{0}</h1><p>{1}</p>" + FILL + "</article></body></html>"
MILL = "The Brackwater mill laid off 512 workers on Friday, the union said."
TOLL = "The Hollis bridge will cost drivers 4 dollars from May, the county said."
SEARCH = "/searxng"
BROKEN = {
    "too many requests": (429, "Please limit requests", "SearXNG received too many requests (status 429)"),
    "in trouble": (503, "oops", "SearXNG answered with status 503"),
    "HTML": (200, "<!DOCTYPE html><html><body>Service down</body></html>", "SearXNG did not return JSON"),
    "bad JSON": (200, '{"results": [{"title": "\\e"}]}', "SearXNG did not return JSON"),
    "silent engines": (200, '{"results": [], "unresponsive_engines": [["brave", "timeout"]]}', "SearXNG had no answer"),
    "no connection": (0, "", "SearXNG"),
}  # fmt: skip

# What a site in trouble, or the network between, answers with status 200, and what is said of it.
PLACEHOLDERS = {
    PAGE.replace(FILL, "").format("Maintenance", "We will be back shortly."): "the site says that it is out of service",
    "<html><body><nav>Home</nav></body></html>": "there is no article in this page",
    PAGE.replace(FILL, "").format("Guest network", "Please enter the number of your room to go on, and your last name. "
        "The hotel wishes you a pleasant stay at the lake."): "another page answers at its address",
}  # fmt: skip


class Web(http.server.BaseHTTPRequestHandler):
    """A site, and the search service that knows its pages; an answer of status 0 is a connection that breaks off."""

    served: ClassVar[dict[str, tuple[int, str]]] = {}

    def do_GET(self) -> None:
        status, body = self.served.get(self.path.partition("?")[0], (404, "<p>not here</p>"))
        if not status:
            self.connection.close()
            return
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json" if body.startswith("{") else "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the signature is the library's
        pass


class Desk:
    """A desk in this folder; its article names the Harbour Gazette without a link, and links the county's page."""

    def __init__(self, base: str) -> None:
        here = base.replace("127.0.0.1", "gazette.example")
        found = {"url": f"{here}/news/brackwater-mill-512-workers", "title": "Brackwater mill lays off 512 workers"}
        self.found = json.dumps({"results": [found], "unresponsive_engines": []})
        Path("article.html").write_text(
            PAGE.replace(FILL, "").format(
                "Mill and bridge",
                "The Brackwater mill laid off 512 workers on Friday, The Harbour Gazette reported.</p>"
                f"<p>{TOLL[:-1]} in "
                f'<a href="{base}/toll">a statement</a>.',
            )
        )
        outlet = "{id: gazette, name: The Harbour Gazette, kind: newspaper, country: GB, domains: [gazette.example]}"
        Path("config.yaml").write_text(
            "fetch: {allow_private: true, per_host_delay: 0s, timeout: 2s, total: 10s}\n"
            f"outlets: [{outlet}]\nsearch: [{{kind: searxng, url: '{base}/searxng'}}]\n"
        )
        self.publish()

    def publish(self) -> None:
        Web.served.clear()
        Web.served["/news/brackwater-mill-512-workers"] = (200, PAGE.format("Brackwater mill", MILL))
        Web.served["/toll"] = (200, PAGE.format("Hollis bridge", TOLL))
        Web.served[f"{SEARCH}/search"] = (200, self.found)

    def run(self, *arguments: str) -> Result:
        options = ["--config", "config.yaml", "--db", "desk.db"]
        return CliRunner().invoke(factdesk, [*arguments, *options], obj={"debug": False}, catch_exceptions=False)

    def check(self) -> dict[str, dict[str, str]]:
        return {
            claim["id"]: claim for claim in json.loads(self.run("check", "article.html", "--json").stdout)["claims"]
        }

    def labels(self) -> dict[str, str]:
        """The labels that stand, by a number of the claim."""
        rows = map(json.loads, self.run("list", "--json").stdout.splitlines())
        return {"512" if "512" in row["statement"] else "4": row["label"] for row in rows}

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        with sqlite3.connect("desk.db") as book:
            return book.execute(sql).fetchall()


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Web)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def desk(base: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    ask = socket.getaddrinfo

    def known(host: object, *rest: object, **more: object) -> object:
        """The Gazette's name is this machine's: no name server is asked."""
        return ask("127.0.0.1" if host in ("gazette.example", b"gazette.example") else host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", known)
    return Desk(base)


@pytest.mark.parametrize("broken", BROKEN)
def test_a_service_that_fails_is_named_and_is_not_taken_for_one_that_found_nothing(desk: Desk, broken: str) -> None:
    status, body, said = BROKEN[broken]
    Web.served[f"{SEARCH}/search"] = (status, body)
    done = desk.run("check", "article.html", "--json")
    document = json.loads(done.stdout)
    verdict = next(claim["verdict"] for claim in document["claims"] if "512" in claim["text"])
    assert (verdict["label"], verdict["reason"]) == ("source_unavailable", "unreachable")
    assert said in verdict["rationale"]
    (source,) = (one for one in document["sources"] if one["outlet"] == "gazette")
    assert (source["status"], source["reason"], source["url"]) == ("unavailable", "unreachable", None)
    assert said in source["detail"]
    assert f"factdesk: no answer: {said}" in done.stderr
    claim = next(claim["id"] for claim in document["claims"] if "512" in claim["text"])
    assert said in " ".join(desk.run("show", claim).stdout.split())


def test_a_service_that_found_nothing_says_so(desk: Desk) -> None:
    Web.served[f"{SEARCH}/search"] = (200, '{"results": []}')
    done = desk.run("check", "article.html", "--json")
    verdict = next(claim["verdict"] for claim in json.loads(done.stdout)["claims"] if "512" in claim["text"])
    assert (verdict["label"], verdict["reason"]) == ("source_unavailable", "unresolved")
    assert "no answer" not in done.stderr


@pytest.mark.parametrize("again", ["recheck", "check"])
def test_an_outage_takes_no_verdict_back(desk: Desk, again: str) -> None:
    desk.check()
    first, verdicts = desk.labels(), desk.rows("SELECT count(*) FROM verdicts")
    assert first == {"512": "supported", "4": "supported"}
    Web.served[f"{SEARCH}/search"] = (503, "down")
    arguments = ["recheck"] if again == "recheck" else ["check", "article.html"]
    assert desk.run(*arguments).exit_code == 0
    assert (desk.labels(), desk.rows("SELECT count(*) FROM verdicts")) == (first, verdicts)
    for path in list(Web.served):
        Web.served[path] = (429, "Too many requests")
    done = desk.run(*arguments)
    assert (desk.labels(), desk.rows("SELECT count(*) FROM verdicts")) == (first, verdicts)
    assert "could not be read now (" in done.output and "429" in done.output
    for body, said in PLACEHOLDERS.items():
        for path in list(Web.served):
            Web.served[path] = (200, body)
        assert said in " ".join(desk.run(*arguments).output.split())
        assert (desk.labels(), desk.rows("SELECT count(*) FROM verdicts")) == (first, verdicts)
    claim = desk.rows("SELECT id FROM claims WHERE text LIKE '%512%'")[0][0]
    assert "could not be read on" in " ".join(desk.run("show", str(claim)).stdout.split())
    Web.served["/news/brackwater-mill-512-workers"] = (404, "<p>Not found</p>")
    gone = desk.run(*arguments).output
    assert desk.labels() == {"512": "source_unavailable", "4": "supported"}
    assert "not found" in gone
    desk.publish()
    desk.run(*arguments)
    assert desk.labels() == first


def test_only_the_claims_that_are_due_are_touched(desk: Desk) -> None:
    Web.served[f"{SEARCH}/search"] = (503, "down")
    desk.check()
    assert desk.labels() == {"512": "source_unavailable", "4": "supported"}
    Web.served["/toll"] = (200, PAGE.format("Hollis bridge", TOLL.replace("4 dollars", "9 dollars")))
    Web.served[f"{SEARCH}/search"] = (200, desk.found)
    done = desk.run("recheck", "--unavailable")
    assert "unavailable, unreachable → supported" in done.output
    assert "(the source could be read)" in done.output
    assert desk.labels() == {"512": "supported", "4": "supported"}
    last = (
        "SELECT (SELECT count(*) FROM runs u WHERE u.id = c.last_run AND u.claims = 1) FROM claims c WHERE text LIKE ?"
    )
    with sqlite3.connect("desk.db") as book:
        touched = [book.execute(last, [words]).fetchone()[0] for words in ("%512%", "%Hollis%")]
    assert touched == [1, 0]
    assert desk.run("recheck", "--unavailable").output == "no claims are due\n"
    row = json.loads(desk.run("recheck", "--label", "supported", "--json").stdout)
    (change,) = row["changes"]
    assert (change["before"], change["label"], change["cause"], change["news"]) == (
        "supported", "contradicted", "source", True,
    )  # fmt: skip


def test_the_oldest_come_first_and_the_rest_is_told(desk: Desk) -> None:
    desk.check()
    first = desk.run("recheck", "--limit", "1")
    assert "1 claim:" in first.stdout and "1 more claim due (--limit 1)" in first.stderr
    checked = dict(desk.rows("SELECT claim, checked_at FROM current"))
    assert len(set(checked.values())) == 2
    oldest = min(checked, key=lambda claim: str(checked[claim]))
    desk.run("recheck", "--limit", "1")
    now = dict(desk.rows("SELECT claim, checked_at FROM current"))
    assert [claim for claim in now if now[claim] != checked[claim]] == [oldest]


def test_a_change_of_the_judge_is_no_news(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.check()
    monkeypatch.setenv("FACTDESK_JUDGE", "lexical")
    done = desk.run("recheck")
    assert "(the judge changed; no news)" in done.output
    assert "(the source changed" not in done.output
    assert set(desk.rows("SELECT cause FROM changes")) == {("judge",)}
    claim = desk.rows("SELECT id FROM claims WHERE text LIKE '%512%'")[0][0]
    assert "(the judge changed; no news)" in " ".join(desk.run("show", str(claim)).stdout.split())


def test_a_change_of_the_article_is_told_as_such(desk: Desk, base: str) -> None:
    """The same words, in an article that no longer says where it has them from."""
    page = Path("article.html").read_text()
    own = PAGE.replace(FILL, "").format(
        "Mill", "The Brackwater mill laid off 512 workers on Friday, The Harbour Gazette reported."
    )
    Web.served["/story"] = (200, page)
    desk.run("check", f"{base}/story")
    Web.served["/story"] = (200, own)
    Web.served[f"{SEARCH}/search"] = (200, '{"results": []}')
    Web.served["/news/brackwater-mill-512-workers"] = (404, "<p>Not found</p>")
    desk.run("check", f"{base}/story")
    causes = desk.rows("SELECT label_before, label, cause FROM changes")
    assert causes == [("supported", "source_unavailable", "article and source")]
