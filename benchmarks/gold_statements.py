"""The claims of `statements_gold_claims.jsonl`, each with the statement that an editor accepts, against today's claims.

The file holds no text of the news pages: a statement is a list of offsets into the page's text and of the words that
Factdesk puts in. The claims were read one by one beside the text of 23 pages; of those that were wrong at that reading,
the file holds the statement as it should be.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from claims.extraction.extract import extract
from claims.records import Claim, OutletDirectory, Page, Span

GOLD_CLAIMS = Path(__file__).with_name("statements_gold_claims.jsonl")
_PUBLISHED = "2019-11-19"
# A claim is about the same words as one of the file if they share half of the words of both.
_SHARED = 0.5
# What precedes a sentence, and ends it.
_ENDS = frozenset('.!?…\n:"”’)')


class Kept(StrEnum):
    """What became of a statement that an editor accepts."""

    FAITHFUL = "the same statement"
    OPEN = "flagged as open"
    WHOLE = "left whole: in a claim with the article's own words"
    WRONG = "wrong by construction: another statement, not flagged"
    MISSING = "no claim"


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """A statement that an editor accepts, with its page and place; ``use`` is "tune" or "test", by a hash."""

    page: str
    span: Span
    statement: str
    use: str


def gold_statements(texts: Mapping[str, str]) -> Iterator[GoldStatement]:
    """The statements of the file, put together from the pages' texts by their hash."""
    for line in GOLD_CLAIMS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = texts[row["page"]]
        words = (piece if isinstance(piece, str) else text[slice(*piece)] for piece in row["statement"])
        yield GoldStatement(row["page"], tuple(row["span"]), "".join(words), row["use"])


def page_claims(texts: Mapping[str, str], outlets: OutletDirectory) -> dict[str, Sequence[Claim]]:
    """The claims of each page, by the page's hash."""
    return {page: extract(Page(text=text, published=_PUBLISHED), outlets).claims for page, text in texts.items()}


def outcomes(texts: Mapping[str, str], claims: Mapping[str, Sequence[Claim]]) -> dict[str, Counter[Kept]]:
    """How many statements of each half of the file became what, given the claims of the pages."""
    counts = {"tune": Counter[Kept](), "test": Counter[Kept]()}
    for gold in gold_statements(texts):
        counts[gold.use][outcome(gold, claims[gold.page], texts[gold.page])] += 1
    return counts


def outcome(gold: GoldStatement, claims: Sequence[Claim], text: str) -> Kept:
    """What became of one statement among the claims of its page with the text ``text``."""
    if any(claim.statement == gold.statement for claim in claims):
        return Kept.FAITHFUL
    around = [claim for claim in claims if claim.spans[0][0] <= gold.span[0] and gold.span[1] <= claim.spans[-1][1]]
    if whole := [claim for claim in around if _is_sentence(claim, text)]:
        return Kept.OPEN if all(claim.unsettled for claim in whole) else Kept.WHOLE
    same = [claim for claim in claims if _shared((claim.spans[0][0], claim.spans[-1][1]), gold.span) >= _SHARED]
    if not same:
        return Kept.MISSING
    return Kept.OPEN if all(claim.unsettled for claim in same) else Kept.WRONG


def _is_sentence(claim: Claim, text: str) -> bool:
    """Whether a claim is a sentence of the article, but for the dates of its days, suggestions and a dropped "But"."""
    (start, end), before = claim.spans[0], text[: claim.spans[0][0]].rstrip(" ")
    begins = not before or before[-1] in _ENDS or start == 0
    ends = text[end - 1] in _ENDS or text[end : end + 1] in _ENDS
    kept = all(
        change.now[:1] in ("(", "[") if not change.was else change.span[0] == start and change.was.endswith(change.now)
        for change in claim.changes
    )
    return len(claim.spans) == 1 and begins and ends and kept


def _shared(left: Span, right: Span) -> float:
    common = min(left[1], right[1]) - max(left[0], right[0])
    return max(common, 0) / (max(left[1], right[1]) - min(left[0], right[0]))
