"""Prepares the parts of an article's page: its paragraphs with the claims in them, and the evidence for each claim.

The page is that of `check --report` and of the desk (templates/_report.html). All text from outside is freed of control
characters here; the template engine escapes it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from claims.addresses import linkable_address, site
from claims.display.paragraphs import Paragraph, highlighted_paragraphs
from claims.display.text import clean, printable, short, shown_day
from claims.display.wording import passage_name, reason_of, source_name, speaker
from claims.glossary import AGREEMENT, UNJUDGED, Term, per_cent, shown_confidence
from claims.highlights import TextRun, marked_claim
from claims.naming import OutletNames, lead_words, outlet_name, quoted
from claims.records import (
    Basis,
    BlockKind,
    Change,
    Citation,
    CitationKind,
    Claim,
    Evidence,
    Lead,
    Page,
    QuantityFinding,
    QuoteFinding,
    Verdict,
)
from review.cards import Pieces, compared_passage, has_only_a_part, stance_look, stance_words
from review.links import fragment

_TAGS = {BlockKind.HEADING: "h2", BlockKind.QUOTE: "blockquote", BlockKind.POST: "blockquote"}
View = dict[str, object]


def web(url: str | None) -> str | None:
    """The address, safe to print, if a reader may follow it."""
    return linkable_address(clean(url or ""))


def heading(page: Page, outlets: OutletNames | None) -> View:
    """Who published an article, where and when."""
    address = page.final_url or page.url
    return {
        "byline": clean(page.byline or ""),
        "published": shown_day(page.published),
        "outlet": outlet_name(page.outlet, outlets) or clean(page.outlet or ""),
        "url": web(address),
        "host": site(address) or "the article",
    }


def label_choices(labels: Iterable[str], looks: Mapping[str, Term]) -> list[View]:
    """The labels that occur, in their order: the legend, and the filter."""
    counts = Counter(labels)
    return [{"label": name, "look": look, "count": counts[name]} for name, look in looks.items() if counts[name]]


def paragraph_views(page: Page, claims: Sequence[Claim], views: Sequence[View]) -> list[View]:
    """The article's paragraphs; a first heading that only repeats the title is left out."""
    paragraphs = highlighted_paragraphs(page, claims)
    first = paragraphs[0] if paragraphs else None
    if first is not None and _repeats_title(first, page.title):
        paragraphs = paragraphs[1:]
    return [
        {
            "tag": _TAGS.get(paragraph.kind, "p"),
            "kind": paragraph.kind.value,
            "runs": [_run_view(run, views) for run in paragraph.runs],
        }
        for paragraph in paragraphs
    ]


def _repeats_title(first: Paragraph, title: str | None) -> bool:
    plain = first.kind is BlockKind.HEADING and not any(run.claims for run in first.runs)
    return plain and clean(first.text) == clean(title or "")


def _run_view(run: TextRun, views: Sequence[View]) -> View:
    return {
        "text": run.text,
        "claims": " ".join(map(str, run.claims)),
        "top": views[run.claims[0] - 1] if run.claims else None,
        "ends": [views[number - 1] for number in run.ends],
    }


