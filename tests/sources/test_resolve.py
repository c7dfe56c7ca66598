# ruff: noqa: E501  sentences and addresses are kept whole
from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

import pytest
from named import Named, question, read
from newsroom import open_newsroom

from claims.records import Candidate, Citation, CitationKind, Claim, ClaimKind, Link, Page, Post, Reason, Source
from sources.errors import Unavailable
from sources.fetching.fetch import Fetcher, FetchPolicy
from sources.finding.resolve import THRESHOLD, Lookup, survey
from sources.finding.search_protocol import Hit, Query, SearchService
from sources.finding.services import configured_services
from sources.outlets import load_outlets

OUTLETS = load_outlets()
TEXT = "Putin said Russia wanted a lasting peace, in remarks via The Wall Street Journal. He had called his security council together."
ROWS = read(Path(__file__).with_name("named_sources.yaml"), OUTLETS)


def article(links: dict[str, str] | None = None, posts: tuple[Post, ...] = (), text: str = TEXT) -> Page:
    citations = tuple(
        Link(span=(text.index(words), text.index(words) + len(words)), href=href)
        for words, href in (links or {}).items()
    )
    return Page(
        text=text, links=citations, posts=posts, published="2025-01-20T19:40:00+00:00", url="https://gazette.example/x"
    )


def claim(citation: Citation, text: str = TEXT.split(", in", maxsplit=1)[0] + ".") -> Claim:
    return Claim(
        article="a",
        text=text,
        spans=((0, len(text)),),
        statement=text,
        kind=ClaimKind.STATEMENT,
        checkable=True,
        citations=(citation,),
    )


async def resolved(
    source: Source, page: Page, claims: list[Claim], *, known: Sequence[str] = (), search: Sequence[SearchService] = ()
) -> tuple[Candidate, ...]:
    lookup = Lookup(outlets=OUTLETS, known=known, search=search)
    return (await survey(source, page, claims, lookup)).candidates


