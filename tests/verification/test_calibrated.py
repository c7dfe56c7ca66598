"""The fitted curves: what they promise, and that more support never makes a claim less supported."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from claims.errors import ModelError
from claims.records import Page, Probabilities, QuantityFinding
from claims.verification.evidence.passages import Ranked
from claims.verification.judges.load import load_judge
from claims.verification.weighing.calibration import NEVER, PAGE, WEIGHTS, Calibration, Curve, calibration
from claims.verification.weighing.features import features

CLAIM = "A missile strike on Dnipro killed 12 people on Sunday."
LIKELY, UNLIKELY = Probabilities(supported=0.9, refuted=0.02), Probabilities(supported=0.05, refuted=0.05)


def seen(text: str, answer: Probabilities, *findings: QuantityFinding) -> dict[str, float]:
    ranked = Ranked(Page(text=text))
    top = ranked.top(CLAIM)
    return features(CLAIM, ranked, top, [answer] * (len(top) + 1), [findings] * len(top) if findings else None)


@pytest.mark.parametrize("judge", ["embedded", "lexical"])
@pytest.mark.parametrize("windows", [1, PAGE, 500])
def test_probabilities(judge: str, windows: int) -> None:
    fitted = calibration(judge)
    assert fitted is not None
    for text in (CLAIM, "Schools stay closed.", ""):
        answer = fitted.probabilities(seen(text, LIKELY), windows)
        assert 0 <= answer.supported + answer.refuted <= 1


@pytest.mark.parametrize("windows", [1, PAGE])
def test_more_support_never_counts_against_a_claim(windows: int) -> None:
    fitted = calibration("embedded")
    assert fitted is not None
    said = fitted.probabilities(seen(CLAIM, LIKELY), windows).supported
    unsure = fitted.probabilities(seen(CLAIM, UNLIKELY), windows).supported
    elsewhere = fitted.probabilities(seen("People of Dnipro met.", LIKELY), windows).supported
    clash = QuantityFinding(kind="count", claimed="12", found="21", agrees=False)
    assert fitted.probabilities(seen(CLAIM, LIKELY, clash), windows).supported < said
    assert unsure < said
    assert elsewhere < said


def test_the_weights_name_their_judge_and_their_data() -> None:
    written = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert written["fitted_with"]["embedded"] == load_judge("embedded").version
    assert all(len(digest) == 16 for digest in written["data"].values())
    names = set(seen(CLAIM, LIKELY))
    for judge in written["judges"].values():
        for regime in ("passage", "page"):
            assert all(set(curve["weights"]) <= names for curve in judge[regime].values())


def test_a_judge_that_was_never_fitted_has_no_curves() -> None:
    assert calibration("hub:somebody/model") is None


@pytest.mark.parametrize("judge", ["embedded", "lexical"])
@pytest.mark.parametrize("windows", [1, PAGE])
def test_a_lower_rate_asks_for_more(judge: str, windows: int) -> None:
    fitted = calibration(judge)
    assert fitted is not None
    bounds = [fitted.bound(windows, rate) for rate in (0.02, 0.03, 0.05, 0.1, 0.2, 0.3)]
    assert all(bound is not None and 0.0 < bound < 1.0 for bound in bounds)
    assert bounds == sorted(bounds, key=lambda bound: -(bound or 0.0))
    assert bounds[0] != bounds[-1]


def test_the_bound_is_that_of_the_next_lower_rate() -> None:
    yes = Curve(bias=0.0, weights={}, threshold=0.5, unflagged=((0.02, 0.9), (0.05, 0.7), (0.1, 0.6)))
    fitted = Calibration(passage={"supported": yes}, page={"supported": replace(yes, unflagged=())})
    found = [fitted.bound(1, rate) for rate in (0.5, 0.1, 0.0999, 0.05, 0.049, 0.02, 0.019)]
    assert found == [0.6, 0.6, 0.7, 0.7, 0.9, 0.9, NEVER]
    assert NEVER > 1
    assert fitted.bound(PAGE, 0.05) is None


@pytest.mark.parametrize("text", ["", "[]", '{"judges": {"embedded": {"page": {}}}}'])
def test_broken_weights_are_one_clear_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "weights.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match="calibration"):
        calibration("embedded", path)
