"""Sources that a cited page itself relies on: named in the verdict and compared with what the page says.

The cited page stays the cited source: whether it says so is the question. That the page behind it could not be read,
or does not mention it, takes nothing away; that it says otherwise is a disagreement of the sources.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.records import Label, Reading
from claims.verification.verdict import rationale
from claims.verification.verdict.decide import DraftVerdict
from claims.verification.weighing.page_view import Outcome, View
from claims.verification.weighing.weigh import NEAR

_SAID = (Label.SUPPORTED, Label.PARTLY_SUPPORTED)
_NOT_ABOUT_SOURCES = (Label.NOT_CHECKABLE, Label.NO_SOURCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """A cited page's answer, what it relies on, and that one's answer; None if it could not be read."""

    cited: View
    reading: Reading
    view: View | None


def follow(decision: DraftVerdict, hops: Sequence[Hop]) -> DraftVerdict:
    """The decision with each hop named, and a person asked to look where a hop does not bear the cited page out."""
    if decision.label in _NOT_ABOUT_SOURCES:
        return decision
    for hop in hops:
        decision = _with_hop(_weighed(decision, hop.view), hop)
    return decision


def _weighed(decision: DraftVerdict, view: View | None) -> DraftVerdict:
    if view is None:
        return decision
    said, denied = decision.label in _SAID, decision.label is Label.CONTRADICTED
    turned = (said and view.outcome is Outcome.REFUTES) or (denied and view.outcome is Outcome.SUPPORTS)
    if turned and view.ruled and view.covered >= NEAR:
        return replace(
            decision,
            label=Label.CONFLICTING,
            confidence=min(decision.confidence, view.probability),
            rationale=f"The sources disagree. {decision.rationale}",
            needs_review=True,
        )
    doubtful = turned or (said and view.outcome is Outcome.MISATTRIBUTES)
    return replace(decision, needs_review=decision.needs_review or doubtful)


def _with_hop(decision: DraftVerdict, hop: Hop) -> DraftVerdict:
    line = rationale.of_hop(hop.cited, hop.reading, hop.view)
    first, rest = decision.views[:1], decision.views[1:]
    views = (*first, hop.view, *rest) if hop.view is not None and hop.view.outcome is not Outcome.SILENT else None
    return replace(decision, rationale=f"{decision.rationale} {line}".strip(), views=views or decision.views)
