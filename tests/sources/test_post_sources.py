# ruff: noqa: E501  answers and markup are kept on whole lines
"""A cited post as a source: read where its words can be read, else unavailable; what the article showed is no post."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from urllib.parse import quote

import pytest
from loopback import Recorder

from claims.records import Citation, CitationKind, Claim, ClaimKind, Page, Post, Reading, Reason
from sources.fetching.fetch import Fetcher, FetchPolicy
from sources.gather import Network, plan, read_source
from sources.outlets import load_outlets

OUTLETS = load_outlets()
STATUS = "https://twitter.com/RT_com/status/1881300000000000000"  # its id says 20 January 2025
OEMBED = f"https://publish.twitter.com/oembed?url={quote(STATUS, safe='')}&omit_script=true&hide_thread=true"
SHOWN = "Putin congratulates Trump on his inauguration and says Moscow is open to dialogue"
WORDS = "Putin congratulates Trump on his inauguration"
ANSWER = json.dumps({
    "url": STATUS, "author_name": "RT", "type": "rich", "provider_name": "Twitter", "version": "1.0",
    "html": f'<blockquote class="twitter-tweet"><p lang="en">{WORDS}</p>&mdash; RT (@RT_com) <a href="{STATUS}">January 20, 2025</a></blockquote>',
}).encode()  # fmt: skip
SHELL = b"<html><head><title>X</title></head><body><div id='react-root'></div><noscript>JavaScript is not available. Please enable JavaScript to continue.</noscript></body></html>"
TELEGRAM = "https://t.me/rian_ru/274000"
PREVIEW = f"""<html><body><div class="tgme_widget_message js-widget_message" data-post="rian_ru/274000">
<div class="tgme_widget_message_text js-message_text">{WORDS}, the agency said.</div>
<time datetime="2025-01-20T11:02:03+00:00">11:02</time></div></body></html>""".encode()
NOT_FOUND = b"""<html><body><div class="tgme_widget_message_error">Post not found</div></body></html>"""
TRUTH = "https://truthsocial.com/@realDonaldTrump/posts/113860000000000000"
DESCRIBED = f'<html><head><meta property="og:description" content="{WORDS} and I thank him"></head><body><div id=root></div></body></html>'.encode()
JSON = (("Content-Type", "application/json; charset=utf-8"),)


def article(url: str | None = None, handle: str = "RT_com") -> Page:
    """It shows more words than the post has, as a page may show an earlier or a forged post."""
    post = Post(handle=handle, text=SHOWN, span=(0, len(SHOWN)), date="2025-01-20", url=url)
    return Page(text=SHOWN, url="https://news.example.org/a", published="2025-01-20", posts=(post,))


def cited(url: str | None = None, handle: str = "RT_com") -> Citation:
    return Citation(kind=CitationKind.POST, text=SHOWN, span=(0, len(SHOWN)), url=url, handle=handle, date="2025-01-20")


async def read(archive: Path, citation: Citation, page: Page) -> Reading:
    claim = Claim(
        article=page.id,
        text=SHOWN,
        spans=((0, len(SHOWN)),),
        statement=SHOWN,
        kind=ClaimKind.STATEMENT,
        checkable=True,
        citations=(citation,),
    )
    (source,) = plan([claim])
    async with Fetcher(FetchPolicy(replay=archive)) as fetcher:
        return await read_source(source, page, [claim], Network(fetcher=fetcher, outlets=OUTLETS))


def record(tmp_path: Path, *pages: tuple[str, bytes, str]) -> Path:
    recorder = Recorder(tmp_path / "posts.warc.gz")
    for url, body, status in pages:
        recorder.page(url, body, status, **({"headers": JSON} if body.startswith(b"{") else {}))
    return recorder.close()


@pytest.mark.parametrize(
    ("pages", "url", "handle", "words", "found_by"),
    [
        # by its address: the page is a shell of scripts, the oEmbed answer has the words
        (((STATUS, SHELL, "200 OK"), (OEMBED, ANSWER, "200 OK")), STATUS, "RT_com", WORDS, "the link itself"),
        (((OEMBED, ANSWER, "200 OK"),), STATUS, "RT_com", WORDS, "the public embed of the post"),
        # by handle and day alone
        (((STATUS, SHELL, "200 OK"), (OEMBED, ANSWER, "200 OK")), None, "RT_com", WORDS, "a post of this handle in the archive"),
        (((TELEGRAM + "?embed=1&mode=tme", PREVIEW, "200 OK"),), TELEGRAM, "rian_ru", f"{WORDS}, the agency said.", "the link itself"),
        (((TRUTH, DESCRIBED, "200 OK"),), TRUTH, "realDonaldTrump", f"{WORDS} and I thank him", "the link itself"),
    ],
)  # fmt: skip
async def test_a_post_is_read_where_its_words_can_be_read(
    tmp_path: Path, pages: tuple[tuple[str, bytes, str], ...], url: str | None, handle: str, words: str, found_by: str
) -> None:
    reading = await read(record(tmp_path, *pages), cited(url, handle), article(url, handle))
    assert reading.source.reason is None, reading.source.detail
    assert reading.page is not None and reading.page.text.splitlines()[0] == words
    assert "open to dialogue" not in reading.page.text  # what the article showed is not the post
    assert found_by in {candidate.found_by for candidate in reading.source.candidates}


@pytest.mark.parametrize(
    ("pages", "url", "handle", "reason"),
    [
        (((STATUS, SHELL, "200 OK"), (OEMBED, b'{"error": "gone"}', "404 Not Found")), STATUS, "RT_com", Reason.NOT_FOUND),
        (((STATUS, b"<p>gone</p>", "404 Not Found"),), STATUS, "RT_com", Reason.NOT_FOUND),
        (((TELEGRAM + "?embed=1&mode=tme", NOT_FOUND, "200 OK"),), TELEGRAM, "rian_ru", Reason.SOFT_404),
        (((TRUTH, SHELL, "200 OK"),), TRUTH, "realDonaldTrump", Reason.BOT_WALL),
        ((("https://twitter.com/another/status/1881300000000000000", SHELL, "200 OK"),), None, "RT_com", Reason.UNRESOLVED),
        # the same handle, another day (21 June 2023)
        ((("https://twitter.com/RT_com/status/1671400000000000000", ANSWER, "200 OK"),), None, "RT_com", Reason.UNRESOLVED),
    ],
)  # fmt: skip
async def test_a_post_that_cannot_be_reached_is_unavailable_whatever_the_article_showed(
    tmp_path: Path, pages: tuple[tuple[str, bytes, str], ...], url: str | None, handle: str, reason: Reason
) -> None:
    reading = await read(record(tmp_path, *pages), cited(url, handle), article(url, handle))
    assert reading.page is None
    assert reading.source.reason is reason, reading.source.detail
    assert reading.source.detail


async def test_an_embed_without_an_address_is_looked_for_by_handle_and_day_only(tmp_path: Path) -> None:
    archive = record(tmp_path, ("https://www.rt.com/news/1", f"<p>{WORDS}</p>".encode() * 9, "200 OK"))
    reading = await read(archive, dataclasses.replace(cited(), outlet="rt"), article())
    assert (reading.page, reading.source.reason) == (None, Reason.UNRESOLVED)  # the outlet's site is not its account
