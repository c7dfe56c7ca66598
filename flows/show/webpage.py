"""Renders a check as a self-contained page: the article with highlighted claims, and the evidence for each.

The page is that of the desk (`review/report`), in a file of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from claims.display.text import clean
from claims.display.wording import source_name, totals
from claims.glossary import UNSAID
from claims.ledger.ledger import Ledger
from claims.records import Check, Claim, Label, OutletDirectory, Reading, Reason, Verdict
from flows.show.advice import advice, unread
from flows.show.json_documents import is_read, reading_address
from review.cells import in_words
from review.report.standalone import standalone
from review.report.views import View, claim_view, heading, label_choices, lead_views, paragraph_views, web

_RUN = ("id", "judge", "version", "started_at", "finished_at")


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
    article, looks, verdicts = check.article, in_words(scale or {}), check.verdict_of
    waiting = Ledger.waits(check.verdicts, check.extraction.claims) if waiting is None else waiting
    views = [
        claim_view(number, claim, verdicts.get(claim.id), page=article, looks=looks, outlets=outlets)
        | {"review": claim.id in waiting, "leads": lead_views(claim, check.leads)}
        | {"todo": _todo(claim, verdicts.get(claim.id))}
        for number, claim in enumerate(check.extraction.claims, start=1)
    ]
    return standalone({
        **heading(article, outlets),
        "title": clean(article.title or "") or "Untitled article",
        "sha256": clean(article.sha256),
        "run": {name: clean(str(getattr(check.run, name) or "")) for name in _RUN},
        "totals": totals(check, waiting),
        "notes": [clean(note) for note in check.extraction.notes],
        "claims": views,
        "choices": label_choices((str(verdict.label) for verdict in check.verdicts), looks),
        "unsaid": UNSAID,
        "review_count": len(waiting),
        "paragraphs": paragraph_views(article, check.extraction.claims, views),
        "unread": unread(check, outlets),
        "read": [_reading_view(reading, outlets) for reading in check.readings if is_read(reading)],
    })  # fmt: skip


def _todo(claim: Claim, verdict: Verdict | None) -> str:
    """What to do about a source that could not be read, beside the claim that relies on it."""
    if verdict is None or verdict.label is not Label.SOURCE_UNAVAILABLE or verdict.reason not in set(Reason):
        return ""
    return advice(Reason(verdict.reason), claim.id)


def _reading_view(reading: Reading, outlets: OutletDirectory | None) -> View:
    capture = reading.source.capture
    return {
        "name": source_name(reading.source.citation, outlets, "a source"),
        "url": web(reading_address(reading)),
        "via": capture.via.value if capture is not None else "at hand",
    }
