"""The JSON documents that `--json` prints, one function per command; their names and shapes are public.

Spans are ``[[start, end], ...]``, character offsets into the article's text; the span of a passage is one
``[start, end]`` into the text of the page that it was read from.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable

from claims.addresses import linkable_address
from claims.display.references import references
from claims.glossary import LABELS
from claims.ledger.ledger import Ledger
from claims.naming import outlet_name
from claims.records import (
    Attribution,
    Change,
    Check,
    Citation,
    Claim,
    Evidence,
    Extraction,
    OutletDirectory,
    Page,
    QuantityFinding,
    QuoteFinding,
    Reading,
    Reason,
    Run,
    Span,
    Verdict,
)

Document = dict[str, object]


def document(
    check: Check, waiting: Collection[str] | None = None, *, outlets: OutletDirectory | None = None
) -> Document:
    """The complete result of one run, as `factdesk check --json` prints it; ``outlets`` gives the outlets' names.

    ``waiting`` are the claims that need review according to the ledger; without it, no claim counts as decided.
    """
    verdicts = check.verdict_of
    waiting = Ledger.waits(check.verdicts, check.extraction.claims) if waiting is None else waiting
    return {
        "article": _article_document(check.article),
        "attributions": [_attribution_document(attribution) for attribution in check.extraction.attributions],
        "run": _run_document(check.run),
        "claims": [
            _claim_document(claim, verdicts.get(claim.id), claim.id in waiting, outlets)
            | leads_documents(check, claim.id)
            for claim in check.extraction.claims
        ],
        "unclaimed": _unclaimed(check.extraction),
        "sources": [_source_document(reading, outlets) for reading in check.readings],
        "references": dataclasses.asdict(references(check)),
        "unsearched": list(check.unsearched),
    }


def claims_document(article: Page, extraction: Extraction, outlets: OutletDirectory | None = None) -> Document:
    """The claims alone, as `factdesk claims --json` prints them: every verdict is null."""
    return {
        "article": _article_document(article),
        "attributions": [_attribution_document(attribution) for attribution in extraction.attributions],
        "claims": [_claim_document(claim, None, False, outlets) for claim in extraction.claims],
        "unclaimed": _unclaimed(extraction),
    }


def failure_document(source: str, error: object) -> Document:
    """The document printed for an article that could not be read."""
    return {"source": source, "error": " ".join(str(error).split())}


def is_read(reading: Reading) -> bool:
    """Whether a source gave a page; a recorded 404 has a capture but was not read."""
    return reading.page is not None and reading.source.reason is None


def reading_address(reading: Reading) -> str | None:
    """The best address known for a source: where it was read, else the cited one, else the best candidate."""
    source = reading.source
    if source.capture is not None and (address := linkable_address(source.capture.final_url or source.capture.url)):
        return address
    if source.citation.url is not None:
        return source.citation.url
    is_known = source.candidates and source.reason is not Reason.UNRESOLVED and not reading.unasked
    return source.candidates[0].url if is_known else None


def _unclaimed(extraction: Extraction) -> list[Document]:
    return [{"span": list(part.span), "reason": part.reason} for part in extraction.unclaimed]


def _article_document(page: Page) -> Document:
    return {
        "id": page.id,
        "url": page.final_url or page.url,
        "title": page.title,
        "published": page.published,
        "outlet": page.outlet,
        "sha256": page.sha256,
    }


def _span_lists(spans: Iterable[Span]) -> list[list[int]]:
    return [[start, end] for start, end in spans]


def _attribution_document(attribution: Attribution) -> Document:
    return {
        "speaker": attribution.speaker,
        "cue": attribution.cue,
        "mode": attribution.mode.value,
        "negated": attribution.negated,
        "anonymous": attribution.anonymous,
        "spans": {
            "source": _span_lists(attribution.source_spans),
            "cue": _span_lists(attribution.cue_spans),
            "content": _span_lists(attribution.content_spans),
        },
    }


def _run_document(run: Run) -> Document:
    return {
        "id": run.id,
        "started_at": run.started_at,
        "finished_at": run.finished_at,
        "judge": run.judge,
        "version": run.version,
    }


def _citation_document(citation: Citation, outlets: OutletDirectory | None) -> Document:
    return {
        "kind": citation.kind.value,
        "outlet": citation.outlet,
        "outlet_name": outlet_name(citation.outlet, outlets) or None,
        "url": citation.url,
        "handle": citation.handle,
        "date": citation.date,
        "text": citation.text,
        "mark": citation.mark or None,
        **({"own_site": True} if citation.own_site else {}),
    }


def _claim_document(claim: Claim, verdict: Verdict | None, review: bool, outlets: OutletDirectory | None) -> Document:
    return {
        "id": claim.id,
        "text": claim.text,
        "statement": claim.statement,
        "spans": _span_lists(claim.spans),
        "kind": claim.kind.value,
        "checkable": claim.checkable,
        "reasons": list(claim.reasons),
        "checkworthiness": claim.checkworthiness,
        "attribution": None if claim.attribution is None else _attribution_document(claim.attribution),
        "changes": [_change_document(change) for change in claim.changes],
        "citations": [_citation_document(citation, outlets) for citation in claim.citations],
        "verdict": None if verdict is None else _verdict_document(verdict, review),
    }


def leads_documents(check: Check, claim_id: str) -> Document:
    """The places where a claim without a source may be settled, under their key; nothing where there are none."""
    names = ("kind", "name", "url", "says", "rating", "day", "known")
    leads = [{name: getattr(lead, name) or None for name in names} for lead in check.leads if lead.claim == claim_id]
    return {"leads": leads} if leads else {}


def _change_document(change: Change) -> Document:
    return {
        "span": list(change.span),
        "was": change.was,
        "now": change.now,
        "sure": change.sure,
        "reason": change.reason,
    }


def _verdict_document(verdict: Verdict, review: bool) -> Document:
    return {
        "label": verdict.label.value,
        "confidence": verdict.confidence if LABELS[verdict.label].estimated else None,
        "needs_review": review,
        "basis": None if verdict.basis is None else verdict.basis.value,
        "rationale": verdict.rationale,
        "reason": verdict.reason,
        "quote": None if verdict.quote is None else _quote_document(verdict.quote),
        "quantities": [_quantity_document(finding) for finding in verdict.quantities],
        "unsaid": _span_lists(verdict.unsaid),
        "evidence": [_evidence_document(evidence) for evidence in verdict.evidence],
    }


def _quote_document(finding: QuoteFinding) -> Document:
    return {
        "quote": finding.quote,
        "grade": finding.grade.value,
        "similarity": finding.similarity,
        "found": finding.found,
        "span": None if finding.span is None else list(finding.span),
        "capture": finding.capture,
        "diff": [[sign, words] for sign, words in finding.diff],
        **({"original": finding.original} if finding.original else {}),
        **({"second": finding.second} if finding.second is not None else {}),
    }


def _quantity_document(finding: QuantityFinding) -> Document:
    return {
        "kind": finding.kind,
        "claimed": finding.claimed,
        "found": finding.found,
        "agrees": finding.agrees,
        "note": finding.note,
    }


def _evidence_document(evidence: Evidence) -> Document:
    passage = evidence.passage
    return {
        "url": linkable_address(passage.url),
        "outlet": passage.outlet,
        "capture": passage.capture,
        "passage": passage.text,
        "span": list(passage.span),
        "stance": evidence.stance.value,
        "score": evidence.score,
    }


def _source_document(reading: Reading, outlets: OutletDirectory | None) -> Document:
    source = reading.source
    capture = source.capture
    partial = reading.page.partial if reading.page is not None else None
    reason, missed = source.reason or partial, reading.missed
    return {
        "outlet": source.citation.outlet,
        "outlet_name": outlet_name(source.citation.outlet, outlets) or None,
        "url": reading_address(reading),
        "status": "captured" if is_read(reading) else "unavailable",
        "reason": None if reason is None else reason.value,
        "detail": source.detail,
        "missed": None if missed is None else {"reason": missed.reason.value, "detail": missed.detail},
        "via": None if capture is None else capture.via.value,
        "capture": None if capture is None else capture.id,
    }
