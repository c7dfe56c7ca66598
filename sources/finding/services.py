"""The search services, each in its documented wire format.

GDELT DOC 2.0 (no key), SearXNG (self-hosted), Brave Search, Google Fact Check Tools, and the Wayback Machine's
CDX and availability APIs. The outlets' own feeds are a service too (`feeds.OutletFeeds`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from claims import addresses
from sources import urls
from sources.errors import SourcesError
from sources.finding.feeds import OutletFeeds
from sources.finding.memento import Memento
from sources.finding.search_protocol import (
    Get,
    Hit,
    PartlyAnswered,
    Query,
    SearchService,
    ask_service,
    objects_at,
    text_at,
)
from sources.page import metadata

_MOST_DOMAINS = 3  # of one outlet in one query: services cut long ones
_BEFORE, _AFTER = (
    timedelta(days=4),
    timedelta(days=2),
)  # days around the article's: a source may be older, or updated later


@dataclass(frozen=True, slots=True, kw_only=True)
class Gdelt:
    """GDELT DOC 2.0: the world's online news since 2017, by words, domain and day; no key.

    It rejects single parentheses, words of two letters and more than one request in five seconds; the fetcher's delay
    per host must be set accordingly.
    """

    get: Get
    url: str = "https://api.gdeltproject.org/api/v2/doc/doc"
    name: str = "GDELT"

    async def search(self, query: Query) -> Sequence[Hit]:
        """Articles whose text contains the words, most relevant first."""
        words = [word for word in query.words if len(word) > 2 and word.isascii()][:4]
        places = [f"domainis:{domain}" for domain in query.domains[:_MOST_DOMAINS]]
        where = f"({' OR '.join(places)})" if len(places) > 1 else "".join(places)
        parameters = {
            "query": " ".join([*words, where]).strip(),
            "mode": "artlist",
            "format": "json",
            "maxrecords": "50",
        }
        parameters["sort"] = "hybridrel"
        if window := _days_around(query.day):
            parameters["startdatetime"] = f"{window[0]:%Y%m%d}000000"
            parameters["enddatetime"] = f"{window[1]:%Y%m%d}235959"
        answer = await ask_service(self.get, f"{self.url}?{urlencode(parameters)}", self.name)
        return [
            Hit(url=text_at(row, "url"), title=text_at(row, "title"), published=_gdelt_time(text_at(row, "seendate")))
            for row in objects_at(answer, "articles")
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Searxng:
    """SearXNG, a self-hosted metasearch engine; its settings must allow the format ``json``."""

    get: Get
    url: str
    name: str = "SearXNG"

    async def search(self, query: Query) -> Sequence[Hit]:
        """Web results for the words within the outlet's domains.

        Raises PartlyAnswered if some of its engines did not answer.
        """
        parameters = {"q": _with_sites(query), "format": "json", "categories": "general,news"}
        answer = await ask_service(self.get, f"{self.url.rstrip('/')}/search?{urlencode(parameters)}", self.name)
        hits = [
            Hit(
                url=text_at(row, "url"),
                title=text_at(row, "title"),
                snippet=text_at(row, "content"),
                published=metadata.iso(text_at(row, "publishedDate")),
            )
            for row in objects_at(answer, "results")
        ]
        if silent := answer.get("unresponsive_engines") if isinstance(answer, dict) else None:
            raise PartlyAnswered(f"{self.name} had no answer from {_engines(silent)}", hits)
        return hits


@dataclass(frozen=True, slots=True, kw_only=True)
class Brave:
    """Brave Search's web endpoint; needs a key, sent as ``X-Subscription-Token``."""

    get: Get
    key: str
    url: str = "https://api.search.brave.com/res/v1/web/search"
    name: str = "Brave Search"

    async def search(self, query: Query) -> Sequence[Hit]:
        """Web and news results for the words within the outlet's domains."""
        parameters = {"q": _with_sites(query)[:400], "count": "20", "text_decorations": "false"}
        if window := _days_around(query.day):
            parameters["freshness"] = f"{window[0].isoformat()}to{window[1].isoformat()}"
        headers = {"X-Subscription-Token": self.key}
        answer = await ask_service(self.get, f"{self.url}?{urlencode(parameters)}", self.name, headers)
        results = [*objects_at(answer, "web", "results"), *objects_at(answer, "news", "results")]
        return [
            Hit(
                url=text_at(row, "url"),
                title=text_at(row, "title"),
                snippet=" ".join([text_at(row, "description"), *map(str, row.get("extra_snippets") or ())]),
                published=metadata.iso(text_at(row, "page_age")),
            )
            for row in results
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactChecks:
    """Google Fact Check Tools: earlier fact-checks of the same claim (ClaimReview); needs a key."""

    get: Get
    key: str
    url: str = "https://factchecktools.googleapis.com/v1alpha1/claims:search"
    name: str = "Google Fact Check Tools"

    async def search(self, query: Query) -> Sequence[Hit]:
        """Reviews of claims with these words: the title has title and rating of the review, the snippet the claim."""
        parameters = {"query": " ".join(query.words), "languageCode": "en", "pageSize": "20", "key": self.key}
        if len(query.domains) == 1:
            parameters["reviewPublisherSiteFilter"] = query.domains[0]
        answer = await ask_service(self.get, f"{self.url}?{urlencode(parameters)}", self.name)
        return [
            Hit(
                url=text_at(review, "url"),
                title=" ".join(part for part in (text_at(review, "title"), text_at(review, "textualRating")) if part),
                snippet=text_at(claim, "text"),
                published=metadata.iso(text_at(review, "reviewDate")),
            )
            for claim in objects_at(answer, "claims")
            for review in objects_at(claim, "claimReview")
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wayback:
    """The Wayback Machine: an outlet's pages of a few days (CDX), and dated copies of one page.

    ``url`` is the base address of ``/cdx/search/cdx`` and ``/web/``; ``available`` is the address of the availability
    API, which is on another host.
    """

    get: Get
    url: str = "https://web.archive.org"
    available: str = "https://archive.org/wayback/available"
    name: str = "the Wayback Machine"

    async def search(self, query: Query) -> Sequence[Hit]:
        """Pages of the outlet captured around the day whose addresses contain a word of the claim."""
        window = _days_around(query.day)
        slug = [re.escape(word.casefold()) for word in query.words if len(word) > 3 and word.isascii()]
        if not query.domains or window is None or not slug:
            return []
        parameters = [
            ("url", query.domains[0]), ("matchType", "domain"), ("output", "json"), ("fl", "timestamp,original"),
            ("from", f"{window[0]:%Y%m%d}"), ("to", f"{window[1]:%Y%m%d}"), ("filter", "statuscode:200"),
            ("filter", "mimetype:text/html"), ("filter", f"original:(?i).*({'|'.join(slug)}).*"),
            ("collapse", "urlkey"), ("limit", "200"),
        ]  # fmt: skip
        return [Hit(url=original, published=None) for _, original in await self._rows(parameters)]

    async def copies(self, url: str, day: str | None = None) -> Sequence[Hit]:
        """The archived copies of ``url``, nearest to ``day`` first: the captured bytes, without the archive's frame."""
        near = metadata.day_of(day)
        parameters = [
            ("url", urls.origin(url)), ("output", "json"), ("fl", "timestamp,original"), ("filter", "statuscode:200"),
            ("collapse", "timestamp:8"), ("limit", "500"),
        ]  # fmt: skip
        if near:
            parameters += [
                ("from", f"{near - timedelta(days=30):%Y%m%d}"),
                ("to", f"{near + timedelta(days=365):%Y%m%d}"),
            ]
        rows = await self._rows(parameters) or await self._closest(url, near)
        stamped = [(stamp, original) for stamp, original in rows if re.fullmatch(r"\d{8,14}", stamp)]
        if near:
            stamped.sort(key=lambda row: abs((_stamp_day(row[0]) - near).days))
        return [
            Hit(url=f"{self.url.rstrip('/')}/web/{stamp}id_/{original}", published=_stamp_day(stamp).isoformat())
            for stamp, original in stamped
        ]

    async def _rows(self, parameters: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        answer = await ask_service(
            self.get, f"{self.url.rstrip('/')}/cdx/search/cdx?{urlencode(parameters)}", self.name
        )
        listed = answer[1:] if isinstance(answer, list) else []  # the first row names the fields
        return [(str(row[0]), str(row[1])) for row in listed if isinstance(row, list) and len(row) == 2]

    async def _closest(self, url: str, near: date | None) -> list[tuple[str, str]]:
        parameters = {"url": urls.origin(url)} | ({"timestamp": f"{near:%Y%m%d}"} if near else {})
        answer = await ask_service(self.get, f"{self.available}?{urlencode(parameters)}", self.name)
        snapshots = answer.get("archived_snapshots") if isinstance(answer, dict) else None
        closest = snapshots.get("closest") if isinstance(snapshots, dict) else None
        if not isinstance(closest, dict) or not closest.get("available") or str(closest.get("status")) != "200":
            return []
        return [(text_at(closest, "timestamp"), urls.origin(text_at(closest, "url")))]


def configured_services(
    entries: Sequence[Mapping[str, object]], get: Get, environment: Mapping[str, str] | None = None
) -> list[SearchService]:
    """The configured services in their order. ``entries`` are ``{"kind": ..., "url": ...}``.

    Keys come from the environment only: FACTDESK_BRAVE_KEY, FACTDESK_GOOGLE_FACT_CHECK_KEY.

    Raises:
        SourcesError: an unknown kind, or a service whose address or key is missing.
    """
    return [_make_service(entry, get, environment or {}) for entry in entries]


def _make_service(entry: Mapping[str, object], get: Get, environment: Mapping[str, str]) -> SearchService:
    """One configured service; raises SourcesError with what is missing or allowed."""
    kind, url = str(entry.get("kind")), entry.get("url")
    if kind not in _MAKERS:
        raise SourcesError(f"search: the kind {kind!r} is unknown; allowed are {', '.join(sorted(_MAKERS))}.")
    if url is not None and not addresses.address_parts(str(url)):
        raise SourcesError(f"search: {url!r} is not an http(s) address.")
    variable = _KEYS.get(kind)
    key = environment.get(variable, "") if variable else ""
    if variable and not key:
        raise SourcesError(f"search: {kind} needs a key; set the environment variable {variable}.")
    if kind in ("searxng", "memento") and url is None:
        raise SourcesError(f"search: {kind} needs the address of your own server (url: http://127.0.0.1:8888).")
    return _MAKERS[kind](get, {"url": str(url)} if url else {}, {"key": key} if variable else {})


_KEYS = {"brave": "FACTDESK_BRAVE_KEY", "google_fact_check": "FACTDESK_GOOGLE_FACT_CHECK_KEY"}
_MAKERS: dict[str, Callable[[Get, dict[str, str], dict[str, str]], SearchService]] = {
    "gdelt": lambda get, url, _key: Gdelt(get=get, **url),
    "searxng": lambda get, url, _key: Searxng(get=get, **url),
    "brave": lambda get, url, key: Brave(get=get, **url, **key),
    "google_fact_check": lambda get, url, key: FactChecks(get=get, **url, **key),
    "wayback": lambda get, url, _key: Wayback(
        get=get, **url, **({"available": f"{url['url'].rstrip('/')}/wayback/available"} if url else {})
    ),
    "memento": lambda get, url, _key: Memento(get=get, **url),
    "feeds": lambda get, _url, _key: OutletFeeds(get=get),
}


def _engines(silent: object) -> str:
    """SearXNG's list of engines that did not answer, each with its reason: [["brave", "timeout"], ...]."""
    listed = silent if isinstance(silent, list) else [silent]
    pairs = (item if isinstance(item, list) else [item] for item in listed)
    return ", ".join(": ".join(str(part) for part in pair) for pair in pairs)[:300]


def _with_sites(query: Query) -> str:
    sites = [f"site:{domain}" for domain in query.domains[:_MOST_DOMAINS]]
    where = f"({' OR '.join(sites)})" if len(sites) > 1 else "".join(sites)
    quoted = f'"{query.quote}"' if query.quote and len(query.quote) < 80 else ""
    return " ".join(part for part in (" ".join(query.words), quoted, where) if part)


def _days_around(day: str | None) -> tuple[date, date] | None:
    middle = metadata.day_of(day)
    return (middle - _BEFORE, middle + _AFTER) if middle else None


def _gdelt_time(stamp: str) -> str | None:
    """GDELT's 20250120T194500Z as ISO 8601."""
    match = re.fullmatch(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z", stamp)
    return metadata.iso(f"{match[1]}-{match[2]}-{match[3]}T{match[4]}:{match[5]}:{match[6]}Z") if match else None


def _stamp_day(stamp: str) -> date:
    day = metadata.day_of(f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}")
    return day or date.min
