"""Turns features into probabilities with logistic functions whose weights are in ``weights.json``.

One set of weights is for short evidence (a passage or a few), one for whole pages, and one curve each for the labels
"contradicted" and "not in source" (``assurance.py``). A judge with a second reader has two more sets, used if the
second reader was asked, and the band of probabilities in which it is asked. They were fitted by
``python -m benchmarks.calibration``, which writes the file with the data's hashes; ``docs/verdicts.md`` shows how to
follow one verdict by hand.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import exp
from pathlib import Path
from typing import Any

from claims.errors import ModelError
from claims.records import Label, Probabilities

WEIGHTS = Path(__file__).parents[1] / "weights.json"
# A page that can be cut into this many passages is judged as a page. WiCE's pages have 30 and more, single
# sentences and short passages under ten.
PAGE = 12
LIKELY = 0.5
# A bound that no probability reaches.
NEVER = 1.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A logistic curve: ``bias`` plus the weighted features; the answer is yes from the probability ``threshold`` on.

    ``unflagged`` are pairs of a rate and a probability, lowest rate first: answers of at least this probability are
    wrong for at most this share of the claims for which yes is wrong (upper end of the interval).
    """

    bias: float
    weights: Mapping[str, float]
    threshold: float
    unflagged: tuple[tuple[float, float], ...] = ()

    def __call__(self, features: Mapping[str, float]) -> float:
        """The probability for these features."""
        total = self.bias + sum(weight * features[name] for name, weight in self.weights.items())
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))

    def bound(self, rate: float) -> float | None:
        """The probability from which a yes is not flagged for review, for a given rate of wrong answers.

        It is that of the next lower rate in the fit; above 1 if none is low enough, so that every yes is flagged; None
        for a fit without rates.
        """
        if not self.unflagged:
            return None
        return next((bound for stated, bound in reversed(self.unflagged) if stated <= rate + 1e-9), NEVER)


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReading:
    """Where a claim is put to a judge's second reader, and the curves for the features that have its answer.

    ``band`` are the probabilities of "supported" by the first reader, from the first number to below the second.
    """

    band: tuple[float, float]
    curves: Mapping[str, Curve]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The curves for one judge: supported and refuted, on short evidence and on pages, and those of two labels.

    ``second`` says the same of the judge's second reader, by "passage" and "page"; it is empty without one.
    """

    passage: Mapping[str, Curve]
    page: Mapping[str, Curve]
    labels: Mapping[Label, Curve] = field(default_factory=dict)
    second: Mapping[str, SecondReading] = field(default_factory=dict)

    def undecided(self, features: Mapping[str, float], windows: int) -> bool:
        """Whether the second reader is asked: the first leaves the claim undecided, or would have it contradicted."""
        reading = self.second.get(_regime(windows))
        if reading is None:
            return False
        low, high = reading.band
        curves = self.of(windows)
        return low <= curves["supported"](features) < high or curves["refuted"](features) >= LIKELY

    def probabilities(self, features: Mapping[str, float], windows: int, *, second: bool = False) -> Probabilities:
        """Calibrated probabilities, together at most 1; ``second`` where the second reader's answer is in them."""
        reading = self.second.get(_regime(windows)) if second else None
        curves = self.of(windows) if reading is None else reading.curves
        supported, refuted = curves["supported"](features), curves["refuted"](features)
        total = max(1.0, supported + refuted)
        return Probabilities(supported=supported / total, refuted=refuted / total)

    def bound(self, windows: int, rate: float) -> float | None:
        """The probability from which "supported" is not flagged, for a false-supported rate (see ``Curve.bound``)."""
        return self.of(windows)["supported"].bound(rate)

    def supports_from(self, windows: int) -> float:
        """From where on evidence of so many windows supports a claim: the fit's threshold, and more likely than not."""
        return max(LIKELY, self.of(windows)["supported"].threshold)

    def of(self, windows: int) -> Mapping[str, Curve]:
        """The curves for evidence of this number of windows."""
        return self.page if _regime(windows) == "page" else self.passage


def _regime(windows: int) -> str:
    return "page" if windows >= PAGE else "passage"


@lru_cache(maxsize=8)
def calibration(judge: str, path: Path | None = None) -> Calibration | None:
    """The calibration of a judge by its name, from ``WEIGHTS`` or from ``path``; None if it was never fitted.

    Raises:
        ModelError: the file is missing or not of this form.
    """
    path = path or WEIGHTS
    try:
        judges = json.loads(path.read_text(encoding="utf-8"))["judges"]
        if judge not in judges:
            return None
        return calibration_of(judges[judge])
    except (OSError, ValueError, KeyError, TypeError) as broken:
        raise ModelError(f"{path} cannot be read ({broken}); run `python -m benchmarks.calibration`") from broken


def calibration_of(curves: Mapping[str, Any]) -> Calibration:
    """The calibration with these curves, in the form in which ``weights.json`` has them for a judge.

    Raises KeyError, TypeError or ValueError if they have another form.
    """
    return Calibration(
        passage=_named_curves(curves["passage"]),
        page=_named_curves(curves["page"]),
        labels={Label(name): curve for name, curve in _named_curves(curves.get("labels", {})).items()},
        second={
            regime: SecondReading(
                band=(float(entry["band"][0]), float(entry["band"][1])), curves=_named_curves(entry["curves"])
            )
            for regime, entry in curves.get("second", {}).items()
        },
    )


def _named_curves(curves: Mapping[str, Mapping[str, Any]]) -> dict[str, Curve]:
    return {name: _curve(curve) for name, curve in curves.items()}


def _curve(fitted: Mapping[str, Any]) -> Curve:
    return Curve(
        bias=fitted["bias"],
        weights=fitted["weights"],
        threshold=fitted["threshold"],
        unflagged=tuple((rate, bound) for rate, bound in fitted.get("unflagged", ())),
    )
