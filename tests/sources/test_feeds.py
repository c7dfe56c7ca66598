# ruff: noqa: E501  answers and feeds are kept on whole lines
from __future__ import annotations

import gzip
import json
from collections.abc import AsyncIterator, Iterator

import pytest
from newsroom import Newsroom, Story, open_newsroom

from claims.records import Outlet
from sources.errors import Unavailable
from sources.fetching.fetch import Fetcher, FetchPolicy
from sources.finding import feeds
from sources.finding.search_protocol import PartlyAnswered, Query

URL = "https://a.example/feed"
RSS = b"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>The A</title>
<item><title>One &amp; all</title><link>/1?utm_source=rss</link><description>&lt;p&gt;Words &lt;b&gt;here&lt;/b&gt;&lt;/p&gt;</description><pubDate>Mon, 20 Jan 2025 19:40:00 +0100</pubDate></item>
<item><title>Two</title><guid isPermaLink="true">https://a.example/2</guid><link>https://a.example/2</link></item>
<item><title>No address</title></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The A</title><entry><title>One</title><link rel="alternate" href="https://a.example/1"/>
<published>2025-01-20T18:40:00Z</published><updated>2025-01-21T00:00:00Z</updated></entry></feed>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><title>T</title></channel>
<item rdf:about="https://a.example/1"><title>One</title><link>https://a.example/1</link></item></rdf:RDF>"""
JSON = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "The A", "items": [
    {"id": "1", "url": "https://a.example/1", "title": "One", "date_published": "2025-01-20T19:40:00+01:00"}, {"id": "no address"}, 7]}).encode()  # fmt: skip
NEWS = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> https://a.example/1 </loc><news:news><news:publication_date>2025-01-20T18:40:00Z</news:publication_date><news:title>One</news:title></news:news></url>
<url><loc>https://a.example/2</loc><lastmod>2025-01-19</lastmod></url></urlset>"""
INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://a.example/news.xml</loc></sitemap></sitemapindex>"""
BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><rss version="2.0"><channel><title>&b;</title></channel></rss>"""
XXE = b"""<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/&x;</loc></url></urlset>"""
OLD = b"""<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>T</title><item><title>One</title><link>https://a.example/1</link></item></channel></rss>"""


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (RSS, [("https://a.example/1?utm_source=rss", "One & all", "Words here", "2025-01-20T18:40:00+00:00"), ("https://a.example/2", "Two", "", None)]),
        (ATOM, [("https://a.example/1", "One", "", "2025-01-20T18:40:00+00:00")]),
        (RDF, [("https://a.example/1", "One", "", None)]),
        (JSON, [("https://a.example/1", "One", "", "2025-01-20T19:40:00+01:00")]),
        (NEWS, [("https://a.example/1", "One", "", "2025-01-20T18:40:00+00:00"), ("https://a.example/2", "", "", "2025-01-19")]),
        (gzip.compress(NEWS)[:], [("https://a.example/1", "One", "", "2025-01-20T18:40:00+00:00"), ("https://a.example/2", "", "", "2025-01-19")]),
        (OLD, [("https://a.example/1", "One", "", None)]),
        (RSS.replace(b"</item>", b"", 1), None),
        (b"<rss version='2.0'><channel><title>Empty</title></channel></rss>", []),
    ],
    ids=["rss", "atom", "rdf", "json", "news sitemap", "gzip", "rss 0.91", "not well-formed", "empty"],
)  # fmt: skip
def test_kinds_of_feed(data: bytes, expected: list[tuple[str, str, str, str | None]] | None) -> None:
    feed = feeds.parse_feed(data, url=URL)
    if expected is None:
        assert feed.entries
    else:
        assert [(entry.url, entry.title, entry.summary, entry.published) for entry in feed.entries] == expected


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (BOMB, "entities"),
        (XXE, "entities"),
        (b"<html><body><p>Not a feed</p></body></html>", "not a feed"),
        (b"", "not a feed"),
        (b"just words", "not a feed"),
        (b'{"version": 1', "broken JSON"),
        (b'{"items": []}', "not a JSON Feed"),
        (b"[" * 100_000, "not a feed"),
        (b'{"a":' * 100_000, "broken JSON"),
        (NEWS[:300], "broken XML"),
        (gzip.compress(NEWS)[:40], "gzip"),
        (gzip.compress(b" " * (feeds.MAX_BYTES + 10)), "decompresses to more"),
        (gzip.compress(b"") * 5_000, "2,000 parts"),
        (BOMB.decode().encode("utf-16"), "entities"),
        (XXE.decode().encode("utf-16"), "entities"),
        (BOMB.decode().encode("utf-32"), "entities"),
        (BOMB.replace(b"<!ENTITY", b"<!\x00ENTITY").replace(b"<!DOCTYPE", b"<!DOC\x00TYPE"), "entities"),
        (b"<rss version='2.0'><channel><item><title>" + b"&lt;b&gt;" * feeds.MAX_MARKS + b"</title></item></channel></rss>", "more than"),
    ],
    ids=["bomb", "xxe", "html", "nothing", "words", "json", "other json", "brackets", "deep json", "cut", "cut gzip", "gzip bomb",
         "empty members", "bomb in UTF-16", "XXE in UTF-16", "bomb in UTF-32", "bomb behind NUL", "marks"],
)  # fmt: skip
def test_what_is_no_feed_is_one_line(data: bytes, message: str) -> None:
    with pytest.raises(Unavailable) as caught:
        feeds.parse_feed(data, url=URL)
    assert message in caught.value.detail and URL in caught.value.detail and "\n" not in caught.value.detail


