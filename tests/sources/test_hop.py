"""One hop further: what a page leans on, looked for from that page, and never the page or the article itself."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Sequence

import pytest
from loopback import Recorder, Web

from claims.records import (
    Candidate,
    Capture,
    Citation,
    CitationKind,
    Claim,
    ClaimKind,
    Link,
    Page,
    Reading,
    Reason,
    Source,
)
from sources.errors import Unavailable
from sources.fetching.fetch import Fetcher, FetchPolicy
from sources.fetching.once_per_run import Once, Outcome
from sources.finding.search_protocol import Hit, Query
from sources.gather import Network, plan, read_source
from sources.hop import leads_on, read_hop
from sources.outlets import load_outlets

OUTLETS = load_outlets()
LIVE = FetchPolicy(allow_private=True, per_host_delay=0.0, backoff=0.01, timeout=2.0, total=5.0, archive=False)
BODY = "<p>Russia sought a long-term peace based on respect for the interests of all people, Putin said.</p>"
PAGE = f"<html><head><title>Putin speaks of peace</title></head><body><article><h1>Putin speaks of peace</h1>{BODY * 6}"
ARTICLE = Page(text="Putin said so.", url="https://news.example.org/a", published="2025-01-20", outlet="bild")
TEXT = "Russia wants a long-term peace, Putin said, Reuters reported from Moscow."
WSJ = "https://www.wsj.com/world/russia/putin-peace-1a2b"
LEANING = Page(text=TEXT, url=WSJ, final_url=WSJ, outlet="wsj", published="2025-01-20")
CLAIM = Claim(
    article=ARTICLE.id,
    text="Putin said Russia sought a long-term peace.",
    spans=((0, 14),),
    statement="Putin said Russia sought a long-term peace.",
    kind=ClaimKind.STATEMENT,
    checkable=True,
)
REUTERS = Citation(kind=CitationKind.OUTLET, outlet="reuters", text="Reuters", span=(44, 51))


def hop(citation: Citation) -> Source:
    return Source(citation=citation, claims=(CLAIM.id,), hop_of="wsj-source")


def link(url: str) -> Citation:
    return Citation(kind=CitationKind.LINK, url=url, text="reported")


async def follow(
    citation: Citation, page: Page = LEANING, policy: FetchPolicy = LIVE, article: Page = ARTICLE
) -> Reading:
    async with Fetcher(policy) as fetcher:
        return await read_hop(hop(citation), page, article, [CLAIM], Network(fetcher=fetcher, outlets=OUTLETS))


@pytest.mark.parametrize(
    ("citation", "expected"),
    [
        (REUTERS, True),
        (link("https://www.reuters.com/world/a"), True),
        (Citation(kind=CitationKind.POST, handle="RT_com", date="2025-01-20"), True),
        (Citation(kind=CitationKind.DOCUMENT, text="a statement on kremlin.ru"), True),
        (Citation(kind=CitationKind.DOCUMENT, text="a statement"), False),
        (Citation(kind=CitationKind.DOCUMENT, text="a statement on its website"), False),
        (Citation(kind=CitationKind.OUTLET, outlet="wsj", text="The Journal"), False),
        (Citation(kind=CitationKind.OUTLET, outlet="bild", text="Bild"), False),  # the article's own outlet
        (link("http://wsj.com/world/russia/putin-peace-1a2b/?utm_source=x"), False),
        (link("https://news.example.org/a#top"), False),
    ],
)
def test_only_what_can_be_looked_for_and_leads_on_is_followed(citation: Citation, expected: bool) -> None:
    assert leads_on(hop(citation), LEANING, ARTICLE, OUTLETS) is expected


def test_a_page_of_nobody_known_leans_on_whom_it_names() -> None:
    page = Page(text=TEXT, url="https://blog.example/x")
    assert leads_on(hop(REUTERS), page, Page(text="An article."), OUTLETS)


async def test_the_pages_own_link_to_the_outlet_is_followed_and_the_source_says_whence(tmp_path) -> None:
    recorder = Recorder(tmp_path / "sources.warc.gz")
    url = "https://www.reuters.com/world/putin-peace-2025-01-20/"
    recorder.page(url, PAGE.encode())
    page = dataclasses.replace(LEANING, links=(Link(span=(0, 6), href=url),))
    reading = await follow(REUTERS, page, FetchPolicy(replay=recorder.close()))
    source = reading.source
    assert reading.page is not None and "long-term peace" in reading.page.text
    assert source.capture is not None and source.capture.final_url == url
    assert source.candidates[0].found_by == f"hop from {WSJ}: a link elsewhere in the article to Reuters"
    assert (source.detail, source.hop_of, source.claims) == (f"hop from {WSJ}", "wsj-source", (CLAIM.id,))


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [(404, "<p>Not found</p>", Reason.NOT_FOUND), (402, "<p>Subscribe.</p>", Reason.PAYWALL)],
)
async def test_a_hop_that_cannot_be_read_has_its_reason(web: Web, status: int, body: str, reason: Reason) -> None:
    reading = await follow(link(web.page("/walled", body, status)))
    assert (reading.page, reading.source.reason) == (None, reason)
    assert reading.source.detail.startswith(f"hop from {WSJ}; ")


async def test_a_hop_never_leads_back(web: Web) -> None:
    home = web.page("/the-article", PAGE)
    web.pages["/elsewhere"] = (302, {"Location": home}, b"")
    article = dataclasses.replace(ARTICLE, url=home)
    reading = await follow(link(web.url("/elsewhere")), article=article)
    assert (reading.page, reading.source.reason) == (None, Reason.UNRESOLVED)
    assert "leads back" in reading.source.detail
    reading = await follow(link(home), article=article)
    assert (reading.source.candidates, reading.source.reason) == ((), Reason.UNRESOLVED)


async def test_the_guard_holds_for_a_hop_too(web: Web) -> None:
    for url in ("http://169.254.169.254/latest", "http://127.0.0.1/", "file:///etc/passwd"):
        reading = await follow(link(url), policy=dataclasses.replace(LIVE, allow_private=False))
        assert reading.source.reason is Reason.REFUSED_ADDRESS, url
    reading = await follow(link("https://www.reuters.com/a"), policy=FetchPolicy(offline=True))
    assert reading.source.reason is Reason.OFFLINE


async def test_an_address_is_asked_once_in_a_run(web: Web) -> None:
    readable, gone = web.page("/found", PAGE), web.page("/gone", "<p>gone</p>", 404)
    citations = [link(readable), link(gone), dataclasses.replace(link(f"{readable}?utm_source=feed"), text="said")]
    claims = [dataclasses.replace(CLAIM, citations=tuple(citations))]
    sources = plan(claims)
    assert len(sources) == 3
    async with Fetcher(LIVE) as fetcher:
        network = Network(fetcher=fetcher, outlets=OUTLETS)
        for _ in range(2):  # two articles that are checked together
            first, second, third = await asyncio.gather(
                *(read_source(source, ARTICLE, claims, network) for source in sources)
            )
        again = await read_hop(hop(link(readable)), LEANING, ARTICLE, claims, network)
    assert first.page is not None and first.page == third.page == again.page
    assert second.source.reason is Reason.NOT_FOUND
    assert sorted(web.paths()) == ["/found", "/gone"]


async def test_whoever_waits_for_one_that_was_cancelled_asks_anew() -> None:
    once, asked = Once(), []
    outcome = (
        Capture(url="u", final_url="u", status=200, fetched_at="", via="live", sha256=""),  # type: ignore[arg-type]  # any value
        LEANING,
    )

    async def ask() -> Outcome:
        asked.append(1)
        if len(asked) == 1:
            await asyncio.Event().wait()
        return outcome

    first = asyncio.create_task(once.page("u", ask))
    second = asyncio.create_task(once.page("u", ask))
    await asyncio.sleep(0)
    first.cancel()
    assert await second == outcome
    assert (first.cancelled() or first.cancelling(), len(asked)) == (True, 2)

    async def fail() -> Outcome:
        asked.append(1)
        raise Unavailable(Reason.TIMEOUT, "too slow")

    for _ in range(2):
        with pytest.raises(Unavailable, match="too slow"):
            await once.page("v", fail)
    assert len(asked) == 3


class Finder:
    """A search service of the test's own that knows one page of Reuters."""

    name = "a finder"

    def __init__(self, *titles: str) -> None:
        self.hits = [
            Hit(url=f"https://www.reuters.com/world/r{place}/", title=title, published="2025-01-20")
            for place, title in enumerate(titles)
        ]

    async def search(self, query: Query) -> Sequence[Hit]:
        return self.hits


async def test_what_is_too_doubtful_to_be_read_is_shown_and_not_asked_for() -> None:
    finder = Finder("Putin meets the leader of Belarus in Moscow")
    source = Source(citation=REUTERS, claims=(CLAIM.id,))
    async with Fetcher(LIVE) as fetcher:  # the address would be refused or fetched, were it tried
        reading = await read_source(
            source, LEANING, [CLAIM], Network(fetcher=fetcher, outlets=OUTLETS, search=(finder,))
        )
    assert reading.source.reason is Reason.UNRESOLVED
    (shown,) = reading.source.candidates
    assert isinstance(shown, Candidate)
    assert (shown.url, shown.found_by) == ("https://www.reuters.com/world/r0/", "a finder")
    assert 0.15 <= shown.score < 0.45
    assert "is certain enough to be read; the closest is https://www.reuters.com/world/r0/" in reading.source.detail
