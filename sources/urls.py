"""Normalizes addresses: removes wrappers, AMP and mobile variants, and tracking parameters.

Pure functions on texts; nothing is fetched. An address that cannot be parsed is returned unchanged.
"""

from __future__ import annotations

import base64
import binascii
import re
from datetime import date
from email.utils import parsedate
from functools import lru_cache
from urllib.parse import (
    SplitResult,
    parse_qs,
    parse_qsl,
    quote,
    unquote,
    urlencode,
    urljoin,
    urlsplit,
    urlunsplit,
)

from claims.addresses import DEFAULT_PORTS, address_parts, host, site
from sources import url_wrappers

_USER = re.compile(r"^([a-z][a-z0-9+.-]*://)[^/?#\s]*@", re.IGNORECASE)
_MAX_WRAPS = 5
_CLOSING = ".,;:!?'’”»*_"
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/_.]?(\d\d)[-/_.]?(\d\d)(?!\d)")
_NAMED_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/_]([a-z]{3})[a-z]*[-/_](\d{1,2})(?!\d)", re.IGNORECASE)
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/](\d\d)(?=/|-|$)")
_ARCHIVED = re.compile(
    r"/(?:web/|wayback/|all/)?(?:\d[\d.-]{3,17}(?:[a-z]{2}_)?|newest|\*|o)/(https?:/{1,2}.+|[\w-]+(?:\.[\w-]+)+/.*)"
)
_DEFENSE_3 = re.compile(r"/v3/__(.+?)__;")
_AMP_CACHE = re.compile(r"/(?:[acvi]|wp)/(?:s/)?(.+)")


def absolute(base: str | None, href: str) -> str | None:
    """A link's absolute http(s) address without credentials; None for mailto:, javascript: and invalid addresses."""
    try:
        joined = urljoin(base, href.strip()) if base else href.strip()
    except ValueError:
        return None
    if joined.startswith("//"):
        joined = f"https:{joined}"
    return anonymous(joined) if address_parts(joined) else None


def target(base: str | None, href: str) -> str | None:
    """The target of a link: absolute, without mail filters or redirects around it and without a text fragment.

    None if it is not an http(s) address. Tracking parameters are removed only if nothing but the front page remains.
    """
    address = absolute(base, href)
    if address is None:
        return None
    address, hash_sign, fragment = _innermost(address).partition("#")
    fragment = fragment.partition(":~:")[0]
    address += hash_sign + fragment if fragment else ""
    parts = address_parts(address)
    front = parts is not None and parts.path in ("", "/") and parts.query and not _query(parts, host(address))
    return address.partition("?")[0] if front else address


def without_closing(address: str) -> str:
    """An address as it was cut out of a text, without what closes the sentence or the brackets around it.

    `https://a.example/Ray_(b)].` is `https://a.example/Ray_(b)`.
    """
    depth = 0
    for place, letter in enumerate(address):
        depth += (letter == "[") - (letter == "]")
        if depth < 0:
            address = address[:place]
            break
    while address and (address[-1] in _CLOSING or (address[-1] == ")" and address.count(")") > address.count("("))):
        address = address[:-1]
    return address


def anonymous(text: str) -> str:
    """An address, or a text that begins with one, without user name and password."""
    return _USER.sub(r"\1", text, count=1)


def destination(url: str) -> str:
    """The address of the page that a link leads to, without wrappers, AMP, mobile host and tracking.

    Archived copies are not resolved (see `origin`). Credentials, default ports and fragments are dropped,
    except fragments that are an address of their own (``#!``).
    """
    url = _innermost(url)
    parts = address_parts(url)
    if parts is None:
        return url
    name = host(url)
    labels = name.split(".")
    name = ".".join(_untwinned(labels, name))
    netloc = f"[{name}]" if ":" in name else name
    if parts.port and parts.port != DEFAULT_PORTS[parts.scheme.lower()]:
        netloc += f":{parts.port}"
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    return urlunsplit((parts.scheme.lower(), netloc, _unamped(parts.path) or "/", _query(parts, name), fragment))


def origin(url: str) -> str:
    """The cleaned address of the page itself, even if the link leads to an archived copy of it."""
    url = destination(url)
    if host(url) in url_wrappers.ARCHIVE_HOSTS:
        parts = urlsplit(url)
        match = _ARCHIVED.search(parts.path + (f"?{parts.query}" if parts.query else ""))
        if match:
            inner = re.sub(r"^(https?):/+", r"\1://", match[1])
            return destination(inner if "://" in inner else f"http://{inner}")
    return url


def is_archived(url: str) -> bool:
    """Whether an address leads to an archived copy of another page."""
    return origin(url) != destination(url)


def is_archives_own(url: str) -> bool:
    """Whether an address is that of an archive which keeps nothing but copies of other pages."""
    return site(url) in url_wrappers.ONLY_COPIES


@lru_cache(maxsize=4096)  # a check asks for the keys of its sources again and again: 621 times for 17 in the sample
def key(url: str) -> str:
    """The key shared by all addresses of a page: without scheme, www, trailing slash and index page."""
    parts = address_parts(origin(url))
    if parts is None:
        return url
    name = site(urlunsplit(parts))
    path = re.sub(r"/(?:index\.(?:html?|php))?$", "", quote(unquote(parts.path), safe="/%:@&=+$,;~!*'()"))
    return f"{name}{path}" + (f"?{parts.query}" if parts.query else "")


