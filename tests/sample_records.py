"""Builders of records for tests: captures, claims, evidence, verdicts and whole checks with the usual values set.

Fields that a test needs otherwise are passed by name; the records check them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from claims.records import (
    Attribution,
    Capture,
    Check,
    Claim,
    ClaimKind,
    Evidence,
    Extraction,
    Label,
    Page,
    Passage,
    Reading,
    Run,
    Span,
    SpeechMode,
    Stance,
    Verdict,
    Via,
)


def span_of(words: str, text: str) -> Span:
    """The span of the first occurrence of some words."""
    start = text.index(words)
    return start, start + len(words)


def make_capture(url: str, **fields: Any) -> Capture:
    """A capture that was read from a replay archive."""
    usual = {"final_url": url, "status": 200, "via": Via.REPLAY, "warc": "sources.warc.gz", "tool": "factdesk 0.1.0"}
    return Capture(url=url, **{**usual, **fields})


def make_claim(page: Page, *pieces: str, **fields: Any) -> Claim:
    """A claim of the page that consists of the pieces of its text, in order."""
    words = " ".join(pieces)
    usual: dict[str, Any] = {
        "spans": tuple(span_of(piece, page.text) for piece in pieces),
        "statement": words,
        "kind": ClaimKind.STATEMENT,
        "checkable": True,
        "checkworthiness": 0.7,
    }
    return Claim(article=page.id, text=words, **{**usual, **fields})


def make_attribution(speaker: str | None, cue: str, mode: SpeechMode, content: Span, **fields: Any) -> Attribution:
    """An attribution of the words at ``content``; anonymous without a speaker."""
    return Attribution(
        speaker=speaker, cue=cue, mode=mode, content_spans=(content,), **{"anonymous": speaker is None, **fields}
    )


def make_evidence(capture: Capture, outlet: str, words: str, stance: Stance, score: float, start: int = 40) -> Evidence:
    """A passage of a captured page with its stance; ``start`` is its place in the page."""
    span = (start, start + len(words))
    passage = Passage(capture=capture.id, span=span, text=words, url=capture.final_url, outlet=outlet)
    return Evidence(passage=passage, stance=stance, score=score)


def make_verdict(claim: Claim, label: Label, confidence: float, rationale: str, **fields: Any) -> Verdict:
    """A verdict of the first run."""
    usual = {"run": "run-1", "judge": "embedded 1", "needs_review": confidence < 0.8}
    return Verdict(claim=claim.id, label=label, confidence=confidence, rationale=rationale, **{**usual, **fields})


def make_check(
    page: Page, claims: Sequence[Claim], readings: Iterable[Reading], verdicts: Iterable[Verdict], **run: Any
) -> Check:
    """A check with the attributions of its claims; ``run`` are the fields of the run."""
    usual = {"id": "run-1", "judge": "embedded 1", "version": "0.1.0"}
    return Check(
        article=page,
        extraction=Extraction(
            attributions=tuple(claim.attribution for claim in claims if claim.attribution), claims=tuple(claims)
        ),
        readings=tuple(readings),
        verdicts=tuple(verdicts),
        run=Run(article=page.id, **{**usual, **run}),
    )
