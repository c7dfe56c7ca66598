# ruff: noqa: E501  inputs are kept on whole lines
"""The kinds of input for `fuzz`, each with valid examples and the function that reads it."""

from __future__ import annotations

import asyncio
import functools
import gzip
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from claims.addresses import host
from claims.extraction.extract import extract
from claims.records import Citation, CitationKind, Page, Source
from claims.verification.judges.judge import Judge
from claims.verification.judges.load import load_judge
from claims.verification.pairs import verify_pairs
from flows.commands.checking.verify import rows_of
from flows.config.setup import CheckOptions, setup
from flows.config.template import config_template
from sources import urls
from sources.article import read_article
from sources.captures.content_coding import unpack
from sources.captures.history import dated, in_archive
from sources.errors import SourcesError
from sources.fetching import robots
from sources.fetching.fetch import Fetcher, FetchPolicy
from sources.finding import feeds
from sources.finding.fact_checks import read_fact_checks
from sources.finding.search_protocol import Query, service_hits
from sources.finding.services import configured_services
from sources.gather import Network, read_source
from sources.outlets import Outlets, load_outlets
from sources.page.page import read_page

URL = "https://news.example.org/talks"
_WORDS = (
    "The minister said on Monday that talks would resume within 14 days. “We will be back,” Ana Reyes told Reuters. "
    "Prices rose by 2.5 percent in January 2025, according to the statistics office, up from 1.9 percent a year before."
)
_PARAGRAPH = f'<p>{_WORDS} <a href="https://www.reuters.com/world/a?b=c">Reuters</a> reported it first.</p>'
_TWEET = (
    '<blockquote class="twitter-tweet"><p>We will be back.</p>&mdash; RT (@RT_com) '
    '<a href="https://twitter.com/RT_com/status/1881423456789012345">January 20, 2025</a></blockquote>'
)
_DATA = json.dumps({"@type": "NewsArticle", "headline": "Talks", "articleBody": _WORDS, "author": [{"name": "A. B."}]})
_HTML = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Talks – The A</title>'
    '<meta property="og:site_name" content="The A"><meta property="article:published_time" content="2025-01-20T10:00Z">'
    f'<link rel="canonical" href="{URL}"><script type="application/ld+json">{_DATA}</script></head>'
    f"<body><nav><a href='/'>Home</a></nav><article><h1>Talks</h1>{_PARAGRAPH * 3}{_TWEET}"
    f"<ul><li>One &amp; two</li></ul><table><tr><td>a</td><td>2</td></tr></table></article></body></html>"
)
_TEXT = f"---\ntitle: Talks\ndate: 2025-01-20\n---\n\n# Talks\n\n{_WORDS}\n\n> “We will be back.”\n\n— RT (@RT_com) January 20, 2025\n\n- [Reuters](https://www.reuters.com/a)\n\n{_WORDS}\n"  # fmt: skip
_RSS = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>A</title><item><title>One &amp; all</title>'
    "<link>/1</link><description>&lt;b&gt;x&lt;/b&gt;</description><pubDate>Mon, 20 Jan 2025 19:40:00 +0100</pubDate>"
    "</item></channel></rss>"
)
_ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><title>One</title><link href="/1"/></entry></feed>'
_NEWS = (
    '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/1</loc>'
    "<lastmod>2025-01-19</lastmod></url></urlset>"
)
_JSON_FEED = json.dumps(
    {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "/1", "title": "x"}]}
)
_ROBOTS = "User-agent: *\nDisallow: /private/*.html$\nAllow: /\nCrawl-delay: 2\n\nUser-agent: Factdesk\nDisallow: /x\n"
_OEMBED = json.dumps({"html": _TWEET, "provider_name": "X", "author_name": "RT", "url": "https://twitter.com/RT_com"})
_PAIRS = "".join(
    json.dumps({"id": number, "claim": "Talks resume in 14 days.", "evidence": [_WORDS, "Nothing else."]}) + "\n"
    for number in range(3)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of input: ``read`` does with it what Factdesk does; ``most`` bytes of a mutated one are given to it."""

    name: str
    seeds: tuple[bytes, ...]
    read: Callable[[bytes, Path], None]
    most: int = 200_000


@functools.cache
def _outlets() -> Outlets:
    return load_outlets()


@functools.cache
def _judge() -> Judge:
    return load_judge("lexical")


_DOCX_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_DOCX_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
_DOCX = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Talks</w:t></w:r></w:p><w:p><w:r><w:t>{_WORDS}</w:t></w:r>'
    '<w:r><w:br w:type="page"/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://a.example/b"'
    '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>2</w:t></w:r></w:p></w:tc>'
    "</w:tr></w:tbl></w:body></w:document>"
)
_VTT = f"WEBVTT\n\n1\n00:00:01.000 --> 00:00:09.000\n<v Ana Reyes>{_WORDS}</v>\n\n00:10.000 --> 00:12.000 align:start\n- Yes. [laughs]\n"
_REVIEW = {
    "@type": "ClaimReview", "claimReviewed": _WORDS, "url": URL, "author": [{"name": "A"}], "datePublished": "2025-01-21",
    "reviewRating": {"alternateName": "True"},
}  # fmt: skip
_REVIEWS = json.dumps({"dataFeedElement": [{"item": [_REVIEW]}]})
_REVIEW_LINES = f"{json.dumps(_REVIEW)}\r\n{json.dumps(_REVIEW)}\n"
_HIT = {
    "url": URL,
    "title": "Talks",
    "content": _WORDS,
    "publishedDate": "2025-01-20T10:00:00",
    "extra_snippets": ["a"],
}
_HITS = json.dumps(
    {"results": [_HIT], "web": {"results": [_HIT]}, "unresponsive_engines": [["brave", "timeout"]], "articles": []}
)
_GDELT = json.dumps(
    {"articles": [{"url": URL, "title": "Talks", "seendate": "20250120T194500Z", "domain": "a.example"}]}
)


def _article(suffix: str, data: bytes, folder: Path) -> None:
    """As `factdesk claims FILE`; the claims' spans must be words of the text."""
    path = folder / f"article{suffix}"
    path.write_bytes(data)

    async def read() -> Page:
        async with Fetcher(FetchPolicy(offline=True)) as fetcher:
            return (await read_article(str(path), fetcher, _outlets()))[0]

    page = asyncio.run(read())
    for claim in extract(page, _outlets()).claims:
        if claim.text.split() != " ".join(page.text[start:end] for start, end in claim.spans).split():
            raise AssertionError(f"the spans of {claim.text!r} are other words")


def _docx(data: bytes, folder: Path) -> None:
    """As `factdesk claims FILE.docx`, with the bytes as the document's own part."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _DOCX_TYPES)
        archive.writestr("_rels/.rels", _DOCX_RELATIONS)
        archive.writestr("word/document.xml", data)
    _article(".docx", written.getvalue(), folder)


def _fact_checks(data: bytes, folder: Path) -> None:
    """As a file of earlier fact-checks under `search:`; what is found must have an address or none."""
    path = folder / "checks.json"
    path.write_bytes(data)
    for review in read_fact_checks(path).alike(_WORDS):
        host(review.url)


def _search(data: bytes, _folder: Path) -> None:
    """As the answer of each search service; there are hits, or one line that says why not."""

    async def get(_url: str, _headers: Mapping[str, str] | None = None) -> tuple[int, Mapping[str, str], bytes]:
        return 200, {}, data

    entries = [{"kind": kind, "url": "http://127.0.0.1:9"} for kind in ("searxng", "gdelt", "brave", "wayback")]
    for service in configured_services(entries, get, {"FACTDESK_BRAVE_KEY": "key"}):
        hits, why = asyncio.run(service_hits(service, Query(words=("talks",)), None))
        for hit in hits or ():
            urls.key(hit.url), host(hit.url), f"{hit.title} {hit.snippet}".split()
        if hits is None:
            raise SourcesError(why)


def _replay(data: bytes, folder: Path) -> None:
    """As a check with `--replay FILE`, of a link and of an address that the archive may not hold; and its history."""
    path = folder / "web.warc.gz"
    path.unlink(missing_ok=True)
    path.write_bytes(data)

    async def read() -> None:
        async with Fetcher(FetchPolicy(replay=path)) as fetcher:
            for url in (URL, f"{URL}/again", *fetcher.known_urls()[:5]):
                source = Source(citation=Citation(kind=CitationKind.LINK, url=url))
                await read_source(source, Page(text=_WORDS), [], Network(fetcher=fetcher, outlets=_outlets()))

    asyncio.run(read())
    dated(in_archive(URL, path), folder, _outlets())


def _feed(data: bytes, _folder: Path) -> None:
    feeds.parse_feed(data, url=URL, content_type="application/rss+xml")


def _robots(data: bytes, _folder: Path) -> None:
    async def read(_url: str) -> tuple[int, bytes]:
        return 200, data

    asyncio.run(robots.crawl_delay(URL, "Factdesk/1 (test)", read))


def _embed(data: bytes, _folder: Path) -> None:
    read_page(data, url="https://publish.twitter.com/oembed", content_type="application/json", outlets=_outlets())


def _config(data: bytes, folder: Path) -> None:
    path = folder / "config.yaml"
    path.write_bytes(data)
    setup(CheckOptions(config=str(path)))


def _pairs(data: bytes, folder: Path) -> None:
    """As `factdesk verify FILE --judge lexical`; every answer must be a line of UTF-8."""
    for answer in verify_pairs(rows_of(io.BytesIO(data), folder / "pairs.jsonl"), _judge()):
        json.dumps(answer, ensure_ascii=False).encode()


def _packed(coding: str, data: bytes, _folder: Path) -> None:
    unpack(data, coding, 1_000_000)


def _warc(packed: bool) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed, warc_version="1.1")
    pages = ((URL, _HTML.encode(), ()), (f"{URL}/b", gzip.compress(_HTML.encode()), (("Content-Encoding", "gzip"),)))
    for url, body, more in pages:
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html"), *more], protocol="HTTP/1.1")
        record = writer.create_warc_record(url, "response", io.BytesIO(body), len(body), http_headers=http)
        writer.write_record(record)
        date = record.rec_headers.get_header("WARC-Date")
    http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    writer.write_record(writer.create_revisit_record(f"{URL}/again", "sha1:X", f"{URL}/b", date, http_headers=http))
    return out.getvalue()


def pdf(content: str = f"BT /F1 12 Tf 72 700 Td ({_WORDS}) Tj ET", more: str = "") -> bytes:
    """A PDF of one page with this content stream, written by hand."""
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> {more}>> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Title (Talks) /Author (Ana Reyes) /CreationDate (D:20250120194000Z) >>",
    )
    data, places = "%PDF-1.4\n", []
    for number, written in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{written}\nendobj\n"
    lines = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return f"{data}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{lines}{trailer}".encode("latin-1", "replace")


_PACKINGS = {"gzip": gzip.compress, "zstd": zstandard.compress}
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(name="html", seeds=(_HTML.encode(), _HTML.encode("utf-16")), read=functools.partial(_article, ".html")),
        Kind(
            name="text",
            seeds=(_TEXT.encode(), _TEXT.encode("utf-16")),
            read=functools.partial(_article, ".txt"),
            most=8_000,
        ),
        Kind(name="markdown", seeds=(_TEXT.encode(),), read=functools.partial(_article, ".md"), most=8_000),
        Kind(name="pdf", seeds=(pdf(),), read=functools.partial(_article, ".pdf")),
        Kind(name="docx", seeds=(_DOCX.encode(),), read=_docx),
        Kind(name="captions", seeds=(_VTT.encode(),), read=functools.partial(_article, ".vtt"), most=8_000),
        Kind(name="fact-checks", seeds=tuple(map(str.encode, (_REVIEWS, _REVIEW_LINES))), read=_fact_checks),
        Kind(name="search", seeds=tuple(map(str.encode, (_HITS, _GDELT))), read=_search),
        Kind(name="warc", seeds=(_warc(packed=True), _warc(packed=False)), read=_replay),
        Kind(name="feed", seeds=tuple(map(str.encode, (_RSS, _ATOM, _NEWS, _JSON_FEED))), read=_feed),
        Kind(name="robots", seeds=(_ROBOTS.encode(),), read=_robots),
        Kind(name="embed", seeds=(_OEMBED.encode(),), read=_embed),
        Kind(
            name="config", seeds=(config_template().encode(), b"judge: lexical\nfetch: {timeout: 5s}\n"), read=_config
        ),
        Kind(name="pairs", seeds=(_PAIRS.encode(),), read=_pairs),
        *(
            Kind(name=coding, seeds=(pack(_HTML.encode()),), read=functools.partial(_packed, coding))
            for coding, pack in _PACKINGS.items()
        ),
    )
}
