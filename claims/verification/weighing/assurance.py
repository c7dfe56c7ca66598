"""The probability that "contradicted" or "not in source" is right for a page: one curve for each of the two labels.

The probability from the passages alone is not enough: whether the label is right also depends on how much of the claim
the page has, on the rules' findings, and on the length of claim and page. The curves are in
``weights.json`` beside those of "supported" and were fitted by ``python -m benchmarks.calibration`` on the answers of
``verify`` for rows whose label is known.
"""

from __future__ import annotations

from dataclasses import replace
from math import log, log1p

from claims.records import Label
from claims.verification.weighing.calibration import NEVER, PAGE, Calibration
from claims.verification.weighing.features import odds
from claims.verification.weighing.page_view import Outcome, View
from claims.verification.words import content

# The outcomes of a page that have a curve of their own, and the label that each leads to.
LABELLED = {Outcome.REFUTES: Label.CONTRADICTED, Outcome.SILENT: Label.NOT_IN_SOURCE}


def signals(view: View, statement: str, windows: int) -> dict[str, float]:
    """The features of a page's answer to ``statement`` for the curves; ``windows`` is the page's number of passages.

    More than ``PAGE`` passages count as so many: of two pages that have none of a claim's words the longer one is no
    surer not to say it in others.
    """
    words = max(1, len(set(content(statement))))
    judgment = view.judgment
    return {
        "probability": odds(view.probability),
        "covered": view.covered,
        "missing": len(view.missing) / words,
        "supported": judgment.p_supported if judgment else 0.0,
        "refuted": judgment.p_refuted if judgment else 0.0,
        "ruled": float(view.ruled),
        "reworded": float(view.reworded),
        "length": log(words),
        "page_length": log1p(min(windows, PAGE)),
    }


def label_probability(view: View, statement: str, windows: int, fitted: Calibration) -> float | None:
    """How probable it is that the label to which an answer leads is right; None where no curve tells it."""
    curve = fitted.labels.get(LABELLED[view.outcome]) if view.outcome in LABELLED else None
    return curve(signals(view, statement, windows)) if curve is not None else None


def assured(view: View, statement: str, windows: int, fitted: Calibration, rate: float) -> View:
    """The answer with the probability that its label is right, and the bound below which it is flagged for review.

    ``rate`` is the share of wrong labels that may go unflagged. How often a whole page's contradiction is right was not
    measured: it is always flagged. An answer of another outcome comes back unchanged, one
    of a judge without these curves without a bound.
    """
    if view.outcome not in LABELLED:
        return view
    probability = label_probability(view, statement, windows, fitted)
    if probability is None:
        return replace(view, bound=None)
    unmeasured = view.outcome is Outcome.REFUTES and windows >= PAGE
    bound = NEVER if unmeasured else fitted.labels[LABELLED[view.outcome]].bound(rate)
    return replace(view, probability=probability, bound=bound)