def test_new_entries() -> None:
    feed = feeds.parse_feed(RSS, url=URL)
    assert [entry.title for entry in feeds.new_entries(feed, [])] == ["One & all", "Two"]
    assert [entry.title for entry in feeds.new_entries(feed, ["http://www.a.example/1/"])] == ["Two"]
    assert [entry.title for entry in feeds.new_entries(feed, [], limit=1)] == ["One & all"]
    doubled = feeds.Feed(entries=feed.entries * 2)
    assert len(feeds.new_entries(doubled, [])) == 2


@pytest.fixture
def room() -> Iterator[Newsroom]:
    stories = [
        Story(url="https://www.wsj.com/russia/peace", title="Putin wants lasting peace", kept=False),
        Story(url="https://www.wsj.com/oil", title="Oil falls", kept=False),
    ]
    with open_newsroom(stories) as opened:
        yield opened


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher(FetchPolicy(per_host_delay=0.0, backoff=0.01, retries=0, timeout=3.0, total=5.0)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("start", "entry", "end"),
    [
        (b"<rss version='2.0'><channel><title>T</title>", b"<item><title>x</title><link>/%d</link></item>", b"</channel></rss>"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title>", b"<entry><title>x</title><link href='/%d'/></entry>", b"</feed>"),
    ],
    ids=["rss", "atom"],
)  # fmt: skip
def test_of_a_long_feed_the_first_entries_are_read(start: bytes, entry: bytes, end: bytes) -> None:
    data = start + b"".join(entry % number for number in range(30_000)) + end
    feed = feeds.parse_feed(data, url=URL)
    assert [kept_entry.url for kept_entry in feed.entries] == [
        f"https://a.example/{number}" for number in range(feeds.MAX_ENTRIES)
    ]
    assert feed.title == "T"


async def test_a_broken_feed_is_one_line_and_the_others_go_on(room: Newsroom, fetcher: Fetcher) -> None:
    room.broken["bomb"] = (200, BOMB)
    addresses = [room.feed("wsj.com"), f"{room.base}/bomb", f"{room.base}/gone", room.feed("wsj.com")]
    entries, errors = await feeds.read_all(addresses, fetcher.get)
    assert [len(feed.entries) for feed in entries.values()] == [2]
    assert len(errors) == 2 and all("\n" not in line for line in errors.values())
    assert "entities" in errors[f"{room.base}/bomb"] and "404" in errors[f"{room.base}/gone"]


async def test_an_index_of_sitemaps_is_followed_one_step(room: Newsroom, fetcher: Fetcher) -> None:
    room.broken["index"] = (200, INDEX.replace(b"https://a.example/news.xml", f"{room.base}/inner".encode()))
    room.broken["inner"] = (200, NEWS)
    feed = await feeds.read_feed(f"{room.base}/index", fetcher.get)
    assert [entry.url for entry in feed.entries] == ["https://a.example/1", "https://a.example/2"]


async def test_the_feeds_of_an_outlet_are_a_search_service(room: Newsroom, fetcher: Fetcher) -> None:
    outlet = Outlet(
        id="wsj", name="WSJ", kind="newspaper", country="US", feeds=(room.feed("wsj.com"), f"{room.base}/gone")
    )
    service = feeds.OutletFeeds(get=fetcher.get)
    query = Query(words=("Putin", "peace"), outlet=outlet)
    with pytest.raises(PartlyAnswered, match="/gone answered with status 404") as caught:
        await service.search(query)
    assert [hit.url for hit in caught.value.hits] == ["https://www.wsj.com/russia/peace"]
    asked = len(room.asked)
    with pytest.raises(PartlyAnswered):
        await service.search(query)
    assert len(room.asked) == asked + 1  # the feed that was read is not asked again, the one that failed is
    assert await service.search(Query(words=("Putin",))) == []
    with pytest.raises(Unavailable, match="404"):
        await service.search(
            Query(
                words=("x",), outlet=Outlet(id="b", name="B", kind="wire", country="GB", feeds=(f"{room.base}/gone",))
            )
        )
