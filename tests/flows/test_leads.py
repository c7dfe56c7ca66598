"""Claims without a source: where they may be settled, at hand and by search, on every surface."""

from __future__ import annotations

import asyncio
import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from click.testing import CliRunner, Result

from claims.records import Label
from flows.checks import pipeline
from flows.cli import factdesk
from flows.config.settings import Recheck, SearchSettings, Settings
from flows.config.setup import CheckOptions, setup

TOLL = "The Hollis bridge toll rose to 4 dollars in May 2021."
AGAIN = "In May 2021 the toll of the Hollis bridge rose to 4 dollars."
OTHER = "In May 2021 the toll of the Hollis bridge rose to 6 dollars."
COUNTY = (
    "<html><head><title>Toll of the Hollis bridge</title></head><body><article><h1>Toll of the Hollis bridge</h1><p>"
    + TOLL
    + "</p><p>The exchange closed at its usual hour, and the turnover of the day was a little below the average.</p>"
    "</article></body></html>"
)


HIT = {"url": "http://county.example/bridge/toll", "title": "Hollis bridge toll rises to 4 dollars in May 2021"}
FERRY = {"url": "http://county.example/ferry", "title": "Ferry to Hollis carried 900 cars in June 2021"}
RESULTS = [HIT, FERRY, {"url": "http://a.example/x", "title": "Rain"}]
ANSWERS: dict[str, object] = {
    "/searxng/search": {"results": RESULTS},
    "/partly/search": {"results": RESULTS, "unresponsive_engines": [["brave", "timeout"]]},
    "/brave": {"web": {"results": [{**HIT, "extra_snippets": 7}]}},
}


class Web(http.server.BaseHTTPRequestHandler):
    """The county's page, and search services: one that answers, one in part, one oddly, and one never."""

    asked: ClassVar[list[str]] = []
    closing: ClassVar[threading.Event] = threading.Event()

    def do_GET(self) -> None:
        self.asked.append(self.path)
        at = self.path.partition("?")[0]
        if at == "/silent/search":
            self.closing.wait(60)
        body = COUNTY if at == "/toll" else json.dumps(ANSWERS[at]) if at in ANSWERS else ""
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "application/json" if body.startswith("{") else "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the signature is the library's
        pass


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.chdir(tmp_path)
    Web.asked.clear()
    Web.closing.clear()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Web)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    configure()
    Path("first.html").write_text(
        "<html><head><title>Tolls</title></head><body><article><h1>Tolls</h1>"
        f'<p>{TOLL[:-1]}, according to <a href="http://127.0.0.1:{port}/toll">the county</a>.</p>'
        "</article></body></html>"
    )
    Path("second.txt").write_text(f"Bridges\n\n{AGAIN}\n")
    yield f"http://127.0.0.1:{port}"
    Web.closing.set()
    server.shutdown()
    server.server_close()


