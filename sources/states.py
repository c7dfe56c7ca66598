"""Told from the response: why a page is not the article that its address promised.

`state_of` looks at status, headers, addresses and the words of the body; `closed_by` and `told_by_text` at a page
that was taken apart. The tables stand in `markers`. A page with several whole paragraphs is never called a wall
because of a phrase in it: an article about CAPTCHAs stays an article.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from claims.records import Reason
from sources import charset, markers, urls

State = tuple[Reason, str]

LEAD = 80  # characters: less than one sentence above a paywall is no lead
_SHORT = 1500  # characters of text below which a closed page is taken for cut; leads of metered papers run to 1,200
_SCANNED = 400_000  # bytes of a body that are looked at
_PARAGRAPH = 120  # characters of a whole paragraph; the prompts of walls are shorter or among the markers
_WHOLE = 3  # as many paragraphs make an article

_INVISIBLE = re.compile(r"<(script|style|noscript|template|svg|head)\b.*?</\1\s*>|<!--.*?-->", re.I | re.S)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.I | re.S)
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1", re.I | re.S)
_PARAGRAPHS = re.compile(r"<p\b[^>]*>(.*?)(?=<p\b|</p\s*>|</div\s*>|$)", re.I | re.S)
_TAGS = re.compile(r"<[^>]*>")
_MARKUP = re.compile(
    r"^\s*(?:<!--.*?-->\s*)*<(?:!doctype|html|head|body|\?xml|meta|title|div|script|iframe)", re.I | re.S
)
_REFRESH = re.compile(r"<meta[^>]+http-equiv=[\"']?refresh", re.I)
_FREE = re.compile(r"[\"']isAccessibleForFree[\"']\s*:\s*[\"']?(?:https?://schema\.org/)?(true|false)", re.I)
_UNFINISHED = re.compile(r"(?:…|\.\.\.|\[\+\]|[\w,–—-])\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What a reader would see of a page, and the markup behind it."""

    markup: str
    title: str
    heading: str
    text: str
    paragraphs: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether it holds enough running text to be an article."""
        return len(self.paragraphs) >= _WHOLE


def state_of(
    status: int,
    headers: Mapping[str, str] | Iterable[tuple[str, str]],
    body: bytes,
    url: str,
    final_url: str,
) -> State | None:
    """The reason, and one line that says what was seen, where a response is not a readable page; else None.

    What only the extraction can tell (a page without an article) is left to `page.read_page`.
    """
    named = {name.lower(): value for name, value in _pairs(headers)}
    seen = _look(body, named.get("content-type"))
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if status in {401, 403, 407, 418, 429, 503, 999, 202, 405, 406}:
        refused = _refused(status, named, seen)
        if refused or status not in {202}:
            return refused
    if status in {404, 410}:
        return _gone(status, seen)
    if status >= 500:
        return Reason.UNREACHABLE, f"the server answered with an error of its own (status {status})"
    if status >= 400:
        return Reason.NOT_FOUND, f"the server refuses the address (status {status})"
    if status >= 300:
        return Reason.UNREACHABLE, f"the server redirects without saying where to (status {status})"
    if not body.strip():
        return Reason.SOFT_404, "the page is empty"
    return _of_a_good_answer(named, seen, url, final_url)


def closed_by(markup: str, text: str, *, free: bool | None, description: str | None = None) -> Reason | None:
    """`Reason.PAYWALL` where ``text`` is only the free part of an article, else None.

    ``free`` is JSON-LD's isAccessibleForFree. A page that says that it is not free and still shows its whole
    text (many do) is not closed: the text must be short, break off, or be followed by a prompt to subscribe.
    """
    seen = _see(markup)
    prompted = markers.PROMPTS.search(seen.text) is not None
    marked = markers.PAYWALL_MARKUP.search(markup) is not None
    short = len(text) < _SHORT
    broken_off = _UNFINISHED.search(text.rstrip()) is not None
    if description and len(text) < len(description) + 200:
        short = True
    if free is False and (short or (broken_off and prompted)):
        return Reason.PAYWALL
    if free is not True and short and prompted and (marked or broken_off or len(text) < _SHORT // 2):
        return Reason.PAYWALL
    return Reason.PAYWALL if free is not True and marked and prompted and broken_off else None


def told_by_text(markup: str) -> State | None:
    """The reason why a page holds no article, where its words or its markup say it."""
    return _by_words(_see(markup)) or _by_shell(_see(markup))


def _of_a_good_answer(named: Mapping[str, str], seen: _Seen | None, url: str, final_url: str) -> State | None:
    if named.get("cf-mitigated", "").lower() == "challenge" or "x-amzn-waf-action" in named:
        return Reason.BOT_WALL, "a bot wall answered instead of the page"
    if seen is None:
        return None
    moved = _by_address(seen, url, final_url)
    if moved or seen.whole:
        return moved
    return _by_words(seen) or _by_shell(seen)


def _refused(status: int, named: Mapping[str, str], seen: _Seen | None) -> State | None:
    """What a refusal means: a wall against programs, a border, a till, or a server that is down."""
    headed = any(name in named and value in named[name].lower() for name, value in markers.BOT_HEADERS)
    if seen is not None:
        if markers.GEO_WORDS.search(f"{seen.title} {seen.text}"):
            return Reason.GEO_BLOCK, f"the page is not shown in this country (status {status})"
        if headed or _is_wall(seen) or markers.BOT_MARKUP.search(seen.markup):
            return Reason.BOT_WALL, f"a bot wall answered instead of the page (status {status})"
        if status in {401, 403, 405, 406} and _asks_for_money(seen):
            return Reason.PAYWALL, f"the page asks for a subscription (status {status})"
    if headed:
        return Reason.BOT_WALL, f"a bot wall answered instead of the page (status {status})"
    return _BY_REFUSAL.get(status)


def _gone(status: int, seen: _Seen | None) -> State:
    if status == 410 or (seen is not None and not seen.whole and markers.DELETED_WORDS.search(seen.text)):
        return Reason.DELETED, f"the page was taken down (status {status})"
    return Reason.NOT_FOUND, f"there is no page at this address (status {status})"


def _by_address(seen: _Seen, url: str, final_url: str) -> State | None:
    """Told by where the redirects ended: a till, a consent wall, an error page, the front page."""
    if not final_url or urls.key(final_url) == urls.key(url):
        return None
    parts = urls.split(final_url)
    if parts is None:
        return None
    there = f"//{parts.netloc}{parts.path}" + (f"?{parts.query}" if parts.query else "")
    if urls.host(final_url) in markers.CONSENT_HOSTS or markers.CONSENT_PATHS.search(parts.path):
        return Reason.BOT_WALL, f"a consent wall stands before the page ({urls.host(final_url)})"
    if markers.MISSING_PATHS.search(there):
        return Reason.SOFT_404, f"the address leads to an error page ({final_url})"
    if markers.PAYWALL_PATHS.search(there) and not seen.whole:
        return Reason.PAYWALL, f"the address leads to a login or subscription page ({urls.host(final_url)})"
    fronts = {"", "/", "/index.html", "/home", "/en", "/en/", "/news", "/news/"}
    deep = urls.split(url)
    if parts.path in fronts and not parts.query and deep is not None and len(urls.words(url)) >= 2:
        return Reason.SOFT_404, "the address leads to the front page"
    return None


def _by_words(seen: _Seen) -> State | None:
    """Told by the words of a page that is too thin to be an article; the plainest signs first."""
    headed = f"{seen.title}\n{seen.heading}"
    if _is_wall(seen):
        return Reason.BOT_WALL, "the page asks whether the reader is a program"
    if markers.GEO_WORDS.search(f"{headed}\n{seen.text}"):
        return Reason.GEO_BLOCK, "the page is not shown in this country"
    if markers.DELETED_WORDS.search(f"{headed}\n{seen.text}"):
        return Reason.DELETED, "the page says that it was taken down"
    if _lines_match(markers.MISSING_TITLES, headed) or markers.MISSING_WORDS.search(seen.text):
        return Reason.SOFT_404, "the page says that there is nothing at this address"
    if markers.CONSENT_WORDS.search(seen.text) and len(seen.text) < 6000 and not seen.paragraphs:
        return Reason.BOT_WALL, "a consent wall stands before the page"
    if _asks_for_money(seen) and len(seen.text) < 400:
        return Reason.PAYWALL, "the page asks for a subscription"
    return None


def _by_shell(seen: _Seen) -> State | None:
    """A page that only a browser can build: next to no text, and scripts or a wish for them."""
    if len(seen.text) > 600 or seen.paragraphs:
        return None
    wish = markers.SCRIPT_WORDS.search(seen.text) or markers.SCRIPT_WORDS.search(_noscript(seen.markup))
    if wish or (
        len(seen.text) < 200 and markers.SCRIPT_MARKUP.search(seen.markup) and "<script" in seen.markup.lower()
    ):
        return Reason.BOT_WALL, "the page is built by scripts in a browser; its markup holds no text"
    if len(seen.text) < 200 and _REFRESH.search(seen.markup):
        return Reason.SOFT_404, "the page only leads on to another one"
    return None


def _is_wall(seen: _Seen) -> bool:
    """Whether a thin page is a CAPTCHA or a block; its challenge markup alone is not enough on a page with text."""
    if seen.whole:
        return False
    if _lines_match(markers.BOT_TITLES, f"{seen.title}\n{seen.heading}") and not seen.paragraphs:
        return True
    if markers.BOT_WORDS.search(f"{seen.text}\n{_noscript(seen.markup)}") and len(seen.text) < 2500:
        return True
    return len(seen.text) < 500 and markers.BOT_MARKUP.search(seen.markup) is not None


def _asks_for_money(seen: _Seen) -> bool:
    headed = f"{seen.title}\n{seen.heading}"
    return markers.PROMPTS.search(seen.text) is not None or _lines_match(markers.PAYWALL_TITLES, headed)


def _lines_match(pattern: re.Pattern[str], lines: str) -> bool:
    return any(pattern.search(line.strip()) for line in lines.splitlines())


def _look(body: bytes, content_type: str | None) -> _Seen | None:
    """The page in a body; None where it is no markup and no text worth looking at."""
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind and not (kind.startswith("text/") or "html" in kind or "xml" in kind or "json" in kind):
        return None
    if b"\x00" in body[:1000] or body.lstrip()[:5] == b"%PDF-":
        return None
    text = charset.decode(body[:_SCANNED], content_type)
    if kind in {"text/html", "application/xhtml+xml"} or _MARKUP.match(text):
        return _see(text)
    return (
        _Seen(markup="", title="", heading="", text=text[:2000], paragraphs=tuple([text] * _WHOLE))
        if len(text) > 2000
        else _see(text)
    )


def _see(markup: str) -> _Seen:
    visible = _INVISIBLE.sub(" ", markup[:_SCANNED])
    paragraphs = (_words(found[1]) for found in _PARAGRAPHS.finditer(visible))
    title, heading = _TITLE.search(markup), _HEADING.search(visible)
    return _Seen(
        markup=markup[:_SCANNED],
        title=_words(title[1]) if title else "",
        heading=_words(heading[1]) if heading else "",
        text=_words(visible),
        paragraphs=tuple(text for text in paragraphs if _is_paragraph(text)),
    )


def _is_paragraph(text: str) -> bool:
    """Whether a paragraph is running text of an article, not the small print of a wall."""
    if len(text) < _PARAGRAPH:
        return False
    walls = (
        markers.BOT_WORDS,
        markers.PROMPTS,
        markers.GEO_WORDS,
        markers.CONSENT_WORDS,
        markers.MISSING_WORDS,
        markers.DELETED_WORDS,
    )
    return not any(wall.search(text) for wall in walls) and "cookie" not in text.lower()


def _words(markup: str) -> str:
    return " ".join(html.unescape(_TAGS.sub(" ", markup)).split())


def _noscript(markup: str) -> str:
    return " ".join(_words(found) for found in re.findall(r"<noscript[^>]*>(.*?)</noscript", markup, re.I | re.S)[:5])


def _pairs(headers: Mapping[str, str] | Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    return headers.items() if isinstance(headers, Mapping) else headers


_BY_STATUS: dict[int, State] = {
    402: (Reason.PAYWALL, "the page asks for payment (status 402)"),
    451: (Reason.GEO_BLOCK, "the page is blocked for legal reasons (status 451)"),
    204: (Reason.SOFT_404, "the server answered with nothing (status 204)"),
    205: (Reason.SOFT_404, "the server answered with nothing (status 205)"),
    408: (Reason.TIMEOUT, "the server gave up waiting (status 408)"),
    504: (Reason.TIMEOUT, "the server waited in vain for another one (status 504)"),
}
_BY_REFUSAL: dict[int, State] = {
    401: (Reason.PAYWALL, "the page asks for a login (status 401)"),
    403: (Reason.BOT_WALL, "the server refuses programs (status 403)"),
    405: (Reason.BOT_WALL, "the server refuses the request (status 405)"),
    406: (Reason.BOT_WALL, "the server refuses programs (status 406)"),
    407: (Reason.UNREACHABLE, "a proxy asks for a login (status 407)"),
    418: (Reason.BOT_WALL, "the server refuses programs (status 418)"),
    429: (Reason.BOT_WALL, "the server says that it was asked too often (status 429)"),
    503: (Reason.UNREACHABLE, "the server is down for the moment (status 503)"),
    999: (Reason.BOT_WALL, "the server refuses programs (status 999)"),
}
