"""Extracts article addresses from feeds: RSS, Atom, JSON Feed, news sitemaps and sitemap indexes.

Feeds are untrusted: they are decoded here, and document types and entities are rejected in the decoded text before it
is parsed as XML (entity bombs); sizes, entries and tags are limited. A feed that cannot be read raises one error.
"""

from __future__ import annotations

import asyncio
import calendar
import io
import json
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from claims import addresses
from claims.records import Reason
from sources import urls
from sources.captures.content_coding import unpack
from sources.errors import Unavailable
from sources.finding import likeness
from sources.finding.search_protocol import Get, Hit, PartlyAnswered, Query, failure
from sources.markup import charset, tree
from sources.page import metadata

MAX_BYTES = 20_000_000  # unpacked; news sitemaps of a thousand entries stay under one
MAX_ENTRIES = 2_000
_MOST_INDEXED = 3  # sitemaps of an index that are read: news indexes list the newest first
_FRESH = 300.0  # seconds for which a feed that was read is not asked again: feeds change no faster
# Tags and entities of a feed that are parsed: 2,000 entries of RSS have 40,000, and the reader takes 2 s for so many.
MAX_MARKS = 120_000
MAX_SITEMAP_MARKS = 500_000  # the same of a sitemap, whose parser is quicker; 50,000 addresses are the most it may list
_REFUSED = re.compile(r"<!(?:DOCTYPE(?![^\[>]{0,200}>)|ENTITY)", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,500}\?>", re.IGNORECASE)  # its encoding is no longer true
_ENTRY = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """An article listed in a feed; ``published`` is ISO 8601, or None if the feed does not give it."""

    url: str
    title: str = ""
    summary: str = ""
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed: its entries in the feed's order, or the sitemaps that a sitemap index lists."""

    entries: tuple[FeedEntry, ...]
    title: str = ""
    sitemaps: tuple[str, ...] = ()


def parse_feed(data: bytes, *, url: str, content_type: str | None = None) -> Feed:
    """Parse a feed of any supported kind.

    Raises:
        Unavailable: ``unsupported_type`` if it is not a feed, is broken or declares entities; ``too_large``.
    """
    data = _unpacked(data, url)
    if data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json_feed(data, url)
    text = _DECLARATION.sub("", charset.legal(charset.decode(data, content_type)), count=1)
    if _REFUSED.search(text):
        raise Unavailable(Reason.UNSUPPORTED_TYPE, f"{url} declares its own entities, which feeds do not need; refused")
    if re.search(r"<(?:\w+:)?(?:urlset|sitemapindex)\b", text[:2000]):
        return _sitemap(_within_mark_limit(text, MAX_SITEMAP_MARKS, url), url)
    return _syndicated(_within_mark_limit(_first_entries(text), MAX_MARKS, url), url)


def _within_mark_limit(text: str, most: int, url: str) -> str:
    """The text as it is; raises Unavailable(too_large) past so many tags and entities."""
    if text.count("<") + text.count("&") > most:
        raise Unavailable(Reason.TOO_LARGE, f"{url} has more than {most:,} tags and entities")
    return text


def _first_entries(text: str) -> str:
    """Cut a feed off after `MAX_ENTRIES` entries and close the open elements."""
    end = next((match.start() for match in islice(_ENTRY.finditer(text), MAX_ENTRIES, None)), None)
    if end is None:
        return text
    root = re.search(r"<([A-Za-z][\w:.-]{0,60})", text)
    open_elements = ["channel"] if re.search(r"<channel[\s>]", text[:end]) and "</channel>" not in text[:end] else []
    return text[:end] + "".join(f"</{name}>" for name in (*open_elements, *([root[1]] if root else [])))


async def read_feed(url: str, get: Get) -> Feed:
    """Fetch and parse one feed; the sitemaps of a sitemap index are read as well. Raises Unavailable."""
    feed = await _read_one(url, get)
    if not feed.sitemaps:
        return feed
    inner = await asyncio.gather(*(_read_one(address, get) for address in feed.sitemaps[:_MOST_INDEXED]))
    return Feed(entries=tuple(entry for part in inner for entry in part.entries)[:MAX_ENTRIES], title=feed.title)


