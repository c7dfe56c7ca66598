"""Distinguishes links to other pages of the own site, which are sources, from links to its front page and sections."""

from __future__ import annotations

from urllib.parse import urlsplit

from claims.addresses import site
from claims.lexicon.citing import SECTION
from claims.records import Page


def is_own_site(page: Page, address: str, outlet: str | None) -> bool:
    """Whether an address, of an ``outlet`` or of none, is on the site of a page or of its outlet."""
    own = site(page.final_url or page.url)
    return (outlet is not None and outlet == page.outlet) or (own != "" and own == site(address))


def is_own_furniture(page: Page, address: str) -> bool:
    """Whether an address of a page's own site is the page itself, the front page or a section's."""
    parts, own = urlsplit(address), urlsplit(page.final_url or page.url or "")
    path = parts.path.strip("/")
    if (path, parts.query) == (own.path.strip("/"), own.query):
        return True
    return not parts.query and SECTION.fullmatch(path) is not None
