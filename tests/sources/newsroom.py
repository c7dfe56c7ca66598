# ruff: noqa: E501  answers and feeds are kept on whole lines
"""The services and feeds of a small world of news on loopback, each speaking its documented wire format.

One corpus of pages stands behind GDELT, SearXNG, Brave Search, Google Fact Check Tools, the Wayback Machine's CDX
and availability APIs, and an RSS feed and a news sitemap per outlet. It answers as those services do: by words,
site, day; with what it does not know left out.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One page of the world; ``kept`` where the services know it (a feed may be all that does)."""

    url: str
    title: str
    text: str = ""
    day: str = "2025-01-20"
    kept: bool = True


@dataclass
class Newsroom:
    """The corpus and what was asked; ``broken`` names services that answer with an error."""

    stories: list[Story] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    broken: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    port: int = 0

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def entries(self) -> list[dict[str, object]]:
        """The services as config.yaml names them."""
        return [{"kind": kind, "url": f"{self.base}/{kind}"} for kind in SERVICES]

    def feed(self, outlet: str) -> str:
        return f"{self.base}/feeds/{outlet}.xml"

    def matching(self, words: str, sites: list[str], days: tuple[str, str] | None, least: int = 1) -> list[Story]:
        """Stories by the number of words that they share, as a search engine ranks them."""
        wanted = set(re.findall(r"\w{3,}", words.lower()))
        hits: list[tuple[int, Story]] = []
        for story in self.stories:
            host = urlsplit(story.url).hostname or ""
            there = set(re.findall(r"\w{3,}", f"{story.title} {story.text}".lower()))
            right = not sites or any(host == site or host.endswith(f".{site}") for site in sites)
            if story.kept and right and len(wanted & there) >= least and (not days or days[0] <= story.day <= days[1]):
                hits.append((len(wanted & there), story))
        return [story for _, story in sorted(hits, key=lambda pair: -pair[0])]

    def answer(self, path: str, query: dict[str, list[str]]) -> tuple[str, str] | None:
        name, _, rest = path.strip("/").partition("/")
        if name in SERVICES:
            return "application/json", json.dumps(
                SERVICES[name](self, {key: values[-1] for key, values in query.items()} | {"*": query, "/": rest})
            )
        if name == "feeds":
            return "application/rss+xml", self._rss(path.rsplit("/", 1)[1].removesuffix(".xml"))
        return None

    def _gdelt(self, query: dict[str, Any]) -> Any:
        sites = re.findall(r"domainis:([\w.-]+)", query["query"])
        words = re.sub(r"\(?domainis:.*", "", query["query"])
        start, end = query.get("startdatetime", ""), query.get("enddatetime", "")
        days = (_iso(start), _iso(end)) if start else None
        wanted = set(re.findall(r"\w+", words.lower()))
        articles = [
            s
            for s in self.matching(words, sites, days)
            if wanted <= set(re.findall(r"\w+", f"{s.title} {s.text}".lower()))
        ]
        return {"articles": [
            {"url": s.url, "url_mobile": "", "title": s.title, "seendate": s.day.replace("-", "") + "T120000Z", "socialimage": "",
             "domain": urlsplit(s.url).hostname, "language": "English", "sourcecountry": "United States"}
            for s in articles
        ]} if articles else {}  # fmt: skip

    def _searxng(self, query: dict[str, Any]) -> Any:
        if query.get("format") != "json":
            raise ValueError("format")
        words, sites = _sites(query["q"])
        return {"query": query["q"], "number_of_results": 0, "answers": [], "unresponsive_engines": [], "results": [
            {"url": s.url, "title": s.title, "content": s.text[:200], "engine": "news", "publishedDate": f"{s.day}T00:00:00", "score": 1.0}
            for s in self.matching(words, sites, None)
        ]}  # fmt: skip

    def _brave(self, query: dict[str, Any]) -> Any:
        words, sites = _sites(query["q"])
        days = tuple(query["freshness"].split("to")) if "freshness" in query else None
        return {"type": "search", "query": {"original": query["q"]}, "web": {"type": "search", "results": [
            {"title": s.title, "url": s.url, "description": s.text[:200], "page_age": f"{s.day}T10:00:00", "extra_snippets": [s.text[200:400]]}
            for s in self.matching(words, sites, days)  # type: ignore[arg-type]  # two ends, as documented
        ]}}  # fmt: skip

    def _google_fact_check(self, query: dict[str, Any]) -> Any:
        sites = [query["reviewPublisherSiteFilter"]] if "reviewPublisherSiteFilter" in query else []
        return {"claims": [
            {"text": s.text[:200], "claimant": "somebody", "claimDate": f"{s.day}T00:00:00Z", "claimReview": [
                {"publisher": {"name": "X", "site": urlsplit(s.url).hostname}, "url": s.url, "title": s.title, "reviewDate": f"{s.day}T00:00:00Z",
                 "textualRating": "False", "languageCode": "en"}]}
            for s in self.matching(query["query"], sites, None)
        ]}  # fmt: skip

    def _wayback(self, query: dict[str, Any]) -> Any:
        return self._available(query) if query["/"] == "wayback/available" else self._cdx(query)

    def _cdx(self, query: dict[str, Any]) -> Any:
        rows = [["timestamp", "original"]]
        filters = [
            value.removeprefix("original:") for value in query["*"].get("filter", []) if value.startswith("original:")
        ]
        for story in self.stories:
            host = (urlsplit(story.url).hostname or "").removeprefix("www.")
            domain = query.get("matchType") == "domain"
            right = (host == query["url"] or host.endswith("." + query["url"])) if domain else story.url == query["url"]
            stamp = story.day.replace("-", "") + "120000"
            inside = query.get("from", "0") <= stamp[:8] <= query.get("to", "9")
            if story.kept and right and inside and all(re.fullmatch(pattern, story.url) for pattern in filters):
                rows.append([stamp, story.url])
        return rows if len(rows) > 1 else []

    def _available(self, query: dict[str, Any]) -> Any:
        story = next((s for s in self.stories if s.kept and s.url == query["url"]), None)
        stamp = story.day.replace("-", "") + "120000" if story else ""
        closest = {
            "available": True,
            "url": f"http://web.archive.org/web/{stamp}/{query['url']}",
            "timestamp": stamp,
            "status": "200",
        }
        return {"url": query["url"], "archived_snapshots": {"closest": closest} if story else {}}

    def _rss(self, site: str) -> str:
        items = "".join(
            f"<item><title>{escape(s.title)}</title><link>{escape(s.url)}</link><description>{escape(s.text[:150])}</description>"
            f"<pubDate>{format_datetime(datetime.fromisoformat(s.day).replace(tzinfo=UTC))}</pubDate></item>"
            for s in self.stories
            if (urlsplit(s.url).hostname or "").endswith(site)
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{site}</title>{items}</channel></rss>'


# The search services by the kind that config.yaml names, each under an address of that name.
SERVICES: dict[str, Callable[[Newsroom, dict[str, Any]], Any]] = {
    "gdelt": Newsroom._gdelt,
    "searxng": Newsroom._searxng,
    "brave": Newsroom._brave,
    "google_fact_check": Newsroom._google_fact_check,
    "wayback": Newsroom._wayback,
}


def _sites(query: str) -> tuple[str, list[str]]:
    return re.sub(r"\(?site:.*", "", query), re.findall(r"site:([\w.-]+)", query)


def _iso(stamp: str) -> str:
    return f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}"


@contextmanager
def open_newsroom(stories: list[Story]) -> Iterator[Newsroom]:
    """Serve a newsroom on a free port of loopback."""
    room = Newsroom(stories=stories)

    class Desk(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            room.asked.append(self.path)
            room.headers.append({name.lower(): value for name, value in self.headers.items()})
            name = parts.path.strip("/").split("/")[0]
            status, kind, body = 404, "text/plain", b"not here"
            if name in room.broken:
                status, body = room.broken[name]
            elif reply := room.answer(parts.path, parse_qs(parts.query)):
                status, kind, body = 200, reply[0], reply[1].encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the signature is the library's
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    server.daemon_threads = True
    room.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield room
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
