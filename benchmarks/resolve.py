"""Measures how many of the sources named in an article ("via The Wall Street Journal") are found.

    python -m benchmarks.resolve [--write]

The way is the whole one: page, extraction, plan, resolver. A small world of news answers on loopback in the wire
formats of SearXNG, GDELT and RSS; beside every page that is meant it holds other pages of the same outlet and
the same story at other outlets. The thirty sentences were held back from tuning (benchmarks/named_sources.yaml).
With --write the table goes into docs/benchmarks.md.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.common import of_tests, table, write_section
from claims.extraction.extract import extract
from claims.records import Candidate, Page, Source
from sources.fetching.fetch import Fetcher, FetchPolicy
from sources.finding.resolve import Lookup, survey
from sources.finding.services import configured_services
from sources.gather import plan
from sources.outlets import Outlets, load_outlets
from sources.page.page import read_page

# The newsroom that answers, and the table's reader, which needs it.
newsroom, named = of_tests("sources/newsroom"), of_tests("sources/named")
Story = newsroom.Story

Resolved = tuple[Source, tuple[Candidate, ...]]

STATUS = "https://twitter.com/RT_com/status/1881300000000000000"
REUTERS = "https://www.reuters.com/world/putin-congratulates-trump-taking-office-2025-01-20/"
ARTICLE = f"""---
title: Moscow greets the new man in Washington
date: 2025-01-20
---
President Putin [congratulated Donald Trump on taking office]({REUTERS}?utm_source=newsletter) on Monday.

More of his remarks to the security council, via The Wall Street Journal:

Putin said Russia sought a "lasting peace based on respect for the interests of all people" in the region.

Kremlin spokesman Dmitry Peskov told TASS that no telephone call with Washington had been agreed.

Incoming national security adviser Mike Waltz told ABC News that the preparations were underway for a meeting.

