"""The door: citations become sources, each read or unavailable with its reason."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import pytest
from loopback import Recorder, Web

from claims.records import Citation, CitationKind, Claim, ClaimKind, Link, Page, Reading, Reason, Via
from sources.captures.store import stored_body
from sources.errors import ArchiveError
from sources.fetching.fetch import Fetcher, FetchPolicy
from sources.finding.search_protocol import Hit, Query
from sources.gather import Network, plan, read_source
from sources.outlets import load_outlets

LIVE = FetchPolicy(allow_private=True, per_host_delay=0.0, backoff=0.01, timeout=2.0, total=5.0, archive=False)
BODY = "<p>Russia sought a long-term peace based on respect for the interests of all people, Putin said.</p>"
PAGE = f"<html><head><title>Putin speaks of peace</title></head><body><article><h1>Putin speaks of peace</h1>{BODY * 6}"
ARTICLE = Page(text="Putin said so.", url="https://news.example.org/a", published="2025-01-20")


def claim(*citations: Citation, text: str = "Putin said Russia sought a long-term peace.") -> Claim:
    return Claim(
        article=ARTICLE.id,
        text=text,
        spans=((0, len(text)),),
        statement=text,
        kind=ClaimKind.STATEMENT,
        checkable=True,
        citations=citations,
    )


def link(url: str) -> Citation:
    return Citation(kind=CitationKind.LINK, url=url, text="reported")


async def read(citation: Citation, policy: FetchPolicy = LIVE, article: Page = ARTICLE) -> Reading:
    claims = [claim(citation)]
    (source,) = plan(claims)
    async with Fetcher(policy) as fetcher:
        return await read_source(source, article, claims, Network(fetcher=fetcher, outlets=load_outlets()))


def test_the_plan_names_each_source_once_in_reading_order() -> None:
    reuters, apnews = link("https://www.reuters.com/a"), link("https://apnews.com/b")
    again = dataclasses.replace(reuters, text="said elsewhere", span=(5, 9))
    none = Citation(kind=CitationKind.NONE)
    first, second, third = claim(reuters, none), claim(apnews, again, text="Another."), claim(none, text="A third.")
    sources = plan([first, second, third])
    assert [source.citation for source in sources] == [reuters, apnews]
    assert [source.claims for source in sources] == [(first.id, second.id), (second.id,)]
    assert all(source.capture is None and source.reason is None for source in sources)
    assert plan([]) == []


async def test_a_link_is_read(web: Web, tmp_path: Path) -> None:
    url = web.page("/world/peace", PAGE)
    policy = dataclasses.replace(LIVE, captures=tmp_path)
    reading = await read(link(url), policy)
    source, page = reading.source, reading.page
    assert page is not None and "long-term peace" in page.text
    assert source.capture is not None and source.reason is None
    assert (source.capture.status, source.capture.via, page.capture) == (200, Via.LIVE, source.capture.id)
    assert source.candidates[0].url == url
    assert stored_body(source.capture, tmp_path).decode() == PAGE


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (404, "<p>Not found</p>", Reason.NOT_FOUND),
        (410, "<p>Gone</p>", Reason.DELETED),
        (402, "<p>Subscribe to read.</p>", Reason.PAYWALL),
        (403, "<title>Just a moment...</title>", Reason.BOT_WALL),
        (451, "<p>Unavailable for legal reasons</p>", Reason.GEO_BLOCK),
        (500, "<p>Sorry</p>", Reason.UNREACHABLE),
    ],
)
async def test_an_unreadable_source_has_its_reason(
    web: Web, tmp_path: Path, status: int, body: str, reason: Reason
) -> None:
    url = web.page("/a", body, status)
    reading = await read(link(url), dataclasses.replace(LIVE, captures=tmp_path))
    assert (reading.page, reading.source.capture) == (None, None)
    assert reading.source.reason is reason
    assert reading.source.detail
    assert list(tmp_path.glob("*.warc.gz"))  # noqa: ASYNC240  the response is kept all the same


async def test_robots_refused_addresses_and_silence_are_told_apart(web: Web) -> None:
    web.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /closed\n")
    closed = await read(link(web.page("/closed", PAGE)))
    inside = await read(link("http://169.254.169.254/latest"))
    nobody = await read(link("http://127.0.0.1:9/"))
    assert [r.source.reason for r in (closed, inside, nobody)] == [
        Reason.ROBOTS,
        Reason.REFUSED_ADDRESS,
        Reason.UNREACHABLE,
    ]


async def test_offline_every_source_says_so() -> None:
    for citation in (
        link("https://www.reuters.com/a"),
        Citation(kind=CitationKind.POST, handle="RT_com", date="2025-01-20"),
        Citation(kind=CitationKind.OUTLET, outlet="wsj", text="The Wall Street Journal"),
    ):
        reading = await read(citation, FetchPolicy(offline=True))
        assert reading.source.reason is Reason.OFFLINE
        assert "offline" in reading.source.detail


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    recorder = Recorder(tmp_path / "sources.warc.gz")
    recorder.page("https://www.wsj.com/world/russia/putin-long-term-peace-inauguration-1a2b", PAGE.encode())
    recorder.page("https://www.reuters.com/world/gone", b"<p>Not found</p>", "404 Not Found")
    return recorder.close()


async def test_the_archive_answers_in_place_of_the_network(archive: Path) -> None:
    policy = FetchPolicy(replay=archive, offline=True)
    gone = await read(link("https://www.reuters.com/world/gone"), policy)
    missing = await read(link("https://www.reuters.com/world/never"), policy)
    assert gone.source.reason is Reason.NOT_FOUND
    assert missing.source.reason in (Reason.UNRESOLVED, Reason.NOT_FOUND)
    assert "archive" in missing.source.detail


@pytest.mark.parametrize(
    ("published", "words"), [("2025-01-20", "as it was then"), ("2025-06-01", "corrected"), (None, "corrected")]
)
async def test_of_several_dated_captures_the_one_of_the_articles_day_is_read(
    tmp_path: Path, published: str | None, words: str
) -> None:
    recorder = Recorder(tmp_path / "sources.warc.gz")
    for day, wording in (("2025-01-21", "as it was then"), ("2025-03-01", "corrected")):
        page = PAGE.replace("long-term peace", f"long-term peace, {wording}")
        recorder.page("https://www.reuters.com/a", page.encode(), at=f"{day}T10:00:00Z")
    article = dataclasses.replace(ARTICLE, published=published)
    reading = await read(link("https://www.reuters.com/a"), FetchPolicy(replay=recorder.close()), article)
    assert reading.page is not None
    assert words in reading.page.text


async def test_a_named_outlet_is_found_in_the_archive(archive: Path) -> None:
    outlet = load_outlets().by_name("The Wall Street Journal")
    assert outlet is not None
    citation = Citation(kind=CitationKind.OUTLET, outlet=outlet.id, text="via The Wall Street Journal")
    reading = await read(citation, FetchPolicy(replay=archive))
    assert reading.page is not None
    assert reading.source.capture is not None
    assert reading.source.capture.via is Via.REPLAY


async def test_an_outlet_is_found_by_the_articles_own_link(web: Web, archive: Path) -> None:
    outlet = load_outlets().by_name("The Wall Street Journal")
    assert outlet is not None
    url = "https://www.wsj.com/world/russia/putin-long-term-peace-inauguration-1a2b"
    article = dataclasses.replace(ARTICLE, links=(Link(span=(0, 5), href=url),))
    citation = Citation(kind=CitationKind.OUTLET, outlet=outlet.id, text="The Wall Street Journal")
    reading = await read(citation, FetchPolicy(replay=archive), article)
    assert reading.source.capture is not None
    assert reading.source.capture.final_url == url


async def test_a_page_that_was_only_guessed_and_speaks_of_something_else_is_not_called_silent(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "sources.warc.gz")
    body = "<p>Oil prices fell on tariffs, traders at the exchange told us after a day of thin dealings.</p>" * 4
    url = "https://www.wsj.com/world/russia/putin-peace-russia-sought-2025-01-20"
    recorder.page(url, f"<html><head><title>Oil</title></head><body><article>{body}".encode())
    outlet = load_outlets().by_name("The Wall Street Journal")
    assert outlet is not None
    guessed = Citation(kind=CitationKind.OUTLET, outlet=outlet.id, text="The Wall Street Journal")
    policy = FetchPolicy(replay=recorder.close())
    reading = await read(guessed, policy)
    assert (reading.page, reading.source.reason) == (None, Reason.UNRESOLVED)
    assert "something else" in reading.source.detail
    assert reading.source.candidates[0].url == url
    linked = await read(link(url), policy)  # what the article links to is what it cites, whatever it says
    assert linked.page is not None


async def test_an_outlet_that_nothing_leads_to_is_unresolved(archive: Path) -> None:
    outlet = load_outlets().by_name("ABC News")
    assert outlet is not None
    citation = Citation(kind=CitationKind.BROADCAST, outlet=outlet.id, text="told ABC News")
    reading = await read(citation, FetchPolicy(replay=archive))
    assert reading.source.reason is Reason.UNRESOLVED
    assert reading.page is None


async def test_a_damaged_archive_is_no_unavailable_source(tmp_path: Path) -> None:
    path = tmp_path / "bad.warc.gz"
    path.write_bytes(b"this is no archive")
    with pytest.raises(ArchiveError):
        await read(link("https://www.reuters.com/a"), FetchPolicy(replay=path))


class Shelf:
    """An archive service of the test's own, whose copies lie on the loopback web."""

    name = "a shelf"

    def __init__(self, *urls: str) -> None:
        self.urls = urls
        self.asked: list[tuple[str, str | None]] = []

    async def search(self, query: Query) -> Sequence[Hit]:
        return ()

    async def copies(self, url: str, day: str | None = None) -> Sequence[Hit]:
        self.asked.append((url, day))
        return [Hit(url=address) for address in self.urls]


