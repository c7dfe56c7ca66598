"""A verdict as schema.org ClaimReview. Pure.

The fields are those of Google's fact-check documentation (developers.google.com/search/docs/appearance/
structured-data/factcheck): claimReviewed, reviewRating, url, author, itemReviewed with author, appearance and
datePublished.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from claims.ledger.entries import Entry
from claims.records import Decision, Label

# The numbers behind the words, 1 (false) to 5 (true), as Google's documentation suggests for scales in words.
# The other labels say that nothing could be concluded: there is no rating to publish.
RATINGS: Mapping[Label, int] = {
    Label.SUPPORTED: 5,
    Label.PARTLY_SUPPORTED: 4,
    Label.CONFLICTING: 3,
    Label.MISATTRIBUTED: 2,
    Label.CONTRADICTED: 1,
}
# The desk's words where it has not named its own.
WORDS: Mapping[Label, str] = {label: label.value.replace("_", " ").capitalize() for label in Label}


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Who publishes: the desk's name, its page, its own words for our labels, and the names of outlets by id."""

    desk: str
    site: str | None = None
    scale: Mapping[str, str] = field(default_factory=dict)
    outlets: Mapping[str, str] = field(default_factory=dict)


def claim_review(entry: Entry, house: House, *, url: str) -> dict[str, Any] | None:
    """The ClaimReview of a claim as it stands, published at ``url``; None where there is no rating to publish.

    That is: where a person struck the claim out, or where nothing could be concluded.
    """
    label = standing_label(entry)
    if label is None or label not in RATINGS:
        return None
    author: dict[str, Any] = {"@type": "Organization", "name": house.desk}
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": url,
        "datePublished": _date(_decided_at(entry)),
        "author": {**author, "url": house.site} if house.site else author,
        "claimReviewed": entry.claim.statement,
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": RATINGS[label],
            "bestRating": max(RATINGS.values()),
            "worstRating": min(RATINGS.values()),
            "alternateName": house.scale.get(label.value) or WORDS[label],
            **_explanation(entry),
        },
        "itemReviewed": _item(entry, house),
    }


def standing_label(entry: Entry) -> Label | None:
    """The label that the desk holds to be so: a person's decision goes before the judge's; None where void."""
    return None if entry.row.standing == "void" else Label(entry.row.standing)


def _item(entry: Entry, house: House) -> dict[str, Any]:
    """The claim itself: who makes it, and where it appeared."""
    attribution = entry.claim.attribution
    speaker = attribution.speaker if attribution and not attribution.anonymous else None
    author = {"@type": "Person", "name": speaker} if speaker else _publisher(entry, house)
    item: dict[str, Any] = {"@type": "Claim", "author": author}
    if entry.article.published:
        item["datePublished"] = _date(entry.article.published)
    if entry.article.url:
        work: dict[str, Any] = {"@type": "CreativeWork", "url": entry.article.url}
        if entry.article.title:
            work["headline"] = entry.article.title
        item["appearance"] = work
        if entry.article.outlet and speaker:
            work["publisher"] = _publisher(entry, house)
    return item


def _publisher(entry: Entry, house: House) -> dict[str, Any]:
    outlet = entry.article.outlet
    name = house.outlets.get(outlet, outlet) if outlet else None
    name = name or urlsplit(entry.article.url or "").hostname or entry.article.title or "unknown"
    return {"@type": "Organization", "name": name}


def _explanation(entry: Entry) -> dict[str, str]:
    """The reason in words: a person's note where one decided, else the judge's rationale."""
    words = (entry.row.note if entry.row.decision is Decision.OVERRULE else None) or entry.verdict.rationale
    return {"ratingExplanation": words} if words else {}


def _decided_at(entry: Entry) -> str:
    return entry.reviews[-1].at if entry.reviews else entry.verdict.checked_at


def _date(moment: str) -> str:
    return moment[:10]
