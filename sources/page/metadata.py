"""The metadata of a page from JSON-LD, Open Graph and `<meta>`, in this order of preference."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from sources import urls
from sources.markup.charset import legal
from sources.markup.tree import walk
from sources.page import posts

_ARTICLES = re.compile(
    r"(?:News|Opinion|Analysis|Background|Report(?:age)?|Review|Blog|Live|Tech|Scholarly)?"
    r"(?:News)?(?:Article|Posting|Report|BlogPosting)|ClaimReview|WebPage",
    re.IGNORECASE,
)
_DATES = (
    "govuk:first-published-at",
    "article:published_time", "article:published", "og:published_time", "og:article:published_time", "parsely-pub-date",
    "sailthru.date", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.created", "dcterms.date", "pubdate",
    "publishdate", "publish-date", "publication_date", "cxenseparse:recs:publishtime", "citation_publication_date",
)  # fmt: skip
_MAX_JSON = 2_000_000  # characters of one JSON-LD block; real ones are a few thousand
_MAX_NODES = 5_000
_MOST = 1_000  # characters of a title
_LABEL = 60  # characters: a longer text is no date with its label
_MOST_TEXTS = 3_000  # texts of a page that are looked at for its date
_PUBLISHED = re.compile(
    r"(?:^|[|.·•—–;:(,\n]\s*)"
    r"(?:(?:first |originally )?(?:published|posted|issued)|publication date|date published|veröffentlicht|publié)"
    r"(?: (?:on|at|am|le|date))?\s*:?\s*(?=[\w,. ]{0,12}\d)",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"updated?|modified|datemodified|changed|revised|reviewed|amended|edited|corrected|aktualisiert|mis à jour",
    re.IGNORECASE,
)
_SITE_SUFFIX = re.compile(r"\s+(?:[|–—·•»]|-)\s+([^|–—·•»]{2,60})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A page's own metadata; ``free`` is JSON-LD's isAccessibleForFree, ``body`` its articleBody."""

    title: str | None = None
    byline: str | None = None
    published: str | None = None
    canonical: str | None = None
    language: str | None = None
    site: str | None = None
    description: str | None = None
    base: str | None = None
    free: bool | None = None
    body: str | None = None


def read_head(soup: Any, address: str | None) -> About:
    """Read the head of a page (a BeautifulSoup tree; loosely typed, since only `page` knows that library)."""
    metas = _metas(soup)
    articles = list(_article_objects(soup))
    site = (
        metas.get("og:site_name") or metas.get("application-name") or _entity_name(_first_filled(articles, "publisher"))
    )
    return About(
        title=_page_title(soup, metas, articles, site),
        byline=_byline(metas, articles),
        published=_published(metas, articles),
        canonical=_canonical(soup, metas, address),
        language=language(
            _attribute(soup.find("html"), "lang")
            or metas.get("og:locale")
            or _first_text(_first_filled(articles, "inLanguage"))
        ),
        site=site,
        description=metas.get("og:description") or metas.get("description"),
        base=_attribute(soup.find("base", href=True), "href"),
        free=_free(articles),
        body=_first_text(_first_filled(articles, "articleBody")),
    )


def iso(text: str | None) -> str | None:
    """A date or time as ISO 8601: a time keeps its offset; a time without an offset is reduced to its date."""
    if not text or not (text := text.strip()):
        return None
    squeezed = re.sub(
        r"([+-]\d\d)(\d\d)$", r"\1:\2", re.sub(r"\s+(?=\d\d:\d\d)", "T", text.replace("Z", "+00:00"), count=1)
    )
    squeezed = re.sub(r"(\.\d{6})\d+", r"\1", squeezed.replace(" ", ""))
    try:
        moment = datetime.fromisoformat(squeezed)
    except ValueError:
        return posts.first_date(text)
    if not 1990 <= moment.year <= 2100:
        return None
    return moment.isoformat() if moment.tzinfo else moment.date().isoformat()


def language(label: str | None) -> str | None:
    """The ISO 639-1 code of a language label such as ``en-GB``; None if it is not one."""
    match = re.match(r"\s*([A-Za-z]{2})(?:[-_]|\s*$)", label or "")
    return match[1].lower() if match else None


def _metas(soup: Any) -> dict[str, str]:
    metas: dict[str, str] = {}
    for node in soup.find_all("meta"):
        name = node.get("property") or node.get("name") or node.get("itemprop")
        content = node.get("content")
        if isinstance(name, str) and isinstance(content, str) and content.strip():
            metas.setdefault(name.strip().lower(), content.strip())
    return metas


def _article_objects(soup: Any) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects that describe the page's article, the most specific first."""
    objects: list[dict[str, Any]] = []
    for node in soup.find_all("script", type=re.compile(r"application/ld\+json", re.IGNORECASE)):
        objects.extend(_linked_data_objects(_parsed_json(node.string or node.get_text())))
    typed = [item for item in objects if any(_ARTICLES.fullmatch(name) for name in _types(item))]
    yield from sorted(typed, key=lambda item: "WebPage" in _types(item))