async def read_with(shelf: Shelf, url: str, policy: FetchPolicy) -> Reading:
    claims = [claim(link(url))]
    (source,) = plan(claims)
    async with Fetcher(policy) as fetcher:
        return await read_source(
            source, ARTICLE, claims, Network(fetcher=fetcher, outlets=load_outlets(), search=(shelf,))
        )


ARCHIVING = dataclasses.replace(LIVE, archive=True)


@pytest.mark.parametrize("status", [404, 410, 403, 451, 500])
async def test_an_archived_copy_stands_in_for_what_is_gone_and_says_so(web: Web, status: int) -> None:
    gone, copy = web.page("/a", "<p>gone</p>", status), web.page("/web/2025id_/a", PAGE)
    shelf = Shelf(copy)
    reading = await read_with(shelf, gone, ARCHIVING)
    capture = reading.source.capture
    assert reading.page is not None and capture is not None
    assert (capture.via, capture.url, capture.final_url) == (Via.ARCHIVE, gone, copy)
    assert reading.page.capture == capture.id
    assert "archived copy" in reading.source.detail
    assert shelf.asked == [(gone, "2025-01-20")]


@pytest.mark.parametrize(("status", "robots"), [(402, b""), (200, b"User-agent: *\nDisallow: /a\n")])
async def test_no_copy_stands_in_for_what_is_sold_or_closed(web: Web, status: int, robots: bytes) -> None:
    web.pages["/robots.txt"] = (200, {}, robots)
    shelf = Shelf(web.page("/copy", PAGE))
    reading = await read_with(shelf, web.page("/a", "<p>Subscribe to read.</p>", status), ARCHIVING)
    assert reading.source.reason in (Reason.PAYWALL, Reason.ROBOTS)
    assert (reading.page, shelf.asked) == (None, [])


async def test_a_copy_that_is_no_better_leaves_the_live_reason(web: Web) -> None:
    copies = web.page("/copy", "<p>also gone</p>", 404), web.page("/empty", "")
    reading = await read_with(Shelf(*copies), web.page("/a", "<p>gone</p>", 410), ARCHIVING)
    assert (reading.page, reading.source.reason) == (None, Reason.DELETED)


async def test_archives_may_be_switched_off(web: Web) -> None:
    shelf = Shelf(web.page("/copy", PAGE))
    reading = await read_with(shelf, web.page("/a", "<p>gone</p>", 404), LIVE)
    assert (reading.source.reason, shelf.asked) == (Reason.NOT_FOUND, [])