async def found(citation: Citation, page: Page, known: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    candidates = await resolved(Source(citation=citation), page, [claim(citation)], known=known)
    assert all(THRESHOLD <= candidate.score <= 1 for candidate in candidates)
    assert [c.score for c in candidates] == sorted((c.score for c in candidates), reverse=True)
    return [(candidate.url, candidate.found_by) for candidate in candidates]


WSJ = Citation(kind=CitationKind.OUTLET, text="The Wall Street Journal", span=(57, 80), outlet="wsj")
RT_POST = Citation(kind=CitationKind.POST, text="RT (@RT_com)", handle="RT_com", date="2025-01-20")
STATUS = "https://twitter.com/RT_com/status/1881300000000000000"


@pytest.mark.parametrize(
    ("url", "known", "expected"),
    [
        ("https://www.reuters.com/x?utm_source=a", (), ["https://www.reuters.com/x"]),
        ("https://www.google.com/url?q=https://www.reuters.com/x", (), ["https://www.reuters.com/x"]),
        ("http://reuters.com/x/", ("https://www.reuters.com/x",), ["https://www.reuters.com/x"]),
        ("https://web.archive.org/web/20250120000000/https://www.reuters.com/x", (),
         ["https://web.archive.org/web/20250120000000/https://www.reuters.com/x", "https://www.reuters.com/x"]),
        ("https://www.reuters.com/x", ("https://www.reuters.com/y", "https://tass.com/x"), ["https://www.reuters.com/x"]),
    ],
)  # fmt: skip
async def test_a_link_is_its_own_first_candidate(url: str, known: tuple[str, ...], expected: list[str]) -> None:
    citation = Citation(kind=CitationKind.LINK, url=url, text="said")
    assert [address for address, _ in await found(citation, article(), known)] == expected


async def test_a_link_elsewhere_to_the_same_outlet() -> None:
    links = {
        "He had called his security council": "https://www.wsj.com/world/putin-security-council-peace?mod=x",
        "Putin said": "https://www.reuters.com/world/putin-peace",
    }
    assert await found(WSJ, article(links)) == [
        (
            "https://www.wsj.com/world/putin-security-council-peace",
            "a link elsewhere in the article to The Wall Street Journal",
        ),
    ]


@pytest.mark.parametrize(
    "front",
    ["https://www.wsj.com/", "https://www.wsj.com", "https://www.wsj.com/world", "https://www.wsj.com/news/world"],
)
async def test_a_front_page_is_no_candidate(front: str) -> None:
    assert await found(WSJ, article({"Putin said": front}), (front,)) == []


async def test_pages_of_the_outlet_in_the_archive() -> None:
    known = (
        "https://www.wsj.com/finance/sample-oil-tariffs-2025-01-20",
        "https://www.wsj.com/world/sample-putin-lasting-peace-2025-01-20",
        "https://www.wsj.com/world/putin-lasting-peace-2019-01-20",
        "https://www.nytimes.com/2025/01/20/putin-lasting-peace.html",
    )
    assert [url for url, _ in await found(WSJ, article(), known)] == [known[1]]


async def test_the_only_page_of_the_outlet_is_a_candidate_unless_its_date_speaks_against_it() -> None:
    assert await found(WSJ, article(), ("https://www.wsj.com/articles/11574168580",)) != []
    assert await found(WSJ, article(), ("https://www.wsj.com/2019/11/19/oil",)) == []


async def test_posts_by_handle_and_day() -> None:
    known = (
        STATUS,
        "https://twitter.com/RT_com/status/1780000000000000000",
        "https://twitter.com/other/status/1881300000000000000",
    )
    assert await found(RT_POST, article(), known) == [(STATUS, "a post of this handle in the archive")]
    shown = Post(handle="RT_com", text="x", span=(0, 1), date="2025-01-20", url=STATUS)
    embed = f"https://publish.twitter.com/oembed?url={quote(STATUS, safe='')}&omit_script=true&hide_thread=true"
    public = (embed, "the public embed of the post")
    assert await found(RT_POST, article(posts=(shown,))) == [(STATUS, "the link itself"), public]
    linked = article({"Putin said": STATUS + "?s=20"})
    assert await found(RT_POST, linked) == [(STATUS, "a link elsewhere in the article to the post"), public]
    telegram = Citation(kind=CitationKind.LINK, url="https://t.me/rian_ru/274000", text="said")
    assert [url for url, _ in await found(telegram, article())] == [
        "https://t.me/rian_ru/274000",
        "https://t.me/rian_ru/274000?embed=1&mode=tme",
    ]
    assert await found(RT_POST, article(), ("https://twitter.com/RT_com", "https://www.rt.com/news/1")) == []


async def test_nothing_is_found_for_nobody() -> None:
    nobody = Citation(kind=CitationKind.OUTLET, text="The Nowhere Times", span=(0, 5))
    assert await found(nobody, article({"He had called": "https://www.wsj.com/world/putin-peace"})) == []
    assert await found(WSJ, article()) == []


async def test_a_document_is_the_link_in_its_name() -> None:
    document = Citation(
        kind=CitationKind.DOCUMENT, text="security council", span=(TEXT.index("security"), TEXT.index("security") + 16)
    )
    links = {"security council": "https://un.example/report.pdf", "Putin said": "https://tass.com/1"}
    assert [url for url, _ in await found(document, article(links))] == ["https://un.example/report.pdf"]


class Says:
    """A service that answers what it is told to, or fails."""

    name = "a service"

    def __init__(self, hits: list[Hit] | None) -> None:
        self.hits = hits
        self.asked: list[Query] = []

    async def search(self, query: Query) -> list[Hit]:
        self.asked.append(query)
        if self.hits is None:
            raise Unavailable(Reason.UNREACHABLE, "down")
        return self.hits


async def test_a_hit_of_another_outlet_or_handle_is_never_taken() -> None:
    words = "Putin said Russia wanted a lasting peace"
    service = Says(
        [
            Hit(url="https://www.nytimes.com/2025/01/20/putin-lasting-peace.html", title=words),
            Hit(url="https://wsj.com.evil.example/putin-lasting-peace", title=words),
            Hit(url="https://www.wsj.com/articles/old", title=words, published="2024-01-20"),
            Hit(url="https://www.wsj.com/", title=words),
            Hit(url="https://www.wsj.com/articles/9", title="Oil prices slip"),
            Hit(
                url="https://www.wsj.com/articles/1",
                title="Putin Says Russia Wants Lasting Peace",
                published="2025-01-20",
            ),
        ]
    )
    candidates = await resolved(Source(citation=WSJ), article(), [claim(WSJ)], search=[Says(None), service])
    assert [(c.url, c.found_by) for c in candidates] == [("https://www.wsj.com/articles/1", "a service")]
    assert service.asked[0].domains == ("wsj.com", "on.wsj.com") and service.asked[0].day == "2025-01-20"
    post = Says([Hit(url="https://x.com/other/status/1881300000000000000", title=words), Hit(url=STATUS, title=words)])
    candidates = await resolved(Source(citation=RT_POST), article(), [claim(RT_POST)], search=[post])
    assert [c.url for c in candidates] == [STATUS]


async def test_a_sure_candidate_needs_no_search() -> None:
    service = Says([])
    page = article(
        {"He had called his security council": "https://www.wsj.com/world/putin-lasting-peace-russia-council"}
    )
    assert await resolved(Source(citation=WSJ), page, [claim(WSJ)], search=[service])
    assert service.asked == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.outlet)
async def test_sentences_that_name_a_source(row: Named) -> None:
    asked = question(row, OUTLETS)
    assert asked is not None
    page, claims, source = asked
    assert source.citation.outlet == row.outlet
    with open_newsroom(list(row.stories)) as room:
        async with Fetcher(FetchPolicy(per_host_delay=0.0, retries=0, timeout=3.0)) as fetcher:
            services = configured_services(
                [{"kind": "searxng", "url": f"{room.base}/searxng"}, {"kind": "gdelt", "url": f"{room.base}/gdelt"}],
                fetcher.get,
            )
            candidates = await resolved(source, page, claims, search=services)
    assert [candidate.url for candidate in candidates][:1] == ([row.right] if row.right else [])
    for candidate in candidates:
        outlet = OUTLETS.by_url(candidate.url)
        assert outlet is not None and outlet.id == row.outlet