def _parsed_json(text: str | None) -> Any:
    text = (
        (text or "").strip().removeprefix("<!--").removeprefix("//<![CDATA[").removesuffix("-->").removesuffix("//]]>")
    )
    if not text or len(text) > _MAX_JSON:
        return None
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _linked_data_objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of a JSON-LD document, its graphs and lists; in order, without recursion, up to a limit."""
    queue = [value]
    for _ in range(_MAX_NODES):
        if not queue:
            return
        item = queue.pop(0)
        if isinstance(item, list):
            queue[:0] = item
        elif isinstance(item, dict):
            yield item
            queue.extend(item[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in item)


def _types(item: dict[str, Any]) -> list[str]:
    kinds = item.get("@type", ())
    return [kind for kind in ([kinds] if isinstance(kinds, str) else kinds) if isinstance(kind, str)]


def _first_filled(items: list[dict[str, Any]], key: str) -> Any:
    return next((item[key] for item in items if item.get(key) not in (None, "", [])), None)


def _first_text(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return legal(value).strip() or None if isinstance(value, str) else None


def _entity_name(value: Any) -> str | None:
    if isinstance(value, list):
        names = [name for item in value if (name := _entity_name(item))]
        return ", ".join(dict.fromkeys(names)) or None
    return _first_text(value.get("name")) if isinstance(value, dict) else _first_text(value)


def _page_title(soup: Any, metas: dict[str, str], articles: list[dict[str, Any]], site: str | None) -> str | None:
    title = _first_text(_first_filled(articles, "headline")) or metas.get("og:title") or metas.get("twitter:title")
    if not title:
        headings = soup.find_all("h1")
        title = headings[0].get_text(" ", strip=True) if len(headings) == 1 else None
    if not title and soup.title is not None:
        title = soup.title.get_text(" ", strip=True)
    if not title:
        return None
    title = " ".join(legal(html.unescape(title[:_MOST])).split())
    suffix = _SITE_SUFFIX.search(title)
    return title[: suffix.start()] if suffix and site and suffix[1].casefold() == site.casefold() else title


def _byline(metas: dict[str, str], articles: list[dict[str, Any]]) -> str | None:
    authors = [item for item in articles if item.get("author")]
    name = _entity_name(authors[0]["author"]) if authors else None
    for candidate in (
        name,
        metas.get("author"),
        metas.get("parsely-author"),
        metas.get("byl"),
        metas.get("article:author"),
    ):
        if candidate and not candidate.startswith(("http://", "https://", "@")):
            return re.sub(r"^by\s+", "", " ".join(candidate[:_MOST].split()), flags=re.IGNORECASE) or None
    return None


def _published(metas: dict[str, str], articles: list[dict[str, Any]]) -> str | None:
    stated = [_first_text(_first_filled(articles, "datePublished")), *(metas.get(name) for name in _DATES)]
    for text in stated:
        if moment := iso(text):
            return moment
    return None


def shown_date(root: Any) -> str | None:
    """The visible date of publication of a page, never the date of a change, review or update.

    In order of trust: microdata (``datePublished``); a date after "Published"; the first `<time>` that is not marked as
    a change by its name or the words before it. ``root`` is an lxml tree.
    """
    labelled = timed = None
    label = ""
    for node, text in islice(_owned_texts(root), _MOST_TEXTS):
        named = " ".join(node.get(name) or "" for name in ("itemprop", "property", "class", "id"))[:_MOST]
        stated = iso(node.get("datetime") or (node.get("content") if node.get("itemprop") else None))
        moment = stated or (posts.first_date(text) if len(text) <= _LABEL else None)
        if moment and "datePublished" in named:
            return moment
        if moment and labelled is None:
            labelled = _published_in(f"{label}\n{text if posts.first_date(text) else moment}")
        if stated and node.tag == "time" and timed is None and not _CHANGED.search(f"{named} {label} {text}"):
            timed = stated
        label = text[-_LABEL:]
    return labelled or timed


def _owned_texts(root: Any) -> Iterator[tuple[Any, str]]:
    """Each element with its own text, and the text after it with the parent element, in order, unless empty."""
    for event, node in walk(root):
        owner, text = (node, node.text) if event == "start" else (node.getparent(), node.tail)
        if owner is None or owner.tag in ("script", "style", "title"):
            continue
        words = " ".join((text or "")[-_MOST:].split())
        if words or (event == "start" and (node.tag == "time" or node.get("itemprop"))):
            yield owner, words


def _published_in(text: str) -> str | None:
    """The date directly after the last "Published" of a short text."""
    matches = list(_PUBLISHED.finditer(text))
    return posts.first_date(text[matches[-1].end() : matches[-1].end() + _LABEL]) if matches else None


def _canonical(soup: Any, metas: dict[str, str], address: str | None) -> str | None:
    link = next((node for node in soup.find_all("link") if "canonical" in (node.get("rel") or ())), None)
    for href in (_attribute(link, "href"), metas.get("og:url")):
        canonical = urls.absolute(address, href) if href else None
        if canonical:
            return canonical
    return None


def _free(articles: list[dict[str, Any]]) -> bool | None:
    stated = _first_filled(articles, "isAccessibleForFree")
    if isinstance(stated, bool):
        return stated
    return (
        {"true": True, "false": False}.get(str(stated).strip().lower().rsplit("/", 1)[-1])
        if stated is not None
        else None
    )


def _attribute(node: Any, name: str) -> str | None:
    value = node.get(name) if node is not None else None
    return value if isinstance(value, str) and value.strip() else None


def day_of(moment: str | None) -> date | None:
    """The day of an ISO 8601 date or time; None if there is none."""
    try:
        return date.fromisoformat(moment[:10]) if moment else None
    except ValueError:
        return None
