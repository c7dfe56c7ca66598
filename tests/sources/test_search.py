# ruff: noqa: E501  answers and feeds are kept on whole lines
from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator

import pytest
from newsroom import SERVICES, Newsroom, Story, open_newsroom

from sources.errors import SourcesError, Unavailable
from sources.fetching.fetch import Fetcher, FetchPolicy
from sources.finding.search_protocol import PartlyAnswered, Query, SearchService
from sources.finding.services import Wayback, configured_services
from sources.outlets import load_outlets

STORIES = [
    Story(url="https://www.wsj.com/world/russia/putin-lasting-peace", title="Putin Says Russia Wants Lasting Peace", text="Putin told his security council that Russia sought peace."),
    Story(url="https://www.wsj.com/finance/oil", title="Oil Falls", text="Oil prices fell."),
    Story(url="https://tass.com/politics/1", title="Putin: Russia for peace", text="Putin spoke of peace with Russia's council.", day="2025-01-10"),
    Story(url="https://www.snopes.com/fact-check/peace", title="Did Putin say peace?", text="Putin said Russia wants peace."),
]  # fmt: skip
KEYS = {"FACTDESK_BRAVE_KEY": "k3y", "FACTDESK_GOOGLE_FACT_CHECK_KEY": "k3y"}
OUTLETS = load_outlets()
WSJ = OUTLETS.by_id("wsj")
QUERY = Query(words=("Putin", "Russia", "peace"), outlet=WSJ, domains=("wsj.com", "on.wsj.com"), day="2025-01-20")


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with open_newsroom(STORIES) as opened:
        yield opened


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher(FetchPolicy(per_host_delay=0.0, backoff=0.01, retries=0, timeout=3.0, total=5.0)) as opened:
        yield opened


def services(room: Newsroom, fetcher: Fetcher) -> dict[str, SearchService]:
    made = configured_services(room.entries(), fetcher.get, KEYS)
    return dict(zip(SERVICES, made, strict=True))


@pytest.mark.parametrize("name", [name for name in SERVICES if name != "google_fact_check"])
async def test_each_service_finds_the_page(name: str, room: Newsroom, fetcher: Fetcher) -> None:
    hits = await services(room, fetcher)[name].search(QUERY)
    assert [hit.url for hit in hits][:1] == ["https://www.wsj.com/world/russia/putin-lasting-peace"]
    assert not any("tass" in hit.url or "oil" in hit.url for hit in hits)
    if name != "wayback":
        assert hits[0].title == "Putin Says Russia Wants Lasting Peace"
        assert hits[0].published is not None and hits[0].published.startswith("2025-01-20")


async def test_fact_checks(room: Newsroom, fetcher: Fetcher) -> None:
    query = Query(words=("Putin", "peace"), domains=("snopes.com",))
    room.stories[:] = [story for story in room.stories if "snopes" in story.url]
    (hit,) = await services(room, fetcher)["google_fact_check"].search(Query(words=query.words))
    assert (hit.url, hit.title) == ("https://www.snopes.com/fact-check/peace", "Did Putin say peace? False")
    assert hit.snippet.startswith("Putin said")


async def test_what_is_asked(room: Newsroom, fetcher: Fetcher) -> None:
    known = services(room, fetcher)
    await known["gdelt"].search(QUERY)
    assert "query=Putin+Russia+peace+%28domainis%3Awsj.com+OR+domainis%3Aon.wsj.com%29" in room.asked[-1]
    assert "startdatetime=20250116000000" in room.asked[-1] and "enddatetime=20250122235959" in room.asked[-1]
    await known["gdelt"].search(Query(words=("Putin", "is", "и"), domains=("tass.com",)))
    assert "query=Putin+domainis%3Atass.com&" in room.asked[-1] and "startdatetime" not in room.asked[-1]
    await known["brave"].search(QUERY)
    assert "freshness=2025-01-16to2025-01-22" in room.asked[-1] and room.headers[-1]["x-subscription-token"] == "k3y"
    await known["searxng"].search(
        Query(words=("peace",), quote="respect for the interests of all", domains=("wsj.com",))
    )
    assert "%22respect+for+the+interests+of+all%22+site%3Awsj.com" in room.asked[-1]


async def test_copies_nearest_to_the_day_first(room: Newsroom, fetcher: Fetcher) -> None:
    url = STORIES[0].url
    room.stories += [Story(url=url, title="", day="2025-02-01"), Story(url=url, title="", day="2025-01-21")]
    wayback = services(room, fetcher)["wayback"]
    assert isinstance(wayback, Wayback)
    hits = await wayback.copies(url, "2025-01-22")
    assert [hit.published for hit in hits] == ["2025-01-21", "2025-01-20", "2025-02-01"]
    assert hits[0].url == f"{room.base}/wayback/web/20250121120000id_/{url}"
    assert await wayback.copies("https://www.wsj.com/never/seen", "2025-01-22") == []


