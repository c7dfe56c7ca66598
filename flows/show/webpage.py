"""Renders a check as a self-contained page: the article with highlighted claims, and the evidence for each.

Nothing is loaded from the network. All external text is escaped by the template engine, addresses other than
http and https become plain text, and the page's Content-Security-Policy names its one style sheet and its one
script by their hashes, so that nothing else can run even if an escape is missing.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from claims.addresses import linkable_address, site
from claims.glossary import AGREEMENT, LABELS, UNJUDGED, UNSAID, per_cent, shown_confidence
from claims.highlights import TextRun, marked_claim
from claims.ledger.ledger import Ledger
from claims.naming import lead_words, outlet_name, quoted
from claims.privacy import hide_in
from claims.records import (
    Basis,
    BlockKind,
    Change,
    Check,
    Citation,
    CitationKind,
    Claim,
    Evidence,
    Label,
    Lead,
    OutletDirectory,
    QuantityFinding,
    QuoteFinding,
    Reading,
    Reason,
    Stance,
    Verdict,
)
from flows.show.advice import advice, unread
from flows.show.highlights import Paragraph, highlighted_paragraphs
from flows.show.json_documents import is_read, reading_address
from flows.show.text import clean, printable, short, shown_day
from flows.show.wording import passage_name, reason_of, source_name, speaker, totals, word

if TYPE_CHECKING:
    from jinja2 import Template

_TEMPLATES = Path(__file__).parent / "templates"
_TAGS = {BlockKind.HEADING: "h2", BlockKind.QUOTE: "blockquote", BlockKind.POST: "blockquote"}
_SAYS = {
    Stance.SUPPORTS: "supports it",
    Stance.REFUTES: "contradicts it",
    Stance.NEUTRAL: "the closest passage",
}
# Under "misattributed" a passage that has the words does not speak for the claim.
_ELSEWHERE = {Stance.SUPPORTS.value: "has these words, but from another speaker"}

View = dict[str, object]


def render(
    check: Check,
    *,
    outlets: OutletDirectory | None = None,
    scale: Mapping[str, str] | None = None,
    waiting: Collection[str] | None = None,
) -> str:
    """The page as HTML. ``outlets`` gives the names of the sources, ``scale`` the operator's words for the labels.

    ``waiting`` are the claims that need review according to the ledger; without it, no claim counts as decided.
    """
    article = check.article
    waiting = Ledger.waits(check.verdicts, check.extraction.claims) if waiting is None else waiting
    css, js = _template_text("report.css"), _template_text("report.js")
    claims = [
        _claim_view(number, claim, check.verdict_of.get(claim.id), outlets, scale)
        | {"review": claim.id in waiting, "leads": [_lead_view(lead) for lead in check.leads if lead.claim == claim.id]}
        for number, claim in enumerate(check.extraction.claims, start=1)
    ]
    page = _template().render(
        policy=_policy(css, js),
        css=Markup(css),  # noqa: S704  our own file, not text from outside
        js=Markup(js),  # noqa: S704  our own file, not text from outside
        title=clean(article.title or "") or "Untitled article",
        byline=clean(article.byline or ""),
        published=shown_day(article.published),
        outlet=outlet_name(article.outlet, outlets) or clean(article.outlet or ""),
        url=web(article.final_url or article.url),
        host=site(article.final_url or article.url) or "the article",
        sha256=clean(article.sha256),
        run={name: clean(str(getattr(check.run, name) or "")) for name in _RUN},
        totals=totals(check, waiting),
        notes=[clean(note) for note in check.extraction.notes],
        claims=claims,
        choices=_choices(check, scale),
        unsaid=UNSAID,
        review_count=len(waiting),
        paragraphs=_paragraph_views(check, claims),
        unread=unread(check, outlets),
        read=[_reading_view(reading, outlets) for reading in check.readings if is_read(reading)],
    )
    return hide_in(page)


_RUN = ("id", "judge", "version", "started_at", "finished_at")


def web(url: str | None) -> str | None:
    """The address, safe to print, if a reader may follow it."""
    return linkable_address(clean(url or ""))


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415  only a page needs it

    templates = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=False
    )
    return templates.get_template("report.html.j2")


@cache
def _template_text(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _policy(css: str, js: str) -> str:
    """The page's policy (CSP level 3): this style sheet and this script, and nothing else from anywhere."""

    def digest(text: str) -> str:
        return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

    style, script = f"style-src 'sha256-{digest(css)}'", f"script-src 'sha256-{digest(js)}'"
    return f"default-src 'none'; {style}; {script}; base-uri 'none'; form-action 'none'"


def _choices(check: Check, scale: Mapping[str, str] | None) -> list[View]:
    """The labels that occur, in their order: the legend, and the filter."""
    counts = Counter(verdict.label for verdict in check.verdicts)
    return [
        {"label": label.value, "look": look, "word": word(label, scale), "count": counts[label]}
        for label, look in LABELS.items()
        if counts[label]
    ]