def configure(search: str = "[]", fetch: str = "robots: false") -> None:
    Path("config.yaml").write_text(
        f"judge: lexical\nfetch: {{allow_private: true, per_host_delay: 0s, {fetch}}}\nsearch: {search}\n"
    )


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(factdesk, [*arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def leads(source: str) -> list[dict[str, Any]]:
    document = json.loads(run("check", source, "--json").stdout.splitlines()[0])
    return [lead for claim in document["claims"] for lead in claim.get("leads", ())]


@pytest.mark.usefixtures("base")
def test_the_same_claim_elsewhere_in_the_ledger_is_shown_with_its_verdict() -> None:
    assert leads("first.html") == []
    (lead,) = leads("second.txt")
    assert (lead["kind"], lead["name"], lead["rating"]) == ("ledger", "Tolls", "supported, not decided by anybody yet")
    printed = run("check", "second.txt", "--report", "report.html").output
    assert "Claims without a source, and where to look" in printed
    assert "checked before: Tolls" in printed
    assert "Where to look" in Path("report.html").read_text()
    run("decide", lead["known"], "--confirm", "--note", "read it", "--reviewer", "Anna")
    (lead,) = leads("second.txt")
    assert lead["rating"] == "supported, decided by Anna"


@pytest.mark.usefixtures("base")
def test_another_number_is_another_claim() -> None:
    leads("first.html")
    Path("second.txt").write_text(f"Bridges\n\n{OTHER}\n")
    assert leads("second.txt") == []


@pytest.mark.usefixtures("base")
def test_the_front_page_of_an_outlet_named_in_the_paragraph_is_no_place() -> None:
    Path("second.txt").write_text("Ferries\n\nThe ferry was sold, Reuters reported. It carried 900 cars in 2021.\n")
    assert leads("second.txt") == []


REVIEW = {
    "@type": "ClaimReview",
    "claimReviewed": AGAIN,
    "url": "https://check.example/toll",
    "author": {"name": "Checkers"},
    "reviewRating": {"alternateName": "True"},
    "datePublished": "2021-06-01",
}
RAIN = {"claimReviewed": "Rain is wet."}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"dataFeedElement": [{"item": [RAIN]}, {"item": [REVIEW]}]}),
        json.dumps({"@graph": [{**REVIEW, "author": [{"name": "Checkers"}]}]}),
        f"{json.dumps(RAIN)}\n{json.dumps({**REVIEW, 'claimReviewed': TOLL})}\n",
        f'{{"claimReviewed": "Rain\u2028\u0085is wet."}}\r\n{json.dumps(REVIEW)}\r\n',
    ],
    ids=["data feed", "graph", "JSON Lines", "JSON Lines with other line separators"],
)
@pytest.mark.usefixtures("base")
def test_a_file_of_fact_checks_is_looked_through(text: str) -> None:
    Path("checks.json").write_text(text)
    configure("[{kind: claimreview, path: checks.json}]")
    (lead,) = leads("second.txt")
    assert [lead[key] for key in ("kind", "name", "url", "rating", "day")] == [
        "fact_check", "Checkers", "https://check.example/toll", "True", "2021-06-01",
    ]  # fmt: skip


@pytest.mark.usefixtures("base")
@pytest.mark.parametrize("text", [None, "no JSON", '{"claim": "none"}'])
def test_a_file_that_cannot_be_used_is_said_and_the_check_goes_on(text: str | None) -> None:
    if text is not None:
        Path("checks.json").write_text(text)
    configure("[{kind: claimreview, path: checks.json}]")
    result = run("check", "second.txt")
    assert "not searched: search: checks.json" in result.stderr


@pytest.mark.usefixtures("base")
def test_without_a_search_service_it_is_said_how_to_get_one() -> None:
    assert "no search service is configured" in run("check", "second.txt").stderr
    assert "searxng" in CliRunner().invoke(factdesk, ["doctor"]).output


def test_a_search_service_is_asked_and_a_recheck_asks_again(base: str) -> None:
    run("check", "second.txt")
    configure(f"[{{kind: searxng, url: '{base}/searxng'}}]")
    again = run("recheck", "--label", "no_source").output
    assert "found by search: county.example" in again
    assert "a.example" not in again
    assert "Claims without a source, and where to look" in again
    assert any("Hollis" in path for path in Web.asked)
    shown = json.loads(run("list", "--json").output.splitlines()[0])
    assert "http://county.example/bridge/toll" in run("show", shown["id"]).output.replace("\n          ", "")


@pytest.mark.usefixtures("base")
def test_a_service_that_gives_no_answer_is_named_once() -> None:
    configure("[{kind: searxng, url: 'http://127.0.0.1:9/searxng'}]")
    assert run("check", "second.txt").stderr.count("SearXNG") == 1


@pytest.mark.parametrize(
    ("kind", "labels"),
    [
        ("searxng", (Label.CONTRADICTED, Label.NO_SOURCE)),
        ("wayback", (Label.CONTRADICTED,)),
        (None, (Label.CONTRADICTED,)),
    ],
)
def test_claims_without_a_source_are_rechecked_where_pages_can_be_searched(
    kind: Any, labels: tuple[Label, ...]
) -> None:
    search = (SearchSettings(kind=kind, url="http://127.0.0.1:8888"),) if kind else ()
    settings = Settings.model_construct(search=search, recheck=Recheck(labels=(Label.CONTRADICTED,)))
    assert settings.recheck_labels == labels


FERRIES = "The ferry to Hollis carried 900 cars in June 2021."


