"""Measures whether the claims of a text change when more text follows it.

A text is cut at a paragraph's end. Two things may look ahead from there, and both are bounded: a quotation whose
speaker is named in the paragraphs right after it, as long as those begin with quotation marks, too; and the signature
line of a post right behind its words. What stands before such a run must not change at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from claims.extraction.extract import extract
from claims.records import Claim, OutletDirectory, Page

PUBLISHED = "2020-03-05"
_PARAGRAPH = re.compile(r"[^\n]*[^\s][^\n]*")
_QUOTED = tuple("\"“„«”»'‘`")
_SIGNED = tuple("—–-")
# Where each page is cut, in shares of its length: names are settled at the beginning.
SHARES = (0.02, 0.1, 0.25, 0.5, 0.75)


def settled(text: str, cut: int) -> int:
    """How far before ``cut``, a paragraph's end, nothing that follows may change a claim."""
    following = next(iter(_PARAGRAPH.finditer(text, cut)), None)
    begins = following.group().lstrip() if following is not None else ""
    if not begins.startswith((*_QUOTED, *_SIGNED)):
        return cut
    for paragraph in reversed(list(_PARAGRAPH.finditer(text, 0, cut))):
        cut = paragraph.start()
        if not paragraph.group().lstrip().startswith(_QUOTED):
            return cut
    return 0


def cuts(text: str, shares: Sequence[float] = SHARES) -> list[int]:
    """The ends of the paragraphs that reach these shares of a text, the last one left out."""
    ends = [match.end() for match in _PARAGRAPH.finditer(text)][:-1]
    reached = (next((end for end in ends if end >= share * len(text)), None) for share in shares)
    return sorted({end for end in reached if end is not None})


def claims(text: str, outlets: OutletDirectory) -> list[Claim]:
    """The claims of a text by itself."""
    return list(extract(Page(text=text, published=PUBLISHED), outlets).claims)


def compared(extracted: Sequence[Claim], end: int) -> list[dict[str, Any]]:
    """All that is told of the claims before ``end``; an attribution that goes on behind it is clipped there."""
    rows = []
    for claim in extracted:
        if claim.spans[-1][1] > end:
            continue
        row = asdict(claim)
        del row["article"]
        if row["attribution"] is not None:
            spans = row["attribution"]["content_spans"]
            row["attribution"]["content_spans"] = [(start, min(stop, end)) for start, stop in spans if start < end]
        rows.append(row)
    return rows


def changed(text: str, outlets: OutletDirectory, shares: Sequence[float] = SHARES) -> tuple[int, int, int]:
    """Over the cuts of a text: its claims before them, those changed by what follows, and of these the unsettled."""
    whole = claims(text, outlets)
    total = different = ahead = 0
    for cut in cuts(text, shares):
        alone = claims(text[:cut], outlets)
        ours, theirs = compared(alone, cut), compared(whole, cut)
        lost = [row for row in ours if row not in theirs]
        gained = [row for row in theirs if row not in ours]
        end = settled(text, cut)
        total += len(ours)
        different += max(len(lost), len(gained))
        ahead += max(len([r for r in changes if r["spans"][-1][1] > end]) for changes in (lost, gained))
    return total, different, ahead
