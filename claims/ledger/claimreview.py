"""A verdict as schema.org ClaimReview. Pure.

The fields are those of Google's fact-check documentation (developers.google.com/search/docs/appearance/
structured-data/factcheck): claimReviewed, reviewRating, url, author, itemReviewed with author, appearance and
datePublished.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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


def claim_review(
    entry: Entry, *, desk: str, url: str, site: str | None = None, scale: Mapping[str, str] | None = None
) -> dict[str, Any] | None:
    """The ClaimReview of a claim as it stands, or None where there is no rating to publish.

    ``desk`` is who reviews (``site`` its page), ``url`` where the fact-check is published, ``scale`` our label to the
    desk's own word. A claim that a person struck out, or that nothing could be concluded on, gives None.
    """
    label = standing_label(entry)
    if label is None or label not in RATINGS:
        return None
    author: dict[str, Any] = {"@type": "Organization", "name": desk}
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": url,
        "datePublished": _date(_decided_at(entry)),
        "author": {**author, "url": site} if site else author,
        "claimReviewed": entry.claim.statement,
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": RATINGS[label],
            "bestRating": max(RATINGS.values()),
            "worstRating": min(RATINGS.values()),
            "alternateName": (scale or {}).get(label.value) or WORDS[label],
            **_explanation(entry),
        },
        "itemReviewed": _item(entry),
    }


def standing_label(entry: Entry) -> Label | None:
    """The label that the desk holds to be so: a person's decision goes before the judge's; None where void."""
    return None if entry.row.standing == "void" else Label(entry.row.standing)


def _item(entry: Entry) -> dict[str, Any]:
    """The claim itself: who makes it, and where it appeared."""
    attribution = entry.claim.attribution
    speaker = attribution.speaker if attribution and not attribution.anonymous else None
    author = {"@type": "Person", "name": speaker} if speaker else _publisher(entry)
    item: dict[str, Any] = {"@type": "Claim", "author": author}
    if entry.article.published:
        item["datePublished"] = _date(entry.article.published)
    if entry.article.url:
        work: dict[str, Any] = {"@type": "CreativeWork", "url": entry.article.url}
        if entry.article.title:
            work["headline"] = entry.article.title
        item["appearance"] = work
        if entry.article.outlet and speaker:
            work["publisher"] = _publisher(entry)
    return item


def _publisher(entry: Entry) -> dict[str, Any]:
    name = entry.article.outlet or entry.article.title or "unknown"
    return {"@type": "Organization", "name": name}


def _explanation(entry: Entry) -> dict[str, str]:
    """The reason in words: a person's note where one decided, else the judge's rationale."""
    words = (entry.row.note if entry.row.decision is Decision.OVERRULE else None) or entry.verdict.rationale
    return {"ratingExplanation": words} if words else {}


def _decided_at(entry: Entry) -> str:
    return entry.reviews[-1].at if entry.reviews else entry.verdict.checked_at


def _date(moment: str) -> str:
    return moment[:10]
