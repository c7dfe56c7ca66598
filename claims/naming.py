"""What readers call an outlet, a source that an article cites, and a moment of a recording; how words are quoted."""

from __future__ import annotations

from typing import Protocol

from claims.addresses import site
from claims.glossary import LEADS
from claims.records import Citation, CitationKind, Lead, Outlet


class OutletNames(Protocol):
    """Whatever knows outlets by their ids: the directory, or the desk's list of names."""

    def by_id(self, outlet_id: str) -> Outlet | None:
        """The outlet with this id."""
        ...


def outlet_name(outlet: str | None, outlets: OutletNames | None) -> str:
    """The outlet's name, or nothing if the directory does not know it."""
    known = outlets.by_id(outlet) if outlet and outlets is not None else None
    return known.name if known is not None else ""


def cited_name(citation: Citation, outlet: str = "") -> str:
    """Who a citation points to: the account, the outlet's name, the site, the article's own words, or the outlet's id.

    ``outlet`` is the outlet's name, if it is known. Empty if nobody is cited.
    """
    if citation.kind is CitationKind.NONE:
        return ""
    if citation.handle and (citation.kind is CitationKind.POST or not citation.url):
        return f"@{citation.handle.lstrip('@')}"
    names = (outlet, site(citation.url), citation.text, citation.outlet or "")
    return next((name for name in names if name.strip()), "")


def clock_time(seconds: float) -> str:
    """A second of a recording as players show it: "1:05", "1:02:03"."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def lead_words(lead: Lead) -> str:
    """A place where a claim may be settled, without its address: "checked before: “...”, supported, 2025-01-20"."""
    says = f"“{lead.says}”" if lead.says else ""
    return f"{LEADS[lead.kind]}: {', '.join(filter(None, (lead.name, says, lead.rating, lead.day)))}"


def quoted(text: str) -> str:
    """``text`` in double quotation marks, with inner ones replaced by single ones."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"
