"""Turns a draft verdict into the verdict of a run, with judge, time, evidence and review flag."""

from __future__ import annotations

from collections.abc import Iterable

from claims.records import Basis, Claim, Evidence, Label, Policy, Stamp, Verdict
from claims.verification.verdict.decide import DraftVerdict
from claims.verification.weighing.unsaid import unsaid_spans

# The labels whose probability is fitted for a page that is cited.
_FITTED = (Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_IN_SOURCE)
# The most evidence that a verdict keeps.
_EXHIBITS = 6


def stamp_verdict(claim: Claim, decision: DraftVerdict, stamp: Stamp, judge: str) -> Verdict:
    """The verdict: the decision with its run, judge and time, flagged for review below the bound that counts for it."""
    lead = decision.views[0] if decision.views else None
    confidence = round(min(0.99, max(0.0, decision.confidence)), 3)
    return Verdict(
        claim=claim.id,
        run=stamp.run,
        label=decision.label,
        confidence=confidence,
        needs_review=decision.needs_review or claim.unsettled or confidence < _review_bound(decision, stamp.policy),
        rationale=decision.rationale,
        judge=judge,
        checked_at=stamp.now,
        basis=decision.basis,
        reason=decision.reason,
        evidence=exhibits(exhibit for view in decision.views[:3] for exhibit in view.evidence),
        quote=lead.judgment.quote if lead and lead.judgment else None,
        quantities=lead.judgment.quantities if lead and lead.judgment else (),
        unsaid=unsaid_spans(claim, decision.unsaid),
    )


def _review_bound(decision: DraftVerdict, policy: Policy) -> float:
    """From which confidence on nobody need look.

    For what a cited page supports, contradicts or does not speak of it is the fit's, for the policy's rates. The
    policy's own bound counts for all else: other labels, judges without a fit, what a rule for quotations lifted, and
    the best of pages that are not cited, since the fit's rate is that of one page asked. A desk that sets a bound
    above the default is heard everywhere.
    """
    lead = decision.views[0] if decision.views else None
    fitted = lead.bound if lead and decision.label in _FITTED and decision.basis is Basis.CITED else None
    quoted = lead is not None and lead.judgment is not None and lead.judgment.quote is not None
    if fitted is None:
        return policy.review_below
    strict = quoted or policy.review_below > Policy().review_below
    return max(fitted, policy.review_below) if strict else fitted


def exhibits(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The evidence that a verdict keeps, in its order: no place of a page twice with one stance."""
    by_place: dict[tuple[object, ...], Evidence] = {}
    for exhibit in evidence:
        passage = exhibit.passage
        by_place.setdefault((passage.capture, passage.url, passage.span, exhibit.stance), exhibit)
    return tuple(by_place.values())[:_EXHIBITS]