def claim_view(
    number: int,
    claim: Claim,
    verdict: Verdict | None,
    *,
    page: Page,
    looks: Mapping[str, Term],
    outlets: OutletNames | None = None,
    standing: str | None = None,
) -> View:
    """One claim with its verdict, as the template shows it; ``standing`` is the desk's label if it has one."""
    label = standing or (str(verdict.label) if verdict is not None else "none")
    findings = verdict.quantities if verdict is not None else ()
    judged = verdict is not None and label == verdict.label
    return {
        "number": number,
        "id": claim.id[:8],
        "label": label,
        "look": looks.get(label, UNJUDGED),
        "sure": reason_of(verdict) or shown_confidence(verdict.label, verdict.confidence) if verdict and judged else "",
        "pieces": [_piece(text, change) for text, change in claim.pieces],
        "own": quoted(printable(claim.text).strip()) if claim.changes else "",
        "brief": short(claim.statement, 90),
        "speaker": speaker(claim),
        "named": claim.attribution is not None and bool(claim.attribution.speaker),
        "leans": [
            _citation_view(citation, outlets) for citation in claim.citations if citation.kind is not CitationKind.NONE
        ],
        "rationale": clean(verdict.rationale) if verdict is not None else "",
        "unsaid": _unsaid_view(claim, verdict) if verdict is not None and verdict.unsaid else [],
        "evidence": _exhibit_views(page, claim, verdict, outlets) if verdict is not None else [],
        "quote": _quote_view(verdict.quote) if verdict is not None and verdict.quote is not None else None,
        "quantities": [_quantity_view(finding) for finding in findings if finding.agrees is not True],
        "agreed": clean(", ".join(dict.fromkeys(finding.claimed for finding in findings if finding.agrees))),
        "beside": verdict is not None and verdict.basis is Basis.CORROBORATING and bool(verdict.evidence),
        "kind": claim.kind.value,
        "reasons": clean(", ".join(reason for reason in claim.reasons if reason != claim.kind)),
        "review": False,
        "leads": [],
        "todo": "",
    }


def lead_views(claim: Claim, leads: Iterable[Lead]) -> list[View]:
    """The places where a claim may be settled."""
    return [{"words": clean(lead_words(lead)), "url": web(lead.url)} for lead in leads if lead.claim == claim.id]


def _unsaid_view(claim: Claim, verdict: Verdict) -> list[View]:
    """The claim's words in the article, with those marked that the source does not seem to say."""
    return [{"text": printable(text), "marked": marked} for text, marked in marked_claim(claim, verdict.unsaid)]


def _piece(text: str, change: Change | None) -> View:
    """A piece of a statement; insertions have their reason and the words that they replace."""
    if change is None:
        return {"text": printable(text), "look": ""}
    instead = f" (instead of “{change.was}”)" if change.was else ""
    look = "put" if change.sure else "suggested"
    return {"text": printable(text), "look": look, "why": clean(change.reason + instead)}


def _citation_view(citation: Citation, outlets: OutletNames | None) -> View:
    return {"name": source_name(citation, outlets, "a source"), "url": web(citation.url)}


def _exhibit_views(page: Page, claim: Claim, verdict: Verdict, outlets: OutletNames | None) -> list[View]:
    """The passages, each once: two citations may have led to one page."""
    once = {
        (evidence.passage.url, evidence.passage.text, evidence.stance): evidence
        for evidence in reversed(verdict.evidence)
    }
    return [
        _evidence_view(evidence, verdict, compared_passage(page, claim, verdict, evidence.passage)[0], outlets)
        for evidence in reversed(once.values())
    ]


def _evidence_view(evidence: Evidence, verdict: Verdict, pieces: Pieces, outlets: OutletNames | None) -> View:
    passage = evidence.passage
    return {
        "stance": stance_look(verdict, evidence.stance),
        "says": stance_words(verdict, evidence.stance),
        "score": "" if has_only_a_part(verdict, evidence.stance) else per_cent(evidence.score),
        "pieces": [{"text": printable(text), "differs": bool(marks)} for text, marks in pieces],
        "capture": passage.capture,
        "fragment": fragment(web(passage.url), passage.text),
        "url": web(passage.url),
        "name": passage_name(passage, outlets) or "a captured page",
    }


def _quote_view(finding: QuoteFinding) -> View:
    diff = [{"sign": sign, "words": clean(words)} for sign, words in finding.diff]
    return {
        "grade": finding.grade.value.replace("_", " "),
        "diff": diff,
        "changed": any(piece["sign"] != "=" for piece in diff),
        "original": clean(finding.original),
    }


def _quantity_view(finding: QuantityFinding) -> View:
    return {
        "claimed": clean(finding.claimed),
        "found": clean(finding.found or "-"),
        "says": AGREEMENT[finding.agrees],
        "note": clean(finding.note),
    }
