"""Sources that a cited page itself relies on: named in the verdict and compared with what the page says.

The cited page remains the cited source, and its answer decides. If the page behind it could not be read or does not
mention the claim, the verdict does not change; if it says otherwise, the sources disagree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from claims.records import Label, Reading
from claims.verification.verdict import rationale
from claims.verification.verdict.decide import DraftVerdict
from claims.verification.weighing.page_view import Outcome, View
from claims.verification.weighing.unsaid import NOTHING_MARKED
from claims.verification.weighing.weigh import NEAR

_SAID = (Label.SUPPORTED, Label.PARTLY_SUPPORTED)
_NOT_ABOUT_SOURCES = (Label.NOT_CHECKABLE, Label.NO_SOURCE)


def follow(
    decision: DraftVerdict, cited: Mapping[str, View], hops: Sequence[tuple[Reading, View | None]]
) -> DraftVerdict:
    """The decision with each hop named, flagged for review if a hop does not confirm the cited page.

    ``cited`` are the answers of the cited pages by the source's id; ``hops`` are what they rely on, each with its
    answer, or None if it could not be read.
    """
    if decision.label in _NOT_ABOUT_SOURCES:
        return decision
    for reading, view in hops:
        if (page := cited.get(reading.source.hop_of or "")) is not None:
            decision = _with_hop(_weighed(decision, view), rationale.of_hop(page, reading, view), view)
    return decision


def _weighed(decision: DraftVerdict, view: View | None) -> DraftVerdict:
    if view is None:
        return decision
    affirmed, denied = decision.label in _SAID, decision.label is Label.CONTRADICTED
    turned = (affirmed and view.outcome is Outcome.REFUTES) or (denied and view.outcome is Outcome.SUPPORTS)
    if turned and view.ruled and view.covered >= NEAR:
        return replace(
            decision,
            label=Label.CONFLICTING,
            unsaid=NOTHING_MARKED,
            confidence=min(decision.confidence, view.probability),
            rationale=f"The sources disagree. {decision.rationale}",
            needs_review=True,
        )
    doubtful = turned or (affirmed and view.outcome is Outcome.MISATTRIBUTES)
    return replace(decision, needs_review=decision.needs_review or doubtful)


def _with_hop(decision: DraftVerdict, line: str, view: View | None) -> DraftVerdict:
    """The decision with a line on the hop in its rationale, and what the hop says behind its first page."""
    views = decision.views
    if view is not None and view.outcome is not Outcome.SILENT:
        views = (*views[:1], view, *views[1:])
    return replace(decision, rationale=f"{decision.rationale} {line}".strip(), views=views)
