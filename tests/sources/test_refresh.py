"""Pages that only lead to another one by ``<meta http-equiv="refresh">`` are followed like a redirect."""

from __future__ import annotations

from pathlib import Path

import pytest
from loopback import Web

from claims.records import Citation, CitationKind, Page, Reason, Source
from sources.article import read_article
from sources.fetching.fetch import Fetcher, FetchPolicy
from sources.gather import Network, read_source
from sources.outlets import load_outlets
from sources.page.states import refresh_target

OUTLETS = load_outlets()
WORDS = "The bridge of Linz was closed on Monday because of high water, the mayor said at noon in the town hall."
STORY = f"<html><body><article><h1>Bridge</h1>{f'<p>{WORDS}</p>' * 4}</article></body></html>"
THERE = "https://news.example/bridge?id=1"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (f'<meta http-equiv="refresh" content="0; url={THERE}">', THERE),
        (f'<META HTTP-EQUIV="Refresh" CONTENT="0;URL={THERE}">', THERE),
        (f"<meta http-equiv=refresh content='0;url=\"{THERE}\"'>", THERE),
        (f"<meta http-equiv='refresh' content=\"0; URL='{THERE}'\" />", THERE),
        (f'<meta content="2, url = {THERE}" http-equiv="refresh">', THERE),
        (f'<meta http-equiv="refresh" content="0; {THERE}">', THERE),
        (f"<meta http-equiv=refresh content=0;url={THERE}>", THERE),
        ('<meta http-equiv="refresh" content="0; url=/a?b=1&amp;c=2">', "/a?b=1&c=2"),
        (f'<noscript><meta http-equiv="refresh" content="0;URL={THERE}"></noscript><title>{THERE}</title>', THERE),
        # No other address, or no refresh at all.
        ('<meta http-equiv="refresh" content="300">', None),
        ('<meta http-equiv="refresh" content="0;">', None),
        ('<meta http-equiv="refresh" content="">', None),
        ('<meta http-equiv="refresh">', None),
        (f'<meta name="refresh" content="0; url={THERE}">', None),
        (f'<meta http-equiv="content-type" content="0; url={THERE}">', None),
    ],
)
def test_the_address_of_a_refresh(head: str, expected: str | None) -> None:
    markup = f"<html><head>{head}</head><body><p>Moved.</p></body></html>"
    assert refresh_target(markup.encode(), "text/html") == expected
    with_text = markup.replace("<p>Moved.</p>", f"<p>{WORDS}</p>" * 3)
    assert refresh_target(with_text.encode(), "text/html") is None
    assert refresh_target(markup.encode(), "application/pdf") is None


def leads(web: Web, path: str, to: str) -> str:
    return web.page(path, f'<html><head><meta http-equiv="refresh" content="0; url={to}"></head><body></body></html>')


def policy(web: Web, **changes: object) -> FetchPolicy:
    plain = {"allow_private": True, "ports": (web.port,), "per_host_delay": 0.0, "retries": 0}
    return FetchPolicy(**{**plain, **changes})  # type: ignore[arg-type]  # any field


async def read(web: Web, url: str, **changes: object) -> tuple[Page | None, Source]:
    cited = Source(citation=Citation(kind=CitationKind.LINK, text="a report", url=url))
    async with Fetcher(policy(web, **changes)) as fetcher:
        network = Network(fetcher=fetcher, outlets=OUTLETS)
        reading = await read_source(cited, Page(text="It rained."), (), network)
    return reading.page, reading.source


async def test_a_source_behind_refreshes_is_read_and_read_again_from_its_archive(web: Web, tmp_path: Path) -> None:
    web.page("/story", STORY)
    start = leads(web, "/a", "b?x=1&amp;y=2")
    leads(web, "/b?x=1&y=2", web.url("/story", host="127.0.0.2"))
    page, source = await read(web, start, captures=tmp_path)
    assert page is not None
    assert WORDS in page.text
    assert source.capture is not None
    assert (source.capture.url, source.capture.final_url) == (start, web.url("/story", host="127.0.0.2"))
    again, _ = await read(web, start, replay=tmp_path)
    assert again is not None
    assert again.text == page.text


async def test_an_article_behind_a_refresh_is_read(web: Web) -> None:
    web.page("/story", STORY)
    async with Fetcher(policy(web)) as fetcher:
        page, capture = await read_article(leads(web, "/a", "/story"), fetcher, OUTLETS)
    assert WORDS in page.text
    assert capture is not None
    assert (page.url, page.final_url) == (web.url("/a"), web.url("/story"))


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("/a-story-about-the-bridge", Reason.SOFT_404),  # itself
        ("/gone", Reason.NOT_FOUND),
        ("/front", Reason.SOFT_404),
        ("http://0x7f.0.0.1/metadata", Reason.REFUSED_ADDRESS),
        ("file:///etc/passwd", Reason.SOFT_404),
        ("/round", Reason.SOFT_404),
    ],
)
async def test_a_refresh_that_leads_nowhere_says_why(to: str, reason: Reason, web: Web) -> None:
    web.page("/", STORY)
    web.page("/front", status=302, Location="/")
    leads(web, "/round", "/again")
    leads(web, "/again", "/round")
    start = leads(web, "/a-story-about-the-bridge", to)
    page, source = await read(web, start)
    assert page is None
    assert source.reason is reason
    assert len(web.paths()) <= 5
