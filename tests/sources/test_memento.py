"""TimeMaps of RFC 7089, as archives write them."""

from __future__ import annotations

import pytest
from loopback import Web

from sources.errors import Unavailable
from sources.fetching.fetch import Fetcher, FetchPolicy
from sources.finding.archived_copies import ArchiveService
from sources.finding.memento import Memento, timemap

TIMEMAP = """<http://a.example.org>;rel="original",
 <http://arxiv.example.net/timemap/http://a.example.org>
   ; rel="self";type="application/link-format"
   ; from="Tue, 20 Jun 2000 18:02:59 GMT",
 <http://arxiv.example.net/timegate/http://a.example.org>; rel="timegate",
 <http://arxiv.example.net/web/20000620180259/http://a.example.org>
   ; rel="first memento";datetime="Tue, 20 Jun 2000 18:02:59 GMT"
   ; license="http://creativecommons.org/publicdomain/zero/1.0/",
 <http://arxiv.example.net/web/20091027204954mp_/http://a.example.org>
    ; rel="last memento";datetime="Tue, 27 Oct 2009 20:49:54 GMT",
 <http://arxiv.example.net/broken>; rel="memento"; datetime="yesterday"
"""
BASE = FetchPolicy(per_host_delay=0.0, retries=0, timeout=2.0)


@pytest.mark.parametrize(
    ("text", "copies"),
    [
        (
            TIMEMAP,
            [
                ("2000-06-20", "http://arxiv.example.net/web/20000620180259/http://a.example.org"),
                ("2009-10-27", "http://arxiv.example.net/web/20091027204954mp_/http://a.example.org"),
            ],
        ),
        ("", []),
        ("<html>no archive</html>", []),
        ('<http://a.example.org>; rel="original"', []),
        ("<" * 100_000, []),
        ("<a>" + ";b" * 50_000, []),
        ('<http://a.example.org>; rel="memento"; datetime="Fri, 31 Dec 9999 23:59:59 -2359"', []),
    ],
)
def test_timemaps(text: str, copies: list[tuple[str, str]]) -> None:
    assert [(at.date().isoformat(), address) for at, address in timemap(text)] == copies


@pytest.mark.parametrize(
    ("day", "first"),
    [("2001-01-01", "20000620180259id_"), ("2009-01-01", "20091027204954id_"), (None, "20091027204954id_")],
)
async def test_the_copy_nearest_to_a_day_comes_first_and_without_the_archives_frame(
    web: Web, day: str | None, first: str
) -> None:
    web.page("/kept/timemap/link/http://a.example.org/x", TIMEMAP, Content_Type="application/link-format")
    async with Fetcher(BASE) as fetcher:
        archive = Memento(get=fetcher.get, url=web.url("/kept"))
        assert isinstance(archive, ArchiveService)
        hits = await archive.copies("http://a.example.org/x", day)
        assert await archive.copies("http://a.example.org/unknown") == ()
    assert len(hits) == 2
    assert f"/{first}/http://a.example.org" in hits[0].url


async def test_an_archive_in_trouble_gives_no_answer(web: Web) -> None:
    web.page("/kept/timemap/link/http://a.example.org/x", "oops", 500)
    async with Fetcher(BASE) as fetcher:
        with pytest.raises(Unavailable, match="500"):
            await Memento(get=fetcher.get, url=web.url("/kept")).copies("http://a.example.org/x")