def found(*words: str) -> tuple[set[str], str]:
    """The addresses of all leads that search services gave for two claims, and what stderr says."""
    Path("two.txt").write_text(f"Bridges\n\n{AGAIN}\n\n{FERRIES}\n")
    result = run("check", "two.txt", "--json", *words)
    claims = json.loads(result.stdout.splitlines()[0])["claims"]
    return {lead["url"] for claim in claims for lead in claim.get("leads", ())}, result.stderr


BOTH = {HIT["url"], FERRY["url"]}


@pytest.mark.parametrize(
    ("service", "fetch", "urls", "told"),
    [
        ("{kind: searxng, url: 'BASE/searxng'}", "", BOTH, ""),
        ("{kind: searxng, url: 'BASE/partly'}", "", BOTH, "SearXNG had no answer from brave: timeout"),
        ("{kind: searxng, url: 'BASE/silent'}", "total: 1s", set(), "SearXNG did not answer within 1 s"),
        ("{kind: brave, url: 'BASE/brave'}", "", set(), "Brave Search: it could not be read (TypeError"),
    ],
)
def test_whatever_a_service_answers_the_check_and_the_other_claims_go_on(
    service: str, fetch: str, urls: set[str], told: str, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACTDESK_BRAVE_KEY", "key")
    configure(f"[{service.replace('BASE', base)}]", f"robots: false, {fetch}")
    leads_urls, said = found()
    assert leads_urls == urls
    assert told in said
    assert said.count("not searched: ") == bool(told)


def test_a_service_that_fails_does_not_hide_another(base: str) -> None:
    configure(f"[{{kind: searxng, url: '{base}/missing'}}, {{kind: searxng, url: '{base}/searxng'}}]")
    assert found()[0] == BOTH


def test_offline_no_service_is_asked_and_that_is_said(base: str) -> None:
    configure(f"[{{kind: searxng, url: '{base}/searxng'}}]")
    urls, said = found("--offline")
    assert (urls, Web.asked) == (set(), [])
    assert said.count("not searched: searxng: not asked (offline)") == 1


def test_checking_captures_again_asks_no_service_and_keeps_what_was_found(base: str) -> None:
    configure(f"[{{kind: searxng, url: '{base}/searxng'}}]")
    assert found()[0] == BOTH
    Web.asked.clear()
    how = setup(CheckOptions())
    (article,) = {row["article"] for row in map(json.loads, run("list", "--json").stdout.splitlines())}
    again = asyncio.run(pipeline.recheck(article, how, fetch=False))
    assert Web.asked == []
    assert again.unsearched == ("searxng: not asked (offline)",)
    assert {lead.url for lead in again.leads} == BOTH


def test_a_recheck_gives_leads_and_what_was_not_searched_as_json(base: str) -> None:
    found()
    configure(f"[{{kind: searxng, url: '{base}/partly'}}]")
    row = json.loads(run("recheck", "--label", "no_source", "--json").stdout.splitlines()[0])
    assert {lead["url"] for leads in row["leads"].values() for lead in leads} == BOTH
    assert row["unsearched"] == ["SearXNG had no answer from brave: timeout"]
    assert set(row["leads"]) == set(row["claims"])


def test_claims_beyond_those_shown_are_named_with_what_shows_them(base: str) -> None:
    Path("many.txt").write_text("Tolls\n\n" + "\n\n".join(f"{TOLL[:-1]} at gate {n}." for n in range(2, 9)) + "\n")
    ANSWERS["/many/search"] = {"results": [{**HIT, "title": f"{HIT['title']} at gate {n}"} for n in range(2, 9)]}
    configure(f"[{{kind: searxng, url: '{base}/many'}}]")
    printed = run("check", "many.txt").output
    assert "2 more claims: `factdesk show ID` names their places" in printed


def test_the_ledger_is_searched_behind_many_claims_that_are_like_it_and_say_nothing(base: str) -> None:
    leads("first.html")
    for number in range(45):
        Path(f"like{number}.txt").write_text(f"Bridges {number}\n\n{AGAIN[:-1]}, note {number}.\n")
    run("check", *(f"like{number}.txt" for number in range(45)))
    (lead,) = leads("second.txt")
    assert (lead["kind"], lead["name"]) == ("ledger", "Tolls")
