"""Features to probabilities: two logistic curves whose weights stand in ``weights.json``.

One set of weights is for short evidence (a passage or a few), one for whole pages. They were fitted by
``python -m benchmarks.calibration``, which writes the file with the data's hashes; ``docs/verdicts.md`` shows how to
follow one verdict by hand.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import exp
from pathlib import Path

from claims.errors import ModelError
from claims.records import Probabilities

WEIGHTS = Path(__file__).parents[1] / "weights.json"
# A page that can be cut into this many passages is judged as a page. WiCE's pages have 30 and more, single
# sentences and short passages under ten.
PAGE = 12
# A bound that no probability reaches.
NEVER = 1.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A logistic curve: ``bias`` plus the features times their weights; from ``threshold`` on it says yes.

    ``unflagged`` are pairs of a rate and a probability, from the lowest rate on: from that probability on a yes is
    wrong for no more than that share of the claims for which it is wrong (the upper end of the interval).
    """

    bias: float
    weights: Mapping[str, float]
    threshold: float
    unflagged: tuple[tuple[float, float], ...] = ()

    def __call__(self, features: Mapping[str, float]) -> float:
        """The probability for these features."""
        total = self.bias + sum(weight * features[name] for name, weight in self.weights.items())
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The curves for one judge: supported and refuted, on short evidence and on pages."""

    passage: Mapping[str, Curve]
    page: Mapping[str, Curve]

    def probabilities(self, features: Mapping[str, float], windows: int) -> Probabilities:
        """Calibrated probabilities, together at most 1."""
        curves = self.of(windows)
        supported, refuted = curves["supported"](features), curves["refuted"](features)
        total = max(1.0, supported + refuted)
        return Probabilities(supported=supported / total, refuted=refuted / total)

    def bound(self, windows: int, rate: float) -> float | None:
        """From where on "supported" needs no person, for a stated false-supported rate.

        That of the next lower rate in the fit; above 1 where none is low enough, so that a person always looks; None
        for a fit without rates.
        """
        pairs = self.of(windows)["supported"].unflagged
        if not pairs:
            return None
        return next((bound for stated, bound in reversed(pairs) if stated <= rate + 1e-9), NEVER)

    def of(self, windows: int) -> Mapping[str, Curve]:
        """The curves for evidence that was cut into so many windows."""
        return self.page if windows >= PAGE else self.passage


@lru_cache(maxsize=8)
def calibration(judge: str, path: Path = WEIGHTS) -> Calibration | None:
    """The calibration of a judge by its name; None for one that was never fitted.

    Raises:
        ModelError: the file is missing or not of this form.
    """
    try:
        judges = json.loads(path.read_text(encoding="utf-8"))["judges"]
        if judge not in judges:
            return None
        made = {
            regime: {
                answer: Curve(
                    bias=curve["bias"],
                    weights=curve["weights"],
                    threshold=curve["threshold"],
                    unflagged=tuple((rate, bound) for rate, bound in curve.get("unflagged", ())),
                )
                for answer, curve in curves.items()
            }
            for regime, curves in judges[judge].items()
        }
        return Calibration(passage=made["passage"], page=made["page"])
    except (OSError, ValueError, KeyError, TypeError) as broken:
        raise ModelError(f"{path} cannot be read ({broken}); run `python -m benchmarks.calibration`") from broken
