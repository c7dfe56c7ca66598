"""What a person chose for a source is used the next time, where it fits; and an address is asked once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from newsweb import Desk, page

from claims.records import Check, Label, Reading, Reason, Source, Via

CLAIM = "The ruble strengthened against the dollar after the central bank sold 3 billion dollars"
NAMED = f"{CLAIM}, The Wall Street Journal reported."
# Two addresses that tell nothing of the claim: which of them is meant, only a person can say.
MEANT = "https://www.wsj.com/livecoverage/holiday-trading-updates-card"
BESIDE = "https://www.wsj.com/livecoverage/morning-coffee-notes"
LINKED = "https://www.ft.com/content/0a1b2c"
PAGES = {
    MEANT: page("Live updates", f"{CLAIM}."),
    BESIDE: page("Notes", "Coffee prices rose in London."),
    LINKED: ("<p>Subscribe to read.</p>", 402),
}


def source(check: Check, outlet: str = "wsj") -> Source:
    return reading(check, outlet).source


def reading(check: Check, outlet: str = "wsj") -> Reading:
    (found,) = [one for one in check.readings if one.source.citation.outlet == outlet]
    return found


def verdict(check: Check) -> Label:
    claim = next(claim for claim in check.extraction.claims if "ruble" in claim.text)
    return check.verdict_of[claim.id].label


def claim_id(check: Check) -> str:
    return next(claim.id for claim in check.extraction.claims if "ruble" in claim.text)


@pytest.fixture
def chosen(desk: Desk) -> Check:
    """An article that names The Wall Street Journal; what was found of it before a person chose the address."""
    desk.archive(PAGES)
    desk.article = desk.write(NAMED, "In Yekaterinburg, a brewery renamed its dark beer.")
    before = desk.check()
    desk.run("attach", claim_id(before), MEANT, *desk.options)
    return before


def test_what_is_too_doubtful_is_unresolved_and_every_candidate_is_shown(desk: Desk) -> None:
    desk.archive(PAGES)
    done = desk.check(desk.write(NAMED))
    assert (source(done).reason, verdict(done)) == (Reason.UNRESOLVED, Label.SOURCE_UNAVAILABLE)
    assert {one.url for one in source(done).candidates} == {MEANT, BESIDE}
    shown = " ".join(desk.run("show", claim_id(done), "--db", str(desk.setup.ledger)).split())
    for found in source(done).candidates:
        assert f"{found.score:.2f} {found.url} (a page of The Wall Street Journal in the archive)" in shown


def test_the_choice_counts_at_once_and_when_the_article_is_checked_anew(desk: Desk, chosen: Check) -> None:
    with desk.ledger() as ledger:
        assert ledger.show(claim_id(chosen)).verdict.label is Label.SUPPORTED
    again = desk.check()
    assert (verdict(again), source(again).candidates[0].found_by) == (Label.SUPPORTED, "attached by a person")
    with desk.ledger() as ledger:
        assert len(ledger.show(claim_id(chosen)).verdicts) == 2
        assert ledger.audit().holds


def test_the_choice_counts_in_a_new_version_of_the_article(desk: Desk, chosen: Check) -> None:
    later = desk.check(desk.write("A correction was made.", NAMED, "The brewery kept its name."))
    assert later.article.id != chosen.article.id
    assert later.article.url == chosen.article.url or later.article.final_url == chosen.article.final_url
    assert source(later).candidates[0].found_by == "attached by a person"
    assert verdict(later) is Label.SUPPORTED


@pytest.mark.parametrize(
    ("words", "used"),
    [
        (NAMED, True),
        (NAMED.replace("The ruble", "Russia’s ruble"), True),
        (NAMED.replace("3 billion", "9 billion"), False),
        ("The central bank of Norway raised its rate, The Wall Street Journal reported.", False),
    ],
)  # fmt: skip
def test_another_article_uses_it_for_the_same_words_only(desk: Desk, chosen: Check, words: str, used: bool) -> None:
    other = desk.check(desk.write("Markets were calm.", words, name="b.html", url="https://other.example/x"))
    assert other.article.id != chosen.article.id
    first = source(other).candidates[0]
    assert (first.found_by.startswith("chosen by ") and first.found_by.endswith(" for the same words")) is used
    assert (source(other).capture is not None) is used


def test_a_page_handed_in_stands_in_wherever_its_link_is_cited(desk: Desk, tmp_path: Path) -> None:
    desk.archive(PAGES)
    cites = f'The ruble <a href="{LINKED}">strengthened</a> after the central bank sold 3 billion dollars.'
    first = desk.check(desk.write(cites))
    assert source(first, "ft").reason is Reason.PAYWALL
    saved = tmp_path / "saved.html"
    saved.write_text(page("Ruble", f"{CLAIM}.")[0], encoding="utf-8")
    desk.run("attach", claim_id(first), str(saved), "--note", "from the office", "--db", str(desk.setup.ledger))
    words = f'A brewery that <a href="{LINKED}">sold its cellars</a> renamed its dark beer.'
    other = desk.check(desk.write(words, name="b.html", url="https://other.example/x"))
    found = source(other, "ft")
    assert found.capture is not None and found.capture.via is Via.MANUAL
    assert (found.reason, found.detail) == (None, "attached by a person for the same address")
    assert "saved" not in found.capture.url and found.capture.url == LINKED


@dataclass
class Site:
    """A web site on loopback that counts what it is asked for."""

    base: str = ""
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()
    body = page("Ruble", f"{CLAIM}.")[0].encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            there = self.path.startswith("/story")
            self.send_response(200 if there else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body) if there else 0))
            self.end_headers()
            self.wfile.write(body if there else b"")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the signature is the library's
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    found.base = f"http://127.0.0.1:{server.server_address[1]}"
    yield found
    server.shutdown()
    server.server_close()
    thread.join(5)


def test_articles_that_are_checked_together_ask_an_address_once(desk: Desk, site: Site) -> None:
    Path("config.yaml").write_text("fetch: {allow_private: true, per_host_delay: 0s}\n")
    first = desk.write(
        f'The ruble <a href="{site.base}/story?utm_source=a">strengthened</a> against the dollar.',
        f'The central bank <a href="{site.base}/story">sold 3 billion dollars</a>.',
        f'A brewery <a href="{site.base}/gone">kept its name</a>.',
    )
    second = desk.write(
        f'A brewery <a href="{site.base}/story">renamed its dark beer</a>.',
        name="b.html",
        url="https://other.example/x",
    )
    out = desk.run("check", str(first), str(second), "--db", "desk.db", "--json")
    assert out.count('"status": "captured"') == 3  # two ways to write the address, and the second article
    assert sorted(path for path in site.asked if path != "/robots.txt") == ["/gone", "/story"]
    assert site.asked.count("/robots.txt") == 1
    desk.run("recheck", "--db", "desk.db")
    assert site.asked.count("/story") == 2
