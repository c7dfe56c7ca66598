"""Determines from a response why a page is not the expected article.

`state_of` reads the status, headers, addresses and the words of the body; `closed_by` and `told_by_text` read the
parsed page. The tables are in `markers.yaml`. A page with several whole paragraphs is never classified as a
wall because of a phrase in it, so that an article about CAPTCHAs is still read as an article.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from claims import addresses
from claims.records import Reason
from sources import urls
from sources.markup import charset, markers
from sources.markup.glance import SCANNED, Glance, glance, without_heavy
from sources.page import media_types

State = tuple[Reason, str]

LEAD = 80  # minimum length of a lead above a paywall in characters, about one sentence
_SHORT = 1500  # characters below which a closed page counts as cut off; leads of metered papers have up to 1,200
_PARAGRAPH = 120  # characters of a whole paragraph; the prompts of walls are shorter or among the markers
_WHOLE = 3  # minimum number of paragraphs of an article
_LAST_WORDS = 60  # characters at the end of a text by which its place in the page is found
_MESSAGE = 2000  # characters of plain text that are more than a message; walls hold less than a page
_DECODED = 4_000_000  # bytes of a body that are decoded
_SEARCHED = 60_000  # characters of a page's words that are searched for prompts, from its start and its end

# HTML, 4.2.5.3: "0; url=https://...", with or without "url" and quotation marks.
_REFRESH = re.compile(
    r"<meta(?=[^<>]{1,2000}?http-equiv\s*=\s*[\"']?refresh)[^<>]{0,2000}?\scontent\s*=\s*"
    r"(?:\"\s*(?P<double>[^\"]{1,2000})\"|'\s*(?P<single>[^']{1,2000})'|(?P<bare>[^\s\"'<>]{1,2000}))",
    re.IGNORECASE,
)
# In bytes of any encoding; a page without it need not be parsed.
_MAY_LEAD = re.compile(rb"r\0?e\0?f\0?r\0?e\0?s\0?h", re.IGNORECASE)
_TARGET = re.compile(r"[\d.]+\s*[;,\s]\s*(?:url\s*=\s*)?(?P<href>[^;,\s].*)", re.IGNORECASE | re.DOTALL)
_BARE = 200  # characters of a page that only leads to another one, or is built by scripts
_MARKUP = re.compile(r"\s*<(?:!--|!doctype|html|head|body|\?xml|meta|title|div|script|iframe)", re.IGNORECASE)
_UNFINISHED = re.compile(r"(?:…|\.\.\.|\[\+\]|[\w,–—-])\s*\Z")
_FRONTS = frozenset({"", "/", "/index.html", "/home", "/en", "/en/", "/news", "/news/"})
_REFUSALS = frozenset({202, 401, 403, 405, 406, 407, 418, 429, 503, 999})


def state_of(
    status: int,
    headers: Mapping[str, str] | Iterable[tuple[str, str]],
    body: bytes,
    url: str,
    final_url: str,
) -> State | None:
    """The reason why a response is not a readable page, with a one-line description; None if it is.

    A page without an article, which only the extraction can recognize, is left to `page.read_page`.
    """
    named = {name.lower(): value for name, value in _header_items(headers)}
    seen = _glance(body, named.get("content-type"))
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if status in {404, 410}:
        return _gone(status, seen)
    refused = _refusal_state(status, named, seen) if status in _REFUSALS else None
    if refused or status >= 300:
        return refused or _failed(status)
    if not body.strip():
        return Reason.SOFT_404, "the page is empty"
    return _of_a_good_answer(named, seen, url, final_url)


def closed_by(
    markup: str, text: str, *, shown: str, free: bool | None, description: str | None = None
) -> Reason | None:
    """`Reason.PAYWALL` if ``text`` is only the free part of an article, else None.

    ``free`` is JSON-LD's isAccessibleForFree; ``shown`` are the page's words in order, without navigation and the
    site's header and footer. Many pages that declare themselves as not free still show their whole text; a page counts
    as closed only if the text is short, breaks off, or is followed by a prompt to subscribe.
    """
    if free is True:
        return None
    prompts = _closes_page(_prompts_behind(text, shown))
    broken_off = _UNFINISHED.search(text[-40:].rstrip()) is not None
    short = len(text) < max(_SHORT, len(description or "") + 200)
    if free is False:
        return Reason.PAYWALL if short or (broken_off and prompts) else None
    marked = markers.PAYWALL_MARKUP.search(markup[:SCANNED]) is not None
    cut = (short and (marked or broken_off or len(text) < _SHORT // 2)) or (marked and broken_off)
    return Reason.PAYWALL if prompts and cut else None


def _prompts_behind(text: str, shown: str) -> list[str]:
    """The prompts after the last words of a text, where an article that is cut off asks for a subscription."""
    last = " ".join(text[-_LAST_WORDS:].split())
    end = shown.rfind(last) if last else -1
    return _prompts(shown[end + len(last) :] if end >= 0 else shown)


def refresh_target(body: bytes, content_type: str | None) -> str | None:
    """Where a page leads that has no text of its own and a ``<meta http-equiv="refresh">``, as written; else None."""
    seen = _glance(body, content_type) if _MAY_LEAD.search(body) else None
    if seen is None or len(seen.text) >= _BARE or seen.paragraphs:
        return None
    match = _REFRESH.search(seen.markup)
    target = _TARGET.fullmatch(html.unescape(next(filter(None, match.groups()), "")).strip()) if match else None
    return target["href"].strip(" \"'\n") or None if target else None


def told_by_text(markup: str) -> State | None:
    """The reason why a page contains no article, if its words or markup show it; else None."""
    seen = _see(markup)
    return _by_words(seen) or _by_shell(seen)


def _of_a_good_answer(named: Mapping[str, str], seen: Glance | None, url: str, final_url: str) -> State | None:
    if named.get("cf-mitigated", "").lower() == "challenge" or "x-amzn-waf-action" in named:
        return Reason.BOT_WALL, "a bot wall answered instead of the page"
    if seen is None:
        return None
    moved = _by_address(seen, url, final_url)
    if moved or _is_whole(seen):
        return moved
    return _by_words(seen) or _by_shell(seen)


def _refusal_state(status: int, named: Mapping[str, str], seen: Glance | None) -> State | None:
    """The meaning of a refusal: a bot wall, a geo-block, a paywall, or a server that is down."""
    headed = any(name in named and value in named[name].lower() for name, value in markers.BOT_HEADERS)
    if seen is not None and markers.GEO_WORDS.search(f"{seen.title} {_ends(seen.text)}"):
        return Reason.GEO_BLOCK, f"the page is not shown in this country (status {status})"
    walled = seen is not None and (_is_wall(seen) or (status != 202 and bool(markers.BOT_MARKUP.search(seen.markup))))
    if headed or walled:
        return Reason.BOT_WALL, f"a bot wall answered instead of the page (status {status})"
    if status in {401, 403, 405, 406} and seen is not None and _asks_for_money(seen):
        return Reason.PAYWALL, f"the page requires a subscription (status {status})"
    return _BY_REFUSAL.get(status)


def _gone(status: int, seen: Glance | None) -> State:
    says_deleted = seen is not None and not _is_whole(seen) and markers.DELETED_WORDS.search(_ends(seen.text))
    if status == 410 or says_deleted:
        return Reason.DELETED, f"the page was taken down (status {status})"
    return Reason.NOT_FOUND, f"there is no page at this address (status {status})"


def _failed(status: int) -> State:
    if status >= 500:
        return Reason.UNREACHABLE, f"the server answered with an error (status {status})"
    if status >= 400:
        return Reason.NOT_FOUND, f"the server refuses the address (status {status})"
    return Reason.UNREACHABLE, f"the server redirects without a target (status {status})"


def _by_address(seen: Glance, url: str, final_url: str) -> State | None:
    """The state shown by the address after redirects: a paywall, a consent wall, an error page, the front page."""
    parts = addresses.address_parts(final_url) if final_url else None
    if parts is None or urls.key(final_url) == urls.key(url):
        return None
    there = f"//{parts.netloc}{parts.path}" + (f"?{parts.query}" if parts.query else "")
    name = addresses.host(final_url)
    front = parts.path in _FRONTS and not parts.query and len(urls.slug_words(url)) >= 2
    thin = not _is_whole(seen)
    for applies, reason, words in (
        (name in markers.CONSENT_HOSTS, Reason.BOT_WALL, f"the page is behind a consent wall ({name})"),
        (markers.CONSENT_PATHS.search(parts.path), Reason.BOT_WALL, f"the page is behind a consent wall ({name})"),
        (markers.MISSING_PATHS.search(there), Reason.SOFT_404, f"the address leads to an error page ({final_url})"),
        (
            thin and markers.PAYWALL_PATHS.search(there),
            Reason.PAYWALL,
            f"the address leads to a login or subscription page ({name})",
        ),
        (front, Reason.SOFT_404, "the address leads to the front page"),
    ):
        if applies:
            return reason, words
    return None


def _by_words(seen: Glance) -> State | None:
    """The state shown by the words of a page that is too short to be an article; the clearest signs first."""
    return next((state for applies, state in _SIGNS if applies(seen)), None)


def _by_shell(seen: Glance) -> State | None:
    """The state of a page that only a browser can build: hardly any text, and scripts or a request to enable them."""
    if len(seen.text) > 600 or seen.paragraphs or '"articleBody"' in seen.markup:
        return None
    wish = markers.SCRIPT_WORDS.search(f"{seen.text}\n{seen.noscript}")
    bare = len(seen.text) < _BARE
    if wish or (bare and markers.SCRIPT_MARKUP.search(seen.markup) and "<script" in seen.markup.lower()):
        return Reason.BOT_WALL, "the page is built by scripts in a browser; its markup holds no text"
    if bare and _REFRESH.search(seen.markup):
        return Reason.SOFT_404, "the page only redirects to another one"
    return None


def _is_wall(seen: Glance) -> bool:
    """Whether a short page is a CAPTCHA or a block; challenge markup alone is not enough on a page with text."""
    if _is_whole(seen):
        return False
    titled = not seen.paragraphs and _heads(seen, markers.BOT_TITLES)
    worded = len(seen.text) < 2500 and markers.BOT_WORDS.search(f"{seen.text}\n{seen.noscript}")
    built = len(seen.text) < 500 and markers.BOT_MARKUP.search(seen.markup)
    return bool(titled or worded or built)


def _says(pattern: re.Pattern[str]) -> Callable[[Glance], bool]:
    return lambda seen: pattern.search(f"{seen.title}\n{seen.heading}\n{_ends(seen.text)}") is not None


def _is_out_of_service(seen: Glance) -> bool:
    named = _heads(seen, markers.OUTAGE_TITLES) or markers.OUTAGE_WORDS.search(seen.text) is not None
    return not seen.paragraphs and len(seen.text) < _MESSAGE and named


def _is_missing(seen: Glance) -> bool:
    return _heads(seen, markers.MISSING_TITLES) or markers.MISSING_WORDS.search(_ends(seen.text)) is not None


def _asks_for_consent(seen: Glance) -> bool:
    return not seen.paragraphs and len(seen.text) < 6000 and markers.CONSENT_WORDS.search(seen.text) is not None


def _asks_only_for_money(seen: Glance) -> bool:
    return len(seen.text) < 400 and (_closes_page(_prompts(seen.text)) or _heads(seen, markers.PAYWALL_TITLES))


def _prompts(words: str) -> list[str]:
    return [match[0].lower() for match in markers.PROMPTS.finditer(_ends(words))]


def _closes_page(prompts: list[str]) -> bool:
    """Whether a prompt closes a page: "Already a subscriber? Log in" heads the free pages of some papers as well."""
    return any(not prompt.startswith("already") for prompt in prompts)


def _asks_for_money(seen: Glance) -> bool:
    return markers.PROMPTS.search(_ends(seen.text)) is not None or _heads(seen, markers.PAYWALL_TITLES)


def _heads(seen: Glance, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(line) for line in (seen.title, seen.heading))


def _ends(text: str) -> str:
    """Both ends of a long text: prompts and notices are at the top or the bottom."""
    return text if len(text) <= _SEARCHED else f"{text[: _SEARCHED // 2]}\n{text[-_SEARCHED // 2 :]}"


def _is_whole(seen: Glance) -> bool:
    return len(seen.paragraphs) >= _WHOLE


def _glance(body: bytes, content_type: str | None) -> Glance | None:
    """The page in a body; None if it is no text."""
    kind = media_types.declared(content_type)
    textual = not kind or kind.startswith("text/") or any(word in kind for word in ("html", "xml", "json"))
    if not textual or b"\x00" in body[:1000] or body[:1024].lstrip()[:5] == b"%PDF-":
        return None
    text = charset.decode(body[:_DECODED], content_type)
    if kind in {media_types.HTML, media_types.XHTML} or _MARKUP.match(text):
        return _see(text)
    whole = (text[:_MESSAGE],) * _WHOLE if len(text) > _MESSAGE else ()
    return Glance(markup="", text=" ".join(text[:_SEARCHED].split()), paragraphs=whole)


def _see(markup: str) -> Glance:
    """The page at a glance; of a long one without its scripts, which may take megabytes before its words."""
    glanced = glance(without_heavy(markup) if len(markup) > SCANNED else markup, _is_paragraph, _WHOLE)
    return replace(glanced, markup=markup[:SCANNED])


def _is_paragraph(text: str) -> bool:
    """Whether a paragraph is running text of an article, not the small print of a wall."""
    if len(text) < _PARAGRAPH:
        return False
    return not any(wall.search(text[:_MESSAGE]) for wall in _WALLS) and "cookie" not in text.lower()


def _header_items(headers: Mapping[str, str] | Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    yield from headers.items() if isinstance(headers, Mapping) else headers


_WALLS = (
    markers.BOT_WORDS, markers.PROMPTS, markers.GEO_WORDS, markers.CONSENT_WORDS, markers.MISSING_WORDS,
    markers.DELETED_WORDS, markers.SCRIPT_WORDS, markers.OUTAGE_WORDS,
)  # fmt: skip
_SIGNS: tuple[tuple[Callable[[Glance], bool], State], ...] = (
    (_says(markers.GEO_WORDS), (Reason.GEO_BLOCK, "the page is not shown in this country")),
    (_is_wall, (Reason.BOT_WALL, "the page asks whether the reader is a bot")),
    (_says(markers.DELETED_WORDS), (Reason.DELETED, "the page says that it was taken down")),
    (_is_out_of_service, (Reason.UNREACHABLE, "the site says that it is out of service")),
    (_is_missing, (Reason.SOFT_404, "the page says that it was not found")),
    (_asks_for_consent, (Reason.BOT_WALL, "the page is behind a consent wall")),
    (_asks_only_for_money, (Reason.PAYWALL, "the page requires a subscription")),
)
_BY_STATUS: dict[int, State] = {
    204: (Reason.SOFT_404, "the server sent an empty response (status 204)"),
    205: (Reason.SOFT_404, "the server sent an empty response (status 205)"),
    402: (Reason.PAYWALL, "the page requires payment (status 402)"),
    408: (Reason.TIMEOUT, "the server timed out (status 408)"),
    451: (Reason.GEO_BLOCK, "the page is blocked for legal reasons (status 451)"),
    504: (Reason.TIMEOUT, "a gateway timed out (status 504)"),
}
_BY_REFUSAL: dict[int, State] = {
    401: (Reason.PAYWALL, "the page requires a login (status 401)"),
    403: (Reason.BOT_WALL, "the server refuses automated access (status 403)"),
    405: (Reason.BOT_WALL, "the server refuses the request (status 405)"),
    406: (Reason.BOT_WALL, "the server refuses automated access (status 406)"),
    407: (Reason.UNREACHABLE, "a proxy requires a login (status 407)"),
    418: (Reason.BOT_WALL, "the server refuses automated access (status 418)"),
    429: (Reason.BOT_WALL, "the server says that it received too many requests (status 429)"),
    503: (Reason.UNREACHABLE, "the server is temporarily unavailable (status 503)"),
    999: (Reason.BOT_WALL, "the server refuses automated access (status 999)"),
}
