"""Writes a decision as a schema.org ClaimReview. Pure.

The fields are those of Google's fact-check documentation (developers.google.com/search/docs/appearance/
structured-data/factcheck): claimReviewed, reviewRating, url, author, itemReviewed with author, appearance and
datePublished. The rating has a name and no number, because support by a source is not a degree of truth.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from claims.addresses import linkable_address, site
from claims.deciding import deciding
from claims.ledger.entries import ClaimRow, Entry
from claims.ledger.exports.authors import ORGANISATION, author_type
from claims.records import DeskState, Evidence, Label, OutletDirectory, Stance

# The rating for a label for which the publisher's scale has no word.
WORDS: Mapping[Label, str] = {label: label.value.replace("_", " ").capitalize() for label in Label}
_JOINERS = "\u200c\u200d"
_STATES: Mapping[DeskState, str] = {
    DeskState.UNDECIDED: "undecided: no reviewer has decided",
    DeskState.NEEDS_REVIEW: "needs review",
    DeskState.DISPUTED: "disputed: reviewers disagree",
    DeskState.VOID: "void: not a claim of the article",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The publisher of fact-checks: its name, its page, its own words for our labels, and the outlets by id."""

    publisher: str = "Factdesk"
    site: str | None = None
    scale: Mapping[str, str] = field(default_factory=dict)
    outlets: Mapping[str, str] = field(default_factory=dict)
    directory: OutletDirectory | None = None


def why_undecided(row: ClaimRow) -> str | None:
    """Why a claim is not decided and therefore not exported; None if it is decided."""
    if row.state is DeskState.DECIDED:
        return None
    return f"needs review: {row.why}" if row.state is DeskState.NEEDS_REVIEW else _STATES[row.state]


def claim_review(entry: Entry, text: str, house: House, *, url: str) -> dict[str, Any] | str:
    """The ClaimReview of a decided claim, published at ``url``, or the reason why there is none.

    ``text`` is the article's text.
    """
    refused = why_undecided(entry.row)
    if refused:
        return refused
    item = _item(entry, text, house)
    author = item.get("author")
    if author and _is_publisher(author["name"], entry, house, url):
        return f"the claim is by {author['name']}, who publishes the review: a publisher cannot review its own claims"
    organisation: dict[str, Any] = {"@type": ORGANISATION, "name": house.publisher}
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": url,
        "datePublished": decided_at(entry)[:10],
        "author": {**organisation, "url": house.site} if house.site else organisation,
        "claimReviewed": shown_signs(entry.claim.certain),
        "reviewRating": _rating(entry, house),
        "itemReviewed": item,
    }


def _rating(entry: Entry, house: House) -> dict[str, Any]:
    """The reviewer's decision in the publisher's own word, with the reason in words."""
    words = explanation(entry)
    explained = {"ratingExplanation": words} if words else {}
    return {"@type": "Rating", "alternateName": rating_word(entry, house), **explained}


def rating_word(entry: Entry, house: House) -> str:
    """The decided label in the publisher's own word."""
    label = Label(entry.row.standing)
    return house.scale.get(label.value) or WORDS[label]


def explanation(entry: Entry) -> str:
    """The reviewer's note, or else the rationale of the verdict that was confirmed; empty if there is neither."""
    return shown_signs(entry.row.note or (entry.verdict.rationale if _is_upheld(entry) else ""))


def shown_signs(text: str) -> str:
    """Text on one line without invisible characters, which could turn the writing direction of a published page.

    Joiners are kept, because Persian words and emoji need them.
    """
    line = " ".join(text.split())
    return "".join(sign for sign in line if sign in _JOINERS or not unicodedata.category(sign).startswith("C"))


def decided_at(entry: Entry) -> str:
    """When the decision was made that counts: one that was taken back since does not."""
    return str(entry.row.decided_at)


def upheld_evidence(entry: Entry) -> tuple[Evidence, ...]:
    """The deciding passages of a verdict that was confirmed; nothing if a person decided on another label.

    A passage that is only the nearest one is left out: it says nothing about the claim.
    """
    passages = deciding(entry.verdict) if _is_upheld(entry) else ()
    return tuple(evidence for evidence in passages if evidence.stance is not Stance.NEUTRAL)


def _is_upheld(entry: Entry) -> bool:
    return Label(entry.row.standing) is entry.row.label


def _item(entry: Entry, text: str, house: House) -> dict[str, Any]:
    """The claim itself: who makes it, and where it appeared."""
    speaker = _named_speaker(entry)
    publisher = _publisher(entry, house)
    author = _typed(speaker, author_type(speaker, house.directory, text)) if speaker else publisher
    item: dict[str, Any] = {"@type": "Claim", **({"author": author} if author else {})}
    published = _day_or_none(entry.article.published)
    if published:
        item["datePublished"] = published
    if address := linkable_address(entry.article.url):
        work: dict[str, Any] = {"@type": "CreativeWork", "url": address}
        if entry.article.title:
            work["headline"] = shown_signs(entry.article.title)
        if publisher and speaker:
            work["publisher"] = publisher
        item["appearance"] = work
    return item


def _named_speaker(entry: Entry) -> str | None:
    """Who makes the claim; a person who is said not to have said something, or to deny it, does not make it."""
    attribution = entry.claim.attribution
    return attribution.speaker if attribution and not (attribution.anonymous or attribution.negated) else None


def _publisher(entry: Entry, house: House) -> dict[str, Any] | None:
    """The publisher of the article: an outlet is an organisation; the type of a mere host is not known."""
    outlet = entry.article.outlet
    if outlet:
        known = house.directory.by_id(outlet) if house.directory else None
        return _typed(house.outlets.get(outlet) or (known.name if known else outlet), ORGANISATION)
    host = site(entry.article.url)
    return _typed(host, None) if host else None


def _typed(name: str, kind: str | None) -> dict[str, Any]:
    named = {"name": shown_signs(name)}
    return {"@type": kind, **named} if kind else named


def _is_publisher(author: str, entry: Entry, house: House, url: str) -> bool:
    """Whether the author of the claim is the publisher: by name, as an outlet, or by the same host."""
    same = _comparable_name(author) == _comparable_name(house.publisher)
    if house.directory and not same:
        author_outlet, own_outlet = house.directory.by_name(author), house.directory.by_name(house.publisher)
        same = author_outlet is not None and own_outlet is not None and author_outlet.id == own_outlet.id
    article = site(entry.article.url)
    return same or (_named_speaker(entry) is None and any(_same_site(article, site(own)) for own in (url, house.site)))


def _same_site(host: str, other: str) -> bool:
    """Whether two hosts are one, or one is below the other (``checks.news.example`` of ``news.example``)."""
    return bool(host and other) and (f".{host}".endswith(f".{other}") or f".{other}".endswith(f".{host}"))


def _comparable_name(name: str) -> str:
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", name).casefold())
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def _day_or_none(moment: str | None) -> str | None:
    """The day of an ISO 8601 date or time; None if it is none."""
    try:
        return date.fromisoformat((moment or "")[:10]).isoformat()
    except ValueError:
        return None
