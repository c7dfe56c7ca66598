"""Converts records to rows of the ledger. Pure.

Lists and nested records are kept as JSON in one column. Ids are hashes of content (records.content_id), so that the
same finding is the same row whenever it is found.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any, TypeAlias

from claims.addresses import site
from claims.records import (
    Capture,
    Check,
    Citation,
    Claim,
    Evidence,
    QuantityFinding,
    QuoteFinding,
    Reading,
    Verdict,
    content_id,
)

Row: TypeAlias = dict[str, Any]


def article_row(check: Check) -> Row:
    """The article; ``sha256`` and ``capture`` are those of its first reading."""
    page = check.article
    return {
        "id": page.id,
        **{name: getattr(page, name) for name in ("url", "final_url", "title", "byline", "published", "outlet")},
        **{name: getattr(page, name) for name in ("language", "partial", "sha256", "capture", "text")},
        "links": as_json(page.links),
        "posts": as_json(page.posts),
        "blocks": as_json(page.blocks),
        "attributions": as_json(check.extraction.attributions),
        "notes": as_json(check.extraction.notes),
        "first_run": check.run.id,
    }


def run_row(check: Check, *, added: Sequence[str], confirmed: Sequence[str], sources: Sequence[str]) -> Row:
    """The run: the verdicts that it added or found again, the states of its sources, and the unreadable ones."""
    run, page = check.run, check.article
    missed = [reading.missed for reading in check.readings if reading.missed]
    return {
        **{name: getattr(run, name) for name in ("id", "article", "started_at", "finished_at", "judge", "version")},
        "sha256": page.sha256,
        "capture": page.capture,
        "claims": len(check.verdicts),
        "added": as_json(added),
        "confirmed": as_json(confirmed),
        "sources": as_json(sources),
        "missed": as_json(missed) if missed else None,
        "leads": as_json(check.leads) if check.leads else None,
    }


def capture_row(capture: Capture) -> Row:
    """A capture: where it came from, when, and where its bytes are kept."""
    row = {name: getattr(capture, name) for name in ("id", "url", "final_url", "status", "fetched_at", "via", "sha256")}
    rest = {name: getattr(capture, name) for name in ("warc", "offset", "tool")}
    return {**row, "headers": as_json(capture.headers), **rest}


def source_row(reading: Reading, check: Check, previous: Row | None) -> Row:
    """The state of a source in this run; ``previous`` is its earlier state (None at first)."""
    source, citation = reading.source, reading.source.citation
    row = {
        "article": check.article.id,
        "source": source.id,
        "run": check.run.id,
        "previous": previous and previous["id"],
        **{name: getattr(citation, name) for name in ("kind", "outlet", "url", "handle", "date", "text")},
        "span": as_json(citation.span) if citation.span else None,
        "status": "captured" if source.capture and not source.reason else "unavailable",
        "reason": source.reason,
        "detail": source.detail,
        "capture": source.capture and source.capture.id,
        "candidates": as_json(source.candidates),
        "claims": as_json(source.claims),
        "hop_of": source.hop_of,
        "number": previous["number"] + 1 if previous else 1,
    }
    state = [row[name] for name in SOURCE_STATE]
    return {"id": content_id("state", row["article"], source.id, row["previous"], *state), **row}


# A source has changed when one of these has.
SOURCE_STATE = ("status", "reason", "capture")


def claim_row(claim: Claim, check: Check, earlier: str | None = None) -> Row:
    """A claim; ``position`` is the offset of its first words, and ``no`` is assigned when it is written.

    ``earlier`` is the id of the claim with the same words in the previous version of the article.
    """
    return {
        "id": claim.id,
        "article": check.article.id,
        "position": claim.spans[0][0] if claim.spans else 0,
        "statement": claim.statement,
        "asked": claim.asked or None,
        "text": claim.text,
        "kind": claim.kind,
        "speaker": claim.attribution and claim.attribution.speaker,
        "outlets": as_json(list(dict.fromkeys(filter(None, map(leaned_on, claim.citations))))),
        "checkable": int(claim.checkable),
        "checkworthiness": float(claim.checkworthiness),
        "reasons": as_json(claim.reasons),
        "changes": as_json(claim.changes),
        "spans": as_json(claim.spans),
        "attribution": as_json(claim.attribution) if claim.attribution else None,
        "first_run": check.run.id,
        "superseded_in": None,
        "last_run": check.run.id,
        "earlier": earlier,
    }


def leaned_on(citation: Citation) -> str | None:
    """The cited source as a short text: the outlet, the handle, or the host of a link."""
    if citation.outlet:
        return citation.outlet
    if citation.handle:
        return f"@{citation.handle.lstrip('@')}"
    return site(citation.url) or None


def citation_rows(claim: Claim) -> list[Row]:
    """The citations of a claim, in order and without repetitions."""
    rows: dict[str, Row] = {}
    for position, citation in enumerate(claim.citations):
        values = {name: getattr(citation, name) for name in ("kind", "text", "outlet", "url", "handle", "date")}
        span = as_json(citation.span) if citation.span else None
        marks = [value for value in (citation.mark, citation.own_site and "own site") if value]
        row_id = content_id("citation", claim.id, span, *values.values(), *marks)
        row = {"id": row_id, "claim": claim.id, "source": citation.source_id, **values, "span": span}
        row |= {"mark": citation.mark or None, "own_site": int(citation.own_site)}
        rows.setdefault(row_id, {**row, "position": position, "superseded_in": None})
    return list(rows.values())


def verdict_row(verdict: Verdict, previous: Row | None, was_on: Row | None = None) -> Row:
    """A verdict after ``previous`` (None at first); its id is a hash of its content and its place in the history.

    ``was_on`` is the row of the claim that the previous verdict was on, if it was in other words.
    """
    row = {
        "claim": verdict.claim,
        "run": verdict.run,
        "previous": previous and previous["id"],
        "number": previous["number"] + 1 if previous else 1,
        "label": verdict.label,
        "confidence": float(verdict.confidence),
        "needs_review": int(verdict.needs_review),
        "basis": verdict.basis,
        "reason": verdict.reason,
        "rationale": verdict.rationale,
        "quote_grade": verdict.quote and verdict.quote.grade,
        "quote": as_json(verdict.quote) if verdict.quote else None,
        "quantities": as_json(verdict.quantities),
        "unsaid": as_json(verdict.unsaid) if verdict.unsaid else None,
        "judge": verdict.judge,
        "checked_at": verdict.checked_at,
        "statement_before": was_on and was_on["statement"],
        "speaker_before": was_on and was_on["speaker"],
    }
    return {"id": content_id("verdict", verdict.claim, row["previous"], as_json(verdict_content(verdict))), **row}


def evidence_rows(verdict_id: str, evidence: Sequence[Evidence]) -> list[Row]:
    """The passages that a verdict relies on, in the given order, the most important first."""
    return [
        {
            "id": content_id("evidence", verdict_id, position),
            "verdict": verdict_id,
            "position": position,
            "stance": item.stance,
            "score": float(item.score),
            "passage": item.passage.text,
            "url": item.passage.url,
            "outlet": item.passage.outlet,
            "capture": item.passage.capture or None,
            "start": item.passage.span[0],
            "end": item.passage.span[1],
        }
        for position, item in enumerate(evidence)
    ]


def verdict_content(verdict: Verdict) -> Row:
    """The content that identifies a verdict.

    Captures and offsets of the evidence are left out, because a page with another advertisement still says the same,
    and so is the rationale, which only puts the rest into words.
    """
    return {
        "label": verdict.label,
        "confidence": round(verdict.confidence, 2),
        "needs_review": verdict.needs_review,
        "basis": verdict.basis,
        "reason": verdict.reason,
        "judge": verdict.judge,
        "evidence": [
            [item.passage.url, " ".join(item.passage.text.split()), item.stance, round(item.score, 2)]
            for item in verdict.evidence
        ],
        "quote": _quote_values(verdict.quote),
        "quantities": [_quantity_values(finding) for finding in verdict.quantities],
        # Verdicts of before there were marks keep their id.
        **({"unsaid": verdict.unsaid} if verdict.unsaid else {}),
    }


def _quote_values(finding: QuoteFinding | None) -> list[object] | None:
    return finding and [finding.quote, finding.grade, finding.found]  # type: ignore[return-value]  # None stays None


def _quantity_values(finding: QuantityFinding) -> list[object]:
    return [finding.kind, finding.claimed, finding.found, finding.agrees]


def as_json(value: Any) -> str:
    """Records, tuples and lists as compact JSON that people can read too."""
    if isinstance(value, list | tuple):
        plain: Any = [_plain_value(item) for item in value]
    else:
        plain = _plain_value(value)
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _plain_value(value: Any) -> Any:
    """A record as a dictionary without the fields that are empty and need not be given."""
    if not hasattr(value, "__dataclass_fields__"):
        return value
    omitted = {field.name: field.default for field in fields(value) if not field.default}
    return {name: item for name, item in asdict(value).items() if name not in omitted or item != omitted[name]}


def storable(row: Row) -> Row:
    """A row that SQLite can store: unpaired surrogates (from broken pages) become question marks."""
    return {
        name: value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value
        for name, value in row.items()
    }
