"""Decides whether two sources are independent: copies, pages of one outlet, and pages that cite each other are not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from claims.addresses import address_parts, site
from claims.copies import COPY, containment, shingles
from claims.lexicon.wires import NAMED_AFTER, NAMED_BEFORE, WIRES
from claims.records import CitationKind, Page, Reading
from claims.verification.verdict.rationale import named
from claims.verification.weighing.page_view import View
from claims.verification.words import words

# Where an agency is credited: a byline, or the head of the text ("MOSCOW, Jan 20 (Reuters) - ").
_HEAD = 400


def tie(left: Reading, right: Reading) -> str | None:
    """Why two sources count as one, as a clause for the rationale; None if they are two."""
    if left.page is None or right.page is None or left.source.id == right.source.id:
        return None
    first, second = named(left.page, left.source), named(right.page, right.source)
    both = f"Two pages of {first}" if first == second else f"{first} and {second}"
    if copied_share(left.page.text, right.page.text) >= COPY:
        wire = next((name for name in _wires(left.page) if name in set(_wires(right.page))), "")
        return f"{both} carry the same {f'{wire} ' if wire else ''}text"
    if _publisher_names(left) & _publisher_names(right):
        return f"{both} belong to the same outlet"
    if leans(left, right):
        return f"{first} names {second} as its source"
    if leans(right, left):
        return f"{second} names {first} as its source"
    credit = next((name for name in _credits(left.page) if name in set(_credits(right.page))), None)
    return f"{both} both credit {credit}" if credit else None


def count_origins(views: Sequence[View]) -> tuple[int, tuple[str, ...]]:
    """The number of independent sources behind some pages, and why some of them count as one.

    One page that was reached in two ways is one page.
    """
    views = list({_page_identity(view): view for view in reversed(views)}.values())[::-1]
    groups: list[list[View]] = []
    ties: list[str] = []
    for view in views:
        tied = [(group, why) for group in groups for why in [_tie_to_group(view, group)] if why]
        ties += [why for _, why in tied[:1]]
        groups = [group for group in groups if not any(group is other for other, _ in tied)]
        groups.append([view, *(member for group, _ in tied for member in group)])
    return len(groups), tuple(ties)


def _page_identity(view: View) -> str:
    page = view.reading.page
    return (page and _address_below_host(page.final_url or page.url or "")) or view.reading.source.id


def _tie_to_group(view: View, group: Sequence[View]) -> str | None:
    return next((why for other in group if (why := tie(other.reading, view.reading))), None)


def copied_share(first: str, second: str) -> float:
    """The containment of two texts: of the shorter one's runs of five words the share that the longer one has too."""
    return containment(_shingles(first), _shingles(second))


@lru_cache(maxsize=64)
def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    return shingles([word.norm for word in words(text)])


def leans(reading: Reading, source: Reading) -> bool:
    """Whether a page names another source as its own: by a link to it, or by name with a word of citing."""
    if reading.page is None or source.page is None:
        return False
    there = {place for url in (source.page.url, source.page.final_url) if url and (place := _address_below_host(url))}
    if any(_address_below_host(link.href) in there for link in reading.page.links):
        return True
    names = "|".join(sorted(map(re.escape, _source_names(source)), key=len, reverse=True))
    if not names:
        return False
    cites = rf"\b{NAMED_AFTER}\s+(?:the\s+)?(?:{names})\b|\b(?:{names})\s+{NAMED_BEFORE}\b"
    return re.search(cites, reading.page.text, re.I) is not None


def _source_names(reading: Reading) -> Iterator[str]:
    """What others call this source: its outlet's id, its host's name, and the article's own words for it."""
    page, citation = reading.page, reading.source.citation
    if citation.kind in (CitationKind.OUTLET, CitationKind.BROADCAST) and citation.text:
        yield re.sub(r"(?i)^the\s+", "", citation.text)
    for name in (page.outlet if page else None, _host(page).split(".")[0] if page else None):
        if name and len(name) > 2:
            yield name


def _publisher_names(reading: Reading) -> set[str]:
    page = reading.page
    return {name for name in ((page.outlet, _host(page)) if page else ()) if name}


def _host(page: Page) -> str:
    return re.sub(r"^(?:m|amp|edition)\.", "", site(page.final_url or page.url))


def _address_below_host(url: str) -> str:
    """Host and path of an address of a page; the front page of a host is nobody's source."""
    parts = address_parts(url)
    path = parts.path.rstrip("/") if parts else ""
    return site(url) + path if path else ""


def _wires(page: Page) -> Iterator[str]:
    """The agencies that a page names anywhere, or is."""
    text = f"{page.outlet or ''} {_host(page)} {page.byline or ''} {page.text}"
    for names in WIRES:
        if any(re.search(rf"\b{re.escape(name)}\b", text, 0 if name.isupper() else re.I) for name in names):
            yield names[0]


def _credits(page: Page) -> Iterator[str]:
    """The agencies whose text the page says that it prints."""
    head = page.text[:_HEAD]
    for names in WIRES:
        for name in map(re.escape, names):
            if re.search(rf"\b{name}\b", page.byline or "") or re.search(rf"\({name}\)\s*[-–—]", head):
                yield names[0]
                break
