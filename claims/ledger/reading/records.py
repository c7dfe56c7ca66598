"""Converts rows of the ledger back to records. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import Any, TypeAlias

from claims.errors import LedgerError
from claims.records import (
    Attribution,
    Basis,
    Block,
    BlockKind,
    Candidate,
    Capture,
    Change,
    Citation,
    CitationKind,
    Claim,
    ClaimKind,
    Correction,
    Decision,
    Evidence,
    Label,
    Lead,
    LeadKind,
    Link,
    Missed,
    Page,
    Passage,
    Post,
    QuantityFinding,
    QuoteFinding,
    QuoteGrade,
    Reason,
    Review,
    Run,
    Source,
    Span,
    SpeechMode,
    Stance,
    Verdict,
    Via,
)

Row: TypeAlias = Mapping[str, Any]

_PAGE = ("text", "url", "final_url", "title", "byline", "published", "outlet", "language", "sha256", "capture")


def page_of(row: Row) -> Page:
    """The article as it was read."""
    return Page(
        **{name: row[name] for name in _PAGE},
        links=tuple(_link(item) for item in _list(row["links"])),
        posts=tuple(Post(**{**item, "span": _span(item["span"])}) for item in _list(row["posts"])),
        blocks=tuple(Block(kind=BlockKind(item["kind"]), span=_span(item["span"])) for item in _list(row["blocks"])),
        partial=Reason(row["partial"]) if row["partial"] else None,
    )


def attributions_of(row: Row) -> tuple[Attribution, ...]:
    """Every attribution that was found in an article."""
    return tuple(attribution_of(item) for item in _list(row["attributions"]))


def attribution_of(item: Row) -> Attribution:
    """An attribution."""
    spans = {name: _span_tuples(item.get(name, ())) for name in ("source_spans", "cue_spans", "content_spans")}
    return Attribution(**{**item, **spans, "mode": SpeechMode(item["mode"])})


def claim_of(row: Row, citations: Iterable[Row]) -> Claim:
    """A claim with the citations that it relies on."""
    return Claim(
        article=row["article"],
        text=row["text"],
        spans=_span_tuples(json.loads(row["spans"])),
        statement=row["statement"],
        asked=row["asked"] or "",
        kind=ClaimKind(row["kind"]),
        checkable=bool(row["checkable"]),
        reasons=tuple(_list(row["reasons"])),
        checkworthiness=row["checkworthiness"],
        attribution=attribution_of(json.loads(row["attribution"])) if row["attribution"] else None,
        citations=tuple(map(citation_of, citations)),
        changes=tuple(Change(**{**item, "span": _span(item["span"])}) for item in _list(row["changes"])),
    )


def citation_of(row: Row) -> Citation:
    """A citation, from its own table or from the state of its source."""
    return Citation(
        kind=CitationKind(row["kind"]),
        text=row["text"] or "",
        span=_span(json.loads(row["span"])) if row["span"] else None,
        **{name: row[name] for name in ("outlet", "url", "handle", "date")},
        mark=row.get("mark") or "",
        own_site=bool(row.get("own_site")),
    )


def capture_of(row: Row) -> Capture:
    """A capture."""
    names = ("url", "final_url", "status", "fetched_at", "sha256", "warc", "offset")
    headers = tuple((name, value) for name, value in _list(row["headers"]))
    values = {name: row[name] for name in names}
    return Capture(**values, via=Via(row["via"]), headers=headers, tool=row["tool"] or "")


def intact_bytes(capture: Capture, load: Callable[[Capture], bytes]) -> bytes:
    """The bytes of a capture. Raises LedgerError if ``load`` cannot read them, or they are not those captured."""
    try:
        body = load(capture)
    except (OSError, LookupError) as error:
        raise LedgerError(f"the bytes of {capture.url} cannot be read: {error}") from error
    if sha256(body).hexdigest() != capture.sha256:
        raise LedgerError(f"the bytes of {capture.url} differ from those that were captured")
    return body


def source_of(row: Row, capture: Row | None) -> Source:
    """The state of a source."""
    return Source(
        citation=citation_of(row),
        claims=tuple(_list(row["claims"])),
        candidates=tuple(Candidate(**item) for item in _list(row["candidates"])),
        capture=capture_of(capture) if capture else None,
        reason=Reason(row["reason"]) if row["reason"] else None,
        detail=row["detail"] or "",
        hop_of=row["hop_of"],
    )


def verdict_of(row: Row, evidence: tuple[Evidence, ...]) -> Verdict:
    """A verdict with the passages that it relies on."""
    return Verdict(
        **{name: row[name] for name in ("claim", "run", "confidence", "reason", "judge", "checked_at")},
        label=Label(row["label"]),
        needs_review=bool(row["needs_review"]),
        rationale=row["rationale"] or "",
        basis=Basis(row["basis"]) if row["basis"] else None,
        evidence=evidence,
        quote=_quote_finding(json.loads(row["quote"])) if row["quote"] else None,
        quantities=tuple(QuantityFinding(**item) for item in _list(row["quantities"])),
        unsaid=tuple(_span(item) for item in _list(row["unsaid"])),
    )


def evidence_of(row: Row) -> Evidence:
    """A passage with its stance and score."""
    passage = Passage(
        capture=row["capture"] or "",
        span=(row["start"], row["end"]),
        text=row["passage"],
        url=row["url"],
        outlet=row["outlet"],
    )
    return Evidence(passage=passage, stance=Stance(row["stance"]), score=row["score"])


def review_of(row: Row) -> Review:
    """A person's decision."""
    label = Label(row["label"]) if row["label"] else None
    correction = Correction(row["correction"]) if row["correction"] else None
    values = {name: row[name] for name in ("claim", "reviewer", "at", "verdict")}
    decision = Decision(row["decision"])
    return Review(**values, decision=decision, label=label, note=row["note"] or "", correction=correction)


def run_of(row: Row) -> Run:
    """A run."""
    return Run(**{name: row[name] for name in ("id", "article", "started_at", "judge", "version", "finished_at")})


def missed_of(row: Row) -> tuple[Missed, ...]:
    """The sources that a run could not read and replaced by an earlier capture."""
    return tuple(Missed(**{**item, "reason": Reason(item["reason"])}) for item in _list(row["missed"]))


def leads_of(row: Row) -> tuple[Lead, ...]:
    """The places where a run's claims without a source may be settled."""
    return tuple(Lead(**{**item, "kind": LeadKind(item["kind"])}) for item in _list(row["leads"]))


def _quote_finding(item: Row) -> QuoteFinding:
    span = _span(item["span"]) if item.get("span") else None
    diff = tuple((sign, words) for sign, words in item.get("diff", ()))
    return QuoteFinding(**{**item, "grade": QuoteGrade(item["grade"]), "span": span, "diff": diff})


def _list(text: str | None) -> list[Any]:
    items: list[Any] = json.loads(text) if text else []
    return items


def _link(item: Any) -> Link:
    return Link(
        span=_span(item["span"]),
        href=item["href"],
        mark=item.get("mark", ""),
        entry=item.get("entry", ""),
        copies=tuple(item.get("copies") or filter(None, [item.get("copy")])),
    )


def _span(pair: Iterable[int]) -> Span:
    start, end = pair
    return start, end


def _span_tuples(pairs: Iterable[Iterable[int]]) -> tuple[Span, ...]:
    return tuple(map(_span, pairs))
