"""Prints a check as plain lines for a pipe or a file: fixed columns, no colour, no boxes, no wrapping."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from claims.display.text import ID_LENGTH, clean, shown_day
from claims.display.wording import (
    claim_totals,
    in_the_article,
    said_there,
    totals,
    who_and_where,
    why_uncheckable,
    word,
)
from claims.glossary import shown_confidence
from claims.ledger.ledger import Ledger
from claims.records import UNSETTLED, Check, Claim, Extraction, OutletDirectory, Page, Verdict
from flows.show.advice import unread
from flows.show.leads import lead_lines

REVIEW = "review"


def check_lines(
    check: Check,
    *,
    outlets: OutletDirectory | None = None,
    scale: Mapping[str, str] | None = None,
    waiting: Collection[str] | None = None,
) -> Iterator[str]:
    """The claims in reading order, the unread sources with advice, the notes, the totals.

    ``waiting`` are the claims that need review according to the ledger; without it, no claim counts as decided.
    """
    waiting = Ledger.waits(check.verdicts, check.extraction.claims) if waiting is None else waiting
    yield from _head_lines(check.article)
    verdicts = check.verdict_of
    for number, claim in enumerate(check.extraction.claims, start=1):
        review = REVIEW if claim.id in waiting else ""
        yield from _claim_lines(number, claim, verdicts.get(claim.id), review, outlets, scale)
    missing = unread(check, outlets)
    if missing:
        yield "Sources that could not be read"
        for source in missing:
            yield f"     {source.name:<26}  {source.why}"
            yield f"     {'':<26}  {source.todo}"
        yield ""
    if check.leads:
        yield from (*lead_lines(check), "")
    yield from (clean(note) for note in check.extraction.notes)
    yield totals(check, waiting)


def claims_lines(article: Page, extraction: Extraction, outlets: OutletDirectory | None = None) -> Iterator[str]:
    """The claims alone: kind, worth, who says it, its source; why it cannot be checked."""
    yield from _head_lines(article)
    for number, claim in enumerate(extraction.claims, start=1):
        below = who_and_where(claim, None, outlets, "  ")
        yield f"{number:>3}  {claim.kind.value:<10}  {claim.checkworthiness:.2f}  {below}".rstrip()
        yield f"     {clean(claim.statement)}"
        if claim.changes:
            yield f"     ({in_the_article(claim)})"
        yield from _unsettled_lines(claim)
        if why_uncheckable(claim):
            yield f"     ({why_uncheckable(claim)})"
        yield ""
    yield from (clean(note) for note in extraction.notes)
    yield claim_totals(extraction)


def _unsettled_lines(claim: Claim) -> Iterator[str]:
    """What is left open in a statement."""
    for why in claim.reasons:
        if why.endswith(UNSETTLED) and claim.checkable:
            yield f"     ({clean(why)})"


def _head_lines(article: Page) -> Iterator[str]:
    yield clean(article.title or article.url or "Untitled")
    below = "  ".join(filter(None, (clean(article.url or ""), shown_day(article.published))))
    if below:
        yield below
    yield ""


def _claim_lines(
    number: int,
    claim: Claim,
    verdict: Verdict | None,
    review: str,
    outlets: OutletDirectory | None,
    scale: Mapping[str, str] | None,
) -> Iterator[str]:
    label = "not judged" if verdict is None else word(verdict.label, scale)
    share = "" if verdict is None else shown_confidence(verdict.label, verdict.confidence)
    below = who_and_where(claim, verdict, outlets, "  ")
    yield f"{number:>3}  {label:<16}  {share:>5}  {review:<6}  {below}".rstrip()
    yield f"     {clean(claim.statement)}"
    if claim.changes:
        yield f"     ({in_the_article(claim)})"
    yield from _unsettled_lines(claim)
    passage = said_there(claim, verdict, 200)
    if passage:
        yield f"     > {passage}"
    if review:
        yield f"     factdesk show {claim.id[:ID_LENGTH]}"
    yield ""
