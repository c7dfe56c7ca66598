"""Finds the posts that an article embeds or quotes, as shown in the article.

Two forms are read: the embed markup of X, Telegram, Truth Social, Bluesky and others, and the line that remains of it
in plain text, "— RT (@RT_com) January 20, 2025", below the words of the post.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from claims import addresses
from claims.records import Post
from sources import urls
from sources.markup.tree import walk

_MONTHS = {
    # English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Russian, Ukrainian: first letters.
    1: "jan ene gen styc янв січ", 2: "feb fév fev lut фев лют", 3: "mar mär mrt мар бер", 4: "apr avr abr kwi апр кві",
    5: "may mai mag mei maj май мая тра", 6: "jun juin giu cze июн чер", 7: "jul juil lug lip июл лип",
    8: "aug aoû ago sie авг сер", 9: "sep set wrz сен вер", 10: "oct okt out ott paź окт жов",
    11: "nov lis ноя", 12: "dec dez déc dic gru дек гру",
}  # fmt: skip
_BY_START = {start: month for month, starts in _MONTHS.items() for start in starts.split()}
_BY_START |= {"листопад": 11, "липень": 7, "липня": 7, "лютого": 2, "juillet": 7}
_MONTH_FIRST = re.compile(r"([^\W\d]{3,12})\.?\s+(\d{1,2}),?\s+((?:19|20)\d\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})\.?\s+(?:de\s+)?([^\W\d]{3,12})\.?\s+(?:de\s+)?((?:19|20)\d\d)")
_NUMBERS = re.compile(r"((?:19|20)\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})")

_SIGNATURE = re.compile(
    r"(?:^|(?<=\s))(?:—|–|―|--?|&mdash;)[ \u00a0]*(?P<name>[^\n(@]{1,80}?)[ \u00a0]*\(@(?P<handle>\w{1,30})\)"
    r"[ \u00a0]*(?P<date>[^\n()@]{4,40})?[ \u00a0]*$",
    re.MULTILINE,
)
_MOST_ABOVE = 4000  # maximum length of a post in characters (longer ones on X are not embedded completely)
_MEDIA_LINK = re.compile(r"\s*(?:https?://)?(?:pic\.twitter\.com|pic\.x\.com|t\.co)/\w+\s*")

_STATUS = re.compile(r"^/(?P<handle>\w{1,30})/status(?:es)?/(?P<id>\d{5,20})")
_TELEGRAM = re.compile(r"^/(?:s/)?(?P<handle>\w{3,40})/(?P<id>\d+)")
_TRUTH = re.compile(r"^/(?:users/|@)(?P<handle>\w{1,30})/(?:posts/|statuses/)?(?P<id>\d{5,25})")
_BLUESKY = re.compile(r"^/profile/(?P<handle>[\w.:-]{3,80})/post/(?P<id>\w+)")
_AT_HOME = {
    "twitter.com": _STATUS, "x.com": _STATUS, "nitter.net": _STATUS, "t.me": _TELEGRAM, "telegram.me": _TELEGRAM,
    "truthsocial.com": _TRUTH, "bsky.app": _BLUESKY,
}  # fmt: skip
_X_EPOCH = 1_288_834_974_657  # ms; the first 42 bits of an X id count from here (the published snowflake layout)
_SNOWFLAKES = 10**15  # ids below were counted up one by one until November 2010

# The markup of embeds: (tag, words of its class); telegram's is a script with data-telegram-post.
EMBEDS = (
    "self::blockquote[contains(@class,'twitter-tweet') or contains(@class,'twitter-video')"
    " or contains(@class,'truthsocial') or contains(@class,'bluesky-embed') or contains(@class,'mastodon-embed')"
    " or contains(@class,'text-post-media') or contains(@class,'instagram-media') or contains(@class,'tiktok-embed')]"
    " or self::script[@data-telegram-post]"
    " or self::iframe[contains(@src,'truthsocial.com/') or contains(@src,'t.me/') or contains(@src,'embed.bsky.app')"
    " or contains(@src,'platform.twitter.com/embed')]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Embed:
    """A post found in markup: its words, and the line with its author and date."""

    handle: str
    text: str
    signature: str
    date: str | None
    url: str | None

    @property
    def shown(self) -> str:
        """The post as it appears in a page's text: its words, and below them the signature."""
        return "\n".join(part for part in (self.text, self.signature) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The parts of a post's address: host, handle and id, and the date if the id contains it."""

    host: str
    handle: str
    post: str
    date: str | None


def address(url: str) -> Address | None:
    """Read the address of a post on X, Telegram, Truth Social or Bluesky; None for any other address."""
    url = urls.origin(url)
    host = addresses.site(url)
    pattern = _AT_HOME.get(host)
    parts = addresses.address_parts(url)
    match = pattern.match(parts.path) if pattern and parts else None
    if not match:
        return None
    day = _from_snowflake(int(match["id"])) if pattern is _STATUS else None
    return Address(host=host, handle=match["handle"], post=match["id"], date=day)


def first_date(text: str) -> str | None:
    """The first date written in ``text`` as ISO 8601, in any of the languages of the embeds; None if none is."""
    if match := _NUMBERS.search(text):
        return urls.iso_date(match[1], int(match[2]), int(match[3]))
    if match := _MONTH_FIRST.search(text):
        return urls.iso_date(match[3], _month_number(match[1]), int(match[2]))
    if match := _DAY_FIRST.search(text):
        return urls.iso_date(match[3], _month_number(match[2]), int(match[1]))
    return None


def in_plain(text: str) -> tuple[Post, ...]:
    """The posts of a plain text: a signature line and the line before it, which together form the post's span."""
    return tuple(_plain_posts(text))


def _plain_posts(text: str) -> Iterator[Post]:
    if "(@" not in text:
        return
    for match in _SIGNATURE.finditer(text):
        when = first_date(match["date"] or "")
        if match["date"] and when is None:
            continue
        line = text.rfind("\n", 0, match.start()) + 1
        start, words = line, text[line : match.start()].strip()
        if not words:
            above = text[max(0, line - _MOST_ABOVE) : line].rstrip()
            start = max(0, line - _MOST_ABOVE) + above.rfind("\n") + 1
            words = text[start:line].strip()
        if not words:
            start = match.start()
        end = match.start() + len(match[0].rstrip())
        yield Post(handle=match["handle"], text=without_media(words), span=(start, end), date=when)


def without_media(text: str) -> str:
    """The words of a post without the short links to its own pictures."""
    return _MEDIA_LINK.sub(" ", text).strip()


def read_embed(element: Any) -> Embed | None:
    """The post in an embed's markup (an lxml element); None if its author cannot be determined."""
    addresses = [
        *element.xpath("descendant-or-self::*/@cite | .//a/@href | @src | @data-bluesky-uri"),
        *_telegram(element),
    ]
    own = next(((url, at) for url in reversed(addresses) if (at := address(url))), None)
    whole = "\n".join(line for line in map(str.strip, _element_text(element).splitlines()) if line)
    signed = next(iter(_SIGNATURE.finditer(whole)), None)
    handle = signed["handle"] if signed else (own[1].handle if own else None)
    if handle is None:
        return None
    words = whole[: signed.start()].strip() if signed else _paragraph_text(element)
    when = (first_date(signed["date"] or "") if signed else first_date(whole)) or (own[1].date if own else None)
    return Embed(
        handle=handle,
        text=without_media(words),
        signature=signed[0].strip() if signed else "",
        date=when,
        url=urls.destination(own[0]) if own else None,
    )


def words_of(element: Any) -> str:
    """The words of a post's own element (an lxml element), line by line."""
    return without_media("\n".join(line for line in map(str.strip, _element_text(element).splitlines()) if line))


def _telegram(element: Any) -> list[str]:
    name = element.get("data-telegram-post") if element.tag == "script" else None
    return [f"https://t.me/{name}"] if name else []


def _element_text(element: Any) -> str:
    """An element's words with line breaks where its markup has them."""
    if element.tag in ("script", "iframe"):
        return ""
    pieces: list[str] = []
    for event, node in walk(element):
        breaks = node.tag in ("p", "div", "blockquote", "section") or (node.tag == "br" and event == "start")
        pieces.append("\n" if breaks else "")
        if event == "start" and node.tag not in ("script", "style"):
            pieces.append(re.sub(r"\s+", " ", node.text or ""))
        if event == "end" and node is not element:
            pieces.append(re.sub(r"\s+", " ", node.tail or ""))
    return "".join(pieces).strip()


def _paragraph_text(element: Any) -> str:
    return "\n".join(text for node in element.iter("p") if (text := " ".join(_element_text(node).split())))


def _month_number(name: str) -> int:
    name = name.casefold()
    return _BY_START.get(name) or _BY_START.get(name[:4]) or _BY_START.get(name[:3]) or 0


def _from_snowflake(number: int) -> str | None:
    if number < _SNOWFLAKES:
        return None
    seconds = ((number >> 22) + _X_EPOCH) / 1000
    return datetime.fromtimestamp(seconds, UTC).date().isoformat() if seconds < 4e9 else None