def slug_words(url: str) -> tuple[str, ...]:
    """The words of an address's path, in order."""
    parts = address_parts(url)
    if parts is None:
        return ()
    words = re.findall(r"[^\W\d_]{2,}|\d+", unquote(parts.path).casefold())
    return tuple(word for word in words if word not in {"html", "htm", "php", "amp", "index", "www"})


def date_in(url: str) -> tuple[str, bool] | None:
    """The ISO date that an address carries, and whether its day is known (else the first of its month)."""
    parts = address_parts(url)
    path = parts.path if parts else ""
    match = _DAY.search(path)
    if match and (day := iso_date(match[1], int(match[2]), int(match[3]))):
        return day, True
    match = _NAMED_MONTH.search(path)
    if match and (day := iso_date(match[1], _month_named(match[2]), int(match[3]))):
        return day, True
    match = _MONTH.search(path)
    if match and (day := iso_date(match[1], int(match[2]), 1)):
        return day, False
    return None


def _month_named(name: str) -> int:
    """The number of a month by its English name, of which the first three letters count (RFC 5322); 0 if it is none."""
    moment = parsedate(f"1 {name} 2000 00:00:00")
    return moment[1] if moment else 0


def iso_date(year: str, month: int, day: int) -> str | None:
    """The date in ISO 8601; None if there is no such day."""
    try:
        return date(int(year), month, day).isoformat()
    except ValueError:
        return None


def _innermost(url: str) -> str:
    """The address inside all the wrappers around it, of which there may be a few."""
    for _ in range(_MAX_WRAPS):
        inner = _unwrapped(url)
        if inner is None or inner == url:
            break
        url = anonymous(inner)
    return url


def _unwrapped(url: str) -> str | None:
    """The address inside a redirect wrapper, an AMP cache or a mail filter; None if there is none."""
    parts = address_parts(url)
    if parts is None:
        return None
    name = site(url)
    google = re.fullmatch(r"google\.[a-z.]{2,6}", name) is not None
    if google and parts.path.startswith("/amp/"):
        return _from_amp_cache("/c" + parts.path.removeprefix("/amp"))
    if name.endswith("cdn.ampproject.org"):
        return _from_amp_cache(parts.path)
    if name == "bing.com" and parts.path.startswith("/ck/"):
        return _from_bing(parts.query)
    return _from_query(parts, "google.com" if google else name)


def _from_query(parts: SplitResult, name: str) -> str | None:
    if name in url_wrappers.BARE_REDIRECTS and address_parts(unquote(parts.query)):
        return unquote(parts.query)
    if name == "urldefense.com" and (match := _DEFENSE_3.search(f"{parts.path}?{parts.query}")):
        return match[1]
    if name.endswith(".safelinks.protection.outlook.com"):
        name = "safelinks.protection.outlook.com"
    prefix, parameters = url_wrappers.REDIRECTS.get(name, ("", ()))
    if not parameters or not (parts.path or "/").startswith(prefix):
        return None
    query = parse_qs(parts.query)
    for parameter in parameters:
        inner = query.get(parameter, [""])[0]
        if name == "urldefense.proofpoint.com":
            inner = unquote(inner.replace("-", "%").replace("_", "/"))
        if address_parts(inner):
            return inner
    return None


def _from_amp_cache(path: str) -> str | None:
    match = _AMP_CACHE.fullmatch(path)
    if not match:
        return None
    inner = re.sub(r"^https?:/+", "", unquote(match[1]))
    return f"https://{inner}" if "." in inner.split("/")[0] else None


def _from_bing(query: str) -> str | None:
    wrapped = parse_qs(query).get("u", [""])[0].removeprefix("a1")
    try:
        inner = base64.urlsafe_b64decode(wrapped + "=" * (-len(wrapped) % 4)).decode()
    except (binascii.Error, ValueError):
        return None
    return inner if address_parts(inner) else None


def _untwinned(labels: list[str], name: str) -> list[str]:
    """The labels of the host without those of a mobile or AMP twin (m.dw.com, en.m.wikipedia.org)."""
    if name in url_wrappers.NO_TWINS or len(labels) < 3:
        return labels
    if labels[0] in url_wrappers.TWIN_LABELS:
        return labels[1:]
    return [label for place, label in enumerate(labels) if not (place == 1 and label == "m" and len(labels) > 3)]


def _unamped(path: str) -> str:
    path = re.sub(r"\.amp(?=\.html?$|$)", "", path)
    path = re.sub(r"(?<=.)/amp/?$", "", path)
    return re.sub(r"^/(news|sport)/amp/", r"/\1/", path)


def _query(parts: SplitResult, name: str) -> str:
    status = name.removeprefix("www.") in {"x.com", "twitter.com"}
    pairs = [
        (field, value)
        for field, value in parse_qsl(parts.query, keep_blank_values=True)
        if not (_is_tracking(field.lower(), value.lower()) or (status and field in {"s", "t", "cxt", "lang"}))
    ]
    if len(pairs) == len(parse_qsl(parts.query, keep_blank_values=True)):
        return parts.query  # untouched: re-encoding could break an address that is unusual but right
    return urlencode(pairs)


def _is_tracking(field: str, value: str) -> bool:
    if field in url_wrappers.AMP_QUERY:
        return value in url_wrappers.AMP_QUERY[field]
    return field in url_wrappers.TRACKING or field.startswith(url_wrappers.TRACKING_PREFIXES)
