"""Logistic fits whose weights have the sign that they must have, and bounds for a stated rate of wrong answers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from itertools import accumulate
from typing import Any, TypeAlias

import numpy as np

# The least and the greatest weight that a feature may have.
Sign: TypeAlias = tuple[float | None, float | None]
UP, DOWN = (0.0, None), (None, 0.0)
# The false-supported rates for which a bound is written; a desk that states another gets that of the next lower one.
RATES = (0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3)
FOLDS = 10
# The normal quantile of a one-sided 95 % interval.
QUANTILE = 1.645


class Logistic:
    """A standardised logistic regression whose weights may only have the sign that they must have.

    Without the bounds FEVER and VitaminC, whose false claims copy their evidence, teach that a long shared run of words
    speaks against a claim; with them the figures are the same and every weight can be defended.
    """

    def __init__(self, names: Sequence[str], signs: Mapping[str, Sign], strength: float) -> None:
        """``signs`` are the signs that weights must have, by the start of a feature's name; any other is free."""
        self.strength = strength
        self.bounds = [next((signs[key] for key in signs if name.startswith(key)), (None, None)) for name in names]

    def fit(self, rows: Any, wanted: Any, weight: Any) -> Logistic:
        """Minimise the weighted log loss plus half the squared weights (L-BFGS-B)."""
        from scipy.optimize import minimize  # noqa: PLC0415  only the bench group has it

        self.mean, self.scale = rows.mean(0), rows.std(0) + 1e-9
        inputs, sides = (rows - self.mean) / self.scale, np.where(wanted, 1.0, -1.0)

        def loss(point: Any) -> tuple[float, Any]:
            margin = sides * (inputs @ point[1:] + point[0])
            pull = -weight * sides / (1 + np.exp(margin))
            total = self.strength * (weight * np.logaddexp(0, -margin)).sum() + 0.5 * (point[1:] ** 2).sum()
            slope = np.concatenate([[pull.sum()], inputs.T @ pull]) * self.strength
            slope[1:] += point[1:]
            return float(total), slope

        start = np.zeros(inputs.shape[1] + 1)
        self.point = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(None, None), *self.bounds]).x
        return self

    def scaled(self, rows: Any, wanted: Any, weight: Any) -> Logistic:
        """The fit with its log odds scaled and shifted for some rows (Platt 1999); itself if they have no two answers.

        The scale is not negative, so that every weight keeps its sign.
        """
        if len(set(wanted.tolist())) < 2:
            return self
        odds = self._log_odds(rows)[:, None]
        line = Logistic(("odds",), {"odds": UP}, 1.0).fit(odds, wanted, weight)
        slope = line.point[1] / line.scale[0]
        result = copy(self)
        result.point = np.concatenate(
            [[line.point[0] + slope * (self.point[0] - line.mean[0])], slope * self.point[1:]]
        )
        return result

    def probabilities(self, rows: Any) -> Any:
        """The probability of yes for each row."""
        return 1 / (1 + np.exp(-self._log_odds(rows)))

    def _log_odds(self, rows: Any) -> Any:
        return ((rows - self.mean) / self.scale) @ self.point[1:] + self.point[0]


def folds(rows: Any, wanted: Any, groups: Sequence[str]) -> Iterator[tuple[Any, Any]]:
    """The places of the rows that a fit sees and of those that it does not, ten times; no group is torn apart."""
    from sklearn.model_selection import StratifiedGroupKFold  # noqa: PLC0415  only the bench group has it

    splitter = StratifiedGroupKFold(min(FOLDS, len(set(groups))), shuffle=True, random_state=0)
    yield from splitter.split(rows, wanted, groups)


def threshold(probabilities: Any, wanted: Any) -> float:
    """Where the balanced accuracy is best: the middle of the best tenth of cuts, so that one row does not decide."""
    cuts = np.quantile(probabilities, np.linspace(0.02, 0.98, 97))
    scores = np.array([balanced(wanted, probabilities >= cut) for cut in cuts])
    return float(np.median(cuts[scores >= np.quantile(scores, 0.9)]))


def balanced(wanted: Any, answered: Any) -> float:
    """Balanced accuracy of yes and no."""
    return float((answered[wanted].mean() + (~answered[~wanted]).mean()) / 2)


def upper(share: float, of: float) -> float:
    """The upper end of the one-sided 95 % interval of a share among so many (Wilson 1927)."""
    square = QUANTILE**2 / of
    spread = QUANTILE * math.sqrt(share * (1 - share) / of + square / (4 * of))
    return (share + square / 2 + spread) / (1 + square)


def unflagged(sets: Sequence[tuple[Any, Any]]) -> dict[float, float]:
    """For each false-supported rate the least probability that keeps below it; rates that none keeps are left out.

    ``sets`` are probabilities and the truth of one or more sets. The rate is the mean of theirs, so that each weighs
    the same, and its interval that of the sample of the same variance; and the share of no set alone exceeds it.
    """
    wrong = [np.asarray(probabilities)[~wanted] for probabilities, wanted in sets]
    of = len(wrong) ** 2 / sum(1 / len(scores) for scores in wrong)
    order = sorted(((float(value), 1 / len(scores) / len(wrong)) for scores in wrong for value in scores), reverse=True)
    above = [0.0, *accumulate(weight for _, weight in order)]
    bounds = {}
    for rate in RATES:
        most = next((count for count, share in enumerate(above) if upper(min(share, 1.0), of) > rate), len(order)) - 1
        if most >= 0:
            # So many that are not supported may lie above the bound: it lies just over the next one.
            highest = max(order[most][0], *(_highest_barred(scores, rate) for scores in wrong))
            bounds[rate] = round(math.ceil(highest * 1e4 + 0.5) / 1e4, 4)
    return bounds


def _highest_barred(scores: Any, rate: float) -> float:
    """The highest score that a bound must exclude, so that at most this share of the scores lies above the bound.

    One more than was seen counts as wrong, as in the rule of succession: the share is to hold for rows to come, too.
    """
    allowed = max(0, math.floor(rate * (len(scores) + 2) + 1e-9) - 1)
    return float(np.sort(scores)[::-1][allowed]) if allowed < len(scores) else 0.0


def curve(model: Logistic, names: Sequence[str], cut: float) -> dict[str, Any]:
    """The fit as plain weights on plain features: the standardisation is folded in."""
    weights = model.point[1:] / model.scale
    bias = float(model.point[0] - (weights * model.mean).sum())
    named = {name: round(float(weight), 5) for name, weight in zip(names, weights, strict=True)}
    return {"bias": round(bias, 5), "threshold": round(cut, 4), "weights": named}