async def read_all(addresses: Iterable[str], get: Get) -> tuple[dict[str, Feed], dict[str, str]]:
    """Read several feeds concurrently: the feeds by address, and one line for each that could not be read."""
    listed = list(dict.fromkeys(addresses))
    answers = await asyncio.gather(*(read_feed(url, get) for url in listed), return_exceptions=True)
    feeds: dict[str, Feed] = {}
    errors: dict[str, str] = {}
    for url, answer in zip(listed, answers, strict=True):
        if isinstance(answer, Feed):
            feeds[url] = answer
        elif isinstance(answer, Unavailable):
            errors[url] = failure(url, answer)
        else:
            raise answer
    return feeds, errors


def new_entries(feed: Feed, known: Iterable[str], limit: int | None = None) -> list[FeedEntry]:
    """The entries whose pages are not among the ``known`` addresses, in the feed's order, each page once."""
    seen = {urls.key(url) for url in known}
    result: list[FeedEntry] = []
    for entry in feed.entries:
        key = urls.key(entry.url)
        if key not in seen and (limit is None or len(result) < limit):
            seen.add(key)
            result.append(entry)
    return result


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletFeeds:
    """The cited outlet's own feeds and news sitemap, as a search service."""

    get: Get
    name: str = "the outlet's feed"
    _read: dict[str, tuple[float, Feed]] = field(default_factory=dict, repr=False, compare=False)

    async def search(self, query: Query) -> Sequence[Hit]:
        """The entries that share a word with the claim, most words first.

        Raises PartlyAnswered if some of the outlet's feeds could not be read, Unavailable if none could.
        """
        outlet = query.outlet
        addresses = [*outlet.feeds, *([outlet.sitemap] if outlet.sitemap else [])] if outlet else []
        now = time.monotonic()
        stale = [url for url in addresses if url not in self._read or now - self._read[url][0] > _FRESH]
        feeds, errors = await read_all(stale, self.get)
        self._read.update({url: (now, feed) for url, feed in feeds.items()})
        if addresses and len(errors) == len(addresses):
            raise Unavailable(Reason.UNREACHABLE, self._failure(errors))
        stems = likeness.stems(" ".join(query.words))
        entries = [entry for url in addresses if url in self._read for entry in self._read[url][1].entries]
        ranked = [
            (len(stems & likeness.stems(f"{e.title} {e.summary} {' '.join(urls.slug_words(e.url))}")), e)
            for e in entries
        ]
        best = sorted((pair for pair in ranked if pair[0]), key=lambda pair: -pair[0])[:20]
        hits = [Hit(url=e.url, title=e.title, snippet=e.summary, published=e.published) for _, e in best]
        if errors:
            raise PartlyAnswered(self._failure(errors), hits)
        return hits

    def _failure(self, errors: Mapping[str, str]) -> str:
        return f"{self.name}: {'; '.join(errors.values())}"


async def _read_one(url: str, get: Get) -> Feed:
    accept = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.1"
    status, headers, body = await get(url, {"Accept": accept})
    if status >= 400:
        raise Unavailable(Reason.UNREACHABLE, f"{url} answered with status {status}")
    declared = next((value for name, value in headers.items() if name.lower() == "content-type"), None)
    return await asyncio.to_thread(parse_feed, body, url=url, content_type=declared)


def _unpacked(data: bytes, url: str) -> bytes:
    """Sitemaps are often gzip files of their own; they are unpacked up to the limit and no further."""
    if data.startswith(b"\x1f\x8b"):
        try:
            data = unpack(data, "gzip", MAX_BYTES)
        except Unavailable as error:
            raise Unavailable(error.reason, f"{url}: {error.detail}") from error
    if len(data) > MAX_BYTES:
        raise Unavailable(Reason.TOO_LARGE, f"{url} is larger than {MAX_BYTES:,} bytes")
    return data