async def test_availability_answers_where_the_index_has_nothing(room: Newsroom, fetcher: Fetcher) -> None:
    room.stories[:] = [Story(url=STORIES[0].url, title="", day="2015-01-01")]
    wayback = services(room, fetcher)["wayback"]
    assert isinstance(wayback, Wayback)
    (hit,) = await wayback.copies(STORIES[0].url, "2025-01-22")
    assert hit.published == "2015-01-01" and "/web/20150101120000id_/" in hit.url


@pytest.mark.parametrize("name", SERVICES)
@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ((401, b""), "key"),
        ((429, b"Please limit requests to one every 5 seconds"), "too many requests"),
        ((500, b"oops"), "status 500"),
        ((200, b"The specified phrase is too short."), "JSON"),
        ((200, b"[" * 100_000), "JSON"),
        ((200, b'{"articles": [{"title": "Mill \\e shut"}]}'), "JSON"),
        ((200, b"<!DOCTYPE html><html><body>Service down</body></html>"), "JSON"),
        ((200, b""), "an empty answer"),
        ((200, b"null"), "an error"),
        ((200, b"7"), "an error"),
        ((200, b'{"error": {"code": 400, "message": "quota exceeded"}}'), "quota exceeded"),
    ],
)
async def test_a_service_that_fails_says_so(
    name: str, answer: tuple[int, bytes], message: str, room: Newsroom, fetcher: Fetcher
) -> None:
    room.broken[name] = answer
    service = services(room, fetcher)[name]
    with pytest.raises(Unavailable, match=service.name) as caught:
        await service.search(QUERY)
    assert message in caught.value.detail and "\n" not in caught.value.detail


async def test_a_metasearch_whose_engines_are_silent_has_answered_in_part(room: Newsroom, fetcher: Fetcher) -> None:
    result = {"url": "https://www.wsj.com/a", "title": "Peace"}
    answer = {
        "results": [result],
        "unresponsive_engines": [["brave", "Suspended: too many requests"], ["qwant", "timeout"]],
    }
    room.broken["searxng"] = (200, json.dumps(answer).encode())
    with pytest.raises(
        PartlyAnswered, match="SearXNG had no answer from brave: Suspended: too many requests, qwant"
    ) as caught:
        await services(room, fetcher)["searxng"].search(QUERY)
    assert [hit.url for hit in caught.value.hits] == ["https://www.wsj.com/a"]


@pytest.mark.parametrize("name", SERVICES)
@pytest.mark.parametrize(
    "value", [[], {}, {"articles": 1, "results": "x", "web": [], "claims": [None]}, [[1], ["a", 2, 3]]]
)
async def test_an_answer_of_another_shape_is_no_hit(name: str, value: object, room: Newsroom, fetcher: Fetcher) -> None:
    room.broken[name] = (200, json.dumps(value).encode())
    assert await services(room, fetcher)[name].search(QUERY) == []


def test_build(fetcher: Fetcher) -> None:
    entries: list[dict[str, object]] = [
        {"kind": "gdelt"}, {"kind": "searxng", "url": "http://127.0.0.1:8888"}, {"kind": "brave"},
        {"kind": "google_fact_check"}, {"kind": "wayback", "url": "http://127.0.0.1:8080"}, {"kind": "feeds"},
    ]  # fmt: skip
    keys = {"FACTDESK_BRAVE_KEY": "a", "FACTDESK_GOOGLE_FACT_CHECK_KEY": "b"}
    assert [service.name for service in configured_services(entries, fetcher.get, keys)] == [
        "GDELT", "SearXNG", "Brave Search", "Google Fact Check Tools", "the Wayback Machine", "the outlet's feed",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"kind": "bing"}, "'bing' is unknown"),
        ({}, "is unknown"),
        ({"kind": "searxng"}, "your own server"),
        ({"kind": "brave"}, "FACTDESK_BRAVE_KEY"),
        ({"kind": "gdelt", "url": "ftp://x"}, "not an http(s) address"),
    ],
)
def test_build_says_what_is_missing(entry: dict[str, object], message: str, fetcher: Fetcher) -> None:
    with pytest.raises(SourcesError) as caught:
        configured_services([entry], fetcher.get, {})
    assert message in str(caught.value)