def _paragraph_views(check: Check, claims: list[View]) -> list[View]:
    """The article's paragraphs; a first heading that only repeats the title is left out."""
    paragraphs = highlighted_paragraphs(check.article, check.extraction.claims)
    first = paragraphs[0] if paragraphs else None
    if first is not None and _repeats_title(first, check.article.title):
        paragraphs = paragraphs[1:]
    return [
        {
            "tag": _TAGS.get(paragraph.kind, "p"),
            "kind": paragraph.kind.value,
            "runs": [_run_view(run, claims) for run in paragraph.runs],
        }
        for paragraph in paragraphs
    ]


def _repeats_title(first: Paragraph, title: str | None) -> bool:
    plain = first.kind is BlockKind.HEADING and not any(run.claims for run in first.runs)
    return plain and clean(first.text) == clean(title or "")


def _run_view(run: TextRun, claims: list[View]) -> View:
    return {
        "text": run.text,
        "claims": " ".join(map(str, run.claims)),
        "top": claims[run.claims[0] - 1] if run.claims else None,
        "ends": [claims[number - 1] for number in run.ends],
    }


def _claim_view(
    number: int,
    claim: Claim,
    verdict: Verdict | None,
    outlets: OutletDirectory | None,
    scale: Mapping[str, str] | None,
) -> View:
    """One claim with its verdict, as the template shows it."""
    label = verdict.label if verdict is not None else None
    findings = verdict.quantities if verdict is not None else ()
    share = "" if verdict is None else reason_of(verdict) or shown_confidence(verdict.label, verdict.confidence)
    return {
        "number": number,
        "id": claim.id[:8],
        "label": label.value if label is not None else "none",
        "look": LABELS[label] if label is not None else UNJUDGED,
        "word": word(label, scale) if label is not None else UNJUDGED.word,
        "sure": share,
        "statement": printable(claim.statement).strip(),
        "pieces": [_piece(text, change) for text, change in claim.pieces],
        "own": quoted(printable(claim.text).strip()) if claim.changes else "",
        "left": [clean(change.was) for change in claim.changes if not change.now],
        "brief": short(claim.statement, 90),
        "speaker": speaker(claim),
        "named": claim.attribution is not None and bool(claim.attribution.speaker),
        "leans": [
            _citation_view(citation, outlets) for citation in claim.citations if citation.kind is not CitationKind.NONE
        ],
        "rationale": clean(verdict.rationale) if verdict is not None else "",
        "unsaid": _unsaid_view(claim, verdict) if verdict is not None and verdict.unsaid else [],
        "todo": _todo(claim, verdict),
        "evidence": _exhibit_views(verdict, outlets) if verdict is not None else [],
        "quote": _quote_view(verdict.quote) if verdict is not None and verdict.quote is not None else None,
        "quantities": [_quantity_view(finding) for finding in findings if finding.agrees is not True],
        "agreed": clean(", ".join(dict.fromkeys(finding.claimed for finding in findings if finding.agrees))),
        "beside": verdict is not None and verdict.basis is Basis.CORROBORATING and bool(verdict.evidence),
        "kind": claim.kind.value,
        "reasons": clean(", ".join(reason for reason in claim.reasons if reason != claim.kind)),
    }


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


def _citation_view(citation: Citation, outlets: OutletDirectory | None) -> View:
    return {"name": source_name(citation, outlets, "a source"), "url": web(citation.url)}


def _todo(claim: Claim, verdict: Verdict | None) -> str:
    """What to do about a source that could not be read, beside the claim that relies on it."""
    if verdict is None or verdict.label is not Label.SOURCE_UNAVAILABLE or verdict.reason not in set(Reason):
        return ""
    return advice(Reason(verdict.reason), claim.id)


def _lead_view(lead: Lead) -> View:
    return {"words": clean(lead_words(lead)), "url": web(lead.url)}


def _exhibit_views(verdict: Verdict, outlets: OutletDirectory | None) -> list[View]:
    """The passages, each once: two citations may have led to one page."""
    once = {
        (evidence.passage.url, evidence.passage.text, evidence.stance): evidence
        for evidence in reversed(verdict.evidence)
    }
    views = [_evidence_view(evidence, outlets) for evidence in reversed(once.values())]
    for view in views:
        if verdict.label is Label.MISATTRIBUTED:
            view["says"] = _ELSEWHERE.get(str(view["stance"]), view["says"])
        if verdict.label is Label.PARTLY_SUPPORTED and view["stance"] == Stance.SUPPORTS.value:
            # The score is that of the whole claim, of which the passage has only a part.
            view |= {"says": "says part of it", "score": ""}
    return views


def _evidence_view(evidence: Evidence, outlets: OutletDirectory | None) -> View:
    passage = evidence.passage
    return {
        "stance": evidence.stance.value,
        "says": _SAYS[evidence.stance],
        "score": per_cent(evidence.score),
        "text": printable(passage.text).strip(),
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


def _reading_view(reading: Reading, outlets: OutletDirectory | None) -> View:
    capture = reading.source.capture
    return {
        "name": source_name(reading.source.citation, outlets, "a source"),
        "url": web(reading_address(reading)),
        "via": capture.via.value if capture is not None else "at hand",
    }