Putin congratulates Trump on his inauguration, saying Russia is open for dialogue pic.twitter.com/VuwPNeyF0k
— RT (@RT_com) January 20, 2025
"""
FIVE = {
    "Reuters, a link": REUTERS,
    "via The Wall Street Journal": "https://www.wsj.com/world/russia/putin-seeks-lasting-peace-ukraine-4f1c2a",
    "told TASS": "https://tass.com/politics/1901234",
    "told ABC News": "https://abcnews.go.com/Politics/preparations-underway-trump-putin-meeting-waltz/story?id=1",
    "an RT post": STATUS,
}
WORLD = [
    Story(url=FIVE["via The Wall Street Journal"], title="Putin Says Russia Seeks Lasting Peace in Ukraine"),
    Story(url="https://www.wsj.com/finance/oil-prices-4f1c2b", title="Oil Slips as Traders Weigh Tariffs"),
    Story(url="https://www.nytimes.com/2025/01/20/putin-peace.html", title="Putin Says Russia Seeks Lasting Peace"),
    # Only the outlet's own feed knows this one.
    Story(url=FIVE["told TASS"], title="No agreement on call with Washington yet, Peskov says", kept=False),
    Story(url="https://tass.com/economy/1901235", title="Russian gas exports to China grow", kept=False),
    Story(url="https://ria.ru/20250120/peskov.html", title="Peskov: no call with Washington agreed"),
    Story(url=FIVE["told ABC News"], title="'Preparations are underway' for Trump-Putin meeting, Waltz says"),
    Story(url="https://abcnews.go.com/International/waltz-gaza/story?id=2", title="Waltz on the hostage talks in Gaza"),
    Story(url="https://www.cbsnews.com/news/waltz", title="Waltz says preparations for Putin meeting are underway"),
    Story(url=STATUS, title="RT on X: Putin congratulates Trump on his inauguration, open for dialogue"),
    Story(url="https://twitter.com/RT_com/status/1873300000000000000", title="RT on X: Putin congratulates astronauts"),
    Story(url="https://twitter.com/spoof/status/1881300000000000001", title="Putin congratulates Trump, inauguration"),
]


async def resolved(page: Page, room: Any, outlets: Outlets) -> list[Resolved]:
    """Every source that the page relies on, with its candidates."""
    claims = extract(page, outlets).claims
    results: list[Resolved] = []
    async with Fetcher(FetchPolicy(per_host_delay=0.0, retries=0, timeout=3.0)) as fetcher:
        kinds = [{"kind": "feeds"}, *({"kind": kind, "url": f"{room.base}/{kind}"} for kind in ("searxng", "gdelt"))]
        lookup = Lookup(outlets=outlets, search=configured_services(kinds, fetcher.get))
        for source in plan(claims):
            leaning = [claim for claim in claims if claim.id in source.claims]
            results.append((source, (await survey(source, page, leaning, lookup)).candidates))
    return results


def five() -> list[tuple[str, str]]:
    """The article with five citations: how each was resolved."""
    with newsroom.open_newsroom(WORLD) as room:
        outlets = load_outlets(
            [{"id": "tass", "feeds": [room.feed("tass.com")]}, *_without_feeds("wsj", "abcnews", "rt")]
        )
        page = read_page(ARTICLE.encode(), content_type="text/markdown", outlets=outlets)
        best = {
            candidates[0].url: candidates[0]
            for _, candidates in asyncio.run(resolved(page, room, outlets))
            if candidates
        }
    return [(name, best[url].found_by if url in best else "not found") for name, url in FIVE.items()]


def held_back() -> tuple[int, int, int, list[str]]:
    """Of the thirty sentences: resolved to the right page, sentences, sources of a wrong outlet, what failed."""
    rows = named.read(Path(__file__).with_name("named_sources.yaml"), load_outlets())
    outlets = load_outlets(_without_feeds(*(outlet.id for outlet in load_outlets() if outlet.feeds or outlet.sitemap)))
    right, wrong, failed = 0, 0, []
    for row in rows:
        with newsroom.open_newsroom(list(row.stories)) as room:
            page = Page(text=row.text, published=row.day)
            results = asyncio.run(resolved(page, room, outlets))
        strange = _strange(row, results, outlets)
        hit = any(candidates and candidates[0].url == row.right for _, candidates in results)
        right, wrong = right + hit, wrong + strange
        if not hit or strange:
            failed.append(row.text)
    return right, len(rows), wrong, failed


def _strange(row: Any, results: Sequence[Resolved], outlets: Outlets) -> int:
    """Sources that were resolved to an outlet which the sentence does not name."""
    named = [outlets.by_url(candidates[0].url) for _, candidates in results if candidates]
    return sum(outlet is None or outlet.id != row.outlet for outlet in named)


def _without_feeds(*ids: str) -> list[dict[str, object]]:
    """Corrections that keep the run on loopback: the real feeds are not asked."""
    return [{"id": outlet, "feeds": [], "sitemap": "http://127.0.0.1:9/none"} for outlet in ids]


def main() -> None:
    """Measure, print, and write the section where asked to."""
    ways = five()
    right, whole, wrong, failed = held_back()
    reached = sum(way != "not found" for _, way in ways)
    report = "\n\n".join(
        [
            "## Sources that are named without a link",
            "Measured by `python -m benchmarks.resolve --write`: page, extraction, plan and resolver, with search "
            "services and feeds on loopback.\nThe two open tools that were tried resolve one of the five, the link.",
            table(["citation", "found by"], ways),
            table(
                ["what", "reached", "wanted"],
                [
                    ("sources resolved of the article with five citations", f"{reached} of {len(ways)}", "5 of 5"),
                    ("held-back sentences resolved to the right page", f"{right} of {whole}", "90 %"),
                    ("resolved to an outlet that the sentence does not name", str(wrong), "0"),
                ],
            ),
        ]
    )
    print(report)
    for text in failed:
        print(f"failed: {text}")
    if "--write" in sys.argv:
        write_section("resolve", report)


if __name__ == "__main__":
    main()
