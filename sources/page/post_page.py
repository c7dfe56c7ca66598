"""Reads the page of a post: X's oEmbed response, Telegram's public preview, or the metadata of the post's page."""

from __future__ import annotations

import html
import json
import re
from typing import Any
from urllib.parse import urlencode

from sources import urls
from sources.markup.charset import legal
from sources.page import posts
from sources.page.metadata import About
from sources.page.posts import Embed

_OEMBED = "https://publish.twitter.com/oembed"  # documented, without a key
_QUOTED = re.compile(r"^[“\"](.*)[”\"]$", re.DOTALL)


def embed_of(url: str) -> str | None:
    """The address where a post can be read without scripts; None if there is none besides its own."""
    at = posts.address(url)
    if at is None:
        return None
    if at.host in {"twitter.com", "x.com"}:
        status = f"https://twitter.com/{at.handle}/status/{at.post}"
        return f"{_OEMBED}?{urlencode({'url': status, 'omit_script': 'true', 'hide_thread': 'true'})}"
    if at.host in {"t.me", "telegram.me"}:
        return f"https://t.me/{at.handle}/{at.post}?embed=1&mode=tme"
    return None


def is_oembed(data: bytes) -> bool:
    """Whether bytes look like an oEmbed response (oembed.com) with markup."""
    start = data[:20_000]
    return start.lstrip().startswith(b"{") and b'"html"' in start and b'"provider_' in start


def from_oembed(data: bytes, parse: Any) -> Embed | None:
    """The post in an oEmbed response; ``parse`` turns its markup into a tree. None if it contains none."""
    try:
        answer = json.loads(data)
    except (ValueError, RecursionError):
        return None
    markup = answer.get("html") if isinstance(answer, dict) else None
    tree = parse(legal(markup)) if isinstance(markup, str) else None
    quotes = tree.xpath(f"//*[{posts.EMBEDS}]") if tree is not None else []
    return posts.read_embed(quotes[0]) if quotes else None


def from_tree(tree: Any, url: str | None) -> Embed | None:
    """The post in Telegram's public preview; None for any other page."""
    at = posts.address(url) if url else None
    if at is None or at.host not in {"t.me", "telegram.me"}:
        return None
    messages = tree.xpath(
        "//*[contains(concat(' ', @class, ' '), ' tgme_widget_message ')]"
        f"[@data-post='{at.handle}/{at.post}' or not(@data-post)]"
        "//*[contains(concat(' ', @class, ' '), ' tgme_widget_message_text ')]"
    )
    if not messages:
        return None
    times = tree.xpath("//time/@datetime")
    return Embed(
        handle=at.handle,
        text=posts.words_of(messages[0]),
        signature="",
        date=posts.first_date(times[-1]) if times else None,
        url=f"https://t.me/{at.handle}/{at.post}",
    )


def from_about(about: About, url: str | None) -> Embed | None:
    """The post from the description of its own page, for networks whose pages are built by scripts."""
    at = posts.address(url) if url else None
    text = legal(html.unescape(about.description or "")).strip()
    quoted = _QUOTED.match(text)
    words = (quoted[1] if quoted else text).strip()
    if at is None or not words or at.host in {"t.me", "telegram.me"}:
        return None
    own = urls.destination(url) if url else None
    return Embed(handle=at.handle, text=posts.without_media(words), signature="", date=at.date, url=own)
