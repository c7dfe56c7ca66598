"""Writes a decision as a W3C Web Annotation (JSON-LD), at the claim's words in the article. Pure.

The fields are those of the Web Annotation Data Model (w3.org/TR/annotation-model): the body has the desk's word for the
verdict, the explanation and the deciding passages; the target is the article with a selector by words, one by place
and one by beginning and end for each piece of the claim.
"""

from __future__ import annotations

import re
import uuid
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from claims.addresses import linkable_address
from claims.ledger.entries import Entry
from claims.ledger.exports.authors import ORGANISATION
from claims.ledger.exports.claimreview import House, decided_at, explanation, rating_word, upheld_evidence
from claims.records import BlockKind, Claim, Page, Span

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_CELL, _ALL = re.compile(r"[^|\s](?:[^|]*[^|\s])?"), re.compile(r"(?s).+")
_OPENING = re.compile(r"\S+(?:[^\S\n]+\S+){2}")  # three words of one line
_AROUND = 32  # characters on each side, as other programs give them; more where the words are not unique


def annotation(entry: Entry, article: Page, house: House) -> dict[str, Any]:
    """The annotation of a decided claim. Its id is the same for the same decision on the same verdict."""
    decision = f"factdesk {entry.claim.id} {entry.row.verdict} {entry.row.decisions}"
    targets = [
        {
            "source": _article_iri(article),
            "selector": text_selectors(article, span),
            "state": {"type": "TimeState", "sourceDate": _utc_time(entry.row.checked_at)},
        }
        for span in selected_spans(entry.claim, article)
    ]
    creator = {"type": ORGANISATION, "name": house.publisher}
    return {
        "@context": CONTEXT,
        "id": uuid.uuid5(uuid.NAMESPACE_OID, decision).urn,
        "type": "Annotation",
        "motivation": "assessing",
        "creator": {**creator, "homepage": house.site} if house.site else creator,
        "created": _utc_time(decided_at(entry)),
        "generator": {"type": "Software", "name": "Factdesk"},
        "body": list(_annotation_bodies(entry, house)),
        "target": targets[0] if len(targets) == 1 else targets,
    }


def selected_spans(claim: Claim, article: Page) -> list[Span]:
    """The spans of a claim, those in a row of a table cut at the bars, which stand only in the text between cells."""
    rows = [block.span for block in article.blocks if block.kind is BlockKind.ITEM]
    return [
        (start + cell.start(), start + cell.end())
        for start, end in claim.spans
        for cell in (_CELL if any(a <= start and end <= b for a, b in rows) else _ALL).finditer(article.text[start:end])
    ]


def text_selectors(article: Page, span: Span) -> list[dict[str, Any]]:
    """The selectors of a span: its words with some before and after them, its place, and where it begins and ends."""
    start, end = span
    ends = _range_selector(article, span)
    return [
        _quote_selector(article, span),
        {"type": "TextPositionSelector", "start": start, "end": end},
        *([ends] if ends else []),
    ]


def _quote_selector(article: Page, span: Span) -> dict[str, Any]:
    """The words of a span with some words before and after them.

    They are of the same paragraph if that makes the whole unique, because on the page something else may stand between
    two paragraphs.
    """
    text, (start, end) = article.text, span
    first, last = _block_around(article, span)
    prefix = suffix = ""
    for left, right, length in (
        (first, last, _AROUND),
        (first, last, len(text)),
        (0, len(text), 4 * _AROUND),
        (0, len(text), len(text)),
    ):
        prefix, suffix = text[max(left, start - length) : start], text[end : min(right, end + length)]
        if text.count(prefix + text[start:end] + suffix) == 1:
            break
    return {"type": "TextQuoteSelector", "exact": text[start:end], "prefix": prefix, "suffix": suffix}


def _range_selector(article: Page, span: Span) -> dict[str, Any] | None:
    """From the first words of a span to the first words after it; None for a short span, or if nothing follows.

    It also holds where the page has something between the words that is no part of the article's text: a pop-up behind
    a name, the address of a link in a post.
    """
    (start, end), text = span, article.text
    opening = _OPENING.match(text, start, end)
    _, last = _block_around(article, span)
    following = _OPENING.search(text, end, last) or _OPENING.search(text, end)
    if opening is None or following is None:
        return None
    return {
        "type": "RangeSelector",
        "startSelector": _quote_selector(article, opening.span()),
        "endSelector": _quote_selector(article, following.span()),
    }


def _block_around(article: Page, span: Span) -> Span:
    blocks = (block.span for block in article.blocks if block.span[0] <= span[0] and span[1] <= block.span[1])
    return next(blocks, (0, len(article.text)))


def _annotation_bodies(entry: Entry, house: House) -> Iterator[dict[str, Any]]:
    plain = {"type": "TextualBody", "format": "text/plain", "language": "en"}
    yield {**plain, "purpose": "tagging", "value": rating_word(entry, house)}
    if explanation(entry):
        yield {**plain, "purpose": "commenting", "value": explanation(entry)}
    for evidence in upheld_evidence(entry):
        address = linkable_address(evidence.passage.url)
        if address:
            quote = {"type": "TextQuoteSelector", "exact": evidence.passage.text}
            yield {"type": "SpecificResource", "purpose": "linking", "source": address, "selector": quote}


def _article_iri(article: Page) -> str:
    """The article's address; for a file the name of its content by RFC 6920, which is valid everywhere."""
    address = linkable_address(article.final_url or article.url)
    if address:
        return address
    digest = urlsafe_b64encode(bytes.fromhex(article.sha256)).decode().rstrip("=")
    return f"ni:///sha-256;{digest}"


def _utc_time(at: str) -> str:
    return datetime.fromisoformat(at).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
