"""Says what a link leads to: a page of the own site or its furniture, or what a named outlet reports."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from claims.addresses import site
from claims.extraction.text.syntax import overlap
from claims.lexicon.citing import AFTER, BARE_ADDRESS, SECTION, SUBJECT_PAGE
from claims.records import Citation, Link, Page


def is_own_site(page: Page, address: str, outlet: str | None) -> bool:
    """Whether an address, of an ``outlet`` or of none, is on the site of a page or of its outlet."""
    own = site(page.final_url or page.url)
    return (outlet is not None and outlet == page.outlet) or (own != "" and own == site(address))


def is_own_furniture(page: Page, address: str) -> bool:
    """Whether an address of a page's own site is the page itself, the front page, or that of a section or subject."""
    parts, own = urlsplit(address), urlsplit(page.final_url or page.url or "")
    path = parts.path.strip("/")
    if (path, parts.query) == (own.path.strip("/"), own.query):
        return True
    if SUBJECT_PAGE.search(path):
        return True
    return not parts.query and SECTION.fullmatch(path) is not None


def bare_links(text: str, known: Sequence[Link]) -> list[Link]:
    """The addresses that a text has in plain words, without those of the known links."""
    known_spans = [link.span for link in known]
    return [
        Link(span=match.span(), href=match.group())
        for match in BARE_ADDRESS.finditer(text)
        if not overlap(known_spans, match.span())
    ]


def links_report(link: Citation, named: Citation) -> bool:
    """Whether a link to another site has the words by which a named outlet reports it: "ANSA reported", "reported"."""
    if link.url is None or link.own_site or link.mark or link.span is None or named.span is None:
        return False
    (start, end), (first, last) = link.span, named.span
    after = link.text[last - start :] if start <= first and last < end else ""
    return bool(AFTER.match(after or (f" {link.text}" if start == last + 1 else "")))