def _json_feed(data: bytes, url: str) -> Feed:
    """JSON Feed 1.1 (jsonfeed.org)."""
    try:
        text = charset.decode(data, markup=False)
        value = json.loads(_bounded_json(text, url))
    except (ValueError, RecursionError) as error:
        raise Unavailable(Reason.UNSUPPORTED_TYPE, f"{url} is broken JSON") from error
    items = value.get("items") if isinstance(value, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in str(value.get("version", "")):
        raise Unavailable(Reason.UNSUPPORTED_TYPE, f"{url} is JSON, but not a JSON Feed")
    entries = (_json_entry(item, url) for item in items[:MAX_ENTRIES] if isinstance(item, dict))
    return Feed(entries=tuple(entry for entry in entries if entry), title=_string(value.get("title")))


def _bounded_json(text: str, url: str) -> str:
    """As `_within_mark_limit`, for what JSON is made of."""
    if text.count(",") + text.count("[") + text.count("{") > MAX_SITEMAP_MARKS:
        raise Unavailable(Reason.TOO_LARGE, f"{url} has more than {MAX_SITEMAP_MARKS:,} values")
    return text


def _json_entry(item: Mapping[str, Any], base: str) -> FeedEntry | None:
    address = _entry_address(base, item, "url", "external_url", "id")
    if address is None:
        return None
    return FeedEntry(
        url=address,
        title=_string(item.get("title")),
        summary=_without_tags(
            _string(item.get("summary")) or _string(item.get("content_text")) or _string(item.get("content_html"))
        ),
        published=metadata.iso(_string(item.get("date_published"))),
    )


def _sitemap(text: str, url: str) -> Feed:
    """Sitemaps 0.9 with Google's news extension, and indexes of them (sitemaps.org)."""
    _, etree = tree.lxml()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unavailable(Reason.UNSUPPORTED_TYPE, f"{url} is broken XML ({str(error)[:80]})") from error
    if root.tag == f"{_SITEMAP}sitemapindex":
        listed = (urls.absolute(url, (node.findtext(f"{_SITEMAP}loc") or "").strip()) for node in root)
        return Feed(entries=(), sitemaps=tuple(address for address in listed if address)[:MAX_ENTRIES])
    entries: list[FeedEntry] = []
    for node in list(root)[:MAX_ENTRIES]:
        address = urls.absolute(url, (node.findtext(f"{_SITEMAP}loc") or "").strip())
        if address:
            news = node.find(f"{_NEWS}news")
            stated = (
                news.findtext(f"{_NEWS}publication_date") if news is not None else node.findtext(f"{_SITEMAP}lastmod")
            )
            title = news.findtext(f"{_NEWS}title") if news is not None else ""
            entries.append(FeedEntry(url=address, title=_without_tags(title or ""), published=metadata.iso(stated)))
    return Feed(entries=tuple(entries))


def _syndicated(text: str, url: str) -> Feed:
    """RSS 0.9 to 2.0, RDF and Atom, through feedparser, which reads what is not well-formed as well."""
    import feedparser  # noqa: PLC0415  loaded with the first feed

    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    data = io.BytesIO(text.encode("utf-8", "replace"))
    parsed = feedparser.parse(data, response_headers=headers, sanitize_html=True)
    if not parsed.entries and not parsed.get("version"):
        fault = parsed.get("bozo_exception")
        why = f" ({str(fault)[:80]})" if fault else ""
        raise Unavailable(Reason.UNSUPPORTED_TYPE, f"{url} is not a feed{why}")
    entries: list[FeedEntry] = []
    for item in parsed.entries[:MAX_ENTRIES]:
        address = _entry_address(url, item, "feedburner_origlink", "link", "id")
        if address:
            entries.append(
                FeedEntry(
                    url=address,
                    title=_without_tags(_string(item.get("title"))),
                    summary=_without_tags(_string(item.get("summary"))),
                    published=_moment(item.get("published_parsed") or dict.get(item, "updated_parsed")),
                )
            )
    return Feed(entries=tuple(entries), title=_without_tags(_string(parsed.feed.get("title"))))


def _entry_address(base: str, item: Mapping[str, Any], *keys: str) -> str | None:
    """The first address that an entry gives; an id counts only if it is an address."""
    for key in keys:
        value = _string(item.get(key)).strip()
        if value and (key != "id" or addresses.address_parts(value)):
            return urls.absolute(base, value)
    return None


def _moment(parsed: Any) -> str | None:
    """A UTC time tuple, as feedparser gives it, in ISO 8601."""
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC).isoformat() if parsed else None
    except (TypeError, ValueError, OverflowError):
        return None


def _without_tags(markup: str) -> str:
    return " ".join(re.sub(r"<[^<>]{0,1000}>", " ", markup).split())[:2000]


def _string(value: object) -> str:
    return charset.legal(value) if isinstance(value, str) else ""
