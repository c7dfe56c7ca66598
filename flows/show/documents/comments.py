"""Writes a check as comments of a Word file: one for each verdict, at the claim's words in the article."""

from __future__ import annotations

from collections.abc import Mapping

from claims.addresses import linkable_address
from claims.deciding import deciding
from claims.display.text import ID_LENGTH, clean
from claims.display.wording import claim_source, reason_of, speaker, word
from claims.glossary import shown_confidence, with_capital
from claims.records import Check, Claim, OutletDirectory, Page, Span, Verdict
from flows.show.documents.word_file import CommentedFile, WordComment, commented


def commented_article(
    check: Check,
    *,
    waiting: Mapping[str, str],
    outlets: OutletDirectory | None = None,
    scale: Mapping[str, str] | None = None,
    original: bytes | None = None,
) -> CommentedFile:
    """The article as a Word file with a comment for each verdict.

    ``waiting`` has the claims that need review with the reason; ``original`` is the article's own .docx, if it has one.
    """
    claims = {claim.id: claim for claim in check.extraction.claims}
    comments = [
        WordComment(
            span=_commented_span(claims[verdict.claim], check.article),
            lines=_comment_lines(claims[verdict.claim], verdict, waiting.get(verdict.claim), outlets, scale),
        )
        for verdict in check.verdicts
        if verdict.claim in claims
    ]
    return commented(check.article, comments, at=check.run.finished_at or check.run.started_at, original=original)


def _commented_span(claim: Claim, article: Page) -> Span:
    """From the first to the last words of a claim; its longest piece if other paragraphs lie between them."""
    whole = (claim.spans[0][0], claim.spans[-1][1])
    if "\n" not in article.text[slice(*whole)].strip():
        return whole
    return max(claim.spans, key=lambda span: span[1] - span[0])


def _comment_lines(
    claim: Claim,
    verdict: Verdict,
    why: str | None,
    outlets: OutletDirectory | None,
    scale: Mapping[str, str] | None,
) -> tuple[str, ...]:
    """The label, why it needs review, the claim with its speaker and source, the rationale, and where to look."""
    share = reason_of(verdict) or shown_confidence(verdict.label, verdict.confidence)
    addresses = [linkable_address(clean(evidence.passage.url or "")) for evidence in deciding(verdict)]
    named = (
        ("Needs review", clean(why or "")),
        ("Claim", clean(claim.statement) if claim.changes else ""),
        ("Speaker", speaker(claim)),
        ("Source", claim_source(claim, verdict, outlets)),
    )
    return (
        with_capital(word(verdict.label, scale)) + (f" ({share})" if share else ""),
        *(f"{name}: {value}" for name, value in named if value),
        clean(verdict.rationale),
        *dict.fromkeys(filter(None, addresses)),
        f"factdesk show {claim.id[:ID_LENGTH]}",
    )
